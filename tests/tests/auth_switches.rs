//! Which pages of sign-in there are, and where.

use rdj::{
    auth::{AppAuthPages as _, AuthPages, AuthSettings, page::LoginPage},
    mail::Mailer,
};
use rdj_tests::{
    Server, Socket,
    sign_in::{app, auth, location, settings, site_of, status},
};
use reqwest::StatusCode;
use serde_json::json;

#[tokio::test]
async fn what_is_switched_off_is_not_there() {
    let off = AuthSettings {
        signup_enabled: false,
        password_reset_enabled: false,
        ..settings()
    };
    for (settings, pages) in [
        (off, AuthPages::new()),
        (
            settings(),
            AuthPages::new()
                .without_registration()
                .without_password_reset(),
        ),
    ] {
        let site = site_of(settings, pages).await;
        let browser = site.server.browser();
        for path in [
            "/register",
            "/password-reset",
            "/password_reset",
            "/password-reset/confirm/a/b",
        ] {
            assert_eq!(
                status(&browser, path).await,
                StatusCode::NOT_FOUND,
                "{path}"
            );
        }
        let html = browser.text("/login").await;
        assert!(
            !html.contains("Create account") && !html.contains("Forgot"),
            "{html}"
        );
        let mut socket = Socket::open(&browser, "/login").await;
        for event in [
            "register.submit",
            "password_reset.submit",
            "password_reset_confirm.submit",
        ] {
            let reply = socket.event(event, json!([])).await;
            assert_eq!(reply.effect("refused").unwrap()["status"], 404, "{event}");
        }
    }
    let disabled = AuthSettings {
        enabled: false,
        ..settings()
    };
    let site = site_of(disabled, AuthPages::new()).await;
    let browser = site.server.browser();
    for path in [
        "/login",
        "/register",
        "/password-reset",
        "/password-change",
        "/logout",
    ] {
        assert_eq!(
            status(&browser, path).await,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_page_added_by_hand_follows_the_switch() {
    let settings = AuthSettings {
        enabled: false,
        ..settings()
    };
    let auth = auth(settings).await;
    let server = Server::start(app(&auth, &Mailer::memory()).page::<LoginPage>()).await;
    let browser = server.browser();
    assert_eq!(status(&browser, "/login").await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn other_addresses_and_one_registration() {
    let settings = AuthSettings {
        login_url: "/signin".to_owned(),
        ..settings()
    };
    let auth = auth(settings).await;
    let pages = AuthPages::new()
        .logout_route("/out")
        .register_route("/join");
    let app = app(&auth, &Mailer::memory())
        .auth_pages(pages.clone())
        .auth_pages(pages);
    let routes = app.inspect().pages;
    assert_eq!(routes.len(), 5, "{routes:?}");
    let server = Server::start(app).await;
    let browser = server.browser();
    assert_eq!(status(&browser, "/signin").await, StatusCode::OK);
    assert!(browser.text("/signin").await.contains("href=\"/join\""));
    assert_eq!(
        location(&browser.get("/password-change").await),
        "/signin?next=%2Fpassword-change"
    );
    assert_eq!(
        status(&browser, "/out").await,
        StatusCode::METHOD_NOT_ALLOWED
    );
    let out = browser.post("/out", "").await;
    assert_eq!(location(&out), "/signin");
    assert_eq!(
        location(&browser.get("/password_reset").await),
        "/password-reset"
    );
}

mod own {
    //! A sign-in that is part of an application's own state.

    rdj::auth::session_auth! {
        /// Signs in to the notes.
        pub struct NotesAuth {
            post_login_redirect: "/notes",
            invalid_credentials_message: "No.",
        }
        vars(who, problem)
        events(start, enter, leave, enter_by_form)
    }

    rdj::auth::session_auth! {
        /// All defaults.
        pub struct DefaultAuth {}
    }
}

fn names<S: rdj::State>() -> Vec<String> {
    let facts = S::events().into_iter();
    facts.map(|facts| facts.name.into_owned()).collect()
}

#[test]
fn events_of_session_auth() {
    assert_eq!(
        names::<own::NotesAuth>(),
        ["enter", "leave", "enter_by_form", "set_who"]
    );
    assert_eq!(
        names::<own::DefaultAuth>(),
        [
            "submit_login",
            "logout",
            "submit_login_form",
            "set_login_username"
        ]
    );
}
