//! Forgotten passwords, from the form to the new password.

#![expect(clippy::expect_used, reason = "the test fails")]

use rdj_tests::members::{Members, PASSWORD, Visitor};

const NEW: &str = "another battery staple";

/// Asks for a link; the page without what is random in it.
async fn ask(site: &Members, email: &str) -> String {
    let visitor = site.visitor();
    let form = [("email", email)];
    let answer = visitor
        .submit("/password-reset", "password_reset", &form)
        .await;
    assert_eq!(answer.status(), 200);
    let page = answer.text().await.expect("a page");
    let main = page.split("<h1").nth(1).unwrap_or_default();
    main.split("<form").next().unwrap_or_default().to_owned()
}

/// The path of the link in a mail.
pub(super) async fn link(site: &Members, email: &str) -> String {
    let before = site.mails(0).await.len();
    ask(site, email).await;
    let mails = site.mails(before + 1).await;
    let text = &mails.last().expect("a mail").text;
    let at = text.find("https://members.example/").expect("a link");
    let link = text[at..].split_whitespace().next().expect("a link");
    link.trim_start_matches("https://members.example")
        .to_owned()
}

/// Opens a link: the address that it leads to.
pub(super) async fn follow(visitor: &Visitor, link: &str) -> Option<String> {
    let answer = visitor.0.get(link).await;
    let to = answer.headers().get("location")?;
    Some(to.to_str().expect("an address").to_owned())
}

pub(super) async fn set(visitor: &Visitor, path: &str, password: &str) -> reqwest::Response {
    let form = [("new_password", password), ("confirm_password", password)];
    visitor.submit(path, "password_reset_confirm", &form).await
}

#[tokio::test]
async fn r9_mail_goes_to_the_stored_address_of_all_who_have_it() {
    let (site, _) = Members::start().await;
    let users = site.auth.users(site.auth.db());
    let other = rdj::auth::NewUser::new("ann2").password(PASSWORD);
    let made = users.create_user(other.email("ANN@example.com")).await;
    made.expect("a user");
    ask(&site, "aNN@EXAMPLE.com").await;
    let mails = site.mails(2).await;
    let mut to: Vec<&str> = mails.iter().map(|mail| mail.to[0].as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, ["ANN@example.com", "ann@example.com"]);
}

#[tokio::test]
async fn r9b_a_letter_that_looks_alike_gets_no_mail() {
    let (site, _) = Members::start().await;
    let users = site.auth.users(site.auth.db());
    let mike = rdj::auth::NewUser::new("mike").password(PASSWORD);
    let made = users.create_user(mike.email("mike@example.org")).await;
    made.expect("a user");
    // a dotless i, whose upper case is I
    ask(&site, "m\u{131}ke@example.org").await;
    ask(&site, "ann@example.com").await;
    let mails = site.mails(1).await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, ["ann@example.com"]);
}

#[tokio::test]
async fn r10_no_mail_for_inactive_or_unusable_and_one_answer_for_all() {
    let (site, _) = Members::start().await;
    let users = site.auth.users(site.auth.db());
    let inactive = site.user("ina").await;
    users.set_active(&inactive, false).await.expect("a change");
    let unusable = site.user("una").await;
    let taken = users.set_unusable_password(&unusable).await;
    taken.expect("a change");
    let mut answers = Vec::new();
    for name in ["ina", "una", "nobody", "ann"] {
        answers.push(ask(&site, &format!("{name}@example.com")).await);
    }
    assert!(!answers[0].is_empty());
    assert!(
        answers.windows(2).all(|two| two[0] == two[1]),
        "{answers:#?}"
    );
    site.mails(1).await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let mails = site.mails(1).await;
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert_eq!(mails[0].to, ["ann@example.com"]);
}

#[tokio::test]
async fn r11_the_token_leaves_the_address() {
    let (site, _) = Members::start().await;
    let link = link(&site, "ann@example.com").await;
    let visitor = site.visitor();
    let to = follow(&visitor, &link).await.expect("an address");
    let token = link.rsplit('/').next().expect("a token");
    assert!(to.ends_with("/set-password") && !to.contains(token), "{to}");
    let answer = visitor.0.get(&to).await;
    assert_eq!(answer.headers()["referrer-policy"], "same-origin");
    let page = answer.text().await.expect("a page");
    assert!(page.contains("name=\"new_password\"") && !page.contains(token));
    // another browser has no token
    let page = site.visitor().0.text(&to).await;
    assert!(!page.contains("name=\"new_password\""), "{page}");
}

#[tokio::test]
async fn r6_r12_r13_a_link_works_once_and_signs_nobody_in() {
    let (site, _) = Members::start().await;
    let elsewhere = site.signed_in("ann").await;
    let mut open = elsewhere.open("/account").await;
    let link = link(&site, "ann@example.com").await;
    let visitor = site.visitor();
    let to = follow(&visitor, &link).await.expect("an address");
    let weak = set(&visitor, &to, "1234")
        .await
        .text()
        .await
        .expect("a page");
    assert!(weak.contains("numeric"), "{weak}");
    let answer = set(&visitor, &to, NEW).await;
    assert_eq!(answer.headers()["location"], "/login");
    assert_eq!(visitor.whoami().await, "nobody");
    let login = visitor.0.text("/login").await;
    assert!(login.contains("password has been set"), "{login}");
    // the sessions of before ended, on open pages too
    assert_eq!(open.told().await.as_deref(), Some("/login?next=%2Faccount"));
    assert_eq!(elsewhere.whoami().await, "nobody");
    assert!(visitor.sign_in("ann", NEW).await.contains("Hello ann"));
    let again = site.visitor().0.get(&link).await;
    assert_eq!(again.status(), 200);
    let again = again.text().await.expect("a page");
    assert!(again.contains("invalid or has expired"), "{again}");
}

#[tokio::test]
async fn r5_a_sign_in_ends_links() {
    let (site, _) = Members::start().await;
    let link = link(&site, "ann@example.com").await;
    site.signed_in("ann").await;
    assert_eq!(follow(&site.visitor(), &link).await, None);
}

#[tokio::test]
async fn r8_malformed_links_are_unsuccessful() {
    let (site, _) = Members::start().await;
    let link = link(&site, "ann@example.com").await;
    let (start, token) = link.rsplit_once('/').expect("a token");
    for bad in [
        format!("{start}/{token}x"),
        format!("{start}/-"),
        format!("{start}/set-password"),
        format!("/password-reset/confirm/%3F/{token}"),
        format!("/password-reset/confirm/MTAwMDAwMDAwMDAwMDAwMDAwMDAw/{token}"),
    ] {
        let answer = site.visitor().0.get(&bad).await;
        assert_eq!(answer.status(), 200, "{bad}");
        let page = answer.text().await.expect("a page");
        assert!(page.contains("invalid or has expired"), "{bad}: {page}");
    }
}
