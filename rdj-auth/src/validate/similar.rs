//! Passwords that look like their user.

use std::collections::HashMap;

use rdj_runtime::i18n::{Text, text};

use super::{PasswordValidator, Person};

/// The most characters of a value that are looked at, as many as the longest column has.
const LONGEST: usize = 254;

/// Not similar to the username, the names and the e-mail address, nor to their parts.
///
/// Similarity is how many characters two texts share, whatever their order: 1 for anagrams.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Similar {
    /// What is too similar.
    pub limit: f64,
}

impl Default for Similar {
    fn default() -> Self {
        Self { limit: 0.7 }
    }
}

impl PasswordValidator for Similar {
    fn check(&self, password: &str, person: &Person) -> Result<(), Text> {
        let password = password.to_lowercase();
        let values = [
            ("auth-field-username", &person.username),
            ("auth-field-first-name", &person.first_name),
            ("auth-field-last-name", &person.last_name),
            ("auth-field-email", &person.email),
        ];
        let similar = |value: &str| {
            // a part is compared with the whole password: endless values would take endless time
            let value: String = value.chars().take(LONGEST).collect();
            let value = value.to_lowercase();
            let word = |letter: char| !letter.is_alphanumeric() && letter != '_';
            value
                .split(word)
                .chain([value.as_str()])
                .any(|part| self.is_similar(&password, part))
        };
        match values.into_iter().find(|(_, value)| similar(value)) {
            None => Ok(()),
            Some((field, _)) => {
                Err(Text::key("auth-password-too-similar").arg("field", text(field)))
            }
        }
    }

    fn help(&self) -> Text {
        Text::key("auth-password-too-similar-help")
    }
}

impl Similar {
    fn is_similar(self, password: &str, part: &str) -> bool {
        let (long, short) = (password.chars().count(), part.chars().count());
        // a short part in a long password shares too little to matter
        if short == 0 || long >= 10 * short {
            return false;
        }
        ratio(password, part, long + short) >= self.limit
    }
}

/// The share of characters that two texts have in common, as `difflib`'s `quick_ratio`.
#[expect(clippy::cast_precision_loss, reason = "lengths of passwords are small")]
fn ratio(a: &str, b: &str, length: usize) -> f64 {
    let mut left: HashMap<char, usize> = HashMap::new();
    for letter in b.chars() {
        *left.entry(letter).or_default() += 1;
    }
    let mut shared = 0_usize;
    for letter in a.chars() {
        if let Some(count) = left.get_mut(&letter).filter(|count| **count > 0) {
            *count -= 1;
            shared += 1;
        }
    }
    2.0 * shared as f64 / length as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_is_shared() {
        let of = |a: &str, b: &str| ratio(a, b, a.len() + b.len());
        assert!((of("abcd", "bcde") - 0.75).abs() < 1e-9);
        assert!((of("abc", "cba") - 1.0).abs() < 1e-9);
        assert!(of("abc", "xyz").abs() < 1e-9);
    }
}
