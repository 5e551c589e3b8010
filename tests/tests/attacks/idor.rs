//! Forged frames, addresses and forms for rows of somebody else; `scenario::idor` tries every way without
//! a network.

use std::time::Duration;

use axum::{extract::Request, middleware::Next, middleware::from_fn, response::Response};
use rdj::{
    App, AppDatabase as _, CurrentUser,
    orm::{Db, sea_orm::EntityTrait as _},
};
use rdj_tests::{
    Browser, Server, Socket,
    models::papers::{paper, sheet, tagged},
    orm::memory,
    scenario::idor::{owned, scoped, two_users},
};
use serde_json::{Value, json};

use super::{raw, site::encoded};

/// Papers whose state has an owner column, and papers whose state has a query of its own.
#[rdj::page(route = "/papers", template = "papers.html", discover = false)]
pub(crate) struct PapersPage {
    /// By `owner_field`.
    pub owned_papers: owned::PapersState,
    /// By `get_queryset`.
    pub scoped_papers: scoped::PapersState,
    /// With files, child rows, a history, and rows that are made in place.
    pub owned_dossiers: owned::DossiersState,
    /// The same.
    pub scoped_dossiers: scoped::DossiersState,
}

/// A paper of Ann.
const OWN: i64 = 1001;
/// A paper of Bob.
const FOREIGN: i64 = 2002;
/// His folder, and his tag.
const PLACE: i64 = 2000;
/// Stands in all texts of Bob.
const SECRET: &str = "secret";
/// A paper of his that is gone.
const GONE: i64 = 2009;
/// What is recorded: a change, a new paper, a paper that is gone.
const ENTRIES: [i64; 3] = [2_000_001, 2_000_002, 2_000_003];
/// A paper with a sheet, and the sheet.
const SHEETED: i64 = 2001;
const STATES: [&str; 4] = [
    "owned_papers",
    "scoped_papers",
    "owned_dossiers",
    "scoped_dossiers",
];

async fn sign_in(mut request: Request, next: Next) -> Response {
    let cookies = request.headers().get("cookie");
    let cookies = cookies.and_then(|value| value.to_str().ok());
    let mut pairs = cookies.unwrap_or_default().split("; ");
    let user = pairs.find_map(|pair| pair.strip_prefix("user="));
    if let Some(id) = user.and_then(|id| id.parse().ok()) {
        let user = CurrentUser::new(id, "somebody");
        request.extensions_mut().insert(user);
    }
    next.run(request).await
}

async fn start() -> (Server, Db) {
    let db = memory().await.expect("a database");
    two_users(&db).await.expect("rows");
    let app = App::new()
        .page::<PapersPage>()
        .database(db.clone())
        .layer(from_fn(sign_in));
    (Server::start(app).await, db)
}

fn browser(server: &Server, user: i64) -> Browser {
    let browser = server.browser();
    browser.set_cookie("user", &user.to_string());
    browser
}

/// The rows of Bob, which tags he gave them, and all sheets.
async fn of_bob(db: &Db) -> (Vec<paper::Model>, Vec<tagged::Model>, Vec<sheet::Model>) {
    let mut papers = paper::Entity::find().all(db).await.expect("rows");
    papers.retain(|row| row.user_id == 2);
    let mut tags = tagged::Entity::find().all(db).await.expect("rows");
    tags.retain(|row| row.paper_id > PLACE);
    let mut sheets = sheet::Entity::find().all(db).await.expect("rows");
    sheets.retain(|row| row.paper_id > PLACE);
    (papers, tags, sheets)
}

