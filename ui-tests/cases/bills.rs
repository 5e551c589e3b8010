//! A model with child rows.

pub mod bill {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "bill")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub customer: String,
        #[sea_orm(has_many)]
        pub lines: HasMany<super::line::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod line {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "line")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub bill_id: i64,
        pub quantity: i32,
        #[sea_orm(belongs_to, from = "bill_id", to = "id")]
        pub bill: BelongsTo<super::bill::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
