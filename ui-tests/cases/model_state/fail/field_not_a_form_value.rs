use rdj::prelude::*;

pub mod note {
    use rdj::orm::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveValueType)]
    pub struct Tags(pub String);

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "note")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub user_id: i64,
        pub title: String,
        pub priority: i32,
        pub tags: Tags,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[model_state(model = note::Entity, fields(tags))]
pub struct NotesState;

fn main() {}
