//! The columns of a model.

use quote::format_ident;
use syn::{
    Field, GenericArgument, Ident, LitInt, LitStr, Path, PathArguments, Type, ext::IdentExt,
};

use super::parse::{self, Choice, Literal};
use crate::common::{diagnostic::Errors, guard::Guard, ident, item::attributes};

/// One column.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of a column"
)]
pub(super) struct Column {
    pub(super) ident: Ident,
    pub(super) name: String,
    pub(super) ty: Type,
    /// The variant of SeaORM's `Column`.
    pub(super) variant: Ident,
    pub(super) label: String,
    pub(super) help_text: String,
    pub(super) primary_key: bool,
    pub(super) nullable: bool,
    pub(super) unique: bool,
    pub(super) multiline: bool,
    pub(super) auto_increment: bool,
    pub(super) min_length: Option<u32>,
    pub(super) max_length: Option<u32>,
    pub(super) min: Option<Literal>,
    pub(super) max: Option<Literal>,
    pub(super) validate: Vec<Path>,
    /// The most bytes of a file.
    pub(super) max_size: Option<LitInt>,
    /// The types of files.
    pub(super) accept: Vec<LitStr>,
    pub(super) choices: Vec<Choice>,
    pub(super) default: Option<String>,
    pub(super) auto_now: bool,
    pub(super) auto_now_add: bool,
    /// Whether blanks around what is typed are taken away.
    pub(super) trim: bool,
    /// Whether it counts the updates of its row.
    pub(super) version: bool,
    /// Whether its values stay out of histories.
    pub(super) secret: bool,
    /// The name of the unique index of several columns that it is part of.
    pub(super) unique_key: Option<String>,
    /// Who may set it by a form.
    pub(super) guard: Guard,
}

/// What `#[sea_orm(..)]` says about a column.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of a column"
)]
#[derive(Default)]
struct SeaOrm {
    primary_key: bool,
    /// `auto_increment = false`.
    given_key: bool,
    unique: bool,
    unique_key: Option<String>,
    ignore: bool,
    enum_name: Option<String>,
    column_type: Option<String>,
    default: Option<String>,
}

impl Column {
    /// Reads a field; nothing for one that is no column.
    pub(super) fn read(field: &Field, errors: &mut Errors) -> Option<Self> {
        let ident = field.ident.clone()?;
        let options = parse::column(&field.attrs, errors);
        let sea_orm = sea_orm(field, errors);
        if sea_orm.ignore {
            return None;
        }
        let name = ident.unraw().to_string();
        let column_type = sea_orm.column_type.unwrap_or_default();
        let length = options
            .max_length
            .and_then(|length| errors.take(length.base10_parse()));
        let least = options
            .min_length
            .and_then(|length| errors.take(length.base10_parse()));
        let column = Self {
            variant: match sea_orm.enum_name {
                Some(variant) => format_ident!("{}", variant, span = ident.span()),
                None => format_ident!("{}", camel(&name), span = ident.span()),
            },
            label: options
                .label
                .map_or_else(|| label(&name), |label| label.value()),
            help_text: options
                .help_text
                .map(|text| text.value())
                .unwrap_or_default(),
            primary_key: sea_orm.primary_key,
            auto_increment: sea_orm.primary_key && !sea_orm.given_key && is_integer(&field.ty),
            min_length: least,
            min: options.min,
            max: options.max,
            validate: options.validate,
            nullable: argument(&field.ty, "Option").is_some(),
            unique: sea_orm.unique,
            multiline: column_type == "Text",
            max_length: length.or_else(|| string_length(&column_type)),
            max_size: options.max_size,
            accept: options.accept,
            choices: options.choices,
            default: options
                .default
                .map(|literal| literal.text)
                .or(sea_orm.default),
            auto_now: options.auto_now,
            auto_now_add: options.auto_now_add,
            trim: options.trim,
            version: options.version,
            secret: options.secret,
            unique_key: sea_orm.unique_key,
            guard: options.guard,
            ty: field.ty.clone(),
            name,
            ident,
        };
        column.check_rules(errors);
        column.check_files(errors);
        Some(column)
    }

    /// The type without `Option`.
    pub(super) fn inner(&self) -> &Type {
        argument(&self.ty, "Option").unwrap_or(&self.ty)
    }

    /// Whether a form can set it.
    pub(super) fn is_editable(&self) -> bool {
        !self.auto_now && !self.auto_now_add && !self.auto_increment
    }

    /// Whether it is `Vec<u8>`, also in an `Option`.
    pub(super) fn is_bytes(&self) -> bool {
        argument(self.inner(), "Vec").is_some_and(|item| name(item).as_deref() == Some("u8"))
    }

