use rdj::prelude::*;
use shop::{album, track};

#[path = "../../shop.rs"]
mod shop;

#[model_state(model = track::Entity, fields(name), filters(name(like)))]
pub struct KindState;

#[model_state(model = track::Entity, fields(name), filters(name(text, range)))]
pub struct KindsState;

#[model_state(model = track::Entity, fields(name), filters(album.title))]
pub struct PathState;

#[model_state(model = track::Entity, fields(name), filters(seconds, name, seconds))]
pub struct TwiceState;

#[model_state(model = track::Entity, fields(name), filters(page))]
pub struct ReservedState;

#[model_state(model = track::Entity, fields(name), paginate_by = 20, pagination = cursor)]
pub struct PaginationState;

#[model_state(model = track::Entity, fields(name), paginate_by = 20, count = never)]
pub struct CountState;

#[model_state(model = track::Entity, fields(name), pagination = keyset)]
pub struct KeysetState;

#[model_state(
    model = track::Entity,
    fields(name),
    actions(list, update),
    bulk_actions(delete_selected),
)]
pub struct DeleteState;

#[model_state(model = track::Entity, fields(name), bulk_actions(delete_selected, delete_selected))]
pub struct ActionTwiceState;

#[model_state(model = album::Entity, fields(title), select_related(artist, artist))]
pub struct SelectTwiceState;

#[model_state(model = album::Entity, fields(title), prefetch_related(tracks, tracks))]
pub struct PrefetchTwiceState;

#[model_state(model = album::Entity, fields(title), prefetch_related(tracks.album))]
pub struct PrefetchPathState;

fn main() {}
