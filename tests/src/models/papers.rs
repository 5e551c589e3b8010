//! Papers of users with their sheets, in folders of users, with tags of users.
#![expect(missing_docs, reason = "the columns say what they are")]

/// Where papers lie.
pub mod folder {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "paper_folder")]
    #[rdj(app_label = "papers")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub user_id: i64,
        pub name: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What papers are about.
pub mod tag {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "paper_tag")]
    #[rdj(app_label = "papers")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub user_id: i64,
        pub name: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A paper.
pub mod paper {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "paper")]
    #[rdj(app_label = "papers", history)]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub user_id: i64,
        #[rdj(max_length = 200)]
        pub title: String,
        pub stars: i32,
        #[sea_orm(default_value = false)]
        pub approved: bool,
        #[rdj(max_size = 1024)]
        pub scan: Option<Vec<u8>>,
        pub folder_id: Option<i64>,
        #[sea_orm(belongs_to, from = "folder_id", to = "id")]
        pub folder: BelongsTo<Option<super::folder::Entity>>,
        #[sea_orm(has_many, via = "tagged")]
        pub tags: HasMany<super::tag::Entity>,
        #[sea_orm(has_many)]
        pub sheets: HasMany<super::sheet::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A sheet of a paper.
pub mod sheet {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "paper_sheet")]
    #[rdj(app_label = "papers")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub paper_id: i64,
        pub text: String,
        #[sea_orm(belongs_to, from = "paper_id", to = "id")]
        pub paper: BelongsTo<super::paper::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A tag of a paper.
pub mod tagged {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "paper_tagged")]
    #[rdj(app_label = "papers")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub paper_id: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub tag_id: i64,
        #[sea_orm(belongs_to, from = "paper_id", to = "id")]
        pub paper: BelongsTo<super::paper::Entity>,
        #[sea_orm(belongs_to, from = "tag_id", to = "id")]
        pub tag: BelongsTo<super::tag::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
