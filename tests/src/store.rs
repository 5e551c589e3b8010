//! The tracks of the Chinook database, and a page over them.

#![expect(
    missing_debug_implementations,
    missing_docs,
    reason = "columns are as their names say, and nobody prints them"
)]
#![expect(
    clippy::missing_panics_doc,
    clippy::expect_used,
    reason = "a test fails by a panic"
)]

use std::{env, path::PathBuf, process};

use rdj::{
    orm::{Db, connect, sea_orm::ConnectionTrait as _},
    prelude::*,
};

/// What a track refers to.
macro_rules! named {
    ($module:ident, $table:literal, $id:literal, $name:literal) => {
        pub mod $module {
            use rdj::orm::prelude::*;

            #[sea_orm::model]
            #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
            #[sea_orm(table_name = $table)]
            #[rdj(app_label = "store")]
            pub struct Model {
                #[sea_orm(primary_key, column_name = $id)]
                pub id: i64,
                #[sea_orm(column_name = $name)]
                pub name: Option<String>,
            }

            impl ActiveModelBehavior for ActiveModel {}
        }
    };
}

named!(album, "Album", "AlbumId", "Title");
named!(genre, "Genre", "GenreId", "Name");
named!(media_type, "MediaType", "MediaTypeId", "Name");

/// A track.
pub mod track {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "Track")]
    #[rdj(app_label = "store")]
    pub struct Model {
        #[sea_orm(primary_key, column_name = "TrackId")]
        pub id: i64,
        #[sea_orm(column_name = "Name")]
        #[rdj(max_length = 200)]
        pub name: String,
        #[sea_orm(column_name = "AlbumId")]
        pub album_id: Option<i64>,
        #[sea_orm(column_name = "MediaTypeId")]
        pub media_type_id: i64,
        #[sea_orm(column_name = "GenreId")]
        pub genre_id: Option<i64>,
        #[sea_orm(column_name = "Composer")]
        #[rdj(max_length = 220)]
        pub composer: Option<String>,
        #[sea_orm(column_name = "Milliseconds")]
        pub milliseconds: i64,
        #[sea_orm(column_name = "Bytes")]
        pub bytes: Option<i64>,
        #[sea_orm(column_name = "UnitPrice", column_type = "Decimal(Some((10, 2)))")]
        pub unit_price: Decimal,
        #[sea_orm(belongs_to, from = "album_id", to = "id")]
        pub album: BelongsTo<Option<super::album::Entity>>,
        #[sea_orm(belongs_to, from = "media_type_id", to = "id")]
        pub media_type: BelongsTo<super::media_type::Entity>,
        #[sea_orm(belongs_to, from = "genre_id", to = "id")]
        pub genre: BelongsTo<Option<super::genre::Entity>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// All tracks.
#[model_state(
    model = track::Entity,
    fields(name, album_id, media_type_id, genre_id, composer, milliseconds, bytes, unit_price),
    list_display(name),
    ordering(id),
    search_fields(name),
    paginate_by = 20,
    export,
    import,
)]
pub struct TracksState;

/// The tracks, for signed-in users.
#[page(
    route = "/tracks",
    template = "tracks.html",
    title = "Tracks",
    login,
    discover = false
)]
pub struct TracksPage {
    pub tracks: TracksState,
}

/// A copy of the Chinook database; removed when dropped.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    pub db: Db,
}

impl Store {
    pub async fn copy(name: &str) -> Self {
        let source = env::var("RDJ_CHINOOK");
        let source = source.unwrap_or_else(|_| {
            let root = env!("CARGO_MANIFEST_DIR");
            format!("{root}/../../shared/data/chinook.sqlite")
        });
        let path = env::temp_dir().join(format!("rdj-{name}-{}.sqlite", process::id()));
        std::fs::copy(&source, &path).expect("the Chinook database, where RDJ_CHINOOK says");
        let db = connect(&format!("sqlite://{}", path.display())).await;
        Self {
            path,
            db: db.expect("a database"),
        }
    }

    /// Takes the tracks out, and what refers to them.
    pub async fn empty(&self) {
        for table in ["InvoiceLine", "PlaylistTrack", "Track"] {
            let sql = format!("DELETE FROM \"{table}\"");
            self.db.execute_unprepared(&sql).await.expect("no rows");
        }
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", self.path.display()));
        }
    }
}
