//! What the cookies of this crate have in common.

use http::{HeaderMap, header::COOKIE};

use super::Client;

/// Whether a cookie is for https only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Secure {
    /// For requests that came over https.
    Auto,
    Always,
    Never,
}

impl Secure {
    pub(crate) fn forced(secure: bool) -> Self {
        if secure { Self::Always } else { Self::Never }
    }

    pub(crate) fn for_client(self, client: &Client) -> bool {
        match self {
            Self::Auto => client.is_secure(),
            Self::Always => true,
            Self::Never => false,
        }
    }
}

/// The value of the first cookie with this name.
pub(crate) fn cookie_value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let texts = headers.get_all(COOKIE).iter();
    let texts = texts.filter_map(|value| value.to_str().ok());
    let mut pairs = texts
        .flat_map(|text| text.split(';'))
        .filter_map(|pair| pair.split_once('='));
    pairs
        .find(|(own, _)| own.trim() == name)
        .map(|(_, value)| value.trim())
}
