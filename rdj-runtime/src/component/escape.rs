//! A writer that escapes what passes through it.

use std::fmt::{self, Write};

use crate::dispatch::escape;

/// Escapes text for HTML text and quoted attributes on its way to another writer.
pub(super) struct Escaped<'a, W: ?Sized>(pub(super) &'a mut W);

impl<W: Write + ?Sized> Write for Escaped<'_, W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        escape(text, self.0)
    }
}

/// Makes a type that writes its own HTML usable in `{{ }}` without escaping.
macro_rules! html {
    ($($type:ident $(<$life:lifetime>)?),*) => {$(
        impl $(<$life>)? std::fmt::Display for $type $(<$life>)? {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.write_html(f)
            }
        }

        impl $(<$life>)? askama::filters::HtmlSafe for $type $(<$life>)? {}

        impl $(<$life>)? askama::FastWritable for $type $(<$life>)? {
            fn write_into(
                &self,
                dest: &mut dyn std::fmt::Write,
                _: &dyn askama::Values,
            ) -> askama::Result<()> {
                Ok(self.write_html(dest)?)
            }
        }
    )*};
}

pub(super) use html;
