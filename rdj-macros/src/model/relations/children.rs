//! One-to-many relations from both sides: `lines: HasMany<..>` of the parent, and the column of the
//! child that refers to it. `inlines(..)` edits the rows of such a relation.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Field, Ident, Token, Type, ext::IdentExt, punctuated::Punctuated};

use super::{Kind, Relation, sea_orm};
use crate::{
    common::{diagnostic::Errors, paths},
    model::columns::Column,
};

type Fields = Punctuated<Field, Token![,]>;

/// The relations to many rows without a junction between.
pub(super) fn read<'a>(
    fields: &Fields,
    relations: &'a [Relation<'a>],
) -> impl Iterator<Item = &'a Relation<'a>> {
    let through: Vec<&Ident> = {
        let via = fields.iter().filter(|field| sea_orm(field).via);
        via.filter_map(|field| field.ident.as_ref()).collect()
    };
    let through: Vec<String> = through.iter().map(ToString::to_string).collect();
    let many = relations
        .iter()
        .filter(|relation| matches!(relation.kind, Kind::HasMany));
    many.filter(move |relation| !through.contains(&relation.ident.to_string()))
}

/// Ties both sides together.
pub(super) fn expand(fields: &Fields, relations: &[Relation<'_>]) -> TokenStream {
    let orm = paths::orm();
    let parents = read(fields, relations).map(|Relation { ident, entity, .. }| {
        let name = ident.unraw().to_string();
        quote! {
            #[automatically_derived]
            impl #orm::inline::Children for __relations::#ident {
                type Parent = Entity;
                type Child = #entity;
                const NAME: &'static str = #name;
            }
        }
    });
    // mistakes of columns are reported by the derive of `Model`
    let columns: Vec<_> = fields
        .iter()
        .filter_map(|field| Column::read(field, &mut Errors::default()))
        .collect();
    let children = relations
        .iter()
        .filter_map(|relation| expand_child(relation, relations, &columns));
    quote! {
        #(#parents)*
        #(#children)*
    }
}

fn expand_child(
    relation: &Relation<'_>,
    all: &[Relation<'_>],
    columns: &[Column],
) -> Option<TokenStream> {
    let orm = paths::orm();
    let Relation { entity, kind, .. } = relation;
    let Kind::BelongsTo { from, to } = kind else {
        return None;
    };
    let up = all
        .iter()
        .filter(|other| matches!(other.kind, Kind::BelongsTo { .. }));
    // a child that refers to one parent in two columns belongs to neither of them alone
    if up.filter(|other| is_same(other.entity, entity)).count() > 1 {
        return None;
    }
    let column = columns.iter().find(|column| column.ident == *from)?;
    let (name, variant) = (&column.name, &column.variant);
    Some(quote! {
        #[automatically_derived]
        impl #orm::inline::ChildOf<#entity> for Entity {
            const NAME: &'static str = #name;
            const COLUMN: Column = Column::#variant;
            const TO: &'static str = #to;
        }
    })
}

/// Whether two types are written alike, whatever the path before the module.
fn is_same(one: &Type, other: &Type) -> bool {
    let end = |ty: &Type| {
        let text = ty.to_token_stream().to_string();
        let parts = text.rsplit("::").take(2).map(|part| part.trim().to_owned());
        parts.collect::<Vec<_>>()
    };
    end(one) == end(other)
}
