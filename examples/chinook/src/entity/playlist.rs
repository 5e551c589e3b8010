//! A named list of tracks.

use rdj::orm::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
#[sea_orm(table_name = "Playlist")]
#[rdj(display = name)]
pub struct Model {
    #[sea_orm(primary_key, column_name = "PlaylistId")]
    pub id: i64,
    #[sea_orm(column_name = "Name")]
    #[rdj(label = "Name", max_length = 120)]
    pub name: Option<String>,
    #[sea_orm(has_many, via = "playlist_track")]
    #[rdj(label = "Tracks")]
    pub tracks: HasMany<super::track::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
