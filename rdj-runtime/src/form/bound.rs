//! The attributes that tie a control to a variable.

use std::fmt;

use askama::{FastWritable, Values, filters::HtmlSafe};

use super::InputKind;
use crate::dispatch::attribute;

/// Name, value and error of a control; written into its tag by `{{ }}`.
///
/// Values are escaped here, so askama writes them as they are: use it without filters.
#[derive(Clone, Debug)]
#[must_use = "a bound control does nothing unless it is written into a tag"]
pub struct Bound {
    name: &'static str,
    value: String,
    kind: InputKind,
    invalid: bool,
}

impl Bound {
    /// The attributes of a control with this name and text.
    pub fn new(name: &'static str, value: String, kind: InputKind, invalid: bool) -> Self {
        Self {
            name,
            value,
            kind,
            invalid,
        }
    }

    fn write(&self, out: &mut (impl fmt::Write + ?Sized)) -> fmt::Result {
        write!(out, "name=\"{}\"", self.name)?;
        if self.kind == InputKind::Checkbox {
            out.write_str(" value=\"true\"")?;
            if self.value == "true" {
                out.write_str(" checked")?;
            }
        } else {
            attribute(out, "value", &self.value)?;
        }
        if self.invalid {
            out.write_str(" aria-invalid=\"true\"")?;
        }
        Ok(())
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

impl HtmlSafe for Bound {}

impl FastWritable for Bound {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn Values) -> askama::Result<()> {
        Ok(self.write(dest)?)
    }
}
