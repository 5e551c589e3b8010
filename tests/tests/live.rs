//! Live rows over real sockets: who sees a change, when, and what stays as it was.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

mod refused;

use std::time::{Duration, Instant};

use rdj::{
    Result,
    orm::{
        sea_orm::{ActiveModelTrait as _, EntityTrait as _, Set},
        transaction,
    },
    prelude::*,
};
use rdj_tests::{
    Frame, Kind, Socket,
    live::{Site, insert},
    models::{album, artist, note},
};
use serde_json::json;

/// Longer than any refresh takes: what has not come by then does not come.
const QUIET: Duration = Duration::from_millis(400);

async fn start() -> Site {
    Site::start(|_| ()).await
}

/// The texts of the next patches until one has `text`.
async fn until(socket: &mut Socket, text: &str) -> String {
    let mut seen = String::new();
    while !seen.contains(text) {
        let frame = socket.frame().await.expect("an open socket");
        assert_eq!(frame.ack, 0, "nobody asked for it");
        seen.push_str(&frame.text());
    }
    seen
}

/// The whole page as the browser has it.
async fn page(socket: &mut Socket) -> String {
    let miss = json!(["miss", socket.version, "for the whole page"]);
    socket.send(&miss).await;
    loop {
        let frame = socket.frame().await.expect("a body");
        if frame.kind == Kind::Body {
            return frame.text();
        }
    }
}

/// Where the titles stand on the page, in its order.
fn order(page: &str, titles: &[&str]) -> Vec<String> {
    let found = titles
        .iter()
        .filter_map(|title| Some((page.find(title)?, *title)));
    let mut found: Vec<_> = found.collect();
    found.sort_unstable();
    found
        .into_iter()
        .map(|(_, title)| title.to_owned())
        .collect()
}

async fn is_quiet(socket: &mut Socket) {
    let frame: Option<Frame> = socket.frame_within(QUIET).await;
    assert!(frame.is_none(), "{frame:?}");
}

#[tokio::test]
async fn c090_d025_a_saved_row_comes_to_its_place_and_changes_in_place() {
    let site = start().await;
    for title in ["beech", "oak"] {
        insert(&site.db, 1, title).await;
    }
    let (mut ann, mut also_ann) = (site.open(1, "/lines").await, site.open(1, "/lines").await);
    let saved = ann
        .submit("lines.save", &[("title", "elm"), ("content", "")])
        .await;
    assert!(saved.patched().contains("Note saved."), "{saved:?}");
    let patch = until(&mut also_ann, "elm").await;
    assert!(
        !patch.contains("beech"),
        "only the new row travels: {patch}"
    );
    let shown = page(&mut also_ann).await;
    assert_eq!(
        order(&shown, &["oak", "elm", "beech"]),
        ["beech", "elm", "oak"]
    );
    is_quiet(&mut ann).await;

    let id = site.cx().db().expect("a database");
    let elm = note::Entity::find()
        .all(&id)
        .await
        .expect("rows")
        .pop()
        .expect("elm")
        .id;
    ann.event("lines.start_edit", json!([elm])).await;
    ann.submit("lines.save", &[("title", "yew"), ("content", "")])
        .await;
    until(&mut also_ann, "yew").await;
    let shown = page(&mut also_ann).await;
    assert_eq!(
        order(&shown, &["yew", "oak", "elm", "beech"]),
        ["beech", "oak", "yew"]
    );
}

#[tokio::test]
async fn d025_a_row_that_the_search_does_not_find_or_of_another_page_is_not_inserted() {
    let site = start().await;
    insert(&site.db, 1, "oak").await;
    let mut ann = site.open(1, "/lines?search=oak").await;
    site.write(1, "elm").await;
    is_quiet(&mut ann).await;
    site.write(1, "cork oak").await;
    let shown = until(&mut ann, "cork oak").await;
    assert!(!shown.contains("elm"));

    for title in ["apple", "ash", "aspen", "beech", "birch"] {
        insert(&site.db, 2, title).await;
    }
    let mut bob = site.open(2, "/lines?page=2").await;
    site.write(2, "acacia").await;
    until(&mut bob, "aspen").await;
    let shown = page(&mut bob).await;
    assert_eq!(
        order(
            &shown,
            &["acacia", "apple", "ash", "aspen", "beech", "birch"]
        ),
        ["aspen", "beech", "birch"]
    );
}

