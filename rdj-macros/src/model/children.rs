//! One-to-many relations from both sides: `lines: HasMany<..>` of the parent, and the column of the
//! child that refers to it. `inlines(..)` edits the rows of such a relation.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{Field, Ident, Token, Type, ext::IdentExt, punctuated::Punctuated};

use super::{
    columns::{Column, argument},
    relations::{Relation, options, read},
};
use crate::common::paths;

type Fields = Punctuated<Field, Token![,]>;

/// `lines: HasMany<super::line::Entity>` without a junction between.
fn children(field: &Field) -> Option<(&Ident, &Type)> {
    let options = options(field);
    let entity = argument(&field.ty, "HasMany")?;
    let is_plain = options.has_many && !options.via && !options.self_ref;
    field
        .ident
        .as_ref()
        .filter(|_| is_plain)
        .map(|ident| (ident, entity))
}

/// A type for each relation, beside those of the columns.
pub(super) fn markers(fields: &Fields) -> TokenStream {
    let markers = fields.iter().filter_map(children).map(|(ident, _)| {
        let doc = format!("The one-to-many relation `{}`.", ident.unraw());
        quote_spanned! {ident.span()=>
            #[doc = #doc]
            #[derive(Clone, Copy, Debug, Default)]
            pub struct #ident;
        }
    });
    quote!(#(#markers)*)
}

pub(super) fn expand(fields: &Fields, columns: &[Column]) -> TokenStream {
    let orm = paths::orm();
    let parents = fields.iter().filter_map(children).map(|(ident, entity)| {
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
    let relations: Vec<Relation<'_>> = fields.iter().filter_map(read).collect();
    let children = relations.iter().filter_map(|relation| {
        let Relation { from, to, entity } = relation;
        let same = relations
            .iter()
            .filter(|other| is_same(other.entity, entity));
        // a child that refers to one parent in two columns belongs to neither of them alone
        if same.count() > 1 {
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
    });
    quote! {
        #(#parents)*
        #(#children)*
    }
}

/// Whether two types are written alike, whatever the path before the module.
fn is_same(one: &Type, other: &Type) -> bool {
    let end = |ty: &Type| {
        let text = ty.to_token_stream().to_string();
        let parts: Vec<String> = text
            .rsplit("::")
            .take(2)
            .map(|part| part.trim().to_owned())
            .collect();
        parts
    };
    end(one) == end(other)
}
