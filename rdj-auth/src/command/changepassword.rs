//! `changepassword`

use rdj_runtime::{
    Error, Result,
    command::{Arg, Command, CommandCx},
};

use super::password;
use crate::{auth::Auth, validate::Person};

pub(super) fn command() -> Command {
    let username = Arg::new("username")
        .value_name("USERNAME")
        .help("Whose password is changed; asked for if not given");
    Command::new("changepassword", "Changes the password of a user", run)
        .arg(username)
        .help(
            "The password is asked for, or is the one line that is piped in. The user's sessions end.",
        )
}

async fn run(cx: CommandCx) -> Result {
    let auth = cx.resource::<Auth>()?;
    let users = auth.users(auth.db());
    let name = match cx.text("username") {
        Some(name) => name.to_owned(),
        None => cx.ask("Username: ").await?,
    };
    let user = users.by_username(name.trim()).await?;
    let user = user.ok_or_else(|| Error::Invalid(format!("there is no user `{name}`")))?;
    cx.stdout
        .line(format!("Changing the password of `{}`.", user.username))?;
    let password = password::choose(&cx, auth, &Person::from(&user), None).await?;
    users.set_password(&user, &password).await?;
    cx.stdout
        .line(format!("Password of `{}` changed.", user.username))
}
