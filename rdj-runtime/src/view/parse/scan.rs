//! Looking at bytes.

use super::{Parsed, Refusal};
use crate::view::tree::is_blank;
use memchr::memchr;

pub(super) const BLANK: u8 = 1;
/// Ends the name of a tag.
pub(super) const ENDS_TAG: u8 = 2;
/// Ends the name of an attribute.
pub(super) const ENDS_ATTR: u8 = 4;
/// Not allowed in the name of an attribute.
pub(super) const QUOTE: u8 = 8;

static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let blanks = *b" \n\t\r\x0c";
    let mut i = 0;
    while i < blanks.len() {
        classes[blanks[i] as usize] = BLANK | ENDS_TAG | ENDS_ATTR;
        i += 1;
    }
    classes[b'>' as usize] = ENDS_TAG | ENDS_ATTR;
    classes[b'/' as usize] = ENDS_TAG | ENDS_ATTR;
    classes[b'=' as usize] = ENDS_ATTR;
    classes[b'"' as usize] = QUOTE;
    classes[b'\'' as usize] = QUOTE;
    classes[b'<' as usize] = QUOTE;
    classes
};

/// What the byte may be part of.
#[inline]
pub(super) fn class(byte: u8) -> u8 {
    CLASSES[byte as usize]
}

/// `memchr` for what is usually near: three words by hand first.
#[inline]
pub(super) fn near(byte: u8, bytes: &[u8], mut from: usize) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    let rest = bytes.get(from..)?;
    for word in rest.chunks_exact(8).take(3) {
        let word = word
            .iter()
            .rev()
            .fold(0, |word, byte| word << 8 | u64::from(*byte));
        let differs = word ^ u64::from(byte).wrapping_mul(ONES);
        let found = differs.wrapping_sub(ONES) & !differs & HIGHS;
        if found != 0 {
            return Some(from + (found.trailing_zeros() >> 3) as usize);
        }
        from += 8;
    }
    memchr(byte, &bytes[from..]).map(|at| from + at)
}

/// The first place at or after `at` that is not blank.
#[inline]
pub(super) fn skip_blank(bytes: &[u8], at: usize) -> usize {
    let mut rest = bytes.get(at..).unwrap_or_default();
    while let Some(after) = rest.strip_prefix(b"        ") {
        rest = after;
    }
    let blanks = rest
        .iter()
        .position(|byte| !is_blank(*byte))
        .unwrap_or(rest.len());
    bytes.len() - rest.len() + blanks
}

/// Does markup begin at `at` (which has a `<`)?
#[inline]
pub(super) fn is_markup(bytes: &[u8], at: usize) -> bool {
    bytes
        .get(at + 1)
        .is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?'))
}

/// Browsers drop or replace NUL characters.
pub(super) fn refuse_nul(bytes: &[u8], offset: usize) -> Parsed {
    match memchr(0, bytes) {
        Some(at) => Err(Refusal {
            offset: offset + at,
            reason: "NUL character",
        }),
        None => Ok(()),
    }
}

/// What two pages have in common.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Common {
    /// Length of the common beginning.
    pub(crate) prefix: usize,
    /// Length of the common end, which does not overlap the beginning.
    pub(crate) suffix: usize,
}

impl Common {
    pub(crate) fn of(old: &str, new: &str) -> Common {
        let (old, new) = (old.as_bytes(), new.as_bytes());
        let prefix = common_prefix(old, new);
        let suffix = common_suffix(&old[prefix..], &new[prefix..]);
        Common { prefix, suffix }
    }
}

/// Length of the common beginning.
pub(crate) fn common_prefix(a: &[u8], b: &[u8]) -> usize {
    let mut len = 0;
    for (x, y) in a.chunks_exact(64).zip(b.chunks_exact(64)) {
        if x != y {
            break;
        }
        len += 64;
    }
    len + a[len..]
        .iter()
        .zip(&b[len..])
        .take_while(|(x, y)| x == y)
        .count()
}

/// Length of the common end.
pub(crate) fn common_suffix(a: &[u8], b: &[u8]) -> usize {
    let mut len = 0;
    for (x, y) in a.rchunks_exact(64).zip(b.rchunks_exact(64)) {
        if x != y {
            break;
        }
        len += 64;
    }
    let (a, b) = (&a[..a.len() - len], &b[..b.len() - len]);
    len + a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count()
}
