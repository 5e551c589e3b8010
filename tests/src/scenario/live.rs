//! What is told of changed rows: after the commit, and never of what was rolled back.

use std::sync::{Arc, Mutex};

use rdj::{
    Error, Result,
    live::{ChangeKind, RowChange, Subscription},
    orm::{Db, transaction},
    prelude::*,
};

use super::notes::{NotesState, add};
use crate::{models::note, orm::Client};

/// What was heard, in order.
#[derive(Clone, Debug, Default)]
pub struct Heard(Arc<Mutex<Vec<String>>>);

impl Heard {
    /// What was heard since the last call.
    #[must_use]
    pub fn take(&self) -> Vec<String> {
        self.0
            .lock()
            .map(|mut heard| std::mem::take(&mut *heard))
            .unwrap_or_default()
    }

    fn push(&self, text: impl Into<String>) {
        if let Ok(mut heard) = self.0.lock() {
            heard.push(text.into());
        }
    }

    fn listen(&self, client: &Client) -> Subscription {
        let heard = self.clone();
        client.changes().subscribe("note", move |rows| {
            for RowChange { key, kind, .. } in rows {
                let key = key.as_deref().unwrap_or("many");
                heard.push(format!("{kind:?} {key}"));
            }
        })
    }
}

fn update(cx: &Cx, key: i64) {
    cx.changed::<note::Entity>(&key, ChangeKind::Updated);
}

/// Changes and work wait for the commit of the outermost transaction; a rollback drops its own.
pub async fn commits(db: &Db) -> Result {
    let client = Client::new(db, 1);
    let cx = client.cx();
    let heard = Heard::default();
    let listening = heard.listen(&client);

    update(&cx, 1);
    assert_eq!(heard.take(), ["Updated 1"], "without a transaction at once");

    let told = heard.clone();
    transaction(&cx, async |cx| {
        let (inner, work) = (told.clone(), told.clone());
        cx.on_commit(move || work.push("work"));
        update(&cx, 2);
        transaction(&cx, async |cx| {
            update(&cx, 3);
            cx.on_commit(move || inner.push("inner work"));
            Ok(())
        })
        .await?;
        let failed: Result = transaction(&cx, async |cx| {
            update(&cx, 4);
            cx.on_commit(|| unreachable!("it was rolled back"));
            Err(Error::NotFound)
        })
        .await;
        assert!(failed.is_err());
        assert!(told.take().is_empty(), "nothing before the commit");
        Ok(())
    })
    .await?;
    assert_eq!(
        heard.take(),
        ["Updated 2", "Updated 3", "work", "inner work"]
    );

    let failed: Result = transaction(&cx, async |cx| {
        transaction(&cx, async |cx| {
            update(&cx, 5);
            Ok(())
        })
        .await?;
        Err(Error::NotFound)
    })
    .await;
    assert!(failed.is_err());
    let open = rdj::orm::Transaction::begin(&cx).await?;
    update(open.cx(), 6);
    drop(open);
    assert!(heard.take().is_empty(), "what is rolled back is not told");
    drop(listening);
    update(&cx, 7);
    assert!(heard.take().is_empty(), "nobody listens any more");
    Ok(())
}

/// A transaction over very many rows tells that there were many, in bounded memory.
pub async fn crowds(db: &Db) -> Result {
    let client = Client::new(db, 1);
    let heard = Heard::default();
    let _listening = heard.listen(&client);
    transaction(&client.cx(), async |cx| {
        (0..5_000).for_each(|key| update(&cx, key));
        Ok(())
    })
    .await?;
    assert_eq!(heard.take(), ["Updated many"]);
    Ok(())
}

/// The actions of a state tell what they write by themselves; what is refused is not told.
pub async fn actions(db: &Db) -> Result {
    let client = Client::new(db, 1);
    let heard = Heard::default();
    let _listening = heard.listen(&client);
    let id = add(&client, "Milk").await?;
    assert_eq!(heard.take(), [format!("Created {id}")]);

    let mut notes = NotesState::default();
    let key = format!("[{id}]");
    client.call(&mut notes, "start_edit", &key).await?;
    client.submit(&mut notes, "save", &[("title", "")]).await?;
    assert!(heard.take().is_empty(), "the form has an error");
    client
        .submit(&mut notes, "save", &[("title", "Bread")])
        .await?;
    assert_eq!(heard.take(), [format!("Updated {id}")]);

    let other = Client::new(db, 2);
    let _others = heard.listen(&other);
    let refused = other.call(&mut NotesState::default(), "delete", &key).await;
    assert!(refused.is_err());
    assert!(heard.take().is_empty(), "a row of somebody else");
    client.call(&mut notes, "delete", &key).await?;
    assert_eq!(heard.take(), [format!("Deleted {id}")]);
    Ok(())
}
