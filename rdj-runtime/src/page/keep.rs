//! What the states of a page take along to another process.

use super::slot::Slots;
use crate::state::Keeper;

/// Lets all states name their variables.
pub fn keep<P: Slots>(page: &mut P, keeper: &mut Keeper) {
    for slot in P::STATES {
        slot.keep(page, keeper);
    }
}
