pub mod note {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "note")]
    #[rdj(history(title))]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[rdj(secret = true)]
        pub title: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

fn main() {}
