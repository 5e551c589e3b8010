//! Uploads.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

mod guards;
mod heads;
mod places;
mod whose;

use std::time::Duration;

use axum::{
    extract::Request,
    middleware::{Next, from_fn},
    response::Response,
};
use rdj::{App, Config, CurrentUser, security::Security};
use rdj_live_tests::pages::work::{DocsPage, ShelfPage};
use rdj_tests::{Browser, Server, Socket};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::{sleep, timeout},
};

use crate::steady::{PATIENCE, until};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

struct Site {
    server: Server,
    browser: Browser,
    folder: tempfile::TempDir,
}

async fn site() -> Site {
    site_with(PATIENCE).await
}

async fn site_with(patience: Duration) -> Site {
    site_of(|config| config.upload_patience = patience).await
}

async fn site_of(change: impl FnOnce(&mut Config)) -> Site {
    let app = App::new().page::<DocsPage>().page::<ShelfPage>();
    serve(app, change).await
}

async fn serve(app: App, change: impl FnOnce(&mut Config)) -> Site {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_owned();
    let app = app.configure(|config| {
        config.upload_folder = path;
        change(config);
    });
    let security = Security::new().trusted_proxies(["127.0.0.1"]);
    let app = app.security(security.expect("an address"));
    let server = Server::start(app.layer(from_fn(who))).await;
    let browser = server.browser();
    Site {
        server,
        browser,
        folder,
    }
}

/// Whom a cookie names.
async fn who(mut request: Request, next: Next) -> Response {
    let cookies = request.headers().get_all("cookie").iter();
    let mut cookies = cookies
        .filter_map(|value| value.to_str().ok())
        .flat_map(|all| all.split("; "));
    let id = cookies.find_map(|one| one.strip_prefix("who=")?.parse().ok());
    if let Some(id) = id {
        request
            .extensions_mut()
            .insert(CurrentUser::new(id, "somebody"));
    }
    next.run(request).await
}

fn form(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, content) in files {
        let head = format!(
            "--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--xx--\r\n");
    body
}

impl Site {
    fn head(&self, browser: &Browser, path: &str, token: &str, length: usize) -> String {
        let host = self.server.host();
        let cookies = browser.cookies().unwrap_or_default();
        format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {cookies}\r\n\
             X-CSRFToken: {token}\r\nContent-Type: multipart/form-data; boundary=xx\r\n\
             Content-Length: {length}\r\nConnection: close\r\n\r\n"
        )
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.server.host())
            .await
            .expect("a connection")
    }

    /// Posts a form as the script does; status and body.
    async fn post_as(
        &self,
        browser: &Browser,
        path: &str,
        token: &str,
        body: &[u8],
    ) -> (u16, String) {
        let mut stream = self.connect().await;
        let head = self.head(browser, path, token, body.len());
        stream
            .write_all(head.as_bytes())
            .await
            .expect("an open connection");
        let _ = stream.write_all(body).await;
        read(&mut stream).await
    }

    async fn post(&self, socket: &Socket, event: &str, files: &[(&str, &[u8])]) -> (u16, String) {
        let path = format!("/work/docs?_event={event}&_page={}", socket.token);
        self.post_as(&self.browser, &path, &socket.csrf, &form(files))
            .await
    }

    async fn open(&self) -> Socket {
        Socket::open(&self.browser, "/work/docs").await
    }

    fn files(&self) -> usize {
        std::fs::read_dir(self.folder.path()).map_or(0, Iterator::count)
    }

    async fn no_files(&self) {
        until("no file is left", async || self.files() == 0).await;
    }

    /// Waits until so many uploads have begun.
    async fn has_begun(&self, count: usize) {
        until("the uploads begin", async || self.files() >= count).await;
    }
}

async fn read(stream: &mut TcpStream) -> (u16, String) {
    let mut answer = Vec::new();
    let reading = stream.read_to_end(&mut answer);
    let _ = timeout(PATIENCE, reading).await.expect("an answer");
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    (status.unwrap_or_default(), answer)
}

