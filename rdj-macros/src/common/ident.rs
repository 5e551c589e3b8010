//! Names made of other names.

use quote::format_ident;
use syn::{Ident, ext::IdentExt};

/// The name of a state without `State`: `Notes` for `NotesState`.
pub(crate) fn stem(state: &Ident) -> String {
    without(state, "State")
}

/// A name without an ending, unless nothing would be left.
pub(crate) fn without(name: &Ident, ending: &str) -> String {
    let name = name.unraw().to_string();
    match name.strip_suffix(ending) {
        Some(stem) if !stem.is_empty() => stem.to_owned(),
        _ => name,
    }
}

/// A type that belongs to a state: `NotesEvents` for `NotesState` and `Events`.
///
/// It has the span of the state's name, so "defined here" points to it.
pub(crate) fn sibling(state: &Ident, ending: &str) -> Ident {
    format_ident!("{}{}", stem(state), ending, span = state.span())
}

/// `some_name` for `SomeName`, `http_log` for `HTTPLog`.
pub(crate) fn snake(name: &str) -> String {
    let mut out = String::new();
    let mut chars = name.chars().peekable();
    let mut before: Option<char> = None;
    while let Some(c) = chars.next() {
        let next_is_lower = chars.peek().is_some_and(|next| next.is_lowercase());
        let starts_word = before.is_some_and(|b| b != '_' && (!b.is_uppercase() || next_is_lower));
        if c.is_uppercase() && starts_word {
            out.push('_');
        }
        out.extend(c.to_lowercase());
        before = Some(c);
    }
    out
}

/// `Some name` for `SomeName`: what a person reads.
pub(crate) fn words(name: &str) -> String {
    let words = snake(name).replace('_', " ");
    let mut chars = words.chars();
    chars
        .next()
        .map(|c| c.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// `Categories` for `Category`, `Boxes` for `Box`, `Days` for `Day`.
pub(crate) fn plural(label: &str) -> String {
    let lower = label.to_lowercase();
    let consonant = |c: char| c.is_alphabetic() && !"aeiou".contains(c);
    if lower
        .strip_suffix('y')
        .is_some_and(|stem| stem.ends_with(consonant))
    {
        return format!("{}ies", &label[..label.len() - 1]);
    }
    let hissing = ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|end| lower.ends_with(end));
    format!("{label}{}", if hissing { "es" } else { "s" })
}

#[cfg(test)]
mod tests {
    use quote::format_ident;

    use super::{plural, snake, stem, words};

    #[test]
    fn stems() {
        assert_eq!(stem(&format_ident!("NotesState")), "Notes");
        assert_eq!(stem(&format_ident!("Notes")), "Notes");
        assert_eq!(stem(&format_ident!("State")), "State");
    }

    #[test]
    fn cases() {
        assert_eq!(snake("TodoList"), "todo_list");
        assert_eq!(snake("HTTPLog"), "http_log");
        assert_eq!(snake("Notes"), "notes");
        assert_eq!(words("TodoList"), "Todo list");
    }

    #[test]
    fn plurals() {
        let all = [
            ("Category", "Categories"),
            ("Box", "Boxes"),
            ("Day", "Days"),
            ("Bus", "Buses"),
            ("Match", "Matches"),
            ("Note", "Notes"),
        ];
        for (one, many) in all {
            assert_eq!(plural(one), many);
        }
    }
}
