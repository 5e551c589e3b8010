//! How many uploads there may be at one time.

use rdj::Config;
use tokio::{io::AsyncWriteExt as _, net::TcpStream};

use super::{Site, form, read, site_of};
use crate::steady::PATIENCE;

/// Begins an upload for a client behind a proxy, and leaves out its last bytes.
async fn begin(site: &Site, head: &str, body: &[u8], client: &str) -> TcpStream {
    let mut stream = site.connect().await;
    let client = format!("\r\nX-Forwarded-For: {client}\r\n\r\n");
    let head = head.replace("\r\n\r\n", &client);
    let begin = [head.as_bytes(), &body[..body.len() - 4]].concat();
    stream.write_all(&begin).await.expect("an open connection");
    stream
}

async fn end(mut stream: TcpStream, body: &[u8]) -> u16 {
    let _ = stream.write_all(&body[body.len() - 4..]).await;
    read(&mut stream).await.0
}

#[tokio::test]
async fn one_client_leaves_places_to_the_others() {
    let change = |config: &mut Config| {
        config.max_uploads_per_client = 2;
        config.upload_patience = PATIENCE;
    };
    let site = site_of(change).await;
    let socket = site.open().await;
    let path = format!("/work/docs?_event=docs.store&_page={}", socket.token);
    let body = form(&[("a.txt", &vec![b'x'; 20_000])]);
    let head = site.head(&site.browser, &path, &socket.csrf, body.len());
    let first = begin(&site, &head, &body, "192.0.2.1").await;
    let second = begin(&site, &head, &body, "192.0.2.1").await;
    site.has_begun(2).await;
    let third = begin(&site, &head, &body, "192.0.2.1").await;
    assert_eq!(end(third, &body).await, 503);
    let other = begin(&site, &head, &body, "192.0.2.2").await;
    assert_eq!(end(other, &body).await, 204);
    assert_eq!(end(first, &body).await, 204);
    assert_eq!(end(second, &body).await, 204);
    // places are given back
    let again = begin(&site, &head, &body, "192.0.2.1").await;
    assert_eq!(end(again, &body).await, 204);
}
