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
        pub notes: String,
        pub content: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[model_state(model = note::Entity, use_canonical_api = false, fields(title))]
pub struct NotesState;

fn act(notes: &NotesState) {
    let _ = notes.on_submit().save_note();
    let _ = notes.on_submit().save();
    let _ = notes.on_click().load();
}

fn main() {}
