//! Actions for many rows on a page: how far they are, and the question without JavaScript.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use http::StatusCode;
use rdj::{
    App, handlers,
    orm::{Db, prelude::*},
    prelude::*,
};
use rdj_tests::{
    Browser, Kind, Reply, Server, Socket, models::genre, models::track, orm::memory,
    scenario::songs::fill,
};
use serde_json::json;

/// How long the work with a row takes, in milliseconds.
#[derive(Default)]
struct Pace(AtomicU64);

/// Songs with a slow action.
#[model_state(
    model = track::Entity,
    name = "shelf",
    fields(name),
    list_display(name),
    ordering(id),
    paginate_by = 3,
    bulk_actions(delete_selected, polish),
)]
struct ShelfState {
    cleared: String,
}

#[events]
impl ShelfState {
    async fn polish(&mut self, cx: &Cx) -> Result {
        let work = |_: &mut Self, cx: &Cx, row: track::Model| {
            let pace = cx
                .resource::<Arc<Pace>>()
                .map(|pace| pace.0.load(Ordering::SeqCst));
            Box::pin(async move {
                tokio::time::sleep(Duration::from_millis(pace?)).await;
                match row.id {
                    13 => Err(Error::internal("the secret cause")),
                    _ => Ok(()),
                }
            })
        };
        handlers::for_selected(self, cx, Action::Update, move |state, cx, row| {
            work(state, cx, row)
        })
        .await?;
        Ok(())
    }

    async fn clear_all(&mut self, cx: &Cx, what: String) -> Result {
        let why = cx
            .form()
            .and_then(|form| form.get("why"))
            .unwrap_or_default();
        self.cleared = format!("{what}: {why}");
        cx.messages().success(self.cleared.clone());
        Ok(())
    }

    async fn throw(&mut self, cx: &Cx, what: String) -> Result {
        cx.messages().success(format!("Thrown away: {what}."));
        Ok(())
    }
}

#[rdj::page(
    route = "/shelf",
    template = "bulk.html",
    title = "Shelf",
    discover = false
)]
struct ShelfPage {
    shelf: ShelfState,
}

struct Site {
    server: Server,
    db: Db,
    pace: Arc<Pace>,
}

async fn site(songs: i32) -> Site {
    let db = memory().await.expect("a database");
    fill(&db, songs).await.expect("songs");
    let pace = Arc::<Pace>::default();
    let app = App::new()
        .page::<ShelfPage>()
        .database(db.clone())
        .resource(Arc::clone(&pace));
    let server = Server::start(app).await;
    Site { server, db, pace }
}

impl Site {
    async fn count(&self) -> u64 {
        track::Entity::find()
            .count(&self.db)
            .await
            .expect("a count")
    }
}

/// What the action answers, and how often there was time to show how far it is: once in 200 milliseconds.
async fn polished(site: &Site) -> (Reply, u128) {
    let mut socket = Socket::open(&site.server.browser(), "/shelf").await;
    socket.event("shelf.select_all", json!([])).await;
    let began = Instant::now();
    let reply = socket.event("shelf.polish", json!([])).await;
    (reply, began.elapsed().as_millis() / 200)
}

#[tokio::test]
async fn a_long_action_shows_how_far_it_is() {
    let site = site(12).await;
    // four rows take longer than the time between two looks: there are three of them at least
    site.pace.0.store(60, Ordering::SeqCst);
    let (reply, most) = polished(&site).await;
    let (end, shown) = reply.frames.split_last().expect("frames");
    assert!(
        shown.len() >= 2 && shown.len() as u128 <= most,
        "at most {most}: {reply:?}"
    );
    assert!(
        shown
            .iter()
            .all(|frame| (frame.kind, frame.ack) == (Kind::Patch, 0))
    );
    let first = shown[0].text();
    assert!(
        first.contains("<progress")
            && first.contains("role=\"status\"")
            && first.contains("of 12 tracks done"),
        "{first}"
    );
    assert!(end.text().contains("12 tracks changed."), "{end:?}");
    let html = site.server.browser().text("/shelf").await;
    assert!(!html.contains("<progress"));
}

#[tokio::test]
async fn a_quick_action_shows_its_end_alone() {
    let site = site(12).await;
    let (reply, most) = polished(&site).await;
    let (end, shown) = reply.frames.split_last().expect("frames");
    // none, but on a machine that stands still meanwhile
    assert!(shown.len() as u128 <= most, "at most {most}: {reply:?}");
    assert!(end.text().contains("12 tracks changed."), "{end:?}");
}

#[tokio::test]
async fn after_an_error_nothing_says_that_the_action_still_runs() {
    let site = site(15).await;
    site.pace.0.store(60, Ordering::SeqCst);
    let mut socket = Socket::open(&site.server.browser(), "/shelf").await;
    socket.event("shelf.select_all", json!([])).await;
    let reply = socket.event("shelf.polish", json!([])).await;
    assert!(reply.effect("error").is_some(), "{reply:?}");
    assert!(reply.patched().contains("of 15 tracks done"), "{reply:?}");
    // the page as the server has it now
    socket
        .send(&json!(["miss", socket.version, "a test"]))
        .await;
    let body = socket.frame().await.expect("a body");
    assert!(!body.text().contains("<progress"), "{body:?}");
}

