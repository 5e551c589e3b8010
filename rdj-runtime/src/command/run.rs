//! From the arguments of a process to a command.

use std::{ffi::OsString, path::Path, sync::Arc, time::Duration};

use clap::{ArgMatches, error::ErrorKind};

use super::{
    Command, CommandCx, Registry, Run, Terminal, builtin,
    check::{self, CheckCx},
};
use crate::{
    App,
    error::{Error, Result},
    mail::{self, Mailer},
};

/// How long a process that ends waits for mails that are on their way.
const MAIL_GRACE: Duration = Duration::from_secs(10);
/// The exit code of arguments that are wrong.
const USAGE: u8 = 2;

/// Why a run failed.
enum Failure {
    /// The arguments are wrong, which was told; with the exit code.
    Usage(u8),
    /// The command failed.
    Command(Error),
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Command(error.into())
    }
}

impl App {
    /// Runs the command that the process's arguments name; without arguments it serves.
    ///
    /// `serve` listens at `--bind`, the environment variable `RDJ_BIND`, or `127.0.0.1:8000`, until the
    /// process is told to stop (Ctrl-C or SIGTERM). `help` lists all commands. Arguments that are wrong
    /// end the process with the exit code 2.
    ///
    /// # Errors
    ///
    /// The command failed; [`Error::Setup`] if the application cannot start as it is declared, the
    /// address is not valid, or it is taken.
    pub async fn run(self) -> Result {
        match execute(self, std::env::args_os().collect(), Terminal::process()).await {
            Ok(()) => Ok(()),
            Err(Failure::Command(error)) => Err(error),
            Err(Failure::Usage(code)) => std::process::exit(code.into()),
        }
    }

    /// Runs the command of `args`, whose first is the program's name, on these streams and returns the
    /// exit code: 0, 1 if it failed, or 2 if the arguments are wrong.
    pub async fn run_with<T: Into<OsString>>(
        self,
        args: impl IntoIterator<Item = T>,
        terminal: Terminal,
    ) -> u8 {
        let stderr = terminal.stderr.clone();
        let args = args.into_iter().map(Into::into).collect();
        match execute(self, args, terminal).await {
            Ok(()) => 0,
            Err(Failure::Usage(code)) => code,
            Err(Failure::Command(error)) => {
                // there is nobody left to tell that nobody can be told
                let _ = stderr.line(format!("Error: {error}"));
                1
            }
        }
    }
}

async fn execute(mut app: App, args: Vec<OsString>, terminal: Terminal) -> Result<(), Failure> {
    let registry = std::mem::take(app.registry_mut());
    let version = registry.version.clone();
    let mut commands = Registry::all(registry.commands)?;
    let parser = parser(&args, version, &commands);
    let matches = match parser.try_get_matches_from(&args) {
        Ok(matches) => matches,
        Err(error) => return usage(&error, &commands, &terminal),
    };
    let (name, matches) = match matches.subcommand() {
        Some((name, matches)) => (name, matches.clone()),
        None => ("serve", ArgMatches::default()),
    };
    let found = commands.iter().position(|command| command.name() == name);
    let found = found.ok_or_else(|| Error::Setup(format!("there is no command `{name}`")))?;
    let Command { run, starts, .. } = commands.swap_remove(found);
    let mut app = app.protect();
    mail::provide(app.resources_mut())?;
    let resources = Arc::new(app.resources().clone());
    let inspection = Arc::new(app.inspect());
    let checks = CheckCx::new(
        &resources,
        &inspection,
        &registry.checks,
        &registry.silenced,
    );
    let cx = |matches| {
        CommandCx::new(
            matches,
            terminal.clone(),
            Arc::clone(&resources),
            Arc::clone(&inspection),
        )
    };
    if starts {
        app.start().await?;
    }
    let result = match run {
        Run::Serve => {
            check::before_serving(&checks, &terminal)?;
            builtin::serve(app, &cx(matches)).await
        }
        Run::Check => builtin::check(app, &checks, &cx(matches)),
        Run::Own(run) => run(cx(matches)).await,
    };
    flush(resources.get::<Mailer>()).await;
    Ok(result?)
}

fn parser(args: &[OsString], version: Option<String>, commands: &[Command]) -> clap::Command {
    let program = args.first().map(Path::new).and_then(Path::file_stem);
    let program = program.map_or_else(|| "app".into(), |stem| stem.to_string_lossy());
    let framework = concat!("rdj ", env!("CARGO_PKG_VERSION"));
    let version = version.map_or_else(
        || format!("({framework})"),
        |version| format!("{version} ({framework})"),
    );
    clap::Command::new(program.into_owned())
        .version(version)
        .about("Serves the application, or runs one of its commands.")
        .subcommand_help_heading("Commands")
        .subcommand_value_name("COMMAND")
        .subcommands(commands.iter().map(|command| command.spec.clone()))
}

/// Tells what is wrong with the arguments, or what was asked for, such as `--help`.
fn usage(error: &clap::Error, commands: &[Command], terminal: &Terminal) -> Result<(), Failure> {
    let text = error.to_string();
    if !error.use_stderr() {
        return Ok(terminal.stdout.text_out(&text)?);
    }
    terminal.stderr.text_out(&text)?;
    if error.kind() == ErrorKind::InvalidSubcommand {
        terminal.stderr.line("\nCommands:")?;
        for command in commands {
            terminal.stderr.line(format!("  {}", command.name()))?;
        }
    }
    Err(Failure::Usage(USAGE))
}

/// Waits some seconds for mails that are on their way.
async fn flush(mailer: Option<&Mailer>) {
    let Some(mailer) = mailer.filter(|mailer| mailer.pending() > 0) else {
        return;
    };
    if tokio::time::timeout(MAIL_GRACE, mailer.flush())
        .await
        .is_err()
    {
        tracing::error!(
            lost = mailer.pending(),
            "the process ends before all mails were sent"
        );
    }
}