#[tokio::test]
async fn c091_d003_d024_rows_of_others_are_never_sent() {
    let site = start().await;
    let secret = insert(&site.db, 1, "secret of Ann").await;
    let (mut ann, mut bob) = (site.open(1, "/lines").await, site.open(2, "/lines").await);
    site.write(1, "another secret").await;
    until(&mut ann, "another secret").await;
    is_quiet(&mut bob).await;

    // it leaves the scope of one and comes into that of the other
    site.give(secret, 2).await;
    until(&mut bob, "secret of Ann").await;
    ann.frame().await.expect("a patch without the row");
    let shown = page(&mut ann).await;
    assert!(
        !shown.contains("secret of Ann") && shown.contains("another secret"),
        "{shown}"
    );
    let shown = page(&mut bob).await;
    assert!(
        shown.contains("secret of Ann") && !shown.contains("another secret"),
        "{shown}"
    );
}

#[tokio::test]
async fn d003_with_get_queryset_alone_rows_of_others_are_untouchable() {
    let site = start().await;
    let id = insert(&site.db, 1, "secret of Ann").await;
    let mut bob = site.open(2, "/lines").await;
    for event in ["lines.start_edit", "lines.delete"] {
        let reply = bob.event(event, json!([id])).await;
        assert_eq!(
            reply.effect("refused").expect("a refusal")["status"],
            404,
            "{event}"
        );
        assert!(!reply.patched().contains("secret"), "{event}");
    }
    let mut bob = site.open(2, &format!("/lines?edit={id}")).await;
    for _ in 0..2 {
        bob.submit("lines.save", &[("title", "taken over"), ("content", "")])
            .await;
    }
    let row = note::Entity::find_by_id(id)
        .one(&site.db)
        .await
        .expect("rows");
    let row = row.expect("it is still there");
    assert_eq!((row.title.as_str(), row.user_id), ("secret of Ann", 1));
}

#[tokio::test]
async fn d024_nothing_is_shown_before_the_commit_and_nothing_of_a_rollback() {
    let site = start().await;
    let mut ann = site.open(1, "/lines").await;
    let cx = site.cx();
    let failed: Result = transaction(&cx, async |cx| {
        let id = write(&cx, "rolled back").await?;
        cx.changed::<note::Entity>(&id, ChangeKind::Created);
        Err(Error::NotFound)
    })
    .await;
    assert!(failed.is_err());
    is_quiet(&mut ann).await;
    let position = site.changes.position();
    transaction(&cx, async |cx| {
        let id = write(&cx, "committed").await?;
        cx.changed::<note::Entity>(&id, ChangeKind::Created);
        assert_eq!(site.changes.position(), position);
        Ok(())
    })
    .await
    .expect("a commit");
    let shown = until(&mut ann, "committed").await;
    assert!(!shown.contains("rolled back"));
}

async fn write(cx: &Cx, title: &str) -> Result<i64> {
    Ok(insert(&cx.db()?, 1, title).await)
}

#[tokio::test]
async fn the_first_change_is_shown_at_once() {
    // nobody waits for so long
    let site = Site::start(|config| config.live_interval = Duration::from_hours(1)).await;
    let mut ann = site.open(1, "/lines").await;
    site.write(1, "elm").await;
    until(&mut ann, "elm").await;
}

#[tokio::test]
async fn many_changes_are_shown_together() {
    let interval = Duration::from_secs(3);
    let site = Site::start(|config| config.live_interval = interval).await;
    let mut ann = site.open(1, "/lines").await;
    let (before, began) = (ann.version, Instant::now());
    site.write(1, "a00").await;
    until(&mut ann, "a00").await;
    for number in 0..40 {
        site.write(1, &format!("b{number:02}")).await;
    }
    until(&mut ann, "b01").await;
    assert!(began.elapsed() >= interval, "{:?}", began.elapsed());
    // however long the changes took: one frame at once, and one after each interval
    let mut is_over = false;
    while !is_over {
        let (frames, took) = (ann.version - before, began.elapsed());
        let most = 1 + took.as_secs() / interval.as_secs();
        assert!(frames <= most, "{frames} frames in {took:?}");
        is_over = ann.frame_within(QUIET).await.is_none();
    }
}

