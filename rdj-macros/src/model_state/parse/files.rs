//! `export` and `import`: rows as files, and files as rows.

use syn::{Ident, Token, parse::ParseStream};

use super::{Options, names};
use crate::common::{diagnostic::Errors, keyed::Key};

/// One option under both of its names.
pub(super) const TWICE: &str =
    "`serializer_class` is another name of `serializer`: keep one of the two";

/// `export` for the key and what is shown, or `export(title, content)`.
pub(super) fn columns(key: &Key, input: ParseStream<'_>) -> syn::Result<Vec<Ident>> {
    if input.is_empty() || input.peek(Token![,]) {
        return Ok(Vec::new());
    }
    let columns = names(key, input)?;
    if columns.is_empty() {
        return Err(key.wrong(key.span()));
    }
    for (at, column) in columns.iter().enumerate() {
        if columns[..at].contains(column) {
            let text = format!("`{column}` is given twice");
            return Err(syn::Error::new(column.span(), text));
        }
    }
    Ok(columns)
}

/// A file is made of a list, and read into forms.
pub(super) fn check(found: &Options, errors: &mut Errors) {
    if let Some(span) = found.import
        && !found.actions.save()
    {
        errors.span(
            span,
            "an import makes and changes rows: add `create` or `update` to `actions(..)`",
        );
    }
    if let Some(span) = found.history
        && !found.actions.update
    {
        errors.span(
            span,
            "a history is of a row that is edited: add `update` to `actions(..)`",
        );
    }
    if let Some(span) = found.export_formulas
        && found.export.is_none()
    {
        errors.span(span, "nothing is exported here: add `export`");
    }
    if let Some(column) = found.export.iter().flatten().next()
        && !found.actions.list
    {
        errors.at(
            column,
            "an export is a list in a file: add `list` to `actions(..)`",
        );
    }
}
