//! What the layer keeps in a record beside the application's values.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::{Duration, OffsetDateTime};
use tower_sessions::{Expiry, session::Record};

/// The name of the layer's own value; the application never sees it.
const NAME: &str = "_rdj";

pub(super) type Data = HashMap<String, Value>;

/// The layer's own value of a record.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Meta {
    /// When its key was made, in seconds since 1970.
    created: i64,
    /// What [`tower_sessions::Session::set_expiry`] said, if it differs from the layer's setting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) expiry: Option<Expiry>,
}

impl Meta {
    /// Of a session that begins now.
    pub(super) fn new() -> Self {
        Self {
            created: OffsetDateTime::now_utc().unix_timestamp(),
            expiry: None,
        }
    }

    /// Of a record; a record of another layer begins now.
    pub(super) fn of(record: &Record) -> Self {
        let value = record.data.get(NAME).cloned();
        value
            .and_then(|value| serde_json::from_value(value).ok())
            .unwrap_or_else(Self::new)
    }

    /// When the session ends at the latest.
    pub(super) fn end(&self, absolute: Duration) -> OffsetDateTime {
        let created = OffsetDateTime::from_unix_timestamp(self.created);
        let created = created.unwrap_or(OffsetDateTime::UNIX_EPOCH);
        created.saturating_add(absolute)
    }

    /// Puts it into a record's values.
    pub(super) fn put(self, data: &mut Data) {
        if let Ok(value) = serde_json::to_value(self) {
            data.insert(NAME.to_owned(), value);
        }
    }

    /// The values without it.
    pub(super) fn strip(data: &mut Data) {
        data.remove(NAME);
    }
}

/// The stored values with the changes that led from `base` to `mine`.
pub(super) fn merge(base: &Data, mine: &Data, mut stored: Data) -> Data {
    for (name, value) in mine {
        if base.get(name) != Some(value) {
            stored.insert(name.clone(), value.clone());
        }
    }
    for name in base.keys().filter(|name| *name != NAME) {
        if !mine.contains_key(name) {
            stored.remove(name);
        }
    }
    stored
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(pairs: &[(&str, i32)]) -> Data {
        let pair = |(name, value): &(&str, i32)| ((*name).to_owned(), Value::from(*value));
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn keeps_what_others_wrote_and_applies_own_changes() {
        let base = data(&[("same", 1), ("changed", 1), ("removed", 1)]);
        let mine = data(&[("same", 1), ("changed", 2), ("added", 1)]);
        let stored = data(&[("same", 9), ("changed", 1), ("removed", 1), ("theirs", 1)]);
        assert_eq!(
            merge(&base, &mine, stored),
            data(&[("same", 9), ("changed", 2), ("added", 1), ("theirs", 1)])
        );
    }
}
