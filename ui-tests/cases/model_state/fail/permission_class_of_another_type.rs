use rdj::prelude::*;

pub mod note {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "note")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub user_id: i64,
        pub title: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub struct Nobody;

#[model_state(model = note::Entity, fields(title), permission_classes(Nobody))]
pub struct NotesState;

fn main() {}
