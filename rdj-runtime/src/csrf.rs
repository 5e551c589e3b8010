//! Protection against forged requests of other sites (CSRF), by Django's scheme.
//!
//! The browser has a secret in a cookie, each form has the secret behind a mask of its own, and a request
//! that changes something must show both. Another site can make the browser send the cookie, but can
//! neither read it nor write the form. [`CsrfLayer`] checks every method but GET, HEAD, OPTIONS and TRACE;
//! a template or a handler asks [`Csrf::token`] for what to put into a form.
//!
//! | where | what |
//! |---|---|
//! | cookie `csrftoken` | the secret: 32 characters, for a year, `SameSite=Lax`; scripts may read it |
//! | field `csrfmiddlewaretoken` of a form, or header `X-CSRFToken` | the secret, or 64 characters: a mask and the secret behind it |
//! | `Origin` | if it is there, it is this site's or one of [`CsrfLayer::trusted_origins`] |
//! | `Referer` | over https, where there is no `Origin`: it is there, and is this site's over https |
//!
//! An event on a socket passes without a token of its own: a socket opens from this site only, and shows
//! its page's token once, in its first frame ([`check_token`]).

mod body;
mod context;
mod layer;
mod origin;
mod token;

pub(crate) use self::token::drafts_of;
pub use self::{
    context::Csrf,
    layer::{Checking, CsrfLayer, Exempt},
    origin::{OriginRefusal, check_origin},
    token::{check_token, mask},
};

/// The cookie with the secret.
pub const COOKIE_NAME: &str = "csrftoken";
/// The field of a form with a token; it must come first in a form with files.
pub const FIELD_NAME: &str = "csrfmiddlewaretoken";
/// The header with a token, for scripts.
pub const HEADER_NAME: &str = "x-csrftoken";
