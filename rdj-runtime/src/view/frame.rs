//! Payloads of the frames that carry a view; the header is written by the socket.

use super::diff::{Encoder, utf16_len, write_varint};

/// Payload of a PATCH, with a title when it has changed.
pub(crate) fn patch(out: &mut Vec<u8>, encoder: &Encoder, title: Option<&str>) {
    out.extend_from_slice(&encoder.check.to_le_bytes());
    write_varint(out, encoder.ops.len());
    out.extend_from_slice(&encoder.ops);
    if let Some(title) = title {
        string(out, title);
    }
    out.extend_from_slice(encoder.strings.as_bytes());
}

/// Payload of a BODY.
pub(crate) fn body(out: &mut Vec<u8>, title: &str, inner: &str) {
    string(out, title);
    out.extend_from_slice(inner.as_bytes());
}

fn string(out: &mut Vec<u8>, text: &str) {
    write_varint(out, utf16_len(text));
    out.extend_from_slice(text.as_bytes());
}
