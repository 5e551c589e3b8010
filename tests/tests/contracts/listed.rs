//! `docs/contracts.md` has every contract, and every test that it names exists.

use std::{collections::BTreeSet, fs, path::Path};

/// The folders whose tests the table may name.
const FOLDERS: [&str; 6] = [
    "rdj-auth",
    "rdj-macros/src",
    "rdj-orm/src",
    "rdj-runtime/src",
    "src",
    "tests/tests",
];
/// The contracts of `D` that the table has beside C092 to C215.
const OTHERS: [u32; 13] = [13, 14, 17, 18, 19, 23, 31, 33, 34, 35, 36, 37, 38];

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// The names of all functions in the Rust files below a folder.
fn functions(folder: &Path, found: &mut BTreeSet<String>) {
    let entries = fs::read_dir(folder).expect("a folder");
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            functions(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("a text");
            let names = text.split("fn ").skip(1).filter_map(|rest| {
                let end = rest.find(['(', '<'])?;
                Some(rest[..end].to_owned())
            });
            found.extend(names);
        }
    }
}

/// The names in backticks.
fn named(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

#[test]
fn every_contract_is_listed_with_tests_that_exist() {
    let table = fs::read_to_string(root().join("docs/contracts.md")).expect("the table");
    let mut known = BTreeSet::new();
    for folder in FOLDERS {
        functions(&root().join(folder), &mut known);
    }
    let mut listed = BTreeSet::new();
    let mut wrong = Vec::new();
    for line in table
        .lines()
        .filter(|line| line.starts_with("| C") || line.starts_with("| D"))
    {
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
                let missing = named(tests)
                    .filter(|name| !known.contains(*name) && !root().join(name).exists());
                wrong.extend(missing.map(|name| format!("{number}: no test `{name}`")));
                if named(tests).next().is_none() {
                    wrong.push(format!("{number}: names no test"));
                }
            }
            (None, Some(reason)) if reason.len() > 20 => {}
            _ => wrong.push(format!("{number}: neither a test nor a reason")),
        }
    }
    let expected = (92..=215).map(|number| format!("C{number:03}"));
    let expected = expected.chain(OTHERS.map(|number| format!("D{number:03}")));
    let missing: Vec<_> = expected.filter(|number| !listed.contains(number)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(missing.is_empty(), "missing: {missing:?}");
}
