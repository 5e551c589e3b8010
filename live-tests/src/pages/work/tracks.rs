//! All tracks of a music store, a window of which is in the browser and none on the server.

use std::{env, path::Path, process};

use rdj::{
    orm::sea_orm::{
        ConnectionTrait as _, Database, DatabaseConnection, DbBackend, Statement, prelude::DbErr,
    },
    prelude::*,
};
use tokio::sync::OnceCell;

/// Rows that are read at one time.
const STEP: i64 = 50;
/// Rows that the browser keeps.
const LIMIT: i64 = 200;

#[derive(Debug)]
pub struct Track {
    pub id: i64,
    pub name: String,
}

#[app_state]
pub struct TracksState {
    pub rows: Stream<Track>,
    pub from: i64,
    pub to: i64,
    pub total: i64,
}

/// A copy of the store.
async fn store() -> Result<&'static DatabaseConnection> {
    static STORE: OnceCell<DatabaseConnection> = OnceCell::const_new();
    let open = async || {
        let from =
            env::var("RDJ_CHINOOK").unwrap_or_else(|_| "../shared/data/chinook.sqlite".into());
        let to = env::temp_dir().join(format!("rdj-tracks-{}.sqlite", process::id()));
        std::fs::copy(Path::new(&from), &to)?;
        let url = format!("sqlite://{}?mode=ro", to.display());
        let store = Database::connect(url).await?;
        // the file goes when the last connection does
        store
            .execute_unprepared("select count(*) from Track")
            .await?;
        Ok::<_, Error>(store)
    };
    STORE.get_or_try_init(open).await
}

async fn read(from: i64, to: i64) -> Result<Vec<Track>> {
    let sql = "select TrackId as id, Name as name from Track order by TrackId limit ? offset ?";
    let values = [to - from, from].map(Into::into);
    let query = Statement::from_sql_and_values(DbBackend::Sqlite, sql, values);
    let rows = store().await?.query_all_raw(query).await?;
    let track = |row: rdj::orm::sea_orm::QueryResult| {
        Ok::<_, DbErr>(Track {
            id: row.try_get("", "id")?,
            name: row.try_get("", "name")?,
        })
    };
    Ok(rows.into_iter().map(track).collect::<Result<_, _>>()?)
}

#[events]
impl TracksState {
    #[on_load]
    async fn begin(&mut self, _cx: &Cx) -> Result {
        let sql = "select count(*) as n from Track".to_owned();
        let query = Statement::from_string(DbBackend::Sqlite, sql);
        let row = store().await?.query_one_raw(query).await?;
        self.total = row.ok_or(Error::NotFound)?.try_get("", "n")?;
        self.rows
            .set_limit(usize::try_from(LIMIT).unwrap_or_default());
        self.later_rows().await
    }

    async fn later(&mut self, _cx: &Cx) -> Result {
        self.later_rows().await
    }

    async fn earlier(&mut self, _cx: &Cx) -> Result {
        let from = (self.from - STEP).max(0);
        for track in read(from, self.from).await?.into_iter().rev() {
            self.rows.prepend(track);
        }
        self.from = from;
        self.to = self.to.min(from + LIMIT);
        Ok(())
    }
}

impl TracksState {
    async fn later_rows(&mut self) -> Result {
        let to = (self.to + STEP).min(self.total);
        for track in read(self.to, to).await? {
            self.rows.append(track);
        }
        self.to = to;
        self.from = self.from.max(to - LIMIT);
        Ok(())
    }
}

#[page(
    route = "/work/tracks",
    template = "work/tracks.html",
    title = "Tracks"
)]
pub struct TracksPage {
    tracks: TracksState,
}
