//! `docs/options.md` has every option of a model state and `docs/pipeline.md` every hook, each with tests
//! that exist and are about it.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect("a file of the repository")
}

/// The names in backticks.
fn named(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// The rows of the table below this heading: four cells each.
fn rows<'a>(text: &'a str, heading: &str) -> Vec<[&'a str; 4]> {
    let (_, table) = text.split_once(heading).expect("the table");
    let lines = table.lines().skip(1);
    let lines = lines.take_while(|line| line.starts_with('|'));
    let cells = |line: &'a str| -> Vec<&'a str> {
        line.trim_matches('|').split('|').map(str::trim).collect()
    };
    let four = |line| cells(line).try_into().expect("four cells");
    lines.map(four).collect()
}

/// The texts between `before` and the next quote.
fn quoted<'a>(text: &'a str, before: &str) -> Vec<&'a str> {
    let parts = text.split(before).skip(1);
    let quoted = |part: &'a str| part.trim_start().strip_prefix('"')?.split('"').next();
    parts.filter_map(quoted).collect()
}

/// The options that the macro knows.
fn options() -> BTreeSet<String> {
    let own = text("rdj-macros/src/model_state/options.rs");
    let renames = text("rdj-macros/src/model_state/parse/names.rs");
    let guards = text("rdj-macros/src/common/guard.rs");
    let (_, guards) = guards.split_once("const OPTIONS").expect("the options");
    let (guards, _) = guards.split_once("];").expect("their end");
    let all = [
        quoted(&own, "known("),
        quoted(&own, "needless("),
        quoted(&own, "later("),
        quoted(&renames, "rename("),
        quoted(guards, "key:"),
    ];
    let all: BTreeSet<_> = all.concat().into_iter().map(str::to_owned).collect();
    for option in ["model", "login_required_actions", "list_var", "staff"] {
        assert!(all.contains(option), "{option} is read");
    }
    all
}

/// The hooks that the pipeline calls.
fn hooks() -> BTreeSet<String> {
    let source = text("rdj-orm/src/hooks.rs");
    let (_, table) = source.split_once("pub struct Hooks<").expect("the hooks");
    let (table, _) = table.split_once("\n}").expect("their end");
    let names = table.lines().filter_map(|line| {
        let (name, _) = line.trim().strip_prefix("pub ")?.split_once(':')?;
        // which hooks are the user's is no hook
        (name != "overridden").then_some(name)
    });
    let written = |name| {
        if name == "clean" {
            "clean_<field>"
        } else {
            name
        }
    };
    let all: BTreeSet<_> = names.map(written).map(str::to_owned).collect();
    assert!(all.contains("setup") && all.contains("clean_<field>"));
    // each is a method of the trait that applications implement
    let methods = text("rdj-macros/src/model_state/expand/hooks.rs");
    let (_, methods) = methods.split_once("fn expand_actions").expect("the trait");
    for hook in all.iter().filter(|hook| !hook.contains('<')) {
        assert!(methods.contains(&format!("fn {hook}(")), "{hook}");
    }
    all
}

/// The sources of a test, if there is one of that name.
fn sources(test: &str) -> Option<String> {
    let Some((place, name)) = test.split_once("::") else {
        return fs::read_to_string(root().join(test)).ok();
    };
    let is_test = |source: &str| source.contains(&format!("fn {name}("));
    if Path::new(place).extension().is_some() {
        return Some(text(place)).filter(|source| is_test(source));
    }
    let area = root().join("tests/src/scenario").join(place);
    let mut files = vec![area.with_extension("rs")];
    if let Ok(inner) = fs::read_dir(&area) {
        files.extend(inner.map(|entry| entry.expect("an entry").path()));
    }
    let read = |path: &PathBuf| fs::read_to_string(path).unwrap_or_default();
    let source: String = files.iter().map(read).collect();
    let (listed, _) = text("tests/src/scenario.rs")
        .split_once("$run! {")
        .map(|(_, list)| list.split_once("\n        }").unwrap_or((list, "")))
        .map(|(list, rest)| (list.to_owned(), rest.to_owned()))?;
    let mut areas = listed.split(';').filter_map(|area| area.split_once(':'));
    let runs = areas.any(|(area, tests)| {
        area.trim() == place && tests.split(',').any(|test| test.trim() == name)
    });
    Some(source).filter(|source| runs && source.contains(&format!("pub async fn {name}(")))
}

/// The sources of the tests that a cell names; what is wrong with it otherwise.
fn proofs(of: &str, cell: &str, wrong: &mut Vec<String>) -> String {
    let mut all = String::new();
    let mut tests = 0;
    for test in named(cell) {
        tests += 1;
        match sources(test) {
            Some(source) => all.push_str(&source),
            None => wrong.push(format!("{of}: no test `{test}`")),
        }
    }
    if tests == 0 {
        wrong.push(format!("{of}: names no test"));
    }
    all
}

#[test]
fn every_option_is_listed_with_tests_of_its_default_and_of_another_value() {
    let guide = text("docs/options.md");
    let heading = "| option | default | shows the default | shows another value |\n";
    let mut wrong = Vec::new();
    let mut listed = BTreeSet::new();
    for [names, default, shows_default, shows_other] in rows(&guide, heading) {
        if default.is_empty() {
            wrong.push(format!("{names}: no default"));
        }
        let _ = proofs(names, shows_default, &mut wrong);
        let other = proofs(names, shows_other, &mut wrong);
        for name in named(names) {
            if !listed.insert(name.to_owned()) {
                wrong.push(format!("{name}: twice"));
            }
            if !other.contains(name) {
                wrong.push(format!("{name}: its tests are not about it"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let known = options();
    let unlisted: Vec<_> = known.symmetric_difference(&listed).collect();
    assert!(unlisted.is_empty(), "in one of the two only: {unlisted:?}");
}

#[test]
fn every_hook_is_listed_with_tests_of_its_place_its_effect_and_its_refusal() {
    let guide = text("docs/pipeline.md");
    let heading = "| hook | runs in its place | changes the result | is no event |\n";
    let mut wrong = Vec::new();
    let mut listed = BTreeSet::new();
    for [hook, place, effect, refusal] in rows(&guide, heading) {
        let name = named(hook).next().expect("a hook");
        listed.insert(name.to_owned());
        let written = name.replace("<field>", "title");
        let (method, string) = (format!("fn {written}("), format!("\"{written}"));
        for (cell, needed) in [(place, &method), (effect, &method), (refusal, &string)] {
            if !proofs(name, cell, &mut wrong).contains(needed) {
                wrong.push(format!("{name}: no `{needed}` in {cell}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let known = hooks();
    let unlisted: Vec<_> = known.symmetric_difference(&listed).collect();
    assert!(unlisted.is_empty(), "in one of the two only: {unlisted:?}");
}

#[test]
fn a_test_that_is_not_there_is_missed() {
    assert!(sources("notes::life").is_some());
    let none = [
        "notes::death",
        "notes::add",
        "nothing::life",
        "tests/tests/guards.rs::death",
        "ui-tests/cases/none.rs",
    ];
    for none in none {
        assert!(sources(none).is_none(), "{none}");
    }
}
