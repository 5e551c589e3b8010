use rdj::prelude::*;
use shop::{album, track};

#[path = "../../shop.rs"]
mod shop;

#[model_state(model = track::Entity, fields(name), filters(payload))]
pub struct BytesState;

#[model_state(model = track::Entity, fields(name), filters(seconds(null)))]
pub struct NullState;

#[model_state(model = album::Entity, fields(title), filters(title))]
pub struct TitleState;

fn main() {}
