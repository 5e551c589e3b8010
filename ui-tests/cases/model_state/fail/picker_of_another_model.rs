use rdj::prelude::*;
use shop::album;

#[path = "../../shop.rs"]
mod shop;

#[model_state(model = album::Entity, fields(title))]
pub struct TitlesState;

#[model_state(model = album::Entity, fields(title, artist_id), picker(artist_id = TitlesState))]
pub struct AlbumsState;

fn main() {}
