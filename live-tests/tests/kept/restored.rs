//! A page goes on in another process, as it was.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use axum::{
    extract::{Request, State},
    middleware::{Next, from_fn_with_state},
    response::Response,
};
use rdj::{App, CurrentUser, Result};
use rdj_live_tests::pages::kept;
use rdj_tests::{Browser, Kind, Server, Socket};
use serde_json::{Value, json};

use super::processes::Database;

/// Two processes over one database.
struct Two {
    here: Server,
    there: Server,
    database: Database,
}

impl Two {
    async fn start(name: &str) -> Result<Self> {
        Self::start_with(name, |app| app).await
    }

    async fn start_with(name: &str, change: impl FnOnce(App) -> App) -> Result<Self> {
        let database = Database::sqlite(name);
        let here = kept::app_on(database.connect().await, true).await?;
        let there = kept::app_on(database.connect().await, true).await?;
        Ok(Self {
            here: Server::start(here).await,
            there: Server::start(change(there)).await,
            database,
        })
    }

    /// The browser of a page comes to the other process: the hello, the socket and the text of the
    /// page, which is opened there.
    async fn join_there(
        &self,
        browser: &Browser,
        url: &str,
        old: &Socket,
    ) -> (Value, Socket, String) {
        let (hello, mut socket) = join(&browser.at(&self.there), url, old).await;
        let body = socket.frame().await.expect("a body");
        assert_eq!(body.kind, Kind::Body);
        (hello, socket, body.text())
    }

    /// Ends a socket, and waits until its page is put away.
    async fn leave(&self, mut socket: Socket) -> Socket {
        self.database.leave(&mut socket).await;
        socket
    }
}

/// Joins the page of a socket that is gone, at the page's own address.
async fn join(browser: &Browser, url: &str, old: &Socket) -> (Value, Socket) {
    let mut socket = Socket::again(browser, old).await.expect("a socket");
    socket.ask(url, None).await;
    let hello = socket.frame().await.expect("a hello").effects().remove(0);
    let token = hello["token"].as_str().expect("a token");
    token.clone_into(&mut socket.token);
    (hello, socket)
}

#[tokio::test]
async fn a_page_goes_on_where_its_browser_comes_to() -> Result {
    let two = Two::start("goes-on").await?;
    let browser = two.here.browser();
    let mut socket = Socket::open(&browser, "/kept").await;
    socket.event("kept.save", json!(["one"])).await;
    socket.event("kept.save", json!(["two"])).await;
    socket
        .event("kept.set_title", json!(["half a title"]))
        .await;
    socket.event("kept.set_age", json!(["no number"])).await;
    let old = two.leave(socket).await;

    let (hello, mut socket, body) = two.join_there(&browser, "/kept", &old).await;
    assert_eq!(hello["fresh"], false);
    assert_eq!(hello["seq"], 4);
    for text in [
        "<p id=\"saved\">2</p>",
        "half a title",
        "no number",
        "<li>two</li>",
    ] {
        assert!(body.contains(text), "{text} in {body}");
    }
    // sent again: it ran already
    socket.send(&json!([2, "kept.save", ["two"]])).await;
    assert_eq!(socket.frame().await.expect("an answer").ack, 4);
    socket.event("kept.save", json!(["three"])).await;
    let mut saves = two.database.saves().await;
    saves.sort();
    let once = |text: &str| (text.to_owned(), 1);
    assert_eq!(saves, [once("one"), once("three"), once("two")]);

    // what the first process has of it is older, and given to nobody
    let newer = two.leave(socket).await;
    let (hello, _open) = join(&browser, "/kept", &old).await;
    assert_eq!(hello["seq"], 5, "the page of now");
    assert_eq!(hello["fresh"], false);
    let (hello, _, _) = two.join_there(&browser, "/kept", &newer).await;
    assert_eq!(hello["fresh"], true, "it is given out once");
    Ok(())
}

#[tokio::test]
async fn the_html_of_one_process_is_joined_in_another() -> Result {
    let two = Two::start("html").await?;
    let browser = two.here.browser();
    let html = browser.text("/kept").await;
    let mut socket = Socket::connect(&browser.at(&two.there), &[])
        .await
        .expect("a socket");
    socket.token = Socket::token_of(&html).expect("a token");
    let hello = socket.join("/kept").await.expect("a hello");
    assert_eq!(hello["fresh"], false);
    Ok(())
}

