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

#[test]
fn a_missing_block_is_empty() {
    assert_eq!(block("```html\nx\n```", "html"), "x\n");
    assert_eq!(block("no block", "html"), "");
}
