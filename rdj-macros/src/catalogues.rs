//! `catalogues!`: the message files of a folder, embedded.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Error, LitStr};

/// The pairs of code and text for the files of a folder.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let found = syn::parse2::<LitStr>(input).and_then(|folder| {
        let name = folder.value();
        let manifest = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
        let files = files(&Path::new(&manifest).join(&name)).map_err(|error| {
            let kind = error.kind();
            let text = format!("the folder `{name}` beside `Cargo.toml` cannot be read: {kind}");
            Error::new(folder.span(), text)
        })?;
        if files.is_empty() {
            let text = format!(
                "there are no catalogues in `{name}`: put `{name}/de.ftl` or files such as \
                 `{name}/de/shop.ftl` there"
            );
            return Err(Error::new(folder.span(), text));
        }
        Ok(files)
    });
    match found {
        Ok(files) => {
            let codes = files.iter().map(|(code, _)| code);
            let paths = files.iter().map(|(_, path)| path);
            quote!(&[#((#codes, include_str!(#paths))),*])
        }
        Err(error) => error.into_compile_error(),
    }
}

/// The files `<code>.ftl` and `<code>/<any>.ftl` with their codes, by name.
fn files(folder: &Path) -> io::Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for path in sorted(folder)? {
        let code = |path: &Path| path.file_stem().map(|s| s.to_string_lossy().into_owned());
        let Some(code) = code(&path) else { continue };
        if path.is_dir() {
            let messages = sorted(&path)?.into_iter().filter(|path| is_catalogue(path));
            found.extend(messages.map(|path| (code.clone(), text(&path))));
        } else if is_catalogue(&path) {
            found.push((code, text(&path)));
        }
    }
    Ok(found)
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = entries.collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn is_catalogue(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "ftl")
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
