//! What a check says.

use std::fmt;

/// How bad something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CheckLevel {
    /// Worth knowing.
    Info,
    /// It works, and is unsafe or not what one wants.
    Warning,
    /// It does not work.
    Error,
}

impl CheckLevel {
    /// The level of a name; that of errors for a name that is none.
    pub(in super::super) fn parse(name: &str) -> Self {
        match name.to_ascii_lowercase().as_str() {
            "info" => Self::Info,
            "warning" => Self::Warning,
            _ => Self::Error,
        }
    }
}

impl fmt::Display for CheckLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CheckMessage {
    /// How bad it is.
    pub level: CheckLevel,
    /// Its name, by which it can be looked up and silenced, such as `security.W004`.
    pub id: &'static str,
    /// What is wrong, in a sentence.
    pub text: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl CheckMessage {
    /// Something worth knowing.
    pub fn info(id: &'static str, text: impl Into<String>) -> Self {
        Self::new(CheckLevel::Info, id, text)
    }

    /// Something unsafe or unwanted.
    pub fn warning(id: &'static str, text: impl Into<String>) -> Self {
        Self::new(CheckLevel::Warning, id, text)
    }

    /// Something that does not work.
    pub fn error(id: &'static str, text: impl Into<String>) -> Self {
        Self::new(CheckLevel::Error, id, text)
    }

    fn new(level: CheckLevel, id: &'static str, text: impl Into<String>) -> Self {
        Self {
            level,
            id,
            text: text.into(),
            hint: None,
        }
    }

    /// The same with what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for CheckMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.level, self.id, self.text)?;
        match &self.hint {
            Some(hint) => write!(f, "\n    {hint}"),
            None => Ok(()),
        }
    }
}
