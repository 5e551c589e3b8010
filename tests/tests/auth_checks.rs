//! What Django's users, sessions and protection do, checked on a running site: over HTTP, and on open
//! pages where Django has nothing like it. `docs/auth-checks.md` lists all checks.

mod backends;
mod columns;
mod entrance;
mod history;
mod messages;
mod open_pages;
mod pages;
mod passwords;
mod permissions;
mod protection;
mod reset;
mod reset_live;
mod rows;
mod sessions;
mod sign_in;
mod stored;
mod table;
mod tabs;
