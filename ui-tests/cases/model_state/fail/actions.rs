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

#[model_state(model = note::Entity, actions(list, edit), list_display(title))]
pub struct UnknownState;

#[model_state(model = note::Entity, actions(list, creat), fields(title))]
pub struct MisspeltState;

#[model_state(model = note::Entity, actions(list, list), list_display(title))]
pub struct TwiceState;

#[model_state(model = note::Entity, actions(), fields(title))]
pub struct EmptyState;

fn main() {}
