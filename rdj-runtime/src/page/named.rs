//! What a request names: its event and the parameters of its address.

use crate::{
    error::{Error, Result},
    form::Entries,
};

/// The file that a request wants in place of the page, such as `tracks.csv`.
pub(crate) const EXPORT_PARAM: &str = "_export";

/// The column whose content a request wants in place of the page, such as `documents.scan`.
pub(crate) const FILE_PARAM: &str = "_file";

/// The key of the row that has it.
pub(crate) const KEY_PARAM: &str = "_key";

/// The state that a posted file is for.
pub(crate) const IMPORT_PARAM: &str = "_import";

/// The file that an event has left for its browser.
pub(crate) const DOWNLOAD_PARAM: &str = "_download";

/// The open page that an upload is for.
pub(crate) const PAGE_PARAM: &str = "_page";

/// Says that the user was asked before the event.
pub(crate) const CONFIRMED_PARAM: &str = "_confirmed";

/// The name of the event in forms without JavaScript.
pub(crate) const EVENT_PARAM: &str = "_event";

/// The parameters of addresses that belong to the framework: no state reads them, and an address with one of
/// them may ask for something else than its page.
pub(crate) const OWN_PARAMS: [&str; 7] = [
    EVENT_PARAM,
    EXPORT_PARAM,
    IMPORT_PARAM,
    FILE_PARAM,
    KEY_PARAM,
    PAGE_PARAM,
    DOWNLOAD_PARAM,
];

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
