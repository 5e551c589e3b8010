//! `export`, `import`, `serializer` and `history`: rows as files and back, and what became of them.

use syn::{Ident, Path, Token, parse::ParseStream};

use super::{Options, names};
use crate::common::{diagnostic::Errors, keyed::Key};

/// One option under both of its names.
const TWICE: &str = "`serializer_class` is another name of `serializer`: keep one of the two";

/// Reads an option of files and of the history; false for any other.
pub(super) fn option(
    name: &str,
    key: &Key,
    input: ParseStream<'_>,
    found: &mut Options,
) -> syn::Result<bool> {
    match name {
        "export" => found.export = Some(columns(key, input)?),
        "export_formulas" => {
            key.flag(input)?;
            found.export_formulas = Some(key.span());
        }
        "import" => {
            key.flag(input)?;
            found.import = Some(key.span());
        }
        "history" => {
            key.flag(input)?;
            found.history = Some(key.span());
        }
        "serializer" | "serializer_class" => {
            let serializer = key.value_with(input, Path::parse_mod_style)?;
            if found.serializer.replace(serializer).is_some() {
                return Err(syn::Error::new(key.span(), TWICE));
            }
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// `export` for the key and what is shown, or `export(title, content)`.
fn columns(key: &Key, input: ParseStream<'_>) -> syn::Result<Vec<Ident>> {
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
