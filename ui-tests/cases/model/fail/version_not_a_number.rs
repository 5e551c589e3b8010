pub mod note {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "note")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[rdj(version)]
        pub version: String,
        #[rdj(trim = true)]
        pub title: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

fn main() {}
