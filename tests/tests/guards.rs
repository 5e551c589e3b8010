//! Guards of pages, states and events, on every way in.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    extract::Request,
    middleware::{Next, from_fn},
    response::Response,
};
use http::{StatusCode, header};
use rdj::{App, CurrentUser, IdentityChange};
use rdj_tests::{
    Server, Socket,
    guarded::{Kind, Site, ann, kinds, login, refused, sent_to, status},
    pages::{PrivatePage, Runs},
};
use serde_json::json;

async fn sign_in(mut request: Request, next: Next) -> Response {
    if request.headers().contains_key("x-user") {
        request.extensions_mut().insert(CurrentUser::new(7, "ann"));
    }
    next.run(request).await
}

#[tokio::test]
async fn a_page_for_users_is_closed_on_every_way_in() {
    let runs = Arc::new(Runs::default());
    let app = App::new()
        .page::<PrivatePage>()
        .resource(Arc::clone(&runs))
        .layer(from_fn(sign_in));
    let server = Server::start(app).await;
    let browser = server.browser();
    let answer = browser.get("/private").await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(answer.headers()[header::LOCATION], "/login?next=%2Fprivate");
    let answer = browser.post("/private", "_event=counter.increment").await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let mut socket = Socket::connect(&browser, &[]).await.expect("a socket");
    let refused = socket.join("/private").await.expect("an answer");
    assert_eq!(
        refused,
        json!({"t": "navigate", "to": "/login?next=%2Fprivate"})
    );
    assert_eq!(runs.count(), 0);

    let mut socket = Socket::connect(&browser, &[("x-user", "1")])
        .await
        .expect("a socket");
    socket.join("/private").await.expect("a hello");
    let reply = socket.event("counter.whoami", json!([])).await;
    assert!(reply.patched().contains("ann"), "{reply:?}");
}

/// The page at `path`, guarded by itself or by its state, whose event `desk.run` has no guard.
async fn is_guarded(site: &Site, kind: &Kind, path: &str) {
    site.who.is(None);
    assert_eq!(site.get(path).await, (303, login(path)), "{path}");
    assert_eq!(
        site.post(path, "desk.run").await,
        (303, login(path)),
        "{path}"
    );
    let told = site.join(path).await;
    assert_eq!(told, Ok(json!({"t": "navigate", "to": login(path)})));
    let superuser = ann().with_superuser(true);
    let weak = (!kind.opens_to_superusers).then_some(superuser.clone());
    for user in kind.lacks.iter().cloned().chain(weak) {
        site.who.is(user);
        assert_eq!(site.get(path).await, status(403), "{path}");
        assert_eq!(site.post(path, "desk.run").await, status(403), "{path}");
        let end = site.join(path).await.map_err(|end| end.code);
        assert_eq!(end, Err(1008), "{path}");
    }
    assert_eq!(site.ran.take(), 0, "{path}");
    let strong = kind.opens_to_superusers.then_some(superuser);
    for user in [kind.has.clone()].into_iter().chain(strong) {
        site.who.is(user);
        assert_eq!(site.get(path).await, status(200), "{path}");
        assert_eq!(site.post(path, "desk.run").await, status(200), "{path}");
        let mut socket = site.open(path).await;
        let reply = socket.event("desk.run", json!([])).await;
        assert!(reply.effects().is_empty(), "{path}: {reply:?}");
        assert_eq!(site.ran.take(), 2, "{path}");
    }
}

#[tokio::test]
async fn pages() {
    let site = Site::start().await;
    for kind in kinds() {
        is_guarded(&site, &kind, &format!("/page/{}", kind.name)).await;
    }
}

#[tokio::test]
async fn states() {
    let site = Site::start().await;
    for kind in kinds() {
        is_guarded(&site, &kind, &format!("/state/{}", kind.name)).await;
    }
}

