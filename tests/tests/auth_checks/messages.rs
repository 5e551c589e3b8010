//! Messages around a sign-in.

use rdj_tests::members::{Members, PASSWORD, sent_to};
use serde_json::json;

const SHOWN: &str = "Welcome &lt;back&gt;";

#[tokio::test]
async fn m1_a_message_survives_the_redirect_of_a_login_and_is_shown_once() {
    for site in [Members::start().await.0, Members::over_database().await] {
        let visitor = site.visitor();
        // what is there before makes no difference
        visitor.event("remember", json!(["a pear"])).await;
        let answer = visitor.send("/", "enter", &json!(["ann", PASSWORD])).await;
        assert_eq!(answer.status(), 303);
        assert_eq!(answer.headers()["location"], "/account");
        let page = visitor.0.text("/account").await;
        assert!(page.contains(SHOWN), "escaped: {page}");
        assert!(!visitor.0.text("/account").await.contains("Welcome"));
        let said = visitor.event("recall", json!([])).await;
        assert!(said.contains("a pear"), "{said}");
    }
}

#[tokio::test]
async fn m1_a_message_survives_the_redirect_of_a_login_on_a_socket() {
    for site in [Members::start().await.0, Members::over_database().await] {
        for had_session in [false, true] {
            let visitor = site.visitor();
            if had_session {
                visitor.event("remember", json!(["a pear"])).await;
            }
            let mut tab = visitor.open("/").await;
            let reply = tab.event("enter", json!(["ann", PASSWORD])).await;
            assert_eq!(sent_to(&reply).as_deref(), Some("/account"), "{reply:?}");
            let page = visitor.0.text("/account").await;
            assert!(page.contains(SHOWN), "{page}");
            assert!(!visitor.0.text("/account").await.contains("Welcome"));
        }
    }
}

#[tokio::test]
async fn m1_messages_of_one_user_are_not_shown_to_the_next() {
    let (site, _) = Members::start().await;
    site.user("bob").await;
    let visitor = site.visitor();
    visitor.send("/", "enter", &json!(["ann", PASSWORD])).await;
    visitor.event("sign_out", json!([])).await;
    visitor.sign_in("bob", PASSWORD).await;
    assert!(!visitor.0.text("/account").await.contains("Welcome"));
}
