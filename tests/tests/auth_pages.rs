//! The pages of sign-in over HTTP and over a socket: what they do, and what is not there when it is
//! switched off.

use std::sync::Arc;

use rdj::{
    App, Stage,
    auth::{
        AppAuth as _, AppAuthPages as _, Auth, AuthPages, AuthSettings, AuthTables, NewUser,
        page::LoginPage,
        password::{Argon2id, Hashers},
        throttle::{Limit, MemoryThrottle},
    },
    mail::Mailer,
};
use rdj_tests::{Browser, Server, Socket};
use reqwest::StatusCode;
use serde_json::json;

const PASSWORD: &str = "a purple elephant";

struct Site {
    server: Server,
    auth: Auth,
    mailer: Mailer,
}

fn settings() -> AuthSettings {
    let seconds = std::time::Duration::from_secs;
    let limit = |free| Limit {
        free,
        first: seconds(60),
        longest: seconds(60),
        forget: seconds(600),
    };
    AuthSettings {
        secret_key: Some("a key of these tests, long enough to be a good one: 0123456789".into()),
        hashers: Hashers::new(Argon2id::new(8, 1, 1)),
        throttle: Arc::new(MemoryThrottle::new(limit(3), limit(1000))),
        ..AuthSettings::default()
    }
}

async fn auth(settings: AuthSettings) -> Auth {
    let db = rdj::orm::connect("sqlite::memory:").await.unwrap();
    AuthTables::create(&db).await.unwrap();
    Auth::new(db, settings).unwrap()
}

fn app(auth: &Auth, mailer: &Mailer) -> App {
    App::new()
        .layer_at(Stage::Session, rdj::session::memory())
        .resource(mailer.clone())
        .auth(auth.clone())
}

async fn site_of(settings: AuthSettings, pages: AuthPages) -> Site {
    let auth = auth(settings).await;
    let mailer = Mailer::memory();
    let app = app(&auth, &mailer).auth_pages(pages.site_origin("https://site.example/"));
    let ann = NewUser::new("ann")
        .email("Ann@Example.org")
        .password(PASSWORD);
    auth.users(auth.db()).create_user(ann).await.unwrap();
    Site {
        server: Server::start(app).await,
        auth,
        mailer,
    }
}

async fn site() -> Site {
    site_of(settings(), AuthPages::new()).await
}

fn location(response: &reqwest::Response) -> &str {
    let location = response.headers().get("location");
    location.map_or("", |value| value.to_str().unwrap())
}

async fn status(browser: &Browser, path: &str) -> StatusCode {
    browser.get(path).await.status()
}

async fn log_in(browser: &Browser, password: &str) -> reqwest::Response {
    let form = format!("username=ann&password={}", password.replace(' ', "+"));
    browser.post("/login?_event=login.submit", &form).await
}

#[tokio::test]
async fn login_over_http() {
    let site = site().await;
    let browser = site.server.browser();
    let wrong = log_in(&browser, "wrong").await;
    assert_eq!(wrong.status(), StatusCode::OK);
    assert!(
        wrong.headers()["cache-control"]
            .to_str()
            .unwrap()
            .contains("no-store")
    );
    let html = wrong.text().await.unwrap();
    assert!(html.contains("Invalid username or password."), "{html}");
    assert!(html.contains("value=\"ann\""), "the name is kept: {html}");
    assert!(!html.contains("wrong"), "the password is not: {html}");

    let form = format!(
        "username=ann&password={}&next=//evil.example",
        PASSWORD.replace(' ', "+")
    );
    let right = browser.post("/login?_event=login.submit", &form).await;
    assert_eq!(right.status(), StatusCode::SEE_OTHER);
    assert_eq!(location(&right), "/", "an evil `next` is left out");
    let cookies = right.headers().get_all("set-cookie").iter();
    let mut cookies = cookies.map(|cookie| cookie.to_str().unwrap().to_owned());
    let cookie = cookies.find(|cookie| cookie.starts_with("rdj_session"));
    let cookie = cookie.unwrap();
    assert!(
        !cookie.contains("Max-Age"),
        "ends with the browser: {cookie}"
    );
    assert_eq!(
        location(&browser.get("/login?next=%2Fpassword-change").await),
        "/password-change"
    );
    assert_eq!(status(&browser, "/password-change").await, StatusCode::OK);
}

#[tokio::test]
async fn login_over_a_socket() {
    let site = site().await;
    let browser = site.server.browser();
    let mut socket = Socket::open(&browser, "/login?next=%2Fpassword-change").await;
    let wrong = socket
        .submit(
            "login.submit",
            &[("username", "ann"), ("password", "wrong")],
        )
        .await;
    assert!(wrong.patched().contains("Invalid username or password."));
    assert_eq!(wrong.effect("focus").unwrap()["id"], "login-username");
    let form = [
        ("username", "ann"),
        ("password", PASSWORD),
        ("remember", "true"),
    ];
    let right = socket.submit("login.submit", &form).await;
    let navigate = right.effect("navigate").unwrap();
    assert_eq!(navigate["to"], "/password-change");
    assert_eq!(navigate["replace"], true);
    browser.redeem(&right).await;
    assert_eq!(status(&browser, "/password-change").await, StatusCode::OK);
}

