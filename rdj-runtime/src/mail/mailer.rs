//! The mailer: a backend, a sender, and a queue.

use std::{path::PathBuf, sync::Arc, time::Duration};

use lettre::{Address, message::Mailbox};

use super::{
    Letter, Mail, MailBackend,
    backend::{Console, Folder, Memory},
    letter,
    queue::Queue,
    smtp::Smtp,
};
use crate::{
    cx::{Cx, Resources},
    error::{Error, Result},
};

/// The environment variable that names the backend.
const URL: &str = "RDJ_EMAIL_URL";
/// The environment variable that names the sender.
const FROM: &str = "RDJ_DEFAULT_FROM_EMAIL";
/// The sender where nobody names one.
const DEFAULT_FROM: (&str, &str) = ("webmaster", "localhost");

/// Sends mail; cheap to clone. A resource of the application: [`Cx::mailer`].
#[derive(Clone, Debug)]
pub struct Mailer {
    backend: Arc<dyn MailBackend>,
    /// What the memory backend keeps, and nothing for others.
    memory: Memory,
    sender: Mailbox,
    queue: Arc<Queue>,
}

impl Mailer {
    /// A mailer over a backend of one's own.
    pub fn new(backend: impl MailBackend) -> Self {
        Self::over(Arc::new(backend), Memory::default())
    }

    fn over(backend: Arc<dyn MailBackend>, memory: Memory) -> Self {
        let local = Address::new_dangerous(DEFAULT_FROM.0, DEFAULT_FROM.1);
        Self {
            backend,
            memory,
            sender: Mailbox::new(None, local),
            queue: Arc::default(),
        }
    }

    /// Writes mails to standard output, readable: the default, for development.
    #[must_use]
    pub fn console() -> Self {
        Self::new(Console)
    }

    /// Writes each mail to a file of its own in this folder, as `.eml`.
    #[must_use]
    pub fn file(folder: impl Into<PathBuf>) -> Self {
        Self::new(Folder(folder.into()))
    }

    /// Keeps mails in memory, for tests: [`Mailer::outbox`].
    #[must_use]
    pub fn memory() -> Self {
        let memory = Memory::default();
        Self::over(Arc::new(memory.clone()), memory)
    }

    /// Sends mails to a server: `smtp://user:password@mail.example.org:587` encrypts by STARTTLS,
    /// `smtps://` from the first byte on.
    ///
    /// Without `?tls=none` or `?tls=opportunistic` a server that does not encrypt gets nothing, unless it
    /// is this machine. Special characters in user and password are percent-encoded.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if the address is none.
    pub fn smtp(url: &str) -> Result<Self> {
        Ok(Self::new(Smtp::new(url)?))
    }

    /// The mailer of an address: `console:`, `file:/path`, `memory:`, or an address of
    /// [`Mailer::smtp`].
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if it is none of them.
    pub fn from_url(url: &str) -> Result<Self> {
        match url.split_once(':') {
            Some(("console", "")) => Ok(Self::console()),
            Some(("memory", "")) => Ok(Self::memory()),
            Some(("file", path)) if !path.is_empty() => {
                Ok(Self::file(path.strip_prefix("//").unwrap_or(path)))
            }
            Some(("smtp" | "smtps", _)) => Self::smtp(url),
            _ => Err(Error::Setup(format!(
                "{URL} is one of `console:`, `file:/path`, `memory:`, \
                 `smtp://user:password@host:587` and `smtps://user:password@host`"
            ))),
        }
    }

    /// The mailer that the environment names by `RDJ_EMAIL_URL` and `RDJ_DEFAULT_FROM_EMAIL`; the
    /// console without them.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if one of them is wrong.
    pub fn from_env() -> Result<Self> {
        let read = |name: &str| std::env::var(name).ok().filter(|text| !text.is_empty());
        let mailer = read(URL).map_or_else(|| Ok(Self::console()), |url| Self::from_url(&url))?;
        match read(FROM) {
            Some(from) => mailer
                .with_from(&from)
                .map_err(|error| Error::Setup(format!("{FROM}: {error}"))),
            None => Ok(mailer),
        }
    }

    /// Names the sender, such as `Notes <notes@example.org>`.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] if it is no address.
    pub fn with_from(mut self, address: &str) -> Result<Self> {
        self.sender = letter::address(address)?;
        Ok(self)
    }

    /// Sets how long [`Mailer::enqueue`] waits before each further try.
    #[must_use]
    pub fn with_retries(mut self, waits: impl IntoIterator<Item = Duration>) -> Self {
        self.queue = Arc::new(Queue::new(waits.into_iter().collect()));
        self
    }

    /// The name of the backend, such as `smtp`.
    #[must_use]
    pub fn backend(&self) -> &'static str {
        self.backend.name()
    }

    /// The sender.
    #[must_use]
    pub fn sender(&self) -> String {
        self.sender.to_string()
    }

    /// Sends a mail and waits until the backend has it.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] if an address or the subject is wrong; [`Error::Internal`] if the backend
    /// fails, which is not tried again.
    pub async fn send(&self, mail: &Mail) -> Result {
        let letter = Letter::new(mail, &self.sender)?;
        Ok(self.backend.deliver(&letter).await?)
    }

    /// Takes a mail for delivery in the background and comes back at once.
    ///
    /// Use it where the time of an answer would tell whether a mail goes out, as with a reset of a
    /// password. A delivery that fails is tried again several times; what comes of it stands in the log.
    /// Mails that wait are lost with the process; a server that stops waits some seconds for them.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] if an address or the subject is wrong; [`Error::Internal`] if 1,000 mails
    /// wait already, or outside of a tokio runtime.
    pub fn enqueue(&self, mail: &Mail) -> Result {
        let letter = Letter::new(mail, &self.sender)?;
        self.queue.add(&self.backend, letter)
    }

    /// How many mails wait for their delivery.
    #[must_use]
    pub fn pending(&self) -> usize {
        self.queue.len()
    }

    /// Waits until no mail waits for its delivery: each was delivered or given up.
    pub async fn flush(&self) {
        self.queue.is_empty().await;
    }

    /// The mails that [`Mailer::memory`] was given so far; none of other backends.
    #[must_use]
    pub fn outbox(&self) -> Vec<Mail> {
        self.memory.all()
    }
}

impl Cx {
    /// The application's mailer.
    ///
    /// # Errors
    ///
    /// [`Error::Missing`] outside of an application.
    pub fn mailer(&self) -> Result<&Mailer> {
        self.resource()
    }
}

/// Gives an application that has no mailer the one of the environment.
pub(crate) fn provide(resources: &mut Resources) -> Result {
    if resources.get::<Mailer>().is_none() {
        resources.insert(Mailer::from_env()?);
    }
    Ok(())
}
