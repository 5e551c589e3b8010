//! What the last events of a page have asked of its browser, for as long as it may not have heard it.

use std::collections::VecDeque;

use axum::body::Bytes;
use serde::{Deserialize, Serialize};

use super::mount::Mounted;
use crate::wire::{Effect, Frame, Kind};

/// As many answers are kept.
const MOST: usize = 16;
/// As many bytes of them.
const MOST_BYTES: usize = 32 * 1024;

/// The effects of the last events, by number, and the last ones of no event, by the version of the page that
/// they came with. They are in no rendering of the page: with the connection that breaks before they are read
/// a failure would look like a success.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Answers {
    events: Kept,
    unasked: Kept,
}

/// Effects as JSON, the last ones of many.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Kept(VecDeque<(u64, Box<str>)>);

impl Kept {
    fn add(&mut self, number: u64, effects: &[Effect]) {
        if effects.is_empty() {
            return;
        }
        let Ok(effects) = serde_json::to_string(effects) else {
            return;
        };
        self.0.push_back((number, effects.into()));
        while self.0.len() > MOST || self.size() > MOST_BYTES {
            self.0.pop_front();
        }
    }

    fn size(&self) -> usize {
        self.0.iter().map(|(_, effects)| effects.len()).sum()
    }

    /// All before `number` was heard; where nothing is left, the space is given up too.
    fn forget_before(&mut self, number: u64) {
        self.0.retain(|(own, _)| *own >= number);
        if self.0.is_empty() {
            self.0 = VecDeque::new();
        }
    }
}

impl Answers {
    /// Keeps what the browser is asked to do after an event.
    fn keep(&mut self, seq: u64, effects: &[Effect]) {
        // one that was refused for now, and ran when it came again
        self.events.0.retain(|(number, _)| *number != seq);
        self.events.add(seq, effects);
    }

    /// The first event from `seq` on that has effects, and these as JSON.
    fn first_from(&self, seq: u64) -> Option<(u64, &str)> {
        let all = self.events.0.iter();
        let mut all = all.map(|(number, effects)| (*number, &**effects));
        all.find(|(number, _)| *number >= seq)
    }

    /// What came of no event was heard.
    pub(super) fn forget_unasked(&mut self) {
        self.unasked.forget_before(u64::MAX);
    }

    /// The frames for a browser that waits for the answers from `waits` on.
    fn again(&mut self, waits: Option<u64>, version: u64) -> Vec<Bytes> {
        self.events.forget_before(waits.unwrap_or(u64::MAX));
        let mut next = waits.unwrap_or_default();
        let mut frames = Vec::new();
        for (seq, effects) in &self.events.0 {
            // what lies before it went well, whatever this one says
            if *seq > next {
                frames.push(Frame::new(seq - 1, version).finish(Kind::Ack));
            }
            frames.push(Frame::of_json(*seq, version, effects));
            next = seq.saturating_add(1);
        }
        frames
    }
}

impl Mounted {
    /// Keeps what the browser is asked to do after an event, until it has heard it. What comes of no event is
    /// kept with the rendering that it stands behind.
    pub(crate) fn answer(&mut self, seq: u64, effects: &[Effect]) {
        match seq {
            0 => self.answers.unasked.add(self.version, effects),
            _ => self.answers.keep(seq, effects),
        }
    }

    /// The answer to an event that ran already. It says nothing of later ones that have an answer of their own.
    pub(crate) fn answer_again(&self, seq: u64) -> Bytes {
        match self.answers.first_from(seq) {
            Some((first, effects)) if first == seq => Frame::of_json(seq, self.version, effects),
            next => {
                let ack = next.map_or(self.last_seq, |(next, _)| next - 1);
                Frame::new(ack, self.version).finish(Kind::Ack)
            }
        }
    }

    /// The answers for a browser that is back, and waits for that of event `waits` and of all behind it.
    pub(crate) fn answers_again(&mut self, waits: Option<u64>) -> Vec<Bytes> {
        self.answers.again(waits, self.version)
    }

    /// What came of no event behind a rendering that a browser with version `has` of the page has not got: it
    /// has not heard that either. What may have been heard is not said twice.
    pub(crate) fn unasked_again(&mut self, has: u64) -> Vec<Bytes> {
        let unasked = &mut self.answers.unasked;
        unasked.forget_before(has.saturating_add(1));
        let all = unasked.0.iter();
        all.map(|(_, effects)| Frame::of_json(0, self.version, effects))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> [Effect; 1] {
        let text = text.to_owned();
        [Effect::Refused { status: 422, text }]
    }

    #[test]
    fn keeps_the_last_ones_within_bounds() {
        let mut answers = Answers::default();
        for seq in 1..=20 {
            answers.keep(seq, &refused("no"));
        }
        answers.keep(21, &[]);
        assert_eq!(answers.events.0.len(), MOST);
        answers.keep(20, &refused("no"));
        assert_eq!(answers.events.0.len(), MOST, "one for each");
        assert_eq!(answers.first_from(1).map(|(seq, _)| seq), Some(5));
        answers.keep(22, &refused(&"x".repeat(MOST_BYTES - 100)));
        assert_eq!(answers.first_from(1).map(|(seq, _)| seq), Some(20));
        answers.keep(23, &refused(&"x".repeat(MOST_BYTES)));
        assert!(
            answers.events.0.is_empty(),
            "one that is too long is not kept"
        );
    }

    #[test]
    fn forgets_what_was_heard() {
        let mut answers = Answers::default();
        answers.keep(3, &refused("first"));
        answers.keep(5, &refused("second"));
        answers.events.forget_before(4);
        let first = answers.first_from(4);
        assert!(first.is_some_and(|(seq, text)| seq == 5 && text.contains("second")));
        answers.events.forget_before(6);
        assert!(answers.events.0.is_empty());
    }

    #[test]
    fn what_came_of_no_event_is_forgotten_alone() {
        let mut answers = Answers::default();
        answers.unasked.add(3, &refused("no"));
        answers.keep(1, &refused("no"));
        answers.forget_unasked();
        assert!(answers.unasked.0.is_empty());
        assert_eq!(answers.again(Some(1), 1).len(), 1);
    }

    #[test]
    fn the_highest_number_has_an_answer_too() {
        let mut answers = Answers::default();
        answers.keep(u64::MAX, &refused("no"));
        assert_eq!(answers.again(Some(u64::MAX), 1).len(), 1);
        // all before it went well
        assert_eq!(answers.again(Some(1), 1).len(), 2);
    }
}
