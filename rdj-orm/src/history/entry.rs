//! Entries of the history as values.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value as Json};

use super::Model;

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryAction {
    /// It was made, or made again.
    Create,
    /// It was changed.
    Update,
    /// It was deleted.
    Delete,
}

impl HistoryAction {
    /// The text in the table.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let all = [Self::Create, Self::Update, Self::Delete];
        all.into_iter().find(|action| action.as_str() == text)
    }
}

/// One write of a row.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct HistoryEntry {
    /// The key of the entry, for `undo_history`.
    pub id: i64,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// The id of the user; none where nobody was signed in.
    pub user_key: Option<String>,
    /// What the user was called at that time; empty for nobody.
    pub user_name: String,
    /// What became of the row.
    pub action: HistoryAction,
    /// The entry that this one undoes.
    pub undoes: Option<i64>,
    /// What changed, in the order of the model's columns.
    pub changes: Vec<Change>,
}

/// What became of one column, or of a many-to-many relation.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The name of the column or of the relation.
    pub column: String,
    /// The value before and after as JSON; nothing for a column whose values are not recorded. For a
    /// relation the keys that were taken away, and those that were added.
    pub values: Option<(Json, Json)>,
}

/// The keys that a write took away from a many-to-many relation, and those that it added.
pub(crate) type Links = (Vec<String>, Vec<String>);

/// The keys of a change of a relation.
pub(crate) fn links_of(change: &Change) -> Option<Links> {
    let keys = |json: &Json| -> Option<Vec<String>> {
        let keys = json.as_array()?.iter();
        keys.map(|key| key.as_str().map(ToOwned::to_owned))
            .collect()
    };
    let (removed, added) = change.values.as_ref()?;
    Some((keys(removed)?, keys(added)?))
}

impl HistoryEntry {
    /// Reads a row of the table; none for one that something else wrote.
    pub(super) fn read(row: Model, columns: &[&str]) -> Option<Self> {
        let changes: Map<String, Json> = serde_json::from_str(&row.changes).ok()?;
        let values = |json: Json| match json {
            Json::Array(values) => <[Json; 2]>::try_from(values).ok().map(|[a, b]| (a, b)),
            _ => None,
        };
        let mut changes: Vec<Change> = changes
            .into_iter()
            .map(|(column, json)| Change {
                column,
                values: values(json),
            })
            .collect();
        let place = |change: &Change| columns.iter().position(|name| *name == change.column);
        changes.sort_by_key(|change| place(change).unwrap_or(usize::MAX));
        Some(Self {
            id: row.id,
            at: row.at,
            user_key: row.user_key,
            user_name: row.user_name,
            action: HistoryAction::parse(&row.action)?,
            undoes: row.undoes,
            changes,
        })
    }

    /// Whether a row began with it.
    pub(super) fn is_birth(&self) -> bool {
        self.action == HistoryAction::Create && self.undoes.is_none()
    }
}
