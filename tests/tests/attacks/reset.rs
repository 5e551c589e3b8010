//! Forgotten passwords, and what answers tell about who has an account.

use rdj::security::Security;
use rdj_tests::Browser;

use super::{
    raw,
    site::{ORIGIN, PASSWORD, Site, encoded, try_login, without_tokens},
};

/// A site that answers to any host and believes this machine as a proxy: the worst setup.
async fn lax() -> Site {
    let security = Security::new()
        .allowed_hosts(["*"])
        .trusted_proxies(["127.0.0.1"])
        .expect("a network");
    Site::with(|_| {}, |app| app.security(security)).await
}

/// Asks for a link, with more headers.
async fn ask(browser: &Browser, email: &str, headers: &[(&str, &str)]) -> raw::Answer {
    let form = [("_event", "password_reset.submit"), ("email", email)];
    raw::post(browser, "/password-reset", headers, &encoded(&form)).await
}

#[tokio::test]
async fn a_forged_host_poisons_no_reset_link() {
    let site = lax().await;
    site.user("ann").await;
    let forged: [&[(&str, &str)]; 5] = [
        &[("Host", "evil.example")],
        &[("X-Forwarded-Host", "evil.example")],
        &[
            ("X-Forwarded-Host", "evil.example"),
            ("X-Forwarded-Proto", "https"),
        ],
        &[("Host", "evil.example"), ("Origin", "http://evil.example")],
        &[
            ("Forwarded", "host=evil.example"),
            ("X-Original-Host", "evil.example"),
        ],
    ];
    let browser = site.server.browser();
    browser.get("/password-reset").await;
    let count = forged.len();
    for headers in forged {
        // over https the check of the origin wants to see one
        let mut headers = headers.to_vec();
        if headers.iter().any(|(name, _)| *name == "X-Forwarded-Proto") {
            headers.push(("Origin", "https://evil.example"));
        }
        let answer = ask(&browser, "ann@example.com", &headers).await;
        assert_eq!(answer.status, 200, "{headers:?}: {answer:?}");
    }
    let mails = site.mails(count).await;
    assert_eq!(mails.len(), count);
    for mail in mails {
        let link = format!("{ORIGIN}/password-reset/confirm/");
        assert!(mail.text.contains(&link), "{}", mail.text);
        assert!(!format!("{mail:?}").contains("evil"), "{mail:?}");
    }
}

#[tokio::test]
async fn a_reset_mail_goes_to_the_stored_address_only() {
    let site = Site::start().await;
    site.user("mike").await;
    let browser = site.server.browser();
    browser.get("/password-reset").await;
    ask(&browser, " MIKE@Example.COM ", &[]).await;
    let sent = site.mails(1).await;
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].to, ["mike@example.com"]);
    assert!(sent[0].bcc.is_empty());
    for typed in [
        "m\u{131}ke@example.com",
        "mike@ex\u{430}mple.com",
        "mike@example.com,eve@evil.example",
        "mike@example.com eve@evil.example",
        "mike@example.com\r\nBcc: eve@evil.example",
        "mike@example.com%0aBcc:eve@evil.example",
        "<mike@example.com>",
        "Mike <mike@example.com>",
        "mike@example.com\u{0}",
        "%@example.com",
        "m_ke@example.com",
        "mike@example.com.evil.example",
    ] {
        ask(&browser, typed, &[]).await;
    }
    let sent = site.mails(1).await;
    assert_eq!(sent.len(), 1, "{sent:?}");
    // letters that are one without their case may find the account, and the mail goes to it alone
    ask(&browser, "mi\u{212a}e@example.com", &[]).await;
    for mail in site.mails(1).await {
        assert_eq!(mail.to, ["mike@example.com"]);
        assert!(!format!("{mail:?}").contains('\u{212a}'));
    }
}

