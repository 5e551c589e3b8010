//! What a request names: its event and the parameters of its address.

use crate::{
    error::{Error, Result},
    form::Entries,
};

/// `notes.delete(5)` as name and JSON array.
pub(super) fn split_event(text: &str) -> (&str, String) {
    match text.split_once('(') {
        Some((name, args)) => (
            name,
            format!("[{}]", args.strip_suffix(')').unwrap_or(args)),
        ),
        None => (text, "[]".to_owned()),
    }
}

/// The parameter `name` of an address.
pub(super) fn parameter(address: &http::Uri, name: &str) -> Result<Option<String>> {
    let query = address.query().unwrap_or_default();
    let mut entries =
        Entries::parse(query.as_bytes()).map_err(|error| Error::BadArguments(error.to_string()))?;
    Ok(entries.take(name))
}
