//! `owner_bypass(..)`: who sees and changes the rows of everybody.

use proc_macro2::TokenStream;

use crate::common::{diagnostic::Errors, guard::Guard};

/// The option without rows that have owners.
pub(super) const NO_OWNER: &str = "`owner_bypass` opens the rows of other owners, and these rows have \
     none: name their column with `owner_field = user_id`";

/// Reads a guard that asks for a right: `login` would open all rows to all users, and nobody is
/// refused here who could be sent elsewhere.
pub(super) fn parse(tokens: TokenStream, errors: &mut Errors) -> Guard {
    Guard::parse("owner_bypass", &["login", "on_denied"], tokens, errors)
}
