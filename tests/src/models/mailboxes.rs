//! Columns that are called like what the framework or a database has.
#![expect(missing_docs, reason = "the columns say what they are")]

/// A mailbox.
pub mod mailbox {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "mailbox")]
    #[rdj(app_label = "models")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub email: String,
        pub username: String,
        pub language: String,
        pub messages: String,
        pub user: String,
        pub session: String,
        pub csrf_token: String,
        pub code: String,
        pub form: String,
        pub field: String,
        pub text: String,
        pub table: String,
        pub order: String,
        pub group: String,
        pub key: i32,
        // the state has variables of these names
        #[sea_orm(column_name = "error")]
        pub failure: String,
        #[sea_orm(column_name = "page")]
        pub leaf: i32,
        // shown and not edited
        pub search: Option<String>,
        pub data: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
