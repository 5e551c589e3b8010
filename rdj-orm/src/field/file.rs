//! What files a column of bytes takes.

use rdj_runtime::{form::FieldError, upload::is_kind};

/// How many bytes a file may have, unless the column says otherwise: 1 MiB.
pub const MAX_SIZE: usize = 1024 * 1024;

/// The files that a column of bytes takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileRules {
    /// The most bytes.
    pub max_size: usize,
    /// The types of content, such as `image/png` or `image/*`; empty for all.
    pub accept: &'static [&'static str],
}

impl FileRules {
    /// Why a file with this content is not taken; a file that is too long has none.
    pub(crate) fn problem(&self, content: Option<&[u8]>) -> Option<FieldError> {
        let content = match content {
            Some([]) => return Some(FieldError::key("rdj-file-empty")),
            Some(content) if content.len() <= self.max_size => content,
            _ => {
                let most = size(self.max_size);
                return Some(FieldError::key("rdj-file-too-large").arg("most", most));
            }
        };
        // a type does not look at the name
        (!is_kind(self.accept, "", content))
            .then(|| FieldError::key("rdj-file-type").arg("types", self.accept.join(", ")))
    }
}

/// `2 MiB` where that is exact.
fn size(bytes: usize) -> String {
    match bytes {
        0 => "0 B".to_owned(),
        _ if bytes.is_multiple_of(1024 * 1024) => format!("{} MiB", bytes / (1024 * 1024)),
        _ if bytes.is_multiple_of(1024) => format!("{} KiB", bytes / 1024),
        _ => format!("{bytes} B"),
    }
}

/// How many bytes a text of bytes stands for.
pub(crate) fn length(text: &str) -> u64 {
    let count = text.split(' ').next();
    count.and_then(|count| count.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{FileRules, length, size};

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

    #[test]
    fn content_is_looked_into() {
        let accepts = |accept, content| {
            FileRules {
                max_size: 100,
                accept,
            }
            .problem(Some(content))
            .is_none()
        };
        assert!(accepts(&[], b"x"));
        assert!(accepts(&["image/png"], PNG) && accepts(&["application/pdf", "image/*"], PNG));
        assert!(!accepts(&["image/jpeg"], PNG) && !accepts(&["text/plain"], PNG));
        assert!(accepts(&["text/plain"], "\u{e4}".as_bytes()));
        assert!(!accepts(&["text/plain"], b"caf\xe9"));
        assert!(!accepts(&["text/plain"], b"\xff\xfe\x01") && !accepts(&["image/*"], b"text"));
        assert!(!accepts(&["text/plain"], b"a\0b"));
        assert!(
            accepts(&["text/plain"], b"<!DOCTYPE html><p>")
                && accepts(&["application/json"], b"{}")
        );
    }

    #[test]
    fn sizes() {
        assert_eq!(size(2 * 1024 * 1024), "2 MiB");
        assert_eq!(
            (size(1536), size(1000)),
            ("1536 B".to_owned(), "1000 B".to_owned())
        );
        assert_eq!((length("3 00ff"), length("")), (3, 0));
        let rules = FileRules {
            max_size: 1,
            accept: &[],
        };
        assert!(rules.problem(Some(b"")).is_some() && rules.problem(None).is_some());
        assert!(rules.problem(Some(b"x")).is_none() && rules.problem(Some(b"xy")).is_some());
    }
}
