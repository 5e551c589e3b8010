use rdj::{backend::CrudBackend, prelude::*};

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

pub mod tag {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "tag")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub name: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[derive(Default)]
pub struct Tags;

impl CrudBackend<tag::Entity> for Tags {}

#[model_state(model = note::Entity, fields(title), backend = Tags)]
pub struct NotesState;

fn main() {}
