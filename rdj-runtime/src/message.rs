//! Messages that a handler shows to the user.

use serde::{Deserialize, Serialize};

use crate::error::Error;

/// How a message is meant; also its CSS class, `rdj-message-<level>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// For developers.
    Debug,
    /// Neutral.
    Info,
    /// Something was done.
    Success,
    /// Something needs attention.
    Warning,
    /// Something was not done.
    Error,
}

impl Level {
    /// The name in CSS classes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The weight of Django's level of that name.
    ///
    /// Source: <https://docs.djangoproject.com/en/stable/ref/contrib/messages/#message-levels>
    #[must_use]
    pub fn weight(self) -> u8 {
        match self {
            Self::Debug => 10,
            Self::Info => 20,
            Self::Success => 25,
            Self::Warning => 30,
            Self::Error => 40,
        }
    }
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// How it is meant.
    pub level: Level,
    /// What it says.
    pub text: String,
    /// CSS classes of the application's own, separated by spaces.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tags: String,
}

impl Message {
    /// A message without tags.
    pub fn new(level: Level, text: impl Into<String>) -> Self {
        Self {
            level,
            text: text.into(),
            tags: String::new(),
        }
    }

    /// The same message with CSS classes of the application's own.
    #[must_use]
    pub fn with_tags(mut self, tags: impl Into<String>) -> Self {
        self.tags = tags.into();
        self
    }
}

/// Messages in the order in which they were added.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Messages(Vec<Message>);

impl Messages {
    /// Adds a message.
    pub fn add(&mut self, level: Level, text: impl Into<String>) {
        self.push(Message::new(level, text));
    }

    /// Adds a message as it is.
    pub fn push(&mut self, message: Message) {
        self.0.push(message);
    }

    /// All messages, oldest first.
    pub fn iter(&self) -> std::slice::Iter<'_, Message> {
        self.0.iter()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether these say already why the user may not do it, so that the sentence for
    /// [`Error::Denied`] would say it twice.
    pub(crate) fn explain(&self, error: &Error) -> bool {
        matches!(error, Error::Denied) && self.iter().any(|message| message.level == Level::Error)
    }

    /// Moves all messages of `other` to the end of these.
    pub fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }
}

impl<'a> IntoIterator for &'a Messages {
    type Item = &'a Message;
    type IntoIter = std::slice::Iter<'a, Message>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
