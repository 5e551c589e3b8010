//! Entering, leaving, and what a handler sees and leaves behind.

use super::*;
use crate::{
    cx::{current_cx, current_language, current_session, current_user, spawn_in_cx},
    user::CurrentUser,
};

fn named(name: &str) -> TestCx {
    TestCx::new().user(&CurrentUser::new(1, name))
}

fn current_name() -> Option<String> {
    current_user().ok()?.map(|user| user.name().to_owned())
}

#[test]
fn the_last_one_entered_is_current() {
    assert!(current_cx().is_err());
    let ann = named("ann");
    let guard = ann.enter();
    assert_eq!(current_name().as_deref(), Some("ann"));
    {
        let bob = named("bob");
        let _inner = bob.enter();
        assert_eq!(current_name().as_deref(), Some("bob"));
    }
    assert_eq!(current_name().as_deref(), Some("ann"));
    let carol = named("carol").enter();
    drop(guard);
    assert_eq!(current_name().as_deref(), Some("carol"));
    drop(carol);
    assert!(current_cx().is_err());
}

#[tokio::test]
async fn a_handler_sees_the_request() {
    let test = named("ann")
        .path("/notes/5")
        .query([("page", "2"), ("q", "a b")])
        .param("id", "5")
        .cookie("a", "1")
        .cookie("b", "2")
        .header("X-Tenant", "north")
        .session([("visits", 3)])
        .language("de")
        .form([("title", "Milk")]);
    test.run(async |cx| {
        assert_eq!(cx.uri(), "/notes/5?page=2&q=a+b");
        assert_eq!(cx.param::<i64>("id").unwrap(), 5);
        assert_eq!(cx.headers()["cookie"], "a=1; b=2");
        assert_eq!(cx.headers()["x-tenant"], "north");
        assert_eq!(cx.form().unwrap().get("title"), Some("Milk"));
        let session = current_session().unwrap();
        assert_eq!(session.get("visits").await.unwrap(), Some(3));
        session.insert("visits", 4).await.unwrap();
        session.save().await.unwrap();
        assert!(session.id().is_some());
        assert_eq!(current_language().code(), "de");
    })
    .await;
    let session = test.build().session().unwrap().clone();
    assert_eq!(session.get("visits").await.unwrap(), Some(4));
    let bare = TestCx::new().without_session().build();
    assert!(matches!(bare.session(), Err(Error::Missing(_))));
}

#[tokio::test]
async fn what_a_handler_wants_is_readable() {
    let test = TestCx::new();
    test.run(async |cx| {
        cx.messages().success("Saved.");
        cx.redirect("/notes");
        cx.focus("title");
        cx.response().header("x-made", "here").unwrap();
    })
    .await;
    let texts: Vec<_> = test.messages().iter().map(|m| m.text.clone()).collect();
    assert_eq!(texts, ["Saved."]);
    assert_eq!(test.redirect().as_deref(), Some("/notes"));
    assert_eq!(test.focus().as_deref(), Some("title"));
    assert_eq!(test.headers()["x-made"], "here");
}

#[tokio::test]
async fn a_spawned_task_keeps_the_context() {
    let test = named("ann");
    let lost = test
        .run(async |_| tokio::spawn(async { current_name() }))
        .await;
    assert_eq!(lost.await.unwrap(), None);
    let kept = test
        .run(async |_| spawn_in_cx(async { current_name() }))
        .await;
    assert_eq!(kept.await.unwrap().as_deref(), Some("ann"));
    assert_eq!(spawn_in_cx(async { current_name() }).await.unwrap(), None);
}
