use rdj::orm::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
#[sea_orm(table_name = "note")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[rdj(guard(superusr))]
    pub title: String,
    #[rdj(guard = superuser)]
    pub author: String,
    #[rdj(guard(staff, on_denied = "/plans"))]
    pub price: i32,
    #[rdj(guard(permission = "change"))]
    pub state: String,
}

impl ActiveModelBehavior for ActiveModel {}

fn main() {}
