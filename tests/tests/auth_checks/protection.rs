//! Forged requests around a sign-in.

use rdj::csrf::mask;
use rdj_tests::{
    Socket,
    members::{Members, PASSWORD},
};
use serde_json::json;

#[tokio::test]
async fn s4_login_rotates_the_csrf_secret() {
    let (site, _) = Members::start().await;
    let visitor = site.visitor();
    visitor.0.get("/").await;
    let before = visitor.0.cookie("csrftoken").expect("a secret");
    visitor.sign_in("ann", PASSWORD).await;
    let after = visitor.0.cookie("csrftoken").expect("a secret");
    assert_ne!(before, after);
    let answer = visitor
        .0
        .post_form("/", "_event=desk.bump", &mask(&before))
        .await;
    assert_eq!(answer.status(), 403, "a form of before");
    let answer = visitor
        .0
        .post_form("/", "_event=desk.bump", &mask(&after))
        .await;
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn s4_login_rotates_the_csrf_secret_on_a_socket() {
    let (site, _) = Members::start().await;
    let visitor = site.visitor();
    let mut tab = visitor.open("/").await;
    let before = visitor.0.cookie("csrftoken").expect("a secret");
    tab.sign_in("ann").await;
    let after = visitor.0.cookie("csrftoken").expect("a secret");
    assert_ne!(before, after);
    let answer = visitor
        .0
        .post_form("/", "_event=desk.bump", &mask(&before))
        .await;
    assert_eq!(answer.status(), 403, "a form of before");
    assert!(tab.says("bump").await.contains('1'), "the page goes on");
}

#[tokio::test]
async fn c5_a_login_without_a_token_is_refused() {
    let (site, _) = Members::start().await;
    let visitor = site.visitor();
    visitor.0.get("/").await;
    let login = "_event=desk.sign_in(%22ann%22,%22correct+horse+battery%22)";
    let answer = visitor.0.post_form("/", login, "").await;
    assert_eq!(answer.status(), 403);
    let foreign = visitor
        .0
        .post_from("/", login, "https://evil.example")
        .await;
    assert_eq!(foreign.status(), 403);
    assert_eq!(visitor.whoami().await, "nobody");
}

#[tokio::test]
async fn c14_a_socket_is_bound_to_secret_and_session() {
    let (site, _) = Members::start().await;
    let (ann, other) = (site.signed_in("ann").await, site.visitor());
    let tab = ann.open("/account").await;
    other.0.get("/").await;
    // the page of somebody else, with a secret of one's own
    let mut socket = Socket::connect(&other.0, &[]).await.expect("a socket");
    socket.token.clone_from(&tab.socket.token);
    let told = socket.join("/account").await.expect("an answer");
    assert_eq!(told["to"], "/login?next=%2Faccount", "{told}");
    // a token of another secret, and none
    for token in [
        mask(&other.0.cookie("csrftoken").expect("a secret")),
        String::new(),
    ] {
        let mut socket = Socket::connect(&ann.0, &[]).await.expect("a socket");
        socket.csrf = token;
        let end = socket.join("/account").await.map_err(|end| end.code);
        assert_eq!(end, Err(4003));
    }
}

#[tokio::test]
async fn c13_a_foreign_page_opens_no_socket_for_a_user() {
    let (site, _) = Members::start().await;
    let ann = site.signed_in("ann").await;
    let port = format!(
        "http://{}",
        ann.0.host().replace("127.0.0.1:", "127.0.0.1:1")
    );
    for origin in ["https://evil.example", "null", port.as_str()] {
        let socket = Socket::connect(&ann.0, &[("origin", origin)]).await;
        assert!(socket.is_err(), "{origin}");
    }
}

#[tokio::test]
async fn a10_pages_are_not_stored() {
    let (site, _) = Members::start().await;
    let ann = site.signed_in("ann").await;
    let mut tab = ann.open("/account").await;
    tab.event("remember", json!(["a pear"])).await;
    let answer = ann.0.get("/account").await;
    let header = |name: &str| {
        let all = answer.headers().get_all(name).iter();
        let texts: Vec<&str> = all.filter_map(|value| value.to_str().ok()).collect();
        texts.join(", ")
    };
    for part in ["no-store", "private"] {
        assert!(header("cache-control").contains(part), "{part}");
    }
    assert!(header("vary").contains("Cookie"), "{}", header("vary"));
}
