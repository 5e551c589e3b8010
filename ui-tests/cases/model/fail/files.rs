use rdj::orm::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
#[sea_orm(table_name = "note")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[rdj(max_size = 5)]
    pub title: String,
    #[rdj(accept("image/png"))]
    pub count: i64,
    #[rdj(max_size = 0, accept("png", "*/*", "Image/PNG"))]
    pub scan: Vec<u8>,
    #[rdj(max_size = "1 MB", accept = "image/png")]
    pub photo: Option<Vec<u8>>,
}

impl ActiveModelBehavior for ActiveModel {}

fn main() {}
