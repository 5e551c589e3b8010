//! What waits for the commit of a transaction: changed rows, and work of the application.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rdj_runtime::{
    Cx,
    live::{Changes, RowChange},
};

/// The most rows of one table that a transaction names; beyond that it tells that many changed.
const MAX_NAMED: usize = 1_000;

type Work = Box<dyn FnOnce() + Send>;

/// What a transaction has collected for the time after its commit.
#[derive(Default)]
pub(super) struct Collected {
    changes: Vec<RowChange>,
    named: HashMap<String, usize>,
    work: Vec<Work>,
}

impl Collected {
    fn change(&mut self, change: RowChange) {
        let named = self.named.entry(change.table.to_string()).or_default();
        *named += 1;
        if *named <= MAX_NAMED {
            self.changes.push(change);
            return;
        }
        let many = RowChange::many(change.table, change.kind);
        if *named == MAX_NAMED + 1 {
            self.changes.retain(|known| known.table != many.table);
        }
        if !self.changes.contains(&many) {
            self.changes.push(many);
        }
    }

    fn append(&mut self, inner: Self) {
        for change in inner.changes {
            self.change(change);
        }
        self.work.extend(inner.work);
    }

    /// Publishes the changes, then does the work.
    pub(super) fn run(self, cx: &Cx) {
        publish(cx, self.changes);
        for work in self.work {
            work();
        }
    }
}

/// Tells committed changes; an application without a bus, such as a test of a state, has no listeners.
pub(super) fn publish(cx: &Cx, changes: Vec<RowChange>) {
    if let Ok(bus) = cx.resource::<Changes>() {
        bus.publish(changes);
    }
}

/// The list of one transaction; inside of another one it is handed to that one by the commit.
#[derive(Clone, Default)]
pub(super) struct AfterCommit(Arc<Mutex<Stage>>);

/// How far the transaction is.
enum Stage {
    Open(Collected),
    /// Work goes to the outer transaction, or is done at once.
    Committed(Option<AfterCommit>),
    /// What was asked for did not happen.
    RolledBack,
}

impl Default for Stage {
    fn default() -> Self {
        Self::Open(Collected::default())
    }
}

impl AfterCommit {
    pub(super) fn change(&self, cx: &Cx, change: RowChange) {
        self.add(cx, |list| list.change(change));
    }

    pub(super) fn work(&self, cx: &Cx, work: Work) {
        self.add(cx, |list| list.work.push(work));
    }

    fn add(&self, cx: &Cx, add: impl FnOnce(&mut Collected)) {
        let outer = match &mut *self.lock() {
            Stage::Open(list) => return add(list),
            Stage::RolledBack => return,
            Stage::Committed(outer) => outer.clone(),
        };
        if let Some(outer) = outer {
            return outer.add(cx, add);
        }
        let mut now = Collected::default();
        add(&mut now);
        now.run(cx);
    }

    /// After the commit: hands the list to the outer transaction, or does what it says.
    pub(super) fn committed(&self, cx: &Cx, outer: Option<AfterCommit>) {
        let before = std::mem::replace(&mut *self.lock(), Stage::Committed(outer.clone()));
        let Stage::Open(list) = before else {
            return;
        };
        match outer {
            Some(outer) => outer.add(cx, |all| all.append(list)),
            None => list.run(cx),
        }
    }

    /// After the rollback: drops the list.
    pub(super) fn rolled_back(&self) {
        *self.lock() = Stage::RolledBack;
    }

    fn lock(&self) -> MutexGuard<'_, Stage> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for AfterCommit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AfterCommit")
    }
}
