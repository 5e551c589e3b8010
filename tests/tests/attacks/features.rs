//! What an application has switched off is not there, whoever asks for it and how.

use rdj_tests::Socket;
use serde_json::json;

use super::{
    raw,
    site::{PASSWORD, Site, encoded},
};

async fn closed() -> Site {
    let settings = |settings: &mut rdj::auth::AuthSettings| {
        settings.signup_enabled = false;
        settings.password_reset_enabled = false;
    };
    Site::with(settings, |app| app).await
}

const EVENTS: [&str; 6] = [
    "register.submit",
    "register.set_username",
    "password_reset.submit",
    "password_reset.set_email",
    "password_reset_confirm.submit",
    "register.on_load_register",
];

#[tokio::test]
async fn a_feature_that_is_off_has_no_page_and_no_event() {
    let site = closed().await;
    site.user("ann").await;
    let fields = [
        ("username", "intruder"),
        ("email", "ann@example.com"),
        ("password", "intruders word"),
        ("confirm_password", "intruders word"),
        ("new_password", "intruders word"),
    ];
    let browser = site.server.browser();
    browser.get("/login").await;
    for path in [
        "/register",
        "/password-reset",
        "/password-reset/confirm/MQ/x",
    ] {
        assert_eq!(raw::get(&browser, path, &[]).await.status, 404, "{path}");
        let mut socket = Socket::connect(&browser, &[]).await.expect("a socket");
        assert!(socket.join(path).await.is_err(), "{path}");
        for event in EVENTS {
            let mut form = vec![("_event", event)];
            form.extend(fields);
            let answer = raw::post(&browser, path, &[], &encoded(&form)).await;
            assert_eq!(answer.status, 404, "{path} {event}");
        }
    }
    for path in ["/login", "/", "/counter"] {
        let mut socket = Socket::open(&browser, path).await;
        for event in EVENTS {
            let reply = socket.submit(event, &fields).await;
            let refused = reply.effect("refused").expect("a refusal");
            assert_eq!(refused["status"], 404, "{path} {event}");
            let mut form = vec![("_event", event)];
            form.extend(fields);
            let answer = raw::post(&browser, path, &[], &encoded(&form)).await;
            assert_eq!(answer.status, 404, "{path} {event}");
        }
    }
    let users = site.auth.users(&site.db);
    let found = users.by_username("intruder").await.expect("an answer");
    assert!(found.is_none());
    let ann = users
        .by_username("ann")
        .await
        .expect("an answer")
        .expect("ann");
    assert!(
        users
            .check_password(&ann, PASSWORD)
            .await
            .expect("an answer")
    );
    assert!(site.mailer.outbox().is_empty());
    let html = browser.text("/login").await;
    assert!(
        !html.contains("/register") && !html.contains("/password-reset"),
        "{html}"
    );
}

#[tokio::test]
async fn events_of_one_page_do_not_exist_on_another() {
    let site = Site::start().await;
    site.keeper("ann").await;
    let ann = site.signed_in("ann").await;
    let pages = [
        ("/", "vault.take"),
        ("/private", "vault.take"),
        ("/private", "password_change.submit"),
        ("/vault", "auth.logout"),
        ("/vault", "counter.increment"),
        ("/counter", "notes.save"),
    ];
    for (path, event) in pages {
        let mut socket = Socket::open(&ann, path).await;
        let reply = socket.event(event, json!([])).await;
        let refused = reply.effect("refused").expect("a refusal");
        assert_eq!(refused["status"], 404, "{path} {event}");
        let form = [("_event", event)];
        let answer = raw::post(&ann, path, &[], &encoded(&form)).await;
        assert_eq!(answer.status, 404, "{path} {event}");
    }
    assert_eq!(site.runs.count(), 0);
    assert_eq!(ann.get("/private").await.status(), 200);
}
