//! One piece that is sold.

use rdj::orm::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
#[sea_orm(table_name = "Track")]
#[rdj(display = name)]
pub struct Model {
    #[sea_orm(primary_key, column_name = "TrackId")]
    pub id: i64,
    #[sea_orm(column_name = "Name")]
    #[rdj(label = "Name", max_length = 200)]
    pub name: String,
    #[sea_orm(column_name = "AlbumId")]
    #[rdj(label = "Album")]
    pub album_id: Option<i64>,
    #[sea_orm(column_name = "MediaTypeId")]
    #[rdj(label = "Media type")]
    pub media_type_id: i64,
    #[sea_orm(column_name = "GenreId")]
    #[rdj(label = "Genre")]
    pub genre_id: Option<i64>,
    #[sea_orm(column_name = "Composer")]
    #[rdj(label = "Composer", max_length = 220)]
    pub composer: Option<String>,
    #[sea_orm(column_name = "Milliseconds")]
    #[rdj(label = "Milliseconds")]
    pub milliseconds: i64,
    #[sea_orm(column_name = "Bytes")]
    #[rdj(label = "Bytes")]
    pub bytes: Option<i64>,
    #[sea_orm(column_name = "UnitPrice", column_type = "Decimal(Some((10, 2)))")]
    #[rdj(label = "Unit price")]
    pub unit_price: Decimal,
    #[sea_orm(belongs_to, from = "album_id", to = "id")]
    pub album: BelongsTo<Option<super::album::Entity>>,
    #[sea_orm(belongs_to, from = "media_type_id", to = "id")]
    pub media_type: BelongsTo<super::media_type::Entity>,
    #[sea_orm(belongs_to, from = "genre_id", to = "id")]
    pub genre: BelongsTo<Option<super::genre::Entity>>,
    #[sea_orm(has_many)]
    pub invoice_lines: HasMany<super::invoice_line::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
