use rdj::{backend::SeaOrmBackend, prelude::*};

pub mod note {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "note")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub title: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[model_state(model = note::Entity, fields(title), backend(SeaOrmBackend))]
pub struct NotesState;

#[model_state(model = note::Entity, fields(title), backend = SeaOrmBackend, backend_class = SeaOrmBackend)]
pub struct DeskState;

fn main() {}
