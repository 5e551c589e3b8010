//! What a page knows of the user, the language and the context (C130 to C146).

use http::StatusCode;
use rdj::{
    AppDatabase as _, ContextState, CurrentUser, Error, I18nState, UserState, auth::CxAuth as _,
    orm::sea_orm::EntityTrait as _, testing::TestCx,
};
use rdj_tests::{
    Kind, Server, Socket,
    models::{mailboxes::mailbox, note},
    orm::memory,
    probe::{PASSWORD, ProbePage, Site, seen},
    scenario::{
        names::MailboxesState,
        options::{LimitedNotesState, PlainNotesState},
    },
};
use serde_json::json;

/// Columns that are called like what the user, the language and the context have.
#[rdj::page(route = "/mailboxes", template = "mailboxes.html", discover = false)]
pub(crate) struct MailboxesPage {
    /// The columns.
    pub mailboxes: MailboxesState,
    /// The user.
    pub user: UserState,
    /// The language.
    pub i18n: I18nState,
    /// The values of the context processors.
    pub context: ContextState,
}

/// Two states of one model.
#[rdj::page(route = "/twins", template = "twins.html", discover = false)]
pub(crate) struct TwinsPage {
    /// One.
    pub plain: PlainNotesState,
    /// The other.
    pub limited: LimitedNotesState,
}

/// The whole page as it is.
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

#[tokio::test]
async fn c025_two_states_of_one_model_do_not_leak_into_each_other() {
    let db = memory().await.expect("a database");
    let app = rdj::App::new().page::<TwinsPage>().database(db.clone());
    let server = Server::start(app).await;
    let mut socket = Socket::open(&server.browser(), "/twins").await;
    let form = |title, priority| [("title", title), ("priority", priority), ("user_id", "1")];
    // a form that is wrong, and one that is saved and empty again
    socket.submit("plain_notes.save", &form("", "7")).await;
    let shown = page(&mut socket).await;
    assert!(
        shown.contains("plain 7  false false") && shown.contains("limited 0  true false"),
        "{shown}"
    );
    socket.submit("limited.save", &form("Milk", "3")).await;
    let shown = page(&mut socket).await;
    assert!(
        shown.contains("plain 7  false false") && shown.contains("limited 0  true false"),
        "{shown}"
    );
    // a setter, and a row that is edited
    socket.event("plain_notes.set_title", json!(["left"])).await;
    let row = note::Entity::find()
        .one(&db)
        .await
        .expect("rows")
        .expect("a row");
    socket.event("limited.start_edit", json!([row.id])).await;
    let shown = page(&mut socket).await;
    assert!(
        shown.contains("plain 7 left ") && shown.contains("limited 3 Milk true true"),
        "{shown}"
    );
    assert!(
        shown.contains("left true false") || shown.contains("left false false"),
        "{shown}"
    );
    socket.event("plain_notes.cancel_edit", json!([])).await;
    let shown = page(&mut socket).await;
    assert!(
        shown.contains("plain 0  true false") && shown.contains("limited 3 Milk true true"),
        "{shown}"
    );
}

#[tokio::test]
async fn c130_the_user_is_the_same_everywhere() {
    let site = Site::start().await;
    let mut socket = site.open().await;
    assert_eq!(seen(&mut socket, "users").await, "nobody nobody");
    socket.event("probe.login", json!(["ann"])).await;
    assert_eq!(seen(&mut socket, "users").await, "ann ann");
    let reply = socket.event("probe.look", json!(["context:user"])).await;
    assert!(reply.patched().contains("ann@example.org"), "{reply:?}");
}

#[tokio::test]
async fn c132_without_a_session_layer_the_error_is_clear_and_the_page_lives() {
    let server = Server::start(rdj::App::new().page::<ProbePage>()).await;
    let mut socket = Socket::open(&server.browser(), "/probe").await;
    let reply = socket.event("probe.put", json!(["k", "v"])).await;
    assert!(reply.effect("error").is_some(), "{reply:?}");
    assert_eq!(seen(&mut socket, "user").await, "nobody");
    let cx = TestCx::new().without_session().build();
    let error = cx.session().err().map(|error| error.to_string());
    assert_eq!(error.as_deref(), Some("a session layer is not set up"));
}

#[tokio::test]
async fn c133_c135_the_page_follows_sign_in_and_sign_out() {
    let site = Site::start().await;
    let mut socket = site.open().await;
    let reply = socket.event("probe.login", json!(["ann"])).await;
    assert!(reply.patched().contains("ann, "), "{reply:?}");
    let reply = socket.event("probe.logout", json!([])).await;
    assert!(reply.patched().contains("nobody"), "{reply:?}");
}

#[tokio::test]
async fn c137_a_login_without_a_session_tries_nothing() {
    let site = Site::start().await;
    let test = TestCx::new().without_session().resource(site.auth.clone());
    let done = test.run(async |cx| cx.login("ann", PASSWORD).await).await;
    assert!(matches!(done, Err(Error::Missing(_))), "{done:?}");
}

#[test]
fn c138_has_perm_asks_the_live_user() {
    let cx = TestCx::new()
        .user(&CurrentUser::new(1, "ann").with_permissions(["notes.add_note"]))
        .build();
    assert!(cx.has_perm("notes.add_note") && !cx.has_perm("notes.delete_note"));
    cx.set_user(None);
    assert!(!cx.has_perm("notes.add_note"));
}

