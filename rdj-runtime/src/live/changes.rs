//! The bus of changed rows: in the process, bounded by the number of tables.

use std::{
    borrow::Cow,
    collections::HashMap,
    fmt,
    panic::AssertUnwindSafe,
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, Weak},
};

use crate::bridge::panic_text;

/// What happened to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChangeKind {
    /// It was inserted.
    Created,
    /// Its columns changed.
    Updated,
    /// It was deleted.
    Deleted,
}

/// One row, or many rows of one table, that a committed transaction changed.
///
/// It names rows and carries none: whoever hears of a change reads the rows with the rights of whom
/// they are for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RowChange {
    /// The table's name in the database.
    pub table: Cow<'static, str>,
    /// The key as JSON text, as it stands in events: `5`, `"a"`, `[1,2]`; none for many rows.
    pub key: Option<String>,
    /// What happened.
    pub kind: ChangeKind,
}

impl RowChange {
    /// A change of one row.
    #[must_use]
    pub fn new(table: impl Into<Cow<'static, str>>, key: String, kind: ChangeKind) -> Self {
        Self {
            table: table.into(),
            key: Some(key),
            kind,
        }
    }

    /// A change of rows that are not named, such as that of a statement over many.
    #[must_use]
    pub fn many(table: impl Into<Cow<'static, str>>, kind: ChangeKind) -> Self {
        Self {
            table: table.into(),
            key: None,
            kind,
        }
    }
}

type Listener = Arc<dyn Fn(&[RowChange]) + Send + Sync>;

/// Where changed rows are told; every application has one as a resource.
///
/// Transactions publish by themselves what was collected during them, after their commit. Open pages
/// listen for the tables that they show. Nothing is queued: for each table the bus keeps the number
/// of its last change, and a page compares that with the number at which it read its rows.
///
/// ```
/// use rdj_runtime::live::{ChangeKind, Changes, RowChange};
///
/// let changes = Changes::default();
/// let heard = changes.subscribe("note", |rows| println!("{rows:?}"));
/// changes.publish([RowChange::new("note", "5".to_owned(), ChangeKind::Updated)]);
/// assert_eq!(changes.subscribers("note"), 1);
/// drop(heard);
/// assert_eq!(changes.subscribers("note"), 0);
/// ```
#[derive(Clone, Default)]
pub struct Changes(Arc<RwLock<Bus>>);

#[derive(Default)]
struct Bus {
    /// The number of the last publication.
    position: u64,
    /// The number of the last subscription.
    last_id: u64,
    tables: HashMap<Cow<'static, str>, Table>,
}

#[derive(Default)]
struct Table {
    /// The publication that changed it last; kept without listeners too, for pages that wait for
    /// their browser.
    changed_at: u64,
    listeners: HashMap<u64, Listener>,
}

impl Changes {
    /// Tells changes that are committed, such as those of another node; each listener is called once
    /// for each of its tables.
    pub fn publish(&self, changes: impl IntoIterator<Item = RowChange>) {
        let mut changes: Vec<RowChange> = changes.into_iter().collect();
        if changes.is_empty() {
            return;
        }
        // stable: the changes of one table stay in their order
        changes.sort_by(|a, b| a.table.cmp(&b.table));
        for (listeners, rows) in self.enter(&changes) {
            for listener in listeners {
                let call = AssertUnwindSafe(|| listener(rows));
                if let Err(panic) = std::panic::catch_unwind(call) {
                    let panic = panic_text(&*panic);
                    tracing::error!(panic, "a listener of changed rows panicked");
                }
            }
        }
    }

