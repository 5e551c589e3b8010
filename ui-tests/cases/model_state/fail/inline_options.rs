use rdj::prelude::*;

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

#[model_state(model = line::Entity, fields(quantity))]
pub struct LinesState;

#[model_state(model = bill::Entity, fields(customer), inlines(lines))]
pub struct OneState;

#[model_state(model = bill::Entity, fields(customer), inlines(lines = LinesState(mni = 1)))]
pub struct TwoState;

#[model_state(model = bill::Entity, fields(customer), inlines(lines = LinesState(min = 3, max = 2)))]
pub struct ThreeState;

#[model_state(model = bill::Entity, fields(customer), inlines(lines = LinesState(extra = "two")))]
pub struct FourState;

#[model_state(model = bill::Entity, actions(list), list_display(customer), inlines(lines = LinesState))]
pub struct FiveState;

#[model_state(
    model = bill::Entity,
    fields(customer),
    inlines(lines = LinesState, lines = LinesState),
)]
pub struct SixState;

fn main() {}
