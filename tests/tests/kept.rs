//! What a model state takes along to another process.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

use std::time::Duration;

use axum::middleware::from_fn;
use rdj::{
    App, AppDatabase as _, Cx, events, model_state,
    orm::{
        Db,
        sea_orm::{ActiveModelTrait as _, Set},
    },
    page_store::MemoryPages,
    session::{self, MemorySessions},
};
use rdj_tests::{
    Server, Socket,
    notes::{database, folder, note, sign_in},
};
use serde_json::json;
use tokio::time::sleep;

/// Notes, and a variable of its own that no form edits.
#[model_state(model = note::Entity, name = "notes", fields(title, folder_id), owner_field = user_id)]
struct KeptState {
    count: u32,
}

#[events]
impl KeptState {
    async fn add(&mut self, _cx: &Cx) {
        self.count += 1;
    }
}

#[rdj::page(
    route = "/notes",
    template = "kept.html",
    title = "Kept",
    discover = false
)]
struct KeptPage {
    notes: KeptState,
}

/// Two processes with what they share.
struct Two {
    here: Server,
    there: Server,
    pages: MemoryPages,
    db: Db,
}

impl Two {
    async fn start() -> Self {
        let (db, pages) = (database().await, MemoryPages::default());
        let sessions = MemorySessions::default();
        let app = || {
            App::new()
                .page::<KeptPage>()
                .database(db.clone())
                .sessions(session::layer(sessions.clone()))
                .page_store(pages.clone())
                .layer(from_fn(sign_in))
        };
        Self {
            here: Server::start(app()).await,
            there: Server::start(app()).await,
            pages,
            db,
        }
    }

    /// The browser of a page comes to the other process: whether its page is a new one there, and the
    /// text of it.
    async fn move_there(&self, socket: Socket) -> (bool, String) {
        let (token, version) = (socket.token.clone(), socket.version);
        self.leave(socket).await;
        let browser = self.here.browser().at(&self.there);
        let mut socket = Socket::connect(&browser, &[]).await.expect("a socket");
        let join = json!({
            "v": 1, "token": token, "url": "/notes", "version": version, "csrf": socket.csrf,
        });
        socket.send(&json!(["join", join])).await;
        let hello = socket.frame().await.expect("a hello").effects().remove(0);
        let body = socket.frame().await.expect("a body").text();
        // what comes into the store after this is of another page
        self.leave(socket).await;
        (hello["fresh"] == true, body)
    }

    /// Leaves a page, and waits until it is in the store.
    async fn leave(&self, mut socket: Socket) {
        let before = self.pages.len();
        socket.leave().await;
        while self.pages.len() <= before {
            sleep(Duration::from_millis(10)).await;
        }
    }
}

#[tokio::test]
async fn a_form_is_taken_along_as_a_whole_or_not_at_all() {
    let two = Two::start().await;
    let row = folder::ActiveModel {
        name: Set("Home".to_owned()),
        ..Default::default()
    };
    let folder = row.insert(&two.db).await.expect("a row").id;

    let mut socket = Socket::open(&two.here.browser(), "/notes").await;
    let title = json!(["half a title"]);
    socket.event("notes.set_title", title.clone()).await;
    socket.event("notes.add", json!([])).await;
    let (is_new, body) = two.move_there(socket).await;
    assert!(!is_new && body.contains("half a title"), "{body}");
    assert!(body.contains("added 1"), "{body}");

    // whose label would have to be read
    let mut socket = Socket::open(&two.here.browser(), "/notes").await;
    socket.event("notes.set_title", title).await;
    socket.event("notes.add", json!([])).await;
    socket.event("notes.set_folder_id", json!([folder])).await;
    let (is_new, body) = two.move_there(socket).await;
    assert!(is_new, "{body}");
    assert!(!body.contains("half a title"), "{body}");
    assert!(body.contains("added 0"), "{body}");
}
