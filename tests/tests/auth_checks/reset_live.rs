//! Forgotten passwords on open pages: the forms of [`super::reset`] over a socket.

use rdj_tests::members::{Members, PASSWORD, Visitor, sent_to};

use super::reset::{follow, link};

const NEW: &str = "another battery staple";

/// Asks for a link on an open page; what changed on it.
async fn ask(site: &Members, email: &str) -> String {
    let mut tab = site.visitor().open("/password-reset").await;
    let form = [("email", email)];
    let reply = tab.socket.submit("password_reset.submit", &form).await;
    let changed = reply.patched();
    assert!(!changed.is_empty(), "{:?}", reply.effects());
    changed
}

/// Sets a password on an open page: what changed on it, and where it leads to.
async fn set(visitor: &Visitor, path: &str, password: &str) -> (String, Option<String>) {
    let mut tab = visitor.open(path).await;
    let form = [("new_password", password), ("confirm_password", password)];
    let reply = tab
        .socket
        .submit("password_reset_confirm.submit", &form)
        .await;
    (reply.patched(), sent_to(&reply))
}

#[tokio::test]
async fn r9_r9b_mail_goes_to_the_stored_address_on_a_socket() {
    let (site, _) = Members::start().await;
    let users = site.auth.users(site.auth.db());
    for (name, email) in [("ann2", "ANN@example.com"), ("mike", "mike@example.org")] {
        let new = rdj::auth::NewUser::new(name).password(PASSWORD);
        users.create_user(new.email(email)).await.expect("a user");
    }
    // a dotless i, whose upper case is I
    ask(&site, "m\u{131}ke@example.org").await;
    ask(&site, "aNN@EXAMPLE.com").await;
    let mails = site.mails(2).await;
    let mut to: Vec<&str> = mails.iter().map(|mail| mail.to[0].as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, ["ANN@example.com", "ann@example.com"]);
}

#[tokio::test]
async fn r10_one_answer_for_all_on_a_socket() {
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
    assert!(
        answers.windows(2).all(|two| two[0] == two[1]),
        "{answers:#?}"
    );
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let mails = site.mails(1).await;
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert_eq!(mails[0].to, ["ann@example.com"]);
}

#[tokio::test]
async fn r6_r12_r13_a_link_works_once_and_signs_nobody_in_on_a_socket() {
    let (site, _) = Members::start().await;
    let elsewhere = site.signed_in("ann").await;
    let mut open = elsewhere.open("/account").await;
    let link = link(&site, "ann@example.com").await;
    let visitor = site.visitor();
    let to = follow(&visitor, &link).await.expect("an address");
    let (weak, leads_to) = set(&visitor, &to, "1234").await;
    assert!(weak.contains("numeric") && leads_to.is_none(), "{weak}");
    let (_, leads_to) = set(&visitor, &to, NEW).await;
    assert_eq!(leads_to.as_deref(), Some("/login"));
    assert_eq!(visitor.whoami().await, "nobody");
    assert_eq!(open.told().await.as_deref(), Some("/login?next=%2Faccount"));
    assert_eq!(elsewhere.whoami().await, "nobody");
    assert!(visitor.sign_in("ann", NEW).await.contains("Hello ann"));
    let again = site.visitor().0.text(&link).await;
    assert!(again.contains("invalid or has expired"), "{again}");
}