#[tokio::test]
async fn routes_of_axum() {
    let site = Site::start().await;
    for kind in kinds() {
        let path = format!("/route/{}", kind.name);
        site.who.is(None);
        assert_eq!(site.load(&path).await, (303, login(&path)), "{path}");
        assert_eq!(site.get(&path).await, status(401), "{path}");
        let superuser = ann().with_superuser(true);
        let weak = (!kind.opens_to_superusers).then_some(superuser.clone());
        for user in kind.lacks.iter().cloned().chain(weak) {
            site.who.is(user);
            assert_eq!(site.load(&path).await, status(403), "{path}");
            assert_eq!(site.get(&path).await, status(403), "{path}");
        }
        assert_eq!(site.ran.take(), 0, "{path}");
        let strong = kind.opens_to_superusers.then_some(superuser);
        for user in [kind.has.clone()].into_iter().chain(strong) {
            site.who.is(user);
            assert_eq!(site.load(&path).await, status(200), "{path}");
            assert_eq!(site.ran.take(), 1, "{path}");
        }
    }
    // to another address in place of a refusal, for those who read pages
    site.who.is(None);
    let away = "/route/away";
    assert_eq!(site.load(away).await, (303, login(away)));
    site.who.is(ann());
    assert_eq!(site.load(away).await, (303, "/plans".to_owned()));
    assert_eq!(site.get(away).await, status(403));
    assert_eq!(site.ran.take(), 0);
    site.who.is(ann().with_staff(true));
    assert_eq!(site.load(away).await, status(200));
}

#[tokio::test]
async fn events() {
    let site = Site::start().await;
    for kind in kinds() {
        let event = format!("desk.{}", kind.name);
        site.who.is(None);
        let mut socket = site.open("/open").await;
        let reply = socket.event(&event, json!([])).await;
        assert_eq!(sent_to(&reply), Some(login("/open")), "{event}");
        assert_eq!(site.post("/open", &event).await, (303, login("/open")));
        let superuser = ann().with_superuser(true);
        let weak = (!kind.opens_to_superusers).then_some(superuser.clone());
        for user in kind.lacks.iter().cloned().chain(weak) {
            site.who.is(user);
            assert_eq!(site.post("/open", &event).await, status(403), "{event}");
            let mut socket = site.open("/open").await;
            let reply = socket.event(&event, json!([])).await;
            assert!(refused(&reply), "{event}: {reply:?}");
        }
        assert_eq!(site.ran.take(), 0, "{event}");
        let strong = kind.opens_to_superusers.then_some(superuser);
        for user in [kind.has.clone()].into_iter().chain(strong) {
            site.who.is(user);
            assert_eq!(site.post("/open", &event).await, status(200), "{event}");
            let mut socket = site.open("/open").await;
            let reply = socket.event(&event, json!([])).await;
            assert!(reply.effects().is_empty(), "{event}: {reply:?}");
            assert_eq!(site.ran.take(), 2, "{event}");
        }
    }
}

#[tokio::test]
async fn events_follow_rights_that_change_while_the_page_is_open() {
    let site = Site::start().await;
    site.who.is(ann());
    let mut socket = site.open("/open").await;
    assert!(refused(&socket.event("desk.staff", json!([])).await));
    site.who.is(ann().with_staff(true));
    socket.event("desk.staff", json!([])).await;
    assert_eq!(site.ran.take(), 1);
    site.who.is(ann());
    assert!(refused(&socket.event("desk.staff", json!([])).await));
    assert_eq!(site.ran.take(), 0);
}

#[tokio::test]
async fn on_denied_sends_away_whoever_lacks_the_right() {
    let site = Site::start().await;
    let plans = || (303, "/plans".to_owned());
    site.who.is(None);
    assert_eq!(site.get("/away").await, (303, login("/away")));
    let mut socket = site.open("/open").await;
    let reply = socket.event("desk.erase", json!([])).await;
    assert_eq!(sent_to(&reply), Some(login("/open")));
    site.who.is(ann());
    assert_eq!(site.get("/away").await, plans());
    assert_eq!(site.post("/away", "desk.run").await, plans());
    let told = site.join("/away").await;
    assert_eq!(told, Ok(json!({"t": "navigate", "to": "/plans"})));
    let erase = "/plans?why=erase".to_owned();
    assert_eq!(site.post("/open", "desk.erase").await, (303, erase.clone()));
    let mut socket = site.open("/open").await;
    let reply = socket.event("desk.erase", json!([])).await;
    assert_eq!(sent_to(&reply), Some(erase));
    site.who.is(ann().with_staff(true));
    let mut socket = site.open("/away").await;
    site.who.is(ann());
    let reply = socket.event("desk.run", json!([])).await;
    assert_eq!(sent_to(&reply), Some("/plans".to_owned()));
    assert_eq!(site.ran.take(), 0);
}

