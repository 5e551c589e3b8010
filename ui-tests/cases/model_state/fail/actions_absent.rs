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

#[model_state(model = note::Entity, actions(list), list_display(title))]
pub struct NotesState;

async fn act(notes: &mut NotesState, cx: &Cx) -> Result {
    let _ = notes.on_click().delete(1);
    let _ = notes.on_click().new();
    let _ = notes.on_click().start_edit(1);
    let _ = notes.on_submit().save();
    let _ = notes.on_click().next_page();
    let _ = notes.on_input().set_search();
    let _ = notes.on_click().set_ordering("title");
    handlers::delete(notes, cx, 1).await?;
    rdj::orm::OrmApi::orm(notes, cx).load(1).await
}

fn main() {}
