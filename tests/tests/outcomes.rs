//! What a layer of the application may answer to an event, and what the browser is told: every row
//! of the bridge's table, over real sockets.

#![expect(clippy::panic, reason = "a test fails by a panic")]

use std::sync::{
    Arc,
    atomic::{AtomicU16, Ordering},
};

use axum::{
    extract::{Request, State},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse as _, Redirect, Response},
};
use http::{HeaderValue, Method, StatusCode, header};
use rdj::App;
use rdj_tests::{
    Browser, Reply, Server, Socket,
    pages::{CounterPage, Runs, Tenant},
};
use serde_json::json;

/// What the answering layer does with events: 0 lets them pass.
type Mode = Arc<AtomicU16>;

const PANIC: u16 = 1;
const LATE_REFUSAL: u16 = 2;
const COOKIE: u16 = 3;
const AWAY: u16 = 4;
const TIMEOUT: u16 = 5;

async fn answering(State(mode): State<Mode>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    match mode.load(Ordering::SeqCst) {
        0 => next.run(request).await,
        PANIC => panic!("a layer panics"),
        LATE_REFUSAL => {
            next.run(request).await;
            StatusCode::FORBIDDEN.into_response()
        }
        COOKIE => {
            let mut response = next.run(request).await;
            let cookie = HeaderValue::from_static("flavour=oat; HttpOnly; Path=/; SameSite=Lax");
            response.headers_mut().append(header::SET_COOKIE, cookie);
            response
        }
        AWAY => Redirect::to("https://other.example/start").into_response(),
        TIMEOUT => {
            drop(next.run(request));
            StatusCode::REQUEST_TIMEOUT.into_response()
        }
        302 => Redirect::temporary("/elsewhere?a=1").into_response(),
        status => StatusCode::from_u16(status)
            .unwrap_or_default()
            .into_response(),
    }
}

async fn tenant(mut request: Request, next: Next) -> Response {
    let host = request
        .headers()
        .get("x-tenant")
        .and_then(|v| v.to_str().ok());
    let tenant = Tenant(host.unwrap_or("acme").to_owned());
    request.extensions_mut().insert(tenant);
    next.run(request).await
}

struct Test {
    server: Server,
    mode: Mode,
    runs: Arc<Runs>,
}

impl Test {
    async fn start() -> Self {
        let (mode, runs) = (Mode::default(), Arc::new(Runs::default()));
        let app = App::new()
            .page::<CounterPage>()
            .resource(Arc::clone(&runs))
            .layer(from_fn(tenant))
            .sessions(rdj::session::memory())
            .layer(from_fn_with_state(Arc::clone(&mode), answering));
        Self {
            server: Server::start(app).await,
            mode,
            runs,
        }
    }

    async fn open(&self) -> (Browser, Socket) {
        let browser = self.server.browser();
        let socket = Socket::open(&browser, "/counter").await;
        (browser, socket)
    }

    /// Sends one event while the layer answers `mode`, checks that no handler ran and that the page
    /// lives: the next event runs, on the same page.
    async fn refused(&self, mode: u16) -> Reply {
        let (_, mut socket) = self.open().await;
        self.mode.store(mode, Ordering::SeqCst);
        let reply = socket.event("counter.increment", json!([])).await;
        assert_eq!(self.runs.count(), 0, "no handler runs");
        assert_eq!(reply.patched(), "", "nothing changes on the page");
        self.mode.store(0, Ordering::SeqCst);
        let next = socket.event("counter.increment", json!([])).await;
        assert!(next.patched().contains("1 / 2"), "{next:?}");
        assert_eq!(self.runs.count(), 1);
        reply
    }
}

#[tokio::test]
async fn a_redirect_navigates_and_the_handler_does_not_run() {
    let reply = Test::start().await.refused(302).await;
    assert_eq!(
        reply.effect("navigate"),
        Some(json!({"t": "navigate", "to": "/elsewhere?a=1"}))
    );
}

#[tokio::test]
async fn a_redirect_to_another_site_is_told_apart() {
    let reply = Test::start().await.refused(AWAY).await;
    let to = "https://other.example/start";
    assert_eq!(
        reply.effect("redirect"),
        Some(json!({"t": "redirect", "to": to}))
    );
}

#[tokio::test]
async fn unauthorized_leads_to_the_login_page_with_the_way_back() {
    let reply = Test::start().await.refused(401).await;
    let to = "/login?next=%2Fcounter";
    assert_eq!(
        reply.effect("navigate"),
        Some(json!({"t": "navigate", "to": to}))
    );
}

