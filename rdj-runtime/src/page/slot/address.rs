//! The states of a page in its address.

use super::Slots;
use crate::{
    form::Entries,
    state::{Address, Query},
};

/// The prefix of a state's parameters in the address: the first state has none.
fn prefix(at: usize, name: &'static str) -> Option<&'static str> {
    (at > 0).then_some(name)
}

/// Takes up what the address says.
pub fn read_query<P: Slots>(page: &mut P, query: &Entries) {
    for (at, slot) in P::STATES.iter().enumerate() {
        (slot.read_query)(page, &Query::new(query, prefix(at, slot.name)));
    }
}

/// Writes what can be rebuilt from the address.
pub fn write_query<P: Slots>(page: &P, address: &mut Address) {
    for (at, slot) in P::STATES.iter().enumerate() {
        address.set_prefix(prefix(at, slot.name));
        (slot.write_query)(page, address);
    }
}

/// Whether all states stand in the address.
pub fn is_in_address<P: Slots>(page: &P) -> bool {
    P::STATES.iter().all(|slot| (slot.is_in_address)(page))
}
