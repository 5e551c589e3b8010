//! `check`

use clap::{Arg, ArgAction};

use super::super::{
    Command, CommandCx, Run,
    check::{CheckCx, CheckLevel, CheckMessage},
};
use crate::{
    App,
    error::{Error, Result},
};

pub(super) fn command() -> Command {
    let deploy = Arg::new("deploy")
        .long("deploy")
        .action(ArgAction::SetTrue)
        .help("Checks what matters on the open network too");
    let level = Arg::new("fail-level")
        .long("fail-level")
        .value_name("LEVEL")
        .value_parser(["info", "warning", "error"])
        .ignore_case(true)
        .help("The lowest level that fails [default: error; with --deploy: warning]");
    Command {
        spec: clap::Command::new("check")
            .about("Checks the application for mistakes, and with --deploy for what is unsafe")
            .arg(deploy)
            .arg(level),
        run: Run::Check,
        starts: false,
    }
}

/// Runs all checks and fails if one of them found something of the level.
pub(in super::super) fn check(app: App, checks: &CheckCx<'_>, cx: &CommandCx) -> Result {
    let deploy = cx.flag("deploy");
    let (mut found, silenced) = CheckCx { deploy, ..*checks }.run();
    if let Err(error) = app.build() {
        found.push(CheckMessage::error("rdj.E001", error.to_string()));
    }
    // the worst first
    found.sort_by(|a, b| (b.level, a.id).cmp(&(a.level, b.id)));
    for message in &found {
        cx.stderr.line(message)?;
    }
    let issues = match found.len() {
        0 => "no issues".to_owned(),
        1 => "1 issue".to_owned(),
        count => format!("{count} issues"),
    };
    cx.stdout
        .line(format!("The check found {issues} ({silenced} silenced)."))?;
    let level = match cx.text("fail-level") {
        Some(level) => CheckLevel::parse(level),
        None if deploy => CheckLevel::Warning,
        None => CheckLevel::Error,
    };
    let failed = found.iter().filter(|message| message.level >= level);
    match failed.count() {
        0 => Ok(()),
        count => Err(Error::Invalid(format!(
            "the check fails: {count} of level {level} or above"
        ))),
    }
}
