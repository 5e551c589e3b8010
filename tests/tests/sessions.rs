//! Sessions over HTTP: the cookie, the store, and what happens when two requests meet.

mod expiry;

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use axum::{Router, response::IntoResponse, routing::get};
use http::StatusCode;
use rdj::{
    App,
    session::{self, ClearExpired as _, MemorySessions, Session, SessionLayer, SessionStore as _},
};
use rdj_tests::{Browser, Server};
use reqwest::{Response, header};
use tokio::sync::Notify;

/// Lets a test hold a request inside of its handler.
#[derive(Default)]
struct Gate {
    entered: Notify,
    leave: Notify,
}

/// An application that reads, writes and ends its session.
struct Site {
    server: Server,
    store: MemorySessions,
    gate: Arc<Gate>,
}

async fn read(session: Session) -> String {
    let text = session.get::<String>("text").await.ok().flatten();
    text.unwrap_or_else(|| "nothing".to_owned())
}

async fn write(session: Session) -> StatusCode {
    status(session.insert("text", "remembered").await.is_ok())
}

async fn fail(session: Session) -> StatusCode {
    let _ = session.insert("text", "failed").await;
    StatusCode::INTERNAL_SERVER_ERROR
}

async fn login(session: Session) -> StatusCode {
    let cycled = session.cycle_id().await.is_ok();
    status(cycled && session.insert("user", 1).await.is_ok())
}

/// What starts anew, as a login of another user does.
async fn restart(session: Session) -> StatusCode {
    let flushed = session.flush().await.is_ok();
    status(flushed && session.insert("text", "new").await.is_ok())
}

async fn clear(session: Session) -> StatusCode {
    session.clear().await;
    status(session.insert("text", "cleared").await.is_ok())
}

async fn logout(session: Session) -> StatusCode {
    status(session.flush().await.is_ok())
}

async fn short(session: Session) -> StatusCode {
    session.set_expiry(Some(session::Expiry::OnSessionEnd));
    status(session.insert("text", "short").await.is_ok())
}

async fn cycle(session: Session) -> StatusCode {
    status(session.cycle_id().await.is_ok())
}

fn status(good: bool) -> StatusCode {
    if good {
        StatusCode::OK
    } else {
        StatusCode::CONFLICT
    }
}

impl Site {
    async fn start(change: impl FnOnce(SessionLayer) -> SessionLayer) -> Self {
        let (store, gate) = (MemorySessions::default(), Arc::new(Gate::default()));
        let held = Arc::clone(&gate);
        let stay = move |session: Session| async move {
            let _ = session.get::<String>("text").await;
            held.entered.notify_one();
            held.leave.notified().await;
            session
                .insert("held", 1)
                .await
                .is_ok()
                .to_string()
                .into_response()
        };
        let held = Arc::clone(&gate);
        let hold_login = move |session: Session| async move {
            let _ = session.get::<String>("text").await;
            held.entered.notify_one();
            held.leave.notified().await;
            login(session).await
        };
        let router = Router::new()
            .route("/", get(read))
            .route("/write", get(write))
            .route("/fail", get(fail))
            .route("/login", get(login))
            .route("/restart", get(restart))
            .route("/clear", get(clear))
            .route("/logout", get(logout))
            .route("/short", get(short))
            .route("/cycle", get(cycle))
            .route("/hold", get(stay))
            .route("/hold-login", get(hold_login))
            .route("/still", get(|| async { "still" }));
        let layer = change(session::layer(store.clone()));
        let app = App::new().merge(router).sessions(layer);
        Self {
            server: Server::start(app).await,
            store,
            gate,
        }
    }

    /// A browser that has a session.
    async fn visited(&self) -> Browser {
        let browser = self.server.browser();
        assert_eq!(browser.get("/write").await.status(), StatusCode::OK);
        browser
    }

    /// Runs `path` until it has read its session, then `meanwhile`, then the rest of `path`.
    async fn meet(&self, browser: &Browser, path: &'static str, meanwhile: &str) -> Response {
        let slow = browser.clone();
        let held = tokio::spawn(async move { slow.get(path).await });
        self.gate.entered.notified().await;
        assert_eq!(browser.get(meanwhile).await.status(), StatusCode::OK);
        self.gate.leave.notify_one();
        held.await.expect("an answer")
    }
}