#[tokio::test]
async fn too_many_attempts() {
    let site = site().await;
    let browser = site.server.browser();
    for _ in 0..3 {
        assert_eq!(log_in(&browser, "wrong").await.status(), StatusCode::OK);
    }
    let throttled = log_in(&browser, PASSWORD).await;
    assert_eq!(throttled.status(), StatusCode::TOO_MANY_REQUESTS);
    let html = throttled.text().await.unwrap();
    assert!(html.contains("Too many attempts."), "{html}");
}

#[tokio::test]
async fn a_taken_name_makes_no_account() {
    let site = site().await;
    let browser = site.server.browser();
    let form = "username=ANN&email=ann@example.ORG&password=seven+green+bottles&\
                confirm_password=seven+green+bottles";
    let taken = browser.post("/register?_event=register.submit", form).await;
    let html = taken.text().await.unwrap();
    assert!(html.contains("That username is already taken."), "{html}");
    assert!(html.contains("That email is already registered."), "{html}");
    let users = site.auth.users(site.auth.db());
    assert!(users.by_username("ANN").await.unwrap().is_none());

    let form =
        "username=bob&email=&password=seven+green+bottles&confirm_password=seven+green+bottles";
    let made = browser.post("/register?_event=register.submit", form).await;
    assert_eq!(made.status(), StatusCode::SEE_OTHER);
    assert_eq!(location(&made), "/");
    assert_eq!(
        status(&browser, "/password-change").await,
        StatusCode::OK,
        "signed in"
    );
}

#[tokio::test]
async fn a_reset_link_works_once() {
    let site = site().await;
    let browser = site.server.browser();
    let other = site.server.browser();
    assert_eq!(
        log_in(&other, PASSWORD).await.status(),
        StatusCode::SEE_OTHER
    );
    for email in ["nobody@example.org", "ANN@example.ORG"] {
        let form = format!("email={email}");
        let answer = browser
            .post("/password-reset?_event=password_reset.submit", &form)
            .await;
        assert!(
            answer
                .text()
                .await
                .unwrap()
                .contains("If an account exists")
        );
    }
    let mail = loop {
        if let [mail] = &site.mailer.outbox()[..] {
            break mail.clone();
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(mail.to, ["Ann@example.org"], "the stored address");
    let link = mail
        .text
        .split_whitespace()
        .find(|word| word.starts_with("http"))
        .unwrap();
    let path = link.strip_prefix("https://site.example").unwrap();

    let moved = browser.get(path).await;
    let clean = location(&moved).to_owned();
    assert!(clean.ends_with("/set-password"), "{clean}");
    assert!(
        other.text(&clean).await.contains("invalid or has expired"),
        "another browser"
    );
    let event = format!("{clean}?_event=password_reset_confirm.submit");
    let form = "new_password=seven+green+bottles&confirm_password=seven+green+bottles";
    let done = browser.post(&event, form).await;
    assert_eq!(location(&done), "/login");
    assert_eq!(
        status(&browser, "/password-change").await,
        StatusCode::SEE_OTHER,
        "not signed in"
    );
    assert_eq!(
        status(&other, "/password-change").await,
        StatusCode::SEE_OTHER,
        "others end"
    );
    let used = browser.get(path).await;
    assert_eq!(used.status(), StatusCode::OK);
    assert!(
        used.text()
            .await
            .unwrap()
            .contains("invalid or has expired")
    );
    assert_eq!(
        log_in(&browser, "seven green bottles").await.status(),
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn change_ends_the_other_sessions() {
    let site = site().await;
    let (browser, other) = (site.server.browser(), site.server.browser());
    log_in(&browser, PASSWORD).await;
    log_in(&other, PASSWORD).await;
    let mut socket = Socket::open(&browser, "/password-change").await;
    let form = |old| {
        let new = "seven green bottles";
        [
            ("old_password", old),
            ("new_password", new),
            ("confirm_password", new),
        ]
    };
    let wrong = socket
        .submit("password_change.submit", &form("wrong"))
        .await;
    assert!(wrong.patched().contains("entered incorrectly"));
    let right = socket
        .submit("password_change.submit", &form(PASSWORD))
        .await;
    browser.redeem(&right).await;
    assert_eq!(status(&browser, "/password-change").await, StatusCode::OK);
    assert_eq!(
        status(&other, "/password-change").await,
        StatusCode::SEE_OTHER
    );
}

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
