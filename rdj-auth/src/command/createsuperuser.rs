//! `createsuperuser`

use std::env;

use rdj_runtime::{
    Error, Result,
    command::{Arg, ArgAction, Command, CommandCx},
    mail,
};

use super::password;
use crate::{
    auth::Auth,
    user::{NewUser, UserError, Users, username},
};

/// The environment variables with what there is no option for on the command line.
const USERNAME: &str = "RDJ_SUPERUSER_USERNAME";
const EMAIL: &str = "RDJ_SUPERUSER_EMAIL";

pub(super) fn command() -> Command {
    let username = Arg::new("username")
        .long("username")
        .value_name("NAME")
        .help("The name to sign in with [or $RDJ_SUPERUSER_USERNAME]");
    let email = Arg::new("email")
        .long("email")
        .value_name("ADDRESS")
        .help("The e-mail address [or $RDJ_SUPERUSER_EMAIL]");
    let noinput = Arg::new("noinput")
        .long("noinput")
        .visible_alias("no-input")
        .action(ArgAction::SetTrue)
        .help("Asks nothing");
    let about = "Makes a user who may do everything";
    Command::new("createsuperuser", about, run)
        .arg(username)
        .arg(email)
        .arg(noinput)
        .help(
            "The password is asked for, read from $RDJ_SUPERUSER_PASSWORD, or is the one line that is \
             piped in. With --noinput and without the variable the user gets none, and cannot sign in \
             until `changepassword` gives one.",
        )
}

async fn run(cx: CommandCx) -> Result {
    let auth = cx.resource::<Auth>()?;
    let users = auth.users(auth.db());
    let asks = cx.is_interactive() && !cx.flag("noinput");
    let name = choose_username(&cx, &users, asks).await?;
    let email = choose_email(&cx, asks).await?;
    let new = NewUser::new(&name).email(&email);
    let person = new.person();
    let given = env::var(password::VARIABLE).ok();
    let new = match given.filter(|password| !password.is_empty()) {
        Some(given) => new.password(password::checked(auth, &person, given)?),
        None if cx.flag("noinput") => new,
        None => new.password(password::choose(&cx, auth, &person, Some(password::VARIABLE)).await?),
    };
    match users.create_superuser(new).await {
        Ok(user) => cx
            .stdout
            .line(format!("Superuser `{}` created.", user.username)),
        Err(UserError::UsernameTaken) => Err(taken(&name)),
        Err(error) => Err(error.into()),
    }
}

/// A name that is allowed and free: the given one, or one that is asked for until it is good.
async fn choose_username(cx: &CommandCx, users: &Users, asks: bool) -> Result<String> {
    let given = cx.text("username").map(str::to_owned);
    if let Some(given) = given.or_else(|| env::var(USERNAME).ok()) {
        return free(users, &given).await;
    }
    if !asks {
        return Err(Error::Invalid(format!(
            "there is no username: use --username or set {USERNAME}"
        )));
    }
    loop {
        let name = cx.ask("Username: ").await?;
        match free(users, name.trim()).await {
            Ok(name) => return Ok(name),
            Err(error) if error.is_internal() => return Err(error),
            Err(error) => cx.stderr.line(format!("Error: {error}"))?,
        }
    }
}

async fn free(users: &Users, name: &str) -> Result<String> {
    let name = username(name).map_err(|error| Error::invalid(error.to_string()))?;
    if users.is_username_taken(&name).await? {
        return Err(taken(&name));
    }
    Ok(name)
}

fn taken(name: &str) -> Error {
    Error::Conflict(format!("the username `{name}` is already taken"))
}

/// An e-mail address, or none: the given one, or one that is asked for until it is good.
async fn choose_email(cx: &CommandCx, asks: bool) -> Result<String> {
    let given = cx.text("email").map(str::to_owned);
    if let Some(given) = given.or_else(|| env::var(EMAIL).ok()) {
        return address(&given);
    }
    if !asks {
        return Ok(String::new());
    }
    loop {
        match address(&cx.ask("Email address: ").await?) {
            Ok(email) => return Ok(email),
            Err(error) => cx.stderr.line(format!("Error: {error}"))?,
        }
    }
}

fn address(text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() || mail::is_address(text) {
        return Ok(text.to_owned());
    }
    Err(Error::Invalid(format!("`{text}` is no e-mail address")))
}
