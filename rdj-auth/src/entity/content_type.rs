//! The table `django_content_type`.

use sea_orm::entity::prelude::*;

/// A model of the application, as permissions refer to it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj_macros::Model)]
#[sea_orm(table_name = "django_content_type")]
#[rdj(
    app_label = "contenttypes",
    name = "contenttype",
    label = "Content type",
    label_plural = "Content types",
    display = model
)]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key)]
    pub id: i32,
    /// The application that has the model.
    #[sea_orm(unique_key = "app_model", column_type = "String(StringLen::N(100))")]
    #[rdj(max_length = 100)]
    pub app_label: String,
    /// The model's name in lower case.
    #[sea_orm(unique_key = "app_model", column_type = "String(StringLen::N(100))")]
    #[rdj(max_length = 100)]
    pub model: String,
}

/// Permissions refer to it.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
