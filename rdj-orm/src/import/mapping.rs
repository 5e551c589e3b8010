//! Which column of a file is which field.

use csv::StringRecord;
use rdj_runtime::{
    Error, Result,
    i18n::{text, text_with},
};
use serde_json::Value;

use crate::{
    field::FieldMeta,
    model::CrudModel,
    state::{FieldDef, Key, ModelState},
    words,
};

/// The columns of a file.
pub(super) struct Mapping<S: ModelState> {
    /// The fields of the form with their places in a record.
    pub(super) fields: Vec<(usize, &'static FieldDef<S>)>,
    /// The columns of the key with their places; none unless all are there.
    keys: Vec<(usize, &'static FieldMeta)>,
    /// How many columns there are.
    pub(super) width: usize,
    /// The headings that are not read.
    pub(super) ignored: Vec<String>,
}

impl<S: ModelState> Mapping<S> {
    /// Reads the headings.
    pub(super) fn new(headings: &StringRecord) -> Result<Self> {
        let mut found = Self {
            fields: Vec::new(),
            keys: Vec::new(),
            width: headings.len(),
            ignored: Vec::new(),
        };
        for (at, heading) in headings.iter().enumerate() {
            let heading = heading.trim();
            let key = keys::<S>().find(|meta| is_named::<S>(meta, heading));
            let field = S::FIELDS
                .iter()
                .find(|field| !field.is_file() && is_named::<S>(&field.meta, heading));
            let twice = found
                .keys
                .iter()
                .any(|(_, own)| Some(own.name) == key.map(|key| key.name))
                || found
                    .fields
                    .iter()
                    .any(|(_, own)| Some(own.meta.name) == field.map(|field| field.meta.name));
            if twice {
                let args = [("column", heading.to_owned().into())];
                return Err(Error::invalid(text_with("rdj-import-twice", &args)));
            }
            if let Some(key) = key {
                found.keys.push((at, key));
            }
            if let Some(field) = field {
                found.fields.push((at, field));
            }
            if key.is_none() && field.is_none() {
                found.ignored.push(heading.to_owned());
            }
        }
        if found.fields.is_empty() {
            return Err(Error::invalid(text("rdj-import-no-columns")));
        }
        if found.keys.len() < keys::<S>().count() {
            found.keys.clear();
        }
        Ok(found)
    }

    /// The key of a record; none where its cells are empty.
    ///
    /// # Errors
    ///
    /// The cells are no key; the name of the first column of the key.
    pub(super) fn key(&self, record: &StringRecord) -> Result<Option<Key<S>>, &'static str> {
        let cells = || {
            self.keys
                .iter()
                .map(|(at, _)| record.get(*at).unwrap_or_default().trim())
        };
        if self.keys.is_empty() || cells().all(str::is_empty) {
            return Ok(None);
        }
        // in the order of the model, whatever that of the file is
        let mut values: Vec<Value> = keys::<S>()
            .filter_map(|meta| self.keys.iter().find(|(_, own)| own.name == meta.name))
            .map(|(at, meta)| value(meta, record.get(*at).unwrap_or_default().trim()))
            .collect();
        let value = match values.len() {
            1 => values.remove(0),
            _ => Value::Array(values),
        };
        serde_json::from_value(value)
            .map(Some)
            .map_err(|_| self.keys.first().map_or("", |(_, meta)| meta.name))
    }
}

/// The columns of the key.
fn keys<S: ModelState>() -> impl Iterator<Item = &'static FieldMeta> {
    S::Entity::FIELDS.iter().filter(|meta| meta.primary_key)
}

/// A part of a key as it stands in JSON.
fn value(meta: &FieldMeta, cell: &str) -> Value {
    use rdj_runtime::form::InputKind;
    match meta.kind {
        Some(InputKind::Integer) => serde_json::from_str(cell).unwrap_or_default(),
        _ => Value::String(cell.to_owned()),
    }
}

/// Whether a heading means a field: its name, or what the user calls it.
fn is_named<S: ModelState>(meta: &FieldMeta, heading: &str) -> bool {
    let heading = heading.to_lowercase();
    meta.name == heading || words::field::<S::Entity>(meta).to_lowercase() == heading
}