fn cookie(response: &Response) -> Option<String> {
    let value = response.headers().get(header::SET_COOKIE)?;
    value.to_str().ok().map(str::to_owned)
}

fn key(browser: &Browser) -> String {
    let cookies = browser.cookies().unwrap_or_default();
    cookies.trim_start_matches("rdj_session=").to_owned()
}

async fn with_cookie(site: &Site, path: &str, cookie: &str) -> Response {
    let client = reqwest::Client::new();
    let request = client.get(site.server.url(path));
    request
        .header(header::COOKIE, cookie)
        .send()
        .await
        .expect("an answer")
}

#[tokio::test]
async fn s5_the_cookie() {
    let site = Site::start(|layer| layer).await;
    let answer = site.server.browser().get("/write").await;
    let cookie = cookie(&answer).unwrap_or_default();
    for part in [
        "rdj_session=",
        "HttpOnly",
        "SameSite=Lax",
        "Path=/",
        "Max-Age=1209",
    ] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
    assert!(
        !cookie.contains("Secure") && !cookie.contains("Domain"),
        "{cookie}"
    );
    let value = cookie.split([';', '=']).nth(1).unwrap_or_default();
    assert_eq!(value.len(), 22, "128 bits");
}

#[tokio::test]
async fn the_cookie_as_it_is_set_up() {
    let site = Site::start(|layer| {
        let layer = layer
            .cookie_name("own")
            .cookie_path("/write")
            .cookie_domain("127.0.0.1");
        layer.secure(true).idle(Duration::from_mins(1))
    });
    let answer = site.await.server.browser().get("/write").await;
    let cookie = cookie(&answer).unwrap_or_default();
    for part in [
        "own=",
        "Path=/write",
        "Domain=127.0.0.1",
        "Secure",
        "Max-Age=5",
    ] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
}

#[tokio::test]
async fn a_store_has_a_hash_of_the_key_only() {
    let site = Site::start(|layer| layer).await;
    let browser = site.visited().await;
    let ids: Vec<String> = site.store.ids().iter().map(ToString::to_string).collect();
    assert_eq!(ids.len(), 1);
    assert_ne!(ids[0], key(&browser));
    let stolen = with_cookie(&site, "/", &format!("rdj_session={}", ids[0])).await;
    assert_eq!(stolen.text().await.unwrap_or_default(), "nothing");
    assert_eq!(browser.text("/").await, "remembered");
}

#[tokio::test]
async fn s1_s2_s3_login_changes_the_key_and_keeps_the_values() {
    let ended = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&ended);
    let note = move |key: &str| told.lock().expect("a lock").push(key.to_owned());
    let site = Site::start(|layer| layer.on_end(note)).await;
    let browser = site.visited().await;
    let before = key(&browser);
    assert!(browser.get("/login").await.status().is_success());
    assert_ne!(key(&browser), before);
    assert_eq!(site.store.len(), 1, "the old record is gone");
    assert_eq!(browser.text("/").await, "remembered");
    let old = with_cookie(&site, "/", &format!("rdj_session={before}")).await;
    assert_eq!(old.text().await.unwrap_or_default(), "nothing");
    assert_eq!(*ended.lock().expect("a lock"), [before]);
}

#[tokio::test]
async fn s8_a_flushed_session_gets_another_key() {
    let site = Site::start(|layer| layer).await;
    let browser = site.visited().await;
    let before = key(&browser);
    assert!(browser.get("/restart").await.status().is_success());
    assert_ne!(key(&browser), before);
    assert_eq!(browser.text("/").await, "new");
    assert_eq!(site.store.len(), 1);
}

#[tokio::test]
async fn s10_unknown_key_is_not_adopted() {
    let site = Site::start(|layer| layer).await;
    let chosen = "rdj_session=AAAAAAAAAAAAAAAAAAAAAA";
    for path in ["/write", "/clear", "/restart", "/login"] {
        let answer = with_cookie(&site, path, chosen).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let cookie = cookie(&answer).unwrap_or_default();
        assert!(cookie.starts_with("rdj_session="), "{path}: {cookie}");
        assert!(!cookie.starts_with(chosen), "{path}: {cookie}");
    }
    let answer = with_cookie(&site, "/", chosen).await;
    assert!(
        cookie(&answer).unwrap_or_default().contains("Max-Age=0"),
        "it is taken away"
    );
    let answer = with_cookie(&site, "/", "rdj_session=nonsense").await;
    assert!(cookie(&answer).unwrap_or_default().contains("Max-Age=0"));
}

