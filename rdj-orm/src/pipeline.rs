//! The steps of actions, in the order they are taken: scope, search, order, page; check, write.

mod authorize;
mod cascade;
mod check;
mod constraint;
mod exclude;
mod filter;
mod guarded;
mod keyset;
mod labels;
mod order;
mod page;
mod rekey;
mod rows;
mod scope;
mod search;

pub(crate) use self::{
    authorize::authorize,
    cascade::authorize_cascade,
    check::{invalid, restore, validate},
    constraint::{Refused, is_used, refused},
    filter::{filter, load_filter_choices},
    guarded::{forbidden, may_set},
    keyset::{behind, fetch_beside},
    labels::load_choices,
    order::{by as by_key, is_allowed, key_columns, order, parse_all as parse_ordering},
    page::fetch,
    rekey::rekey,
    rows::Loader,
    scope::{find, own, scope},
    search::search,
};