#[tokio::test]
async fn a_file_comes_to_the_open_page_and_the_patch_over_its_socket() {
    let site = site().await;
    let mut socket = site.open().await;
    let (status, answer) = site.post(&socket, "docs.store", &[("../a.png", PNG)]).await;
    assert_eq!(status, 204, "{answer}");
    let frame = socket.frame().await.expect("a patch");
    assert!(frame.text().contains("a.png 16 image/png"), "{frame:?}");
    site.no_files().await;
    // the page goes on as it is
    let reply = socket.event("docs.report", json!([])).await;
    assert!(reply.patched().contains("a.png 16"), "{reply:?}");
}

#[tokio::test]
async fn arguments_of_the_handle_come_along() {
    let site = site().await;
    let mut socket = site.open().await;
    let event = "docs.ponder(%22slow%22)";
    let (status, answer) = site.post(&socket, event, &[("a", b"12345")]).await;
    assert_eq!(status, 204, "{answer}");
    let frame = socket.frame().await.expect("a patch");
    assert!(frame.text().contains("slow 5"), "{frame:?}");
}

#[tokio::test]
async fn wrong_files_are_refused_with_a_reason() {
    let site = site().await;
    let mut socket = site.open().await;
    let large = vec![b'x'; 100_001];
    for (files, status, text) in [
        (&[("a.txt", &large[..])][..], 413, "at most 100 kB"),
        (&[("a.png", b"%PDF-1.7")], 415, "kind of file"),
        (&[("a.png", b"\xff\0\0")], 415, "kind of file"),
        (&[("a.txt", b"")], 422, "empty"),
        (
            &[("a", b"1"), ("b", b"2"), ("c", b"3"), ("d", b"4")],
            422,
            "at most 3",
        ),
        (&[("a.txt", b"bad")], 422, "This file is bad."),
        (&[("a.txt", b"panic")], 422, "failed"),
        (&[], 422, "Choose a file"),
    ] {
        let (found, answer) = site.post(&socket, "docs.store", files).await;
        assert_eq!(found, status, "{text}: {answer}");
        assert!(
            answer.contains(text) || text == "failed",
            "{text}: {answer}"
        );
        assert!(!answer.contains("secret"), "{answer}");
        site.no_files().await;
    }
    let reply = socket.event("docs.report", json!([])).await;
    assert!(!reply.patched().contains("a.txt"), "{reply:?}");
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_before_its_end() {
    let site = site().await;
    let socket = site.open().await;
    let path = format!("/work/docs?_event=docs.store&_page={}", socket.token);
    let mut stream = site.connect().await;
    let head = site.head(&site.browser, &path, &socket.csrf, 1_000_000_000);
    let body = form(&[("a.txt", &vec![b'x'; 150_000])]);
    stream
        .write_all(head.as_bytes())
        .await
        .expect("an open connection");
    stream
        .write_all(&body[..body.len() - 20])
        .await
        .expect("an open connection");
    let (status, answer) = read(&mut stream).await;
    assert_eq!(status, 413, "{answer}");
    assert!(answer.contains("at most 100 kB"), "{answer}");
    site.no_files().await;
}

#[tokio::test]
async fn an_upload_that_stops_leaves_nothing() {
    for is_cut in [true, false] {
        let site = if is_cut {
            site().await
        } else {
            site_with(Duration::from_millis(600)).await
        };
        let mut socket = site.open().await;
        let path = format!("/work/docs?_event=docs.store&_page={}", socket.token);
        let head = site.head(&site.browser, &path, &socket.csrf, 90_000);
        let body = form(&[("a.txt", &vec![b'x'; 50_000])]);
        let mut stream = site.connect().await;
        let begin = [head.as_bytes(), &body[..40_000]].concat();
        stream.write_all(&begin).await.expect("an open connection");
        if is_cut {
            site.has_begun(1).await;
            drop(stream);
        } else {
            // it sends nothing, and is given up
            assert_eq!(read(&mut stream).await.0, 408);
        }
        site.no_files().await;
        let reply = socket.event("docs.report", json!([])).await;
        assert!(!reply.patched().contains("a.txt"), "{reply:?}");
    }
}

#[tokio::test]
async fn a_download_is_fetched_once_by_whom_it_is_for() {
    let site = site().await;
    site.browser.set_cookie("who", "1");
    let mut socket = site.open().await;
    site.post(&socket, "docs.store", &[("a.txt", b"1")]).await;
    socket.frame().await.expect("a patch");
    let reply = socket.event("docs.report", json!([])).await;
    let to = reply.effect("download").expect("a download")["to"].clone();
    let to = to.as_str().expect("an address");
    assert!(to.starts_with("/work/docs?_download="), "{to}");
    let other = site.server.browser();
    other.set_cookie("who", "2");
    assert_eq!(other.get(to).await.status(), 404);
    let answer = site.browser.get(to).await;
    let name = answer.headers()["content-disposition"]
        .to_str()
        .expect("a text");
    assert!(
        name.ends_with("filename*=UTF-8''Dateien%20%C3%BCber.txt"),
        "{name}"
    );
    assert_eq!(answer.text().await.expect("a file"), "a.txt 1 text/plain");
    assert_eq!(site.browser.get(to).await.status(), 404);
    let answer = site.browser.post("/work/docs?_event=docs.report", "").await;
    assert!(answer.headers().contains_key("content-disposition"));
}

#[tokio::test]
async fn a_page_without_its_browser_gets_the_file_when_it_is_back() {
    let site = site().await;
    let socket = site.open().await;
    let mut back = Socket::again(&site.browser, &socket)
        .await
        .expect("a socket");
    drop(socket);
    sleep(Duration::from_millis(100)).await;
    let path = format!("/work/docs?_event=docs.store&_page={}", back.token);
    let csrf = back.csrf.clone();
    let body = form(&[("a.txt", b"1")]);
    let posted = site.post_as(&site.browser, &path, &csrf, &body);
    let back = async {
        // the file waits by then
        sleep(Duration::from_millis(300)).await;
        back.join("/work/docs").await.expect("a hello");
        back.frame().await.expect("a patch")
    };
    let ((status, answer), frame) = tokio::join!(posted, back);
    assert_eq!(status, 204, "{answer}");
    assert!(frame.text().contains("a.txt 1 text/plain"), "{frame:?}");
    site.no_files().await;
}

#[tokio::test]
async fn a_file_goes_with_a_page_that_nobody_comes_back_to() {
    let site = site_of(|config| config.hold_time = Duration::from_secs(8)).await;
    let mut socket = site.open().await;
    socket.leave().await;
    let path = format!("/work/docs?_event=docs.store&_page={}", socket.token);
    let csrf = &socket.csrf;
    let body = form(&[("a.txt", b"1")]);
    let (status, answer) = site.post_as(&site.browser, &path, csrf, &body).await;
    assert_eq!(status, 409, "{answer}");
    site.no_files().await;
}

#[tokio::test]
async fn without_a_script_a_form_does_the_same() {
    let site = site().await;
    let html = site.browser.text("/work/docs").await;
    assert!(html.contains("data-rdj-max-size=\"100000\""), "{html}");
    assert!(
        html.contains("data-rdj-accept=\"image/png,text/*\""),
        "{html}"
    );
    let at = html
        .find("action=\"/work/docs?_event=docs.store\">")
        .expect("the form");
    assert!(
        html[at..].starts_with("action=\"/work/docs?_event=docs.store\"><input type=\"hidden\"")
    );
    let token = site.browser.cookie("csrftoken").unwrap_or_default();
    let path = "/work/docs?_event=docs.store";
    let files: [(&str, &[u8]); 2] = [("a.txt", b"1"), ("b.png", PNG)];
    let (status, answer) = site
        .post_as(&site.browser, path, &token, &form(&files))
        .await;
    assert_eq!(status, 200, "{answer}");
    for text in [
        "a.txt 1 text/plain",
        "b.png 16 image/png",
        "a.txt is here.",
        "b.png is here.",
    ] {
        assert!(answer.contains(text), "{text}: {answer}");
    }
    let wrong: [(&str, &[u8]); 1] = [("a.png", b"%PDF-1.7")];
    let (status, answer) = site
        .post_as(&site.browser, path, &token, &form(&wrong))
        .await;
    assert_eq!(status, 422, "{answer}");
    assert!(answer.contains("kind of file"), "{answer}");
    site.no_files().await;
}
