//! Who buys.

use rdj::orm::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
#[sea_orm(table_name = "Customer")]
#[rdj(display = last_name)]
pub struct Model {
    #[sea_orm(primary_key, column_name = "CustomerId")]
    pub id: i64,
    #[sea_orm(column_name = "FirstName")]
    #[rdj(label = "First name", max_length = 40)]
    pub first_name: String,
    #[sea_orm(column_name = "LastName")]
    #[rdj(label = "Last name", max_length = 20)]
    pub last_name: String,
    #[sea_orm(column_name = "Company")]
    #[rdj(label = "Company", max_length = 80)]
    pub company: Option<String>,
    #[sea_orm(column_name = "Address")]
    #[rdj(label = "Address", max_length = 70)]
    pub address: Option<String>,
    #[sea_orm(column_name = "City")]
    #[rdj(label = "City", max_length = 40)]
    pub city: Option<String>,
    #[sea_orm(column_name = "State")]
    #[rdj(label = "State", max_length = 40)]
    pub state: Option<String>,
    #[sea_orm(column_name = "Country")]
    #[rdj(label = "Country", max_length = 40)]
    pub country: Option<String>,
    #[sea_orm(column_name = "PostalCode")]
    #[rdj(label = "Postal code", max_length = 10)]
    pub postal_code: Option<String>,
    #[sea_orm(column_name = "Phone")]
    #[rdj(label = "Phone", max_length = 24)]
    pub phone: Option<String>,
    #[sea_orm(column_name = "Fax")]
    #[rdj(label = "Fax", max_length = 24)]
    pub fax: Option<String>,
    #[sea_orm(column_name = "Email")]
    #[rdj(label = "Email", max_length = 60)]
    pub email: String,
    #[sea_orm(column_name = "SupportRepId")]
    #[rdj(label = "Support rep")]
    pub support_rep_id: Option<i64>,
    #[sea_orm(belongs_to, from = "support_rep_id", to = "id")]
    pub support_rep: BelongsTo<Option<super::employee::Entity>>,
    #[sea_orm(has_many)]
    pub invoices: HasMany<super::invoice::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
