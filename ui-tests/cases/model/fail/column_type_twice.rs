pub mod note {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "note")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(column_type = "Text", unique, column_type = "String(StringLen::N(20))")]
        pub title: String,
        #[sea_orm(default_value = 1)]
        #[sea_orm(default_value = 2)]
        pub priority: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

fn main() {}
