//! Text that no compression makes shorter than half.

use std::fmt::Write as _;

/// Kilobytes of hexadecimal digits that follow from `seed`.
pub(super) fn noise(seed: u64, kilobytes: usize) -> String {
    let mut text = String::with_capacity(kilobytes * 1024);
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for _ in 0..kilobytes * 64 {
        // xorshift
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let _ = write!(text, "{state:016x}");
    }
    text
}
