//! Many-to-many relations as fields of forms.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Field, Ident, Token, Type, ext::IdentExt, punctuated::Punctuated};

use super::sea_orm;
use crate::{
    common::{diagnostic::Errors, paths},
    model::{
        columns::{Column, argument, label},
        parse,
    },
};

/// `tracks: HasMany<super::track::Entity>` with `via = "playlist_track"`.
pub(super) struct Many<'a> {
    pub(super) ident: &'a Ident,
    name: String,
    label: String,
    help_text: String,
    guard: TokenStream,
    entity: &'a Type,
}

/// Makes many-to-many relations fields of the model.
pub(super) fn expand(fields: &Punctuated<Field, Token![,]>, all: &[Many<'_>]) -> TokenStream {
    // mistakes of columns are reported by the derive of `Model`
    let mut columns = fields
        .iter()
        .filter_map(|field| Column::read(field, &mut Errors::default()));
    let key = columns.find(|column| column.primary_key);
    let impls = key
        .iter()
        .flat_map(|key| all.iter().map(|many| expand_many(many, key)));
    quote!(#(#impls)*)
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

/// The many-to-many relation of a field.
pub(super) fn read<'a>(field: &'a Field, errors: &mut Errors) -> Option<Many<'a>> {
    let said = sea_orm(field);
    let entity = argument(&field.ty, "HasMany")?;
    if !said.has || !said.via || said.self_ref {
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
