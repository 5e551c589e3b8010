//! Uploads behind guards: whoever may not send a file has none of it read.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    extract::{Request, State},
    middleware::{Next, from_fn_with_state},
    response::Response,
};
use rdj::{App, CurrentUser};
use rdj_live_tests::pages::work::{HatchPage, Stored, VaultPage};
use rdj_tests::{Browser, Socket};
use serde_json::json;
use tokio::{io::AsyncWriteExt as _, net::TcpStream};

use super::{Site, form, read, serve};

/// Its visitors have a right, and files ask for one more.
const VAULT: &str = "/work/vault";
/// The same for everybody: only files ask for a right.
const HATCH: &str = "/work/hatch";
const ANN: i64 = 1;
const BOB: i64 = 2;

type Rights = &'static [&'static str];

const KEEPER: Rights = &["vault.open_vault", "vault.store_file"];
const READER: Rights = &["vault.open_vault"];
const NONE: Rights = &[];

/// What users may do at the moment; who is not in it is nobody, whatever the cookie says.
#[derive(Clone, Debug, Default)]
struct People(Arc<Mutex<HashMap<i64, Rights>>>);

impl People {
    fn may(&self, id: i64, rights: Rights) {
        self.0.lock().expect("a lock").insert(id, rights);
    }

    fn leaves(&self, id: i64) {
        self.0.lock().expect("a lock").remove(&id);
    }

    fn known(&self, user: CurrentUser) -> Option<CurrentUser> {
        let rights = *self.0.lock().expect("a lock").get(&user.id())?;
        Some(user.with_permissions(rights.iter().copied()))
    }
}

/// Gives whom the cookie names the rights of this moment.
async fn rights(State(people): State<People>, mut request: Request, next: Next) -> Response {
    if let Some(user) = request.extensions_mut().remove::<CurrentUser>()
        && let Some(user) = people.known(user)
    {
        request.extensions_mut().insert(user);
    }
    next.run(request).await
}

struct Vault {
    site: Site,
    people: People,
    stored: Stored,
}

/// A site with Ann, who may do everything, and Bob, who may only read. It waits for what does not come.
async fn vault() -> Vault {
    let (people, stored) = (People::default(), Stored::default());
    people.may(ANN, KEEPER);
    people.may(BOB, READER);
    let app = App::new()
        .page::<VaultPage>()
        .page::<HatchPage>()
        .resource(stored.clone())
        .layer(from_fn_with_state(people.clone(), rights));
    let site = serve(app, |config| {
        config.upload_patience = Duration::from_mins(1);
        // open pages are not looked at by themselves
        config.recheck_interval = Duration::from_mins(10);
    });
    Vault {
        site: site.await,
        people,
        stored,
    }
}

/// Where the files of an event go: to an open page, or without a script.
fn path(page: &str, event: &str, token: Option<&str>) -> String {
    let token = token.map_or_else(String::new, |token| format!("&_page={token}"));
    format!("{page}?_event=vault.{event}{token}")
}

/// A form with a file, but for its last bytes.
fn begun() -> (Vec<u8>, Vec<u8>) {
    let mut body = form(&[("late.txt", &vec![b'x'; 50_000])]);
    let rest = body.split_off(40_000);
    (body, rest)
}

impl Vault {
    /// A browser with the cookie of somebody, if it is to have one.
    fn browser(&self, who: Option<i64>) -> Browser {
        let browser = self.site.server.browser();
        browser.have_token();
        if let Some(who) = who {
            browser.set_cookie("who", &who.to_string());
        }
        browser
    }

    /// Sends the first bytes of a file, and no more.
    async fn begin(&self, browser: &Browser, path: &str) -> TcpStream {
        let csrf = browser.cookie("csrftoken").expect("a token");
        let (body, rest) = begun();
        let length = body.len() + rest.len();
        let head = self.site.head(browser, path, &csrf, length);
        let mut stream = self.site.connect().await;
        let sent = [head.as_bytes(), &body].concat();
        stream.write_all(&sent).await.expect("an open connection");
        stream
    }

