//! Passwords that many people have.

use std::{collections::HashSet, io::Read, sync::LazyLock};

use flate2::read::DeflateDecoder;
use rdj_runtime::i18n::Text;

use super::{PasswordValidator, Person};

/// 30,000 common passwords; see `data/README.md`.
const PACKED: &[u8] = include_bytes!("../../data/common-passwords.deflate");

/// Unpacked at the first use.
static LIST: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| {
    let mut text = String::new();
    if let Err(error) = DeflateDecoder::new(PACKED).read_to_string(&mut text) {
        tracing::error!(%error, "the list of common passwords cannot be read");
    }
    text.lines().map(Into::into).collect()
});

/// Not one of 30,000 common passwords, whatever the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Common;

impl PasswordValidator for Common {
    fn check(&self, password: &str, _: &Person) -> Result<(), Text> {
        if LIST.contains(password.trim().to_lowercase().as_str()) {
            return Err(Text::key("auth-password-too-common"));
        }
        Ok(())
    }

    fn help(&self) -> Text {
        Text::key("auth-password-too-common-help")
    }
}

#[cfg(test)]
mod tests {
    use super::LIST;

    #[test]
    fn has_the_whole_list() {
        assert_eq!(LIST.len(), 30_000);
    }
}
