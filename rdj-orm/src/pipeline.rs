//! The steps of actions, in the order they are taken: scope, search, order, page; check, write.

mod authorize;
mod cascade;
mod check;
mod conflict;
mod constraint;
mod exclude;
mod filter;
mod full_clean;
mod guarded;
mod keyset;
mod labels;
mod links;
mod order;
mod page;
mod rekey;
mod rows;
mod scope;
mod search;
mod taken;

pub use self::page::Page;
pub(crate) use self::{
    authorize::{authorize, authorize_row, may_save, may_write},
    cascade::authorize_cascade,
    check::{invalid, restore, validate},
    conflict::{Prints, merge},
    constraint::{Refused, is_used, refused},
    exclude::exclude,
    filter::load_filter_choices,
    full_clean::full_clean,
    guarded::{forbidden, may_set},
    keyset::{behind, fetch_beside},
    labels::{load_choices, load_labels, offer_all_picked, offer_picked, search_choices},
    links::{load_links, save_links},
    order::{by as by_key, is_allowed, key_columns, order, parse_all as parse_ordering},
    page::fetch,
    rekey::rekey,
    rows::Loader,
    scope::{find, listed, locked, own, scope},
    search::{contains, search},
};
