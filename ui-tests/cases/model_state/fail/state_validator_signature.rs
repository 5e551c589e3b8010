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

fn check(_: &NotesState) {}

#[model_state(model = note::Entity, fields(title), state_validators(check))]
pub struct NotesState;

fn main() {}
