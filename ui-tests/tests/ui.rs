//! What the compiler says to mistakes: each `cases/<macro>/fail/<mistake>.rs` with its `.stderr`.
//!
//! `RDJ_UI=page/fail/route cargo test -p rdj-ui-tests --test ui` runs the cases whose path contains that
//! text. `TRYBUILD=overwrite` writes the texts anew: read them as the user who made the mistake.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

const MACROS: [&str; 7] = [
    "app_state",
    "catalogues",
    "events",
    "page",
    "model",
    "model_state",
    "serializer",
];

#[test]
fn mistakes() -> io::Result<()> {
    copy_templates()?;
    let filter = env::var("RDJ_UI").unwrap_or_default();
    let cases = trybuild::TestCases::new();
    for name in MACROS {
        for case in files(&Path::new("cases").join(name).join("fail"))? {
            let is_case = case.extension().is_some_and(|extension| extension == "rs");
            if is_case && case.to_string_lossy().contains(&filter) {
                cases.compile_fail(case);
            }
        }
    }
    Ok(())
}

/// Puts the templates where trybuild builds the cases: askama looks for them beside the manifest of
/// the crate that is being compiled.
fn copy_templates() -> io::Result<()> {
    // trybuild builds in `<target>/tests/trybuild/<package>`; this directory is `<target>/tmp`
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .unwrap_or(Path::new("."));
    let there = target
        .join("tests/trybuild")
        .join(env!("CARGO_PKG_NAME"))
        .join("templates");
    fs::create_dir_all(&there)?;
    for template in files(Path::new("templates"))? {
        let text = fs::read(&template)?;
        let copy = there.join(template.file_name().unwrap_or_default());
        // a new time stamp would compile all cases again
        if fs::read(&copy).ok().as_ref() != Some(&text) {
            fs::write(copy, text)?;
        }
    }
    Ok(())
}

/// The entries of a directory, by name; none if it does not exist.
fn files(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let Ok(entries) = fs::read_dir(directory) else {
        return Ok(Vec::new());
    };
    let mut paths = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
