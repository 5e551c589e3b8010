//! What a customer bought at one time.

use rdj::orm::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
#[sea_orm(table_name = "Invoice")]
#[rdj(display = id)]
pub struct Model {
    #[sea_orm(primary_key, column_name = "InvoiceId")]
    pub id: i64,
    #[sea_orm(column_name = "CustomerId")]
    #[rdj(label = "Customer")]
    pub customer_id: i64,
    #[sea_orm(column_name = "InvoiceDate")]
    #[rdj(label = "Invoice date")]
    pub invoice_date: DateTime,
    #[sea_orm(column_name = "BillingAddress")]
    #[rdj(label = "Billing address", max_length = 70)]
    pub billing_address: Option<String>,
    #[sea_orm(column_name = "BillingCity")]
    #[rdj(label = "Billing city", max_length = 40)]
    pub billing_city: Option<String>,
    #[sea_orm(column_name = "BillingState")]
    #[rdj(label = "Billing state", max_length = 40)]
    pub billing_state: Option<String>,
    #[sea_orm(column_name = "BillingCountry")]
    #[rdj(label = "Billing country", max_length = 40)]
    pub billing_country: Option<String>,
    #[sea_orm(column_name = "BillingPostalCode")]
    #[rdj(label = "Billing postal code", max_length = 10)]
    pub billing_postal_code: Option<String>,
    #[sea_orm(column_name = "Total", column_type = "Decimal(Some((10, 2)))")]
    #[rdj(label = "Total")]
    pub total: Decimal,
    #[sea_orm(belongs_to, from = "customer_id", to = "id")]
    pub customer: BelongsTo<super::customer::Entity>,
    #[sea_orm(has_many)]
    pub lines: HasMany<super::invoice_line::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
