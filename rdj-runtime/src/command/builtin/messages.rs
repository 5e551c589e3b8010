//! `missing_messages`

use std::path::Path;

use clap::{Arg, ArgAction};

use super::super::{Command, CommandCx};
use crate::{
    error::{Error, Result},
    i18n::{I18n, missing_messages},
};

pub(super) fn command() -> Command {
    let folder = Arg::new("folder")
        .value_name("FOLDER")
        .action(ArgAction::Append)
        .num_args(0..)
        .help("Where Rust files and templates are [default: src and templates, where they exist]");
    let about =
        "Lists the texts that a language of the application lacks, and fails if there are any";
    Command::new("missing_messages", about, run).arg(folder)
}

async fn run(cx: CommandCx) -> Result {
    let Ok(i18n) = cx.resource::<I18n>() else {
        return Err(Error::invalid(
            "the application has no languages: see `App::i18n`",
        ));
    };
    let given = cx.texts("folder");
    let folders: Vec<&Path> = if given.is_empty() {
        let usual = ["src", "templates"].map(Path::new);
        usual.into_iter().filter(|folder| folder.is_dir()).collect()
    } else {
        given.into_iter().map(Path::new).collect()
    };
    let missing = missing_messages(i18n, &folders)?;
    for message in &missing {
        cx.stdout
            .line(format!("{}: {}", message.language, message.key))?;
    }
    match missing.len() {
        0 => cx.stdout.line("No texts are missing."),
        count => Err(Error::Invalid(format!("{count} text(s) are missing"))),
    }
}
