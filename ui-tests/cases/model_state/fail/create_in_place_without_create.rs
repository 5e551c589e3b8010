use rdj::prelude::*;
use shop::{album, artist};

#[path = "../../shop.rs"]
mod shop;

#[model_state(model = artist::Entity, fields(name), actions(list, update))]
pub struct ArtistsState;

#[model_state(
    model = album::Entity,
    fields(title, artist_id),
    picker(artist_id = ArtistsState),
    create_in_place(artist_id = name),
)]
pub struct AlbumsState;

fn main() {}
