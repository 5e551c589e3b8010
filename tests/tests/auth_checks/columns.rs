//! Columns that not everybody may set who may change the row.

use rdj::auth::entity::user;
use rdj_tests::members::{Members, Tab, Visitor};
use serde_json::{Value, json};

/// A site with `ann`, who may see, add and change users, and `root`, who may do all.
async fn site() -> (Members, [Visitor; 2]) {
    let (site, _) = Members::start().await;
    let users = site.auth.users(site.auth.db());
    let root = site.user("root").await;
    users.set_superuser(&root, true).await.expect("a change");
    let ann = site.row("ann").await;
    for right in ["auth.view_user", "auth.add_user", "auth.change_user"] {
        let given = users.add_permission(&ann, right).await;
        given.expect("a permission");
    }
    let visitors = [site.signed_in("ann").await, site.signed_in("root").await];
    (site, visitors)
}

/// Saves the form of a row, or of a new one.
async fn save(visitor: &Visitor, row: Option<&user::Model>, form: &[(&str, &str)]) -> String {
    let path = row.map_or_else(
        || "/people".to_owned(),
        |row| format!("/people?edit={}", row.id),
    );
    let entries = form.iter().map(|(name, value)| format!("&{name}={value}"));
    let body = "_event=people.save".to_owned() + &entries.collect::<String>();
    visitor
        .0
        .post(&path, &body)
        .await
        .text()
        .await
        .expect("a page")
}

const REFUSED: &str = "You may not change this.";

#[tokio::test]
async fn p6_only_a_superuser_makes_superusers_by_a_form() {
    let (site, [ann, root]) = site().await;
    let row = site.row("ann").await;
    for column in ["is_superuser", "is_staff"] {
        let form = [("username", "ann"), ("first_name", "Ann"), (column, "true")];
        let page = save(&ann, Some(&row), &form).await;
        assert!(page.contains(REFUSED), "{column}: {page}");
        assert_eq!(site.row("ann").await, without_login(&row, &site).await);
    }
    // what is sent as it is passes
    let form = [
        ("username", "ann"),
        ("first_name", "Ann"),
        ("is_superuser", "false"),
    ];
    let page = save(&ann, Some(&row), &form).await;
    assert!(!page.contains(REFUSED), "{page}");
    assert_eq!(site.row("ann").await.first_name, "Ann");
    // nor are rights taken away
    let row = site.row("root").await;
    let page = save(
        &ann,
        Some(&row),
        &[("first_name", "Root"), ("is_superuser", "false")],
    )
    .await;
    assert!(page.contains(REFUSED), "{page}");
    assert!(site.row("root").await.is_superuser);

    let row = site.row("ann").await;
    let page = save(&root, Some(&row), &[("is_superuser", "true")]).await;
    assert!(!page.contains(REFUSED), "{page}");
    assert!(site.row("ann").await.is_superuser);
}

/// The row as it was, with the login of now.
async fn without_login(row: &user::Model, site: &Members) -> user::Model {
    user::Model {
        last_login: site.row(&row.username).await.last_login,
        ..row.clone()
    }
}

#[tokio::test]
async fn p6_only_a_superuser_makes_superusers_by_forged_frames() {
    let (site, [ann, root]) = site().await;
    let row = site.row("ann").await;
    let forged = [
        ("username", "ann"),
        ("first_name", "Ann"),
        ("is_superuser", "true"),
    ];
    let mut tab = ann.open("/people").await;
    event(&mut tab, "start_edit", json!([row.id])).await;
    let reply = tab.socket.submit("people.save", &forged).await;
    assert!(reply.patched().contains(REFUSED), "{reply:?}");
    let mut tab = ann.open("/people").await;
    event(&mut tab, "start_edit", json!([row.id])).await;
    event(&mut tab, "set_first_name", json!(["Ann"])).await;
    event(&mut tab, "set_is_superuser", json!([true])).await;
    let said = event(&mut tab, "save", json!([])).await;
    assert!(said.contains(REFUSED), "{said}");
    // as a new row
    let forged = [
        ("username", "eve"),
        ("first_name", "Eve"),
        ("is_superuser", "true"),
    ];
    let mut tab = ann.open("/people").await;
    let reply = tab.socket.submit("people.create", &forged).await;
    assert!(reply.patched().contains(REFUSED), "{reply:?}");
    // the value of a superuser's row does not come along to a new one
    let mut tab = ann.open("/people").await;
    let id = site.row("root").await.id;
    event(&mut tab, "start_edit", json!([id])).await;
    let reply = tab.socket.submit("people.create", &forged[..2]).await;
    assert!(reply.patched().contains(REFUSED), "{reply:?}");
    let users = site.auth.users(site.auth.db());
    let eve = users.by_username("eve").await.expect("an answer");
    assert!(eve.is_none());
    assert!(!site.row("ann").await.is_superuser);

    let mut tab = ann.open("/people").await;
    tab.socket.submit("people.create", &forged[..2]).await;
    assert!(!site.row("eve").await.is_superuser);
    let mut tab = root.open("/people").await;
    let forged = [
        ("username", "bob"),
        ("first_name", "Bob"),
        ("is_superuser", "true"),
    ];
    tab.socket.submit("people.create", &forged).await;
    assert!(site.row("bob").await.is_superuser);
}

async fn event(tab: &mut Tab, name: &str, args: Value) -> String {
    let reply = tab.socket.event(&format!("people.{name}"), args).await;
    reply.patched()
}

#[tokio::test]
async fn p6_a_control_is_disabled_for_who_may_not_use_it() {
    let (_site, [ann, root]) = site().await;
    let control = |html: &str| {
        let at = html.find("id=\"people-is_superuser\"").expect("a control");
        let end = html[at..].find('>').expect("its end");
        html[at..at + end].to_owned()
    };
    let html = ann.0.text("/people").await;
    assert!(control(&html).contains(" disabled"), "{html}");
    assert!(!html.contains("name=\"is_superuser\" value=\"false\""));
    assert!(html.contains("name=\"is_active\" value=\"false\""));
    let html = root.0.text("/people").await;
    assert!(!control(&html).contains(" disabled"), "{html}");
    assert!(html.contains("name=\"is_superuser\" value=\"false\""));
}
