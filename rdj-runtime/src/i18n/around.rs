//! A text with one place, made once and filled often.

use std::fmt::{self, Write};

use super::{Value, text_with};

/// Stands for the value while the text is made; no text has it (a private use character).
const PLACE: &str = "\u{f8ff}";

/// What stands around the value of a message's place: for lists, where making the text for each row
/// would be most of the work. The message must not choose by the value.
#[derive(Clone, Debug)]
pub(crate) struct Around(Vec<String>);

impl Around {
    /// The message `key` around its place `name`.
    pub(crate) fn new(key: &str, name: &str) -> Self {
        let text = text_with(key, &[(name, Value::Str(PLACE.into()))]);
        Self(text.split(PLACE).map(str::to_owned).collect())
    }

    /// Changes the parts, such as by escaping them.
    pub(crate) fn map(self, change: impl Fn(&str) -> String) -> Self {
        Self(self.0.iter().map(|part| change(part)).collect())
    }

    /// Writes the text with this value.
    ///
    /// # Errors
    ///
    /// The writer fails.
    pub(crate) fn write(&self, value: &str, out: &mut (impl Write + ?Sized)) -> fmt::Result {
        for (index, part) in self.0.iter().enumerate() {
            if index > 0 {
                out.write_str(value)?;
            }
            out.write_str(part)?;
        }
        Ok(())
    }
}
