//! The commands of an application with users, and what `check` asks of them.

mod changepassword;
mod check;
mod createsuperuser;
mod password;

use rdj_runtime::App;

/// Adds the commands and the checks.
pub(crate) fn add(app: App) -> App {
    app.command(createsuperuser::command())
        .command(changepassword::command())
        .check(check::check)
        .check(check::permissions)
}
