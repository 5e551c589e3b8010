//! Undoing what was recorded.

use rdj::{
    CurrentUser,
    orm::{
        Db,
        sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder},
    },
    prelude::*,
};
use serde_json::json;

use super::{
    MemosState, PlainState, ReadingsState, TitlesState, add, changes, edit, entries, is_not_found,
    last, newest, recorded, undo_of,
};
use crate::{
    models::{
        memos::{memo, memo_tag, tag},
        reading,
    },
    orm::Client,
};

/// The old values come back through the pipeline; the form keeps what is typed, and an undo can be
/// undone.
pub async fn undo_update(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let row = add(&ann, db, "Milk").await?;
    edit(&ann, db, &[("title", "Bread"), ("weight", "high")]).await?;
    edit(&ann, db, &[("body", "two")]).await?;
    let found = entries(&ann, row.id).await?;
    let mut state = MemosState::default();
    ann.call(&mut state, "start_edit", &format!("[{}]", row.id))
        .await?;
    state.pin = Some("typed".to_owned());
    let said = ann
        .call(&mut state, "undo_history", &undo_of(&found[1]))
        .await?;
    assert_eq!(said, ["Memo: the change is undone."]);
    let now = newest(db).await?;
    assert_eq!(
        (&*now.title, &*now.weight, now.body.as_deref()),
        ("Milk", "low", Some("two"))
    );
    assert_eq!(now.version, row.version + 3);
    // the form has the new values where the user typed nothing
    assert_eq!(
        (&*state.title, state.pin.as_deref()),
        ("Milk", Some("typed"))
    );
    assert!(state.is_editing());
    let entry = last(db).await?;
    assert_eq!(
        (&*entry.action, entry.undoes),
        ("update", Some(found[1].id))
    );
    assert_eq!(
        changes(&entry)?,
        json!({"title": ["Bread", "Milk"], "weight": ["high", "low"]})
    );

    let said = ann
        .call(&mut state, "undo_history", &undo_of(&found[1]))
        .await?;
    assert_eq!(said, ["There is nothing to undo any more."]);
    ann.call(&mut state, "undo_history", &format!("[{}]", entry.id))
        .await?;
    assert_eq!(newest(db).await?.title, "Bread");
    // a form of another row is left alone
    let mut state = MemosState::default();
    ann.submit(&mut state, "save", &[("title", ""), ("body", "draft")])
        .await?;
    assert!(state.field_errors.get("title").is_some());
    ann.call(&mut state, "undo_history", &undo_of(&found[0]))
        .await?;
    assert_eq!(
        (newest(db).await?.body.as_deref(), state.body.as_deref()),
        (Some("one"), Some("draft"))
    );
    assert!(state.field_errors.get("title").is_some() && !state.is_editing());
    Ok(())
}

/// A row that was made goes, one that was deleted comes back with its key and all its columns.
pub async fn undo_create_and_delete(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let row = add(&ann, db, "Milk").await?;
    let mut state = MemosState::default();
    ann.load(&mut state).await?;
    ann.call(&mut state, "delete", &format!("[{}]", row.id))
        .await?;
    assert!(state.data.is_empty());
    // what was just deleted is offered
    let html = ann.cx().scope(async { state.history().to_string() }).await;
    assert!(
        html.contains("History of Milk") && html.contains("undo_history"),
        "{html}"
    );
    let found = entries(&ann, row.id).await?;
    let said = ann
        .call(&mut state, "undo_history", &undo_of(&found[0]))
        .await?;
    assert_eq!(said, ["Memo: the change is undone."]);
    assert_eq!(state.data.len(), 1);
    let now = newest(db).await?;
    assert_eq!((now.id, now.user_id, &*now.title), (row.id, 1, "Milk"));
    assert_eq!(
        (now.body, now.created_at),
        (row.body.clone(), row.created_at)
    );
    is_not_found(
        &ann.call(&mut state, "undo_history", &undo_of(&found[0]))
            .await,
    );

    // the row belongs to its owner, whoever brings it back
    ann.call(&mut state, "delete", &format!("[{}]", row.id))
        .await?;
    let staff = Client::of(db, CurrentUser::new(3, "staff").with_staff(true));
    let found = entries(&ann, row.id).await?;
    staff
        .call(
            &mut MemosState::default(),
            "undo_history",
            &undo_of(&found[0]),
        )
        .await?;
    assert_eq!(newest(db).await?.user_id, 1);

    // from the first entry on
    let found = entries(&ann, row.id).await?;
    let first = found.last().map(undo_of).unwrap_or_default();
    ann.call(&mut state, "undo_history", &first).await?;
    assert!(memo::Entity::find().one(db).await?.is_none());
    assert_eq!(last(db).await?.action, "delete");
    // what is not recorded cannot come back
    let row = add(&ann, db, "Rye").await?;
    edit(&ann, db, &[("pin", "1234")]).await?;
    ann.call(&mut state, "delete", &format!("[{}]", row.id))
        .await?;
    let undo = format!("[{}]", last(db).await?.id);
    let said = ann.call(&mut state, "undo_history", &undo).await?;
    assert_eq!(said, ["It cannot be restored: not all of it was recorded."]);
    Ok(())
}

