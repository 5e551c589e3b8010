use rdj::prelude::*;
use shop::{album, track};

#[path = "../../shop.rs"]
mod shop;

#[model_state(model = track::Entity, fields(name, album))]
pub struct OneState;

#[model_state(model = album::Entity, fields(title, tracks))]
pub struct ManyState;

#[model_state(model = track::Entity, fields(name), list_display(name, album))]
pub struct DisplayState;

#[model_state(model = track::Entity, fields(name), ordering_fields(album))]
pub struct OrderState;

fn main() {}
