//! Pages of one's own in the places of the shipped ones, with every block replaced.

use rdj::{
    auth::{
        AppAuthPages as _, AuthPages,
        state::{
            LoginState, PasswordChangeState, PasswordResetConfirmState, PasswordResetState,
            RegisterState,
        },
    },
    mail::Mailer,
};
use rdj_tests::{
    Browser,
    sign_in::{PASSWORD, Site, app, auth, location, settings, site_of, status},
};
use reqwest::StatusCode;

macro_rules! page {
    ($name:ident, $route:tt, $template:tt, { $($field:ident: $type:ty),* } $(, $guard:ident)?) => {
        #[rdj::page(route = $route, template = $template, title = "Own", discover = false $(, $guard)?)]
        pub(crate) struct $name {
            $(pub(crate) $field: $type),*
        }
    };
}

page!(OwnLogin, "/own-login", "own/login.html", { login: LoginState });
page!(OwnRegister, "/own-register", "own/register.html", { register: RegisterState });
page!(OwnReset, "/own-reset", "own/password_reset.html", { reset: PasswordResetState });
page!(
    OwnConfirm,
    "/own-confirm/{uid}/{key}",
    "own/password_reset_confirm.html",
    { uid: String, key: String, confirm: PasswordResetConfirmState }
);
page!(
    OwnChange,
    "/own-change",
    "own/password_change.html",
    { change: PasswordChangeState },
    login
);

/// What every page replaces.
const BLOCKS: [&str; 11] = [
    "<title>own-title",
    "name=\"own-head\"",
    "own-nav",
    "own-base-footer",
    "own-brand",
    "own-heading</h1>",
    "own-instructions",
    "own-errors",
    "own-fields",
    "own-submit</button>",
    "own-links",
];

fn own() -> AuthPages {
    AuthPages::new()
        .login::<OwnLogin>()
        .register::<OwnRegister>()
        .password_reset::<OwnReset>()
        .password_reset_confirm::<OwnConfirm>()
        .password_change::<OwnChange>()
        .login_route("/in")
        .register_route("/join")
        .password_reset_route("/lost")
        .password_reset_confirm_route("/lost/[uid]/[token]")
        .password_change_route("/secret")
}

/// The page at `path`, which is one of the own ones.
async fn own_page(browser: &Browser, path: &str) -> String {
    let html = browser.text(path).await;
    for block in BLOCKS {
        assert!(html.contains(block), "{path}: {block}: {html}");
    }
    html
}

/// The link in the mail to `ann`, as a path.
async fn link(site: &Site, browser: &Browser) -> String {
    let form = "email=ann@example.org";
    let answer = browser.post("/lost?_event=password_reset.submit", form);
    let html = answer.await.text().await.unwrap();
    assert!(html.contains("own-sent"), "{html}");
    assert!(!html.contains("own-fields"), "{html}");
    let mail = loop {
        if let [mail] = &site.mailer.outbox()[..] {
            break mail.clone();
        }
        tokio::task::yield_now().await;
    };
    let mut words = mail.text.split_whitespace();
    let link = words.find_map(|word| word.strip_prefix("https://site.example"));
    link.unwrap().to_owned()
}

#[tokio::test]
async fn every_block_of_every_page_is_replaced() {
    let site = site_of(settings(), own()).await;
    let browser = site.server.browser();
    for path in ["/in", "/join", "/lost"] {
        let html = own_page(&browser, path).await;
        assert!(!html.contains("rdj-auth-brand"), "{html}");
    }
    for path in ["/login", "/register", "/password-reset", "/password-change"] {
        assert_eq!(status(&browser, path).await, StatusCode::NOT_FOUND);
    }
    let html = browser.text("/lost/MQ/nonsense").await;
    assert!(html.contains("own-invalid"), "{html}");
    assert!(!html.contains("invalid or has expired"), "{html}");

    // the forms work, at the own addresses
    let path = link(&site, &browser).await;
    assert!(path.starts_with("/lost/"), "{path}");
    let moved = browser.get(&path).await;
    let clean = location(&moved).to_owned();
    assert!(clean.starts_with("/lost/"), "{clean}");
    own_page(&browser, &clean).await;
    let form = "new_password=seven+green+bottles&confirm_password=seven+green+bottles";
    let event = format!("{clean}?_event=password_reset_confirm.submit");
    assert_eq!(location(&browser.post(&event, form).await), "/in");

    let asked = browser.get("/secret").await;
    assert_eq!(location(&asked), "/in?next=%2Fsecret");
    let event = "/in?_event=login.submit";
    let wrong = browser.post(event, "username=ann&password=wrong").await;
    let html = wrong.text().await.unwrap();
    assert!(html.contains("own-errors</p><p>Invalid username"), "{html}");
    let form = "username=ann&password=seven+green+bottles";
    assert_eq!(location(&browser.post(event, form).await), "/");
    own_page(&browser, "/secret").await;
    let form = "old_password=seven+green+bottles&new_password=a+purple+elephant\
                &confirm_password=a+purple+elephant";
    let event = "/secret?_event=password_change.submit";
    let changed = browser.post(event, form).await;
    assert!(changed.status().is_success() || changed.status().is_redirection());
    let other = site.server.browser();
    let form = format!("username=ann&password={}", PASSWORD.replace(' ', "+"));
    let right = other.post("/in?_event=login.submit", &form).await;
    assert_eq!(location(&right), "/");
}

#[tokio::test]
async fn pages_that_are_left_out_are_not_there() {
    let pages = AuthPages::new().without_password_change().without_logout();
    let site = site_of(settings(), pages).await;
    let browser = site.server.browser();
    for path in ["/password-change", "/logout"] {
        assert_eq!(status(&browser, path).await, StatusCode::NOT_FOUND);
    }
    let out = browser.post("/logout", "").await;
    assert_eq!(out.status(), StatusCode::NOT_FOUND);
    for path in ["/login", "/register", "/password-reset"] {
        assert_eq!(status(&browser, path).await, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn an_address_of_reset_links_without_its_parameters_stops_the_start() {
    let auth = auth(settings()).await;
    let pages = AuthPages::new().password_reset_confirm_route("/lost/{uid}");
    let app = app(&auth, &Mailer::memory()).auth_pages(pages);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let error = app.serve(listener).await.unwrap_err().to_string();
    assert!(
        error.contains("/lost/{uid}") && error.contains("{key}"),
        "{error}"
    );
}
