//! The steps of actions, in the order they are taken: scope, search, order, page; check, write.

mod authorize;
mod check;
mod constraint;
mod labels;
mod order;
mod page;
mod rekey;
mod scope;
mod search;

pub(crate) use self::{
    authorize::authorize,
    check::{invalid, restore, validate},
    constraint::{Refused, is_taken, is_used, refused},
    labels::{load_choices, load_labels},
    order::{order, parse as parse_ordering},
    page::fetch,
    rekey::rekey,
    scope::{find, find_optional, own, scope},
    search::search,
};
