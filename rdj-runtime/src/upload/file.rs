//! One uploaded file.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tempfile::NamedTempFile;

use crate::error::{Error, Result};

/// The longest name that is kept, in characters.
const LONGEST_NAME: usize = 120;

/// A file that a user has uploaded. It is a temporary file, removed when the last clone of this is
/// dropped: [`UploadedFile::persist`] keeps it.
///
/// ```ignore
/// #[upload(max_size = "10MB", accept("image/*", ".pdf"))]
/// async fn store(&mut self, cx: &Cx, file: UploadedFile) -> Result {
///     file.persist(format!("files/{}", self.next_id)).await?;
///     self.names.push(file.name().to_owned());
///     Ok(())
/// }
/// ```
#[derive(Clone)]
pub struct UploadedFile {
    stored: Arc<Stored>,
}

struct Stored {
    name: String,
    size: u64,
    kind: &'static str,
    path: PathBuf,
    file: Mutex<Option<NamedTempFile>>,
}

impl UploadedFile {
    pub(super) fn new(name: &str, size: u64, kind: &'static str, file: NamedTempFile) -> Self {
        let stored = Stored {
            name: safe_name(name),
            size,
            kind,
            path: file.path().to_owned(),
            file: Mutex::new(Some(file)),
        };
        Self {
            stored: Arc::new(stored),
        }
    }

    /// The name that the user's system gives the file, without folders and signs that mean something in
    /// a path. To show it, and for the ending: take a name of your own to store it under.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.stored.name
    }

    /// How many bytes it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.stored.size
    }

    /// What the content is, as far as its first bytes say: `image/png`, `text/plain` for any text,
    /// `application/octet-stream` for what is unknown. What the browser says of it counts for nothing.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.stored.kind
    }

    /// Where it is for now.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.stored.path
    }

    /// The whole content.
    ///
    /// # Errors
    ///
    /// The file cannot be read, such as one that was persisted.
    pub async fn read(&self) -> Result<Vec<u8>> {
        let path = self.stored.path.clone();
        Ok(tokio::task::spawn_blocking(move || fs::read(path)).await??)
    }

    /// Keeps it under `to`, which is replaced if it exists; only the user of the server can read it.
    ///
    /// # Errors
    ///
    /// It was persisted already, or cannot be written there.
    pub async fn persist(&self, to: impl Into<PathBuf>) -> Result {
        let file = self.lock().take();
        let file = file.ok_or_else(|| Error::internal("the file was persisted already"))?;
        let to = to.into();
        let work = move || match file.persist(&to) {
            Ok(_) => Ok(()),
            // another file system; what was not persisted is removed with `error`
            Err(error) => fs::copy(error.file.path(), &to).map(|_| ()),
        };
        Ok(tokio::task::spawn_blocking(work).await??)
    }
}

impl UploadedFile {
    fn lock(&self) -> MutexGuard<'_, Option<NamedTempFile>> {
        let file = self.stored.file.lock();
        file.unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for UploadedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadedFile")
            .field("name", &self.stored.name)
            .field("size", &self.stored.size)
            .field("kind", &self.stored.kind)
            .field("is_kept", &self.lock().is_none())
            .finish_non_exhaustive()
    }
}

/// Whether a sign turns the order of what is shown: `exe.gpj` reads `jpg.exe`.
fn turns(sign: char) -> bool {
    matches!(sign, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A name without folders, hidden files, and signs that file systems or shells read otherwise.
fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = |sign: char| match sign {
        '<' | '>' | ':' | '"' | '|' | '?' | '*' => '_',
        sign if sign.is_control() || turns(sign) => '_',
        sign => sign,
    };
    let name: String = last.chars().map(plain).collect();
    let name = name.trim_matches(|sign: char| sign == '.' || sign.is_whitespace());
    let length = name.chars().count();
    // the end has the ending
    let name: String = name
        .chars()
        .skip(length.saturating_sub(LONGEST_NAME))
        .collect();
    if name.is_empty() {
        return "file".to_owned();
    }
    name
}

#[cfg(test)]
mod tests {
    use super::safe_name;

    #[test]
    fn names_are_no_paths() {
        for (name, safe) in [
            ("a.txt", "a.txt"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\a\\b.doc", "b.doc"),
            ("..", "file"),
            ("", "file"),
            (".htaccess", "htaccess"),
            ("a\0b\n.txt", "a_b_.txt"),
            ("Gr\u{fc}\u{df}e.pdf", "Gr\u{fc}\u{df}e.pdf"),
            ("a\u{202e}gpj.exe", "a_gpj.exe"),
        ] {
            assert_eq!(safe_name(name), safe, "{name:?}");
        }
        assert_eq!(safe_name(&format!("{}.txt", "x".repeat(500))).len(), 120);
    }
}
