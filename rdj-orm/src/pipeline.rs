//! The steps of actions, in the order they are taken: scope, search, order, page; check, write.

mod authorize;
mod cascade;
mod check;
mod constraint;
mod guarded;
mod labels;
mod links;
mod order;
mod page;
mod rekey;
mod scope;
mod search;

pub(crate) use self::{
    authorize::authorize,
    cascade::authorize_cascade,
    check::{invalid, restore, validate},
    constraint::{Refused, is_used, refused},
    guarded::{forbidden, may_set},
    labels::{load_choices, load_labels, offer_all_picked, offer_picked, search_choices},
    links::{load_links, save_links},
    order::{order, parse as parse_ordering},
    page::fetch,
    rekey::rekey,
    scope::{find, own, scope},
    search::{contains, search},
};
