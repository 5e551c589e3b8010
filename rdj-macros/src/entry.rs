//! The way of every macro: parse, lower, expand, report.

use std::env;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::Parse;

use crate::common::diagnostic::Errors;

/// An attribute macro: the steps from its text to its output.
pub(crate) struct Attribute<Item, Model> {
    /// As the user writes it, such as `#[page]`.
    pub(crate) name: &'static str,
    /// What it goes on, such as "a struct".
    pub(crate) goes_on: &'static str,
    /// Takes the attributes that belong to this macro off the item.
    pub(crate) strip: fn(&mut Item),
    /// Reads options and item. Nothing if what is left after the mistakes cannot be expanded; the
    /// item stands alone then.
    pub(crate) lower: fn(TokenStream, &Item, &mut Errors) -> Option<Model>,
    /// Writes the output, the item first; cannot fail.
    pub(crate) expand: fn(&Model, &Item) -> TokenStream,
}

impl<Item: Parse + ToTokens, Model> Attribute<Item, Model> {
    /// Runs the macro. On mistakes the item is still there, so that only the mistakes are reported
    /// and not every use of the item too.
    pub(crate) fn run(&self, args: TokenStream, tokens: TokenStream) -> TokenStream {
        let mut item: Item = match syn::parse2(tokens.clone()) {
            Ok(item) => item,
            Err(error) => return self.refuse(tokens, &error),
        };
        let mut errors = Errors::default();
        let model = (self.lower)(args, &item, &mut errors);
        (self.strip)(&mut item);
        let output = match model {
            Some(model) => (self.expand)(&model, &item),
            None => item.to_token_stream(),
        };
        let errors = errors.to_compile_errors();
        debug(quote!(#output #errors))
    }

    /// The item is not of the kind this macro takes, or has a syntax error of its own.
    fn refuse(&self, mut tokens: TokenStream, error: &syn::Error) -> TokenStream {
        if syn::parse2::<syn::Item>(tokens.clone()).is_err() {
            return error.to_compile_error();
        }
        let first = tokens.clone().into_iter().next();
        let text = format!("`{}` goes on {}", self.name, self.goes_on);
        tokens.extend(syn::Error::new_spanned(first, text).to_compile_error());
        tokens
    }
}

/// Prints the output to stderr if `RDJ_MACROS_DEBUG=1` is set.
pub(crate) fn debug(output: TokenStream) -> TokenStream {
    if env::var_os("RDJ_MACROS_DEBUG").is_some_and(|value| value == "1") {
        print(&output);
    }
    output
}

#[expect(clippy::print_stderr, reason = "printing is what the switch asks for")]
fn print(output: &TokenStream) {
    eprintln!("{output}");
}
