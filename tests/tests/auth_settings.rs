//! Settings of `AuthSettings` on the pages of sign-in.

use rdj::{
    auth::{AuthPages, AuthSettings, CxAuth as _, settings::LoginField, state::SessionAuth as _},
    testing::TestCx,
};
use rdj_tests::{
    Browser, Socket,
    probe::{self, seen},
    sign_in::{PASSWORD, location, log_in, settings, site_of},
};
use serde_json::json;

/// The answer to a form for a new account.
async fn register(browser: &Browser, name: &str, email: &str) -> reqwest::Response {
    let password = "seven+green+bottles";
    let form =
        format!("username={name}&email={email}&password={password}&confirm_password={password}");
    browser
        .post("/register?_event=register.submit", &form)
        .await
}

#[tokio::test]
async fn an_address_can_be_required() {
    for required in [false, true] {
        let settings = AuthSettings {
            email_required: required,
            ..settings()
        };
        let site = site_of(settings, AuthPages::new()).await;
        let browser = site.server.browser();
        let html = browser.text("/register").await;
        assert_eq!(html.contains("Email (optional)"), !required, "{html}");
        let answer = register(&browser, "bob", "").await;
        let users = site.auth.users(site.auth.db());
        let bob = users.by_username("bob").await.unwrap();
        assert_eq!(bob.is_none(), required);
        let html = answer.text().await.unwrap();
        assert_eq!(html.contains("Email is required."), required, "{html}");
        if required {
            let made = register(&browser, "bob", "bob@example.org").await;
            assert_eq!(location(&made), "/");
        }
    }
}

#[tokio::test]
async fn a_name_can_have_a_least_length() {
    let settings = AuthSettings {
        username_min_length: 4,
        ..settings()
    };
    let site = site_of(settings, AuthPages::new()).await;
    let browser = site.server.browser();
    let html = browser.text("/register").await;
    assert!(html.contains("minlength=\"4\""), "{html}");
    let html = register(&browser, "bob", "").await.text().await.unwrap();
    assert!(html.contains("id=\"register-username-error\""), "{html}");
    assert!(html.contains('4'), "{html}");
    let users = site.auth.users(site.auth.db());
    assert!(users.by_username("bob").await.unwrap().is_none());
    assert_eq!(location(&register(&browser, "b\u{f6}bb", "").await), "/");
    // it is for new accounts: `ann` signs in as before
    let other = site.server.browser();
    assert_eq!(location(&log_in(&other, PASSWORD).await), "/");
}

#[tokio::test]
async fn a_signed_in_visitor_of_the_login_page_goes_elsewhere() {
    let settings = AuthSettings {
        login_redirect_url: "/first".to_owned(),
        redirect_authenticated_user: Some("/again".to_owned()),
        ..settings()
    };
    let site = site_of(settings, AuthPages::new()).await;
    let browser = site.server.browser();
    assert_eq!(location(&log_in(&browser, PASSWORD).await), "/first");
    assert_eq!(location(&browser.get("/login").await), "/again");
    let next = browser.get("/login?next=%2Fpassword-change").await;
    assert_eq!(location(&next), "/password-change");
    // an account that was just made is signed in already
    let other = site.server.browser();
    assert_eq!(location(&register(&other, "bob", "").await), "/again");
}

#[tokio::test]
async fn brand_and_classes_are_on_every_page() {
    let parts = [
        "shell", "brand", "card", "heading", "form", "submit", "links",
    ];
    let class = |part: &&str| ((*part).to_owned(), format!("my-{part} more"));
    let settings = AuthSettings {
        brand_text: "Notes & Co".to_owned(),
        brand_icon_src: "/icon.svg?a=1&b=2".to_owned(),
        page_classes: parts.iter().map(class).collect(),
        ..settings()
    };
    let site = site_of(settings, AuthPages::new()).await;
    let (visitor, ann) = (site.server.browser(), site.server.browser());
    log_in(&ann, PASSWORD).await;
    for (browser, path) in [
        (&visitor, "/login"),
        (&visitor, "/register"),
        (&visitor, "/password-reset"),
        (&ann, "/password-change"),
    ] {
        let html = browser.text(path).await;
        for part in parts {
            let has = html.contains(&format!(" my-{part} more\""));
            assert!(has, "{path}: {part}: {html}");
        }
        let icon = "<img src=\"/icon.svg?a=1&#38;b=2\" alt=\"\"";
        assert!(html.contains(icon), "{path}: {html}");
        assert!(html.contains("<span>Notes &#38; Co</span>"), "{html}");
    }
    let html = visitor.text("/password-reset/confirm/MQ/nonsense").await;
    for part in ["shell", "brand", "card", "heading", "links"] {
        let has = html.contains(&format!(" my-{part} more\""));
        assert!(has, "{part}: {html}");
    }
}

#[tokio::test]
async fn a_logout_keeps_what_the_application_names() {
    let settings = AuthSettings {
        preserved_session_keys: vec!["basket".to_owned(), "tour".to_owned()],
        ..AuthSettings::default()
    };
    let site = probe::Site::with_settings(settings, |app| app).await;
    let mut socket: Socket = site.open_as_ann().await;
    for (key, value) in [("basket", "milk"), ("theme", "dark")] {
        socket.event("probe.put", json!([key, value])).await;
    }
    socket.event("probe.logout", json!([])).await;
    assert_eq!(seen(&mut socket, "user").await, "nobody");
    assert_eq!(seen(&mut socket, "session:basket").await, "milk");
    assert_eq!(seen(&mut socket, "session:theme").await, "none");
}

rdj::auth::session_auth! {
    /// Takes addresses only.
    pub(crate) struct AddressAuth {
        login_fields: &[LoginField::Email],
    }
}

#[tokio::test]
async fn a_sign_in_of_ones_own_takes_what_it_says() {
    let site = probe::Site::start().await;
    let test = TestCx::new().resource(site.auth.clone());
    test.run(async |cx| {
        let mut state = AddressAuth::default();
        state.sign_in(cx, "ann", probe::PASSWORD).await?;
        let told = state.login_error.to_string();
        assert_eq!(told, "Invalid email or password.");
        assert!(cx.user().is_none(), "the name is not asked for");
        state
            .sign_in(cx, "ANN@example.org", probe::PASSWORD)
            .await?;
        assert!(cx.user().is_some() && state.login_error.to_string().is_empty());
        // other pages take what the settings say
        let done = cx.login("ANN@example.org", probe::PASSWORD).await?;
        assert!(done.is_err());
        let done = cx.login("ann", probe::PASSWORD).await?;
        assert!(done.is_ok());
        Ok::<(), rdj::Error>(())
    })
    .await
    .expect("an answer");
}
