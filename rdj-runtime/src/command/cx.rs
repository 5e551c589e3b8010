//! What a command sees.

use std::sync::Arc;

use clap::ArgMatches;

use super::{
    Inspection,
    terminal::{Terminal, Writer},
};
use crate::{
    cx::Resources,
    error::{Error, Result},
    mail::Mailer,
};

/// The context of a command: its arguments, its streams, and the application's services.
///
/// Print by [`Writer::line`] on `stdout` and `stderr`, so that tests can read it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CommandCx {
    /// The arguments.
    pub args: ArgMatches,
    /// For results.
    pub stdout: Writer,
    /// For complaints.
    pub stderr: Writer,
    terminal: Terminal,
    resources: Arc<Resources>,
    inspection: Arc<Inspection>,
}

impl CommandCx {
    pub(super) fn new(
        args: ArgMatches,
        terminal: Terminal,
        resources: Arc<Resources>,
        inspection: Arc<Inspection>,
    ) -> Self {
        Self {
            args,
            stdout: terminal.stdout.clone(),
            stderr: terminal.stderr.clone(),
            terminal,
            resources,
            inspection,
        }
    }

    /// The value of an argument, if it was given or has a default; none for one that is not declared.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        let value = self.args.try_get_one::<String>(name).ok()??;
        Some(value)
    }

    /// All values of an argument that takes several.
    #[must_use]
    pub fn texts(&self, name: &str) -> Vec<&str> {
        let values = self.args.try_get_many::<String>(name).ok().flatten();
        values.into_iter().flatten().map(String::as_str).collect()
    }

    /// Whether an option without a value ([`ArgAction::SetTrue`](clap::ArgAction::SetTrue)) was given.
    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.args.try_get_one::<bool>(name), Ok(Some(true)))
    }

    /// A shared service of the application, such as the database.
    ///
    /// # Errors
    ///
    /// [`Error::Missing`] if the application was not given one.
    pub fn resource<T: Send + Sync + 'static>(&self) -> Result<&T> {
        let found = self.resources.get();
        found.ok_or(Error::Missing(std::any::type_name::<T>()))
    }

    /// The application's mailer.
    ///
    /// # Errors
    ///
    /// [`Error::Missing`] outside of an application.
    pub fn mailer(&self) -> Result<&Mailer> {
        self.resource()
    }

    /// What the application consists of.
    #[must_use]
    pub fn inspection(&self) -> &Inspection {
        &self.inspection
    }

    /// Whether a person can be asked: standard input is a terminal.
    #[must_use]
    pub fn is_interactive(&self) -> bool {
        self.terminal.input.is_interactive()
    }

    /// Asks for a line; `question` is shown as it is, such as `Username: `.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] if there is nobody to ask, or the input ends.
    pub async fn ask(&self, question: &str) -> Result<String> {
        self.must_be_interactive(question)?;
        self.stdout.text_out(question)?;
        self.piped_line().await?.ok_or_else(ended)
    }

    /// Asks for a password, which the terminal does not show.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] if there is nobody to ask, or the input ends.
    pub async fn ask_password(&self, question: &str) -> Result<String> {
        self.must_be_interactive(question)?;
        let Terminal { input, stdout, .. } = self.terminal.clone();
        let question = question.to_owned();
        let answer = tokio::task::spawn_blocking(move || input.password(&question, &stdout));
        answer.await??.ok_or_else(ended)
    }

    /// Asks a question of yes or no; an empty answer is no.
    ///
    /// # Errors
    ///
    /// As [`CommandCx::ask`].
    pub async fn confirm(&self, question: &str) -> Result<bool> {
        let answer = self.ask(&format!("{question} [y/N] ")).await?;
        let answer = answer.trim().to_lowercase();
        Ok(answer == "y" || answer == "yes")
    }

    /// The next line of standard input, such as a password that a script pipes in; none at its end.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub async fn piped_line(&self) -> Result<Option<String>> {
        let input = self.terminal.input.clone();
        let line = tokio::task::spawn_blocking(move || input.line());
        Ok(line.await??)
    }

    fn must_be_interactive(&self, question: &str) -> Result {
        if self.is_interactive() {
            return Ok(());
        }
        let question = question.trim().trim_end_matches(':');
        Err(Error::Invalid(format!(
            "\"{question}\" cannot be asked: standard input is no terminal"
        )))
    }
}

fn ended() -> Error {
    Error::invalid("cancelled: the input ended")
}
