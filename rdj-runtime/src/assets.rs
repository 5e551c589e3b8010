//! The client script and stylesheet, embedded in the binary.

pub(crate) fn js_url() -> &'static str {
    "/_rdj/rdj.js"
}

pub(crate) fn css_url() -> &'static str {
    "/_rdj/rdj.css"
}
