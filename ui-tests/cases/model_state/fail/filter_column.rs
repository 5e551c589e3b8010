use rdj::prelude::*;
use shop::{album, track};

#[path = "../../shop.rs"]
mod shop;

#[model_state(model = track::Entity, fields(name), filters(nme))]
pub struct MisspeltState;

#[model_state(model = track::Entity, fields(name), filters(album))]
pub struct RelationState;

#[model_state(model = album::Entity, fields(title), filters(tracks))]
pub struct ManyState;

fn main() {}
