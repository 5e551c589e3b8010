//! What `#[derive(Model)]` reads of a model.

use std::collections::BTreeMap;

use syn::{
    DeriveInput, Field, Ident, Path, Token, Visibility, ext::IdentExt, punctuated::Punctuated,
};

use super::{
    columns::Column,
    parse::{self, Choice},
};
use crate::common::{
    diagnostic::{Errors, list, nearest},
    ident,
    order::Order,
};

/// A model.
pub(super) struct Model {
    pub(super) ident: Ident,
    pub(super) vis: Visibility,
    pub(super) name: String,
    pub(super) label: String,
    pub(super) label_plural: String,
    pub(super) columns: Vec<Column>,
    /// Which column is shown for a row.
    pub(super) display: usize,
    /// The application that the model belongs to, in the names of permissions.
    pub(super) app_label: String,
    /// The model's name there; that of its module where it is not given.
    pub(super) own_name: Option<String>,
    /// The columns whose values together are in one row only.
    pub(super) unique_together: Vec<Vec<String>>,
    /// Permissions beside those of every model.
    pub(super) permissions: Vec<Choice>,
    /// The function that checks a row before it is written.
    pub(super) clean: Option<Path>,
    /// Whether SeaORM makes a `ModelEx` too, whose relations are fields.
    pub(super) has_relations: bool,
    /// The order of lists that declare none.
    pub(super) ordering: Vec<Order>,
    /// Whether writes of rows are recorded.
    pub(super) history: bool,
}

/// Reads the struct and its attributes.
pub(super) fn lower(
    item: &DeriveInput,
    fields: &Punctuated<Field, Token![,]>,
    errors: &mut Errors,
) -> Option<Model> {
    let options = parse::model(&item.attrs, errors);
    let columns: Vec<Column> = fields
        .iter()
        .filter_map(|field| Column::read(field, errors))
        .collect();
    if !columns.iter().any(|column| column.primary_key) {
        errors.at(
            &item.ident,
            "a model needs a primary key: mark a field with `#[sea_orm(primary_key)]`",
        );
        return None;
    }
    let display = display(options.display.as_ref(), &columns, errors);
    let ordering = ordering(options.ordering, &columns, errors);
    let unique_together = unique_together(&options.unique_together, &columns, errors);
    let name = options.table.unwrap_or_else(|| "row".to_owned());
    let label = options
        .label
        .map_or_else(|| ident::words(&name), |label| label.value());
    Some(Model {
        ident: item.ident.clone(),
        vis: item.vis.clone(),
        name,
        label_plural: options
            .label_plural
            .map_or_else(|| ident::plural(&label), |label| label.value()),
        label,
        columns,
        unique_together,
        display,
        app_label: options
            .app_label
            .map_or_else(package, |label| label.value()),
        own_name: options.name.map(|name| name.value()),
        permissions: options.permissions,
        clean: options.clean,
        has_relations: parse::has_flag(&item.attrs, "model_ex"),
        ordering,
        history: options.history,
    })
}

/// The name of the package that is compiled, as a name in Rust.
fn package() -> String {
    let name = std::env::var("CARGO_PKG_NAME").unwrap_or_default();
    name.replace('-', "_")
}

/// The column named by `display`, else the first text, else the key.
fn display(wanted: Option<&Ident>, columns: &[Column], errors: &mut Errors) -> usize {
    let Some(wanted) = wanted else {
        let text = columns
            .iter()
            .position(|column| column.is("String") && !column.primary_key);
        return text
            .or_else(|| columns.iter().position(|column| column.primary_key))
            .unwrap_or(0);
    };
    position(wanted, columns, errors).unwrap_or(0)
}

/// The place of a column that the user names.
fn position(wanted: &Ident, columns: &[Column], errors: &mut Errors) -> Option<usize> {
    let name = wanted.unraw().to_string();
    let found = columns.iter().position(|column| column.name == name);
    if found.is_none() {
        let names = || columns.iter().map(|column| column.name.as_str());
        let hint = match nearest(&name, names()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("the columns are {}", list(names())),
        };
        errors.at(wanted, format!("there is no column `{name}`: {hint}"));
    }
    found
}

/// What `unique_together(..)` names, and the columns of each `unique_key` of SeaORM.
fn unique_together(
    named: &[Vec<Ident>],
    columns: &[Column],
    errors: &mut Errors,
) -> Vec<Vec<String>> {
    let mut sets = Vec::new();
    for idents in named {
        let found = idents
            .iter()
            .filter_map(|ident| position(ident, columns, errors));
        sets.push(found.map(|at| columns[at].name.clone()).collect());
    }
    let mut keys: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for column in columns {
        if let Some(key) = &column.unique_key {
            keys.entry(key).or_default().push(column.name.clone());
        }
    }
    sets.extend(keys.into_values());
    sets
}

/// The order, without columns that do not exist.
fn ordering(orders: Vec<Order>, columns: &[Column], errors: &mut Errors) -> Vec<Order> {
    let exists = |order: &Order| position(&order.field, columns, errors).is_some();
    orders.into_iter().filter(exists).collect()
}
