//! Several sources of users, on a running site.

use std::sync::{Arc, Mutex};

use rdj::{
    CurrentUser, Result,
    auth::{
        Auth, AuthSettings, ModelBackend,
        backend::{Account, AuthBackend, Credentials, Verdict, async_trait},
    },
    orm::Db,
    session,
};
use rdj_tests::members::{Members, PASSWORD, database, settings};
use serde_json::json;

/// Notes that it was asked; refuses `bob`, has a user of its own, and knows nobody else.
#[derive(Clone, Debug)]
struct Noting {
    name: &'static str,
    asked: Arc<Mutex<Vec<&'static str>>>,
}

#[async_trait]
impl AuthBackend for Noting {
    fn name(&self) -> &'static str {
        self.name
    }

    async fn authenticate(&self, _: &Auth, _: &Db, given: Credentials<'_>) -> Result<Verdict> {
        self.asked.lock().expect("a lock").push(self.name);
        Ok(match given.identifier {
            "bob" => Verdict::Denied,
            own if own == self.name => Verdict::User(1000),
            _ => Verdict::Unknown,
        })
    }

    async fn get_user(&self, _: &Auth, _: &Db, id: i64) -> Result<Option<Account>> {
        let user = CurrentUser::new(id, self.name);
        let stamp = "never changes".to_owned();
        Ok((id == 1000).then_some(Account { user, stamp }))
    }
}

#[tokio::test]
async fn p3_p4_backends_are_asked_in_order_and_can_refuse_for_all_after() {
    let asked = Arc::<Mutex<Vec<&'static str>>>::default();
    let noting = |name| {
        let asked = Arc::clone(&asked);
        Arc::new(Noting { name, asked })
    };
    let settings = AuthSettings {
        backends: vec![noting("first"), noting("second"), Arc::new(ModelBackend)],
        ..settings()
    };
    let site = Members::with(database().await, settings, session::memory()).await;
    site.user("ann").await;
    site.user("bob").await;
    let took = || std::mem::take(&mut *asked.lock().expect("a lock"));
    for (name, greeted, order) in [
        ("ann", true, &["first", "second"][..]),
        ("first", true, &["first"]),
        ("second", true, &["first", "second"]),
        // the right password, in the tables that nobody looks into any further
        ("bob", false, &["first"]),
    ] {
        let hello = format!("Hello {name}");
        let said = site.visitor().sign_in(name, PASSWORD).await;
        assert_eq!(said.contains(&hello), greeted, "{said}");
        assert_eq!(took(), order, "{name}");
        let mut tab = site.visitor().open("/").await;
        let reply = tab.event("sign_in", json!([name, PASSWORD])).await;
        assert_eq!(reply.patched().contains(&hello), greeted, "{reply:?}");
        assert_eq!(took(), order, "{name} on a socket");
    }
}