async fn tags(db: &Db) -> Result {
    for code in ["a", "b", "c"] {
        let new = tag::ActiveModel {
            code: Set(code.to_owned()),
            name: Set(code.to_uppercase()),
        };
        tag::Entity::insert(new).exec_without_returning(db).await?;
    }
    Ok(())
}

async fn tagged(db: &Db) -> Result<Vec<String>> {
    let rows = memo_tag::Entity::find().order_by_asc(memo_tag::Column::TagCode);
    Ok(rows
        .all(db)
        .await?
        .into_iter()
        .map(|row| row.tag_code)
        .collect())
}

/// Links that were added go, those that were taken away come back, and what others linked since stays.
pub async fn undo_links(db: &Db) -> Result {
    tags(db).await?;
    let ann = Client::new(db, 1);
    let row = add(&ann, db, "Milk").await?;
    edit(&ann, db, &[("tags", ""), ("tags", "a"), ("tags", "b")]).await?;
    assert_eq!(
        changes(&last(db).await?)?,
        json!({"tags": [[], ["a", "b"]]})
    );
    edit(&ann, db, &[("title", "Bread"), ("tags", ""), ("tags", "b")]).await?;
    let entry = last(db).await?;
    assert_eq!(
        changes(&entry)?,
        json!({"title": ["Milk", "Bread"], "tags": [["a"], []]})
    );
    edit(&ann, db, &[("tags", ""), ("tags", "b"), ("tags", "c")]).await?;
    let mut state = MemosState::default();
    ann.call(&mut state, "show_history", &format!("[{}]", row.id))
        .await?;
    let html = ann.cx().scope(async { state.history().to_string() }).await;
    assert!(
        html.contains("<dt>Tags</dt>") && html.contains("removed: ") && html.contains('A'),
        "{html}"
    );
    ann.call(&mut state, "undo_history", &format!("[{}]", entry.id))
        .await?;
    assert_eq!(
        (tagged(db).await?, newest(db).await?.title),
        (vec!["a".into(), "b".into(), "c".into()], "Milk".into())
    );
    // with the row
    ann.call(&mut state, "delete", &format!("[{}]", row.id))
        .await?;
    assert!(tagged(db).await?.is_empty());
    let entry = last(db).await?;
    assert_eq!(changes(&entry)?["tags"], json!([["a", "b", "c"], []]));
    // a tag that is gone meanwhile is left out
    tag::Entity::delete_by_id("c").exec(db).await?;
    ann.call(&mut state, "undo_history", &format!("[{}]", entry.id))
        .await?;
    assert_eq!(tagged(db).await?, ["a", "b"]);
    Ok(())
}

/// What was changed since is not written over.
pub async fn undo_conflicts(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let row = add(&ann, db, "Milk").await?;
    edit(&ann, db, &[("title", "Bread"), ("body", "two")]).await?;
    let change = last(db).await?.id;
    edit(&ann, db, &[("title", "Rye")]).await?;
    let count = recorded(db).await?.len();
    let mut state = MemosState::default();
    let said = ann
        .call(&mut state, "undo_history", &format!("[{change}]"))
        .await?;
    assert_eq!(said, ["Changed again since then: Title. It is not undone."]);
    let now = newest(db).await?;
    assert_eq!((&*now.title, now.body.as_deref()), ("Rye", Some("two")));
    let first = entries(&ann, row.id)
        .await?
        .pop()
        .map(|entry| undo_of(&entry));
    let said = ann
        .call(&mut state, "undo_history", &first.unwrap_or_default())
        .await?;
    assert_eq!(
        said,
        ["Changed again since then: Title, Body. It is not undone."]
    );
    // somebody else has the title now
    edit(&ann, db, &[("title", "Oats")]).await?;
    let change = last(db).await?.id;
    add(&ann, db, "Rye").await?;
    let said = ann
        .call(&mut state, "undo_history", &format!("[{change}]"))
        .await?;
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("already exists"), "{said:?}");
    // and the place of a deleted row
    ann.call(&mut state, "delete", &format!("[{}]", row.id))
        .await?;
    let gone = last(db).await?.id;
    edit(&ann, db, &[("title", "Oats")]).await?;
    let said = ann
        .call(&mut state, "undo_history", &format!("[{gone}]"))
        .await?;
    assert!(said[0].starts_with("It cannot be restored"), "{said:?}");
    assert_eq!(recorded(db).await?.len(), count + 4);
    Ok(())
}

