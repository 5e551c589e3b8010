//! The client script and stylesheet, embedded in the binary.

use std::{io::Write as _, sync::LazyLock};

use axum::{
    body::Bytes,
    response::{IntoResponse as _, Response},
};
use flate2::{Compression, write::GzEncoder};
use http::{
    HeaderMap,
    header::{
        ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY,
        X_CONTENT_TYPE_OPTIONS,
    },
};
use xxhash_rust::xxh3::xxh3_64;

static JS: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "rdj.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../client/dist/rdj.js"),
    )
});
/// Scripts that the client loads when a page has something for them.
static PARTS: LazyLock<[(&str, Asset); 6]> = LazyLock::new(|| {
    let part = |name, plain| {
        (
            name,
            Asset::new(name, "text/javascript; charset=utf-8", plain),
        )
    };
    [
        part(
            "rdj-drafts.js",
            include_bytes!("../client/dist/rdj-drafts.js").as_slice(),
        ),
        part(
            "rdj-gestures.js",
            include_bytes!("../client/dist/rdj-gestures.js"),
        ),
        part("rdj-menu.js", include_bytes!("../client/dist/rdj-menu.js")),
        part(
            "rdj-navigate.js",
            include_bytes!("../client/dist/rdj-navigate.js"),
        ),
        part(
            "rdj-panel.js",
            include_bytes!("../client/dist/rdj-panel.js"),
        ),
        part("rdj-work.js", include_bytes!("../client/dist/rdj-work.js")),
    ]
});
static CSS: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "rdj.css",
        "text/css; charset=utf-8",
        include_bytes!("../client/rdj.css"),
    )
});

/// One embedded file.
#[derive(Debug)]
pub(crate) struct Asset {
    kind: &'static str,
    /// Changes with the content, so that browsers may keep the file for ever.
    url: String,
    plain: &'static [u8],
    gzip: Option<Bytes>,
}

impl Asset {
    fn new(name: &str, kind: &'static str, plain: &'static [u8]) -> Self {
        let hash = xxh3_64(plain);
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        let gzip = gzip
            .write_all(plain)
            .and_then(|()| gzip.finish())
            .ok()
            .map(Bytes::from);
        Self {
            kind,
            url: format!("/_rdj/{name}?v={hash:016x}"),
            plain,
            gzip,
        }
    }

    /// The answer to a request for this file.
    pub(crate) fn response(&self, headers: &HeaderMap) -> Response {
        let accepts = headers
            .get(ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok());
        let common = [
            (CONTENT_TYPE, self.kind),
            (CACHE_CONTROL, "public, max-age=31536000, immutable"),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (VARY, "accept-encoding"),
        ];
        match &self.gzip {
            Some(gzip) if accepts.is_some_and(|accepts| accepts.contains("gzip")) => {
                (common, [(CONTENT_ENCODING, "gzip")], gzip.clone()).into_response()
            }
            _ => (common, self.plain).into_response(),
        }
    }
}

/// The client script.
pub(crate) fn js() -> &'static Asset {
    &JS
}

/// The parts of the script, by the name of their file.
pub(crate) fn parts() -> &'static [(&'static str, Asset)] {
    &*PARTS
}

/// The stylesheet.
pub(crate) fn css() -> &'static Asset {
    &CSS
}

pub(crate) fn js_url() -> &'static str {
    &JS.url
}

pub(crate) fn css_url() -> &'static str {
    &CSS.url
}
