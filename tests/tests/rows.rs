//! Rows over a socket and over forms: what a browser may do, and what it may not.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

use axum::middleware::from_fn;
use http::{StatusCode, header};
use rdj::{
    App,
    orm::{
        Db,
        sea_orm::{ActiveModelTrait as _, EntityTrait as _, Set},
    },
    prelude::*,
};
use rdj_tests::{
    Reply, Server, Socket,
    notes::{NotesPage, database, folder, note, sign_in},
};
use serde_json::json;

struct Test {
    server: Server,
    db: Db,
}

impl Test {
    async fn start() -> Self {
        let db = database().await;
        let app = App::new()
            .page::<NotesPage>()
            .database(db.clone())
            .layer(from_fn(sign_in))
            .sessions(rdj::session::memory());
        Self {
            server: Server::start(app).await,
            db,
        }
    }

    async fn open(&self) -> Socket {
        Socket::open(&self.server.browser(), "/notes").await
    }

    async fn note(&self, user_id: i64, title: &str) -> note::Model {
        let row = note::ActiveModel {
            user_id: Set(user_id),
            title: Set(title.to_owned()),
            priority: Set(1),
            ..Default::default()
        };
        row.insert(&self.db).await.expect("a row")
    }

    async fn all(&self) -> Vec<note::Model> {
        note::Entity::find().all(&self.db).await.expect("rows")
    }
}

const GOOD: [(&str, &str); 5] = [
    ("title", "Milk"),
    ("content", ""),
    ("priority", "2"),
    ("due", "2026-11-30"),
    ("folder_id", ""),
];

fn with(name: &str, value: &str) -> Vec<(String, String)> {
    let pair = |(n, v): &(&str, &str)| {
        let value = if *n == name { value } else { v };
        ((*n).to_owned(), value.to_owned())
    };
    GOOD.iter().map(pair).collect()
}

async fn save(socket: &mut Socket, form: &[(String, String)]) -> Reply {
    let form: Vec<_> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    socket.submit("notes.save", &form).await
}

async fn page(socket: &mut Socket) -> String {
    socket
        .send(&json!(["miss", socket.version, "for the whole page"]))
        .await;
    socket.frame().await.expect("a body").text()
}

#[tokio::test]
async fn saves_typed_values_and_null_for_what_is_empty() {
    let test = Test::start().await;
    let mut socket = test.open().await;
    let reply = save(&mut socket, &with("", "")).await;
    assert!(reply.patched().contains("Note saved."), "{reply:?}");
    let rows = test.all().await;
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (rows[0].title.as_str(), rows[0].content.as_deref()),
        ("Milk", None)
    );
    assert_eq!((rows[0].priority, rows[0].user_id), (2, 1));
    assert_eq!(
        rows[0].due.map(|due| due.to_string()).as_deref(),
        Some("2026-11-30")
    );
    let html = page(&mut socket).await;
    assert!(
        !html.contains("value=\"Milk\""),
        "the form is empty: {html}"
    );
}

#[tokio::test]
async fn what_does_not_parse_stays_in_the_form_with_its_error() {
    let test = Test::start().await;
    let mut socket = test.open().await;
    for (field, text, error) in [
        ("priority", "high", "Enter a whole number."),
        (
            "priority",
            "99999999999",
            "Enter a whole number from -2147483648 to 2147483647.",
        ),
        ("priority", "", "This field is required."),
        ("due", "tomorrow", "Enter a valid date."),
        ("title", "   ", "This field is required."),
        ("folder_id", "77", "folder"),
    ] {
        save(&mut socket, &with(field, text)).await;
        let html = page(&mut socket).await;
        assert!(
            html.to_lowercase().contains(&error.to_lowercase()),
            "{field}={text}: {html}"
        );
        assert!(
            html.contains("value=\"Milk\"") || field == "title",
            "{html}"
        );
        assert!(test.all().await.is_empty(), "{field}={text} is not saved");
    }
    save(&mut socket, &with("", "")).await;
    assert_eq!(test.all().await.len(), 1, "the form is not stuck");
}

