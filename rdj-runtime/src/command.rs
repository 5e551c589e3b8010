//! Commands of the application's own binary: `serve`, `check`, `routes`, and those that it adds.
//!
//! [`App::run`](crate::App::run) reads the arguments of the process: without any it serves. A command
//! sees the resources of the application, such as its database and its mailer, so that it works with
//! what the pages work with.
//!
//! ```no_run
//! use rdj_runtime::{
//!     App,
//!     command::{Arg, Command, CommandCx},
//! };
//!
//! async fn greet(cx: CommandCx) -> rdj_runtime::Result {
//!     let name = cx.text("name").unwrap_or("you");
//!     cx.stdout.line(format!("Hello {name}"))
//! }
//!
//! # async fn run() -> rdj_runtime::Result {
//! App::new()
//!     .command(Command::new("greet", "Greets somebody", greet).arg(Arg::new("name")))
//!     .run()
//!     .await
//! # }
//! ```

mod builtin;
pub mod check;
mod cx;
pub mod inspection;
mod run;
mod terminal;
#[cfg(test)]
mod tests;

use std::{fmt, future::Future};

pub use clap::{self, Arg, ArgAction, ArgMatches};

pub use self::{
    builtin::SessionCleaner,
    cx::CommandCx,
    inspection::Inspection,
    terminal::{Terminal, Writer},
};
use crate::{
    dispatch::BoxFuture,
    error::{Error, Result},
};

/// What a command does.
enum Run {
    /// Serves the application.
    Serve,
    /// Checks it, which takes it apart.
    Check,
    /// Anything else.
    Own(Box<dyn FnOnce(CommandCx) -> BoxFuture<'static, Result> + Send>),
}

/// A command: a name, arguments, and what it does.
///
/// What it returns as an error is written to standard error, and the process ends with the exit code 1;
/// arguments that it does not take end it with 2 before it runs.
pub struct Command {
    spec: clap::Command,
    run: Run,
    /// Whether what [`App::on_start`](crate::App::on_start) was given runs before it.
    starts: bool,
}

impl Command {
    /// A command without arguments; `about` is its line in the list of all.
    pub fn new<F, R>(name: &'static str, about: &'static str, run: F) -> Self
    where
        F: FnOnce(CommandCx) -> R + Send + 'static,
        R: Future<Output = Result> + Send + 'static,
    {
        Self {
            spec: clap::Command::new(name).about(about),
            run: Run::Own(Box::new(move |cx| Box::pin(run(cx)))),
            starts: true,
        }
    }

    /// Adds an argument or an option.
    #[must_use]
    pub fn arg(mut self, arg: Arg) -> Self {
        self.spec = self.spec.arg(arg);
        self
    }

    /// Adds a text that `--help` shows below the options.
    #[must_use]
    pub fn help(mut self, text: &'static str) -> Self {
        self.spec = self.spec.after_help(text);
        self
    }

    /// The same for an application that was not started: it needs no database that is there.
    fn unstarted(mut self) -> Self {
        self.starts = false;
        self
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.spec.get_name()
    }
}

impl fmt::Debug for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Command({})", self.name())
    }
}

/// What an application adds to the command line.
#[derive(Debug, Default)]
pub(crate) struct Registry {
    pub(crate) commands: Vec<Command>,
    pub(crate) checks: Vec<check::Check>,
    pub(crate) silenced: Vec<String>,
    pub(crate) version: Option<String>,
}

impl Registry {
    /// All commands: those of the application stand in place of built-in ones.
    fn all(commands: Vec<Command>) -> Result<Vec<Command>> {
        let mut all: Vec<Command> = Vec::new();
        for command in commands {
            if all.iter().any(|known| known.name() == command.name()) {
                return Err(Error::Setup(format!(
                    "the command `{}` is added twice",
                    command.name()
                )));
            }
            all.push(command);
        }
        for command in builtin::all() {
            if !all.iter().any(|known| known.name() == command.name()) {
                all.push(command);
            }
        }
        all.sort_by(|a, b| a.name().cmp(b.name()));
        Ok(all)
    }
}
