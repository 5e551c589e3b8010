//! The relation fields of SeaORM's dense format, which only `ModelEx` has.

mod children;
mod many;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Field, Ident, Token, Type, ext::IdentExt, punctuated::Punctuated};

use super::{columns::argument, parse};
use crate::common::{diagnostic::Errors, ident::snake, item::attributes, paths};

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
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent options of a relation"
)]
#[derive(Default)]
struct SeaOrm {
    belongs_to: bool,
    has: bool,
    via: bool,
    self_ref: bool,
    /// SeaORM's `Related` does not lead along this relation.
    named: bool,
    from: Option<String>,
    to: Option<String>,
}

/// Ties foreign key fields to the models they refer to, makes a type for each relation, and a field of a
/// many-to-many relation.
pub(super) fn expand(fields: &Punctuated<Field, Token![,]>, errors: &mut Errors) -> TokenStream {
    let relations: Vec<_> = fields
        .iter()
        .filter_map(|field| read(field, fields))
        .collect();
    let many: Vec<_> = fields
        .iter()
        .filter_map(|field| many::read(field, errors))
        .collect();
    let keys = relations.iter().filter_map(expand_key);
    let idents: Vec<_> = relations.iter().map(|relation| relation.ident).collect();
    let editable: Vec<_> = many.iter().map(|many| many.ident).collect();
    let only_edited = editable.iter().filter(|ident| !idents.contains(ident));
    let markers = idents.iter().chain(only_edited).map(|ident| marker(ident));
    let names = idents.iter().map(|ident| {
        quote_spanned! {ident.span()=>
            #[doc(hidden)]
            #[must_use]
            pub const fn #ident(self) -> __relations::#ident {
                let Self = self;
                __relations::#ident
            }
        }
    });
    let impls = relations.iter().map(expand_relation);
    let many = many::expand(fields, &many);
    let with_children = children::read(fields, &relations).map(|relation| relation.ident);
    let children = children::expand(fields, &relations);
    quote! {
        // not for other modules to name: rustc would offer to import from here
        #[allow(dead_code, non_camel_case_types, unreachable_pub)]
        mod __relations {
            #(#markers)*

            /// Those that are fields of forms.
            pub mod __editable {
                #(pub use super::#editable;)*
            }

            /// Those whose rows can be edited in the form of their parent.
            pub mod __children {
                #(pub use super::#with_children;)*
            }
        }

        const _: () = {
            #(#keys)*
            #(#impls)*
            #many
            #children

            #[allow(dead_code)]
            impl fields::__Names {
                #(#names)*
            }
        };
    }
}

/// The type of a relation.
fn marker(ident: &Ident) -> TokenStream {
    let doc = format!("The relation `{}`.", ident.unraw());
    quote_spanned! {ident.span()=>
        #[doc = #doc]
        #[derive(Clone, Copy, Debug, Default)]
        pub struct #ident;
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

        #[automatically_derived]
        impl #orm::field::RefersTo<#entity> for fields::#from {
            fn to() -> &'static ::core::primitive::str {
                #to
            }
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
    // a model that refers to itself says `self_ref` instead of `belongs_to`
    if said.belongs_to || said.self_ref && said.from.is_some() {
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
                "via" => said.via = parse::text(meta).is_some(),
                "from" => said.from = parse::text(meta),
                "to" => said.to = parse::text(meta),
                "self_ref" => (said.self_ref, said.named) = (true, true),
                "relation_enum" | "relation_reverse" | "via_rel" => said.named = true,
                _ => {}
            }
            Ok(())
        });
    }
    said
}