fn frames() -> Vec<(&'static str, Value)> {
    vec![
        ("set_search", json!(["secre"])),
        ("clear_search", json!([])),
        ("set_filter", json!(["stars", "9"])),
        ("set_filter", json!(["folder_id", PLACE.to_string()])),
        ("set_filter", json!(["user_id", "2"])),
        ("clear_filters", json!([])),
        ("set_ordering", json!(["-stars"])),
        ("set_ordering", json!(["user_id"])),
        ("go_to_page", json!([99])),
        ("last_page", json!([])),
        ("set_page_size", json!([1000])),
        ("start_edit", json!([FOREIGN])),
        ("start_edit", json!([{ "id": FOREIGN }])),
        ("set_editing_id", json!([FOREIGN])),
        ("save", json!([FOREIGN])),
        ("start_edit", json!([OWN])),
        ("search_choices", json!(["folder_id", "secre"])),
        ("search_choices", json!(["tags", "secre"])),
        ("pick_choice", json!(["folder_id", PLACE.to_string()])),
        ("pick_choice", json!(["tags", PLACE.to_string(), true])),
        ("set_folder_id", json!([PLACE])),
        ("set_tags", json!([[PLACE]])),
        ("set_user_id", json!([2])),
        ("save", json!([])),
        ("keep_mine", json!([])),
        ("take_theirs", json!([])),
        ("delete", json!([FOREIGN])),
        ("delete_paper", json!([FOREIGN])),
        ("toggle_row", json!([FOREIGN, true])),
        ("feature", json!([])),
        ("toggle_row", json!([FOREIGN, true])),
        ("delete_selected", json!([])),
        ("select_all", json!([true])),
        ("feature", json!([])),
        ("show_history", json!([FOREIGN])),
        ("show_history", json!([GONE])),
        ("undo_history", json!([ENTRIES[0]])),
        ("undo_history", json!([ENTRIES[1]])),
        ("undo_history", json!([ENTRIES[2]])),
        ("start_edit", json!([OWN])),
        ("undo_history", json!([ENTRIES[0]])),
        ("create_choice", json!(["folder_id", "vault"])),
        ("create_choice", json!(["tags", "vault"])),
        ("add_row", json!(["sheets"])),
        ("remove_row", json!(["sheets", 0])),
        ("save", json!([])),
        ("filter", json!([{ "user_id": 2 }])),
        ("get_queryset", json!([])),
        ("perform_delete", json!([FOREIGN])),
    ]
}

/// What no frame of Ann may bring.
fn assert_nothing(what: &str, text: &str) {
    assert!(!text.contains(SECRET), "{what}: {text}");
}

#[tokio::test]
async fn forged_frames_reach_no_rows_of_others() {
    let (server, db) = start().await;
    let before = of_bob(&db).await;
    let key = FOREIGN.to_string();
    for state in STATES {
        let mut socket = Socket::open(&browser(&server, 1), "/papers").await;
        for (event, args) in frames() {
            let reply = socket.event(&format!("{state}.{event}"), args).await;
            let shown = format!("{reply:?}{}", reply.patched());
            assert_nothing(&format!("{state}.{event}"), &shown);
        }
        let place = PLACE.to_string();
        let sheet = SHEETED.to_string();
        let form = [
            ("sheets-70-_key", &*sheet),
            ("sheets-70-text", "HACKED"),
            ("sheets-71-_key", &sheet),
            ("sheets-71-_delete", "true"),
            ("sheets-72-text", "HACKED"),
            ("sheets-72-paper_id", &sheet),
            ("scan-remove", "true"),
            ("folder_id-search", "vault"),
            ("folder_id-create", "vault"),
            ("title", "HACKED"),
            ("stars", "1"),
            ("id", &*key),
            ("_key", &key),
            ("editing_id", &key),
            ("user_id", "2"),
            ("folder_id", &place),
            ("tags", &place),
            ("_bulk", "1"),
            ("_action", "delete_selected"),
            ("_selected", &key),
            ("_all", "true"),
        ];
        for event in ["save", "create", "keep_mine", "bulk_action"] {
            let reply = socket.submit(&format!("{state}.{event}"), &form).await;
            let shown = format!("{reply:?}{}", reply.patched());
            assert_nothing(&format!("{state}.{event}"), &shown);
        }
        assert_eq!(of_bob(&db).await, before, "{state}");
    }
    let links = tagged::Entity::find().all(&db).await.expect("rows");
    let to_bob = |tag: i64| tag == PLACE || tag == PLACE + 1;
    let to_bob = links.iter().filter(|link| to_bob(link.tag_id));
    assert_eq!(to_bob.count(), before.1.len(), "nobody else has his tag");
    let papers = paper::Entity::find().all(&db).await.expect("rows");
    let of_bob = [PLACE, PLACE + 1].map(Some);
    let to_bob = |row: &&paper::Model| row.user_id == 1 && of_bob.contains(&row.folder_id);
    assert_eq!(papers.iter().filter(to_bob).count(), 0);

    // the same frames lead their owner to them
    let mut socket = Socket::open(&browser(&server, 2), "/papers").await;
    let reply = socket
        .event("owned_papers.start_edit", json!([FOREIGN]))
        .await;
    assert!(reply.patched().contains("c secret"), "{reply:?}");
    let reply = socket
        .event("owned_dossiers.show_history", json!([FOREIGN]))
        .await;
    assert!(reply.patched().contains("z secret"), "{reply:?}");
}

