//! Files in columns.

/// One that has to be there and one that need not.
pub mod document {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "document")]
    #[rdj(app_label = "models", display = title)]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub user_id: i64,
        #[rdj(max_length = 20)]
        pub title: String,
        #[rdj(max_size = 1024, accept("image/*", "text/plain"))]
        pub scan: Vec<u8>,
        pub attachment: Option<Vec<u8>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
