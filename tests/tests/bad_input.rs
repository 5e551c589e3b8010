//! What the server answers to frames and requests that are wrong or hostile.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use http::StatusCode;
use rdj::App;
use rdj_tests::{
    End, Server, Socket,
    pages::{CounterPage, GreetPage, Runs},
};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

async fn start() -> (Server, Arc<Runs>) {
    at_rate(5).await
}

async fn at_rate(events_per_second: u32) -> (Server, Arc<Runs>) {
    let runs = Arc::new(Runs::default());
    let app = App::new()
        .page::<CounterPage>()
        .page::<GreetPage>()
        .resource(Arc::clone(&runs))
        .configure(|config| {
            config.max_message_size = 100_000;
            config.event_burst = 40;
            config.events_per_second = events_per_second;
        });
    (Server::start(app).await, runs)
}

async fn open(server: &Server) -> Socket {
    Socket::open(&server.browser(), "/counter").await
}

/// The socket still serves its page.
async fn lives(socket: &mut Socket) {
    let reply = socket.event("counter.increment", json!([])).await;
    assert!(reply.patched().contains(" / "), "{reply:?}");
}

#[tokio::test]
async fn malformed_frames_are_refused_then_closed() {
    let (server, _) = start().await;
    let mut socket = open(&server).await;
    for text in [
        "",
        "{",
        "[]",
        "null",
        "[1]",
        r#"["join"]"#,
        r#"["what",1]"#,
        "[1,2,3]",
    ] {
        socket.send_text(text).await;
        let frame = socket.frame().await.expect("an answer");
        let effects = frame.effects();
        assert_eq!(effects[0]["status"], 400, "{text}: {effects:?}");
    }
    socket.send_raw(Message::binary(vec![1, 2, 3])).await;
    assert_eq!(
        socket.frame().await.expect("an answer").effects()[0]["status"],
        400
    );
    lives(&mut socket).await;
    for _ in 0..20 {
        socket.send_raw(Message::text("nonsense")).await;
    }
    let end = socket.end().await;
    assert_eq!(
        end,
        End {
            code: 1008,
            reason: "malformed frame".to_owned()
        }
    );
}

#[tokio::test]
async fn unknown_events_and_wrong_arguments_are_refused_by_name() {
    let (server, runs) = start().await;
    let mut socket = open(&server).await;
    let cases: [(&str, Value, u16); 13] = [
        ("counter.vanish", json!([]), 404),
        ("nobody.increment", json!([]), 404),
        ("increment", json!([]), 404),
        ("counter.", json!([]), 404),
        ("counter.double", json!([]), 404),
        ("counter.set_count", json!([5]), 404),
        ("counter.on_load", json!([]), 404),
        ("counter.dispatch", json!([]), 404),
        ("counter.increment", json!([1]), 400),
        ("counter.add", json!([1]), 400),
        ("counter.add", json!(["1", "x"]), 400),
        ("counter.add", json!([1, "x", 2]), 400),
        ("counter.add", json!({"by": 1}), 400),
    ];
    for (event, args, status) in cases {
        let reply = socket.event(event, args.clone()).await;
        let refused = reply.effect("refused").unwrap_or_default();
        assert_eq!(refused["status"], status, "{event}({args}): {reply:?}");
    }
    assert_eq!(runs.count(), 0);
    lives(&mut socket).await;
}

#[tokio::test]
async fn an_event_runs_once_however_often_it_is_sent() {
    let (server, runs) = start().await;
    let mut socket = open(&server).await;
    lives(&mut socket).await;
    let seq = socket.seq;
    for replayed in [seq, 0] {
        socket
            .send(&json!([replayed, "counter.increment", []]))
            .await;
        let reply = socket.reply(seq).await.expect("an answer");
        assert_eq!(reply.patched(), "");
    }
    assert_eq!(runs.count(), 1);
    lives(&mut socket).await;
    assert_eq!(runs.count(), 2);
}

#[tokio::test]
async fn an_oversized_frame_closes_the_socket_with_its_reason() {
    let (server, _) = start().await;
    let mut socket = open(&server).await;
    let long = "x".repeat(200_000);
    socket
        .send_raw(Message::text(
            json!([1, "counter.add", [1, long]]).to_string(),
        ))
        .await;
    assert_eq!(socket.end().await.code, 1009);
}

#[tokio::test]
async fn an_event_before_the_join_closes_the_socket() {
    let (server, runs) = start().await;
    let browser = server.browser();
    let mut socket = Socket::connect(&browser, &[]).await.expect("a socket");
    socket.send(&json!([1, "counter.increment", []])).await;
    assert_eq!(socket.end().await.code, 1008);
    assert_eq!(runs.count(), 0);
}

