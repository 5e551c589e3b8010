//! `docs/contracts.md` has every contract, and every test that it names exists.

use std::{collections::BTreeSet, fs, path::Path};

/// The folders whose Rust tests the table may name.
const FOLDERS: [&str; 6] = [
    "rdj-auth",
    "rdj-macros/src",
    "rdj-orm",
    "rdj-runtime/src",
    "src",
    "tests/tests",
];
/// The folder of what a test runs on each database: its public functions are the tests.
const SCENARIOS: &str = "tests/src/scenario";
/// The folder of the tests in a browser, which have titles.
const BROWSER: &str = "tests/browser";
/// The folder of what must not compile: the files are the tests.
const MISTAKES: &str = "ui-tests/cases/";
/// The weak spots of safety and correctness; the others of the review are about speed.
const WEAK: [u8; 44] = [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
    27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 40, 41, 42, 43, 45, 46, 47, 48,
];

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// The texts of the files below a folder that end like this.
fn texts(folder: &Path, end: &str, found: &mut Vec<String>) {
    let entries = fs::read_dir(folder).expect("a folder");
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        let name = path.to_string_lossy();
        if path.is_dir() && !name.ends_with("node_modules") {
            texts(&path, end, found);
        } else if name.ends_with(end) {
            found.push(fs::read_to_string(&path).expect("a text"));
        }
    }
}

/// The name that a line declares a function by.
fn function(line: &str) -> Option<&str> {
    let line = line.strip_prefix("pub ").unwrap_or(line);
    let line = line.strip_prefix("async ").unwrap_or(line);
    let rest = line.strip_prefix("fn ")?;
    Some(&rest[..rest.find(['(', '<'])?])
}

/// The functions of a source that are marked as tests.
fn marked(source: &str) -> impl Iterator<Item = &str> {
    let mut is_test = false;
    source.lines().map(str::trim).filter_map(move |line| {
        is_test |= line.starts_with("#[test]") || line.starts_with("#[tokio::test");
        let name = function(line)?;
        std::mem::take(&mut is_test).then_some(name)
    })
}

/// The titles of the tests of a script.
fn titles(script: &str) -> impl Iterator<Item = &str> {
    script.lines().filter_map(|line| {
        let rest = line.trim().strip_prefix("test(")?;
        let quote = rest.chars().next()?;
        rest[1..].split(quote).next()
    })
}

/// All tests that the table may name, beside the files of [`MISTAKES`].
fn known() -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    let mut sources = Vec::new();
    for folder in FOLDERS {
        texts(&root().join(folder), ".rs", &mut sources);
    }
    for source in &sources {
        known.extend(marked(source).map(str::to_owned));
    }
    let (mut scenarios, mut scripts) = (Vec::new(), Vec::new());
    texts(&root().join(SCENARIOS), ".rs", &mut scenarios);
    for source in &scenarios {
        let public = source.lines().filter(|line| line.starts_with("pub "));
        known.extend(public.filter_map(function).map(str::to_owned));
    }
    texts(&root().join(BROWSER), ".spec.mjs", &mut scripts);
    for script in &scripts {
        known.extend(titles(script).map(str::to_owned));
    }
    known
}

/// The names in backticks.
fn named(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

#[test]
fn every_contract_is_listed_with_tests_that_exist() {
    let table = fs::read_to_string(root().join("docs/contracts.md")).expect("the table");
    let known = known();
    let is_known = |name: &str| {
        known.contains(name) || name.starts_with(MISTAKES) && root().join(name).exists()
    };
    let mut listed = BTreeSet::new();
    let mut wrong = Vec::new();
    let is_row = |line: &&str| {
        ["| C", "| D", "| W"]
            .iter()
            .any(|start| line.starts_with(start))
    };
    for line in table.lines().filter(is_row) {
        let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [number, _, proof] = cells[..] else {
            wrong.push(format!("not three cells: {line}"));
            continue;
        };
        if !listed.insert(number.to_owned()) {
            wrong.push(format!("twice: {number}"));
        }
        let tests = proof.strip_prefix("test: ");
        match (tests, proof.strip_prefix("not here: ")) {
            (Some(tests), _) => {
                let missing = named(tests).filter(|name| !is_known(name));
                wrong.extend(missing.map(|name| format!("{number}: no test `{name}`")));
                if named(tests).next().is_none() {
                    wrong.push(format!("{number}: names no test"));
                }
            }
            (None, Some(reason)) if reason.len() > 20 => {}
            _ => wrong.push(format!("{number}: neither a test nor a reason")),
        }
    }
    let expected = (1..=215).map(|number| format!("C{number:03}"));
    let expected = expected.chain((1..=40).map(|number| format!("D{number:03}")));
    let expected = expected.chain(WEAK.map(|number| format!("W{number:02}")));
    let missing: Vec<_> = expected.filter(|number| !listed.contains(number)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(missing.is_empty(), "missing: {missing:?}");
}

#[test]
fn a_function_that_is_no_test_proves_nothing() {
    let source = "fn helper() {}\n#[tokio::test]\n#[ignore]\nasync fn works() {}\nfn after() {}";
    assert_eq!(marked(source).collect::<Vec<_>>(), ["works"]);
    let script = "test('a title', async () => {\n  helper('no title')\n})";
    assert_eq!(titles(script).collect::<Vec<_>>(), ["a title"]);
    let known = known();
    for name in ["labels", "every_contract_is_listed_with_tests_that_exist"] {
        assert!(known.contains(name), "{name}");
    }
    for name in ["is_known", "known", "site_of", "start"] {
        assert!(!known.contains(name), "{name}");
    }
}
