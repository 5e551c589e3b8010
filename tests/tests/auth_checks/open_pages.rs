//! What open pages follow within a second, though nobody sends an event there.

use rdj::{
    auth::{Auth, Users},
    orm::sea_orm::ConnectionTrait as _,
};
use rdj_tests::{
    Socket,
    members::{Members, PASSWORD, Tab, sent_to, settings},
};
use serde_json::json;

const NEW: &str = "another battery staple";
const LOGIN: &str = "/login?next=%2Faccount";

#[tokio::test]
async fn d033_logout_in_one_tab_ends_the_page_of_the_other() {
    let (site, _) = Members::start().await;
    let visitor = site.signed_in("ann").await;
    let mut one = visitor.open("/").await;
    let mut other = visitor.open("/account").await;
    one.event("sign_out", json!([])).await;
    assert_eq!(other.told().await.as_deref(), Some(LOGIN));
    let reply = other.event("bump", json!([])).await;
    assert_eq!(sent_to(&reply).as_deref(), Some(LOGIN), "{reply:?}");
}

#[tokio::test]
async fn d033_logout_by_a_form_ends_open_pages() {
    let site = Members::over_database().await;
    let visitor = site.signed_in("ann").await;
    let mut tab = visitor.open("/account").await;
    visitor.event("sign_out", json!([])).await;
    assert_eq!(tab.told().await.as_deref(), Some(LOGIN));
}

#[tokio::test]
async fn s13_s14_another_password_ends_other_sockets_and_this_one_goes_on() {
    for over_database in [false, true] {
        let site = if over_database {
            Members::over_database().await
        } else {
            Members::start().await.0
        };
        let (here, there) = (site.signed_in("ann").await, site.signed_in("ann").await);
        let mut mine = here.open("/account").await;
        let mut other = there.open("/account").await;
        let reply = mine.event("change_password", json!([PASSWORD, NEW])).await;
        assert!(reply.patched().contains("Changed"), "{reply:?}");
        assert_eq!(other.told().await.as_deref(), Some(LOGIN));
        assert_eq!(there.whoami().await, "nobody");
        assert!(mine.says("bump").await.contains('1'));
        assert!(mine.says("whoami").await.contains("ann"));
        assert_eq!(here.whoami().await, "ann");
        // the page is found again over another socket
        let (token, version) = (mine.socket.token.clone(), mine.socket.version);
        drop(mine);
        let mut again = rdj_tests::Socket::connect(&here.0, &[])
            .await
            .expect("a socket");
        again.token = token;
        again.version = version;
        let hello = again.join("/account").await.expect("a hello");
        assert_eq!(hello["fresh"], false, "{hello}");
    }
}

#[tokio::test]
async fn a_page_that_waits_for_its_socket_follows_when_it_is_back() {
    let (site, _) = Members::start().await;
    let ann = site.row("ann").await;
    let users = site.auth.users(site.auth.db());
    users.set_staff(&ann, true).await.expect("a change");
    let visitor = site.signed_in("ann").await;
    let tab = visitor.open("/staff").await;
    let (token, version) = (tab.socket.token.clone(), tab.socket.version);
    drop(tab);
    users.set_staff(&ann, false).await.expect("a change");
    let mut socket = Socket::connect(&visitor.0, &[]).await.expect("a socket");
    (socket.token, socket.version) = (token, version);
    let hello = socket.join("/staff").await.expect("a hello");
    assert_eq!(hello["fresh"], false, "{hello}");
    let mut tab = Tab { visitor, socket };
    assert_eq!(tab.told().await.as_deref(), Some("/staff"));
}

#[tokio::test]
async fn s13_a_password_set_by_somebody_else_ends_sockets() {
    let (site, _) = Members::start().await;
    let mut tab = site.signed_in("ann").await.open("/account").await;
    let ann = site.row("ann").await;
    let users = site.auth.users(site.auth.db());
    users.set_password(&ann, NEW).await.expect("a change");
    assert_eq!(tab.told().await.as_deref(), Some(LOGIN));
}

#[tokio::test]
async fn s15_who_is_switched_off_loses_open_pages() {
    let (site, _) = Members::start().await;
    let mut tab = site.signed_in("ann").await.open("/account").await;
    let mut public = site.signed_in("ann").await.open("/").await;
    let ann = site.row("ann").await;
    let users = site.auth.users(site.auth.db());
    users.set_active(&ann, false).await.expect("a change");
    assert_eq!(tab.told().await.as_deref(), Some(LOGIN));
    // a page that everybody may have is loaded anew, as it shows what is the user's
    assert_eq!(public.told().await.as_deref(), Some("/"));
}

