//! `#[derive(Choices)]`: an enum whose values a user chooses.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields, Ident, LitStr, Variant, ext::IdentExt};

use crate::{
    common::{
        diagnostic::Errors,
        ident::{snake, words},
        item::attributes,
        keyed::{Known, attribute_options},
        paths,
    },
    entry,
    model::sea_orm_literals,
};

const VARIANT: &[Known] = &[Known {
    key: "label",
    usage: "label = \"Compact disc\"",
}];

/// One value of the enum.
struct Choice<'a> {
    ident: &'a Ident,
    text: String,
    label: String,
}

/// Expands the derive.
pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let item: DeriveInput = match syn::parse2(item) {
        Ok(item) => item,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let output = match lower(&item, &mut errors) {
        Some(choices) => output(&item, &choices),
        None => TokenStream::new(),
    };
    let errors = errors.to_compile_errors();
    entry::debug(quote!(#output #errors))
}

fn lower<'a>(item: &'a DeriveInput, errors: &mut Errors) -> Option<Vec<Choice<'a>>> {
    let Data::Enum(data) = &item.data else {
        errors.at(&item.ident, "`rdj::Choices` goes on an enum");
        return None;
    };
    let mut choices: Vec<Choice<'_>> = Vec::new();
    for variant in &data.variants {
        let choice = read(variant, errors);
        if choices.iter().any(|other| other.text == choice.text) {
            let text = format!("two values have the text `{}` in forms", choice.text);
            errors.at(&variant.ident, text);
        }
        choices.push(choice);
    }
    if choices.is_empty() {
        errors.at(&item.ident, "there is nothing to choose: add a variant");
        return None;
    }
    Some(choices)
}

fn read<'a>(variant: &'a Variant, errors: &mut Errors) -> Choice<'a> {
    if !matches!(variant.fields, Fields::Unit) {
        errors.at(
            &variant.fields,
            "a choice has no data: write the variant alone",
        );
    }
    let name = variant.ident.unraw().to_string();
    let mut label: Option<LitStr> = None;
    for attr in attributes(&variant.attrs, "rdj") {
        attribute_options("#[rdj]", VARIANT, attr, errors, |key, input| {
            label = Some(key.value(input)?);
            Ok(())
        });
    }
    let stored = sea_orm_literals(&variant.attrs, &["string_value", "num_value"]);
    let snake = snake(&name);
    Choice {
        ident: &variant.ident,
        label: label.map_or_else(|| words(&snake), |label| label.value()),
        text: stored.unwrap_or(snake),
    }
}

fn output(item: &DeriveInput, choices: &[Choice<'_>]) -> TokenStream {
    let rt = paths::runtime();
    let (ident, (generics, args, bounds)) = (&item.ident, item.generics.split_for_impl());
    let entries = choices
        .iter()
        .map(|Choice { text, label, .. }| quote!((#text, #label)));
    let variants: Vec<_> = choices.iter().map(|choice| choice.ident).collect();
    let first = variants.first();
    let positions = 0..variants.len();
    quote! {
        #[automatically_derived]
        impl #generics #rt::form::Choices for #ident #args #bounds {
            const CHOICES: &'static [(&'static str, &'static str)] = &[#(#entries),*];

            fn position(&self) -> usize {
                match self { #(Self::#variants => #positions,)* }
            }

            fn at(position: usize) -> ::core::option::Option<Self> {
                [#(Self::#variants),*].into_iter().nth(position)
            }
        }

        #[automatically_derived]
        impl #generics #rt::FormValue for #ident #args #bounds {
            const KIND: #rt::form::InputKind = #rt::form::InputKind::Select;
            const CHOICES: &'static [(&'static str, &'static str)] =
                <Self as #rt::form::Choices>::CHOICES;

            fn empty() -> Self {
                Self::#first
            }

            fn parse(text: &str) -> ::core::result::Result<Self, #rt::FieldError> {
                #rt::form::choices::parse(text)
            }

            fn text(&self) -> ::std::string::String {
                ::std::borrow::ToOwned::to_owned(#rt::form::choices::text(self))
            }

            fn show(&self, out: &mut dyn ::core::fmt::Write) -> ::core::fmt::Result {
                out.write_str(#rt::form::choices::label(self))
            }
        }
    }
}
