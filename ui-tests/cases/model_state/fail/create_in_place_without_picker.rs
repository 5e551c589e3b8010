use rdj::prelude::*;
use shop::album;

#[path = "../../shop.rs"]
mod shop;

#[model_state(
    model = album::Entity,
    fields(title, artist_id),
    create_in_place(artist_id = name),
)]
pub struct AlbumsState;

fn main() {}
