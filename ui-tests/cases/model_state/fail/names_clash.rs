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

#[model_state(model = note::Entity, list_var = error, fields(title))]
pub struct NotesState;

#[model_state(model = note::Entity, error_var = table, fields(title))]
pub struct TablesState;

#[model_state(model = note::Entity, save_event = delete, fields(title))]
pub struct SavesState;

#[model_state(model = note::Entity, search_var = query, page_var = number, ordering_var = order, fields(title))]
pub struct SearchesState;

#[model_state(model = note::Entity, delete_event = remove, save_event = store, actions(list), list_display(title))]
pub struct ListsState;

#[model_state(model = note::Entity, names = crud, fields(notes))]
pub struct CrudState;

fn main() {}