#[tokio::test]
async fn the_form_the_draft_and_the_messages_stay_and_a_deleted_row_is_told() {
    let site = start().await;
    let id = insert(&site.db, 1, "oak").await;
    let (mut ann, mut other) = (site.open(1, "/lines").await, site.open(1, "/lines").await);
    ann.event("lines.start_edit", json!([id])).await;
    ann.event("lines.set_title", json!(["my draft"])).await;
    site.write(1, "elm").await;
    until(&mut ann, "elm").await;
    let shown = page(&mut ann).await;
    assert!(shown.contains("my draft"), "{shown}");
    assert!(!shown.contains("was deleted"), "{shown}");

    other.event("lines.delete", json!([id])).await;
    until(&mut ann, "Note was deleted").await;
    let shown = page(&mut ann).await;
    assert!(shown.contains("my draft"), "{shown}");
    site.write(1, "yew").await;
    until(&mut other, "yew").await;
    let shown = page(&mut other).await;
    assert!(
        shown.contains("Note deleted."),
        "the message of its own event: {shown}"
    );
}

#[tokio::test]
async fn what_changed_between_the_html_and_the_join_is_shown_by_the_join() {
    let site = start().await;
    let browser = site.server.browser();
    browser.set_cookie("user", "1");
    let html = browser.text("/lines").await;
    site.write(1, "meanwhile").await;
    let mut socket = Socket::connect(&browser, &[]).await.expect("a socket");
    let at = html.find("name=\"rdj-page\" content=\"").expect("a token");
    html[at..]
        .split('"')
        .nth(3)
        .expect("a token")
        .clone_into(&mut socket.token);
    let hello = socket.join("/lines").await.expect("a hello");
    assert_eq!(hello["fresh"], false);
    until(&mut socket, "meanwhile").await;
}

#[test]
fn c086_the_label_of_a_model_is_that_of_its_application_and_its_name() {
    assert_eq!(note::Entity::DEF.label(), "models.note");
}

#[tokio::test]
async fn c089_a_socket_listens_for_the_tables_of_its_page_until_it_ends() {
    let site = start().await;
    let ann = site.open(1, "/lines").await;
    let still = site.open(1, "/still").await;
    let shelf = site.open(1, "/shelf").await;
    let counts = || ["note", "album", "artist"].map(|table| site.changes.subscribers(table));
    assert_eq!(counts(), [2, 1, 1]);
    drop((ann, still, shelf));
    for _ in 0..6000 {
        if counts() == [0, 0, 0] {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{:?} listeners without a socket", counts());
}

#[tokio::test]
async fn a_state_that_is_not_live_keeps_its_rows() {
    let site = start().await;
    let mut ann = site.open(1, "/still").await;
    site.write(1, "elm").await;
    is_quiet(&mut ann).await;
    let reply = ann.event("still.refresh", json!([])).await;
    assert!(reply.patched().contains("elm"));
}

#[tokio::test]
async fn labels_choices_and_own_states_follow_the_tables_they_name() {
    let site = start().await;
    let artist = artist::ActiveModel {
        name: Set("Nina".to_owned()),
        ..Default::default()
    };
    let artist = artist.insert(&site.db).await.expect("an artist");
    let album = album::ActiveModel {
        title: Set("Pastel".to_owned()),
        artist_id: Set(artist.id),
        medium: Set("lp".to_owned()),
        ..Default::default()
    };
    album.insert(&site.db).await.expect("an album");
    let mut shelf = site.open(1, "/shelf").await;
    let named = artist::ActiveModel {
        id: Set(artist.id),
        name: Set("Nina Simone".to_owned()),
    };
    named.update(&site.db).await.expect("an artist");
    site.cx()
        .changed::<artist::Entity>(&artist.id, ChangeKind::Updated);
    until(&mut shelf, "Nina Simone").await;
    let shown = page(&mut shelf).await;
    assert_eq!(
        shown.matches("Nina Simone").count(),
        2,
        "in the list and in the form: {shown}"
    );
    assert!(shown.contains("0 notes"));
    site.write(1, "elm").await;
    until(&mut shelf, "1").await;
    assert!(page(&mut shelf).await.contains("1 notes"));
}
