//! From a mail to the bytes that travel.

use std::fmt;

use lettre::{
    Message,
    message::{Mailbox, MultiPart, SinglePart},
};

use super::Mail;
use crate::{
    error::{Error, Result},
    runtime,
};

/// A mail that was checked and written: what a [`MailBackend`](super::MailBackend) delivers.
pub struct Letter {
    mail: Mail,
    message: Message,
}

impl Letter {
    /// Checks a mail and writes it.
    pub(super) fn new(mail: &Mail, sender: &Mailbox) -> Result<Self> {
        let from = mail.from.as_deref().map(address).transpose()?;
        let from = from.unwrap_or_else(|| sender.clone());
        one_line("subject", &mail.subject)?;
        if mail.to.is_empty() && mail.bcc.is_empty() {
            return Err(Error::invalid("The mail has no recipient."));
        }
        let id = format!("<{}@{}>", runtime::secret(), from.email.domain());
        let mut builder = Message::builder()
            .from(from.clone())
            .subject(&mail.subject)
            .message_id(Some(id))
            .date_now();
        for to in &mail.to {
            builder = builder.to(address(to)?);
        }
        for bcc in &mail.bcc {
            builder = builder.bcc(address(bcc)?);
        }
        if let Some(reply_to) = &mail.reply_to {
            builder = builder.reply_to(address(reply_to)?);
        }
        let message = match &mail.html {
            Some(html) => builder.multipart(MultiPart::alternative_plain_html(
                mail.text.clone(),
                html.clone(),
            )),
            None => builder.singlepart(SinglePart::plain(mail.text.clone())),
        };
        let mut mail = mail.clone();
        mail.from = Some(from.to_string());
        Ok(Self {
            mail,
            message: message?,
        })
    }

    /// The mail, with the sender filled in.
    #[must_use]
    pub fn mail(&self) -> &Mail {
        &self.mail
    }

    /// The message as it travels: headers and encoded body, without the hidden recipients.
    #[must_use]
    pub fn raw(&self) -> Vec<u8> {
        self.message.formatted()
    }

    pub(super) fn message(&self) -> &Message {
        &self.message
    }

    /// Whom it is for, for the log.
    pub(super) fn recipients(&self) -> String {
        let all = self.mail.to.iter().chain(&self.mail.bcc);
        all.cloned().collect::<Vec<_>>().join(", ")
    }
}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Letter({})", self.recipients())
    }
}

/// Reads an address; one that could add a header is none.
pub(super) fn address(text: &str) -> Result<Mailbox> {
    one_line("address", text)?;
    text.trim()
        .parse()
        .map_err(|_| Error::Invalid(format!("`{text}` is no e-mail address.")))
}

/// Whether a text is an e-mail address, such as `ada@example.org`, without a name beside it.
///
/// ```
/// use rdj_runtime::mail::is_address;
///
/// assert!(is_address("ada@example.org"));
/// assert!(!is_address("Ada <ada@example.org>"));
/// ```
#[must_use]
pub fn is_address(text: &str) -> bool {
    one_line("address", text).is_ok() && text.parse::<lettre::Address>().is_ok()
}

fn one_line(what: &str, text: &str) -> Result {
    if text.chars().any(char::is_control) {
        return Err(Error::Invalid(format!(
            "The {what} of a mail may have no line breaks or other control characters."
        )));
    }
    Ok(())
}
