//! Writes the askama configuration that `#[page]` names: the application's `templates/` first, then
//! the templates this crate ships. The second path is absolute, because askama resolves `dirs`
//! against the crate that is being compiled.

use std::{env, fs, path::Path};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let (Some(root), Some(out)) = (env::var_os("CARGO_MANIFEST_DIR"), env::var_os("OUT_DIR"))
    else {
        println!("cargo::error=CARGO_MANIFEST_DIR and OUT_DIR are not set");
        return;
    };
    let shipped = Path::new(&root).join("templates");
    // an absolute path: a checkout that moved with its target folder is noticed
    println!("cargo:rerun-if-changed={}", shipped.display());
    let config = format!("[general]\ndirs = ['templates', '{}']\n", shipped.display());
    if let Err(error) = fs::write(Path::new(&out).join("askama.toml"), config) {
        println!("cargo::error=cannot write askama.toml: {error}");
    }
}
