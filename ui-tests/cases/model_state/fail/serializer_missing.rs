use rdj::prelude::*;

pub mod note {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "note")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub title: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub struct NoteRow;

#[model_state(model = note::Entity, fields(title), serializer = NoteRow, serializer_class = NoteRow)]
pub struct NotesState;

#[model_state(model = note::Entity, fields(title), serializer = NoteRow)]
pub struct OthersState;

fn main() {}
