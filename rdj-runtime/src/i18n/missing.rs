//! Messages that a language does not have.

use std::{collections::BTreeSet, fs, io, path::Path};

use super::{I18n, Language};

/// A message that is used, or that English has, and a language does not have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// The code of the language.
    pub language: String,
    /// The id of the message, or `id.attribute`.
    pub key: String,
}

/// What the offered languages do not say although English or the default language does, or although
/// the sources say it by a literal: `t!("key")`, `text("key")`, `Text::key("key")`.
///
/// `sources` is a folder with Rust files and templates, such as `src` or `templates`; none looks at
/// the catalogues alone.
///
/// # Errors
///
/// A file cannot be read.
pub fn missing_messages(i18n: &I18n, sources: &[&Path]) -> io::Result<Vec<Missing>> {
    let mut wanted = BTreeSet::new();
    for folder in sources {
        keys_of_folder(folder, &mut wanted)?;
    }
    let base = i18n.locale(i18n.offered().first().map_or("en", Language::code));
    let english = Language::english();
    for language in [base.language(), english] {
        wanted.extend(i18n.keys_of(&language));
    }
    let mut missing = Vec::new();
    for language in i18n.offered() {
        let has = i18n.keys_of(language);
        let parents = std::iter::successors(language.parent(), Language::parent);
        let inherited: BTreeSet<String> = parents.flat_map(|of| i18n.keys_of(&of)).collect();
        let lacks = wanted
            .iter()
            .filter(|key| !has.contains(*key) && !inherited.contains(*key));
        missing.extend(lacks.map(|key| Missing {
            language: language.code().to_owned(),
            key: key.clone(),
        }));
    }
    Ok(missing)
}

fn keys_of_folder(folder: &Path, keys: &mut BTreeSet<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "target") {
                keys_of_folder(&path, keys)?;
            }
            continue;
        }
        let extension = path.extension().and_then(|ending| ending.to_str());
        if matches!(extension, Some("rs" | "html" | "txt" | "md")) {
            keys_of_source(&fs::read_to_string(&path)?, keys);
        }
    }
    Ok(())
}

/// The calls whose first argument is the key of a message.
const CALLS: [&str; 5] = [
    "t!(\"",
    "text(\"",
    "text_with(\"",
    "Text::key(\"",
    "i18n.text(\"",
];

fn keys_of_source(source: &str, keys: &mut BTreeSet<String>) {
    for call in CALLS {
        for (at, _) in source.match_indices(call) {
            // `assert!("` and `context("` end the same way
            let before = source[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let rest = &source[at + call.len()..];
            let key = rest.split('"').next().unwrap_or_default();
            if is_key(key) {
                keys.insert(key.to_owned());
            }
        }
    }
}

/// An id of Fluent, or an id and an attribute.
fn is_key(text: &str) -> bool {
    let (id, attribute) = text.split_once('.').unwrap_or((text, "a"));
    let is_id = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    };
    is_id(id) && is_id(attribute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_keys_of_sources() {
        let mut keys = BTreeSet::new();
        keys_of_source(
            r#"t!("greeting", name = x); rdj::t!("bye"); assert!("no"); {{ rdj::text("a.b") }}
               context("not"); text("Not a key"); Text::key("late")"#,
            &mut keys,
        );
        let keys: Vec<_> = keys.iter().map(String::as_str).collect();
        assert_eq!(keys, ["a.b", "bye", "greeting", "late"]);
    }

    #[test]
    fn tells_what_a_language_lacks() {
        let i18n = I18n::new()
            .languages(["en", "de", "it"])
            .catalogue("en", "a = A\nb = B\n    .c = C")
            .catalogue("de", "a = A");
        let missing = missing_messages(&i18n, &[]).unwrap();
        let of = |code: &str| {
            let own = missing.iter().filter(|m| m.language == code);
            own.map(|m| m.key.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(of("de"), ["b", "b.c"]);

        assert!(of("it").contains(&"rdj-save"));
        assert!(of("en").is_empty());
    }
}
