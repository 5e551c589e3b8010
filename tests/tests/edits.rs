//! Edits that an address asks for, keys of rows that went away, and choices that do.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

use axum::middleware::from_fn;
use http::StatusCode;
use rdj::{
    App,
    orm::{
        Db,
        sea_orm::{ActiveModelTrait as _, EntityTrait as _, ModelTrait as _, Set},
    },
    prelude::*,
};
use rdj_tests::{
    Server, Socket,
    notes::{FoldersPage, NotesPage, database, folder, note, sign_in},
};
use serde_json::json;

fn app(db: &Db) -> App {
    App::new()
        .page::<NotesPage>()
        .page::<FoldersPage>()
        .database(db.clone())
        .sessions(rdj::session::memory())
}

async fn start() -> (Server, Db) {
    let db = database().await;
    let app = app(&db).layer(from_fn(sign_in));
    (Server::start(app).await, db)
}

async fn add_folder(db: &Db, name: &str) -> folder::Model {
    let row = folder::ActiveModel {
        name: Set(name.to_owned()),
        ..Default::default()
    };
    row.insert(db).await.expect("a row")
}

async fn add_note(db: &Db, title: &str) -> note::Model {
    let row = note::ActiveModel {
        user_id: Set(1),
        title: Set(title.to_owned()),
        priority: Set(1),
        ..Default::default()
    };
    row.insert(db).await.expect("a row")
}

async fn notes(db: &Db) -> Vec<note::Model> {
    note::Entity::find().all(db).await.expect("rows")
}

#[tokio::test]
async fn the_address_edits_through_the_users_event() {
    let (server, db) = start().await;
    let open = add_folder(&db, "Home").await.id;
    let locked = add_folder(&db, "Locked").await.id;
    let browser = server.browser();
    let html = browser.text(&format!("/folders?edit={open}")).await;
    assert!(html.contains("value=\"Home (editing)\""), "{html}");
    assert!(html.contains("Edit folder"), "{html}");

    let html = browser.text(&format!("/folders?edit={locked}")).await;
    assert!(html.contains("You do not have permission"), "{html}");
    assert!(html.contains("New folder"), "{html}");
    assert!(!html.contains("value=\"Locked\""), "not filled in: {html}");
    let target = format!("/folders?edit={locked}&_event=folders.save");
    let answer = browser.post(&target, "name=Opened").await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    let names = folder::Entity::find().all(&db).await.expect("rows");
    assert!(names.iter().all(|row| row.name != "Opened"), "{names:?}");

    // the guard of the event holds for the address as well
    let unsigned = Server::start(app(&db)).await;
    let anonymous = unsigned.browser();
    let answer = anonymous.get(&format!("/folders?edit={open}")).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let html = answer.text().await.unwrap_or_default();
    assert!(html.contains("Please sign in."), "{html}");
    assert!(!html.contains("Home (editing)"), "{html}");
    assert!(!html.contains("value=\"Home\""), "{html}");
}

#[tokio::test]
async fn a_row_that_was_deleted_meanwhile_is_not_saved_as_a_new_one() {
    let (server, db) = start().await;
    let row = add_note(&db, "Milk").await;
    let browser = server.browser();
    let address = format!("/notes?edit={}", row.id);
    let html = browser.text(&address).await;
    assert!(html.contains("Edit note"), "{html}");
    row.delete(&db).await.expect("a deletion");

    let body = "title=Bread&content=&priority=3&due=&folder_id=";
    for address in [&*address, "/notes?edit=oops"] {
        let target = format!("{address}&_event=notes.save");
        let answer = browser.post(&target, body).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
        let html = answer.text().await.unwrap_or_default();
        assert!(html.contains("does not exist any more"), "{html}");
        assert!(html.contains("value=\"Bread\""), "kept: {html}");
        assert!(
            html.contains("action=\"/notes?_event=notes.save\""),
            "the form is for a new row now: {html}"
        );
        assert!(notes(&db).await.is_empty());
    }
    for event in ["create", "new", "cancel_edit"] {
        let target = format!("{address}&_event=notes.{event}");
        let answer = browser.post(&target, body).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{event}");
    }
    assert_eq!(notes(&db).await.len(), 1, "created once");

    // over a socket the second save is for a new row
    let mut socket = Socket::open(&browser, &address).await;
    let form = [("title", "Rye"), ("priority", "1"), ("folder_id", "")];
    let reply = socket.submit("notes.save", &form).await;
    assert_eq!(reply.effect("refused").unwrap_or_default()["status"], 404);
    let reply = socket.submit("notes.save", &form).await;
    assert!(reply.patched().contains("Note saved."), "{reply:?}");
}

