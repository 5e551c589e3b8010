//! Frames that no browser sends, too many of them, and connections that ask for nothing.

use std::time::{Duration, Instant};

use rdj::security::Security;
use rdj_tests::{Browser, Socket};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};
use tokio_tungstenite::tungstenite::Message;

use super::{
    raw::{self, Wire},
    site::Site,
};

/// Why a socket is closed that has not joined after ten seconds.
const TOO_LATE: &str = "no join";
/// A socket that does not join is closed long before, and one that answers no ping ten seconds after.
const WITHOUT_JOIN: Duration = Duration::from_secs(40);

/// Somebody else is served.
async fn serves(site: &Site) {
    let browser = site.server.browser();
    let mut socket = Socket::open(&browser, "/counter").await;
    socket.event("counter.add", json!([1, "x"])).await;
}

/// The next effects that the server sends.
async fn effects(socket: &mut Socket) -> Vec<Value> {
    loop {
        let effects = socket.frame().await.expect("an answer").effects();
        if !effects.is_empty() {
            return effects;
        }
    }
}

/// A browser with a CSRF secret.
async fn visitor(site: &Site) -> Browser {
    let browser = site.server.browser();
    browser.get("/login").await;
    browser
}

#[tokio::test]
async fn a_frame_says_nothing_about_path_method_or_user() {
    let site = Site::start().await;
    site.keeper("ann").await;
    let ann = site.signed_in("ann").await;
    let browser = visitor(&site).await;
    let stolen = ann.cookies().unwrap_or_default();
    let csrf = browser.cookie("csrftoken").unwrap_or_default();
    let mut socket = Socket::connect(&browser, &[]).await.expect("a socket");
    let join = json!(["join", {
        "v": 1, "token": "", "url": "/vault", "csrf": csrf, "method": "POST", "path": "/login",
        "user": 1, "user_id": 1, "is_superuser": true, "cookie": stolen, "session": stolen,
        "headers": {"cookie": stolen, "x-forwarded-for": "6.6.6.6"},
    }]);
    socket.send(&join).await;
    let told = effects(&mut socket).await;
    assert_eq!(told[0]["t"], "navigate", "{told:?}");
    for url in [
        "/login",
        "/vault",
        "http://evil.example/vault",
        "//vault",
        "/_session",
        "vault",
    ] {
        let mut socket = Socket::open(&browser, "/counter").await;
        for claim in [
            json!([1, "vault.take", [], null, {"path": url, "user": 1}]),
            json!([1, "vault.take", [], null, url, "POST"]),
            json!([1, "vault.take", [], [["path", url], ["_url", url]]]),
            json!([1, {"event": "vault.take", "path": url}, []]),
        ] {
            socket.send(&claim).await;
            let effects = effects(&mut socket).await;
            let refused = [json!(400), json!(404)].contains(&effects[0]["status"]);
            assert!(refused, "{claim}: {effects:?}");
        }
    }
    assert_eq!(site.runs.count(), 0);
}

fn nested(depth: usize) -> String {
    format!("{}{}", "[".repeat(depth), "]".repeat(depth))
}

#[tokio::test]
async fn nested_json_and_odd_text_are_refused_and_the_server_lives() {
    let site = Site::start().await;
    let browser = visitor(&site).await;
    let deep = nested(100_000);
    let objects = format!("{}1{}", "{\"a\":".repeat(50_000), "}".repeat(50_000));
    let bombs = [
        deep.clone(),
        objects.clone(),
        format!("[1,\"counter.add\",[{deep},\"x\"]]"),
        format!("[1,\"counter.add\",[{objects},\"x\"]]"),
        format!("[1,\"counter.add\",{deep}]"),
        format!("[1,\"counter.add\",[],{deep}]"),
        format!("[{deep},\"counter.add\",[]]"),
        format!("[\"miss\",1,{deep}]"),
        format!("[\"join\",{objects}]"),
        "[".repeat(1_000_000),
        "[1,\"counter.add\",[1e999999,\"x\"]]".to_owned(),
        format!("[1,\"counter.add\",[{},\"x\"]]", "9".repeat(100_000)),
        "[99999999999999999999999,\"counter.increment\",[]]".to_owned(),
        "[1,\"\\ud800\",[]]".to_owned(),
        "[1,\"counter.increment\",[],[[\"name\",\"\\ud800\"]]]".to_owned(),
    ];
    for bomb in &bombs {
        let mut socket = Socket::open(&browser, "/counter").await;
        socket.send_text(bomb).await;
        let effects = effects(&mut socket).await;
        let start = &bomb[..bomb.len().min(40)];
        assert_eq!(effects[0]["t"], "refused", "{start}: {effects:?}");
    }
    for bomb in &bombs {
        let mut socket = Socket::connect(&browser, &[]).await.expect("a socket");
        socket.send_text(bomb).await;
        assert_eq!(socket.end().await.code, 1008);
    }
    serves(&site).await;
    assert_eq!(site.runs.count(), 0);
}

