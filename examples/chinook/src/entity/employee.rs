//! Someone who works in the store.

use rdj::orm::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
#[sea_orm(table_name = "Employee")]
#[rdj(display = last_name)]
pub struct Model {
    #[sea_orm(primary_key, column_name = "EmployeeId")]
    pub id: i64,
    #[sea_orm(column_name = "LastName")]
    #[rdj(label = "Last name", max_length = 20)]
    pub last_name: String,
    #[sea_orm(column_name = "FirstName")]
    #[rdj(label = "First name", max_length = 20)]
    pub first_name: String,
    #[sea_orm(column_name = "Title")]
    #[rdj(label = "Title", max_length = 30)]
    pub title: Option<String>,
    #[sea_orm(column_name = "ReportsTo")]
    #[rdj(label = "Reports to")]
    pub reports_to: Option<i64>,
    #[sea_orm(column_name = "BirthDate")]
    #[rdj(label = "Birth date")]
    pub birth_date: Option<DateTime>,
    #[sea_orm(column_name = "HireDate")]
    #[rdj(label = "Hire date")]
    pub hire_date: Option<DateTime>,
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
    pub email: Option<String>,
    #[sea_orm(self_ref, relation_enum = "Manager", from = "reports_to", to = "id")]
    pub manager: BelongsTo<Option<Entity>>,
    #[sea_orm(has_many)]
    pub customers: HasMany<super::customer::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
