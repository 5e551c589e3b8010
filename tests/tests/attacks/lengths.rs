//! Texts without end in what everybody may send.

use rdj_tests::{Socket, members::Members};

#[tokio::test]
async fn fields_of_the_auth_pages_keep_no_more_than_their_length() {
    let (site, _) = Members::start().await;
    let long = "x".repeat(500_000);
    for (page, event, field) in [
        ("/login", "login.submit", "username"),
        ("/register", "register.submit", "username"),
        ("/register", "register.submit", "email"),
        ("/password-reset", "password_reset.submit", "email"),
    ] {
        let form = [(field, long.as_str()), ("password", "y")];
        let answer = site.visitor().submit(page, event, &form).await;
        let text = answer.text().await.expect("a text");
        assert!(text.len() < 20_000, "{page} {field}: {} bytes", text.len());
    }
}

#[tokio::test]
async fn similar_values_without_end_take_no_time_without_end() {
    let (site, _) = Members::start().await;
    // each part alone is compared with the password
    let name = "abcdefghij ".repeat(50_000);
    let password = "z".repeat(4_000);
    let form = [
        ("username", name.as_str()),
        ("password", &password),
        ("confirm_password", &password),
    ];
    let answer = site
        .visitor()
        .submit("/register", "register.submit", &form)
        .await;
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn headers_without_end_open_no_socket() {
    let (site, _) = Members::start().await;
    let visitor = site.visitor();
    visitor.0.get("/").await;
    let long = "x".repeat(20_000);
    let refused = Socket::connect(&visitor.0, &[("x-long", &long)]).await;
    let refused = refused.expect_err("a refusal").to_string();
    assert!(refused.contains("431"), "{refused}");
}
