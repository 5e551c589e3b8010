//! Cells of a CSV file: texts that a spreadsheet would run as formulas are made harmless.

use std::borrow::Cow;

use rdj_runtime::form::InputKind;
use serde_json::Value;

use crate::field::FieldMeta;

/// What a formula begins with; also as full-width letters, which some spreadsheets take.
///
/// Source: OWASP, CSV Injection.
const BEGINS: [char; 10] = [
    '=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

/// Whether a text begins as a formula, behind any number of apostrophes.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(BEGINS)
}

/// Puts an apostrophe before a formula, and before what looks as if that had been done already.
pub(crate) fn guard(text: String) -> String {
    if is_formula(&text) {
        format!("'{text}")
    } else {
        text
    }
}

/// The text that [`guard`] was given.
pub(crate) fn unguard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => text,
    }
}

/// Whether a column has texts, which can be anything.
pub(crate) fn is_text(meta: &FieldMeta) -> bool {
    matches!(meta.kind, None | Some(InputKind::Text))
}

/// A value as the text of a cell; NULL is empty.
pub(crate) fn text(value: Value) -> Cow<'static, str> {
    match value {
        Value::Null => "".into(),
        Value::String(text) => text.into(),
        value => value.to_string().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::{guard, unguard};

    #[test]
    fn formulas_are_harmless_and_come_back() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("-x", "'-x"),
            ("@cmd", "'@cmd"),
            ("\t=1", "'\t=1"),
            ("\u{ff1d}1", "'\u{ff1d}1"),
            ("'=1", "''=1"),
            ("'tis", "'tis"),
            ("''", "''"),
            ("a=1", "a=1"),
            ("", ""),
        ] {
            assert_eq!(guard(text.to_owned()), cell);
            assert_eq!(unguard(cell), text);
        }
    }
}
