//! Messages of one event.

use super::Cx;
use crate::message::{Level, Message, Messages};

/// Adds messages to the page; from [`Cx::messages`].
#[derive(Clone, Copy, Debug)]
pub struct CxMessages<'a> {
    pub(super) cx: &'a Cx,
}

impl CxMessages<'_> {
    /// Adds a message for developers, which the shipped components do not show.
    pub fn debug(&self, text: impl Into<String>) {
        self.add(Level::Debug, text);
    }

    /// Adds a neutral message.
    pub fn info(&self, text: impl Into<String>) {
        self.add(Level::Info, text);
    }

    /// Adds a message that something was done.
    pub fn success(&self, text: impl Into<String>) {
        self.add(Level::Success, text);
    }

    /// Adds a message that needs attention.
    pub fn warning(&self, text: impl Into<String>) {
        self.add(Level::Warning, text);
    }

    /// Adds a message that something was not done.
    pub fn error(&self, text: impl Into<String>) {
        self.add(Level::Error, text);
    }

    /// Adds a message.
    pub fn add(&self, level: Level, text: impl Into<String>) {
        // the lock is held for this call alone, so that a handler may keep the handle
        self.cx.outbox().messages.add(level, text);
    }

    /// Adds a message with CSS classes of one's own beside the level's, such as `"big sticky"`.
    pub fn add_tagged(&self, level: Level, text: impl Into<String>, tags: impl Into<String>) {
        let message = Message::new(level, text).with_tags(tags);
        self.cx.outbox().messages.push(message);
    }

    /// The messages added so far.
    #[must_use]
    pub fn all(&self) -> Messages {
        self.cx.outbox().messages.clone()
    }
}
