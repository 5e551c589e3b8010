//! To which pages somebody may upload.

use rdj_tests::Socket;
use serde_json::json;

use super::{form, site};

#[tokio::test]
async fn only_whose_page_it_is_can_upload_to_it() {
    let site = site().await;
    let socket = site.open().await;
    let path = format!("/work/docs?_event=docs.store&_page={}", socket.token);
    let body = form(&[("a.txt", b"1")]);
    let (status, _) = site.post_as(&site.browser, &path, "forged", &body).await;
    assert_eq!(status, 403);
    let other = format!("/work/docs?_event=docs.store&_page={}", "0".repeat(32));
    let (status, _) = site
        .post_as(&site.browser, &other, &socket.csrf, &body)
        .await;
    assert_eq!(status, 409);
    // an event that takes no files, by the socket and by a form
    let mut socket = site.open().await;
    let reply = socket.event("docs.store", json!([])).await;
    assert!(reply.effect("refused").is_some(), "{reply:?}");
    site.no_files().await;
}

#[tokio::test]
async fn nobody_uploads_to_the_page_of_somebody_else() {
    let site = site().await;
    let other = site.server.browser();
    site.browser.set_cookie("who", "1");
    other.set_cookie("who", "2");
    let socket = site.open().await;
    let own = Socket::open(&other, "/work/docs").await;
    let path = |token: &str| format!("/work/docs?_event=docs.store&_page={token}");
    let body = form(&[("a.txt", b"1")]);
    let theirs = path(&socket.token);
    let (status, answer) = site.post_as(&other, &theirs, &own.csrf, &body).await;
    assert_eq!(status, 409, "{answer}");
    let (status, answer) = site
        .post_as(&other, &path(&own.token), &own.csrf, &body)
        .await;
    assert_eq!(status, 204, "{answer}");
}

#[tokio::test]
async fn a_file_never_comes_to_a_page_at_another_path() {
    let site = site().await;
    let mut socket = site.open().await;
    let path = |page: &str| format!("/work/{page}?_event=docs.store&_page={}", socket.token);
    let (shelf, docs) = (path("shelf"), path("docs"));
    let body = form(&[("a.txt", b"1")]);
    let (status, answer) = site
        .post_as(&site.browser, &shelf, &socket.csrf, &body)
        .await;
    assert_eq!(status, 409, "{answer}");
    let (status, answer) = site
        .post_as(&site.browser, &docs, &socket.csrf, &body)
        .await;
    assert_eq!(status, 204, "{answer}");
    // one that has gone to another page takes no more files of the one before
    socket.event("go", json!(["/work/shelf"])).await;
    let (status, answer) = site
        .post_as(&site.browser, &docs, &socket.csrf, &body)
        .await;
    assert_eq!(status, 409, "{answer}");
    site.no_files().await;
}
