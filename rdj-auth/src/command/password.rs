//! Where a command gets a new password from: never from its arguments, which other users can see.

use rdj_runtime::{Error, Result, command::CommandCx};

use crate::{auth::Auth, validate::Person};

/// The environment variable with a password.
pub(super) const VARIABLE: &str = "RDJ_SUPERUSER_PASSWORD";

/// A new password that the rules take: asked for twice, until it is good, or the one line that is piped in.
/// `variable` is the one of the environment in which the command has looked for it.
///
/// # Errors
///
/// A password that was piped in is refused, there is none, or whoever is asked gives up.
pub(super) async fn choose(
    cx: &CommandCx,
    auth: &Auth,
    person: &Person,
    variable: Option<&str>,
) -> Result<String> {
    if !cx.is_interactive() {
        let Some(password) = cx.piped_line().await? else {
            let set = variable.map_or_else(String::new, |name| format!("set {name}, "));
            return Err(Error::Invalid(format!(
                "there is no password: {set}pipe one line in, or run this in a terminal"
            )));
        };
        return checked(auth, person, password);
    }
    loop {
        let password = cx.ask_password("Password: ").await?;
        if password != cx.ask_password("Password (again): ").await? {
            cx.stderr.line("Error: Your passwords didn't match.")?;
            continue;
        }
        match checked(auth, person, password) {
            Ok(password) => return Ok(password),
            Err(error) => cx.stderr.line(error)?,
        }
    }
}

/// The password if the rules take it.
///
/// # Errors
///
/// [`Error::Invalid`] with all that is wrong with it, a line each.
pub(super) fn checked(auth: &Auth, person: &Person, password: String) -> Result<String> {
    if password.is_empty() {
        return Err(Error::invalid("Error: Blank passwords aren't allowed."));
    }
    let rules = auth.settings().password_rules();
    match rules.check(&password, person) {
        Ok(()) => Ok(password),
        Err(reasons) => {
            let reasons = reasons.iter().map(ToString::to_string);
            Err(Error::Invalid(reasons.collect::<Vec<_>>().join("\n")))
        }
    }
}
