//! What `#[derive(Serializer)]` declares.

use syn::{Data, DeriveInput, Fields, Ident, LitStr, Path, Type, ext::IdentExt};

use super::parse::{self, Options};
use crate::common::{
    diagnostic::{Errors, list, nearest},
    item::attributes,
};

/// A serializer.
pub(super) struct Serializer {
    pub(super) ident: Ident,
    /// `note::fields::__Entity`.
    pub(super) entity: Path,
    /// `note::fields`, from which all field types come.
    pub(super) module: Path,
    pub(super) read_only: Vec<Ident>,
    pub(super) date_format: Option<LitStr>,
    pub(super) datetime_format: Option<LitStr>,
    pub(super) rows: Rows,
}

/// What the rows are.
pub(super) enum Rows {
    /// The struct itself.
    Typed(Vec<RowField>),
    /// Names and values: all columns.
    All,
    /// Names and values of these columns.
    Only(Vec<Ident>),
    /// Names and values of all columns but these.
    Except(Vec<Ident>),
}

/// A field of a row.
pub(super) struct RowField {
    pub(super) ident: Ident,
    pub(super) name: String,
    pub(super) ty: Type,
    pub(super) from: From,
}

/// Where a field comes from.
pub(super) enum From {
    /// A column.
    Column(Ident),
    /// The keys of a many-to-many relation, or a column that holds a list.
    Keys(Ident),
    /// A function of the model.
    Computed(Path),
    /// The row that a foreign key of the model refers to.
    Parent {
        key: Path,
        row: Type,
        optional: bool,
    },
    /// The rows whose foreign key refers to the model.
    Children { key: Path, row: Type },
}

/// Reads the struct and its attributes.
pub(super) fn lower(item: &DeriveInput, errors: &mut Errors) -> Option<Serializer> {
    let options = parse::options(&item.attrs, errors);
    let Data::Struct(data) = &item.data else {
        errors.at(
            &item.ident,
            "`rdj::Serializer` goes on a struct: its fields are those of the rows",
        );
        return None;
    };
    if !item.generics.params.is_empty() {
        errors.at(
            &item.generics,
            "a serializer has no generic parameters: it is of one model",
        );
        return None;
    }
    let paths = paths(&options, &item.ident, errors);
    let rows = match &data.fields {
        Fields::Named(fields) => {
            refuse_columns(&options, errors);
            let fields = fields.named.iter();
            let read: Vec<_> = fields.map(|field| row_field(field, errors)).collect();
            // a row without one of them would be a mistake of its own
            Rows::Typed(read.into_iter().collect::<Option<_>>()?)
        }
        Fields::Unit => columns(&options, errors),
        Fields::Unnamed(fields) => {
            let text = "name the fields: a field has the name of its column, as `title: String`";
            errors.at(fields, text);
            return None;
        }
    };
    if let Rows::Typed(fields) = &rows {
        check_read_only(&options, fields, errors);
    }
    let (entity, module) = paths?;
    Some(Serializer {
        ident: item.ident.clone(),
        entity,
        module,
        read_only: options.read_only,
        date_format: options.date_format,
        datetime_format: options.datetime_format,
        rows,
    })
}

/// `note::fields::__Entity` and `note::fields`, with the span of the user's `Entity`.
fn paths(options: &Options, ident: &Ident, errors: &mut Errors) -> Option<(Path, Path)> {
    let Some(named) = &options.model else {
        let text = "name the model: `#[serializer(model = note::Entity)]`";
        errors.at(ident, text);
        return None;
    };
    let mut module = named.clone();
    let last = module.segments.last_mut()?;
    if named.segments.len() < 2 || last.ident != "Entity" {
        let text =
            "write the model as `<module>::Entity`: the fields are found in `<module>::fields`";
        errors.at(named, text);
        return None;
    }
    let span = last.ident.span();
    last.ident = Ident::new("fields", span);
    let mut entity = module.clone();
    entity.segments.push(Ident::new("__Entity", span).into());
    Some((entity, module))
}

/// A struct with fields says by them which columns it has.
fn refuse_columns(options: &Options, errors: &mut Errors) {
    if let Some(first) = options.fields.iter().flatten().next() {
        let text = "the fields of the struct are those of the rows: take `fields(..)` away, or the \
                    fields of the struct";
        errors.at(first, text);
    }
    if let Some(first) = options.exclude.iter().flatten().next() {
        let text = "a row has the fields of the struct: leave the field out there, and take \
                    `exclude(..)` away";
        errors.at(first, text);
    }
}

fn columns(options: &Options, errors: &mut Errors) -> Rows {
    match (&options.fields, &options.exclude) {
        (Some(_), Some(exclude)) => {
            if let Some(first) = exclude.first() {
                let text = "`fields(..)` says already which columns there are: keep one of the two";
                errors.at(first, text);
            }
            Rows::All
        }
        (Some(fields), None) => {
            twice(fields, errors);
            Rows::Only(fields.clone())
        }
        (None, Some(exclude)) => {
            twice(exclude, errors);
            Rows::Except(exclude.clone())
        }
        (None, None) => Rows::All,
    }
}

fn twice(names: &[Ident], errors: &mut Errors) {
    for (at, name) in names.iter().enumerate() {
        if names[..at].contains(name) {
            errors.at(name, format!("`{}` is given twice", name.unraw()));
        }
    }
}

/// Names of `read_only(..)` are fields of the row.
fn check_read_only(options: &Options, fields: &[RowField], errors: &mut Errors) {
    for name in &options.read_only {
        let text = name.unraw().to_string();
        let names = || fields.iter().map(|field| field.name.as_str());
        if names().any(|own| own == text) {
            continue;
        }
        let hint = match nearest(&text, names()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("the fields are {}", list(names())),
        };
        errors.at(name, format!("the row has no field `{text}`: {hint}"));
    }
}

fn row_field(field: &syn::Field, errors: &mut Errors) -> Option<RowField> {
    let ident = field.ident.clone()?;
    let options = parse::field(&field.attrs, errors);
    if let [first, second, ..] = options.given().as_slice() {
        let attr = attributes(&field.attrs, "serializer").next()?;
        let text = format!("a field is one of `{first}` and `{second}`: keep one of the two");
        errors.at(attr, text);
        return None;
    }
    let from = match (options.compute, options.nested) {
        (Some(path), _) => From::Computed(path),
        (None, Some(key)) => nested(key, &field.ty),
        (None, None) => {
            let name = options.column.unwrap_or_else(|| ident.clone());
            if is_list(&field.ty) {
                From::Keys(name)
            } else {
                From::Column(name)
            }
        }
    };
    Some(RowField {
        name: ident.unraw().to_string(),
        ident,
        ty: field.ty.clone(),
        from,
    })
}

/// Whether the type is a list of values, and not of bytes.
fn is_list(ty: &Type) -> bool {
    let Some(Type::Path(inside)) = crate::model::argument(ty, "Vec") else {
        return false;
    };
    !inside.path.is_ident("u8")
}

/// One row, perhaps one, or several: as the type says.
fn nested(key: Path, ty: &Type) -> From {
    if let Some(row) = crate::model::argument(ty, "Vec") {
        return From::Children {
            key,
            row: row.clone(),
        };
    }
    let inside = crate::model::argument(ty, "Option");
    From::Parent {
        key,
        row: inside.unwrap_or(ty).clone(),
        optional: inside.is_some(),
    }
}
