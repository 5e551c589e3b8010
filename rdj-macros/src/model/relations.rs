//! The relation fields of SeaORM's dense format, which only `ModelEx` has.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Field, Ident, Token, Type, ext::IdentExt, punctuated::Punctuated};

use super::{columns::argument, parse};
use crate::common::{ident::snake, item::attributes, paths};

/// A relation field.
struct Relation<'a> {
    ident: &'a Ident,
    entity: &'a Type,
    kind: Kind,
}

enum Kind {
    /// `album: BelongsTo<super::album::Entity>` with `from = "album_id"` and `to = "id"`.
    BelongsTo { from: Ident, to: String },
    /// `detail: HasOne<super::detail::Entity>`.
    HasOne,
    /// `lines: HasMany<super::line::Entity>`.
    HasMany,
}

/// What `#[sea_orm(..)]` says about a relation.
#[derive(Default)]
struct SeaOrm {
    belongs_to: bool,
    has: bool,
    /// SeaORM's `Related` does not lead along this relation.
    named: bool,
    from: Option<String>,
    to: Option<String>,
}

/// Ties foreign key fields to the models they refer to, and makes a type for each relation.
pub(super) fn expand(fields: &Punctuated<Field, Token![,]>) -> TokenStream {
    let relations: Vec<_> = fields
        .iter()
        .filter_map(|field| read(field, fields))
        .collect();
    let keys = relations.iter().filter_map(expand_key);
    let markers = relations.iter().map(|relation| {
        let (ident, span) = (relation.ident, relation.ident.span());
        quote_spanned!(span=>
            #[doc(hidden)]
            #[derive(Clone, Copy, Debug, Default)]
            pub struct #ident;
        )
    });
    let names = relations.iter().map(|Relation { ident, .. }| {
        quote_spanned! {ident.span()=>
            #[doc(hidden)]
            pub const fn #ident(self) -> __relations::#ident {
                __relations::#ident
            }
        }
    });
    let impls = relations.iter().map(expand_relation);
    quote! {
        #[doc(hidden)]
        #[allow(non_camel_case_types)]
        pub mod __relations {
            #(#markers)*
        }

        const _: () = {
            #(#keys)*
            #(#impls)*

            impl fields::__Names {
                #(#names)*
            }
        };
    }
}

/// The model that a foreign key column refers to.
fn expand_key(relation: &Relation<'_>) -> Option<TokenStream> {
    let orm = paths::orm();
    let Relation { entity, kind, .. } = relation;
    let Kind::BelongsTo { from, to } = kind else {
        return None;
    };
    Some(quote! {
        #[automatically_derived]
        impl #orm::field::HasRelation for fields::#from {
            type Entity = #entity;
            const TO: &'static str = #to;
        }
    })
}

fn expand_relation(relation: &Relation<'_>) -> TokenStream {
    let orm = paths::orm();
    let Relation {
        ident,
        entity,
        kind,
    } = relation;
    let name = ident.unraw().to_string();
    let related = quote!(<#entity as #orm::sea_orm::EntityTrait>);
    let link = match kind {
        Kind::BelongsTo { from, to } => {
            let from = from.to_string();
            quote!(Columns(#from, #to))
        }
        Kind::HasOne | Kind::HasMany => quote! {
            Related(
                <Entity as #orm::sea_orm::Related<#entity>>::to,
                <Entity as #orm::sea_orm::Related<#entity>>::via,
            )
        },
    };
    let put = match kind {
        Kind::BelongsTo { .. } => quote! {
            #[automatically_derived]
            impl #orm::relation::ToOne for __relations::#ident {
                fn put(row: &mut ModelEx, related: ::core::option::Option<#related::ModelEx>) {
                    row.#ident = ::core::convert::From::from(related.map(::std::boxed::Box::new));
                }
            }
        },
        Kind::HasOne => TokenStream::new(),
        Kind::HasMany => quote! {
            #[automatically_derived]
            impl #orm::relation::ToMany for __relations::#ident {
                fn put(row: &mut ModelEx, related: ::std::vec::Vec<#related::ModelEx>) {
                    row.#ident = ::core::convert::From::from(related);
                }
            }
        },
    };
    quote! {
        #[automatically_derived]
        impl #orm::relation::Relation for __relations::#ident {
            type From = Entity;
            type To = #entity;
            const NAME: &'static str = #name;
            const LINK: #orm::relation::Link = #orm::relation::Link::#link;

            fn whole(row: Model) -> ModelEx {
                ::core::convert::From::from(row)
            }

            fn related(row: #related::Model) -> #related::ModelEx {
                ::core::convert::From::from(row)
            }
        }

        #put
    }
}

fn read<'a>(field: &'a Field, all: &'a Punctuated<Field, Token![,]>) -> Option<Relation<'a>> {
    let ident = field.ident.as_ref()?;
    let said = sea_orm(field);
    if said.belongs_to {
        let related = argument(&field.ty, "BelongsTo")?;
        let (from, to) = (snake(&said.from?), snake(&said.to?));
        // a foreign key of several columns is edited column by column
        if from.contains(',') {
            return None;
        }
        return Some(Relation {
            ident,
            entity: argument(related, "Option").unwrap_or(related),
            kind: Kind::BelongsTo {
                from: format_ident!("{}", from, span = ident.span()),
                to,
            },
        });
    }
    if !said.has || said.named {
        return None;
    }
    let (entity, kind) = match argument(&field.ty, "HasMany") {
        Some(entity) => (entity, Kind::HasMany),
        None => (argument(&field.ty, "HasOne")?, Kind::HasOne),
    };
    // SeaORM implements `Related` for an entity that only one field leads to
    let leading = all.iter().filter(|other| leads_to(&other.ty, entity));
    (leading.count() == 1).then_some(Relation {
        ident,
        entity,
        kind,
    })
}

/// Whether a field of this type leads to the entity.
fn leads_to(ty: &Type, entity: &Type) -> bool {
    let related = ["BelongsTo", "HasOne", "HasMany"]
        .iter()
        .find_map(|name| argument(ty, name));
    let text = |ty: &Type| ty.to_token_stream().to_string();
    related.is_some_and(|related| {
        let related = argument(related, "Option").unwrap_or(related);
        text(related) == text(entity)
    })
}

fn sea_orm(field: &Field) -> SeaOrm {
    let mut said = SeaOrm::default();
    for attr in attributes(&field.attrs, "sea_orm") {
        parse::sea_orm(attr, |meta| {
            let key = meta.path.get_ident().map(Ident::to_string);
            match key.unwrap_or_default().as_str() {
                "belongs_to" => said.belongs_to = true,
                "has_one" | "has_many" => said.has = true,
                "from" => said.from = parse::text(meta),
                "to" => said.to = parse::text(meta),
                "relation_enum" | "relation_reverse" | "self_ref" | "via_rel" => {
                    said.named = true;
                }
                _ => {}
            }
            Ok(())
        });
    }
    said
}
