//! The text of `#[page(..)]`.

use proc_macro2::TokenStream;
use syn::{Ident, LitBool, LitStr, Path, parse::ParseStream, token::Paren};

use crate::common::{
    diagnostic::Errors,
    guard::{self, Guard},
    keyed::{Key, Known, options},
};

const PAGE: &[Known] = &[
    Known {
        key: "route",
        usage: "route = \"/notes\"",
    },
    Known {
        key: "template",
        usage: "template = \"notes.html\"",
    },
    Known {
        key: "title",
        usage: "title = \"Notes\"",
    },
    Known {
        key: "layout",
        usage: "layout = none",
    },
    Known {
        key: "on_load",
        usage: "on_load = NotesState::load",
    },
    Known {
        key: "discover",
        usage: "discover = false",
    },
];

/// The options of `#[page(..)]` as they are written.
#[derive(Default)]
pub(super) struct PageOptions {
    pub(super) route: Option<LitStr>,
    pub(super) template: Option<LitStr>,
    pub(super) title: Option<LitStr>,
    pub(super) guard: Guard,
    /// Nothing if each state runs its own.
    pub(super) on_load: Option<Vec<Path>>,
    pub(super) discover: Option<LitBool>,
    /// The keys that are there, with and without mistakes.
    given: Vec<&'static str>,
}

impl PageOptions {
    /// Whether the option is there but was refused: it is not missed too then.
    pub(super) fn refused(&self, key: &str) -> bool {
        self.given.contains(&key)
    }
}

/// Reads the options.
pub(super) fn page(args: TokenStream, errors: &mut Errors) -> PageOptions {
    let mut found = PageOptions::default();
    let known = [PAGE, guard::OPTIONS].concat();
    options("#[page]", &known, args, errors, |key, input| {
        option(key, input, &mut found)
    });
    found.guard.check(errors);
    found
}

fn option(key: &Key, input: ParseStream<'_>, found: &mut PageOptions) -> syn::Result<()> {
    found.given.push(key.name);
    match key.name {
        "route" => found.route = Some(key.value(input)?),
        "template" => found.template = Some(key.value(input)?),
        "title" => found.title = Some(key.value(input)?),
        "layout" => layout(key, input)?,
        "discover" => found.discover = Some(key.value(input)?),
        "on_load" if input.peek(Paren) => found.on_load = Some(key.list(input)?),
        "on_load" => found.on_load = Some(vec![key.value(input)?]),
        _ => found.guard.option(key, input)?,
    }
    Ok(())
}

/// `none` says that the template writes the whole document; the template itself decides.
fn layout(key: &Key, input: ParseStream<'_>) -> syn::Result<()> {
    let value: Ident = key.value(input)?;
    if value == "none" {
        Ok(())
    } else {
        Err(key.wrong(value.span()))
    }
}