/// An undo is a save: columns that the form does not have stay, hooks can refuse it.
pub async fn undo_asks_as_every_write(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let row = add(&ann, db, "late failure").await;
    assert!(row.is_err());
    let row = add(&ann, db, "Milk").await?;
    edit(&ann, db, &[("title", "Bread"), ("body", "two")]).await?;
    let change = format!("[{}]", last(db).await?.id);
    let mut titles = TitlesState::default();
    ann.call(&mut titles, "undo_history", &change).await?;
    let now = newest(db).await?;
    assert_eq!((&*now.title, now.body.as_deref()), ("Milk", Some("two")));
    edit(&ann, db, &[("body", "three")]).await?;
    let change = format!("[{}]", last(db).await?.id);
    let said = ann.call(&mut titles, "undo_history", &change).await?;
    assert_eq!(said, ["There is nothing to undo any more."]);
    assert_eq!(newest(db).await?.body.as_deref(), Some("three"));
    // the events are there with the option only
    let mut plain = PlainState::default();
    let done = ann.call(&mut plain, "undo_history", &change).await;
    assert!(done.is_err(), "{done:?}");
    assert!(PlainState::options().event("undo_history").is_none());
    assert_eq!(
        TitlesState::options().event("undo_history"),
        Some("undo_history")
    );

    edit(&ann, db, &[("title", "Kept")]).await?;
    let first = entries(&ann, row.id)
        .await?
        .pop()
        .map(|entry| undo_of(&entry));
    edit(&ann, db, &[("body", "one")]).await?;
    let mut state = MemosState::default();
    let said = ann
        .call(&mut state, "undo_history", &first.unwrap_or_default())
        .await?;
    assert!(said[0].starts_with("Changed again"), "{said:?}");
    assert_eq!(newest(db).await?.title, "Kept");
    Ok(())
}

/// Values of all types come back as they were.
pub async fn undo_of_all_types(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let mut state = ReadingsState::default();
    let form = [
        ("amount", "12.3450"),
        ("discount", ""),
        ("day", "2026-03-29"),
        ("until", "2026-04-01"),
        ("at", "2026-03-29T08:00:01"),
        ("count", "7"),
        ("limit", "9007199254740993"),
        ("checked", "true"),
        ("status", "done"),
        ("payload", "{\"a\": [1, 0.1, null]}"),
    ];
    ann.submit(&mut state, "save", &form).await?;
    assert!(state.field_errors.is_empty(), "{:?}", state.field_errors);
    let all = reading::Entity::find();
    let row = all.clone().one(db).await?.ok_or(Error::NotFound)?;
    ann.call(&mut state, "delete", &format!("[{}]", row.id))
        .await?;
    assert!(all.clone().one(db).await?.is_none());
    let undo = format!("[{}]", last(db).await?.id);
    ann.call(&mut state, "undo_history", &undo).await?;
    assert_eq!(all.clone().one(db).await?.as_ref(), Some(&row));
    ann.call(&mut state, "start_edit", &format!("[{}]", row.id))
        .await?;
    let other = [
        ("amount", "1"),
        ("discount", "2"),
        ("day", "2027-01-01"),
        ("until", ""),
        ("at", "2027-03-29T08:00:01"),
        ("limit", ""),
        ("checked", "false"),
        ("payload", ""),
    ];
    ann.submit(&mut state, "save", &other).await?;
    let undo = format!("[{}]", last(db).await?.id);
    assert_ne!(all.clone().one(db).await?.as_ref(), Some(&row));
    ann.call(&mut state, "undo_history", &undo).await?;
    assert_eq!(all.one(db).await?, Some(row));
    Ok(())
}
