//! The relation fields of SeaORM's dense format, which only `ModelEx` has.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::{Field, Ident, Token, Type, ext::IdentExt, punctuated::Punctuated};

use super::{
    children,
    columns::{Column, argument, label},
    parse,
};
use crate::common::{diagnostic::Errors, ident::snake, item::attributes, paths};

/// What `#[sea_orm(..)]` says about a relation.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent options of a relation"
)]
#[derive(Default)]
pub(super) struct Options {
    pub(super) belongs_to: bool,
    pub(super) has_many: bool,
    pub(super) self_ref: bool,
    pub(super) via: bool,
    from: Option<String>,
    to: Option<String>,
}

/// `album: BelongsTo<super::album::Entity>` with `from = "album_id"`.
pub(super) struct Relation<'a> {
    pub(super) from: Ident,
    pub(super) to: String,
    pub(super) entity: &'a Type,
}

/// `tracks: HasMany<super::track::Entity>` with `via = "playlist_track"`.
struct Many<'a> {
    ident: &'a Ident,
    name: String,
    label: String,
    help_text: String,
    guard: TokenStream,
    entity: &'a Type,
}

/// Ties foreign key fields to the models they refer to, and makes many-to-many relations fields.
pub(super) fn expand(fields: &Punctuated<Field, Token![,]>, errors: &mut Errors) -> TokenStream {
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
    let many: Vec<_> = fields
        .iter()
        .filter_map(|field| many(field, errors))
        .collect();
    let markers = many.iter().map(|Many { ident, name, .. }| {
        let doc = format!("The many-to-many relation `{name}`.");
        quote_spanned! {ident.span()=>
            #[doc = #doc]
            #[derive(Clone, Copy, Debug, Default)]
            pub struct #ident;
        }
    });
    // mistakes of columns are reported by the derive of `Model`
    let columns: Vec<_> = fields
        .iter()
        .filter_map(|field| Column::read(field, &mut Errors::default()))
        .collect();
    let key = columns.iter().find(|column| column.primary_key);
    let child_markers = children::markers(fields);
    let children = children::expand(fields, &columns);
    let many_impls = key
        .iter()
        .flat_map(|key| many.iter().map(|many| expand_many(many, key)));
    quote! {
        #[doc(hidden)]
        #[allow(non_camel_case_types)]
        pub mod __relations {
            #(#markers)*
            #child_markers
        }

        #(#impls)*
        #(#many_impls)*
        #children
    }
}

fn expand_many(many: &Many<'_>, key: &Column) -> TokenStream {
    let (rt, orm) = (paths::runtime(), paths::orm());
    let Many {
        ident,
        name,
        label,
        help_text,
        guard,
        entity,
    } = many;
    let key = &key.variant;
    quote! {
        #[automatically_derived]
        impl #orm::field::FormField for __relations::#ident {
            type Entity = Entity;
            type Value = ::std::vec::Vec<<#entity as #orm::model::CrudModel>::Key>;
            type Text = <#entity as #orm::model::CrudModel>::Key;
            const META: #orm::field::FieldMeta =
                #orm::field::many_meta::<#entity>(#name, #label, #help_text, #guard);
            const COLUMN: Column = Column::#key;
            const FORM: #orm::field::FormOps<Self::Value> = #orm::field::many_form();
            const MANY: ::core::option::Option<#orm::field::ManyOps<Self>> =
                ::core::option::Option::Some(#orm::field::many_ops::<Self, #entity>());

            fn initial() -> Self::Value {
                ::std::vec::Vec::new()
            }

            fn check(_: &Self::Value) -> ::core::result::Result<(), #rt::FieldError> {
                ::core::result::Result::Ok(())
            }

            fn get(_: &Model) -> ::core::option::Option<&Self::Value> {
                ::core::option::Option::None
            }

            fn set(_: &mut ActiveModel, _: Self::Value) {}
        }

        #[automatically_derived]
        impl #orm::field::Editable for __relations::#ident {}

        #[automatically_derived]
        impl #orm::field::RefersTo<#entity> for __relations::#ident {
            fn to() -> &'static str {
                #orm::field::key_name::<#entity>()
            }
        }
    }
}

pub(super) fn options(field: &Field) -> Options {
    let mut found = Options::default();
    for attr in attributes(&field.attrs, "sea_orm") {
        parse::sea_orm(attr, |meta| {
            let path = meta.path.get_ident().map(Ident::to_string);
            match path.as_deref().unwrap_or_default() {
                "belongs_to" => found.belongs_to = true,
                "has_many" => found.has_many = true,
                "self_ref" => found.self_ref = true,
                "via" => found.via = parse::text(meta).is_some(),
                "from" => found.from = parse::text(meta),
                "to" => found.to = parse::text(meta),
                _ => {}
            }
            Ok(())
        });
    }
    found
}

pub(super) fn read(field: &Field) -> Option<Relation<'_>> {
    let options = options(field);
    let related = argument(&field.ty, "BelongsTo").filter(|_| options.belongs_to)?;
    let (from, to) = (snake(&options.from?), snake(&options.to?));
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

fn many<'a>(field: &'a Field, errors: &mut Errors) -> Option<Many<'a>> {
    let options = options(field);
    let entity = argument(&field.ty, "HasMany")?;
    if !options.has_many || !options.via || options.self_ref {
        return None;
    }
    let ident = field.ident.as_ref()?;
    let name = ident.unraw().to_string();
    let own = parse::column(&field.attrs, errors);
    Some(Many {
        ident,
        label: own
            .label
            .map_or_else(|| label(&name), |label| label.value()),
        help_text: own.help_text.map(|text| text.value()).unwrap_or_default(),
        guard: own.guard.expand(),
        name,
        entity,
    })
}
