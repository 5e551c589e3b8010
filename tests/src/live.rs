//! A page with live rows: a scope by `get_queryset` alone, search, order, labels, and states of its own.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    extract::{Request, State as Shared},
    http::{StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse as _, Response},
};
use rdj::{
    App, CurrentUser,
    live::Changes,
    orm::{
        Db,
        sea_orm::{
            ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set,
        },
    },
    prelude::*,
    testing::TestCx,
};

use crate::{
    Server, Socket,
    models::{album, artist, note},
    orm::memory,
};

/// Notes of the signed-in user; nothing but `get_queryset` says so.
#[model_state(
    model = note::Entity,
    fields(title, content),
    ordering(title),
    search_fields(title),
    list_display(title),
    paginate_by = 3,
)]
pub struct LinesState;

impl LinesHooks for LinesState {
    async fn authorize(&self, cx: &Cx, action: Action) -> Result {
        if cx
            .resource::<Arc<Switches>>()?
            .closed
            .load(Ordering::SeqCst)
        {
            return Err(Error::Denied);
        }
        base::authorize(self, cx, action).await
    }

    async fn get_queryset(&self, cx: &Cx) -> Result<rdj::orm::hooks::Query<Self>> {
        let user = cx.require_user()?;
        Ok(note::Entity::find().filter(note::Column::UserId.eq(user.id())))
    }

    async fn perform_create(&mut self, cx: &Cx, mut new: note::ActiveModel) -> Result<note::Model> {
        new.user_id = Set(cx.require_user()?.id());
        new.priority = Set(0);
        base::perform_create(self, cx, new).await
    }
}

/// The same rows, not followed.
#[model_state(model = note::Entity, fields(title), ordering(title), live = false)]
pub struct StillState;

/// Albums with the names of their artists.
#[model_state(
    model = album::Entity,
    fields(title, artist_id),
    ordering(title),
    list_display(title, artist_id),
)]
pub struct AlbumsState;

/// How many notes there are.
#[app_state]
#[derive(Debug)]
pub struct CountState {
    /// The number.
    pub notes: u64,
}

#[events]
impl CountState {
    #[on_load]
    #[expect(missing_docs, clippy::missing_errors_doc, reason = "a test")]
    pub async fn count(&mut self, cx: &Cx) -> Result {
        self.notes = all(&cx.db()?).await?.len() as u64;
        Ok(())
    }

    #[on_change(note::Entity, artist::Entity)]
    #[expect(missing_docs, clippy::missing_errors_doc, reason = "a test")]
    pub async fn recount(&mut self, cx: &Cx) -> Result {
        self.count(cx).await
    }
}

async fn all(db: &Db) -> Result<Vec<note::Model>> {
    Ok(note::Entity::find().all(db).await?)
}

/// Notes of a user.
#[page(route = "/lines", template = "live/lines.html", title = "Lines")]
pub struct LinesPage {
    /// The notes.
    pub lines: LinesState,
}

/// Notes that stay as they were read.
#[page(route = "/still", template = "live/still.html", title = "Still")]
pub struct StillPage {
    /// The notes.
    pub still: StillState,
}

/// Albums, and the number of notes.
#[page(route = "/shelf", template = "live/shelf.html", title = "Shelf")]
pub struct ShelfPage {
    /// The albums.
    pub albums: AlbumsState,
    /// The number of notes.
    pub count: CountState,
}

/// What a test switches while pages are open.
#[derive(Debug, Default)]
pub struct Switches {
    /// The state lets nobody read.
    pub closed: AtomicBool,
    /// The layers know nobody any more.
    pub signed_out: AtomicBool,
    /// The layers want fewer requests.
    pub busy: AtomicBool,
}

async fn layer(
    Shared(switches): Shared<Arc<Switches>>,
    mut request: Request,
    next: Next,
) -> Response {
    if switches.busy.load(Ordering::SeqCst) {
        return StatusCode::TOO_MANY_REQUESTS.into_response();
    }
    let cookies = request.headers().get(header::COOKIE);
    let cookies = cookies
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let user = cookies
        .split("; ")
        .find_map(|pair| pair.strip_prefix("user="));
    let user = user.and_then(|id| id.parse().ok());
    if let Some(id) = user.filter(|_| !switches.signed_out.load(Ordering::SeqCst)) {
        request
            .extensions_mut()
            .insert(CurrentUser::new(id, "somebody"));
    }
    next.run(request).await
}

/// A server with these pages, and what it knows.
#[derive(Debug)]
pub struct Site {
    /// The server.
    pub server: Server,
    /// The database.
    pub db: Db,
    /// The bus.
    pub changes: Changes,
    /// The switches.
    pub switches: Arc<Switches>,
}

impl Site {
    /// A server with an empty database.
    pub async fn start(configure: impl FnOnce(&mut rdj::Config)) -> Self {
        let db = memory().await.expect("a database");
        let switches = Arc::<Switches>::default();
        let app = App::new()
            .page::<LinesPage>()
            .page::<StillPage>()
            .page::<ShelfPage>()
            .database(db.clone())
            .resource(Arc::clone(&switches))
            .configure(configure)
            .layer(from_fn_with_state(Arc::clone(&switches), layer));
        let changes = app.resources().get::<Changes>().expect("a bus").clone();
        Self {
            server: Server::start(app).await,
            db,
            changes,
            switches,
        }
    }

    /// A page in the browser of a user.
    pub async fn open(&self, user: i64, path: &str) -> Socket {
        let browser = self.server.browser();
        browser.set_cookie("user", &user.to_string());
        Socket::open(&browser, path).await
    }

    /// The context of a write that no page asked for.
    pub fn cx(&self) -> Cx {
        let test = TestCx::new().resource(self.db.clone());
        test.resource(self.changes.clone()).build()
    }

    /// Writes a note and tells it, as server code does.
    pub async fn write(&self, user_id: i64, title: &str) -> i64 {
        let id = insert(&self.db, user_id, title).await;
        self.cx().changed::<note::Entity>(&id, ChangeKind::Created);
        id
    }

    /// Makes a note somebody else's.
    pub async fn give(&self, id: i64, user_id: i64) {
        let row = note::ActiveModel {
            id: Set(id),
            user_id: Set(user_id),
            ..Default::default()
        };
        row.update(&self.db).await.expect("a row");
        self.cx().changed::<note::Entity>(&id, ChangeKind::Updated);
    }
}

/// Writes a note without telling anybody.
pub async fn insert(db: &Db, user_id: i64, title: &str) -> i64 {
    let mut row = note::ActiveModel {
        user_id: Set(user_id),
        title: Set(title.to_owned()),
        priority: Set(0),
        ..Default::default()
    };
    note::Entity::touch(&mut row, true);
    row.insert(db).await.expect("a row").id
}
