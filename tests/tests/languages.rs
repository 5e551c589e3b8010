//! Languages: which one a request and an event are in, and that an open page follows a switch.

#![expect(
    unreachable_pub,
    reason = "states and pages are written as in an application"
)]

use std::path::Path;

use chrono::NaiveDate;
use rdj::{
    App,
    i18n::{I18n, missing_messages},
    prelude::*,
};
use rdj_tests::{Browser, Server, Socket};
use reqwest::{Client, Response, header, redirect::Policy};
use serde_json::json;

/// Steps, and what a handler saw.
#[rdj::app_state]
pub struct StepsState {
    /// How many.
    pub count: i64,
    /// What a handler found out.
    pub seen: String,
    /// Bindable, for an error that stays on the page.
    #[var(bind)]
    pub age: Option<i32>,
}

#[rdj::events]
impl StepsState {
    async fn step(&mut self, cx: &Cx) {
        self.count += 1;
        self.seen = format!(
            "{} {}",
            cx.language(),
            rdj::t!("languages-greeting", name = "Ada")
        );
    }

    async fn switch(&mut self, cx: &Cx, code: String) -> Result {
        rdj::i18n::set_language(cx, &code).await
    }

    async fn remember(&mut self, cx: &Cx) -> Result {
        cx.session()?.insert("something", 1).await?;
        Ok(())
    }

    async fn refuse(&mut self, _cx: &Cx) -> Result {
        Err(Error::Denied)
    }

    async fn choose(&mut self, cx: &Cx, code: String) -> Result {
        cx.session()?.insert("_language", code).await?;
        Ok(())
    }
}

impl StepsState {
    #[expect(clippy::unused_self, reason = "the template calls it on the state")]
    fn day(&self) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default()
    }
}

/// A page in several languages.
#[rdj::page(route = "/", template = "languages.html", title = "Languages")]
pub struct LanguagesPage {
    /// The state.
    pub steps: StepsState,
}

fn i18n() -> I18n {
    I18n::new()
        .languages(["en", "de", "fr", "ar"])
        .catalogues(rdj::catalogues!("locales"))
}

async fn server() -> Server {
    let app = App::new()
        .page::<LanguagesPage>()
        .i18n(i18n())
        .layer_at(rdj::Stage::Session, rdj::session::memory());
    Server::start(app).await
}

/// A GET with these headers, by a browser without cookies.
async fn get(server: &Server, path: &str, headers: &[(header::HeaderName, &str)]) -> Response {
    let client = Client::builder().redirect(Policy::none()).build();
    let mut request = client.expect("a client").get(server.url(path));
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    request.send().await.expect("an answer")
}

async fn html(server: &Server, headers: &[(header::HeaderName, &str)]) -> String {
    let answer = get(server, "/", headers).await;
    answer.text().await.expect("a text")
}

/// An open page of a browser that sends this header.
async fn open(browser: &Browser, accepts: &str) -> Socket {
    let token = browser.text("/").await;
    let token = token.split("name=\"rdj-page\" content=\"").nth(1);
    let token = token
        .and_then(|rest| rest.split('"').next())
        .expect("a token");
    let headers = [("accept-language", accepts)];
    let mut socket = Socket::connect(browser, &headers).await.expect("a socket");
    token.clone_into(&mut socket.token);
    socket.join("/").await.expect("a hello");
    socket
}

