//! Rights for one row, and for the rows that go along with it.

use std::sync::Arc;

use rdj::{
    CurrentUser, Result,
    auth::{
        Auth, AuthSettings, ModelBackend,
        backend::{Account, AuthBackend, Credentials, Object, Verdict, async_trait},
        entity::user,
    },
    orm::{Db, Tables, history, sea_orm::EntityTrait as _},
    session,
};
use rdj_tests::{
    members::{Members, Tab, Visitor, database, settings},
    shelves::{book, fill, leaf, shelf},
};
use serde_json::json;

const REFUSED: &str = "You do not have permission to do this.";

/// Everybody may change the own row.
#[derive(Debug)]
struct Own;

#[async_trait]
impl AuthBackend for Own {
    fn name(&self) -> &'static str {
        "own"
    }

    async fn authenticate(&self, _: &Auth, _: &Db, _: Credentials<'_>) -> Result<Verdict> {
        Ok(Verdict::Unknown)
    }

    async fn get_user(&self, _: &Auth, _: &Db, _: i64) -> Result<Option<Account>> {
        Ok(None)
    }

    async fn has_perm_on(
        &self,
        _: &Auth,
        _: &Db,
        asked: &CurrentUser,
        permission: &str,
        object: Object<'_>,
    ) -> Result<bool> {
        let own = |row: &user::Model| i64::from(row.id) == asked.id();
        Ok(permission == "auth.change_user" && object.row().is_some_and(own))
    }
}

/// A site with `ann`, who may change users, and `bob`, who may change none.
async fn site(backends: Vec<Arc<dyn AuthBackend>>) -> Members {
    let settings = AuthSettings {
        backends,
        ..settings()
    };
    let site = Members::with(database().await, settings, session::memory()).await;
    let ann = site.user("ann").await;
    site.user("bob").await;
    let users = site.auth.users(site.auth.db());
    let given = users.add_permission(&ann, "auth.change_user").await;
    given.expect("a permission");
    site
}

/// Whether somebody may give a user another first name, by a form and by an event; who may not changes
/// nothing.
async fn renames(site: &Members, visitor: &Visitor, tab: &mut Tab, whom: &str) -> [bool; 2] {
    let before = site.row(whom).await;
    let args = json!([before.id, "by a form"]);
    let answer = visitor.send("/", "rename", &args).await;
    let page = answer.text().await.expect("a page");
    let by_form = !page.contains(REFUSED);
    let between = site.row(whom).await;
    assert_eq!(between.first_name != before.first_name, by_form, "{page}");
    let reply = tab.event("rename", json!([before.id, "by an event"])).await;
    let refused = reply.effect("refused");
    let by_event = refused.is_none_or(|refused| refused["text"] != REFUSED);
    let after = site.row(whom).await;
    assert_eq!(after.first_name != between.first_name, by_event);
    [by_form, by_event]
}

#[tokio::test]
async fn p8_a_right_for_one_row_is_refused_by_the_backend_that_comes_along() {
    let site = site(vec![Arc::new(ModelBackend)]).await;
    let ann = site.signed_in("ann").await;
    let mut tab = ann.open("/").await;
    for whom in ["ann", "bob"] {
        let done = renames(&site, &ann, &mut tab, whom).await;
        assert_eq!(done, [false; 2], "a right for all rows is none for {whom}");
    }
    let users = site.auth.users(site.auth.db());
    let row = site.row("ann").await;
    users.set_superuser(&row, true).await.expect("a change");
    assert_eq!(renames(&site, &ann, &mut tab, "bob").await, [true; 2]);
}

#[tokio::test]
async fn p8_a_backend_of_the_application_gives_rights_for_rows() {
    let site = site(vec![Arc::new(ModelBackend), Arc::new(Own)]).await;
    for (who, other) in [("ann", "bob"), ("bob", "ann")] {
        let visitor = site.signed_in(who).await;
        let mut tab = visitor.open("/").await;
        assert_eq!(renames(&site, &visitor, &mut tab, who).await, [true; 2]);
        assert_eq!(renames(&site, &visitor, &mut tab, other).await, [false; 2]);
    }
    let nobody = site.visitor();
    let mut tab = nobody.open("/").await;
    assert_eq!(renames(&site, &nobody, &mut tab, "ann").await, [false; 2]);
}

/// Rows of shelves, books and leaves.
async fn counts(site: &Members) -> [usize; 3] {
    let db = site.auth.db();
    [
        shelf::Entity::find().all(db).await.expect("shelves").len(),
        book::Entity::find().all(db).await.expect("books").len(),
        leaf::Entity::find().all(db).await.expect("leaves").len(),
    ]
}

#[tokio::test]
async fn p12_to_delete_takes_the_right_for_all_that_goes_along() {
    for by_event in [false, true] {
        let (site, _) = Members::start().await;
        fill(site.auth.db()).await.expect("shelves");
        let histories = Tables::new().add(history::Entity);
        histories.create(site.auth.db()).await.expect("histories");
        let users = site.auth.users(site.auth.db());
        let row = site.row("ann").await;
        let give = async |right: &str| {
            let name = format!("shelves.{right}");
            users.add_permission(&row, &name).await.expect(right);
        };
        give("view_shelf").await;
        give("delete_shelf").await;
        let ann = site.signed_in("ann").await;
        let delete = async || {
            if by_event {
                let mut tab = ann.open("/shelves").await;
                let reply = tab.socket.event("shelves.delete", json!([1])).await;
                assert_eq!(reply.effect("refused"), None, "it says why, once");
                reply.patched()
            } else {
                let form = "_event=shelves.delete(1)&_confirmed=1";
                let answer = ann.0.post("/shelves", form).await;
                answer.text().await.expect("a page")
            }
        };
        // its book stands on a shelf of a shelf, and has a leaf
        for (missing, right) in [("Book", "delete_book"), ("Leaf", "delete_leaf")] {
            let said = delete().await;
            assert!(
                said.contains("would also delete") && said.contains(missing),
                "{said}"
            );
            assert!(!said.contains(REFUSED), "it says why, once: {said}");
            assert_eq!(counts(&site).await, [5, 2, 1], "{missing}");
            give(right).await;
        }
        let said = delete().await;
        assert!(!said.contains("would also delete"), "{said}");
        assert_eq!(counts(&site).await, [2, 1, 0], "{said}");
    }
}
