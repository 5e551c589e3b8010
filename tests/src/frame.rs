//! Frames from the server, as the browser decodes them.

use std::io::Read as _;

use serde_json::Value;

/// The kind of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Operations on the page.
    Patch,
    /// The page's whole body.
    Body,
    /// Nothing changed.
    Ack,
    /// Things to do beside a patch.
    Effects,
}

/// One frame.
#[derive(Clone, Debug)]
pub struct Frame {
    /// What it is.
    pub kind: Kind,
    /// The event it answers; 0 for none.
    pub ack: u64,
    /// The view version after it.
    pub version: u64,
    /// What follows the header.
    pub payload: Vec<u8>,
    /// The length on the wire.
    pub wire_length: usize,
    /// The length of what was packed, or the same.
    pub plain_length: usize,
}

impl Frame {
    /// Decodes a binary message.
    ///
    /// # Panics
    ///
    /// It is no frame: the server is wrong.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Self {
        let wire_length = bytes.len();
        let unpacked = if bytes[0] == 6 {
            unpack(&bytes[1..])
        } else {
            bytes.to_vec()
        };
        let kind = match unpacked[0] {
            1 | 2 => Kind::Patch,
            3 => Kind::Body,
            4 => Kind::Ack,
            5 => Kind::Effects,
            other => panic!("a frame of the unknown kind {other}"),
        };
        let mut at = 1;
        let ack = varint(&unpacked, &mut at);
        let version = varint(&unpacked, &mut at);
        Self {
            kind,
            ack,
            version,
            payload: unpacked[at..].to_vec(),
            wire_length,
            plain_length: unpacked.len(),
        }
    }

    /// The payload as text, for a look at what a patch or body carries.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.payload).into_owned()
    }

    /// The effects in it.
    #[must_use]
    pub fn effects(&self) -> Vec<Value> {
        match self.kind {
            Kind::Effects => serde_json::from_slice(&self.payload).expect("effects are JSON"),
            _ => Vec::new(),
        }
    }
}

fn unpack(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    flate2::read::DeflateDecoder::new(bytes)
        .read_to_end(&mut out)
        .expect("a packed frame");
    out
}

fn varint(bytes: &[u8], at: &mut usize) -> u64 {
    let mut value = 0;
    for shift in (0..).step_by(7) {
        let byte = bytes[*at];
        *at += 1;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            break;
        }
    }
    value
}
