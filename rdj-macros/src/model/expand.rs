//! The output of `#[derive(Model)]`: a type for each column, and the model's facts.

mod names;
mod rules;

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};

use super::{columns::Column, lower::Model, parse::Choice};
use crate::common::paths;

/// Writes the module `fields` and the impls.
pub(super) fn expand(model: &Model) -> TokenStream {
    let Model {
        ident,
        vis,
        columns,
        ..
    } = model;
    // spanned on the struct: "go to definition" of `fields` leads there
    let fields = format_ident!("fields", span = ident.span());
    let markers = columns.iter().map(|column| expand_marker(model, column));
    let impls = columns.iter().map(expand_field);
    let names = names::expand(columns);
    let crud = expand_crud(model);
    let orm = paths::orm();
    let relations = model.has_relations.then(|| {
        quote! {
            #[doc(hidden)]
            #[allow(unused_imports)]
            pub use super::__relations::{__children, __editable::*};
        }
    });
    quote! {
        /// One type for each column: what `#[model_state]` names.
        #[allow(non_camel_case_types)]
        #vis mod #fields {
            // `#[model_state]` names the entity by this path: without this module there is one error,
            // and not one for each bound that the entity then does not meet
            #[doc(hidden)]
            pub use super::Entity as __Entity;
            #relations

            #(#markers)*

            #names
        }

        const _: () = {
            #(#impls)*

            #[automatically_derived]
            impl #orm::relation::HasNames for Entity {
                type Names = fields::__Names;
                const NAMES: fields::__Names = fields::__Names;
            }
            #crud

            ::rdj::__private::inventory::submit! {
                <Entity as #orm::model::CrudModel>::DEF
            }
        };
    }
}

/// The marker, every token spanned on the field: "defined here" leads to the model's field.
fn expand_marker(model: &Model, Column { ident, name, .. }: &Column) -> TokenStream {
    let doc = format!(
        "Column `{name}` of [`{model}`](super::{model}).",
        model = model.ident
    );
    quote_spanned! {ident.span()=>
        #[doc = #doc]
        #[derive(Clone, Copy, Debug, Default)]
        pub struct #ident;
    }
}

fn expand_field(column: &Column) -> TokenStream {
    let orm = paths::orm();
    let Column {
        ident, ty, variant, ..
    } = column;
    let meta = expand_meta(column);
    let form = expand_form(column);
    let check = rules::expand(column);
    let editable = column.is_editable().then(|| {
        quote! {
            #[automatically_derived]
            impl #orm::field::Editable for fields::#ident {}
        }
    });
    quote! {
        #editable

        #[automatically_derived]
        impl #orm::field::Field for fields::#ident {
            type Entity = Entity;
            type Value = #ty;
            const META: #orm::field::FieldMeta = #meta;
            const COLUMN: Column = Column::#variant;
            const FORM: #orm::field::FormOps<#ty> = #form;
            const JSON: #orm::field::ToJson<#ty> = {
                use #orm::field::NoJson as _;
                #orm::field::JsonProbe::<#ty>::JSON
            };
            const OWNER: #orm::field::FromId = {
                use #orm::field::NoOwner as _;
                #orm::field::OwnerProbe::<#ty>::FROM_ID
            };

            #check

            fn get(model: &Model) -> &#ty {
                &model.#ident
            }

            fn set(active: &mut ActiveModel, value: #ty) {
                active.#ident.set_if_not_equals(value);
            }
        }
    }
}

