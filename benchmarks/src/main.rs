//! Benchmarks of rdj: `cargo run --release -p rdj-benchmarks [-- names..] [--write FILE]`.

#![expect(clippy::print_stdout, reason = "results are for the terminal")]
#![expect(
    unreachable_pub,
    reason = "states and pages are written as in an application"
)]

mod app;
mod child;
mod http;
mod load;
mod measure;
mod report;
mod subject;

use std::{fmt::Write as _, path::Path};

use rdj::Result;

use crate::{
    app::Kind,
    subject::{SUBJECTS, Subject},
};

/// An error with a text.
fn fail(text: impl Into<String>) -> rdj::Error {
    rdj::Error::internal(text)
}

#[tokio::main]
async fn main() -> Result {
    // a socket is a file: as many as the machine allows
    rlimit::increase_nofile_limit(u64::MAX)?;
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    if let ["serve", kind, db] = args[..] {
        let kind = Kind::parse(kind).ok_or_else(|| fail("no such server"))?;
        return app::serve(kind, Path::new(db), |address| println!("{address}")).await;
    }
    let (names, file) = match args[..] {
        [ref names @ .., "--write", file] => (names, Some(file)),
        ref names => (names, None),
    };
    let mut markdown = String::new();
    for subject in chosen(names)? {
        let table = subject.run().await?;
        println!("{table}");
        writeln!(markdown, "{}", table.markdown())?;
        // what is measured is kept, even if a later subject fails
        if let Some(file) = file {
            std::fs::write(file, &markdown)?;
        }
    }
    Ok(())
}

/// The subjects of these names; all without any.
fn chosen(names: &[&str]) -> Result<Vec<Subject>> {
    if names.is_empty() {
        return Ok(SUBJECTS.to_vec());
    }
    let find = |name: &&str| {
        let all = SUBJECTS.iter();
        let found = all.copied().find(|subject| subject.name == *name);
        found.ok_or_else(|| {
            let known: Vec<_> = SUBJECTS.iter().map(|subject| subject.name).collect();
            fail(format!(
                "no subject `{name}`; there are {}",
                known.join(", ")
            ))
        })
    };
    names.iter().map(find).collect()
}
