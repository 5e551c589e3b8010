use rdj::prelude::*;
use shop::{album, track};

#[path = "../../shop.rs"]
mod shop;

#[model_state(model = track::Entity, fields(name), search_fields(album.titel))]
pub struct ColumnState;

#[model_state(model = track::Entity, fields(name), search_fields(albun.title))]
pub struct RelationState;

#[model_state(model = track::Entity, fields(name), search_fields(album.artst.name))]
pub struct FurtherState;

#[model_state(model = track::Entity, fields(name), search_fields(name.title))]
pub struct NoRelationState;

#[model_state(model = track::Entity, fields(name), select_related(album.artst))]
pub struct SelectState;

#[model_state(model = album::Entity, fields(title), prefetch_related(track))]
pub struct PrefetchState;

fn main() {}
