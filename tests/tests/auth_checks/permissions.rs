//! Who may open what.

use rdj_tests::members::{Members, Visitor};
use serde_json::json;

/// The status of a page, of an event there and of a route that are guarded alike.
async fn statuses(visitor: &Visitor, page: &str, route: &str) -> [u16; 3] {
    let opened = visitor.0.get(page).await.status();
    let sent = visitor.send(page, "bump", &json!([])).await.status();
    let routed = visitor.0.get(route).await.status();
    [opened, sent, routed].map(|status| status.as_u16())
}

#[tokio::test]
async fn p7_own_permissions_and_those_of_groups_open_pages_and_routes() {
    let (site, _) = Members::start().await;
    let users = site.auth.users(site.auth.db());
    let ann = site.row("ann").await;
    let visitor = site.signed_in("ann").await;
    let tried = || statuses(&visitor, "/groups", "/api/groups");
    assert_eq!(tried().await, [403, 403, 403]);
    let view = "auth.view_group";
    users
        .add_permission(&ann, view)
        .await
        .expect("a permission");
    assert_eq!(tried().await, [200, 200, 200]);
    users.remove_permission(&ann, view).await.expect("a change");
    assert_eq!(tried().await, [403, 403, 403]);
    let editors = users.create_group("editors").await.expect("a group");
    users.grant(&editors, view).await.expect("a permission");
    users.add_to_group(&ann, "editors").await.expect("a member");
    assert_eq!(tried().await, [200, 200, 200]);
}

#[tokio::test]
async fn p9_inactive_has_none_and_p10_superuser_has_all() {
    let (site, _) = Members::start().await;
    let users = site.auth.users(site.auth.db());
    let ann = site.row("ann").await;
    let visitor = site.signed_in("ann").await;
    users.set_superuser(&ann, true).await.expect("a change");
    let tried = || statuses(&visitor, "/groups", "/api/groups");
    assert_eq!(tried().await, [200, 200, 200]);
    // a superuser is not of the staff by that
    assert_eq!(statuses(&visitor, "/staff", "/api/staff").await, [403; 3]);
    users.set_active(&ann, false).await.expect("a change");
    assert_eq!(tried().await, [303, 303, 401]);
}

#[tokio::test]
async fn staff_pages_and_routes() {
    let (site, _) = Members::start().await;
    let users = site.auth.users(site.auth.db());
    let ann = site.row("ann").await;
    let visitor = site.signed_in("ann").await;
    let tried = || statuses(&visitor, "/staff", "/api/staff");
    assert_eq!(tried().await, [403; 3]);
    users.set_staff(&ann, true).await.expect("a change");
    assert_eq!(tried().await, [200; 3]);
    let mut tab = visitor.open("/staff").await;
    users.set_staff(&ann, false).await.expect("a change");
    assert_eq!(tab.told().await.as_deref(), Some("/staff"));
}

#[tokio::test]
async fn a15_the_way_to_the_login_page_keeps_the_query() {
    let (site, _) = Members::start().await;
    let visitor = site.visitor();
    let answer = visitor.0.get("/account?page=2&sort=-name").await;
    assert_eq!(answer.status(), 303);
    let to = answer.headers()["location"].to_str().expect("an address");
    assert_eq!(to, "/login?next=%2Faccount%3Fpage%3D2%26sort%3D-name");
    let mut socket = rdj_tests::Socket::connect(&visitor.0, &[])
        .await
        .expect("a socket");
    let told = socket.join("/account?page=2").await.expect("an answer");
    assert_eq!(told["to"], "/login?next=%2Faccount%3Fpage%3D2");
}