#[tokio::test]
async fn a_megabyte_in_a_short_field_is_answered_and_lost_nowhere() {
    let test = Test::start().await;
    let mut socket = test.open().await;
    let long = "x".repeat(1_000_000);
    save(&mut socket, &with("title", &long)).await;
    let html = page(&mut socket).await;
    assert!(
        html.contains("at most 200 characters"),
        "the error is shown"
    );
    assert!(html.contains(&long), "the text is still there");
    assert!(test.all().await.is_empty());
    save(&mut socket, &with("", "")).await;
    assert_eq!(test.all().await.len(), 1);
}

#[tokio::test]
async fn keys_that_do_not_exist_or_are_none_are_refused() {
    let test = Test::start().await;
    let mut socket = test.open().await;
    for (args, status) in [
        (json!([1]), 404),
        (json!([-5]), 404),
        (json!(["1"]), 400),
        (json!([1.5]), 400),
        (json!([null]), 400),
        (json!([[1, 2]]), 400),
        (json!([]), 400),
        (json!([1, 2]), 400),
        (json!(["1 OR 1=1"]), 400),
    ] {
        for event in ["notes.start_edit", "notes.delete"] {
            let reply = socket.event(event, args.clone()).await;
            let refused = reply.effect("refused").unwrap_or_default();
            assert_eq!(refused["status"], status, "{event}{args}: {reply:?}");
        }
    }
}

#[tokio::test]
async fn the_rows_of_others_do_not_exist() {
    let test = Test::start().await;
    let own = test.note(1, "mine").await;
    let other = test.note(2, "theirs").await;
    let mut socket = test.open().await;
    let html = page(&mut socket).await;
    assert!(html.contains("mine") && !html.contains("theirs"), "{html}");
    for event in ["notes.start_edit", "notes.delete"] {
        let reply = socket.event(event, json!([other.id])).await;
        assert_eq!(
            reply.effect("refused").unwrap_or_default()["status"],
            404,
            "{event}"
        );
    }
    // an edit that was begun before the row went to somebody else is not saved either
    socket.event("notes.start_edit", json!([own.id])).await;
    let mut moved: note::ActiveModel = own.clone().into();
    moved.user_id = Set(2);
    moved.update(&test.db).await.expect("an update");
    let reply = save(&mut socket, &with("title", "taken")).await;
    assert_eq!(
        reply.effect("refused").unwrap_or_default()["status"],
        404,
        "{reply:?}"
    );
    let titles: Vec<_> = test.all().await.into_iter().map(|row| row.title).collect();
    assert_eq!(titles, ["mine", "theirs"]);
}

#[tokio::test]
async fn columns_that_are_not_declared_cannot_be_set() {
    let test = Test::start().await;
    let mut socket = test.open().await;
    let mut form = with("", "");
    for (name, value) in [
        ("user_id", "2"),
        ("id", "99"),
        ("error", "x"),
        ("__core", "x"),
    ] {
        form.push((name.to_owned(), value.to_owned()));
    }
    save(&mut socket, &form).await;
    let rows = test.all().await;
    assert_eq!((rows[0].user_id, rows.len()), (1, 1));
    assert_ne!(rows[0].id, 99);
    for event in [
        "notes.set_user_id",
        "notes.set_id",
        "notes.perform_create",
        "notes.clean_title",
    ] {
        let reply = socket.event(event, json!(["2"])).await;
        assert_eq!(
            reply.effect("refused").unwrap_or_default()["status"],
            404,
            "{event}"
        );
    }
    for ordering in ["user_id", "-user_id", "id; drop table note", ""] {
        let reply = socket.event("notes.set_ordering", json!([ordering])).await;
        let refused = reply.effect("refused").unwrap_or_default();
        assert!(
            ordering.is_empty() || refused["status"] == 400,
            "{ordering}: {reply:?}"
        );
    }
}

#[tokio::test]
async fn an_edit_writes_what_changed_and_unique_names_are_told() {
    let test = Test::start().await;
    for name in ["Home", "Work"] {
        let row = folder::ActiveModel {
            name: Set(name.to_owned()),
            ..Default::default()
        };
        row.insert(&test.db).await.expect("a row");
    }
    let mut socket = test.open().await;
    socket.event("folders.start_edit", json!([1])).await;
    socket.submit("folders.save", &[("name", "Work")]).await;
    let html = page(&mut socket).await;
    assert!(
        html.contains("already"),
        "the database's refusal is the field's error: {html}"
    );
    socket.submit("folders.save", &[("name", "House")]).await;
    let names: Vec<_> = folder::Entity::find().all(&test.db).await.expect("rows");
    assert_eq!(
        names
            .iter()
            .map(|row| row.name.as_str())
            .collect::<Vec<_>>(),
        ["House", "Work"]
    );
}