fn expand_form(column: &Column) -> TokenStream {
    let orm = paths::orm();
    let ty = &column.ty;
    if column.is_bytes() {
        return quote!(#orm::field::FormOps::<#ty>::BYTES);
    }
    quote! {{
        use #orm::field::NoForm as _;
        #orm::field::FormProbe::<#ty>::OPS
    }}
}

/// What permissions and the admin find of the model without naming it.
fn expand_def(model: &Model) -> TokenStream {
    let orm = paths::orm();
    let Model {
        label,
        app_label,
        permissions,
        ..
    } = model;
    let name = paths::option(model.own_name.as_ref());
    let permissions = permissions
        .iter()
        .map(|Choice { value, label }| quote!((#value, #label)));
    quote! {
        #orm::model::ModelDef {
            app_label: #app_label,
            name: #name,
            module: ::core::module_path!(),
            verbose_name: #label,
            permissions: &[#(#permissions),*],
            table: #orm::model::table::<Entity>,
            relations: #orm::model::relations::<Entity>,
            along: #orm::history::along::<Entity>(),
        }
    }
}

fn expand_meta(column: &Column) -> TokenStream {
    let orm = paths::orm();
    let Column {
        ident,
        name,
        label,
        help_text,
        primary_key,
        nullable,
        unique,
        multiline,
        auto_now,
        auto_now_add,
        trim,
        version,
        secret,
        ..
    } = column;
    let max_length = paths::option(column.max_length.as_ref());
    let default = paths::option(column.default.as_ref());
    let (min_length, min, max) = (
        paths::option(column.min_length.as_ref()),
        paths::option(column.min.as_ref().map(|limit| &limit.text)),
        paths::option(column.max.as_ref().map(|limit| &limit.text)),
    );
    let own = column.choices.iter();
    let own = own.map(|Choice { value, label }| quote!((#value, #label)));
    let choices = if column.choices.is_empty() {
        quote!(<Self as #orm::field::Field>::FORM.choices)
    } else {
        quote!(&[#(#own),*])
    };
    let auto_increment = column.auto_increment;
    let guard = column.guard.expand();
    let file = rules::expand_file(column);
    quote! {
        #orm::field::FieldMeta {
            name: #name,
            label: #label,
            help_text: #help_text,
            kind: <Self as #orm::field::Field>::FORM.kind,
            primary_key: #primary_key,
            auto_increment: #auto_increment,
            nullable: #nullable,
            unique: #unique,
            min_length: #min_length,
            max_length: #max_length,
            min: #min,
            max: #max,
            choices: #choices,
            default: #default,
            auto_now: #auto_now,
            auto_now_add: #auto_now_add,
            multiline: #multiline,
            many: false,
            trim: #trim,
            version: #version,
            secret: #secret,
            guard: #guard,
            file: #file,
            relation: {
                use #orm::field::NoRelation as _;
                #orm::field::RelationProbe::<fields::#ident>::RELATION
            },
        }
    }
}

fn expand_crud(model: &Model) -> TokenStream {
    let orm = paths::orm();
    let Model {
        name,
        label,
        label_plural,
        columns,
        display,
        ..
    } = model;
    let idents: Vec<_> = columns.iter().map(|column| &column.ident).collect();
    let shown = columns.get(*display).map(|column| &column.ident);
    let (key, key_value) = expand_key(model);
    let ordering = expand_ordering(model);
    let touch = expand_touch(model);
    let clean = rules::expand_clean(model);
    let def = expand_def(model);
    let together = model.unique_together.iter();
    let together = together.map(|names| quote!(&[#(#names),*]));
    let by_name = names::expand_by_name(columns);
    let history = model.history;
    let recorded = history.then(|| quote!(impl #orm::history::Recorded for Entity {}));
    quote! {
        #recorded

        #[automatically_derived]
        impl #orm::model::CrudModel for Entity {
            type Key = #key;
            const NAME: &'static str = #name;
            const LABEL: &'static str = #label;
            const LABEL_PLURAL: &'static str = #label_plural;
            const DEF: #orm::model::ModelDef = #def;
            const FIELDS: &'static [#orm::field::FieldMeta] =
                &[#(<fields::#idents as #orm::field::Field>::META),*];

            const UNIQUE_TOGETHER: &'static [&'static [&'static str]] = &[#(#together),*];
            const HISTORY: bool = #history;

            fn key(model: &Model) -> #key {
                #key_value
            }

            fn label(model: &Model) -> ::std::string::String {
                #orm::field::text::<fields::#shown>(model)
            }

            fn label_column() -> Column {
                <fields::#shown as #orm::field::Field>::COLUMN
            }

            #by_name

            #ordering

            #touch

            #clean
        }
    }
}

/// The order of lists that declare none.
fn expand_ordering(model: &Model) -> Option<TokenStream> {
    let orm = paths::orm();
    let orders = model.ordering.iter().map(|order| {
        let (field, descending) = (&order.field, order.descending);
        quote!(#orm::state::Order::by::<fields::#field>(#descending))
    });
    (!model.ordering.is_empty()).then(|| {
        quote! {
            fn ordering() -> &'static [#orm::state::Order<Self>] {
                const { &[#(#orders),*] }
            }
        }
    })
}

/// The key's type and value: of one column, or a tuple.
fn expand_key(model: &Model) -> (TokenStream, TokenStream) {
    let keys: Vec<_> = model
        .columns
        .iter()
        .filter(|column| column.primary_key)
        .collect();
    let types = keys.iter().map(|column| &column.ty);
    let values = keys
        .iter()
        .map(|Column { ident, .. }| quote!(::core::clone::Clone::clone(&model.#ident)));
    match keys.as_slice() {
        [_] => (quote!(#(#types)*), quote!(#(#values)*)),
        _ => (quote!((#(#types),*)), quote!((#(#values),*))),
    }
}

/// Sets what a model sets by itself.
fn expand_touch(model: &Model) -> TokenStream {
    let orm = paths::orm();
    let inserts = model.columns.iter().filter_map(|column| {
        let Column { ident, ty, .. } = column;
        if column.auto_now_add {
            return Some(quote!(#orm::field::now::<#ty>(&mut active.#ident, false);));
        }
        if column.primary_key && column.is("Uuid") {
            return Some(quote!(#orm::field::fresh_uuid(&mut active.#ident);));
        }
        column.default.is_some().then(|| {
            quote! {
                let is_set = !active.#ident.is_not_set();
                #orm::field::default_value::<fields::#ident>(active, is_set);
            }
        })
    });
    let versions = model.columns.iter().filter(|column| column.version);
    let versions = versions.map(|column| {
        let Column { ident, ty, .. } = column;
        quote!(#orm::field::next_version::<#ty>(&mut active.#ident, insert);)
    });
    let always = model
        .columns
        .iter()
        .filter(|column| column.auto_now)
        .map(|column| {
            let Column { ident, ty, .. } = column;
            quote!(#orm::field::now::<#ty>(&mut active.#ident, true);)
        });
    quote! {
        fn touch(active: &mut ActiveModel, insert: bool) {
            let _ = (&*active, insert);
            if insert {
                #(#inserts)*
            }
            #(#always)*
            #(#versions)*
        }
    }
}
