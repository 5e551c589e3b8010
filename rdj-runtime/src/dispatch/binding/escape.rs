//! Text in attributes.

use std::fmt::{self, Write};

/// Writes ` name="value"` with the value escaped.
///
/// # Errors
///
/// The writer fails.
pub fn attribute(out: &mut (impl Write + ?Sized), name: &str, value: &str) -> fmt::Result {
    write!(out, " {name}=\"")?;
    escape(value, out)?;
    out.write_char('"')
}

/// Writes text escaped for HTML text and quoted attributes.
pub(crate) fn escape(text: &str, out: &mut (impl Write + ?Sized)) -> fmt::Result {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        out.write_str(&rest[..at])?;
        out.write_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &rest[at + 1..];
    }
    out.write_str(rest)
}