#[tokio::test]
async fn search_order_and_page_stand_in_the_address() {
    let test = Test::start().await;
    for number in 1..=7 {
        test.note(1, &format!("note {number}")).await;
    }
    test.note(1, "100% sure_thing").await;
    let mut socket = test.open().await;
    socket.event("notes.next_page", json!([])).await;
    socket.event("notes.set_ordering", json!(["-title"])).await;
    socket.event("notes.go_to_page", json!([3])).await;
    let html = page(&mut socket).await;
    assert!(
        html.contains("action=\"/notes?page=3&amp;ordering=-title\""),
        "{html}"
    );
    assert!(html.contains("Page 3 of 3"), "{html}");
    let again = test
        .server
        .browser()
        .text("/notes?page=3&ordering=-title")
        .await;
    assert!(
        again.contains("Page 3 of 3") && again.contains("100% sure_thing"),
        "{again}"
    );
    socket.event("notes.set_search", json!(["0% s"])).await;
    let html = page(&mut socket).await;
    assert!(
        html.contains("sure_thing") && !html.contains("note 1"),
        "{html}"
    );
    let far = test
        .server
        .browser()
        .text("/notes?page=999999&ordering=nonsense&edit=oops")
        .await;
    assert!(far.contains("Page 3 of 3"), "{far}");
}

#[tokio::test]
async fn two_states_of_a_page_have_parameters_of_their_own() {
    let test = Test::start().await;
    for name in ["Home", "Work"] {
        let row = folder::ActiveModel {
            name: Set(name.to_owned()),
            ..Default::default()
        };
        row.insert(&test.db).await.expect("a row");
    }
    test.note(1, "a note").await;
    let html = test
        .server
        .browser()
        .text("/notes?folders.search=wor")
        .await;
    assert!(
        html.contains("name=\"search\"") && html.contains("name=\"folders.search\""),
        "{html}"
    );
    assert!(
        html.contains("a note") && html.contains("<th scope=\"row\">Work</th>"),
        "{html}"
    );
    assert!(!html.contains("<th scope=\"row\">Home</th>"), "{html}");
}

#[tokio::test]
async fn everything_works_by_forms_alone() {
    let test = Test::start().await;
    let browser = test.server.browser();
    let body = "title=Bread&content=&priority=3&due=&folder_id=";
    let answer = browser.post("/notes?_event=notes.save", body).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(answer.headers()[header::LOCATION], "/notes");
    let html = browser.text("/notes").await;
    assert!(
        html.contains("Bread") && html.contains("Note saved."),
        "{html}"
    );
    assert!(
        !browser.text("/notes").await.contains("Note saved."),
        "a message shows once"
    );
    let id = test.all().await[0].id;

    let answer = browser
        .post("/notes", &format!("_event=notes.start_edit({id})"))
        .await;
    assert_eq!(
        answer.headers()[header::LOCATION],
        format!("/notes?edit={id}")
    );
    let html = browser.text(&format!("/notes?edit={id}")).await;
    assert!(
        html.contains(&format!("/notes?edit={id}&amp;_event=notes.save")),
        "{html}"
    );
    let target = format!("/notes?edit={id}&_event=notes.save");
    let answer = browser
        .post(&target, "title=&content=&priority=x&due=&folder_id=")
        .await;
    assert_eq!(answer.status(), StatusCode::OK);
    let html = answer.text().await.unwrap_or_default();
    assert!(
        html.contains("This field is required.") && html.contains("value=\"x\""),
        "{html}"
    );
    browser
        .post(&target, "title=Rye&content=&priority=3&due=&folder_id=")
        .await;
    assert_eq!(test.all().await[0].title, "Rye");
    let answer = browser
        .post("/notes", &format!("_event=notes.delete({id})&_confirmed=1"))
        .await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert!(test.all().await.is_empty());
}
