pub mod report {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "report")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub error: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[rdj::model_state(model = report::Entity, fields(error))]
pub struct ReportsState;

fn main() {}
