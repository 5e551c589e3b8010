//! One track on an invoice.

use rdj::orm::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
#[sea_orm(table_name = "InvoiceLine")]
#[rdj(label = "Invoice line", display = id)]
pub struct Model {
    #[sea_orm(primary_key, column_name = "InvoiceLineId")]
    pub id: i64,
    #[sea_orm(column_name = "InvoiceId")]
    #[rdj(label = "Invoice")]
    pub invoice_id: i64,
    #[sea_orm(column_name = "TrackId")]
    #[rdj(label = "Track")]
    pub track_id: i64,
    #[sea_orm(column_name = "UnitPrice", column_type = "Decimal(Some((10, 2)))")]
    #[rdj(label = "Unit price")]
    pub unit_price: Decimal,
    #[sea_orm(column_name = "Quantity")]
    #[rdj(label = "Quantity")]
    pub quantity: i64,
    #[sea_orm(belongs_to, from = "invoice_id", to = "id")]
    pub invoice: BelongsTo<super::invoice::Entity>,
    #[sea_orm(belongs_to, from = "track_id", to = "id")]
    pub track: BelongsTo<super::track::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
