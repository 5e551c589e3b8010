pub mod playlist {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "playlist")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub name: String,
        #[sea_orm(has_many, via = "entry")]
        pub songs: HasMany<super::song::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod song {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "song")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub title: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod entry {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "playlist_song")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub playlist_id: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub song_id: i64,
        #[sea_orm(belongs_to, from = "playlist_id", to = "id")]
        pub playlist: BelongsTo<super::playlist::Entity>,
        #[sea_orm(belongs_to, from = "song_id", to = "id")]
        pub song: BelongsTo<super::song::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[derive(rdj::Serializer)]
#[serializer(model = playlist::Entity)]
pub struct PlaylistRow {
    pub name: String,
    pub songs: Vec<String>,
}

#[derive(rdj::Serializer)]
#[serializer(model = playlist::Entity)]
pub struct OtherRow {
    pub songs: Vec<i64>,
    pub song: Vec<i64>,
}

fn main() {}