#[tokio::test]
async fn c139_a_new_group_counts_at_the_next_event() {
    let site = Site::start().await;
    let mut socket = site.open_as_ann().await;
    let reply = socket.event("probe.edit", json!([])).await;
    assert!(reply.effect("refused").is_some(), "{reply:?}");
    let users = site.auth.users(site.auth.db());
    users.create_group("editors").await.expect("a group");
    let ann = users.by_username("ann").await.expect("a database");
    let ann = ann.expect("ann");
    users.add_to_group(&ann, "editors").await.expect("a member");
    let reply = socket.event("probe.edit", json!([])).await;
    assert!(reply.patched().contains("ran 1"), "{reply:?}");
    let reply = socket.event("probe.look", json!(["context:user"])).await;
    assert!(reply.patched().contains("editors"), "{reply:?}");
}

#[tokio::test]
async fn c140_an_unchanged_user_costs_no_bytes() {
    let site = Site::start().await;
    let html = site.browser.text("/probe").await;
    assert!(html.contains("<p id=\"user\">nobody</p>"), "{html}");
    let mut socket = site.open_as_ann().await;
    let reply = socket.event("probe.nothing", json!([])).await;
    assert_eq!(reply.frames.len(), 1, "{reply:?}");
    assert_eq!(reply.frames[0].kind, Kind::Ack);
    assert!(reply.wire_length() <= 4, "{reply:?}");
    let reply = socket.event("probe.look", json!(["path"])).await;
    assert!(!reply.patched().contains("ann"), "{reply:?}");
}

#[tokio::test]
async fn c145_the_state_of_the_user_holds_nothing() {
    assert_eq!(size_of::<UserState>(), 0);
    let ann = TestCx::new().user(&CurrentUser::new(1, "ann"));
    let guard = ann.enter();
    assert!(UserState.is_authenticated());
    drop(guard);
    assert!(!UserState.is_authenticated());
}

#[tokio::test]
async fn d022_columns_do_not_collide_with_the_user_and_the_language() {
    let db = memory().await.expect("a database");
    let own = db.clone();
    let site = Site::with(|app| app.page::<MailboxesPage>().database(own)).await;
    drop(site.open_as_ann().await);
    let mut socket = Socket::open(&site.browser, "/mailboxes").await;
    for (name, value) in [
        ("email", "typed@form"),
        ("username", "typed name"),
        ("language", "typed language"),
        ("messages", "typed messages"),
        ("csrf_token", "typed token"),
    ] {
        let event = format!("mailboxes.set_{name}");
        socket.event(&event, json!([value])).await;
    }
    // what is typed outlives the events of the others, and the others know nothing of it
    let reply = socket.event("i18n.set_language", json!(["de"])).await;
    assert!(reply.patched().contains("de ltr"), "{reply:?}");
    socket.event("mailboxes.refresh", json!([])).await;
    let reply = socket
        .event("mailboxes.set_username", json!(["typed again"]))
        .await;
    let shown = reply.patched();
    assert!(
        shown.contains("typed again typed@form typed language"),
        "{shown}"
    );
    let rest = [
        "user", "session", "code", "form", "field", "text", "table", "order", "group", "failure",
    ];
    let mut form: Vec<(&str, &str)> = rest.map(|name| (name, "x")).to_vec();
    form.extend([("key", "1"), ("leaf", "2")]);
    let reply = socket.submit("mailboxes.save", &form).await;
    let rows = mailbox::Entity::find().all(&db).await.expect("rows");
    assert_eq!(rows.len(), 1, "{reply:?}");
    assert_eq!(
        [&rows[0].email, &rows[0].username, &rows[0].language],
        ["typed@form", "typed again", "typed language"]
    );
    assert_eq!(
        [&rows[0].messages, &rows[0].csrf_token],
        ["typed messages", "typed token"]
    );
    let html = site.browser.text("/mailboxes").await;
    assert!(html.contains(">ann ann@example.org</p>"), "{html}");
}

#[tokio::test]
async fn the_context_of_an_open_page_follows_the_language_and_the_user() {
    let site = Site::start().await;
    let mut socket = site.open().await;
    let html = site.browser.text("/probe").await;
    assert!(html.contains(">en nobody</p>"), "{html}");
    let reply = socket.event("i18n.set_language", json!(["de"])).await;
    assert!(reply.patched().contains("de nobody"), "{reply:?}");
    let reply = socket.event("probe.login", json!(["ann"])).await;
    assert!(reply.patched().contains("de ann"), "{reply:?}");
    let reply = socket.event("probe.logout", json!([])).await;
    assert!(reply.patched().contains("nobody"), "{reply:?}");
    // a refused event leaves the values as they are, and costs nothing
    let reply = socket.event("i18n.set_language", json!(["xx"])).await;
    assert!(!reply.patched().contains("nobody"), "{reply:?}");
}

#[tokio::test]
async fn states_of_language_and_context_work_on_a_page() {
    let site = Site::start().await;
    let mut socket = site.open().await;
    let reply = socket.event("i18n.set_language", json!(["de"])).await;
    assert!(reply.patched().contains("de ltr"), "{reply:?}");
    // nothing is left to load
    let reply = socket.event("context.load", json!([])).await;
    assert_eq!(reply.frames.len(), 1, "{reply:?}");
    let answer = site
        .browser
        .post("/probe", "_event=i18n.set_language(\"de\")");
    assert_eq!(answer.await.status(), StatusCode::OK);
    assert!(site.browser.text("/probe").await.contains("de ltr"));
    let reply = socket.event("i18n.set_language", json!(["xx"])).await;
    assert!(reply.effects().len() == 1, "{reply:?}");
}
