//! What waits for a page: what its tasks want changed, and files that were sent to it.

use std::{
    any::Any,
    collections::VecDeque,
    fmt, mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::running::Shared;
use crate::{cx::Cx, upload::Sent};

/// Changes that wait for one page; a task that wants more waits itself.
const MOST_WAITING: usize = 512;

/// A change of a state by a task.
pub(crate) struct Update {
    pub(crate) task: Arc<Shared>,
    /// The name of the state.
    pub(crate) state: &'static str,
    pub(crate) apply: Apply,
    /// Its place; the end of a task needs none.
    pub(crate) _place: Option<OwnedSemaphorePermit>,
}

impl fmt::Debug for Update {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Update({})", self.state)
    }
}

type Apply = Box<dyn FnOnce(&mut dyn Any, &Cx) + Send>;

/// What a page takes up between its events.
pub(crate) enum Waiting {
    Updates(Vec<Update>),
    Sent(Sent),
}

/// The tasks of a page and what waits for it. It ends with the page, and the tasks with it.
pub(crate) struct PageWork {
    state: Mutex<State>,
    places: Arc<Semaphore>,
    /// The most tasks at one time.
    most_tasks: usize,
    /// The path of the page.
    path: String,
}

#[derive(Default)]
struct State {
    tasks: Vec<Arc<Shared>>,
    updates: Vec<Update>,
    /// With the place that each one waits at.
    sent: VecDeque<(u64, Sent)>,
    last_place: u64,
    /// Whether the page has to be looked at.
    is_wanted: bool,
    /// Tells whoever has the page now.
    wake: Option<Wake>,
}

type Wake = Arc<dyn Fn() + Send + Sync>;

impl PageWork {
    pub(crate) fn new(most_tasks: usize, path: &str) -> Self {
        Self {
            state: Mutex::default(),
            places: Arc::new(Semaphore::new(MOST_WAITING)),
            most_tasks,
            path: path.to_owned(),
        }
    }

    /// The path of the page.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Calls `wake` from now on when the page has to be looked at, and at once where it has to be.
    pub(crate) fn on_wanted(&self, wake: impl Fn() + Send + Sync + 'static) {
        let wake: Wake = Arc::new(wake);
        let mut state = self.lock();
        state.wake = Some(Arc::clone(&wake));
        if state.is_wanted {
            drop(state);
            wake();
        }
    }

    /// Whether the page has to be looked at.
    pub(crate) fn is_wanted(&self) -> bool {
        self.lock().is_wanted
    }

    /// Whether something of it goes on, or has not been shown.
    pub(crate) fn is_busy(&self) -> bool {
        let state = self.lock();
        state.is_wanted
            || !state.sent.is_empty()
            || state.tasks.iter().any(|task| task.is_running())
    }

    /// Asks for a look at the page.
    pub(super) fn ask_for_look(&self) {
        self.ask_after(|_| ());
    }

    /// Makes a change, and asks for a look at the page.
    fn ask_after<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.lock();
        let done = change(&mut state);
        state.is_wanted = true;
        let wake = state.wake.clone();
        drop(state);
        if let Some(wake) = wake {
            wake();
        }
        done
    }

    /// The places for changes: who waits for one does not hold the page.
    pub(super) fn places(&self) -> Arc<Semaphore> {
        Arc::clone(&self.places)
    }

    /// Adds a change of a task.
    pub(super) fn add_update(&self, update: Update) {
        self.ask_after(|state| state.updates.push(update));
    }

    /// Takes back, before all others, changes that could not be made for now.
    pub(crate) fn put_back(&self, mut updates: Vec<Update>) {
        self.ask_after(|state| {
            updates.append(&mut state.updates);
            state.updates = updates;
        });
    }

    /// Adds a file unless `most` of its event wait already; returns its place.
    pub(crate) fn send(&self, sent: Sent, most: usize) -> Result<u64, Sent> {
        self.ask_after(|state| {
            let events = state.sent.iter().map(|(_, other)| &other.event);
            if events.filter(|event| **event == sent.event).count() >= most {
                return Err(sent);
            }
            state.last_place += 1;
            state.sent.push_back((state.last_place, sent));
            Ok(state.last_place)
        })
    }

    /// Takes back the file at this place; false if the page has taken it already.
    pub(crate) fn take_back(&self, place: u64) -> bool {
        let mut state = self.lock();
        let at = state.sent.iter().position(|(own, _)| *own == place);
        let sent = at.and_then(|at| state.sent.remove(at));
        drop(state);
        // the file is removed without the lock
        sent.is_some()
    }

    /// Drops files whose senders do not wait any more.
    pub(crate) fn drop_given_up(&self) {
        let is_over = |(_, sent): &(u64, Sent)| sent.done.is_closed();
        let mut state = self.lock();
        let (over, left) = mem::take(&mut state.sent)
            .into_iter()
            .partition::<VecDeque<_>, _>(is_over);
        state.sent = left;
        drop(state);
        // the files are removed without the lock
        drop(over);
    }

    /// What comes next: files one by one, changes all at once.
    pub(crate) fn take(&self) -> Waiting {
        let mut state = self.lock();
        while let Some((_, sent)) = state.sent.pop_front() {
            if !sent.done.is_closed() {
                return Waiting::Sent(sent);
            }
        }
        state.is_wanted = false;
        let mut updates = mem::take(&mut state.updates);
        // what changes own is dropped without the lock: it may come back here
        drop(state);
        // who cancels a task does not want what it has not shown yet
        updates.retain(|update| !update.task.is_cancelled());
        Waiting::Updates(updates)
    }

    /// Takes in a task unless there are too many already.
    pub(super) fn enter(&self, task: &Arc<Shared>) -> bool {
        let mut state = self.lock();
        state.tasks.retain(|task| task.is_running());
        let has_room = state.tasks.len() < self.most_tasks;
        if has_room {
            state.tasks.push(Arc::clone(task));
        }
        has_room
    }

    pub(super) fn leave(&self, task: &Arc<Shared>) {
        self.ask_after(|state| state.tasks.retain(|other| !Arc::ptr_eq(other, task)));
    }

    /// Ends all tasks, and forgets what they wanted: the user has no right to the page any more.
    pub(crate) fn cancel(&self) {
        let (tasks, updates, sent) = {
            let mut state = self.lock();
            (
                mem::take(&mut state.tasks),
                mem::take(&mut state.updates),
                mem::take(&mut state.sent),
            )
        };
        // what they own is dropped without the lock: it may come back here
        drop((updates, sent));
        for task in tasks {
            task.cancel();
        }
    }
}

impl Drop for PageWork {
    fn drop(&mut self) {
        // nobody waits for a place any more, not even what a task has started by itself
        self.places.close();
        self.cancel();
    }
}

impl fmt::Debug for PageWork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.lock();
        f.debug_struct("PageWork")
            .field("tasks", &state.tasks.len())
            .field("updates", &state.updates.len())
            .field("sent", &state.sent.len())
            .finish_non_exhaustive()
    }
}
