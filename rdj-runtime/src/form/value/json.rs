//! JSON in a text area.

use std::fmt::{self, Write};

use serde_json::Value;

use super::{FormValue, InputKind};
use crate::form::FieldError;

/// Edited as text with an indent; `null` counts as not filled in.
impl FormValue for Value {
    const KIND: InputKind = InputKind::Json;

    fn empty() -> Self {
        Self::Null
    }

    fn parse(text: &str) -> Result<Self, FieldError> {
        if text.trim().is_empty() {
            return Ok(Self::Null);
        }
        serde_json::from_str(text).map_err(|error| {
            FieldError::key("rdj-enter-json")
                .arg("line", error.line().to_string())
                .arg("column", error.column().to_string())
        })
    }

    fn text(&self) -> String {
        if self.is_null() {
            return String::new();
        }
        format!("{self:#}")
    }

    fn show(&self, out: &mut dyn Write) -> fmt::Result {
        if self.is_null() {
            return Ok(());
        }
        write!(out, "{self}")
    }

    fn is_blank(&self) -> bool {
        self.is_null()
    }
}
