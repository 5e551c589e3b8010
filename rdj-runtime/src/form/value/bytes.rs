//! The content of a file.

use std::{
    fmt,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use super::{FormValue, InputKind};
use crate::{form::FieldError, i18n::text_with};

/// Bytes come as a file and never as a text; their text only tells one content from another.
impl FormValue for Vec<u8> {
    const KIND: InputKind = InputKind::File;

    fn empty() -> Self {
        Self::new()
    }

    fn parse(_: &str) -> Result<Self, FieldError> {
        Err(FieldError::key("rdj-not-editable"))
    }

    /// The number of bytes and a print of them; empty where there are none.
    fn text(&self) -> String {
        if self.is_empty() {
            return String::new();
        }
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        format!("{} {:016x}", self.len(), hasher.finish())
    }

    fn show(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        let count = u64::try_from(self.len()).unwrap_or(u64::MAX);
        out.write_str(&text_with("rdj-bytes", &[("count", count.into())]))
    }

    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::FormValue;

    #[test]
    fn contents_are_told_apart_by_their_text() {
        assert_eq!(Vec::<u8>::new().text(), "");
        assert_eq!(vec![1_u8, 2].text(), vec![1_u8, 2].text());
        assert_ne!(vec![1_u8, 2].text(), vec![2_u8, 1].text());
        assert!(Vec::<u8>::parse("2 00").is_err());
        assert_eq!(Option::<Vec<u8>>::parse("").ok(), Some(None));
    }
}
