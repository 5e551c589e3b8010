//! What is stored.

use rdj::{auth::entity::user, orm::prelude::*};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
#[sea_orm(table_name = "note")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub user_id: i32,
    #[rdj(label = "Title", max_length = 200)]
    pub title: String,
    #[sea_orm(column_type = "Text", nullable)]
    #[rdj(label = "Content")]
    pub content: Option<String>,
    #[rdj(auto_now_add)]
    pub created_at: DateTimeUtc,
    #[sea_orm(belongs_to, from = "user_id", to = "id")]
    pub user: BelongsTo<user::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