    /// The answer to a file that is refused: it comes before the file has.
    async fn refused(&self, browser: &Browser, path: &str) -> (u16, String) {
        let mut stream = self.begin(browser, path).await;
        let answer = read(&mut stream).await;
        assert_eq!(self.site.files(), 0, "none of it was written");
        answer
    }

    /// Sends a whole file.
    async fn send(&self, browser: &Browser, path: &str) -> (u16, String) {
        let csrf = browser.cookie("csrftoken").expect("a token");
        let body = form(&[("whole.txt", b"1")]);
        self.site.post_as(browser, path, &csrf, &body).await
    }

    async fn stored_only(&self, count: usize) {
        assert_eq!(self.stored.count(), count, "files came to the handler");
        self.site.no_files().await;
    }
}

/// A script gets what to show, whatever a browser would be sent to.
fn told(expected: u16, status: u16, answer: &str) {
    assert_eq!(status, expected, "{answer}");
    assert!(answer.contains(r#"{"text":""#), "{answer}");
}

#[tokio::test]
async fn nobody_is_sent_to_the_login_page_and_no_file_is_read() {
    let vault = vault().await;
    let (nobody, ann) = (vault.browser(None), vault.browser(Some(ANN)));
    for (page, event) in [(VAULT, "store"), (VAULT, "leave"), (HATCH, "store")] {
        let hers = Socket::open(&ann, page).await;
        for token in [Some(&*hers.token), None] {
            let path = path(page, event, token);
            let (status, answer) = vault.refused(&nobody, &path).await;
            if token.is_some() {
                told(401, status, &answer);
            } else {
                assert_eq!(status, 303, "{path}: {answer}");
                assert!(answer.contains("location: /login?next=%2Fwork"), "{answer}");
            }
        }
    }
    let own = Socket::open(&nobody, HATCH).await;
    let own = path(HATCH, "store", Some(&own.token));
    let (status, answer) = vault.refused(&nobody, &own).await;
    told(401, status, &answer);
    vault.stored_only(0).await;
}

#[tokio::test]
async fn who_is_denied_goes_where_the_event_says() {
    let vault = vault().await;
    let bob = vault.browser(Some(BOB));
    let (status, answer) = vault.refused(&bob, &path(HATCH, "offer", None)).await;
    assert_eq!(status, 303, "{answer}");
    assert!(answer.contains("location: /plans"), "{answer}");
    // a script follows no redirect
    let socket = Socket::open(&bob, HATCH).await;
    let live = path(HATCH, "offer", Some(&socket.token));
    let (status, answer) = vault.refused(&bob, &live).await;
    told(403, status, &answer);
    vault.stored_only(0).await;
}

#[tokio::test]
async fn who_lacks_the_right_is_refused_and_no_file_is_read() {
    let vault = vault().await;
    let bob = vault.browser(Some(BOB));
    for page in [VAULT, HATCH] {
        let mut socket = Socket::open(&bob, page).await;
        for token in [Some(&*socket.token), None] {
            let path = path(page, "store", token);
            let (status, answer) = vault.refused(&bob, &path).await;
            assert_eq!(status, 403, "{path}: {answer}");
            if token.is_some() {
                told(403, status, &answer);
            }
            let (status, answer) = vault.send(&bob, &path).await;
            assert_eq!(status, 403, "{path}: {answer}");
            assert!(!answer.contains("whole.txt"), "{answer}");
        }
        let reply = socket.event("vault.store", json!([])).await;
        let refused = reply.effect("refused").expect("a refusal");
        assert_eq!(refused["status"], 403, "{reply:?}");
    }
    vault.stored_only(0).await;
}

#[tokio::test]
async fn who_has_the_right_stores_files_with_and_without_a_script() {
    let vault = vault().await;
    let (ann, bob) = (vault.browser(Some(ANN)), vault.browser(Some(BOB)));
    let all = [
        (&ann, VAULT, "store"),
        (&bob, VAULT, "leave"),
        (&ann, HATCH, "store"),
    ];
    for (number, (browser, page, event)) in all.into_iter().enumerate() {
        let mut socket = Socket::open(browser, page).await;
        let live = path(page, event, Some(&socket.token));
        let (status, answer) = vault.send(browser, &live).await;
        assert_eq!(status, 204, "{live}: {answer}");
        let frame = socket.frame().await.expect("a patch");
        assert!(frame.text().contains("whole.txt"), "{frame:?}");
        let (status, answer) = vault.send(browser, &path(page, event, None)).await;
        assert_eq!(status, 200, "{live}: {answer}");
        assert!(answer.contains("<li data-key=\"whole.txt\">"), "{answer}");
        vault.stored_only(2 * number + 2).await;
    }
}

#[tokio::test]
async fn a_right_that_is_lost_ends_the_uploads_of_open_pages() {
    let vault = vault().await;
    let ann = vault.browser(Some(ANN));
    for (number, (page, event, less)) in LOSSES.into_iter().enumerate() {
        let socket = Socket::open(&ann, page).await;
        let (live, plain) = (
            path(page, event, Some(&socket.token)),
            path(page, event, None),
        );
        assert_eq!(vault.send(&ann, &live).await.0, 204);
        vault.people.may(ANN, less);
        for path in [&live, &plain] {
            let (status, answer) = vault.refused(&ann, path).await;
            assert_eq!(status, 403, "{path}: {answer}");
        }
        vault.people.leaves(ANN);
        let (status, answer) = vault.refused(&ann, &live).await;
        told(401, status, &answer);
        let (status, answer) = vault.refused(&ann, &plain).await;
        assert_eq!(status, 303, "{plain}: {answer}");
        vault.stored_only(2 * number + 1).await;
        // the page is what it was for who may again
        vault.people.may(ANN, KEEPER);
        assert_eq!(vault.send(&ann, &live).await.0, 204);
        vault.stored_only(2 * number + 2).await;
    }
}

/// Rights that are too few for an upload: the guard of the event refuses, that of the page, or both.
const LOSSES: [(&str, &str, Rights); 4] = [
    (VAULT, "store", READER),
    (VAULT, "leave", NONE),
    (VAULT, "store", NONE),
    (HATCH, "store", NONE),
];

/// Lets Ann lose something while her file comes to the page that she has open; what she is told.
async fn lost_meanwhile(page: &str, event: &str, lose: impl FnOnce(&People)) -> (u16, String) {
    let vault = vault().await;
    let ann = vault.browser(Some(ANN));
    let socket = Socket::open(&ann, page).await;
    let path = path(page, event, Some(&socket.token));
    let mut stream = vault.begin(&ann, &path).await;
    vault.site.has_begun(1).await;
    lose(&vault.people);
    let (_, rest) = begun();
    stream.write_all(&rest).await.expect("an open connection");
    let told = read(&mut stream).await;
    vault.stored_only(0).await;
    told
}

#[tokio::test]
async fn a_right_that_is_lost_while_the_file_comes_is_lost_for_this_file() {
    for (page, event, less) in LOSSES {
        let lose = |people: &People| people.may(ANN, less);
        let (status, answer) = lost_meanwhile(page, event, lose).await;
        assert_eq!(status, 422, "{page} {event}: {answer}");
    }
}

#[tokio::test]
async fn who_signs_out_while_the_file_comes_stores_nothing() {
    for (page, event) in [(VAULT, "store"), (VAULT, "leave"), (HATCH, "leave")] {
        let (status, answer) = lost_meanwhile(page, event, |people| people.leaves(ANN)).await;
        assert_eq!(status, 422, "{page} {event}: {answer}");
    }
}
