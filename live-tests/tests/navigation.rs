//! Tests: pages that lead to each other.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, AtomicU16, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header::SET_COOKIE},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse as _, Response},
};
use rdj::{App, CurrentUser};
use rdj_live_tests::pages::navigation::{
    DOWNLOADS, DoorPage, ItemPage, ListPage, OtherPage, SecretPage, routes,
};
use rdj_tests::{Frame, Kind, Reply, Server, Socket};
use serde_json::{Value, json};

/// What the layer of the tests says: who is there, and whether anybody passes.
#[derive(Debug, Default)]
struct Says {
    user: AtomicI64,
    status: AtomicU16,
    sets_cookies: AtomicBool,
    requests: AtomicI64,
}

async fn layer(State(says): State<Arc<Says>>, mut request: Request, next: Next) -> Response {
    says.requests.fetch_add(1, Ordering::SeqCst);
    let status = StatusCode::from_u16(says.status.load(Ordering::SeqCst));
    if let Ok(status) = status {
        return (status, "The layer refuses.").into_response();
    }
    match says.user.load(Ordering::SeqCst) {
        0 => {}
        id => {
            request.extensions_mut().insert(CurrentUser::new(id, "ann"));
        }
    }
    let mut response = next.run(request).await;
    if says.sets_cookies.load(Ordering::SeqCst) {
        let cookie = HeaderValue::from_static("layer=1; Path=/");
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

async fn start() -> (Server, Arc<Says>) {
    let says = Arc::<Says>::default();
    let app = App::new()
        .page::<ListPage>()
        .page::<ItemPage>()
        .page::<SecretPage>()
        .page::<OtherPage>()
        .page::<DoorPage>()
        .merge(routes())
        .layer(from_fn_with_state(Arc::clone(&says), layer))
        .sessions(rdj::session::memory());
    (Server::start(app).await, says)
}

/// Asks for a page; the frames up to the answer, and the body where one comes.
async fn go(socket: &mut Socket, to: &str) -> (Reply, Option<Frame>) {
    socket.seq += 1;
    let seq = socket.seq;
    socket.send(&json!([seq, "go", [to]])).await;
    let reply = socket.reply(seq).await.expect("an answer");
    let Some(hello) = reply.effect("hello") else {
        return (reply, None);
    };
    hello["token"]
        .as_str()
        .expect("a token")
        .clone_into(&mut socket.token);
    socket.seq = hello["seq"].as_u64().expect("a number");
    let body = socket.frame().await.expect("a body");
    assert_eq!(body.kind, Kind::Body);
    (reply, Some(body))
}

/// The body of a page that is shown over the socket.
async fn shown(socket: &mut Socket, to: &str) -> String {
    let (reply, body) = go(socket, to).await;
    body.unwrap_or_else(|| panic!("{to}: {reply:?}")).text()
}

/// What is answered in place of a page.
async fn instead(socket: &mut Socket, to: &str) -> Vec<Value> {
    let (reply, body) = go(socket, to).await;
    assert!(body.is_none(), "{to}: {reply:?}");
    reply.effects()
}

fn load(to: &str) -> Vec<Value> {
    vec![json!({"t": "navigate", "to": to})]
}

#[tokio::test]
async fn a_page_is_shown_over_the_socket_of_another_one() {
    let (server, says) = start().await;
    let mut socket = Socket::open(&server.browser(), "/nav").await;
    let first = socket.token.clone();
    let before = says.requests.load(Ordering::SeqCst);
    let body = shown(&mut socket, "/nav/items/7").await;
    assert!(body.contains("A word") && body.contains("seen 0"), "{body}");
    assert_ne!(socket.token, first);
    assert_eq!(
        says.requests.load(Ordering::SeqCst),
        before + 1,
        "the layers saw it"
    );
    let reply = socket.event("word.increment", json!([])).await;
    assert!(reply.patched().ends_with("count 1"), "{reply:?}");
    assert_eq!(reply.frames[0].kind, Kind::Patch);
    let body = shown(&mut socket, "/nav?search=word+01&page=0").await;
    assert!(
        body.contains("word 010") && !body.contains("word 020"),
        "{body}"
    );
    assert!(body.contains("search=word+01"), "its address: {body}");
}

#[tokio::test]
async fn no_event_of_the_page_before_reaches_the_new_one() {
    let (server, _) = start().await;
    let mut socket = Socket::open(&server.browser(), "/nav/items/7").await;
    socket.event("word.increment", json!([])).await;
    // the second one was on its way when the page changed
    socket.send(&json!([2, "go", ["/nav/items/8"]])).await;
    socket.send(&json!([3, "word.increment", []])).await;
    let reply = socket.reply(2).await.expect("an answer");
    let hello = reply.effect("hello").expect("a hello");
    let base = hello["seq"].as_u64().expect("a number");
    assert!(base > 500, "{hello}");
    assert!(
        socket
            .frame()
            .await
            .expect("a body")
            .text()
            .contains("count 0")
    );
    let answer = socket.frame().await.expect("an answer");
    assert_eq!(
        (answer.kind, answer.ack),
        (Kind::Ack, base),
        "it is settled"
    );
    socket.seq = base;
    let reply = socket.event("word.see", json!([])).await;
    assert!(!reply.patched().contains("count"), "{reply:?}");
    let body = shown(&mut socket, "/nav/items/8").await;
    assert!(body.contains("count 0"), "{body}");
}

#[tokio::test]
async fn the_page_before_is_gone_and_the_new_one_is_held() {
    let (server, _) = start().await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/nav/items/7").await;
    let old = socket.token.clone();
    shown(&mut socket, "/nav/items/8").await;
    socket.event("word.increment", json!([])).await;
    let back = Socket::again(&browser, &socket).await;
    drop(socket);
    let mut back = back.expect("a socket");
    let hello = back.join("/nav/items/8").await.expect("a hello");
    assert_eq!(
        (&hello["fresh"], &hello["seq"]),
        (&json!(false), &json!(back.seq))
    );
    let mut late = Socket::connect(&browser, &[]).await.expect("a socket");
    late.token = old;
    let hello = late.join("/nav/items/7").await.expect("a hello");
    assert_eq!(hello["fresh"], true);
}

#[tokio::test]
async fn guards_run_and_the_login_page_is_loaded() {
    let (server, says) = start().await;
    let mut socket = Socket::open(&server.browser(), "/nav").await;
    assert_eq!(
        instead(&mut socket, "/nav/secret").await,
        load("/login?next=%2Fnav%2Fsecret")
    );
    let reply = socket.event("words.increment", json!([])).await;
    assert!(
        reply.effects().is_empty(),
        "the page is still there: {reply:?}"
    );
    says.user.store(7, Ordering::SeqCst);
    // who is somebody else now loads the page
    assert_eq!(
        instead(&mut socket, "/nav/items/1").await,
        load("/nav/items/1")
    );
    let mut socket = Socket::open(&server.browser(), "/nav").await;
    assert!(shown(&mut socket, "/nav/secret").await.contains("A secret"));
    says.user.store(0, Ordering::SeqCst);
    assert_eq!(
        instead(&mut socket, "/nav/secret").await,
        load("/login?next=%2Fnav%2Fsecret"),
        "the session is over"
    );
    assert_eq!(
        instead(&mut socket, "/nav").await,
        load("/nav"),
        "nobody's page is not somebody's"
    );
}

#[tokio::test]
async fn what_is_no_page_does_not_run() {
    let (server, says) = start().await;
    let mut socket = Socket::open(&server.browser(), "/nav").await;
    let (ran, before) = (
        DOWNLOADS.load(Ordering::SeqCst),
        says.requests.load(Ordering::SeqCst),
    );
    for path in [
        "/nav/words.txt",
        "/nothing",
        "/nav?_export=words.csv",
        "/nav?_file=a.b&_key=1",
        // what rdj or the application serves there is no page either
        "/_report",
        "/_health",
    ] {
        assert_eq!(instead(&mut socket, path).await, load(path), "{path}");
    }
    assert_eq!(says.requests.load(Ordering::SeqCst), before);
    // the route of a page fits too
    let path = "/nav/items/words.txt";
    assert_eq!(instead(&mut socket, path).await, load(path));
    assert_eq!(DOWNLOADS.load(Ordering::SeqCst), ran);
}

#[tokio::test]
async fn another_head_a_refusal_and_a_failure_are_loaded() {
    let (server, _) = start().await;
    let mut socket = Socket::open(&server.browser(), "/nav").await;
    for path in [
        "/nav/other",
        "/nav/door?does=refuse",
        "/nav/door?does=fail",
        "/nav/items/x",
    ] {
        assert_eq!(instead(&mut socket, path).await, load(path), "{path}");
    }
    assert_eq!(
        instead(&mut socket, "/nav/other#part").await,
        load("/nav/other#part")
    );
    assert_eq!(
        instead(&mut socket, "/nav/door?does=redirect").await,
        load("/nav?search=sent")
    );
    let reply = socket.event("words.increment", json!([])).await;
    assert!(reply.effects().is_empty(), "{reply:?}");
}

#[tokio::test]
async fn a_layer_that_refuses_is_obeyed() {
    let (server, says) = start().await;
    let mut socket = Socket::open(&server.browser(), "/nav").await;
    for status in [403, 404, 500, 503] {
        says.status.store(status, Ordering::SeqCst);
        let told = instead(&mut socket, "/nav/items/1").await;
        assert_eq!(told, load("/nav/items/1"), "{status}");
    }
    says.status.store(429, Ordering::SeqCst);
    let told = instead(&mut socket, "/nav/items/1").await;
    assert_eq!(
        told,
        [json!({"t": "refused", "status": 429, "text": "The layer refuses."})]
    );
    says.status.store(401, Ordering::SeqCst);
    let told = instead(&mut socket, "/nav/items/1").await;
    assert_eq!(told, load("/login?next=%2Fnav%2Fitems%2F1"));
}

#[tokio::test]
async fn what_no_browser_sends_is_refused() {
    let (server, _) = start().await;
    let mut socket = Socket::open(&server.browser(), "/nav").await;
    for to in [
        "//evil.example/",
        "https://evil.example/",
        "nav",
        "",
        "/\\nav",
        "/\t/evil.example/",
        "\\nav",
    ] {
        socket.send(&json!([1, "go", [to]])).await;
        let frame = socket.frame().await.expect("an answer");
        assert_eq!(frame.effects()[0]["status"], 400, "{to}");
    }
    for frame in [
        json!([1, "go"]),
        json!([1, "go", []]),
        json!([1, "go", [7]]),
        json!([1, "go", ["/nav", 1]]),
    ] {
        socket.send(&frame).await;
        let answer = socket.frame().await.expect("an answer");
        assert_eq!(answer.effects()[0]["status"], 400, "{frame}");
    }
    // with the eleven before one too many; nothing is sent to a socket that is closed
    for _ in 0..9 {
        socket.send(&json!([1, "go", ["//x"]])).await;
    }
    assert_eq!(socket.end().await.code, 1008);
}

#[tokio::test]
async fn going_too_often_is_refused() {
    let app = App::new()
        .page::<ListPage>()
        .page::<ItemPage>()
        .configure(|config| (config.events_per_second, config.event_burst) = (1, 2));
    let server = Server::start(app).await;
    let mut socket = Socket::open(&server.browser(), "/nav").await;
    let began = Instant::now();
    let mut count = 0;
    let refused = loop {
        let (reply, body) = go(&mut socket, "/nav/items/1").await;
        if body.is_none() {
            break reply;
        }
        count += 1;
        // the burst, and what the seconds let by since
        let allowed = 2 + began.elapsed().as_secs() + 1;
        assert!(count <= allowed, "{count} were shown of {allowed}");
    };
    assert!(count >= 2, "{count} were shown");
    assert_eq!(refused.effects()[0]["status"], 429);
    tokio::time::sleep(Duration::from_millis(1100)).await;
    shown(&mut socket, "/nav/items/3").await;
}

#[tokio::test]
async fn handlers_send_over_the_socket_unless_cookies_wait() {
    let (server, _) = start().await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/nav").await;
    let reply = socket.event("words.leave", json!(["/nav/items/3"])).await;
    let to = json!({"t": "navigate", "to": "/nav/items/3", "live": true});
    assert_eq!(reply.effects(), [to]);
    assert!(shown(&mut socket, "/nav/items/3").await.contains("seen 0"));
    let mut socket = Socket::open(&browser, "/nav").await;
    let reply = socket.event("words.keep", json!([])).await;
    assert!(reply.ticket().is_some(), "{reply:?}");
    assert_eq!(
        reply.effect("navigate"),
        Some(json!({"t": "navigate", "to": "/nav/items/1"}))
    );
}

#[tokio::test]
async fn cookies_of_a_page_that_is_loaded_instead_come_along() {
    let (server, says) = start().await;
    let mut socket = Socket::open(&server.browser(), "/nav").await;
    says.sets_cookies.store(true, Ordering::SeqCst);
    let (reply, body) = go(&mut socket, "/nav/other").await;
    assert!(body.is_none() && reply.ticket().is_some(), "{reply:?}");
    assert_eq!(reply.effects().last(), load("/nav/other").first());
}

#[tokio::test]
async fn messages_wait_for_the_page_that_is_shown_next() {
    let (server, _) = start().await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/nav/items/1").await;
    let reply = socket.event("word.save", json!([])).await;
    // the session that keeps it is new
    browser.redeem(&reply).await;
    let other = instead(&mut socket, "/nav/other").await;
    assert_eq!(
        other,
        load("/nav/other"),
        "a page that is not shown takes none"
    );
    assert!(shown(&mut socket, "/nav").await.contains("Saved."));
    assert!(!shown(&mut socket, "/nav").await.contains("Saved."));
    let body = shown(&mut socket, "/nav/door?does=say").await;
    assert!(body.contains("Said by the door."), "{body}");
}
