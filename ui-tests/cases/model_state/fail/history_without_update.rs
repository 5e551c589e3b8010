use rdj::prelude::*;

pub mod note {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "note")]
    #[rdj(history)]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub title: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[model_state(model = note::Entity, actions(list, create), fields(title), history)]
pub struct NotesState;

fn main() {}
