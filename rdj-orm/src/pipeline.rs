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
mod list_query;
mod offers;
mod order;
mod page;
mod plain;
mod rekey;
mod rows;
mod scope;
mod search;
mod taken;

pub(crate) use self::{
    authorize::{authorize, authorize_row, may_save, may_write},
    cascade::{authorize_cascade, go_along, went_along},
    check::{invalid, restore, trim, validate},
    conflict::{Prints, is_touched, merge},
    constraint::{Refused, is_refused, is_used, readable, refused},
    exclude::exclude,
    filter::load_filter_choices,
    full_clean::{full_clean, unique_sets},
    guarded::{forbidden, may_set},
    keyset::{behind, resolve},
    labels::{
        by_value, has_search, in_place, is_label, labelled, load_choices, load_labels,
        offer_all_picked, offer_picked, picked, search_choices,
    },
    links::{load_links, lost_links, save_links, seen},
    offers::offer_rows,
    order::{by as by_key, is_allowed, key_columns, order, parse_all as parse_ordering},
    plain::{insert, is_plain, one},
    rekey::rekey,
    scope::{find, listed, locked, own, scope},
    search::{contains, search},
};
pub use self::{list_query::ListQuery, page::Page};