#[tokio::test]
async fn the_function_on_denied_answers_those_who_lack_the_right() {
    let site = Site::start().await;
    site.who.is(ann());
    let answer = site.browser.post("/polite", "_event=desk.staff").await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(
        answer
            .text()
            .await
            .expect("a text")
            .contains("Ask an editor.")
    );
    let mut socket = site.open("/polite").await;
    let reply = socket.event("desk.staff", json!([])).await;
    assert!(reply.patched().contains("Ask an editor."), "{reply:?}");
    // the event's own address stands before it
    let reply = socket.event("desk.away", json!([])).await;
    assert_eq!(sent_to(&reply), Some("/plans".to_owned()));
    let reply = socket.event("desk.denied", json!([])).await;
    assert!(reply.effect("refused").is_some(), "{reply:?}");
    site.who.is(None);
    let mut socket = site.open("/polite").await;
    let reply = socket.event("desk.staff", json!([])).await;
    assert_eq!(sent_to(&reply), Some(login("/polite")));
    assert_eq!(site.ran.take(), 0);
}

#[tokio::test]
async fn an_event_that_replaces_a_generated_one_keeps_the_guard_of_its_state() {
    let site = Site::start().await;
    let editor = ann().with_permissions(["notes.change_note"]);
    site.who.is(ann());
    assert_eq!(site.get("/board").await, status(403));
    assert_eq!(site.post("/board", "board.refresh").await, status(403));
    site.who.is(editor.clone());
    assert_eq!(site.get("/board").await, status(200));
    for event in ["board.refresh", "board.new", "board.set_title"] {
        site.who.is(editor.clone());
        let mut socket = site.open("/board").await;
        site.who.is(ann());
        let reply = socket.event(event, json!([])).await;
        assert_eq!(sent_to(&reply), Some("/board".to_owned()), "{event}");
    }
    assert_eq!(site.ran.take(), 0);
    site.who.is(editor);
    let mut socket = site.open("/board").await;
    let reply = socket.event("board.refresh", json!([])).await;
    assert!(reply.patched().contains('1'), "{reply:?}");
    assert_eq!(site.ran.take(), 1);
}

#[tokio::test]
async fn a_page_of_somebody_else_is_loaded_anew() {
    let site = Site::start().await;
    let bob = CurrentUser::new(8, "bob").with_staff(true);
    for (before, after) in [
        (Some(ann()), Some(bob.clone())),
        (Some(ann()), None),
        (None, Some(bob)),
    ] {
        site.who.is(before);
        let mut socket = site.open("/open").await;
        site.who.is(after);
        let reply = socket.event("desk.run", json!([])).await;
        assert_eq!(sent_to(&reply), Some("/open".to_owned()), "{reply:?}");
        assert_eq!(site.ran.take(), 0);
    }
}

#[tokio::test]
async fn changes_that_another_node_tells_are_heard() {
    let site = Site::start().await;
    let group = || ann().with_groups(["editors"]);
    let heard = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&heard);
    site.identities.subscribe(move |change| {
        log.lock().expect("a log").push(change.clone());
    });
    let changes = [
        IdentityChange::User(7),
        IdentityChange::Everyone,
        IdentityChange::Session("nobody's".to_owned()),
    ];
    for change in &changes {
        site.who.is(group());
        let mut socket = site.open("/page/group").await;
        site.who.is(ann());
        site.identities.tell(change);
        if let IdentityChange::Session(_) = change {
            let told = socket.frame_within(Duration::from_millis(500)).await;
            assert!(told.is_none(), "{change:?}: {told:?}");
        } else {
            let frame = socket.frame().await.expect("an open socket");
            let to = json!({"t": "navigate", "to": "/page/group"});
            assert_eq!(frame.effects(), [to], "{change:?}");
        }
    }
    assert_eq!(*heard.lock().expect("a log"), changes);
}

#[tokio::test]
async fn an_open_page_is_closed_when_its_user_loses_the_right() {
    let site = Site::start().await;
    let both = ["desk.add_text", "desk.change_text"];
    for path in ["/page/permission", "/state/permission"] {
        site.who.is(ann().with_permissions(both));
        let mut socket = site.open(path).await;
        site.who.is(ann());
        site.identities.user_changed(8);
        let told = socket.frame_within(Duration::from_millis(200)).await;
        assert!(told.is_none(), "somebody else's rights changed: {told:?}");
        site.identities.user_changed(7);
        let frame = socket.frame().await.expect("an open socket");
        assert_eq!(
            frame.effects(),
            [json!({"t": "navigate", "to": path})],
            "{path}"
        );
    }
    assert_eq!(site.ran.take(), 0);
}
