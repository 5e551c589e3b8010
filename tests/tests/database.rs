//! The database itself: transactions, writers beside each other, sessions.

use std::{env, fs, path::PathBuf, process};

use rdj::{
    Error, Result,
    orm::{CxDb, Db, DbSessions, connect, sea_orm::EntityTrait, transaction},
    prelude::*,
};
use rdj_tests::{
    models::note,
    orm::{Client, create_tables, memory},
    scenario::notes::{NotesState, add},
};
use serde_json::json;
use tower_sessions::{
    SessionStore,
    cookie::time::{Duration, OffsetDateTime},
    session::{Id, Record},
};

/// A database in a file, removed at the end.
struct File(PathBuf);

impl File {
    fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("rdj-{name}-{}.db", process::id()));
        let _ = fs::remove_file(&path);
        Self(path)
    }

    async fn open(&self) -> Result<Db> {
        let db = connect(&format!("sqlite://{}?mode=rwc", self.0.display())).await?;
        create_tables(&db).await?;
        Ok(db)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm"] {
            let mut path = self.0.clone().into_os_string();
            path.push(end);
            let _ = fs::remove_file(path);
        }
    }
}

/// Read-then-write transactions of many tasks: none finds the database locked.
#[tokio::test(flavor = "multi_thread")]
async fn writers_wait_for_each_other() -> Result {
    let file = File::new("writers");
    let db = file.open().await?;
    let tasks: Vec<_> = (0..8)
        .map(|user| {
            let client = Client::new(&db, user);
            tokio::spawn(async move {
                let id = add(&client, "start").await?;
                let mut notes = NotesState::default();
                for round in 0..20 {
                    client
                        .call(&mut notes, "start_edit", &format!("[{id}]"))
                        .await?;
                    let title = format!("round {round}");
                    client
                        .submit(&mut notes, "save", &[("title", &title)])
                        .await?;
                }
                Ok::<_, Error>(notes.data[0].title.clone())
            })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await??, "round 19");
    }
    Ok(())
}

#[tokio::test]
async fn tables_are_only_added() -> Result {
    let db = memory().await?;
    add(&Client::new(&db, 1), "kept").await?;
    create_tables(&db).await?;
    assert_eq!(note::Entity::find().all(&db).await?.len(), 1);
    Ok(())
}

/// A form that is filled in.
fn titled(title: &str) -> NotesState {
    NotesState {
        title: title.to_owned(),
        priority: 1,
        ..NotesState::default()
    }
}

#[tokio::test]
async fn transactions_roll_back_and_nest() -> Result {
    let db = memory().await?;
    let client = Client::new(&db, 1);
    let cx = client.cx();
    let mut kept = None;
    let failed = transaction(&cx, async |cx| -> Result {
        let mut notes = titled("lost");
        let saved = handlers::save(&mut notes, &cx).await?;
        assert!(saved.is_some() && cx.db()?.pool().is_none());
        kept = Some(cx.db()?);
        Err(Error::Denied)
    });
    assert!(matches!(Box::pin(failed).await, Err(Error::Denied)));
    assert!(note::Entity::find().all(&db).await?.is_empty());
    // a transaction that somebody kept is over, not open for ever
    let kept = kept.ok_or(Error::NotFound)?;
    assert!(note::Entity::find().all(&kept).await.is_err());

    let saved = transaction(&cx, async |cx| {
        let mut notes = titled("bad");
        assert!(handlers::save(&mut notes, &cx).await?.is_none());
        notes.title = "good".to_owned();
        handlers::save(&mut notes, &cx).await
    });
    let saved = Box::pin(saved).await?;
    assert_eq!(saved.map(|row| row.title).as_deref(), Some("good"));
    assert_eq!(note::Entity::find().all(&db).await?.len(), 1);
    Ok(())
}

fn record(minutes: i64) -> Record {
    Record {
        id: Id::default(),
        data: [("n".to_owned(), json!(1))].into_iter().collect(),
        expiry_date: OffsetDateTime::now_utc() + Duration::minutes(minutes),
    }
}

#[tokio::test]
async fn sessions_live_and_die() -> Result {
    let sessions = DbSessions::new(memory().await?);
    sessions.create_table().await?;
    let mut first = record(5);
    sessions.create(&mut first).await?;
    let mut second = Record {
        id: first.id,
        ..record(5)
    };
    sessions.create(&mut second).await?;
    assert_ne!(first.id, second.id, "an id that is taken is replaced");

    first.data.insert("n".to_owned(), json!(2));
    sessions.save(&first).await?;
    let found = sessions.load(&first.id).await?;
    assert_eq!(found.map(|record| record.data["n"].clone()), Some(json!(2)));

    sessions.delete(&first.id).await?;
    assert!(sessions.save(&first).await.is_err());
    assert!(
        sessions.load(&first.id).await?.is_none(),
        "a logout cannot be undone"
    );

    let mut old = record(-1);
    sessions.create(&mut old).await?;
    assert!(sessions.load(&old.id).await?.is_none());
    assert_eq!(sessions.delete_expired().await?, 1);
    assert!(sessions.load(&second.id).await?.is_some());
    Ok(())
}
