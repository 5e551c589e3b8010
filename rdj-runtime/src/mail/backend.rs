//! Where letters go: the console, a folder, memory, or what the application brings.

use std::{
    fmt,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use super::{Letter, Mail};
use crate::{dispatch::BoxFuture, error::BoxError, runtime};

/// Delivers letters; an application brings its own for a provider's HTTP API, say.
///
/// ```
/// use rdj_runtime::{
///     dispatch::BoxFuture,
///     mail::{Letter, MailBackend, MailFailure, Mailer},
/// };
///
/// #[derive(Debug)]
/// struct Nowhere;
///
/// impl MailBackend for Nowhere {
///     fn name(&self) -> &'static str {
///         "nowhere"
///     }
///
///     fn deliver<'a>(&'a self, _letter: &'a Letter) -> BoxFuture<'a, Result<(), MailFailure>> {
///         Box::pin(async { Ok(()) })
///     }
/// }
///
/// let mailer = Mailer::new(Nowhere);
/// ```
pub trait MailBackend: fmt::Debug + Send + Sync + 'static {
    /// The name in checks and logs, such as `smtp`.
    fn name(&self) -> &'static str;

    /// Delivers one letter.
    ///
    /// # Errors
    ///
    /// It was not delivered; [`MailFailure::is_permanent`] says whether another try is of use.
    fn deliver<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), MailFailure>>;
}

/// Why a letter was not delivered.
#[derive(Debug)]
pub struct MailFailure {
    cause: BoxError,
    permanent: bool,
}

impl MailFailure {
    /// A failure that may pass: the letter is tried again.
    pub fn transient(cause: impl Into<BoxError>) -> Self {
        Self {
            cause: cause.into(),
            permanent: false,
        }
    }

    /// A failure that no further try can mend, such as an address that the server refuses.
    pub fn permanent(cause: impl Into<BoxError>) -> Self {
        Self {
            cause: cause.into(),
            permanent: true,
        }
    }

    /// Whether no further try can mend it.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        self.permanent
    }
}

impl fmt::Display for MailFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.cause)?;
        let mut next = self.cause.source();
        while let Some(inner) = next {
            write!(f, ": {inner}")?;
            next = inner.source();
        }
        Ok(())
    }
}

impl std::error::Error for MailFailure {}

impl From<io::Error> for MailFailure {
    fn from(cause: io::Error) -> Self {
        Self::transient(cause)
    }
}

/// Writes to standard output what a person reads: no encoding, so that links can be followed.
#[derive(Debug)]
pub(super) struct Console;

impl MailBackend for Console {
    fn name(&self) -> &'static str {
        "console"
    }

    fn deliver<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), MailFailure>> {
        Box::pin(async {
            let mut out = io::stdout().lock();
            out.write_all(readable(letter.mail()).as_bytes())?;
            Ok(out.flush()?)
        })
    }
}

/// A mail as a person reads it.
pub(super) fn readable(mail: &Mail) -> String {
    let rule = "-".repeat(79);
    let mut text = format!("{rule}\n");
    let mut header = |name: &str, value: &str| {
        if !value.is_empty() {
            text.extend([name, ": ", value, "\n"]);
        }
    };
    header("Subject", &mail.subject);
    header("From", mail.from.as_deref().unwrap_or_default());
    header("To", &mail.to.join(", "));
    header("Bcc", &mail.bcc.join(", "));
    header("Reply-To", mail.reply_to.as_deref().unwrap_or_default());
    text.extend(["\n", mail.text.trim_end(), "\n"]);
    if let Some(html) = &mail.html {
        text.extend(["\n--- text/html ---\n", html.trim_end(), "\n"]);
    }
    text.extend([rule.as_str(), "\n"]);
    text
}

/// Writes each letter to a file of its own.
#[derive(Debug)]
pub(super) struct Folder(pub(super) PathBuf);

impl MailBackend for Folder {
    fn name(&self) -> &'static str {
        "file"
    }

    fn deliver<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), MailFailure>> {
        let raw = letter.raw();
        let folder = self.0.clone();
        Box::pin(async move {
            let write = tokio::task::spawn_blocking(move || write_new(&folder, &raw));
            Ok(write.await.map_err(MailFailure::transient)??)
        })
    }
}

/// Writes a file that did not exist, for its owner's eyes: a letter may hold the link to a password.
fn write_new(folder: &Path, raw: &[u8]) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let now = chrono::Utc::now().format("%Y%m%d-%H%M%S%.6f");
    let path = folder.join(format!("{now}-{}.eml", runtime::incident()));
    let part = path.with_extension("part");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&part).and_then(|mut file| file.write_all(raw));
    // who watches the folder finds whole letters alone
    let written = written.and_then(|()| std::fs::rename(&part, path));
    written.inspect_err(|_| drop(std::fs::remove_file(part)))
}

/// Keeps mails, for tests.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory(Arc<Mutex<Vec<Mail>>>);

impl Memory {
    pub(super) fn all(&self) -> Vec<Mail> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl MailBackend for Memory {
    fn name(&self) -> &'static str {
        "memory"
    }

    fn deliver<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), MailFailure>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(letter.mail().clone());
        Box::pin(async { Ok(()) })
    }
}
