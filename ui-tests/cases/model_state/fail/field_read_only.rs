use rdj::prelude::*;

pub mod note {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "note")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub title: String,
        pub slug: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[model_state(model = note::Entity, fields(title, slug), read_only_fields(slug))]
pub struct NotesState;

fn main() {}
