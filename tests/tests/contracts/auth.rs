//! The pages of sign-in (C156 to C191, D017, D018).

use http::{StatusCode, header::LOCATION};
use rdj::{
    __private::{inventory, runtime::page::PageDef},
    App,
    auth::{
        AppAuthPages as _, AuthPages, AuthSettings,
        settings::{AuthMessages, LoginField},
        state::LoginState,
    },
    mail::Mailer,
};
use rdj_tests::{
    Browser, Socket,
    probe::{PASSWORD, ProbePage, Site},
};
use serde_json::json;

/// A login page of one's own.
#[rdj::page(
    route = "/enter",
    template = "enter.html",
    title = "Enter",
    discover = false
)]
pub(crate) struct EnterPage {
    /// Form and events.
    pub(crate) login: LoginState,
}

rdj::auth::session_auth! {
    /// Signs in with other names and to another page.
    pub(crate) struct DoorAuth {
        post_login_redirect: "/probe",
        post_logout_redirect: "/door",
        form_username_key: "name",
    }
    vars(visitor, problem)
    events(arrive, enter, leave, enter_form)
}

/// The page of the state above.
#[rdj::page(
    route = "/door",
    template = "door.html",
    title = "Door",
    discover = false
)]
pub(crate) struct DoorPage {
    /// Sign-in and sign-out.
    pub(crate) door: DoorAuth,
}

fn pages(app: App) -> App {
    app.auth_pages(AuthPages::new().site_origin("https://notes.example.org"))
        .page::<DoorPage>()
}

async fn start(settings: AuthSettings) -> Site {
    Site::with_settings(settings, pages).await
}

async fn status(browser: &Browser, path: &str) -> u16 {
    browser.get(path).await.status().as_u16()
}

/// Where a form leads; none if it is shown again.
async fn sent(browser: &Browser, path: &str, form: &str) -> (Option<String>, String) {
    browser.text(path).await;
    let answer = browser.post(path, form).await;
    let to = answer.headers().get(LOCATION).cloned();
    let to = to.and_then(|to| to.to_str().ok().map(str::to_owned));
    (to, answer.text().await.expect("a text"))
}

fn login_form(name: &str) -> String {
    format!("_event=login.submit&username={name}&password={PASSWORD}").replace(' ', "+")
}

#[tokio::test]
async fn c167_the_pages_are_at_their_addresses() {
    let site = start(AuthSettings::default()).await;
    for path in ["/login", "/register", "/password-reset"] {
        assert_eq!(status(&site.browser, path).await, 200, "{path}");
    }
    let link = "/password-reset/confirm/MQ/a-b";
    assert_eq!(status(&site.browser, link).await, 200);
    assert_eq!(status(&site.browser, "/password-change").await, 303);
}

#[tokio::test]
async fn c168_what_is_switched_off_is_not_there() {
    let site = start(AuthSettings {
        signup_enabled: false,
        password_reset_enabled: false,
        ..AuthSettings::default()
    })
    .await;
    for path in [
        "/register",
        "/password-reset",
        "/password-reset/confirm/MQ/a",
    ] {
        assert_eq!(status(&site.browser, path).await, 404, "{path}");
    }
    let html = site.browser.text("/login").await;
    assert!(!html.contains("/register") && !html.contains("/password-reset"));
    let enabled = false;
    let off = AuthSettings {
        enabled,
        ..AuthSettings::default()
    };
    let site = start(off).await;
    assert_eq!(status(&site.browser, "/login").await, 404);
}

#[tokio::test]
async fn c157_texts_and_addresses_of_the_settings_are_on_the_pages() {
    let site = start(AuthSettings {
        login_url: "/signin".to_owned(),
        signup_url: "/join".to_owned(),
        messages: AuthMessages::default().with("login_heading", "Welcome back"),
        ..AuthSettings::default()
    })
    .await;
    assert_eq!(status(&site.browser, "/login").await, 404);
    let html = site.browser.text("/signin").await;
    assert!(html.contains("Welcome back"), "{html}");
    assert!(
        html.contains("/join") && html.contains("Forgot password?"),
        "{html}"
    );
    assert_eq!(status(&site.browser, "/join").await, 200);
}

#[tokio::test]
async fn c159_c160_the_login_page_names_what_users_sign_in_with() {
    use LoginField::{Email, Username};
    for (fields, label, wrong) in [
        (
            vec![Username],
            ">Username<",
            "Invalid username or password.",
        ),
        (vec![Email], ">Email<", "Invalid email or password."),
        (
            vec![Username, Email],
            ">Username or email<",
            "Invalid username, email, or password.",
        ),
    ] {
        let site = start(AuthSettings {
            login_fields: fields,
            ..AuthSettings::default()
        })
        .await;
        let html = site.browser.text("/login").await;
        assert!(html.contains(label), "{label}: {html}");
        let form = login_form("nobody@example.org");
        let (to, html) = sent(&site.browser, "/login", &form).await;
        assert_eq!(to, None);
        assert!(html.contains(wrong), "{html}");
    }
}

