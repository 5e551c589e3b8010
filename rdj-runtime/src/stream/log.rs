//! What has become of a stream's rows since it was shown last.

use std::{
    any::type_name,
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// As many changes wait at most, of whatever kind: a page that does not show its stream would keep all.
const MOST: usize = 20_000;
/// So many changes wait beyond twice the limit before it is looked which of them are needed.
const SLACK: usize = 64;

pub(super) struct Log<T>(Mutex<Waiting<T>>);

#[derive(Clone)]
pub(super) enum Op<T> {
    Append(Arc<T>),
    Prepend(Arc<T>),
    Replace(Arc<T>),
    Remove(String),
    Reset,
}

pub(super) struct Waiting<T> {
    pub(super) ops: VecDeque<Op<T>>,
    /// Up to this length it is not looked again which ones are needed.
    is_fine_to: usize,
    /// It was told that changes are lost.
    is_told: bool,
}

impl<T> Log<T> {
    pub(super) fn lock(&self) -> MutexGuard<'_, Waiting<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Default for Log<T> {
    fn default() -> Self {
        Self(Mutex::new(Waiting {
            ops: VecDeque::new(),
            is_fine_to: 0,
            is_told: false,
        }))
    }
}

impl<T> Waiting<T> {
    /// Adds a change for a browser that keeps `limit` rows, or all for 0.
    pub(super) fn push(&mut self, op: Op<T>, limit: usize) {
        self.ops.push_back(op);
        let bound = limit.saturating_mul(2).saturating_add(SLACK);
        if limit > 0 && self.ops.len() > bound.max(self.is_fine_to) {
            self.drop_pushed_out(limit);
            // not again before as many have come
            self.is_fine_to = self.ops.len().saturating_mul(2);
        }
        if self.ops.len() > MOST.max(bound) {
            self.drop_before(self.first() + 1);
            self.tell();
        }
    }

    /// All rows go, whatever was done to them before.
    pub(super) fn reset(&mut self) {
        self.ops.clear();
        self.ops.push_back(Op::Reset);
        self.is_fine_to = 0;
    }

    /// So many were shown.
    pub(super) fn forget(&mut self, count: usize) {
        let count = count.min(self.ops.len());
        self.ops.drain(..count);
        self.ops.shrink_to_fit();
        self.is_fine_to = 0;
    }

    /// The limit is another one.
    pub(super) fn look_again(&mut self) {
        self.is_fine_to = 0;
    }

    /// Drops what has no effect any more: as many rows as the browser keeps, added at one end and not taken
    /// out, push out all that was there before.
    fn drop_pushed_out(&mut self, limit: usize) {
        let (mut appended, mut prepended) = (0_usize, 0_usize);
        for (at, op) in self.ops.iter().enumerate().rev() {
            match op {
                Op::Append(_) => (appended, prepended) = (appended + 1, 0),
                Op::Prepend(_) => (appended, prepended) = (0, prepended + 1),
                Op::Remove(_) => {
                    appended = appended.saturating_sub(1);
                    prepended = prepended.saturating_sub(1);
                }
                Op::Replace(_) | Op::Reset => {}
            }
            if appended.max(prepended) >= limit {
                return self.drop_before(at);
            }
        }
    }

    /// Where the changes of rows begin: behind the one that takes out all.
    fn first(&self) -> usize {
        usize::from(matches!(self.ops.front(), Some(Op::Reset)))
    }

    fn drop_before(&mut self, end: usize) {
        let first = self.first().min(end);
        self.ops.drain(first..end);
    }

    fn tell(&mut self) {
        if !self.is_told {
            self.is_told = true;
            tracing::warn!(
                rows = type_name::<T>(),
                most = MOST,
                "a stream that is not shown loses its oldest rows: show it, or give it a limit"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::VecDeque, sync::Arc};

    use super::{MOST, Op, Waiting};

    fn waiting() -> Waiting<u64> {
        Waiting {
            ops: VecDeque::new(),
            is_fine_to: 0,
            is_told: false,
        }
    }

    /// The rows of a browser that shows `rows`, after these changes.
    fn shown<'a>(
        mut rows: Vec<u64>,
        ops: impl IntoIterator<Item = &'a Op<u64>>,
        limit: usize,
    ) -> Vec<u64> {
        for op in ops {
            match op {
                Op::Append(row) => {
                    rows.push(**row);
                    rows.drain(..rows.len().saturating_sub(limit));
                }
                Op::Prepend(row) => {
                    rows.insert(0, **row);
                    rows.truncate(limit);
                }
                Op::Remove(key) => rows.retain(|row| row.to_string() != *key),
                Op::Reset => rows.clear(),
                Op::Replace(_) => {}
            }
        }
        rows
    }

    #[test]
    fn rows_that_the_browser_would_drop_do_not_wait() {
        for add in [Op::Append, Op::Prepend] {
            let mut log = waiting();
            for row in 0..10_000 {
                log.push(add(Arc::new(row)), 10);
                assert!(log.ops.len() <= 84, "{}", log.ops.len());
            }
            let mut rows = shown(Vec::new(), &log.ops, 10);
            rows.sort_unstable();
            assert_eq!(rows, (9_990..10_000).collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_is_dropped_changes_nothing_that_is_shown() {
        let mut seed = 1_u64;
        let mut next = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % below
        };
        for limit in [1, 2, 3, 7] {
            for shape in 0..20 {
                let (mut log, mut all) = (waiting(), Vec::new());
                for row in 100..600 {
                    let op = match next(12) {
                        0 => Op::Remove((row - 1 - next(9)).to_string()),
                        1 => Op::Replace(Arc::new(row)),
                        of if of < 2 + shape / 4 => Op::Prepend(Arc::new(row)),
                        _ => Op::Append(Arc::new(row)),
                    };
                    all.push(op.clone());
                    log.push(op, limit);
                }
                assert!(log.ops.len() < all.len(), "{limit} {shape}");
                for before in [Vec::new(), (0..limit as u64).collect()] {
                    let expected = shown(before.clone(), &all, limit);
                    assert_eq!(shown(before, &log.ops, limit), expected, "{limit} {shape}");
                }
            }
        }
    }

    #[test]
    fn without_a_limit_the_last_ones_wait_and_all_rows_go_first() {
        let mut log = waiting();
        log.reset();
        for row in 0..MOST as u64 + 5 {
            log.push(Op::Append(Arc::new(row)), 0);
        }
        assert_eq!(log.ops.len(), MOST);
        assert!(matches!(log.ops.front(), Some(Op::Reset)));
        assert!(matches!(log.ops.get(1), Some(Op::Append(row)) if **row == 6));
        assert!(log.is_told);
    }
}
