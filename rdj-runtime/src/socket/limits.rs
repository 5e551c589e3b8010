//! How much one socket may ask for.

use std::time::Instant;

/// Malformed or excessive frames after which a socket is closed.
const STRIKES: u32 = 20;

/// A token bucket for events, and a count of frames that no browser sends.
#[derive(Debug)]
pub(crate) struct Limits {
    per_second: f64,
    burst: f64,
    tokens: f64,
    at: Instant,
    strikes: u32,
}

impl Limits {
    pub(crate) fn new(per_second: u32, burst: u32) -> Self {
        let burst = f64::from(burst.max(1));
        let per_second = f64::from(per_second.max(1));
        Self {
            per_second,
            burst,
            tokens: burst,
            at: Instant::now(),
            strikes: 0,
        }
    }

    /// Whether one more event may run now.
    pub(crate) fn take(&mut self, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        self.tokens = (self.tokens + passed * self.per_second).min(self.burst);
        self.at = now;
        if self.tokens < 1.0 {
            return false;
        }
        self.tokens -= 1.0;
        // what was wrong is forgotten by what is right
        self.strikes = self.strikes.saturating_sub(1);
        true
    }

    /// Counts a frame that no browser sends; false when it was one too many.
    pub(crate) fn strike(&mut self) -> bool {
        self.strikes += 1;
        self.strikes < STRIKES
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn refills_with_time_up_to_the_burst() {
        let mut limits = Limits::new(2, 3);
        let start = limits.at;
        assert_eq!((0..5).filter(|_| limits.take(start)).count(), 3);
        assert!(limits.take(start + Duration::from_millis(600)));
        assert!(!limits.take(start + Duration::from_millis(700)));
        assert_eq!(
            (0..9)
                .filter(|_| limits.take(start + Duration::from_mins(1)))
                .count(),
            3
        );
    }
}
