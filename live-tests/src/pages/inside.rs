//! Pages: what is measured, and what is under pressure.

#![expect(
    missing_debug_implementations,
    reason = "states and pages are not printed here"
)]

use std::time::Duration;

use rdj::{
    orm::{Db, Tables, connect, sea_orm::ConnectionTrait as _},
    prelude::*,
};

use super::noise::noise;

/// Rows of a table.
pub mod line {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "line")]
    #[expect(missing_docs, reason = "a model of a test")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub title: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Twenty rows.
#[model_state(
    model = line::Entity,
    fields(title),
    ordering(title),
    search_fields(title),
    list_display(title),
    paginate_by = 20,
)]
pub struct LinesState;

/// Something of any size, and handlers of all kinds.
#[app_state]
pub struct InsideState {
    /// How often it was counted.
    pub count: i64,
    /// Kilobytes that no compression makes shorter.
    pub kilobytes: usize,
    /// The text that has them.
    pub noise: Vec<String>,
}

#[events]
impl InsideState {
    async fn increment(&mut self, _cx: &Cx) {
        self.count += 1;
    }

    async fn nothing(&mut self, _cx: &Cx) {}

    /// Shows so many kilobytes, other ones with each change that is told.
    async fn show(&mut self, _cx: &Cx, kilobytes: usize) {
        self.kilobytes = kilobytes.min(512);
        self.change();
    }

    async fn tell(&mut self, cx: &Cx) {
        self.count += 1;
        cx.changed_many::<line::Entity>(ChangeKind::Updated);
    }

    async fn take(&mut self, _cx: &Cx, text: String) {
        self.count = i64::try_from(text.len()).unwrap_or_default();
    }

    async fn wait(&mut self, _cx: &Cx, milliseconds: u64) {
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
        self.count += 1;
    }

    /// The same statement for each of so many rows.
    async fn each(&mut self, cx: &Cx, rows: i64) -> Result {
        let db = cx.db()?;
        for _ in 0..rows {
            db.execute_unprepared("SELECT title FROM line WHERE id = 1")
                .await?;
        }
        self.count += 1;
        Ok(())
    }

    async fn refuse(&mut self, _cx: &Cx) -> Result {
        Err(Error::invalid("Not today."))
    }

    async fn fail(&mut self, _cx: &Cx) -> Result {
        Err(Error::internal("the secret cause"))
    }

    #[on_change(line::Entity)]
    async fn follow(&mut self, _cx: &Cx) {
        self.change();
    }
}

impl InsideState {
    fn change(&mut self) {
        self.count += 1;
        let noise = noise(self.count.unsigned_abs(), self.kilobytes);
        let each = noise.as_bytes().chunks(1024).map(String::from_utf8_lossy);
        self.noise = each.map(std::borrow::Cow::into_owned).collect();
    }
}

/// The counter and its noise.
#[page(route = "/inside", template = "inside.html", title = "Inside")]
pub struct InsidePage {
    /// All of it.
    pub inside: InsideState,
}

/// Twenty rows.
#[page(
    route = "/inside/lines",
    template = "inside_lines.html",
    title = "Lines"
)]
pub struct LinesPage {
    /// The rows.
    pub lines: LinesState,
}

/// Rows without keys, and an id that two elements have.
#[page(
    route = "/inside/careless",
    template = "inside_careless.html",
    title = "Careless"
)]
pub struct CarelessPage {
    /// A state, as every page has one.
    pub inside: InsideState,
}

/// A database in memory with twenty rows.
///
/// # Errors
///
/// The database fails.
pub async fn database() -> Result<Db> {
    let db = connect("sqlite::memory:").await?;
    Tables::new().add(line::Entity).create(&db).await?;
    for row in 0..20 {
        db.execute_unprepared(&format!(
            "INSERT INTO line (title) VALUES ('Line {row:02}')"
        ))
        .await?;
    }
    Ok(db)
}

/// An application with these pages.
///
/// # Errors
///
/// The database fails.
pub async fn app() -> Result<rdj::App> {
    let app = rdj::App::new()
        .page::<InsidePage>()
        .page::<LinesPage>()
        .page::<CarelessPage>();
    Ok(app.database(database().await?))
}
