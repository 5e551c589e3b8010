//! Who reads a history.

use rdj::{
    CurrentUser,
    orm::{
        Db,
        history::{Change, HistoryAction},
        sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel},
    },
    prelude::*,
};
use serde_json::json;

use super::{MemosState, TagsState, add, edit, entries, is_not_found, newest, recorded, undo_of};
use crate::{models::memos::memo, orm::Client};

/// Who may not open a row in the form neither reads nor undoes what was in it, also after it was deleted.
pub async fn readers(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let bob = Client::new(db, 2);
    let row = add(&ann, db, "Milk").await?;
    edit(&ann, db, &[("title", "Bread")]).await?;
    let found = entries(&ann, row.id).await?;
    let actions: Vec<_> = found.iter().map(|entry| entry.action).collect();
    assert_eq!(actions, [HistoryAction::Update, HistoryAction::Create]);
    let expected = Change {
        column: "title".to_owned(),
        values: Some((json!("Milk"), json!("Bread"))),
    };
    assert_eq!(found[0].changes, [expected]);

    let args = format!("[{}]", row.id);
    let refused = async |state: &mut MemosState| -> Result {
        is_not_found(&entries(&bob, row.id).await);
        is_not_found(&bob.call(state, "show_history", &args).await);
        for entry in recorded(db).await? {
            is_not_found(
                &bob.call(state, "undo_history", &format!("[{}]", entry.id))
                    .await,
            );
        }
        is_not_found(&bob.call(state, "undo_history", "[4711]").await);
        let html = bob.cx().scope(async { state.history().to_string() }).await;
        assert!(html.is_empty(), "{html}");
        Ok(())
    };
    let mut state = MemosState::default();
    refused(&mut state).await?;
    let nobody = Client::anonymous(db);
    let done = nobody.call(&mut state, "show_history", &args).await;
    assert!(matches!(done, Err(Error::LoginRequired)), "{done:?}");
    assert_eq!(newest(db).await?.title, "Bread");
    // an entry of another table
    let mut tags = TagsState::default();
    is_not_found(
        &ann.call(&mut tags, "undo_history", &undo_of(&found[0]))
            .await,
    );

    // a row that nobody may edit
    let mut lock = newest(db).await?.into_active_model();
    lock.is_locked = Set(true);
    let locked = lock.update(db).await?;
    for (event, args) in [
        ("show_history", args.clone()),
        ("undo_history", undo_of(&found[0])),
    ] {
        let done = ann.call(&mut MemosState::default(), event, &args).await;
        assert!(matches!(done, Err(Error::Denied)), "{event}: {done:?}");
    }
    let mut free = locked.into_active_model();
    free.is_locked = Set(false);
    free.update(db).await?;

    let mut own = MemosState::default();
    ann.call(&mut own, "delete", &args).await?;
    refused(&mut state).await?;
    assert!(memo::Entity::find().one(db).await?.is_none());
    assert_eq!(entries(&ann, row.id).await?.len(), 3);
    // the staff sees the rows of everybody
    let staff = Client::of(db, CurrentUser::new(3, "staff").with_staff(true));
    assert_eq!(entries(&staff, row.id).await?.len(), 3);
    assert!(
        memo::Entity::find().one(db).await?.is_none(),
        "looking brings nothing back"
    );
    Ok(())
}

/// What was recorded of another row with the same key is not of this one.
pub async fn keys_used_again(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let bob = Client::new(db, 2);
    let row = add(&ann, db, "Milk").await?;
    edit(&ann, db, &[("title", "Bread")]).await?;
    let of_ann = entries(&ann, row.id).await?;
    ann.call(
        &mut MemosState::default(),
        "delete",
        &format!("[{}]", row.id),
    )
    .await?;
    let mut new = memo::ActiveModel {
        user_id: Set(2),
        ..row.clone().into_active_model()
    }
    .reset_all();
    new.title = Set("Bread".to_owned());
    memo::Entity::insert(new).exec_without_returning(db).await?;
    assert_eq!(entries(&bob, row.id).await?, []);
    for entry in &of_ann {
        is_not_found(
            &bob.call(&mut MemosState::default(), "undo_history", &undo_of(entry))
                .await,
        );
    }
    is_not_found(&entries(&ann, row.id).await);
    let now = newest(db).await?;
    assert_eq!((now.user_id, &*now.title), (2, "Bread"));
    Ok(())
}
