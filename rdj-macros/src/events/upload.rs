//! `#[upload(max_size = "10MB", max_count = 5, accept("image/*", ".pdf"))]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Lit, LitInt, LitStr, Type};

use crate::common::{
    diagnostic::Errors,
    keyed::{Known, attribute_options},
    paths,
};

/// How the attribute is written in messages.
pub(super) const UPLOAD: &str = "#[upload]";

const OPTIONS: &[Known] = &[
    Known {
        key: "max_size",
        usage: "max_size = \"10MB\"",
    },
    Known {
        key: "max_count",
        usage: "max_count = 5",
    },
    Known {
        key: "accept",
        usage: "accept(\"image/*\", \".pdf\")",
    },
];

/// What an upload takes.
#[derive(Clone, Default)]
pub(super) struct Upload {
    max_size: Option<u64>,
    max_count: Option<usize>,
    accept: Vec<String>,
    /// The type of the handler's last argument.
    pub(super) file: Option<Type>,
}

impl Upload {
    /// Reads the attribute.
    pub(super) fn of(attr: &Attribute, errors: &mut Errors) -> Self {
        let mut found = Self::default();
        attribute_options(UPLOAD, OPTIONS, attr, errors, |key, input| {
            match key.name {
                "max_size" => found.max_size = Some(size(&key.value(input)?)?),
                "max_count" => found.max_count = Some(count(&key.value(input)?)?),
                _ => {
                    let kinds = key.list::<LitStr>(input)?;
                    found.accept = kinds.iter().map(kind).collect::<syn::Result<_>>()?;
                }
            }
            Ok(())
        });
        found
    }

    /// The limits as the runtime has them.
    pub(super) fn expand(&self) -> TokenStream {
        let rt = paths::runtime();
        let limits = quote!(#rt::upload::UploadLimits);
        let accept = &self.accept;
        let size = self
            .max_size
            .map_or_else(|| quote!(#limits::DEFAULT.max_size), |size| quote!(#size));
        let count = self.max_count.map_or_else(
            || quote!(#limits::DEFAULT.max_count),
            |count| quote!(#count),
        );
        quote! {
            #limits {
                max_size: #size,
                max_count: #count,
                accept: &[#(#accept),*],
            }
        }
    }
}

/// `"10MB"`, `"512 KiB"`, `4096`.
fn size(value: &Lit) -> syn::Result<u64> {
    let wrong = || {
        let text = "write a size: a number of bytes, or a text such as `\"10MB\"`, `\"500kB\"` or `\"2GB\"`";
        syn::Error::new(value.span(), text)
    };
    let bytes = match value {
        Lit::Int(number) => number.base10_parse().ok(),
        Lit::Str(text) => bytes(&text.value()),
        _ => None,
    };
    bytes.filter(|bytes| *bytes > 0).ok_or_else(wrong)
}

fn bytes(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = text.find(|sign: char| !sign.is_ascii_digit());
    let (number, unit) = text.split_at(digits.unwrap_or(text.len()));
    let unit: u64 = match unit.trim() {
        "" | "B" => 1,
        "kB" | "KB" => 1_000,
        "MB" => 1_000_000,
        "GB" => 1_000_000_000,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(unit)
}

fn count(value: &LitInt) -> syn::Result<usize> {
    let count = value.base10_parse()?;
    if count == 0 {
        let text = "an upload takes at least one file";
        return Err(syn::Error::new(value.span(), text));
    }
    Ok(count)
}

/// `image/*`, `application/pdf`, `.pdf`.
fn kind(text: &LitStr) -> syn::Result<String> {
    let kind = text.value();
    let is_ending = kind
        .strip_prefix('.')
        .is_some_and(|ending| !ending.is_empty() && !ending.contains(['.', '/']));
    let is_type = kind
        .split_once('/')
        .is_some_and(|(group, name)| !group.is_empty() && !group.contains('*') && !name.is_empty());
    if is_ending || is_type {
        return Ok(kind);
    }
    let text_of_error = "write a type such as `\"image/*\"` or `\"application/pdf\"`, or an ending such as `\".pdf\"`";
    Err(syn::Error::new(text.span(), text_of_error))
}