#[tokio::test]
async fn forged_addresses_and_forms_reach_no_rows_of_others() {
    let (server, db) = start().await;
    let before = of_bob(&db).await;
    let (ann, bob) = (browser(&server, 1), browser(&server, 2));
    let key = FOREIGN.to_string();
    let html = bob.text("/papers").await;
    assert!(html.contains("a secret"), "{html}");
    ann.text("/papers").await;
    for state in STATES {
        for path in [
            format!("/papers?edit={key}"),
            format!("/papers?{state}.edit={key}"),
            "/papers?search=secre&stars=9&page=2&page_size=100".to_owned(),
            format!("/papers?_export={state}.csv"),
            format!("/papers?_export={state}.json&search=secre"),
            format!("/papers?history={key}"),
            format!("/papers?{state}.history={GONE}"),
            format!("/papers?_file={state}.scan&_key={key}"),
            format!("/papers?{state}.edit={OWN}&_file={state}.scan&_key={key}"),
        ] {
            let answer = raw::get(&ann, &path, &[]).await;
            assert_nothing(&path, &answer.body);
            for event in [
                format!("{state}.start_edit({key})"),
                format!("{state}.delete({key})"),
                format!("{state}.save"),
                format!("{state}.bulk_action"),
                format!("{state}.feature"),
                format!("{state}.show_history({key})"),
                format!("{state}.undo_history({})", ENTRIES[0]),
                format!("{state}.undo_history({})", ENTRIES[2]),
            ] {
                let form = [
                    ("_event", &*event),
                    ("title", "HACKED"),
                    ("stars", "1"),
                    ("id", &key),
                    ("_key", &key),
                    ("_bulk", "1"),
                    ("_action", "feature"),
                    ("_selected", &key),
                    ("_all", "true"),
                ];
                let answer = raw::post(&ann, &path, &[], &encoded(&form)).await;
                assert_nothing(&format!("{path} {event}"), &answer.body);
            }
        }
        let path = if state.ends_with("papers") {
            format!("/papers?_export={state}.csv")
        } else {
            format!("/papers?_file={state}.scan&_key={key}")
        };
        let answer = raw::get(&bob, &path, &[]).await;
        assert!(answer.body.contains("c secret"), "{}", answer.body);
    }
    assert_eq!(of_bob(&db).await, before);
}

#[tokio::test]
async fn rows_of_others_send_nothing_to_open_pages() {
    let (server, _db) = start().await;
    let mut ann = Socket::open(&browser(&server, 1), "/papers").await;
    let mut twin = Socket::open(&browser(&server, 2), "/papers").await;
    let mut bob = Socket::open(&browser(&server, 2), "/papers").await;
    let form = [("title", "aa secret"), ("stars", "7")];
    bob.submit("owned_papers.save", &form).await;
    let seen = twin.frame().await.expect("a patch").text();
    assert!(seen.contains("aa secret"), "{seen}");
    let seen = ann.frame_within(Duration::from_millis(500)).await;
    assert!(seen.is_none(), "{seen:?}");
}
