//! One track of a playlist; its key is the pair.

use rdj::orm::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
#[sea_orm(table_name = "PlaylistTrack")]
#[rdj(label = "Entry", label_plural = "Entries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false, column_name = "PlaylistId")]
    #[rdj(label = "Playlist")]
    pub playlist_id: i64,
    #[sea_orm(primary_key, auto_increment = false, column_name = "TrackId")]
    #[rdj(label = "Track")]
    pub track_id: i64,
    #[sea_orm(belongs_to, from = "playlist_id", to = "id")]
    pub playlist: BelongsTo<super::playlist::Entity>,
    #[sea_orm(belongs_to, from = "track_id", to = "id")]
    pub track: BelongsTo<super::track::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