#[tokio::test]
async fn cookies_are_fetched_from_another_process_and_nobody_else_gets_the_page() -> Result {
    let two = Two::start("holder").await?;
    let browser = two.here.browser();
    let mut socket = Socket::open(&browser, "/kept").await;
    let reply = socket.event("kept.remember", json!(["a secret"])).await;
    let ticket = format!("id={}", reply.ticket().expect("a ticket"));
    // behind a proxy both processes have one origin
    let origin = two.here.url("");
    let answer = browser
        .at(&two.there)
        .post_from("/_session", &ticket, &origin)
        .await;
    assert!(answer.status().is_success(), "{answer:?}");
    let old = two.leave(socket).await;

    let stranger = two.there.browser();
    stranger.set_cookie("csrftoken", &browser.cookie("csrftoken").expect("a cookie"));
    let (hello, _) = join(&stranger, "/kept", &old).await;
    assert_eq!(
        hello["fresh"], true,
        "another browser opens a page of its own"
    );
    let (hello, mut socket, _) = two.join_there(&browser, "/kept", &old).await;
    assert_eq!(hello["fresh"], false);
    let reply = socket.event("kept.recall", json!([])).await;
    assert!(reply.patched().contains("a secret"));
    Ok(())
}

#[tokio::test]
async fn another_build_guesses_nothing() -> Result {
    let two = Two::start_with("build", |app| app.build_id("another")).await?;
    let browser = two.here.browser();
    let mut socket = Socket::open(&browser, "/kept").await;
    socket.event("kept.save", json!(["one"])).await;
    let old = two.leave(socket).await;
    let (hello, _, body) = two.join_there(&browser, "/kept", &old).await;
    assert_eq!(hello["fresh"], true);
    assert_eq!(hello["build"], "another");
    assert!(body.contains("<p id=\"saved\">0</p>"), "{body}");
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_kept_is_not_guessed() -> Result {
    let two = Two::start("opaque").await?;
    let browser = two.here.browser();
    let mut socket = Socket::open(&browser, "/kept/opaque").await;
    socket.event("opaque.save", json!(["one"])).await;
    let old = two.leave(socket).await;
    let (hello, socket, body) = two.join_there(&browser, "/kept/opaque", &old).await;
    assert_eq!(
        hello["fresh"], true,
        "the browser is told that events may be lost"
    );
    assert!(body.contains("<p id=\"saved\">0</p>"), "{body}");
    two.leave(socket).await;

    // in the process that has the page as it is nothing is missing
    let mut socket = Socket::open(&browser, "/kept").await;
    socket.event("kept.grow", json!([200_000])).await;
    let old = two.leave(socket).await;
    let (hello, socket) = join(&browser, "/kept", &old).await;
    assert_eq!(hello["fresh"], false);
    let old = two.leave(socket).await;
    let (hello, _, _) = two.join_there(&browser, "/kept", &old).await;
    assert_eq!(hello["fresh"], true, "larger than what is kept");
    Ok(())
}

#[tokio::test]
async fn a_form_over_a_row_goes_on_with_its_version() -> Result {
    let two = Two::start("entries").await?;
    let browser = two.here.browser();
    let mut socket = Socket::open(&browser, "/kept/entries").await;
    socket
        .submit("entries.save", &[("text", "a first text")])
        .await;
    socket.event("entries.start_edit", json!([1])).await;
    socket
        .event("entries.set_text", json!(["half a text"]))
        .await;
    let old = two.leave(socket).await;
    let (hello, mut socket, body) = two.join_there(&browser, "/kept/entries", &old).await;
    assert_eq!(hello["fresh"], false);
    assert!(body.contains("half a text"), "{body}");
    assert!(body.contains("a first text"), "the list: {body}");
    socket
        .submit("entries.save", &[("text", "a whole text")])
        .await;
    let saves = two.database.saves().await;
    assert_eq!(saves, [("a whole text".to_owned(), 1)]);
    Ok(())
}

#[tokio::test]
async fn a_page_is_not_restored_for_who_is_signed_in_since_its_socket_was_opened() -> Result {
    let user = Arc::new(AtomicI64::new(0));
    let layer = from_fn_with_state(Arc::clone(&user), sign_in);
    let two = Two::start_with("signed-in-since", |app| app.layer(layer)).await?;
    let browser = two.here.browser();
    let mut socket = Socket::open(&browser, "/kept").await;
    socket.event("kept.save", json!(["a secret"])).await;
    let old = two.leave(socket).await;

    let socket = Socket::again(&browser.at(&two.there), &old).await;
    user.store(7, Ordering::SeqCst);
    let mut socket = socket.expect("a socket");
    socket.ask("/kept", None).await;
    let hello = socket.frame().await.expect("a hello").effects().remove(0);
    assert_eq!(hello["fresh"], true);
    let body = socket.frame().await.expect("a body").text();
    assert!(!body.contains("a secret"), "{body}");
    Ok(())
}

/// Whoever the test says is signed in.
async fn sign_in(State(user): State<Arc<AtomicI64>>, mut request: Request, next: Next) -> Response {
    let id = user.load(Ordering::SeqCst);
    if id > 0 {
        let user = CurrentUser::new(id, "somebody");
        request.extensions_mut().insert(user);
    }
    next.run(request).await
}
