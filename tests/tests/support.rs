//! What the tests of states share: a database in memory and a client that sends events.
#![expect(dead_code, reason = "each test binary uses a part of it")]

use std::sync::Arc;

use axum::http::Request;
use rdj::__private::runtime::dispatch::Call;
use rdj::{
    CurrentUser, Cx, Entries, Resources, Result, State,
    orm::{Db, Tables, connect},
};

/// A database in memory with these tables.
pub(crate) async fn database(add: impl FnOnce(Tables) -> Tables) -> Result<Db> {
    let db = connect("sqlite::memory:").await?;
    add(Tables::new()).create(&db).await?;
    Ok(db)
}

/// A signed-in user who sends events.
pub(crate) struct Client {
    db: Db,
    user: Option<i64>,
}

impl Client {
    pub(crate) fn new(db: &Db, user: i64) -> Self {
        Self {
            db: db.clone(),
            user: Some(user),
        }
    }

    pub(crate) fn anonymous(db: &Db) -> Self {
        Self {
            db: db.clone(),
            user: None,
        }
    }

    pub(crate) fn cx(&self) -> Cx {
        let mut parts = Request::new(()).into_parts().0;
        if let Some(id) = self.user {
            parts.extensions.insert(CurrentUser::new(id, "ann"));
        }
        let mut resources = Resources::default();
        resources.insert(self.db.clone());
        Cx::new(parts, Vec::new(), None, Arc::new(resources))
    }

    pub(crate) async fn load<S: State>(&self, state: &mut S) -> Result<Vec<String>> {
        let cx = self.cx();
        state.on_load(&cx).await?;
        Ok(messages(&cx))
    }

    pub(crate) async fn call<S: State>(
        &self,
        state: &mut S,
        event: &str,
        args: &str,
    ) -> Result<Vec<String>> {
        let cx = self.cx();
        state
            .dispatch(
                &cx,
                Call {
                    event,
                    args,
                    form: None,
                },
            )
            .await?;
        Ok(messages(&cx))
    }

    pub(crate) async fn submit<S: State>(
        &self,
        state: &mut S,
        event: &str,
        entries: &[(&str, &str)],
    ) -> Result<Vec<String>> {
        let cx = self.cx();
        let pairs = entries
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let form = Entries::new(pairs.collect());
        state
            .dispatch(
                &cx,
                Call {
                    event,
                    args: "[]",
                    form: Some(&form),
                },
            )
            .await?;
        Ok(messages(&cx))
    }
}

fn messages(cx: &Cx) -> Vec<String> {
    cx.messages()
        .iter()
        .map(|message| message.text.clone())
        .collect()
}
