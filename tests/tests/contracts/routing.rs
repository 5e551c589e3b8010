//! Addresses, and what belongs to whom (C192 to C206, D034 to D037).

use axum::{
    Router,
    extract::Request,
    middleware::{Next, from_fn},
    response::{IntoResponse as _, Response},
    routing::get,
};
use http::{StatusCode, header};
use rdj::App;
use rdj::AppDatabase as _;
use rdj_tests::{
    Server, Socket,
    notes::{NotesPage, database, sign_in},
    probe::{ProbePage, seen},
};
use serde_json::json;

async fn start() -> Server {
    let api = Router::new()
        .route("/api/ping", get(|| async { "pong" }))
        .route(
            "/data.json",
            get(|| async {
                (
                    [(header::CONTENT_TYPE, "application/json")],
                    "{\"a\": \"{{ b }}\"}",
                )
            }),
        );
    let app = App::new()
        .page_at::<ProbePage>("/")
        .page_at::<ProbePage>("/app/probe")
        .merge(api);
    Server::start(app).await
}

#[tokio::test]
async fn c192_c196_pages_and_other_routes_share_the_paths() {
    let server = start().await;
    let browser = server.browser();
    assert!(browser.text("/").await.contains("id=\"seen\""));
    assert_eq!(browser.text("/api/ping").await, "pong");
    assert_eq!(browser.text("/_health").await, "ok");
    for path in ["/api", "/api/", "/api/ping/", "/_rdj"] {
        assert_eq!(
            browser.get(path).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn c194_a_page_stands_where_the_application_puts_it() {
    let server = start().await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/app/probe").await;
    assert_eq!(seen(&mut socket, "path").await, "/app/probe");
    for path in ["/probe", "/app", "/application/probe", "/app/probe/x"] {
        assert_eq!(
            browser.get(path).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn c195_an_unknown_path_is_not_found() {
    let server = start().await;
    let browser = server.browser();
    let answer = browser.get("/nowhere").await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    let text = answer.text().await.expect("a text");
    assert_eq!(text, "", "it asked for no page");
}

#[tokio::test]
async fn c203_what_is_no_page_is_left_as_it_is() {
    let server = start().await;
    let browser = server.browser();
    assert_eq!(browser.text("/data.json").await, "{\"a\": \"{{ b }}\"}");
}

#[tokio::test]
async fn d036_settings_of_a_state_are_not_sent() {
    let app = App::new()
        .page::<NotesPage>()
        .database(database().await)
        .layer(from_fn(sign_in));
    let server = Server::start(app).await;
    let browser = server.browser();
    let html = browser.text("/notes").await;
    let mut socket = Socket::open(&browser, "/notes").await;
    let searched = socket.event("notes.set_search", json!(["x"])).await;
    let miss = json!(["miss", socket.version, "for the whole page"]);
    socket.send(&miss).await;
    let body = socket.frame().await.expect("a body").text();
    let sent = format!("{html}{searched:?}{}{body}", searched.patched());
    for setting in [
        "paginate",
        "search_fields",
        "ordering_fields",
        "owner",
        "user_id",
    ] {
        assert!(!sent.contains(setting), "{setting}: {sent}");
    }
}

#[tokio::test]
async fn d037_the_path_of_an_event_is_that_of_its_page_whatever_the_browser_claims() {
    async fn closed(request: Request, next: Next) -> Response {
        if request.uri().path().starts_with("/app") {
            return StatusCode::FORBIDDEN.into_response();
        }
        next.run(request).await
    }
    let app = App::new()
        .page_at::<ProbePage>("/")
        .page_at::<ProbePage>("/app/probe")
        .layer(from_fn(closed));
    let server = Server::start(app).await;
    let browser = server.browser();
    let open = Socket::open(&browser, "/").await;
    assert!(!open.csrf.is_empty());
    // the token of an open page with the address of a closed one, and the other way round
    let mut socket = Socket::connect(&browser, &[]).await.expect("a socket");
    socket.token.clone_from(&open.token);
    if socket.join("/app/probe").await.is_ok() {
        assert_eq!(seen(&mut socket, "path").await, "/");
    }
    let mut socket = Socket::connect(&browser, &[]).await.expect("a socket");
    let told = socket.join("/app/probe").await;
    assert!(told.is_err() || told.is_ok_and(|told| told["t"] != "hello"));
}
