use rdj::orm::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
#[sea_orm(table_name = "note")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[rdj(min = "low")]
    pub priority: i32,
    #[rdj(min_length = 3)]
    pub count: i64,
    #[rdj(max = 5)]
    pub title: String,
}

impl ActiveModelBehavior for ActiveModel {}

fn main() {}
