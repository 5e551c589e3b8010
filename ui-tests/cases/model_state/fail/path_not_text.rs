use rdj::prelude::*;
use shop::track;

#[path = "../../shop.rs"]
mod shop;

#[model_state(model = track::Entity, fields(name), search_fields(album.artist_id))]
pub struct NumberState;

#[model_state(model = track::Entity, fields(name), search_fields(name, album))]
pub struct RelationState;

#[model_state(model = track::Entity, fields(name), search_fields(album.artist))]
pub struct FurtherState;

fn main() {}
