//! Memos with a history: a secret, a version, links to tags.
#![expect(missing_docs, reason = "the columns say what they are")]

/// A memo of a user.
pub mod memo {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "memo")]
    #[rdj(history)]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub user_id: i64,
        #[sea_orm(unique)]
        pub title: String,
        #[sea_orm(column_type = "Text", nullable)]
        pub body: Option<String>,
        #[rdj(choices("low" = "Can wait", "high" = "Urgent"), default = "low")]
        pub weight: String,
        pub due: Option<Date>,
        #[rdj(secret)]
        pub pin: Option<String>,
        #[rdj(default = false)]
        pub is_locked: bool,
        pub parent_id: Option<i64>,
        #[rdj(auto_now_add)]
        pub created_at: DateTimeUtc,
        #[rdj(auto_now)]
        pub updated_at: DateTimeUtc,
        #[rdj(version)]
        pub version: i32,
        #[sea_orm(self_ref, relation_enum = "Parent", from = "parent_id", to = "id")]
        pub parent: BelongsTo<Option<Entity>>,
        #[sea_orm(has_many, via = "memo_tag")]
        pub tags: HasMany<super::tag::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A word that memos are found by, with a key that can change.
pub mod tag {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "tag")]
    #[rdj(history)]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        pub name: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A tag of a memo.
pub mod memo_tag {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "memo_tag")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub memo_id: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub tag_code: String,
        #[sea_orm(belongs_to, from = "memo_id", to = "id", on_delete = "Cascade")]
        pub memo: BelongsTo<super::memo::Entity>,
        #[sea_orm(belongs_to, from = "tag_code", to = "code")]
        pub tag: BelongsTo<super::tag::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
