//! Rules for passwords that are told of new ones.

use std::sync::{Arc, Mutex};

use rdj::{
    auth::{
        AuthSettings, NewUser,
        validate::{PasswordValidator, Person, Validators},
    },
    i18n::Text,
    session,
};
use rdj_tests::members::{Members, PASSWORD, database, settings};
use serde_json::json;

use super::reset;

const NEW: &str = "violet umbrella 6";
const NEWER: &str = "seven green bottles";

/// All passwords that were set, and no rule.
#[derive(Clone, Debug, Default)]
struct History(Arc<Mutex<Vec<(String, String)>>>);

impl History {
    /// What was told since the last question.
    fn told(&self) -> Vec<(String, String)> {
        std::mem::take(&mut *self.0.lock().expect("a list"))
    }
}

impl PasswordValidator for History {
    fn check(&self, _: &str, _: &Person) -> Result<(), Text> {
        Ok(())
    }

    fn help(&self) -> Text {
        Text::literal("Your password is written down.")
    }

    fn password_changed(&self, password: &str, person: &Person) {
        let entry = (person.username.clone(), password.to_owned());
        self.0.lock().expect("a list").push(entry);
    }
}

async fn site() -> (Members, History) {
    let history = History::default();
    let settings = AuthSettings {
        validators: Some(Validators::django(8).with(history.clone())),
        ..settings()
    };
    let site = Members::with(database().await, settings, session::memory()).await;
    (site, history)
}

fn once(name: &str, password: &str) -> Vec<(String, String)> {
    vec![(name.to_owned(), password.to_owned())]
}

#[tokio::test]
async fn v4_a_password_that_is_made_or_set_is_told_once() {
    let (site, history) = site().await;
    let ann = site.user("ann").await;
    assert_eq!(history.told(), once("ann", PASSWORD));
    let users = site.auth.users(site.auth.db());
    users.set_password(&ann, NEW).await.expect("a change");
    assert_eq!(history.told(), once("ann", NEW));
    let root = NewUser::new("root").password(NEW);
    users.create_superuser(root).await.expect("a user");
    assert_eq!(history.told(), once("root", NEW));
}

#[tokio::test]
async fn v4_who_has_no_password_is_told_of_to_nobody() {
    let (site, history) = site().await;
    let users = site.auth.users(site.auth.db());
    let una = users.create_user(NewUser::new("una")).await;
    let una = una.expect("a user");
    let taken = users.set_unusable_password(&una).await;
    taken.expect("a change");
    let again = NewUser::new("UNA").password(PASSWORD);
    assert!(users.create_user(again).await.is_err());
    let gone = rdj::auth::entity::user::Model { id: 99, ..una };
    assert!(users.set_password(&gone, NEW).await.is_err());
    assert_eq!(history.told(), []);
}

#[tokio::test]
async fn v4_a_password_that_is_changed_by_a_page_is_told_once() {
    let (site, history) = site().await;
    site.user("ann").await;
    let visitor = site.signed_in("ann").await;
    history.told();
    let change = async |old: &str, new: &str| {
        let form = [
            ("old_password", old),
            ("new_password", new),
            ("confirm_password", new),
        ];
        visitor
            .submit("/password-change", "password_change", &form)
            .await
    };
    change("wrong", NEW).await;
    change(PASSWORD, "1234").await;
    assert_eq!(history.told(), [], "neither was set");
    assert_eq!(change(PASSWORD, NEW).await.status(), 303);
    assert_eq!(history.told(), once("ann", NEW));
    let mut tab = visitor.open("/account").await;
    tab.event("change_password", json!([NEW, NEWER])).await;
    assert_eq!(history.told(), once("ann", NEWER));
}

#[tokio::test]
async fn v4_a_password_of_the_pages_to_register_and_to_reset_is_told_once() {
    let (site, history) = site().await;
    let form = [
        ("username", "ann"),
        ("email", "ann@example.com"),
        ("password", PASSWORD),
        ("confirm_password", PASSWORD),
    ];
    let visitor = site.visitor();
    let made = visitor.submit("/register", "register", &form).await;
    assert_eq!(made.status(), 303);
    assert_eq!(history.told(), once("ann", PASSWORD));
    let link = reset::link(&site, "ann@example.com").await;
    let visitor = site.visitor();
    let to = reset::follow(&visitor, &link).await.expect("an address");
    assert_eq!(reset::set(&visitor, &to, NEW).await.status(), 303);
    assert_eq!(history.told(), once("ann", NEW));
}