    /// Reports rules that do not fit the type.
    fn check_rules(&self, errors: &mut Errors) {
        let ty = name(self.inner()).unwrap_or_default();
        for limit in self.min.iter().chain(&self.max) {
            let fits = match ty.as_str() {
                "f32" | "f64" | "Decimal" => limit.text.parse::<f64>().is_ok(),
                _ if is_integer(self.inner()) => limit.text.parse::<i128>().is_ok(),
                _ => true,
            };
            if !fits {
                errors.span(limit.span, format!("`{}` is no `{ty}`", limit.text));
            }
        }
        if self.min_length.is_some() && ty != "String" {
            let text = "`min_length` is for texts: write `min = ..` for a number or a date";
            errors.at(&self.ident, text);
        }
    }

    /// Reports what is said of files where there are none, or wrongly.
    fn check_files(&self, errors: &mut Errors) {
        let (size, first) = (self.max_size.as_ref(), self.accept.first());
        if !self.is_bytes() {
            if let Some(size) = size {
                errors.at(size, "`max_size` is for files: the column is no `Vec<u8>`");
            }
            if let Some(first) = first {
                errors.at(first, "`accept` is for files: the column is no `Vec<u8>`");
            }
        }
        if let Some(size) = size
            && errors.take(size.base10_parse::<u32>()) == Some(0)
        {
            errors.at(
                size,
                "no file is that short: write the most bytes it may have",
            );
        }
        for accepted in &self.accept {
            let text = accepted.value();
            let (group, kind) = text.split_once('/').unwrap_or_default();
            if group.is_empty()
                || kind.is_empty()
                || group.contains('*')
                || text != text.to_lowercase()
            {
                let text = "write a type of content, such as `image/png`, or `image/*` for a group of them";
                errors.at(accepted, text);
            }
        }
    }

    /// Whether the type is `name`, by its last part.
    pub(super) fn is(&self, name: &str) -> bool {
        matches!(&self.ty, Type::Path(path)
            if path.path.segments.last().is_some_and(|last| last.ident == name))
    }
}

/// The last part of a type's path.
fn name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
        _ => None,
    }
}

fn is_integer(ty: &Type) -> bool {
    let integers = ["i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64"];
    name(ty).is_some_and(|name| integers.contains(&name.as_str()))
}

/// Reads what SeaORM is told. Of an option that stands twice it takes the last, and says nothing.
fn sea_orm(field: &Field, errors: &mut Errors) -> SeaOrm {
    let mut found = SeaOrm::default();
    let mut seen = Vec::new();
    for attr in attributes(&field.attrs, "sea_orm") {
        parse::sea_orm(attr, |meta| {
            let key = meta
                .path
                .get_ident()
                .map(Ident::to_string)
                .unwrap_or_default();
            if seen.contains(&key) {
                errors.at(&meta.path, format!("`{key}` is given twice"));
            }
            match key.as_str() {
                "primary_key" => found.primary_key = true,
                "auto_increment" => {
                    found.given_key = parse::literal_text(meta).as_deref() == Some("false");
                }
                "unique" => found.unique = true,
                "unique_key" => found.unique_key = parse::text(meta),
                "ignore" => found.ignore = true,
                "enum_name" => found.enum_name = parse::text(meta),
                "column_type" => found.column_type = parse::text(meta),
                "default_value" => found.default = parse::literal_text(meta),
                _ => {}
            }
            seen.push(key);
            Ok(())
        });
    }
    found
}

/// `160` of `String(StringLen::N(160))`.
fn string_length(column_type: &str) -> Option<u32> {
    let inside = column_type.strip_prefix("String(StringLen::N(")?;
    inside.strip_suffix("))")?.trim().parse().ok()
}

/// `T` of `Name<T>`.
pub(crate) fn argument<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    let last = path
        .path
        .segments
        .last()
        .filter(|last| last.ident == name)?;
    let PathArguments::AngleBracketed(args) = &last.arguments else {
        return None;
    };
    match args.args.first()? {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}

/// `CreatedAt` for `created_at`, as SeaORM names columns.
pub(super) fn camel(name: &str) -> String {
    let words = name.split('_').filter(|word| !word.is_empty());
    words
        .map(|word| word[..1].to_uppercase() + &word[1..])
        .collect()
}

/// `Created at` for `created_at`, `User` for `user_id`.
pub(super) fn label(name: &str) -> String {
    ident::words(name.strip_suffix("_id").unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::{camel, label, string_length};

    #[test]
    fn names() {
        assert_eq!(camel("created_at"), "CreatedAt");
        assert_eq!(label("created_at"), "Created at");
        assert_eq!(label("user_id"), "User");
        assert_eq!(label("id"), "Id");
    }

    #[test]
    fn lengths() {
        assert_eq!(string_length("String(StringLen::N(160))"), Some(160));
        assert_eq!(string_length("Text"), None);
    }
}