#[tokio::test]
async fn refusals_are_shown_as_messages() {
    for (status, words) in [
        (403, "permission"),
        (404, "does not exist"),
        (413, "too much"),
        (429, "wait"),
        (418, "refused"),
        (TIMEOUT, "too long"),
    ] {
        let reply = Test::start().await.refused(status).await;
        let refused = reply.effect("refused").unwrap_or_default();
        let told = refused["text"].as_str().unwrap_or_default();
        assert!(told.contains(words), "{status}: {refused}");
    }
}

#[tokio::test]
async fn a_failing_layer_gives_an_opaque_id() {
    let reply = Test::start().await.refused(500).await;
    let error = reply.effect("error").unwrap_or_default();
    assert_eq!(error["id"].as_str().map(str::len), Some(8), "{error}");
    assert_eq!(error["text"], "Something went wrong.");
}

#[tokio::test]
async fn a_panicking_layer_gives_an_opaque_id_and_the_connection_lives() {
    let reply = Test::start().await.refused(PANIC).await;
    let error = reply.effect("error").unwrap_or_default();
    assert_eq!(error["id"].as_str().map(str::len), Some(8), "{error}");
    assert!(
        !error.to_string().contains("panics"),
        "the cause stays in the log"
    );
}

#[tokio::test]
async fn a_layer_that_answers_after_the_handler_is_not_taken_for_it() {
    let test = Test::start().await;
    let (_, mut socket) = test.open().await;
    test.mode.store(LATE_REFUSAL, Ordering::SeqCst);
    let reply = socket.event("counter.increment", json!([])).await;
    assert_eq!(
        test.runs.count(),
        1,
        "the handler ran, and the layer's answer counts"
    );
    assert_eq!(
        reply.effect("refused").map(|r| r["status"].clone()),
        Some(json!(403))
    );
    assert_eq!(reply.patched(), "");
}

#[tokio::test]
async fn handlers_see_what_layers_put_into_the_request() {
    let test = Test::start().await;
    let browser = test.server.browser();
    let html = browser.text("/counter").await;
    assert!(html.contains("id=\"seen\""), "{html}");
    let mut socket = Socket::connect(&browser, &[("x-tenant", "globex")])
        .await
        .expect("a socket");
    socket.join("/counter").await.expect("a hello");
    let reply = socket.event("counter.tenant", json!([])).await;
    assert!(reply.patched().contains("globex"), "{reply:?}");
}

#[tokio::test]
async fn a_session_value_is_there_on_the_next_request_and_event() {
    let test = Test::start().await;
    let (browser, mut socket) = test.open().await;
    let reply = socket.event("counter.remember", json!(["a secret"])).await;
    let ticket = reply.effect("ticket").unwrap_or_default();
    let reply = socket.event("counter.recall", json!([])).await;
    assert!(
        reply.patched().contains("a secret"),
        "the next event has it: {reply:?}"
    );

    let id = ticket["id"].as_str().unwrap_or_default();
    let answer = browser.post("/_session", &format!("id={id}")).await;
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    let cookie = answer
        .headers()
        .get(header::SET_COOKIE)
        .and_then(|v| v.to_str().ok());
    let cookie = cookie.unwrap_or_default().to_owned();
    assert!(cookie.starts_with("rdj_session="), "{cookie}");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    // another socket of the same browser: the cookie is the browser's now
    let mut second = Socket::open(&browser, "/counter").await;
    let reply = second.event("counter.recall", json!([])).await;
    assert!(reply.patched().contains("a secret"), "{reply:?}");
}

