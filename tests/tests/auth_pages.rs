//! The pages of sign-in, over HTTP and over a socket.

use rdj_tests::{
    Socket,
    sign_in::{PASSWORD, location, log_in, site, status},
};
use reqwest::StatusCode;

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
