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

#[model_state(model = note::Entity, fields(title), required_fields(content))]
pub struct RequiredState;

#[model_state(model = note::Entity, fields(content), exclude_from_row(content))]
pub struct ExcludedState;

#[model_state(model = note::Entity, fields(title), allow_dynamic_ordering, ordering_fields(title))]
pub struct OrderedState;

fn main() {}
