//! The parts of a field for own markup: attributes of a control and the content of a text area.

use std::fmt::{self, Write};

use super::{
    Control, FieldView,
    escape::{Escaped, html},
};
use crate::{
    dispatch::{attribute, escape},
    form::InputKind,
};

/// The attributes of a bare control: `<input {{ notes.bind().title() }}>`.
///
/// Name, value, the limits from the model's metadata, and the state of validation. A text area or a
/// select gets no value: write its content with [`TextContent`] or its options yourself.
#[derive(Clone, Debug)]
#[must_use = "attributes do nothing unless they are written into a tag"]
pub struct Attributes(pub FieldView);

impl Attributes {
    fn write_html(&self, out: &mut (impl Write + ?Sized)) -> fmt::Result {
        self.0.write_name(out)?;
        if let Control::Input(kind) = self.0.control {
            self.0.write_value(kind, out)?;
        }
        self.0.write_file(out)?;
        self.0.write_limits(out)?;
        if self.0.error.is_some() {
            out.write_str(" aria-invalid=\"true\"")?;
        }
        Ok(())
    }
}

impl FieldView {
    fn write_name(&self, out: &mut (impl Write + ?Sized)) -> fmt::Result {
        write!(out, "name=\"{}\"", self.name)
    }

    fn write_value(&self, kind: InputKind, out: &mut (impl Write + ?Sized)) -> fmt::Result {
        if kind != InputKind::Checkbox {
            return attribute(out, "value", &self.value);
        }
        out.write_str(" value=\"true\"")?;
        if self.is_checked() {
            out.write_str(" checked")
        } else {
            Ok(())
        }
    }

    /// A file has no value that a page could set.
    fn write_file(&self, out: &mut (impl Write + ?Sized)) -> fmt::Result {
        let Control::File(file) = &self.control else {
            return Ok(());
        };
        out.write_str(" type=\"file\"")?;
        if file.accept.is_empty() {
            return Ok(());
        }
        attribute(out, "accept", &file.accept)
    }

    fn write_limits(&self, out: &mut (impl Write + ?Sized)) -> fmt::Result {
        let text = matches!(
            self.control,
            Control::TextArea | Control::Input(InputKind::Text)
        );
        if let Some(length) = self.max_length.filter(|_| text) {
            write!(out, " maxlength=\"{length}\"")?;
        }
        if let Control::Input(
            InputKind::Integer | InputKind::Date | InputKind::Time | InputKind::DateTime,
        ) = self.control
        {
            for (name, limit) in [("min", self.min), ("max", self.max)] {
                if let Some(limit) = limit {
                    attribute(out, name, limit)?;
                }
            }
        }
        if self.asks() {
            out.write_str(" required")?;
        } else if self.is_needed() && self.picker().is_some() {
            out.write_str(" aria-required=\"true\"")?;
        }
        if self.disabled {
            out.write_str(" disabled")
        } else {
            Ok(())
        }
    }
}

/// All attributes of the control inside a [`FieldView`].
#[derive(Debug)]
pub(super) struct ControlAttributes<'a>(pub(super) &'a FieldView);

impl ControlAttributes<'_> {
    fn write_html(&self, out: &mut (impl Write + ?Sized)) -> fmt::Result {
        let field = self.0;
        write!(out, "id=\"{}-{}\" ", field.state, field.name)?;
        field.write_name(out)?;
        if let Control::Input(kind) = field.control {
            out.write_str(match kind {
                InputKind::Text => " type=\"text\"",
                InputKind::Integer => " type=\"number\" step=\"1\"",
                InputKind::Decimal => " type=\"text\" inputmode=\"decimal\"",
                InputKind::Checkbox => " type=\"checkbox\"",
                InputKind::Date => " type=\"date\"",
                InputKind::Time => " type=\"time\" step=\"1\"",
                InputKind::DateTime => " type=\"datetime-local\" step=\"1\"",
                InputKind::File => " type=\"file\"",
                InputKind::Select | InputKind::Json => "",
            })?;
            field.write_value(kind, out)?;
        }
        field.write_file(out)?;
        field.write_limits(out)?;
        self.write_aria(out)
    }

    fn write_aria(&self, out: &mut (impl Write + ?Sized)) -> fmt::Result {
        let FieldView { state, name, .. } = self.0;
        let (help, error) = (!self.0.help.is_empty(), self.0.error.is_some());
        if error {
            out.write_str(" aria-invalid=\"true\"")?;
        }
        match (help, error) {
            (false, false) => Ok(()),
            (true, false) => write!(out, " aria-describedby=\"{state}-{name}-help\""),
            (false, true) => write!(out, " aria-describedby=\"{state}-{name}-error\""),
            (true, true) => {
                write!(
                    out,
                    " aria-describedby=\"{state}-{name}-help {state}-{name}-error\""
                )
            }
        }
    }
}

/// The content of a bare text area: `<textarea {{ notes.bind().content() }}>{{ notes.text().content() }}</textarea>`.
#[derive(Clone, Debug)]
#[must_use = "the text does nothing unless it is written into a text area"]
pub struct TextContent(pub String);

impl TextContent {
    fn write_html(&self, out: &mut (impl Write + ?Sized)) -> fmt::Result {
        // HTML drops the first line break of a text area
        if self.0.starts_with('\n') {
            out.write_char('\n')?;
        }
        escape(&self.0, out)
    }
}

/// The identity of a row among its siblings: ` data-key=".."`.
#[derive(Clone, Debug)]
#[must_use = "the key does nothing unless it is written into a tag"]
pub struct KeyAttribute(pub String);

impl KeyAttribute {
    fn write_html(&self, out: &mut (impl Write + ?Sized)) -> fmt::Result {
        out.write_str("data-key=\"")?;
        Escaped(&mut *out).write_str(&self.0)?;
        out.write_char('"')
    }
}

html!(Attributes, ControlAttributes<'a>, TextContent, KeyAttribute);
