pub mod report {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "report")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub error: String,
        pub page: i32,
        pub data: String,
        pub search: String,
        pub ordering: String,
        pub selected: bool,
        pub conflict: String,
        pub related: String,
        pub load: String,
        pub filter: String,
        pub email: String,
        pub username: String,
        pub language: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[rdj::model_state(
    model = report::Entity,
    fields(
        error, page, data, search, ordering, selected, conflict, related, load, filter,
        email, username, language,
    ),
    filters(page),
)]
pub struct ReportsState;

fn main() {}
