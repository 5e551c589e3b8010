//! Frames from the server, as the browser takes them apart.

use std::io::Read as _;

use flate2::read::DeflateDecoder;

use super::error::{Result, TestError};

/// The first byte of a frame that is compressed as a whole.
const PACKED: u8 = 6;

/// What a frame changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrameKind {
    /// Parts of the page.
    Patch,
    /// Parts of the page, and its title.
    TitledPatch,
    /// The whole page.
    Body,
    /// Nothing.
    Ack,
    /// The browser is asked to do something.
    Effects,
}

/// A frame.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) kind: FrameKind,
    /// The highest event that is answered.
    pub(super) ack: u64,
    pub(super) version: u64,
    pub(super) payload: Vec<u8>,
    /// Its length on the wire.
    pub(super) bytes: usize,
}

impl Frame {
    pub(super) fn decode(bytes: &[u8]) -> Result<Self> {
        let wrong = |why: &str| TestError::new(format!("the server sent no frame: {why}"));
        let mut plain = bytes.to_vec();
        if bytes.first() == Some(&PACKED) {
            plain.clear();
            let mut packed = DeflateDecoder::new(&bytes[1..]);
            let read = packed.read_to_end(&mut plain);
            read.map_err(|error| wrong(&error.to_string()))?;
        }
        let kind = match plain.first() {
            Some(1) => FrameKind::Patch,
            Some(2) => FrameKind::TitledPatch,
            Some(3) => FrameKind::Body,
            Some(4) => FrameKind::Ack,
            Some(5) => FrameKind::Effects,
            other => return Err(wrong(&format!("kind {other:?}"))),
        };
        let mut rest = &plain[1..];
        let ack = varint(&mut rest).ok_or_else(|| wrong("too short"))?;
        let version = varint(&mut rest).ok_or_else(|| wrong("too short"))?;
        Ok(Self {
            kind,
            ack,
            version,
            payload: rest.to_vec(),
            bytes: bytes.len(),
        })
    }

    /// What the browser is asked to do.
    pub(super) fn effects(&self) -> Result<Vec<serde_json::Value>> {
        if self.kind != FrameKind::Effects {
            return Ok(Vec::new());
        }
        let effects = serde_json::from_slice(&self.payload);
        effects.map_err(|error| TestError::of("the server sent broken effects", &error))
    }

    /// Title and HTML of a BODY.
    pub(super) fn body(&self) -> Result<(String, String)> {
        let wrong = || TestError::new("the server sent a broken page");
        let mut rest = self.payload.as_slice();
        let length = varint(&mut rest).ok_or_else(wrong)?;
        let text = std::str::from_utf8(rest).map_err(|_| wrong())?;
        let mut left = usize::try_from(length).map_err(|_| wrong())?;
        let end = text.char_indices().find_map(|(at, letter)| {
            let done = left == 0;
            left = left.saturating_sub(letter.len_utf16());
            done.then_some(at)
        });
        let (title, html) = text.split_at(end.unwrap_or(text.len()));
        Ok((title.to_owned(), html.to_owned()))
    }
}

/// LEB128.
fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..63).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}