#[tokio::test]
async fn c166_visitors_who_are_signed_in_are_sent_on() {
    let site = start(AuthSettings::default()).await;
    let (to, html) = sent(&site.browser, "/login?next=%2Fprobe", &login_form("ann")).await;
    assert_eq!(to.as_deref(), Some("/probe"), "{html}");
    for path in ["/login", "/register"] {
        let answer = site.browser.get(path).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
        assert_eq!(answer.headers()[LOCATION], "/", "{path}");
    }
}

#[tokio::test]
async fn c169_c170_a_page_of_ones_own_stands_where_it_is_put() {
    let own = |app: App| {
        app.auth_pages(
            AuthPages::new()
                .login::<EnterPage>()
                .login_route("/come-in"),
        )
    };
    let site = Site::with(own).await;
    let html = site.browser.text("/come-in").await;
    assert!(html.contains("An entrance of its own"), "{html}");
    assert_eq!(status(&site.browser, "/login").await, 404);
    let answer = site.browser.get("/probe/private").await;
    assert_eq!(
        answer.headers()[LOCATION],
        "/come-in?next=%2Fprobe%2Fprivate"
    );
    let site = Site::with(App::page::<EnterPage>).await;
    assert_eq!(status(&site.browser, "/enter").await, 200);
    assert_eq!(status(&site.browser, "/register").await, 404);
}

#[tokio::test]
async fn c171_pages_added_twice_are_there_once() {
    let twice = |app: App| {
        let app = app.auth_pages(AuthPages::new());
        app.auth_pages(AuthPages::new())
    };
    let site = Site::with(twice).await;
    assert_eq!(status(&site.browser, "/login").await, 200);
    assert_eq!(status(&site.browser, "/register").await, 200);
}

#[tokio::test]
async fn c172_no_page_is_there_unasked() {
    let found = inventory::iter::<PageDef>;
    let found = found
        .into_iter()
        .filter(|page| page.spec.module.starts_with("rdj_auth"));
    assert_eq!(found.count(), 0, "no page waits to be discovered");
    let site = Site::start().await;
    for path in ["/login", "/register", "/password-reset", "/password-change"] {
        assert_eq!(status(&site.browser, path).await, 404, "{path}");
    }
}

fn register_form(name: &str, password: &str) -> String {
    format!(
        "_event=register.submit&username={name}&email={name}%40example.org&password={password}\
         &confirm_password={password}"
    )
}

#[tokio::test]
async fn c174_a_taken_name_is_told_and_nothing_is_made() {
    let site = start(AuthSettings::default()).await;
    let form = register_form("ann", "violet-umbrella-6");
    let (to, html) = sent(&site.browser, "/register", &form).await;
    assert_eq!(to, None);
    assert!(html.contains("already taken"), "{html}");
    let users = site.auth.users(site.auth.db());
    assert!(users.by_id(2).await.expect("a database").is_none());
    assert!(site.browser.text("/probe").await.contains(">nobody<"));
}

#[tokio::test]
async fn c175_a_new_account_is_signed_in_and_sent_on() {
    let site = start(AuthSettings::default()).await;
    let form = register_form("bob", "violet-umbrella-6");
    let (to, html) = sent(&site.browser, "/register", &form).await;
    assert_eq!(to.as_deref(), Some("/"), "{html}");
    assert!(site.browser.text("/probe").await.contains("bob, "));
}

#[tokio::test]
async fn c176_d018_one_mail_goes_to_the_stored_address_with_the_configured_origin() {
    let mailer = Mailer::memory();
    let given = mailer.clone();
    let site = Site::with(|app| pages(app.resource(given))).await;
    for address in ["ANN%40EXAMPLE.ORG", "nobody%40example.org"] {
        let form = format!("_event=password_reset.submit&email={address}");
        let (_, html) = sent(&site.browser, "/password-reset", &form).await;
        assert!(
            html.contains("If an account exists for that address"),
            "{html}"
        );
    }
    let mails = mails(&mailer).await;
    let [mail] = &mails[..] else {
        panic!("not one mail: {mails:?}");
    };
    let text = format!("{mail:?}");
    assert!(text.contains("ann@example.org"), "{text}");
    let link = "https://notes.example.org/password-reset/confirm/";
    assert!(text.contains(link), "{text}");
    assert!(!text.contains(&site.server.host()), "{text}");
}