#[tokio::test]
async fn s12_logout_deletes_the_record_and_the_cookie() {
    let site = Site::start(|layer| layer).await;
    let browser = site.visited().await;
    let answer = browser.get("/logout").await;
    assert!(cookie(&answer).unwrap_or_default().contains("Max-Age=0"));
    assert!(site.store.is_empty());
    assert_eq!(browser.cookies(), None);
}

#[tokio::test]
async fn a_deleted_session_is_not_written_back() {
    let site = Site::start(|layer| layer).await;
    for path in ["/hold", "/hold-login"] {
        let browser = site.visited().await;
        let answer = site.meet(&browser, path, "/logout").await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{path}");
        assert!(
            cookie(&answer).unwrap_or_default().contains("Max-Age=0"),
            "{path}"
        );
        assert!(site.store.is_empty(), "{path}");
    }
}

#[tokio::test]
async fn two_writes_at_one_time_are_both_kept() {
    let site = Site::start(|layer| layer).await;
    let browser = site.server.browser();
    assert!(browser.get("/login").await.status().is_success());
    let answer = site.meet(&browser, "/hold", "/write").await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(browser.text("/").await, "remembered");
    let records = site.store.ids();
    let record = site
        .store
        .load(&records[0])
        .await
        .ok()
        .flatten()
        .expect("a record");
    for name in ["user", "held", "text"] {
        assert!(record.data.contains_key(name), "{name}: {record:?}");
    }
}

#[tokio::test]
async fn reads_write_nothing_and_set_no_cookie() {
    let site = Site::start(|layer| layer).await;
    let browser = site.visited().await;
    let id = site.store.ids()[0];
    let before = site.store.load(&id).await.expect("a record");
    for (path, varies) in [("/", true), ("/still", false)] {
        let answer = browser.get(path).await;
        assert_eq!(cookie(&answer), None, "{path}");
        let vary = answer.headers().get(header::VARY);
        assert_eq!(vary.is_some_and(|vary| vary == "Cookie"), varies, "{path}");
    }
    assert_eq!(site.store.load(&id).await.expect("a record"), before, "m4");
}

#[tokio::test]
async fn a_failed_request_saves_nothing() {
    let site = Site::start(|layer| layer).await;
    let browser = site.visited().await;
    let answer = browser.get("/fail").await;
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(browser.text("/").await, "remembered");
}

#[tokio::test]
async fn m3_an_expired_session_is_refused_and_cleared() {
    for idle in [true, false] {
        let site = Site::start(|layer| {
            let layer = layer.cache_for(Duration::from_millis(50));
            if idle {
                layer.idle(Duration::from_millis(2100))
            } else {
                layer.absolute(Duration::from_millis(2100))
            }
        });
        let site = site.await;
        let began = Instant::now();
        let browser = site.visited().await;
        let shown = browser.cookies().unwrap_or_default();
        let text = browser.text("/").await;
        // on a machine that stood still meanwhile it has expired already
        let is_late = began.elapsed() >= Duration::from_secs(1);
        assert!(is_late || text == "remembered", "{text}");
        tokio::time::sleep(Duration::from_millis(2300)).await;
        let answer = with_cookie(&site, "/", &shown).await;
        assert_eq!(
            answer.text().await.unwrap_or_default(),
            "nothing",
            "idle: {idle}"
        );
        assert_eq!(site.store.clear_expired().await.unwrap_or_default(), 1);
    }
}

#[tokio::test]
async fn expired_sessions_are_removed_while_the_application_serves() {
    let site = Site::start(|layer| {
        let layer = layer.idle(Duration::from_millis(50));
        layer.clear_every(Duration::from_millis(100))
    });
    let site = site.await;
    let _ = site.visited().await;
    let end = Instant::now() + Duration::from_mins(2);
    while !site.store.is_empty() {
        assert!(Instant::now() < end, "an expired session is kept");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