#[tokio::test]
async fn of_two_keys_of_one_name_none_counts() {
    let site = Site::start().await;
    let browser = visitor(&site).await;
    let csrf = browser.cookie("csrftoken").unwrap_or_default();
    for join in [
        format!(r#"["join",{{"v":1,"token":"","url":"/counter","csrf":"x","csrf":"{csrf}"}}]"#),
        format!(r#"["join",{{"v":1,"token":"","url":"/counter","csrf":"{csrf}","csrf":"x"}}]"#),
        format!(r#"["join",{{"v":1,"token":"","url":"/a","url":"/counter","csrf":"{csrf}"}}]"#),
        format!(r#"["join",{{"v":1,"v":1,"token":"","url":"/counter","csrf":"{csrf}"}}]"#),
    ] {
        let mut socket = Socket::connect(&browser, &[]).await.expect("a socket");
        socket.send_text(&join).await;
        assert_eq!(socket.end().await.code, 1008, "{join}");
    }
}

#[tokio::test]
async fn broken_frames_end_their_socket_only() {
    let site = Site::start().await;
    let browser = visitor(&site).await;
    let text: &[u8] = b"[1,\"counter.increment\",[]]";
    let cases: [(&str, u8, bool, &[u8]); 7] = [
        ("invalid UTF-8", 0x81, true, &[0xff, 0xfe, 0xc0, 0x80]),
        ("a surrogate", 0x81, true, &[b'"', 0xed, 0xa0, 0x80, b'"']),
        ("no mask", 0x81, false, text),
        ("a reserved bit", 0xc1, true, text),
        ("an unknown kind", 0x83, true, text),
        ("a continuation of nothing", 0x80, true, text),
        ("a long ping", 0x89, true, &[0; 200]),
    ];
    for (what, first, is_masked, payload) in cases {
        let mut wire = Wire::open(&browser).await;
        wire.frame(first, is_masked, payload).await;
        assert!(!wire.rest().await.contains(TOO_LATE), "{what}");
    }
    // a length that nobody has memory for
    let mut wire = Wire::open(&browser).await;
    wire.bytes(&[
        0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0,
    ])
    .await;
    assert!(!wire.rest().await.contains(TOO_LATE), "a huge length");
    // many small pieces of one message that never ends
    let mut wire = Wire::open(&browser).await;
    wire.frame(0x01, true, b"[").await;
    let piece = vec![b' '; 16 * 1024];
    for _ in 0..400 {
        if !wire.frame(0x00, true, &piece).await {
            break;
        }
    }
    assert!(!wire.rest().await.contains(TOO_LATE), "pieces");
    serves(&site).await;
    assert_eq!(site.runs.count(), 0);
}

#[tokio::test]
async fn a_flood_of_frames_ends_its_socket_only() {
    let site = Site::start().await;
    let browser = site.server.browser();
    for frame in [
        json!([1, "counter.vanish", []]),
        json!(["miss", 0, "x"]),
        json!(["join", {}]),
        Value::Null,
    ] {
        let mut socket = Socket::open(&browser, "/counter").await;
        for number in 0..3_000_u64 {
            let mut frame = frame.clone();
            if frame[0] == 1 {
                frame[0] = json!(number + 1);
            }
            socket.send_raw(Message::text(frame.to_string())).await;
        }
        let end = socket.end().await;
        assert!([1006, 1008].contains(&end.code), "{frame}: {end:?}");
        serves(&site).await;
    }
}

#[tokio::test]
async fn sockets_that_do_not_join_are_closed_and_hold_nobody_up() {
    let site = Site::start().await;
    let browser = visitor(&site).await;
    let mut idle = Vec::new();
    for _ in 0..300 {
        idle.push(Wire::open(&browser).await);
    }
    serves(&site).await;
    // half of a frame, then nothing
    for wire in &mut idle {
        wire.bytes(&[0x81, 0xfe, 0x10]).await;
    }
    serves(&site).await;
    let mut slow = idle.remove(0);
    // first the one that was opened last: without a limit it would be open until it answers no ping
    for wire in idle.iter_mut().rev() {
        let closed = wire.is_closed_within(WITHOUT_JOIN).await;
        assert!(closed, "a socket without a join is open for too long");
    }
    assert!(slow.is_closed_within(WITHOUT_JOIN).await);
}

#[tokio::test]
async fn a_join_that_drips_in_is_given_up() {
    let site = Site::start().await;
    let browser = visitor(&site).await;
    let mut wire = Wire::open(&browser).await;
    let start = Instant::now();
    // a header for 1000 bytes, then one byte at a time: for five minutes nothing is wrong with it
    wire.bytes(&[0x81, 0xfe, 0x03, 0xe8, 0, 0, 0, 0]).await;
    let soon = Duration::from_millis(300);
    while wire.bytes(b"[").await && !wire.is_closed_within(soon).await {
        assert!(start.elapsed() < WITHOUT_JOIN, "it drips on");
    }
}

#[tokio::test]
async fn connections_that_send_slowly_hold_nobody_up() {
    let site = Site::start().await;
    let mut slow = Vec::new();
    for _ in 0..200 {
        let mut stream = TcpStream::connect(site.host()).await.expect("a connection");
        let half = b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n";
        stream.write_all(half).await.expect("an open connection");
        slow.push(stream);
    }
    serves(&site).await;
    let answer = raw::ask(&site.host(), "GET", "/login", &[], "").await;
    assert_eq!(answer.status, 200);
    drop(slow);
}

#[tokio::test]
async fn a_body_without_end_is_not_kept() {
    let site = Site::start().await;
    let browser = visitor(&site).await;
    let cookies = browser.cookies().unwrap_or_default();
    let token = browser.cookie("csrftoken").unwrap_or_default();
    let mut stream = TcpStream::connect(site.host()).await.expect("a connection");
    let head = format!(
        "POST /counter HTTP/1.1\r\nHost: {}\r\nCookie: {cookies}\r\nX-CSRFToken: {token}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n",
        site.host()
    );
    stream
        .write_all(head.as_bytes())
        .await
        .expect("an open connection");
    let chunk = format!("10000\r\n{}\r\n", "a".repeat(0x10000));
    for _ in 0..200 {
        if stream.write_all(chunk.as_bytes()).await.is_err() {
            break;
        }
    }
    let mut answer = vec![0; 64];
    let read = stream.read(&mut answer).await.unwrap_or_default();
    let text = String::from_utf8_lossy(&answer[..read]).into_owned();
    assert!(text.is_empty() || text.contains("413"), "{text}");
    serves(&site).await;
}

#[tokio::test]
async fn one_client_does_not_take_the_places_of_all() {
    let security = Security::new()
        .trusted_proxies(["127.0.0.1"])
        .expect("a network");
    let site = Site::with(
        |_| {},
        |app| {
            app.security(security)
                .configure(|config| config.max_connections_per_client = 5)
        },
    )
    .await;
    let browser = visitor(&site).await;
    let mut open = Vec::new();
    for number in 0..8 {
        // further left stands what the client says of itself
        let from = format!("6.6.6.{number}, 203.0.113.7");
        let socket = Socket::connect(&browser, &[("x-forwarded-for", &from)]).await;
        assert_eq!(socket.is_ok(), number < 5, "socket {number}");
        open.extend(socket);
    }
    let other = Socket::connect(&browser, &[("x-forwarded-for", "203.0.113.8")]).await;
    assert!(other.is_ok(), "somebody else has a place");
}
