//! A record of an artist.

use rdj::orm::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
#[sea_orm(table_name = "Album")]
#[rdj(display = title)]
pub struct Model {
    #[sea_orm(primary_key, column_name = "AlbumId")]
    pub id: i64,
    #[sea_orm(column_name = "Title")]
    #[rdj(label = "Title", max_length = 160)]
    pub title: String,
    #[sea_orm(column_name = "ArtistId")]
    #[rdj(label = "Artist")]
    pub artist_id: i64,
    #[sea_orm(belongs_to, from = "artist_id", to = "id")]
    pub artist: BelongsTo<super::artist::Entity>,
    #[sea_orm(has_many)]
    pub tracks: HasMany<super::track::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
