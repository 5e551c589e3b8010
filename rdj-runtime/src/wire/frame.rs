//! Frames to the browser.

use std::cell::RefCell;

use axum::body::Bytes;
use flate2::{Compress, Compression, FlushCompress, Status};

use super::Effect;

/// Frames longer than this are deflated.
const PACK_FROM: usize = 512;
/// The kind of a deflated frame.
const PACKED: u8 = 6;

/// The kinds of frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Kind {
    Patch = 1,
    TitledPatch = 2,
    Body = 3,
    Ack = 4,
    Effects = 5,
}

/// A frame that is being written: kind, acknowledged event, view version, payload.
#[derive(Debug)]
pub(crate) struct Frame {
    bytes: Vec<u8>,
}

impl Frame {
    /// A frame without its kind, for a payload that decides it.
    pub(crate) fn new(ack: u64, version: u64) -> Self {
        let mut bytes = Vec::with_capacity(64);
        bytes.push(0);
        varint(&mut bytes, ack);
        varint(&mut bytes, version);
        Self { bytes }
    }

    /// A frame with effects.
    pub(crate) fn effects(ack: u64, version: u64, effects: &[Effect]) -> Bytes {
        let mut frame = Self::new(ack, version);
        // strings and numbers only: serialisation into a Vec does not fail
        if serde_json::to_writer(&mut frame.bytes, effects).is_err() {
            tracing::error!("effects could not be written as JSON");
        }
        frame.finish(Kind::Effects)
    }

    /// A frame with effects that are JSON already.
    pub(crate) fn of_json(ack: u64, version: u64, effects: &str) -> Bytes {
        let mut frame = Self::new(ack, version);
        frame.bytes.extend_from_slice(effects.as_bytes());
        frame.finish(Kind::Effects)
    }

    /// Where the payload goes.
    pub(crate) fn payload(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    /// Whether a frame only acknowledges.
    pub(crate) fn is_ack(frame: &[u8]) -> bool {
        frame.first() == Some(&(Kind::Ack as u8))
    }

    /// The frame as it is sent.
    pub(crate) fn finish(mut self, kind: Kind) -> Bytes {
        self.bytes[0] = kind as u8;
        if self.bytes.len() > PACK_FROM
            && let Some(packed) = pack(&self.bytes)
        {
            return packed.into();
        }
        self.bytes.into()
    }
}

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the low seven bits are wanted"
        )]
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    #[expect(clippy::cast_possible_truncation, reason = "less than 0x80 is left")]
    out.push(value as u8);
}

thread_local! {
    /// One compressor a thread: its window is large, its state is reset for each frame.
    static DEFLATE: RefCell<Compress> = RefCell::new(Compress::new(Compression::fast(), false));
}

/// The frame deflated, unless that makes it longer.
fn pack(bytes: &[u8]) -> Option<Vec<u8>> {
    DEFLATE.with_borrow_mut(|deflate| {
        deflate.reset();
        let mut out = Vec::with_capacity(bytes.len());
        out.push(PACKED);
        let status = deflate
            .compress_vec(bytes, &mut out, FlushCompress::Finish)
            .ok()?;
        // the buffer is as long as the input: what does not fit is not worth packing
        (status == Status::StreamEnd).then_some(out)
    })
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn writes_the_header() {
        let frame = Frame::new(300, 1).finish(Kind::Ack);
        assert_eq!(&frame[..], [4, 0xac, 0x02, 1]);
    }

    #[test]
    fn packs_what_is_long() {
        let mut frame = Frame::new(1, 2);
        frame
            .payload()
            .extend_from_slice("a row of a table; ".repeat(100).as_bytes());
        let plain = frame.bytes.clone();
        let packed = frame.finish(Kind::Body);
        assert_eq!(packed[0], PACKED);
        assert!(packed.len() < plain.len() / 4);
        let mut back = Vec::new();
        let read = flate2::read::DeflateDecoder::new(&packed[1..]).read_to_end(&mut back);
        assert!(read.is_ok());
        assert_eq!((back[0], &back[1..]), (Kind::Body as u8, &plain[1..]));
    }

    #[test]
    fn leaves_short_frames_alone() {
        let effects = [Effect::Focus { id: "a".to_owned() }];
        let frame = Frame::effects(0, 0, &effects);
        assert_eq!(&frame[..3], [5, 0, 0]);
        assert_eq!(&frame[3..], br#"[{"t":"focus","id":"a"}]"#);
    }
}
