//! Delivery by SMTP.

use std::time::Duration;

use http::Uri;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};

use super::{Letter, MailBackend, MailFailure};
use crate::{
    dispatch::BoxFuture,
    error::{Error, Result},
};

/// How long a server may be silent.
const TIMEOUT: Duration = Duration::from_secs(20);
/// Hosts that the way to does not leave the machine.
const LOCAL: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// A server that takes letters.
#[derive(Debug)]
pub(super) struct Smtp(AsyncSmtpTransport<Tokio1Executor>);

impl Smtp {
    /// The server at an address such as `smtp://user:password@mail.example.org:587`.
    ///
    /// Encryption is required unless the server is this machine: a password and the links of a letter
    /// are not for the way. `tls=none` and `tls=opportunistic` say otherwise.
    pub(super) fn new(url: &str) -> Result<Self> {
        // the address is not repeated in what is said about it: it holds the password
        let wrong = |why: &str| Error::Setup(format!("the address of the SMTP server: {why}"));
        let uri: Uri = url
            .parse()
            .map_err(|_| wrong("it is none, as in smtp://user:password@host:587"))?;
        let host = uri.host().unwrap_or_default();
        if host.is_empty() {
            return Err(wrong("it has no host"));
        }
        let mut tls = None;
        for pair in uri.query().unwrap_or_default().split('&') {
            match pair.split_once('=') {
                Some(("tls", value)) => tls = Some(value),
                _ if pair.is_empty() => {}
                _ => return Err(wrong("the only option is tls")),
            }
        }
        let base = url.split('?').next().unwrap_or(url);
        let plain = uri.scheme_str() == Some("smtp");
        let address = match tls {
            Some("none") if plain => base.to_owned(),
            None if plain && LOCAL.contains(&host) => base.to_owned(),
            Some("opportunistic") if plain => format!("{base}?tls=opportunistic"),
            None | Some("required") => format!("{base}?tls=required"),
            Some(_) => return Err(wrong("tls is required, opportunistic or none")),
        };
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(&address)
            .map_err(|error| wrong(&error.to_string()))?;
        Ok(Self(builder.timeout(Some(TIMEOUT)).build()))
    }
}

impl MailBackend for Smtp {
    fn name(&self) -> &'static str {
        "smtp"
    }

    fn deliver<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), MailFailure>> {
        Box::pin(async move {
            match self.0.send(letter.message().clone()).await {
                Ok(_) => Ok(()),
                Err(error) if error.is_permanent() => Err(MailFailure::permanent(error)),
                Err(error) => Err(MailFailure::transient(error)),
            }
        })
    }
}
