//! Contexts that a test makes the current ones of its thread.

use std::{
    cell::{Cell, RefCell},
    fmt,
    marker::PhantomData,
};

use super::Cx;

thread_local! {
    static ENTERED: RefCell<Vec<(u64, Cx)>> = const { RefCell::new(Vec::new()) };
    static LAST: Cell<u64> = const { Cell::new(0) };
}

/// The context entered last on this thread.
pub(super) fn entered() -> Option<Cx> {
    let last = |all: &RefCell<Vec<(u64, Cx)>>| all.borrow().last().map(|(_, cx)| cx.clone());
    ENTERED.try_with(last).ok().flatten()
}

/// Makes `cx` the current one of this thread until the guard is dropped.
pub(crate) fn enter(cx: Cx) -> Entered {
    let id = LAST.get() + 1;
    LAST.set(id);
    ENTERED.with_borrow_mut(|all| all.push((id, cx)));
    Entered {
        id,
        thread: PhantomData,
    }
}

/// Keeps a context current on its thread; from [`TestCx::enter`](crate::testing::TestCx::enter).
#[must_use = "the context is current only until this is dropped"]
pub struct Entered {
    id: u64,
    /// It belongs to the thread that made it.
    thread: PhantomData<*const ()>,
}

impl Drop for Entered {
    fn drop(&mut self) {
        let _ = ENTERED.try_with(|all| all.borrow_mut().retain(|(id, _)| *id != self.id));
    }
}

impl fmt::Debug for Entered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Entered")
    }
}
