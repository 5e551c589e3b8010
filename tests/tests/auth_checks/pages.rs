//! The pages of sign-in: where they lead, and what stands in them.

use rdj_tests::members::{Members, PASSWORD, Visitor, escaped};
use reqwest::Response;

fn location(answer: &Response) -> &str {
    let to = answer.headers().get("location");
    to.and_then(|to| to.to_str().ok()).unwrap_or_default()
}

/// Where a sign-in leads that came with this way back, as the address and as an entry of the form.
async fn leads_to(site: &Members, next: &str) -> [String; 2] {
    let login = [("username", "ann"), ("password", PASSWORD)];
    let address = format!("/login?next={}", escaped(next));
    let visitor = site.visitor();
    let by_address = visitor.submit(&address, "login", &login).await;
    assert_eq!(by_address.status(), 303, "{next:?}");
    assert_eq!(visitor.whoami().await, "ann");
    let form = [login[0], login[1], ("next", next)];
    let by_form = site.visitor().submit("/login", "login", &form).await;
    [&by_address, &by_form].map(|answer| location(answer).to_owned())
}

#[tokio::test]
async fn n1_n4_an_evil_way_back_leads_to_the_default() {
    let (site, _) = Members::start().await;
    let long = format!("/{}", "a".repeat(2048));
    for evil in [
        "//e.example/",
        "///e.example",
        "/\\e.example",
        "\\\\e.example",
        "http:///e.example",
        "http:e.example",
        "https://e.example/account",
        "javascript:alert(1)",
        "/\t/e.example",
        " /account",
        "http://user@e.example",
        "http://[::1",
        "",
        &long,
    ] {
        let to = leads_to(&site, evil).await;
        assert_eq!(to, ["/", "/"], "{evil:?}");
    }
}

#[tokio::test]
async fn n2_a_path_of_the_site_is_followed() {
    let (site, _) = Members::start().await;
    let next = "/account?page=2&sort=-name";
    assert_eq!(leads_to(&site, next).await, [next, next]);
    // a signed-in visitor of the login page is sent on, by the same rules
    let visitor = site.signed_in("ann").await;
    let answer = visitor.0.get("/login?next=%2Faccount").await;
    assert_eq!(location(&answer), "/account");
    let answer = visitor.0.get("/login?next=%2F%2Fe.example").await;
    assert_eq!(location(&answer), "/");
}

#[tokio::test]
async fn n2_an_address_of_this_host_is_not_followed() {
    let (site, _) = Members::start().await;
    let next = format!("http://{}/account", site.server.host());
    assert_eq!(leads_to(&site, &next).await, ["/", "/"]);
}

#[tokio::test]
async fn s11_logout_is_post_only() {
    let (site, store) = Members::start().await;
    let visitor = site.signed_in("ann").await;
    assert_eq!(visitor.0.get("/logout").await.status(), 405);
    assert_eq!(visitor.whoami().await, "ann");
    let foreign = visitor
        .0
        .post_from("/logout", "", "https://evil.example")
        .await;
    assert_eq!(foreign.status(), 403);
    assert_eq!(visitor.whoami().await, "ann");
    let answer = visitor.0.post("/logout", "").await;
    assert_eq!(location(&answer), "/login");
    assert_eq!(visitor.whoami().await, "nobody");
    assert!(store.is_empty());
}

#[tokio::test]
async fn s16_the_login_page_has_one_answer_for_all_that_is_wrong() {
    let (site, _) = Members::start().await;
    let bob = site.user("bob").await;
    let users = site.auth.users(site.auth.db());
    users.set_active(&bob, false).await.expect("a change");
    let mut answers = Vec::new();
    for (name, password) in [("ann", "wrong"), ("bob", PASSWORD), ("cid", PASSWORD)] {
        let form = [("username", name), ("password", password)];
        let answer = site.visitor().submit("/login", "login", &form).await;
        let status = answer.status();
        let page = answer.text().await.expect("a page");
        assert!(page.contains("Invalid username or password."), "{page}");
        let main = page.split("<h1").nth(1).unwrap_or_default();
        let main = main.split("</form>").next().unwrap_or_default();
        let main = main.replace(&format!("value=\"{name}\""), "value");
        let token = main.find("csrfmiddlewaretoken").map_or(0, |at| at + 28);
        answers.push((
            status,
            main[..token].to_owned(),
            main[token + 64..].to_owned(),
        ));
    }
    assert!(
        answers.windows(2).all(|two| two[0] == two[1]),
        "{answers:#?}"
    );
}

#[tokio::test]
async fn u6_fields_tell_browsers_what_they_are() {
    let (site, _) = Members::start().await;
    let login = site.visitor().0.text("/login").await;
    for part in [
        "autocomplete=\"username\" autocapitalize=\"none\"",
        "maxlength=\"150\"",
        "type=\"password\" autocomplete=\"current-password\"",
    ] {
        assert!(login.contains(part), "{part}: {login}");
    }
    let register = site.visitor().0.text("/register").await;
    let part = "type=\"password\" autocomplete=\"new-password\"";
    assert!(register.contains(part), "{register}");
}

#[tokio::test]
async fn v3_help_stands_beside_a_new_password() {
    let (site, _) = Members::start().await;
    let ann = site.signed_in("ann").await;
    let register = site.visitor().0.text("/register").await;
    let change = ann.0.text("/password-change").await;
    for page in [register, change] {
        for part in ["at least 8 characters", "commonly used", "entirely numeric"] {
            assert!(page.contains(part), "{part}: {page}");
        }
    }
}

async fn register(visitor: &Visitor, name: &str) -> Response {
    let form = [
        ("username", name),
        ("email", ""),
        ("password", PASSWORD),
        ("confirm_password", PASSWORD),
    ];
    visitor.submit("/register", "register", &form).await
}

#[tokio::test]
async fn r14_sign_up_makes_an_account_and_u4_no_second_by_case() {
    let (site, _) = Members::start().await;
    let visitor = site.visitor();
    let before = {
        visitor.0.get("/register").await;
        visitor.0.cookie("csrftoken")
    };
    let answer = register(&visitor, "dora").await;
    assert_eq!(location(&answer), "/");
    assert_eq!(visitor.whoami().await, "dora");
    assert_ne!(visitor.0.cookie("csrftoken"), before);
    let clash = register(&site.visitor(), "DORA").await;
    assert_eq!(clash.status(), 200);
    let clash = clash.text().await.expect("a page");
    assert!(
        clash.contains("taken") || clash.contains("exists"),
        "{clash}"
    );
}
