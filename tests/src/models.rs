//! Models of the tests: one for each kind of key, value and relation.
#![expect(missing_docs, reason = "the columns say what they are")]

pub mod bills;
pub mod documents;
pub mod mailboxes;
pub mod memos;
pub mod papers;
pub mod playlists;
pub mod sample;

/// Notes with an owner.
pub mod note {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "note")]
    #[rdj(app_label = "models")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub user_id: i64,
        #[rdj(label = "Heading", max_length = 200, help_text = "A few words.")]
        pub title: String,
        #[sea_orm(column_type = "Text", nullable)]
        pub content: Option<String>,
        pub priority: i32,
        #[rdj(auto_now_add)]
        pub created_at: DateTimeUtc,
        #[rdj(auto_now)]
        pub updated_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A text as key.
pub mod country {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "country")]
    #[rdj(label_plural = "All countries", display = name)]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        pub name: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A UUID as key.
pub mod token {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "token")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub name: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Two columns as key.
pub mod seat {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "seat")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub hall: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub place: String,
        pub guest: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Unique names, referred to.
pub mod artist {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "artist")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i32,
        #[sea_orm(unique, column_type = "String(StringLen::N(160))")]
        pub name: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Refers to artists.
pub mod album {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "album")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i32,
        pub title: String,
        pub artist_id: i32,
        pub guest_id: Option<i32>,
        #[rdj(choices("cd" = "Compact disc", "lp"))]
        pub medium: String,
        #[sea_orm(belongs_to, relation_enum = "Artist", from = "artist_id", to = "id")]
        pub artist: BelongsTo<super::artist::Entity>,
        #[sea_orm(belongs_to, relation_enum = "Guest", from = "guest_id", to = "id")]
        pub guest: BelongsTo<Option<super::artist::Entity>>,
        #[sea_orm(has_many)]
        pub songs: HasMany<super::track::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a song can be.
pub mod genre {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "genre")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i32,
        pub name: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Refers to albums, which refer to artists.
pub mod track {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "track")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i32,
        #[rdj(max_length = 200)]
        pub name: String,
        pub album_id: Option<i32>,
        pub genre_id: Option<i32>,
        pub composer: Option<String>,
        pub seconds: i32,
        #[sea_orm(column_type = "Decimal(Some((10, 2)))")]
        pub price: Decimal,
        pub is_active: bool,
        #[rdj(auto_now_add)]
        pub created_at: DateTimeUtc,
        #[sea_orm(belongs_to, from = "album_id", to = "id")]
        pub album: BelongsTo<Option<super::album::Entity>>,
        #[sea_orm(belongs_to, from = "genre_id", to = "id")]
        pub genre: BelongsTo<Option<super::genre::Entity>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Values of all kinds.
pub mod reading {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "reading")]
    #[rdj(history)]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i32,
        pub amount: Decimal,
        pub discount: Option<Decimal>,
        pub day: Date,
        pub until: Option<Date>,
        pub at: DateTimeUtc,
        #[sea_orm(default_value = 5)]
        pub count: i32,
        pub limit: Option<i64>,
        pub checked: bool,
        #[rdj(default = "draft")]
        pub status: String,
        pub payload: Option<Json>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Rules that the model has: unique together, blanks taken away, a check, a version.
pub mod booking {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "booking")]
    #[rdj(app_label = "models", unique_together(user_id, title))]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub user_id: i64,
        #[sea_orm(unique_key = "room_slot")]
        pub room: String,
        #[sea_orm(unique_key = "room_slot")]
        pub slot: i32,
        #[rdj(trim, max_length = 20)]
        pub title: String,
        #[sea_orm(column_type = "Text", nullable)]
        pub remark: Option<String>,
        #[sea_orm(extra = "CHECK (seats > 0)")]
        pub seats: i32,
        #[rdj(max_length = 3, default = "new")]
        pub status: String,
        #[rdj(version)]
        pub version: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