#[tokio::test]
async fn a_reset_link_works_once_and_for_its_user_only() {
    let site = Site::start().await;
    let ann = site.user("ann").await;
    let eve = site.user("eve").await;
    let link = |user: &rdj::auth::entity::user::Model, id: i32| {
        let token = site.auth.reset_tokens().make(user);
        let uid = rdj::auth::token::uid(id.into());
        format!("/password-reset/confirm/{uid}/{token}")
    };
    // eve's token with ann's key, and what is no token
    let browser = site.server.browser();
    let good = link(&ann, ann.id);
    for bad in [
        link(&eve, ann.id),
        format!("{good}0"),
        good.replace('-', "_"),
        good.trim_end_matches(|letter| letter != '/').to_owned() + "set-password",
        good.trim_end_matches(|letter| letter != '/').to_owned() + "%00",
    ] {
        let answer = raw::get(&browser, &bad, &[]).await;
        assert_ne!(answer.status, 303, "{bad}: {answer:?}");
        assert!(
            !answer.body.contains("new_password"),
            "{bad}: {}",
            answer.body
        );
    }
    let answer = raw::get(&browser, &good, &[]).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    let to = answer.header("location").unwrap_or_default();
    assert!(
        to.ends_with("/set-password"),
        "the token leaves the address: {to}"
    );
    // the link alone signs nobody in
    assert_eq!(browser.get("/private").await.status(), 303);
    let visitor = site.server.browser();
    let page = visitor.get(&good).await;
    let to = page.headers()["location"]
        .to_str()
        .expect("an address")
        .to_owned();
    let form = [
        ("_event", "password_reset_confirm.submit"),
        ("new_password", "a much better one"),
        ("confirm_password", "a much better one"),
    ];
    // the session of ann's link sets no password of eve
    let uid = rdj::auth::token::uid(eve.id.into());
    let other = format!("/password-reset/confirm/{uid}/set-password");
    visitor.get(&other).await;
    visitor.post(&other, &encoded(&form)).await;
    assert_eq!(
        try_login(&site.server.browser(), "eve", PASSWORD).await,
        303
    );
    visitor.get(&to).await;
    assert_eq!(visitor.post(&to, &encoded(&form)).await.status(), 303);
    assert_eq!(
        try_login(&site.server.browser(), "ann", "a much better one").await,
        303
    );
    let answer = raw::get(&site.server.browser(), &good, &[]).await;
    assert_ne!(answer.status, 303, "used");
}

/// Status, headers that say something, and text of an answer, without tokens and what was typed.
async fn told(answer: reqwest::Response, typed: &str) -> (u16, String) {
    let status = answer.status().as_u16();
    let skipped = ["date", "set-cookie"];
    let headers: Vec<String> = answer
        .headers()
        .iter()
        .filter(|(name, _)| !skipped.contains(&name.as_str()) && *name != "content-length")
        .map(|(name, value)| format!("{name}: {value:?}"))
        .collect();
    let text = answer.text().await.expect("a text");
    let text = without_tokens(&text).replace(typed, "TYPED");
    (status, format!("{}\n{text}", headers.join("\n")))
}

#[tokio::test]
async fn answers_of_login_and_reset_tell_nobody_who_has_an_account() {
    let site = Site::start().await;
    site.user("known").await;
    let users = site.auth.users(&site.db);
    let off = site.user("switched").await;
    users.set_active(&off, false).await.expect("a change");
    let without = site.user("without").await;
    users
        .set_unusable_password(&without)
        .await
        .expect("a change");
    let mut logins = Vec::new();
    let mut resets = Vec::new();
    for name in ["known", "switched", "without", "unknown", "' or 1=1 --"] {
        let form = [
            ("_event", "login.submit"),
            ("username", name),
            ("password", "wrong"),
        ];
        let answer = site.server.browser().post("/login", &encoded(&form)).await;
        let typed = if name.contains('\'') {
            "&#39; or 1=1 --"
        } else {
            name
        };
        logins.push(told(answer, typed).await);
        if name.contains('\'') {
            continue;
        }
        let email = format!("{name}@example.com");
        let form = [("_event", "password_reset.submit"), ("email", &email)];
        let browser = site.server.browser();
        let answer = browser.post("/password-reset", &encoded(&form)).await;
        resets.push(told(answer, &email).await);
    }
    // the right password of an account that is switched off tells nothing either
    let form = [
        ("_event", "login.submit"),
        ("username", "switched"),
        ("password", PASSWORD),
    ];
    let answer = site.server.browser().post("/login", &encoded(&form)).await;
    logins.push(told(answer, "switched").await);
    for answers in [&logins, &resets] {
        for answer in &answers[1..] {
            assert_eq!(*answer, answers[0]);
        }
    }
    assert_eq!(site.mails(1).await.len(), 1, "the mail tells, to its owner");
}