    /// Notes the changes; returns whom to tell of which, outside of the lock.
    fn enter<'a>(&self, changes: &'a [RowChange]) -> Vec<(Vec<Listener>, &'a [RowChange])> {
        let mut bus = self.write();
        bus.position += 1;
        let position = bus.position;
        let by_table = changes.chunk_by(|a, b| a.table == b.table);
        let told = by_table.filter_map(|rows| {
            let table = bus.tables.entry(rows.first()?.table.clone()).or_default();
            table.changed_at = position;
            Some((table.listeners.values().cloned().collect(), rows))
        });
        told.collect()
    }

    /// Calls `listener` with the changes of a table for as long as the subscription lives, on the
    /// thread that publishes them: it must be quick.
    #[must_use = "dropped, the subscription ends"]
    pub fn subscribe(
        &self,
        table: impl Into<Cow<'static, str>>,
        listener: impl Fn(&[RowChange]) + Send + Sync + 'static,
    ) -> Subscription {
        self.subscribe_all([table.into()], listener)
    }

    /// As [`Changes::subscribe`], for several tables.
    #[must_use = "dropped, the subscription ends"]
    pub fn subscribe_all(
        &self,
        tables: impl IntoIterator<Item = Cow<'static, str>>,
        listener: impl Fn(&[RowChange]) + Send + Sync + 'static,
    ) -> Subscription {
        let listener: Listener = Arc::new(listener);
        let tables: Box<[_]> = tables.into_iter().collect();
        let mut bus = self.write();
        bus.last_id += 1;
        let id = bus.last_id;
        for table in &tables {
            let table = bus.tables.entry(table.clone()).or_default();
            table.listeners.insert(id, Arc::clone(&listener));
        }
        Subscription {
            bus: Arc::downgrade(&self.0),
            id,
            tables,
        }
    }

    /// How many listeners a table has: one for each open page that shows it, and those of server code.
    #[must_use]
    pub fn subscribers(&self, table: &str) -> usize {
        let bus = self.read();
        bus.tables.get(table).map_or(0, |it| it.listeners.len())
    }

    /// The number of the last publication: whoever notes it **before** reading rows has seen all
    /// changes up to it.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.read().position
    }

    /// The number of the last publication that changed one of these tables; 0 if none did.
    #[must_use]
    pub fn changed_at<'a>(&self, tables: impl IntoIterator<Item = &'a str>) -> u64 {
        let bus = self.read();
        let found = tables.into_iter().filter_map(|name| bus.tables.get(name));
        found.map(|table| table.changed_at).max().unwrap_or(0)
    }

    fn read(&self) -> RwLockReadGuard<'_, Bus> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Bus> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bus = self.read();
        f.debug_struct("Changes")
            .field("position", &bus.position)
            .field("tables", &bus.tables.len())
            .finish()
    }
}

/// A listener of [`Changes`], which ends when this is dropped.
#[must_use = "dropped, the subscription ends"]
pub struct Subscription {
    bus: Weak<RwLock<Bus>>,
    id: u64,
    tables: Box<[Cow<'static, str>]>,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let Some(bus) = self.bus.upgrade() else {
            return;
        };
        let mut bus = bus.write().unwrap_or_else(PoisonError::into_inner);
        for name in &self.tables {
            if let Some(table) = bus.tables.get_mut(name) {
                table.listeners.remove(&self.id);
            }
        }
    }
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Subscription").field(&self.tables).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    fn note(key: &str, kind: ChangeKind) -> RowChange {
        RowChange::new("note", key.to_owned(), kind)
    }

    #[test]
    fn c088_created_updated_and_deleted_are_told_with_the_key() {
        let changes = Changes::default();
        let heard = Arc::<Mutex<Vec<RowChange>>>::default();
        let into = Arc::clone(&heard);
        let _listening = changes.subscribe("note", move |rows| {
            into.lock().unwrap().extend_from_slice(rows);
        });
        let all = [
            note("1", ChangeKind::Created),
            note("1", ChangeKind::Updated),
            note("1", ChangeKind::Deleted),
        ];
        changes.publish(all.clone());
        assert_eq!(*heard.lock().unwrap(), all);
    }

    #[test]
    fn c089_only_listeners_of_the_table_hear_are_counted_and_end() {
        let changes = Changes::default();
        let heard = Arc::<Mutex<Vec<usize>>>::default();
        let listen = |table: &'static str| {
            let into = Arc::clone(&heard);
            changes.subscribe(table, move |rows| into.lock().unwrap().push(rows.len()))
        };
        let (first, other, second) = (listen("note"), listen("tag"), listen("note"));
        assert_eq!(changes.subscribers("note"), 2);
        changes.publish([
            note("1", ChangeKind::Created),
            note("2", ChangeKind::Created),
        ]);
        assert_eq!(*heard.lock().unwrap(), [2, 2]);
        drop(first);
        assert_eq!(changes.subscribers("note"), 1);
        changes.publish([RowChange::many("tag", ChangeKind::Deleted)]);
        assert_eq!(*heard.lock().unwrap(), [2, 2, 1]);
        drop((second, other));
        assert_eq!(
            (changes.subscribers("note"), changes.subscribers("tag")),
            (0, 0)
        );
        assert_eq!(changes.position(), 2);
        assert_eq!(changes.changed_at(["note"]), 1);
        assert_eq!(changes.changed_at(["note", "tag"]), 2);
        assert_eq!(changes.changed_at(["nothing"]), 0);
    }

    #[test]
    fn a_listener_that_panics_stops_nobody() {
        let changes = Changes::default();
        let heard = Arc::<Mutex<u32>>::default();
        let panics: [Subscription; 2] =
            std::array::from_fn(|_| changes.subscribe("note", |_| panic!("of the test")));
        let into = Arc::clone(&heard);
        let counts = changes.subscribe("note", move |_| *into.lock().unwrap() += 1);
        changes.publish([note("1", ChangeKind::Created)]);
        assert_eq!(*heard.lock().unwrap(), 1);
        drop((panics, counts));
    }
}