#[tokio::test]
async fn hooks_find_the_transaction_through_the_current_context() {
    let (server, db) = start().await;
    let mut socket = Socket::open(&server.browser(), "/notes").await;
    let form = |title| [("title", title), ("priority", "1"), ("folder_id", "")];
    let reply = socket.submit("notes.save", &form("late failure")).await;
    assert!(reply.patched().contains("It failed late."), "{reply:?}");
    assert!(notes(&db).await.is_empty(), "rolled back");
    let reply = socket.submit("notes.save", &form("Milk")).await;
    assert!(reply.patched().contains("Note saved."), "{reply:?}");
    let id = notes(&db).await[0].id;
    let reply = socket.event("notes.delete", json!([id])).await;
    assert!(reply.patched().contains("Note deleted."), "{reply:?}");
}

#[tokio::test]
async fn a_posted_choice_is_looked_up_when_it_is_saved() {
    let (server, db) = start().await;
    let gone = add_folder(&db, "Gone").await;
    let archive = add_folder(&db, "Archive").await.id;
    let mut socket = Socket::open(&server.browser(), "/notes").await;
    let many = (0..1_100).map(|number| folder::ActiveModel {
        name: Set(format!("Z {number:04}")),
        ..Default::default()
    });
    let many = folder::Entity::insert_many(many);
    many.exec(&db).await.expect("rows");
    let id = gone.id;
    gone.delete(&db).await.expect("a deletion");

    // a choice that went away, one that the user's hook does not offer, one that never was
    for key in [id, archive, 9_999] {
        let key = key.to_string();
        let form = [("title", "Milk"), ("priority", "1"), ("folder_id", &*key)];
        let reply = socket.submit("notes.save", &form).await;
        let patched = reply.patched();
        assert!(!patched.contains("Note saved."), "{key}: {reply:?}");
        assert!(notes(&db).await.is_empty(), "{key}");
    }
    // the last of more choices than a form has
    let last = folder::Entity::find().all(&db).await.expect("rows");
    let last = last.last().expect("a row").id;
    let key = last.to_string();
    let form = [("title", "Milk"), ("priority", "1"), ("folder_id", &*key)];
    let reply = socket.submit("notes.save", &form).await;
    assert!(reply.patched().contains("Note saved."), "{reply:?}");
    assert_eq!(notes(&db).await[0].folder_id, Some(last));
}

/// The value of a hidden control.
fn hidden(html: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let rest = html.split_once(&start).map(|(_, rest)| rest);
    let value = rest.and_then(|rest| rest.split_once('"'));
    value.map(|(value, _)| value).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn two_editors_without_javascript_do_not_overwrite_each_other() {
    let (server, db) = start().await;
    let row = add_note(&db, "Milk").await;
    let browser = server.browser();
    let address = format!("/notes?edit={}", row.id);
    let version = hidden(&browser.text(&address).await, "_version");
    let change = |title: &str| {
        let mut other: note::ActiveModel = row.clone().into();
        other.title = Set(title.to_owned());
        other.update(&db)
    };
    change("Cream").await.expect("an update");

    let body = |title: &str| {
        format!("title={title}&content=&priority=1&due=&folder_id=&_version={version}")
    };
    let target = |event: &str| format!("{address}&_event=notes.{event}");
    let answer = browser.post(&target("save"), &body("Bread")).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let html = answer.text().await.unwrap_or_default();
    assert!(html.contains("Somebody else has changed"), "{html}");
    assert!(html.contains("<td>Cream</td><td>Bread</td>"), "{html}");
    assert!(html.contains("value=\"notes.keep_mine\""), "{html}");
    assert!(html.contains("value=\"notes.take_theirs\""), "{html}");
    assert!(html.contains("value=\"Bread\""), "kept: {html}");
    assert_eq!(notes(&db).await[0].title, "Cream");

    let theirs = hidden(&html, "_theirs");
    let keep = format!("{}&_theirs={theirs}", body("Bread"));
    change("Butter").await.expect("an update");
    let answer = browser.post(&target("keep_mine"), &keep).await;
    assert_eq!(answer.status(), StatusCode::OK, "changed once more");
    let theirs = hidden(&answer.text().await.unwrap_or_default(), "_theirs");
    let keep = format!("{}&_theirs={theirs}", body("Bread"));
    let answer = browser.post(&target("keep_mine"), &keep).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(notes(&db).await[0].title, "Bread");

    // the buttons of a form choose the event over a socket too
    let mut socket = Socket::open(&browser, &address).await;
    change("Cheese").await.expect("an update");
    let form = [("title", "Ham"), ("priority", "7"), ("folder_id", "")];
    let reply = socket.submit("notes.save", &form).await;
    assert!(
        reply.patched().contains("Somebody else has changed"),
        "{reply:?}"
    );
    socket.submit("notes.take_theirs", &form).await;
    socket.event("notes.save", json!([])).await;
    let saved = notes(&db).await[0].clone();
    assert_eq!((&*saved.title, saved.priority), ("Cheese", 7));
}