#[tokio::test]
async fn p11_a_lost_permission_closes_open_pages() {
    let (site, _) = Members::start().await;
    let users = site.auth.users(site.auth.db());
    let ann = site.row("ann").await;
    let view = "auth.view_group";
    users
        .add_permission(&ann, view)
        .await
        .expect("a permission");
    let mut tab = site.signed_in("ann").await.open("/groups").await;
    users.remove_permission(&ann, view).await.expect("a change");
    assert_eq!(tab.told().await.as_deref(), Some("/groups"));
    let reply = tab.event("bump", json!([])).await;
    assert_eq!(sent_to(&reply).as_deref(), Some("/groups"), "{reply:?}");
}

#[tokio::test]
async fn p11_a_lost_group_closes_open_pages() {
    let (site, _) = Members::start().await;
    let users = site.auth.users(site.auth.db());
    let ann = site.row("ann").await;
    let editors = users.create_group("editors").await.expect("a group");
    let view = "auth.view_group";
    users.grant(&editors, view).await.expect("a permission");
    users.add_to_group(&ann, "editors").await.expect("a member");
    let visitor = site.signed_in("ann").await;
    for by_group in [true, false] {
        let mut tab = visitor.open("/groups").await;
        if by_group {
            users.revoke(&editors, view).await.expect("a change");
        } else {
            users
                .remove_from_group(&ann, "editors")
                .await
                .expect("a change");
        }
        assert_eq!(tab.told().await.as_deref(), Some("/groups"));
        users.grant(&editors, view).await.expect("a permission");
    }
}

#[tokio::test]
async fn p11_a_new_permission_holds_on_an_open_page() {
    let (site, _) = Members::start().await;
    let users = site.auth.users(site.auth.db());
    let ann = site.row("ann").await;
    let mut tab = site.signed_in("ann").await.open("/account").await;
    let reply = tab.event("groups", json!([])).await;
    assert_eq!(reply.effect("refused").unwrap_or_default()["status"], 403);
    let view = "auth.view_group";
    users
        .add_permission(&ann, view)
        .await
        .expect("a permission");
    assert!(tab.says("groups").await.contains("Groups"));
}

#[tokio::test]
async fn m3_a_session_that_was_deleted_ends_open_pages() {
    let (site, store) = Members::start().await;
    let visitor = site.signed_in("ann").await;
    let mut tab = visitor.open("/account").await;
    for id in store.ids() {
        let deleted = rdj::session::SessionStore::delete(&store, &id).await;
        deleted.expect("a deletion");
    }
    // nobody tells it: the next event finds out
    let mut sent = None;
    for _ in 0..30 {
        sent = sent_to(&tab.event("bump", json!([])).await);
        if sent.is_some() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(sent.as_deref(), Some(LOGIN));
}

#[tokio::test]
async fn a_session_that_another_process_deletes_ends_a_quiet_page() {
    let site = Members::rechecking().await;
    let visitor = site.signed_in("ann").await;
    let mut tab = visitor.open("/account").await;
    assert!(tab.stays().await, "all is as it was");
    // another process: nothing is told to this one
    let deleted = site.auth.db().execute_unprepared("DELETE FROM rdj_session");
    let rows = deleted.await.expect("a deletion").rows_affected();
    assert_eq!(rows, 1);
    assert_eq!(tab.told().await.as_deref(), Some(LOGIN));
}

#[tokio::test]
async fn rights_that_another_process_takes_close_a_quiet_page() {
    let site = Members::rechecking().await;
    let other = Auth::new(site.auth.db().clone(), settings()).expect("another process");
    let users: Users = other.users(other.db());
    let ann = site.row("ann").await;
    let view = "auth.view_group";
    users
        .add_permission(&ann, view)
        .await
        .expect("a permission");
    let visitor = site.signed_in("ann").await;
    let mut tab = visitor.open("/groups").await;
    assert!(tab.stays().await, "all is as it was");
    users.remove_permission(&ann, view).await.expect("a change");
    assert_eq!(tab.told().await.as_deref(), Some("/groups"));
    let mut tab = visitor.open("/account").await;
    users.set_active(&ann, false).await.expect("a change");
    assert_eq!(tab.told().await.as_deref(), Some(LOGIN));
}
