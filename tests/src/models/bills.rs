//! Bills and their lines: one to many.
#![expect(missing_docs, reason = "the columns say what they are")]

/// What is sold.
pub mod product {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "product")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub name: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A bill of a user.
pub mod bill {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "bill")]
    #[rdj(app_label = "models")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub user_id: i64,
        #[rdj(max_length = 20)]
        pub customer: String,
        pub total: i64,
        #[sea_orm(has_many)]
        pub lines: HasMany<super::line::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A line of a bill.
pub mod line {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "bill_line")]
    #[rdj(
        app_label = "models",
        label = "Line",
        unique_together(bill_id, product_id)
    )]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub bill_id: i64,
        pub product_id: i64,
        #[rdj(min = 1)]
        pub quantity: i32,
        #[rdj(default = 100)]
        pub price: i64,
        pub remark: Option<String>,
        #[sea_orm(belongs_to, from = "bill_id", to = "id")]
        pub bill: BelongsTo<super::bill::Entity>,
        #[sea_orm(belongs_to, from = "product_id", to = "id")]
        pub product: BelongsTo<super::product::Entity>,
        #[sea_orm(has_many)]
        pub stamps: HasMany<super::stamp::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What keeps a line from being deleted.
pub mod stamp {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "stamp")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub line_id: i64,
        #[sea_orm(belongs_to, from = "line_id", to = "id")]
        pub line: BelongsTo<super::line::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
