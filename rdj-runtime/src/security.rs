//! What a site needs on the open network: which hosts it answers to, which proxies it believes, and
//! the headers that make browsers careful.
//!
//! [`Security`] is a layer; it stands outside of all others. It puts the [`Client`] into each request,
//! from which every other part learns address, scheme and host. It refuses a `Host` that is not this
//! site's, and it adds headers to each response that has none of its own.
//!
//! | header | value |
//! |---|---|
//! | `Content-Security-Policy` | [`DEFAULT_POLICY`]: everything from the own site, no inline script or style, no frames |
//! | `X-Frame-Options` | `DENY` |
//! | `X-Content-Type-Options` | `nosniff` |
//! | `Referrer-Policy` | `same-origin` |
//! | `Cross-Origin-Opener-Policy` | `same-origin` |
//! | `Strict-Transport-Security` | none, until [`Security::hsts`] says for how long |

pub(crate) mod around;
mod client;
pub(crate) mod cookie;
mod facts;
pub(crate) mod headers;
pub(crate) mod hosts;
mod layer;
mod next;
mod settings;

pub use self::{
    client::{Client, Scheme},
    headers::{DEFAULT_POLICY, no_store},
    layer::Guarding,
    next::safe_next,
    settings::{Hsts, Security},
};
