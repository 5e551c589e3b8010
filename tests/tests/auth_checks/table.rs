//! The list of checks in the documentation, against the sources.

use std::{collections::BTreeSet, fs, path::Path};

/// How many behaviours of Django there are.
const CHECKS: usize = 95;

/// A row of the table.
struct Row<'a> {
    id: &'a str,
    verdict: &'a str,
    proof: &'a str,
}

fn row(line: &str) -> Option<Row<'_>> {
    let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
    let &[id, _, verdict, proof] = cells.as_slice() else {
        return None;
    };
    let is_check = id.starts_with(|letter: char| letter.is_ascii_uppercase())
        && id.contains(|letter: char| letter.is_ascii_digit());
    is_check.then_some(Row { id, verdict, proof })
}

/// The tests that a row names: `path::name`, each in backticks.
fn tests<'a>(proof: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let quoted = proof.split('`').skip(1).step_by(2);
    quoted.filter_map(|text| text.rsplit_once("::"))
}

#[test]
fn every_check_names_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let text = fs::read_to_string(root.join("docs/auth-checks.md")).expect("the list of checks");
    let rows: Vec<Row<'_>> = text.lines().filter_map(row).collect();
    let ids: BTreeSet<&str> = rows.iter().map(|row| row.id).collect();
    assert_eq!(ids.len(), CHECKS, "each id once: {ids:?}");
    assert_eq!(rows.len(), CHECKS);
    for row in &rows {
        let Row { id, verdict, proof } = row;
        assert!(
            ["same", "different", "missing"].contains(verdict),
            "{id}: {verdict}"
        );
        let mut named = 0;
        for (path, name) in tests(proof) {
            let source = fs::read_to_string(root.join(path));
            let source = source.unwrap_or_else(|error| panic!("{id}: {path}: {error}"));
            assert!(
                source.contains(&format!("fn {name}(")),
                "{id}: {path} has no {name}"
            );
            named += 1;
        }
        assert_eq!(named > 0, *verdict != "missing", "{id}: {named} tests");
    }
}
