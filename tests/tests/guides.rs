//! The template that the guides print is the one their Rust code is compiled with.

use std::{fs, path::Path};

/// The text of the first block of this language.
fn block<'a>(guide: &'a str, language: &str) -> &'a str {
    let start = format!("```{language}\n");
    let (_, rest) = guide.split_once(start.as_str()).unwrap_or_default();
    rest.split_once("```").unwrap_or_default().0
}

#[test]
fn the_template_of_the_guides_is_the_compiled_one() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let compiled = fs::read_to_string(tests.join("templates/notebook.html")).unwrap();
    for guide in ["../README.md", "../docs/getting-started.md"] {
        let text = fs::read_to_string(tests.join(guide)).unwrap();
        assert_eq!(block(&text, "html"), compiled, "{guide}");
    }
}

/// Templates that a guide prints below their path.
fn templates(guide: &str) -> Vec<(&str, &str)> {
    let parts = guide.split("\n`templates/guides/").skip(1);
    let named = parts.filter_map(|part| part.split_once("`:\n\n"));
    named
        .map(|(name, rest)| (name, block(rest, "html")))
        .collect()
}

#[test]
fn templates_below_their_path_are_the_compiled_ones() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = 0;
    for guide in fs::read_dir(tests.join("../docs")).unwrap() {
        let guide = guide.unwrap().path();
        let text = fs::read_to_string(&guide).unwrap();
        for (name, printed) in templates(&text) {
            let compiled = tests.join("templates/guides").join(name);
            let compiled = fs::read_to_string(compiled).unwrap();
            assert_eq!(printed, compiled, "{name} in {}", guide.display());
            found += 1;
        }
    }
    let compiled = fs::read_dir(tests.join("templates/guides")).unwrap();
    assert_eq!(found, compiled.count());
}

#[test]
fn a_missing_block_is_empty() {
    assert_eq!(block("```html\nx\n```", "html"), "x\n");
    assert_eq!(block("no block", "html"), "");
}
