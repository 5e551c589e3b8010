//! What a form has before its parts.

use std::time::Duration;

use tokio::io::AsyncWriteExt as _;

use super::site_with;

#[tokio::test]
async fn a_head_without_end_fills_no_memory() {
    let site = site_with(Duration::from_mins(1)).await;
    let socket = site.open().await;
    let path = format!("/work/docs?_event=docs.store&_page={}", socket.token);
    let most = 64 << 20;
    let head = site.head(&site.browser, &path, &socket.csrf, most);
    let mut stream = site.connect().await;
    stream
        .write_all(head.as_bytes())
        .await
        .expect("an open connection");
    stream
        .write_all(b"--xx\r\nX: ")
        .await
        .expect("an open connection");
    let piece = vec![b'a'; 1 << 16];
    let mut sent = 0;
    while sent < most && stream.write_all(&piece).await.is_ok() {
        sent += piece.len();
    }
    // what is under way in the network aside
    assert!(sent < most / 2, "{sent} bytes were taken");
    site.no_files().await;
}
