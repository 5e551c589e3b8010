//! Tests: ways to a handler beside the events of a socket, and what comes of them.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

use std::{sync::atomic::Ordering, time::Duration};

use rdj::{App, Config};
use rdj_live_tests::pages::ways::{AlbumPage, BEGUN, CAME, ClosedPage, MAY_END};
use rdj_tests::{Browser, Frame, Kind, Reply, Server, Socket};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::{sleep, timeout},
};

use super::steady::PATIENCE;

async fn site() -> Server {
    site_of(|_| ()).await
}

async fn site_of(change: impl FnOnce(&mut Config)) -> Server {
    let app = App::new().page::<AlbumPage>().page::<ClosedPage>();
    Server::start(app.configure(change)).await
}

/// A request as it is on the wire; status and answer.
async fn request(browser: &Browser, first: &str, headers: &str, body: &str) -> (u16, String) {
    let host = browser.host();
    let cookies = browser.cookies().unwrap_or_default();
    let length = body.len();
    let request = format!(
        "{first} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {cookies}\r\n{headers}\
         Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    );
    let mut stream = TcpStream::connect(host).await.expect("a connection");
    let sent = stream.write_all(request.as_bytes()).await;
    sent.expect("an open connection");
    let mut answer = String::new();
    let read = timeout(PATIENCE, stream.read_to_string(&mut answer)).await;
    read.expect("an answer in time").expect("a text");
    let status = answer.split(' ').nth(1).and_then(|code| code.parse().ok());
    (status.unwrap_or_default(), answer)
}

/// Posts files of these names.
async fn post(browser: &Browser, path: &str, names: &[&str]) -> (u16, String) {
    browser.have_token();
    let token = browser.cookie("csrftoken").unwrap_or_default();
    let headers =
        format!("X-CSRFToken: {token}\r\nContent-Type: multipart/form-data; boundary=xx\r\n");
    let part = |name: &&str| {
        format!(
            "--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n\
             text\r\n"
        )
    };
    let body = names.iter().map(part).collect::<String>() + "--xx--\r\n";
    request(browser, &format!("POST {path}"), &headers, &body).await
}

#[tokio::test]
async fn a_page_that_sends_its_user_away_takes_no_files() {
    let server = site().await;
    let browser = server.browser();
    let answer = browser.get("/ways/closed").await;
    assert_eq!(answer.headers()["location"], "/ways/album");
    let path = "/ways/closed?_event=closed.store";
    let (status, answer) = post(&browser, path, &["a.txt", "b.txt"]).await;
    assert_eq!(CAME.load(Ordering::SeqCst), 0, "{answer}");
    assert_eq!(status, 303, "{answer}");
    assert!(answer.contains("location: /ways/album\r\n"), "{answer}");
}

#[tokio::test]
async fn a_handler_of_a_file_may_work_for_longer_than_a_page_is_held() {
    let hold = Duration::from_secs(8);
    let server = site_of(|config| config.hold_time = hold).await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/ways/album").await;
    let path = format!("/ways/album?_event=album.ponder&_page={}", socket.token);
    let works = async {
        BEGUN.notified().await;
        sleep(hold + Duration::from_millis(500)).await;
        MAY_END.notify_one();
    };
    let ((status, answer), ()) = tokio::join!(post(&browser, &path, &["a.txt"]), works);
    assert_eq!(status, 204, "{answer}");
    let frame = socket.frame().await.expect("a patch");
    assert_eq!(frame.text().matches("a.txt").count(), 1, "{frame:?}");
}

#[tokio::test]
async fn a_panic_in_the_end_of_a_task_is_told() {
    let server = site().await;
    let mut socket = Socket::open(&server.browser(), "/ways/album").await;
    let mut reply = socket.event("album.end_badly", json!([])).await;
    while reply.effect("error").is_none() {
        let frame = socket.frame().await.expect("an open socket");
        reply.frames.push(frame);
    }
    let error = reply.effect("error").expect("an error");
    let id = error["id"].as_str().expect("an id");
    let page = reply.patched();
    assert!(
        page.contains("it has failed") && page.contains(id),
        "{page}"
    );
    assert!(!format!("{reply:?}").contains("secret"), "{reply:?}");
}

#[tokio::test]
async fn a_look_at_a_download_leaves_it() {
    let server = site().await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/ways/album").await;
    let reply: Reply = socket.event("album.save", json!([])).await;
    let to = reply.effect("download").expect("a download")["to"].clone();
    let to = to.as_str().expect("an address");
    for _ in 0..2 {
        let (status, answer) = request(&browser, &format!("HEAD {to}"), "", "").await;
        assert_eq!(status, 200, "{answer}");
        assert!(answer.contains("filename=\"names.txt\""), "{answer}");
        assert!(answer.contains("content-length: 7\r\n"), "{answer}");
    }
    assert_eq!(browser.text(to).await, "one\ntwo");
    let (status, _) = request(&browser, &format!("HEAD {to}"), "", "").await;
    assert_eq!(status, 404);
}

/// Comes back as a browser that has this version of the page.
async fn back(browser: &Browser, old: Socket, version: u64) -> Socket {
    let mut socket = Socket::again(browser, &old).await.expect("a socket");
    drop(old);
    socket.version = version;
    let hello = socket.join("/ways/album").await.expect("a hello");
    assert_eq!(hello["fresh"], false);
    socket
}

#[tokio::test]
async fn what_a_task_asks_of_a_browser_that_is_lost_is_asked_when_it_is_back() {
    let cool_after = Duration::from_millis(50);
    let server = site_of(|config| config.cool_after = cool_after).await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/ways/album").await;
    socket.event("album.save_later", json!([])).await;
    let version = socket.version;
    // the server has sent it; whether it is read is not known there
    while socket.frame().await.expect("a frame").effects().is_empty() {}
    // nor is it known of a page that is quiet
    sleep(cool_after * 10).await;
    let mut socket = back(&browser, socket, version).await;
    let body = socket.frame().await.expect("a body");
    assert_eq!(body.kind, Kind::Body);
    let asked = socket.frame().await.expect("effects");
    assert_eq!(asked.ack, 0);
    let to = asked.effects()[0]["to"].clone();
    let to = to.as_str().expect("an address of a download");
    assert_eq!(browser.text(to).await, "later");
    // who has got the page has heard it
    let version = socket.version;
    let mut socket = back(&browser, socket, version).await;
    let reply = socket.event("album.end_badly", json!([])).await;
    assert!(reply.effect("download").is_none(), "{reply:?}");
}

#[tokio::test]
async fn what_was_sent_before_an_answered_ping_is_not_asked_again() {
    let interval = Duration::from_secs(4);
    let server = site_of(|config| config.ping_interval = interval).await;
    let browser = server.browser();
    // a machine that stands still for a moment answers too late, but not each time
    for _ in 0..5 {
        let mut socket = Socket::open(&browser, "/ways/album").await;
        socket.event("album.save_later", json!([])).await;
        let version = socket.version;
        while socket.frame().await.expect("a frame").effects().is_empty() {}
        // reads, and so answers
        let more = socket.frame_within(interval * 3 / 2).await;
        assert!(more.is_none(), "{more:?}");
        let mut socket = back(&browser, socket, version).await;
        let reply = socket.event("album.save", json!([])).await;
        let is_asked = |frame: &Frame| frame.ack == 0 && !frame.effects().is_empty();
        if !reply.frames.iter().any(is_asked) {
            return;
        }
    }
    panic!("it is asked again each time");
}