async fn post(browser: &Browser, body: &str) -> (StatusCode, String) {
    let answer = browser.post("/shelf", body).await;
    (answer.status(), answer.text().await.expect("a text"))
}

#[tokio::test]
async fn without_javascript_an_action_for_many_rows_is_confirmed() {
    let site = site(5).await;
    let browser = site.server.browser();
    let form = "_event=shelf.bulk_action&_bulk=1&_action=delete_selected&_selected=1&_selected=3";
    let (status, html) = post(&browser, form).await;
    assert_eq!((status, site.count().await), (StatusCode::OK, 5), "{html}");
    assert!(html.contains("Do this with the selected tracks?"), "{html}");
    assert!(html.contains("Delete: 2 tracks selected"), "{html}");
    assert!(html.contains("<a href=\"/shelf\">Cancel</a>"), "{html}");
    for (name, value) in [
        ("_event", "shelf.bulk_action"),
        ("_confirmed", "1"),
        ("_action", "delete_selected"),
        ("_selected", "1"),
        ("_selected", "3"),
    ] {
        let input = format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");
        assert_eq!(html.matches(&input).count(), 1, "{input}: {html}");
    }
    let (_, html) = post(&browser, &format!("{form}&_confirmed=1")).await;
    assert!(html.contains("2 tracks deleted."), "{html}");
    assert_eq!(site.count().await, 3);
}

#[tokio::test]
async fn without_javascript_all_rows_are_named_by_their_number_and_none_asks_nothing() {
    let site = site(5).await;
    let browser = site.server.browser();
    let form = "_event=shelf.bulk_action&_bulk=1&_action=delete_selected";
    let (_, html) = post(&browser, &format!("{form}&_all=true")).await;
    assert!(html.contains("Delete: 5 tracks selected"), "{html}");
    let (_, html) = post(&browser, form).await;
    assert!(html.contains("No tracks selected."), "{html}");
    assert_eq!(site.count().await, 5);
}

#[tokio::test]
async fn without_javascript_a_deletion_is_confirmed() {
    let site = site(5).await;
    let browser = site.server.browser();
    // a row that the page does not show is asked about too
    for id in [1, 5] {
        let form = format!("_event=shelf.delete({id})");
        let (status, html) = post(&browser, &form).await;
        assert_eq!(status, StatusCode::OK);
        assert!(html.contains("<h1>Delete this track?</h1>"), "{html}");
        assert_eq!(
            track::Entity::find_by_id(id).count(&site.db).await.ok(),
            Some(1)
        );
        post(&browser, &format!("{form}&_confirmed=1")).await;
        assert_eq!(
            track::Entity::find_by_id(id).count(&site.db).await.ok(),
            Some(0)
        );
    }
}

#[tokio::test]
async fn without_javascript_a_form_of_ones_own_is_confirmed_with_what_was_typed() {
    let site = site(1).await;
    let browser = site.server.browser();
    let event = "%22it%27s+%3Call%3E%22";
    let target = format!("/shelf?_event=shelf.clear_all({event})");
    let answer = browser.post(&target, "why=%3Cb%3E+%26").await;
    let html = answer.text().await.expect("a page");
    assert!(html.contains("<h1>Clear all?</h1>"), "{html}");
    assert!(
        html.contains("name=\"why\" value=\"&#60;b&#62; &#38;\""),
        "{html}"
    );
    let answer = browser.post(&target, "why=%3Cb%3E+%26&_confirmed=1").await;
    let html = answer.text().await.expect("a page");
    assert!(
        html.contains("it&#39;s &lt;all&gt;: &lt;b&gt; &amp;"),
        "{html}"
    );
}

#[tokio::test]
async fn without_javascript_a_question_is_of_its_own_control() {
    let site = site(1).await;
    let browser = site.server.browser();
    let asked = async |what: &str| {
        let form = format!("_event=shelf.throw(%22{what}%22)");
        post(&browser, &form).await.1
    };
    let html = asked("one").await;
    assert!(html.contains("<h1>Throw away one?</h1>"), "{html}");
    let html = asked("nothing").await;
    assert!(html.contains("Thrown away: nothing."), "{html}");
    // no control of the page says what this is
    let html = asked("three").await;
    assert!(html.contains("<h1>Really do this?</h1>"), "{html}");
    assert!(!html.contains("Throw"), "{html}");
}

#[tokio::test]
async fn the_question_needs_the_token_as_the_event_does() {
    let site = site(5).await;
    let browser = site.server.browser();
    let form = "_event=shelf.delete(1)&_confirmed=1";
    let answer = browser.post_form("/shelf", form, "forged").await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    assert_eq!(site.count().await, 5);
    assert_eq!(genre::Entity::find().count(&site.db).await.ok(), Some(2));
}
