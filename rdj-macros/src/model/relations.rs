//! The relation fields of SeaORM's dense format, which only `ModelEx` has.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Field, Ident, Token, Type, punctuated::Punctuated};

use super::{columns::argument, parse};
use crate::common::{ident::snake, item::attributes, paths};

/// `album: BelongsTo<super::album::Entity>` with `from = "album_id"`.
struct Relation<'a> {
    from: Ident,
    to: String,
    entity: &'a Type,
}

/// Ties foreign key fields to the models they refer to.
pub(super) fn expand(fields: &Punctuated<Field, Token![,]>) -> TokenStream {
    let orm = paths::orm();
    let impls = fields.iter().filter_map(read).map(|relation| {
        let Relation { from, to, entity } = relation;
        quote! {
            #[automatically_derived]
            impl #orm::field::HasRelation for fields::#from {
                type Entity = #entity;
                const TO: &'static str = #to;
            }
        }
    });
    quote!(#(#impls)*)
}

fn read(field: &Field) -> Option<Relation<'_>> {
    let mut belongs_to = false;
    let (mut from, mut to) = (None, None);
    for attr in attributes(&field.attrs, "sea_orm") {
        parse::sea_orm(attr, |meta| {
            if meta.path.is_ident("belongs_to") {
                belongs_to = true;
            } else if meta.path.is_ident("from") {
                from = parse::text(meta);
            } else if meta.path.is_ident("to") {
                to = parse::text(meta);
            }
            Ok(())
        });
    }
    let related = argument(&field.ty, "BelongsTo").filter(|_| belongs_to)?;
    let (from, to) = (snake(&from?), snake(&to?));
    // a foreign key of several columns is edited column by column
    if from.contains(',') {
        return None;
    }
    let span = field.ident.as_ref()?.span();
    Some(Relation {
        from: format_ident!("{}", from, span = span),
        to,
        entity: argument(related, "Option").unwrap_or(related),
    })
}
