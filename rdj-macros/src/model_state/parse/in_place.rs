//! `create_in_place(artist_id = name)`: pickers that make rows.

use syn::{
    Ident, Token,
    ext::IdentExt,
    parse::{Parse, ParseStream},
};

use super::Options;
use crate::common::diagnostic::Errors;

/// `artist_id = name`: the field with the picker, and the field of the picker's state that takes the text.
pub(in super::super) struct InPlace {
    pub(in super::super) field: Ident,
    pub(in super::super) text: Ident,
}

impl Parse for InPlace {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let field = input.call(Ident::parse_any)?;
        let _: Token![=] = input.parse()?;
        let text = input.call(Ident::parse_any)?;
        Ok(Self { field, text })
    }
}

/// A row is made by the state that `picker(..)` names.
pub(super) fn check(found: &Options, errors: &mut Errors) {
    for (at, InPlace { field, .. }) in found.in_place.iter().enumerate() {
        let is_same = |other: &Ident| other.unraw() == field.unraw();
        if found.in_place[..at]
            .iter()
            .any(|other| is_same(&other.field))
        {
            errors.at(field, format!("`{field}` is given twice"));
        }
        if !found.pickers.iter().any(|picker| is_same(&picker.field)) {
            let text = format!(
                "a new row is made by a state: name the one for `{field}` with `picker({field} = ..)`"
            );
            errors.at(field, text);
        }
    }
}