#[tokio::test]
async fn a_page_that_does_not_exist_cannot_be_joined() {
    let (server, _) = start().await;
    let browser = server.browser();
    for url in [
        "/nowhere",
        "/_event",
        "/_session",
        "//evil.example/counter",
        "http://a/counter",
        "",
    ] {
        let mut socket = Socket::connect(&browser, &[]).await.expect("a socket");
        let end = socket.join(url).await.expect_err(url);
        assert_eq!(end.code, 1008, "{url}: {end:?}");
    }
    let mut socket = Socket::connect(&browser, &[]).await.expect("a socket");
    socket
        .send(&json!(["join", {"v": 99, "token": "", "url": "/counter"}]))
        .await;
    assert_eq!(socket.end().await.code, 4003);
}

#[tokio::test]
async fn foreign_origins_and_requests_without_one_open_no_socket() {
    let (server, _) = start().await;
    let browser = server.browser();
    let foreign = Socket::connect(&browser, &[("origin", "https://evil.example")]).await;
    assert!(format!("{foreign:?}").contains("403"), "{foreign:?}");
    let null = Socket::connect(&browser, &[("origin", "null")]).await;
    assert!(format!("{null:?}").contains("403"), "{null:?}");
    let answer = browser
        .post_from(
            "/counter",
            "_event=counter.increment",
            "https://evil.example",
        )
        .await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn too_many_events_are_refused_and_the_socket_lives() {
    let (server, runs) = at_rate(1).await;
    let began = Instant::now();
    let mut socket = open(&server).await;
    let mut ran: u32 = 0;
    let refused = loop {
        let reply = socket.event("counter.increment", json!([])).await;
        if let Some(refused) = reply.effect("refused") {
            break refused;
        }
        ran += 1;
        // all at once, and one more in each second: a machine that stands still meanwhile is given those
        let most = 40 + began.elapsed().as_secs();
        assert!(u64::from(ran) <= most, "{ran} of {most}");
    };
    assert_eq!(refused["status"], 429);
    assert!(ran >= 40, "{ran}");
    assert_eq!(runs.count(), ran);
    tokio::time::sleep(Duration::from_millis(1100)).await;
    lives(&mut socket).await;
}

#[tokio::test]
async fn text_that_does_not_parse_stays_in_the_form_with_its_error() {
    let (server, _) = start().await;
    let mut socket = open(&server).await;
    let reply = socket
        .submit("counter.submit", &[("name", "Ann"), ("age", "old")])
        .await;
    assert!(reply.patched().contains("Ann is None"), "{reply:?}");
    socket
        .send(&json!(["miss", socket.version, "for the whole page"]))
        .await;
    let html = socket.frame().await.expect("a body").text();
    assert!(html.contains("value=\"old\""), "{html}");
    assert!(html.contains("aria-invalid=\"true\""), "{html}");
    let reply = socket
        .submit("counter.submit", &[("name", "Ann"), ("age", "42")])
        .await;
    assert!(reply.patched().contains("Ann is Some(42)"), "{reply:?}");
}

#[tokio::test]
async fn route_parameters_are_typed() {
    let (server, _) = start().await;
    let browser = server.browser();
    let html = browser.text("/greet/2/Ada%20%3Cb%3E").await;
    assert!(html.contains("<p>1: Hello Ada &#60;b&#62;</p>"), "{html}");
    assert_eq!(
        browser.get("/greet/many/Ada").await.status(),
        StatusCode::NOT_FOUND
    );
    let mut socket = Socket::open(&browser, "/greet/2/Ada").await;
    lives_at_zero(&mut socket).await;
}

async fn lives_at_zero(socket: &mut Socket) {
    let reply = socket.event("counter.increment", json!([])).await;
    assert!(reply.patched().contains('1'), "{reply:?}");
}

#[tokio::test]
async fn forms_work_without_a_socket_and_their_mistakes_are_answered() {
    let (server, runs) = start().await;
    let browser = server.browser();
    let answer = browser.post("/counter", "_event=counter.increment").await;
    assert_eq!(answer.status(), StatusCode::OK);
    let html = answer.text().await.unwrap_or_default();
    assert!(html.contains("1 / 2"), "{html}");
    assert_eq!(runs.count(), 1);
    for (body, status) in [
        ("_event=counter.vanish", StatusCode::NOT_FOUND),
        ("_event=counter.add(1)", StatusCode::BAD_REQUEST),
        ("_event=counter.add(1", StatusCode::BAD_REQUEST),
        ("", StatusCode::BAD_REQUEST),
        ("_event=", StatusCode::NOT_FOUND),
    ] {
        let answer = browser.post("/counter", body).await;
        assert_eq!(answer.status(), status, "{body}");
        assert!(
            answer.text().await.unwrap_or_default().contains("<!"),
            "{body}"
        );
    }
}