#[tokio::test]
async fn a_page_is_in_the_language_that_the_browser_prefers() {
    let server = server().await;
    let answer = get(&server, "/", &[(header::ACCEPT_LANGUAGE, "de,en;q=0.9")]).await;
    assert_eq!(answer.headers()[header::CONTENT_LANGUAGE], "de");
    let vary = answer.headers().get_all(header::VARY).iter();
    let vary: Vec<_> = vary.filter_map(|value| value.to_str().ok()).collect();
    let vary = vary.join(", ");
    assert!(
        vary.contains("Accept-Language") && vary.contains("Cookie"),
        "{vary}"
    );
    let text = answer.text().await.expect("a text");
    for part in [
        "<html lang=\"de\" dir=\"ltr\">",
        "<h1>Sprachen</h1>",
        "0 Schritte",
        "Zum Inhalt springen",
        "21.11.2026 1.234,5",
        "data-text-reload=\"Neu laden\"",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let english = html(&server, &[]).await;
    assert!(
        english.contains("<html lang=\"en\" dir=\"ltr\">"),
        "{english}"
    );
    assert!(english.contains("Skip to content") && !english.contains("data-text-"));
}

#[tokio::test]
async fn the_cookie_is_stronger_than_the_browser_and_the_session_stronger_than_the_cookie() {
    let server = server().await;
    let accepts = (header::ACCEPT_LANGUAGE, "fr");
    let german = (header::COOKIE, "a=b; django_language=de");
    assert!(
        html(&server, &[accepts.clone(), german.clone()])
            .await
            .contains("lang=\"de\"")
    );
    // a cookie that is none of the languages is as good as none
    let unknown = (header::COOKIE, "django_language=xx");
    assert!(
        html(&server, &[accepts.clone(), unknown])
            .await
            .contains("lang=\"fr\"")
    );
    assert!(
        html(&server, &[(header::ACCEPT_LANGUAGE, "xx, *")])
            .await
            .contains("lang=\"en\"")
    );

    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/").await;
    let reply = socket.event("steps.choose", json!(["ar"])).await;
    browser.redeem(&reply).await;
    let session = browser.cookies().expect("a session");
    let cookies = format!("{session}; django_language=de");
    assert!(
        html(&server, &[accepts, (header::COOKIE, &cookies)])
            .await
            .contains("lang=\"ar\"")
    );
}

#[tokio::test]
async fn an_event_is_in_the_language_of_its_socket() {
    let server = server().await;
    let mut socket = open(&server.browser(), "de,en;q=0.9").await;
    let text = socket.event("steps.step", json!([])).await.patched();
    assert!(text.contains("de Guten Tag, Ada!"), "{text}");
    let refused = socket.event("steps.refuse", json!([])).await;
    let refused = refused.effect("refused").expect("a refusal");
    assert_eq!(refused["text"], "Sie sind dazu nicht berechtigt.");
}

#[tokio::test]
async fn a_switch_shows_on_the_open_page_and_stays() {
    let server = server().await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/").await;
    let text = socket.event("steps.set_age", json!(["x"])).await.patched();
    assert!(text.contains("Enter a whole number."), "{text}");
    let reply = socket.event("steps.switch", json!(["de"])).await;
    let text = reply.patched();
    for part in [
        "Sprachen",
        "0 Schritte",
        "Bitte geben Sie eine ganze Zahl ein.",
        "de",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let text = socket.event("steps.step", json!([])).await.patched();
    assert!(text.contains("1 Schritt"), "{text}");
    browser.redeem(&reply).await;
    assert!(
        browser
            .cookies()
            .expect("a cookie")
            .contains("django_language=de")
    );
    assert!(browser.text("/").await.contains("<html lang=\"de\""));

    let refused = socket.event("steps.switch", json!(["xx"])).await;
    let refused = refused.effect("refused").expect("a refusal");
    assert_eq!(refused["text"], "Diese Sprache ist nicht verfügbar.");
}

#[tokio::test]
async fn a_switch_is_kept_in_the_session_if_there_is_one() {
    let server = server().await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/").await;
    let reply = socket.event("steps.remember", json!([])).await;
    browser.redeem(&reply).await;
    let session = browser.cookies().expect("a session");
    socket.event("steps.switch", json!(["fr"])).await;
    let page = html(&server, &[(header::COOKIE, &session)]).await;
    assert!(page.contains("<html lang=\"fr\""), "{page}");
}

#[tokio::test]
async fn the_picker_works_without_javascript() {
    let server = server().await;
    let browser = server.browser();
    let page = browser.text("/?a=b").await;
    for part in [
        "action=\"/_language\"",
        "<option value=\"de\" lang=\"de\">Deutsch</option>",
        "<option value=\"en\" lang=\"en\" selected>English</option>",
        "aria-label=\"Language\"",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let answer = browser
        .post("/_language", "language=de&next=%2F%3Fa%3Db")
        .await;
    assert_eq!(answer.status(), 303);
    assert_eq!(answer.headers()[header::LOCATION], "/?a=b");
    assert!(browser.text("/").await.contains("Sprache wechseln"));

    for next in [
        "https://evil.example/",
        "//evil.example",
        "javascript:alert(1)",
    ] {
        let answer = browser
            .post("/_language", &format!("language=fr&next={next}"))
            .await;
        assert_eq!(answer.headers()[header::LOCATION], "/", "{next}");
    }
    assert_eq!(
        browser.post("/_language", "language=xx").await.status(),
        422
    );
    let foreign = browser.post_from("/_language", "language=de", "https://evil.example");
    assert_eq!(foreign.await.status(), 403);
}

#[tokio::test]
async fn arabic_pages_are_from_right_to_left() {
    let server = server().await;
    let page = html(&server, &[(header::ACCEPT_LANGUAGE, "ar-EG")]).await;
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"), "{page}");
    assert!(page.contains("<body lang=\"ar\" dir=\"rtl\">"), "{page}");
    // what the application does not say in Arabic is said in its default language
    assert!(page.contains("<h1>Languages</h1>"), "{page}");
}

#[tokio::test]
async fn pages_about_errors_are_translated() {
    let server = server().await;
    let browser = server.browser();
    // with the token of a page
    browser.text("/").await;
    let answer = browser.post("/_language", "language=de").await;
    assert_eq!(answer.status(), 303);
    // a form without an event
    let answer = browser.post("/", "").await;
    assert_eq!(answer.status(), 400);
    let text = answer.text().await.expect("a text");
    assert!(text.contains("<h1>Ungültige Anfrage</h1>"), "{text}");
    assert!(text.contains("<html lang=\"de\" dir=\"ltr\">"), "{text}");
}

#[tokio::test]
async fn refusals_of_forged_requests_are_translated() {
    let server = server().await;
    let browser = server.browser();
    browser.have_token();
    let accepts = ("accept-language", "de");
    let refused = async |headers: &[(&str, &str)]| {
        let answer = browser.post_with("/", headers).await;
        assert_eq!(answer.status(), 403);
        let html = answer.text().await.expect("a page");
        assert!(html.contains("<html lang=\"de\""), "{html}");
        assert!(html.contains("<h1>Zugriff verweigert</h1>"), "{html}");
        html
    };
    let html = refused(&[accepts]).await;
    assert!(
        html.contains("Das Formular ist nicht mehr aktuell."),
        "{html}"
    );
    let html = refused(&[accepts, ("origin", "https://evil.example")]).await;
    assert!(html.contains("von einer anderen Website"), "{html}");
    let stranger = server.browser();
    let html = stranger.post_with("/", &[accepts]).await.text().await;
    let html = html.expect("a page");
    assert!(html.contains("Erlauben Sie Cookies"), "{html}");
}

#[test]
fn messages_that_sources_use_are_found_missing() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR"));
    let only = I18n::new()
        .languages(["en", "de"])
        .catalogue("en", include_str!("../locales/en.ftl"));
    let folders = [sources.join("tests"), sources.join("templates")];
    let folders = [folders[0].as_path(), folders[1].as_path()];
    let missing = missing_messages(&only, &folders).expect("sources");
    let has = |language: &str, key: &str| {
        let mut all = missing.iter();
        all.any(|one| one.language == language && one.key == key)
    };
    assert!(has("de", "languages-title") && has("de", "languages-greeting"));
    assert!(!has("en", "languages-title") && !has("de", "rdj-save"));
}

#[tokio::test]
async fn mistakes_in_catalogues_stop_the_start() {
    let app = App::new().i18n(I18n::new().catalogue("de", "half = { $open"));
    match app.build() {
        Err(error) => assert!(error.to_string().contains("catalogue `de`"), "{error}"),
        Ok(_) => panic!("it starts"),
    }
}