#[tokio::test]
async fn a_ticket_is_bound_to_its_session_and_works_once() {
    let test = Test::start().await;
    let (browser, mut socket) = test.open().await;
    let reply = socket.event("counter.remember", json!(["x"])).await;
    let id = reply.ticket().unwrap_or_default();
    assert!(
        browser
            .post("/_session", &format!("id={id}"))
            .await
            .status()
            .is_success()
    );
    assert_eq!(
        browser
            .post("/_session", &format!("id={id}"))
            .await
            .status(),
        StatusCode::FORBIDDEN
    );

    // the session has a cookie now; a rotated one is handed to that browser only
    let mut socket = Socket::open(&browser, "/counter").await;
    let reply = socket.event("counter.cycle", json!([])).await;
    let id = reply.ticket().unwrap_or_default();
    assert!(!id.is_empty(), "{reply:?}");
    let thief = test.server.browser();
    assert_eq!(
        thief.post("/_session", &format!("id={id}")).await.status(),
        StatusCode::FORBIDDEN
    );
    let foreign = browser
        .post_from("/_session", &format!("id={id}"), "https://evil.example")
        .await;
    assert_eq!(foreign.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_cookie_of_a_layer_reaches_the_browser_as_it_was_set() {
    let test = Test::start().await;
    let (browser, mut socket) = test.open().await;
    test.mode.store(COOKIE, Ordering::SeqCst);
    let reply = socket.event("counter.increment", json!([])).await;
    assert!(
        reply.patched().contains("1 / 2"),
        "the handler ran: {reply:?}"
    );
    test.mode.store(0, Ordering::SeqCst);
    let id = reply.ticket().unwrap_or_default();
    let answer = browser.post("/_session", &format!("id={id}")).await;
    let cookie = answer.headers().get(header::SET_COOKIE);
    assert_eq!(
        cookie.and_then(|v| v.to_str().ok()),
        Some("flavour=oat; HttpOnly; Path=/; SameSite=Lax")
    );
    assert!(
        browser
            .cookies()
            .unwrap_or_default()
            .contains("flavour=oat")
    );
}

#[tokio::test]
async fn a_handler_that_refuses_fails_or_panics_says_so_and_the_page_lives() {
    let test = Test::start().await;
    let (_, mut socket) = test.open().await;
    let reply = socket.event("counter.refuse", json!([])).await;
    let refused = json!({"t": "refused", "status": 422, "text": "The counter is sealed."});
    assert_eq!(reply.effect("refused"), Some(refused));
    for event in ["counter.fail", "counter.explode"] {
        let reply = socket.event(event, json!([])).await;
        let error = reply.effect("error").unwrap_or_default();
        assert_eq!(error["text"], "Something went wrong.", "{event}: {reply:?}");
        assert!(!format!("{:?}", reply.effects()).contains("secret"));
    }
    let reply = socket.event("counter.increment", json!([])).await;
    assert!(
        reply.patched().contains("2 / 4"),
        "the explosion had counted: {reply:?}"
    );
}

#[tokio::test]
async fn a_handler_redirects_within_the_site_only_to_addresses_that_are_safe() {
    let test = Test::start().await;
    let (_, mut socket) = test.open().await;
    let reply = socket.event("counter.leave", json!(["/next?x=1"])).await;
    assert_eq!(
        reply.effect("navigate"),
        Some(json!({"t": "navigate", "to": "/next?x=1"}))
    );
    for bad in ["//evil.example", "javascript:alert(1)", "/\\evil.example"] {
        let reply = socket.event("counter.leave", json!([bad])).await;
        assert_eq!(reply.effect("navigate"), None, "{bad}");
        assert_eq!(reply.effect("redirect"), None, "{bad}");
    }
}

#[tokio::test]
async fn messages_show_with_their_event_and_are_gone_with_the_next() {
    let test = Test::start().await;
    let (_, mut socket) = test.open().await;
    let reply = socket
        .event("counter.say", json!(["Saved <b>you</b>."]))
        .await;
    assert!(reply.patched().contains("Saved"), "{reply:?}");
    assert!(!reply.patched().contains("<b>"), "a message is text");
    let html = {
        socket
            .send(&json!(["miss", socket.version, "for the whole page"]))
            .await;
        socket.frame().await.expect("a body").text()
    };
    assert!(html.contains("rdj-message-success"), "{html}");
    socket.event("counter.increment", json!([])).await;
    socket
        .send(&json!(["miss", socket.version, "for the whole page"]))
        .await;
    let html = socket.frame().await.expect("a body").text();
    assert!(!html.contains("rdj-message-success"), "{html}");
}

#[tokio::test]
async fn tags_of_a_message_are_classes_of_it() {
    let test = Test::start().await;
    let (browser, mut socket) = test.open().await;
    let event = "counter.say_tagged";
    let reply = socket.event(event, json!(["Beware.", "urgent big"])).await;
    let class = "rdj-message rdj-message-warning urgent big";
    assert!(reply.patched().contains(class), "{reply:?}");
    let body = format!("_event={event}(\"Beware.\",\"a%5C%22><b>\")");
    let html = browser.post("/counter", &body).await.text().await;
    let html = html.expect("a text");
    let class = "class=\"rdj-message rdj-message-warning a&quot;&gt;&lt;b&gt;\"";
    assert!(html.contains(class), "{html}");
}
