//! Attributes of items.

use syn::{Attribute, Field, Fields, ItemStruct};

/// Takes the attributes with one of these names out.
pub(crate) fn take_attributes(attrs: &mut Vec<Attribute>, names: &[&str]) -> Vec<Attribute> {
    let is_ours = |attr: &Attribute| names.iter().any(|name| attr.path().is_ident(name));
    let (ours, others) = attrs.drain(..).partition(is_ours);
    *attrs = others;
    ours
}

/// The attributes with this name, such as `cfg` or `doc`.
pub(crate) fn attributes<'a>(
    attrs: &'a [Attribute],
    name: &'a str,
) -> impl Iterator<Item = &'a Attribute> + Clone {
    attrs.iter().filter(move |attr| attr.path().is_ident(name))
}

/// Takes the attributes with one of these names off all fields.
pub(crate) fn strip_fields(item: &mut ItemStruct, names: &[&str]) {
    for field in &mut item.fields {
        take_attributes(&mut field.attrs, names);
    }
}

/// The named fields of a struct; none for `struct Name;`.
///
/// # Errors
///
/// The struct is a tuple struct.
pub(crate) fn named_fields(item: &ItemStruct) -> Result<Vec<&Field>, &syn::FieldsUnnamed> {
    match &item.fields {
        Fields::Named(fields) => Ok(fields.named.iter().collect()),
        Fields::Unit => Ok(Vec::new()),
        Fields::Unnamed(fields) => Err(fields),
    }
}
