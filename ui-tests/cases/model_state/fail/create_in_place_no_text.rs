use rdj::prelude::*;
use shop::{album, artist};

#[path = "../../shop.rs"]
mod shop;

#[model_state(model = artist::Entity, fields(name))]
pub struct ArtistsState {
    number: i64,
}

#[model_state(
    model = album::Entity,
    fields(title, artist_id),
    picker(artist_id = ArtistsState),
    create_in_place(artist_id = number),
)]
pub struct AlbumsState;

fn main() {}
