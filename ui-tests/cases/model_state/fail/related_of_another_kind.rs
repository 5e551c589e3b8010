use rdj::prelude::*;
use shop::{album, track};

#[path = "../../shop.rs"]
mod shop;

#[model_state(model = album::Entity, fields(title), select_related(tracks))]
pub struct ManyState;

#[model_state(model = track::Entity, fields(name), prefetch_related(album))]
pub struct OneState;

#[model_state(model = track::Entity, fields(name), select_related(album_id))]
pub struct ColumnState;

fn main() {}
