//! `owner_bypass(..)`: who sees and changes the rows of everybody.

use proc_macro2::TokenStream;
use syn::{parenthesized, parse::ParseStream, token::Paren};

use crate::common::{
    diagnostic::Errors,
    guard::{self, Guard},
    keyed::{Key, Known, options},
};

/// The option without rows that have owners.
pub(super) const NO_OWNER: &str = "`owner_bypass` opens the rows of other owners, and these rows have \
     none: name their column with `owner_field = user_id`";

/// What stands in the parentheses.
pub(super) fn tokens(key: &Key, input: ParseStream<'_>) -> syn::Result<TokenStream> {
    if !input.peek(Paren) {
        return Err(key.wrong(key.span()));
    }
    let content;
    parenthesized!(content in input);
    let tokens: TokenStream = content.parse()?;
    if tokens.is_empty() {
        return Err(key.wrong(key.span()));
    }
    Ok(tokens)
}

/// Reads a guard that asks for a right: `login` would open all rows to all users, and nobody is
/// refused here who could be sent elsewhere.
pub(super) fn parse(tokens: TokenStream, errors: &mut Errors) -> Guard {
    let asks = |known: &&Known| !matches!(known.key, "login" | "on_denied");
    let known: Vec<Known> = guard::OPTIONS.iter().filter(asks).copied().collect();
    let mut found = Guard::default();
    options("owner_bypass", &known, tokens, errors, |key, input| {
        found.option(key, input)
    });
    found
}
