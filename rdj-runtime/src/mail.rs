//! Mail: one message type, and a mailer with exchangeable backends.
//!
//! ```
//! use rdj_runtime::mail::{Mail, Mailer};
//!
//! # async fn run() -> rdj_runtime::Result {
//! let mailer = Mailer::memory();
//! mailer.send(&Mail::new("ada@example.org", "Hello", "Dear Ada,\n..")).await?;
//! assert_eq!(mailer.outbox()[0].subject, "Hello");
//! # Ok(())
//! # }
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(run()).unwrap();
//! ```
//!
//! An application gets its mailer from the environment, unless it adds one by
//! [`App::resource`](crate::App::resource): `RDJ_EMAIL_URL` names the backend (see [`Mailer::from_url`];
//! without it messages go to the console) and `RDJ_DEFAULT_FROM_EMAIL` the sender.

mod backend;
mod letter;
mod mailer;
mod queue;
mod smtp;
#[cfg(test)]
mod tests;

pub(crate) use self::mailer::provide;
pub use self::{
    backend::{MailBackend, MailFailure},
    letter::Letter,
    letter::is_address,
    mailer::Mailer,
};

/// A message: plain text, and HTML beside it where that is wanted.
///
/// Addresses are `ada@example.org` or `Ada Lovelace <ada@example.org>`. What the parts say is checked
/// when the message is sent: an address that is none, and a subject or address with a line break, which
/// could add headers, are refused.
///
/// ```
/// use rdj_runtime::mail::Mail;
///
/// let mail = Mail::new("ada@example.org", "Your invoice", "It is attached to this text.")
///     .html("<p>It is attached to this text.</p>")
///     .reply_to("office@example.org");
/// assert_eq!(mail.to, ["ada@example.org"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mail {
    /// Whom it is for; all of them see all of them.
    pub to: Vec<String>,
    /// Who gets a copy that the others do not see.
    pub bcc: Vec<String>,
    /// Who it is from, unless the mailer's sender is right.
    pub from: Option<String>,
    /// Where an answer goes, unless to the sender.
    pub reply_to: Option<String>,
    /// The subject: one line.
    pub subject: String,
    /// The message as plain text.
    pub text: String,
    /// The message as HTML, shown instead of the text where HTML is shown.
    pub html: Option<String>,
}

impl Mail {
    /// A message to one address.
    #[must_use]
    pub fn new(to: impl Into<String>, subject: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            to: vec![to.into()],
            subject: subject.into(),
            text: text.into(),
            ..Self::default()
        }
    }

    /// Adds an address that it is for.
    #[must_use]
    pub fn to(mut self, address: impl Into<String>) -> Self {
        self.to.push(address.into());
        self
    }

    /// Adds an address that gets a copy unseen by the others.
    #[must_use]
    pub fn bcc(mut self, address: impl Into<String>) -> Self {
        self.bcc.push(address.into());
        self
    }

    /// Names another sender than the mailer's.
    #[must_use]
    pub fn from(mut self, address: impl Into<String>) -> Self {
        self.from = Some(address.into());
        self
    }

    /// Names where answers go.
    #[must_use]
    pub fn reply_to(mut self, address: impl Into<String>) -> Self {
        self.reply_to = Some(address.into());
        self
    }

    /// Adds the message as HTML.
    #[must_use]
    pub fn html(mut self, html: impl Into<String>) -> Self {
        self.html = Some(html.into());
        self
    }
}
