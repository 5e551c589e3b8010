//! The Rust blocks of the guides, compiled as documentation tests.

/// A page from an empty folder on.
#[doc = include_str!("../../docs/getting-started.md")]
pub struct GettingStarted;

/// The example on the front page.
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// Users, groups, permissions and passwords.
#[doc = include_str!("../../docs/users.md")]
pub struct Users;

/// Sessions and sockets that follow them.
#[doc = include_str!("../../docs/sessions.md")]
pub struct Sessions;

/// Who may open what.
#[doc = include_str!("../../docs/guards.md")]
pub struct Guards;

/// The pages of sign-in.
#[doc = include_str!("../../docs/auth-pages.md")]
pub struct AuthPages;
