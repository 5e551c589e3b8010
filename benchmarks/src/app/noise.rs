//! A page whose every answer is long, for browsers that do not read.

use std::fmt::Write as _;

use rdj::prelude::*;

/// Kilobytes that no compression makes much shorter.
const KILOBYTES: u64 = 64;

/// What was shown last.
#[app_state]
pub(crate) struct NoiseState {
    /// How often it was changed.
    pub count: u64,
    /// The kilobytes, in lines.
    pub lines: Vec<String>,
}

#[events]
impl NoiseState {
    async fn change(&mut self, _cx: &Cx) {
        self.count += 1;
        let mut state = self.count.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut line = |_| {
            let mut text = String::with_capacity(1024);
            for _ in 0..64 {
                // xorshift
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                let _ = write!(text, "{state:016x}");
            }
            text
        };
        self.lines = (0..KILOBYTES).map(&mut line).collect();
    }
}

/// The page.
#[page(route = "/noise", template = "noise.html", title = "Noise")]
pub(crate) struct NoisePage {
    pub noise: NoiseState,
}
