use rdj::orm::prelude::*;

fn even(value: &i64) -> Result<(), &'static str> {
    if value % 2 == 0 { Ok(()) } else { Err("Use an even number.") }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
#[sea_orm(table_name = "note")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[rdj(validate = even)]
    pub title: String,
}

impl ActiveModelBehavior for ActiveModel {}

fn main() {}
