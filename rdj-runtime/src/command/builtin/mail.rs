//! `sendtestemail`

use clap::{Arg, ArgAction};

use super::super::{Command, CommandCx};
use crate::{error::Result, mail::Mail};

pub(super) fn command() -> Command {
    let about = "Sends a mail to each address, to see that mail works";
    Command::new("sendtestemail", about, run).arg(
        Arg::new("address")
            .value_name("ADDRESS")
            .required(true)
            .action(ArgAction::Append)
            .num_args(1..),
    )
}

async fn run(cx: CommandCx) -> Result {
    let mailer = cx.mailer()?;
    for address in cx.texts("address") {
        let text = "If you read this, the application can send mail.";
        mailer
            .send(&Mail::new(address, "A test of the mail settings", text))
            .await?;
        cx.stdout.line(format!(
            "Sent to {address} from {} by the backend {}.",
            mailer.sender(),
            mailer.backend()
        ))?;
    }
    Ok(())
}