/// The mails that were written, which happens apart from the answer.
async fn mails(mailer: &Mailer) -> Vec<rdj::mail::Mail> {
    for _ in 0..6000 {
        mailer.flush().await;
        if !mailer.outbox().is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    mailer.outbox()
}

#[tokio::test]
async fn c179_c180_a_link_is_good_or_says_that_it_is_not() {
    let mailer = Mailer::memory();
    let given = mailer.clone();
    let site = Site::with(|app| pages(app.resource(given))).await;
    let browser = &site.browser;
    let html = browser.text("/password-reset/confirm/MQ/a-b").await;
    assert!(html.contains("invalid or has expired"), "{html}");
    let form = "_event=password_reset.submit&email=ann%40example.org";
    sent(browser, "/password-reset", form).await;
    let mail = format!("{:?}", mails(&mailer).await);
    let at = mail.find("/password-reset/confirm/").expect("a link");
    let is_part = |c: char| c.is_ascii_alphanumeric() || "/-_".contains(c);
    let link = &mail[at..];
    let link = &link[..link.find(|c| !is_part(c)).unwrap_or(link.len())];
    let answer = browser.get(link).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let path = answer.headers()[LOCATION]
        .to_str()
        .expect("a text")
        .to_owned();
    assert!(!path.contains(link), "{path}");
    let password = "violet-umbrella-6";
    let form = format!(
        "_event=password_reset_confirm.submit&new_password={password}&confirm_password={password}"
    );
    let (to, html) = sent(browser, &path, &form).await;
    assert_eq!(to.as_deref(), Some("/login"), "{html}");
    let form = format!("_event=login.submit&username=ann&password={password}");
    let (to, html) = sent(browser, "/login", &form).await;
    assert_eq!(to.as_deref(), Some("/"), "{html}");
    let other = site.server.browser();
    let html = other.text(link).await;
    assert!(html.contains("invalid or has expired"), "{html}");
}

#[tokio::test]
async fn c189_c190_a_state_of_ones_own_signs_in_and_out() {
    let site = start(AuthSettings::default()).await;
    let mut socket = Socket::open(&site.browser, "/door").await;
    let reply = socket
        .event("door_auth.enter", json!(["ann", "wrong"]))
        .await;
    assert!(
        reply.patched().contains("Invalid username or password."),
        "{reply:?}"
    );
    let form = [("name", "ann"), ("password", PASSWORD)];
    let reply = socket.submit("door_auth.enter_form", &form).await;
    let navigate = reply.effect("navigate").expect("a way on");
    assert_eq!(
        (&navigate["to"], &navigate["replace"]),
        (&json!("/probe"), &json!(true))
    );
    let reply = socket.event("door_auth.leave", json!([])).await;
    assert_eq!(reply.effect("navigate").expect("a way on")["to"], "/door");
    let reply = socket.event("door_auth.submit_login", json!([])).await;
    assert!(reply.effect("refused").is_some(), "{reply:?}");
}

#[tokio::test]
async fn c191_a_login_takes_the_place_of_its_page_in_the_history() {
    let site = start(AuthSettings::default()).await;
    let mut socket = Socket::open(&site.browser, "/login?next=%2Fprobe").await;
    let form = [("username", "ann"), ("password", PASSWORD)];
    let reply = socket.submit("login.submit", &form).await;
    let navigate = reply.effect("navigate").expect("a way on");
    assert_eq!(
        (&navigate["to"], &navigate["replace"]),
        (&json!("/probe"), &json!(true))
    );
}

#[tokio::test]
async fn d017_registration_that_is_switched_off_has_no_event() {
    let site = start(AuthSettings {
        signup_enabled: false,
        ..AuthSettings::default()
    })
    .await;
    let form = register_form("bob", "violet-umbrella-6");
    site.browser.text("/probe").await;
    let answer = site.browser.post("/register", &form).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    let mut socket = Socket::open(&site.browser, "/login").await;
    let reply = socket
        .submit("register.submit", &[("username", "bob")])
        .await;
    assert!(reply.effect("refused").is_some(), "{reply:?}");
    // nor where the page was added by hand
    let by_hand = |app: App| {
        app.page::<rdj::auth::page::RegisterPage>()
            .page::<ProbePage>()
    };
    let settings = AuthSettings {
        signup_enabled: false,
        ..AuthSettings::default()
    };
    let site = Site::with_settings(settings, by_hand).await;
    site.browser.text("/probe").await;
    let answer = site.browser.post("/register", &form).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    let users = site.auth.users(site.auth.db());
    assert!(
        users
            .by_username("bob")
            .await
            .expect("a database")
            .is_none()
    );
}
