//! The text of `#[serializer(..)]` on a struct and its fields.

use syn::{Attribute, Ident, LitStr, Path, ext::IdentExt, parse::Parse, parse::ParseStream};

use super::format;
use crate::common::{
    diagnostic::Errors,
    item::attributes,
    keyed::{Known, attribute_options},
};

const STRUCT: &[Known] = &[
    Known {
        key: "model",
        usage: "model = note::Entity",
    },
    Known {
        key: "fields",
        usage: "fields(title, content)",
    },
    Known {
        key: "exclude",
        usage: "exclude(content)",
    },
    Known {
        key: "read_only",
        usage: "read_only(slug)",
    },
    Known {
        key: "date_format",
        usage: "date_format = \"%d.%m.%Y\"",
    },
    Known {
        key: "datetime_format",
        usage: "datetime_format = \"%d.%m.%Y %H:%M\"",
    },
];

const FIELD: &[Known] = &[
    Known {
        key: "column",
        usage: "column = user_id",
    },
    Known {
        key: "compute",
        usage: "compute = word_count",
    },
    Known {
        key: "nested",
        usage: "nested = album_id",
    },
];

/// The options of the struct.
#[derive(Default)]
pub(super) struct Options {
    pub(super) model: Option<Path>,
    pub(super) fields: Option<Vec<Ident>>,
    pub(super) exclude: Option<Vec<Ident>>,
    pub(super) read_only: Vec<Ident>,
    pub(super) date_format: Option<LitStr>,
    pub(super) datetime_format: Option<LitStr>,
}

/// The options of a field.
#[derive(Default)]
pub(super) struct FieldOptions {
    pub(super) column: Option<Ident>,
    pub(super) compute: Option<Path>,
    pub(super) nested: Option<Path>,
}

impl FieldOptions {
    /// The keys that were given.
    pub(super) fn given(&self) -> Vec<&'static str> {
        let all = [
            ("column", self.column.is_some()),
            ("compute", self.compute.is_some()),
            ("nested", self.nested.is_some()),
        ];
        let given = all.into_iter().filter(|(_, given)| *given);
        given.map(|(key, _)| key).collect()
    }
}

/// A field's name, also a keyword.
struct Name(Ident);

impl Parse for Name {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.call(Ident::parse_any).map(Self)
    }
}

fn names(names: Vec<Name>) -> Vec<Ident> {
    names.into_iter().map(|name| name.0).collect()
}

/// Reads the attributes of the struct.
pub(super) fn options(attrs: &[Attribute], errors: &mut Errors) -> Options {
    let mut found = Options::default();
    for attr in attributes(attrs, "serializer") {
        attribute_options("#[serializer]", STRUCT, attr, errors, |key, input| {
            match key.name {
                "model" => found.model = Some(key.value_with(input, Path::parse_mod_style)?),
                "fields" => found.fields = Some(names(key.list(input)?)),
                "exclude" => found.exclude = Some(names(key.list(input)?)),
                "read_only" => found.read_only = names(key.list(input)?),
                "date_format" => {
                    let text = key.value(input)?;
                    format::check(&text, true)?;
                    found.date_format = Some(text);
                }
                _ => {
                    let text = key.value(input)?;
                    format::check(&text, false)?;
                    found.datetime_format = Some(text);
                }
            }
            Ok(())
        });
    }
    found
}

/// Reads the attributes of a field.
pub(super) fn field(attrs: &[Attribute], errors: &mut Errors) -> FieldOptions {
    let mut found = FieldOptions::default();
    for attr in attributes(attrs, "serializer") {
        attribute_options("#[serializer]", FIELD, attr, errors, |key, input| {
            match key.name {
                "column" => found.column = Some(key.value_with(input, Ident::parse_any)?),
                "compute" => found.compute = Some(key.value_with(input, Path::parse_mod_style)?),
                _ => found.nested = Some(key.value_with(input, Path::parse_mod_style)?),
            }
            Ok(())
        });
    }
    found
}
