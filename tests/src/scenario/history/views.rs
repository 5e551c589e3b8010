//! The history as people see it, and where it stands.

use rdj::{
    __private::runtime::state::{Address, Query},
    CurrentUser, Entries,
    orm::{Db, OrmApi},
    prelude::*,
};

use super::{MemosState, TagsState, TitlesState, add, edit, is_not_found, last, undo_of};
use crate::orm::Client;

/// The entries of a row that gets another key go with it.
pub async fn keys(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let mut state = TagsState::default();
    ann.submit(&mut state, "save", &[("code", "a"), ("name", "A")])
        .await?;
    ann.call(&mut state, "start_edit", "[\"a\"]").await?;
    ann.submit(&mut state, "save", &[("code", "z"), ("name", "A")])
        .await?;
    let found = state.orm(&ann.cx()).history("z".to_owned()).await?;
    assert_eq!(found.len(), 2, "{found:?}");
    is_not_found(&state.orm(&ann.cx()).history("a".to_owned()).await);
    ann.call(&mut state, "undo_history", &undo_of(&found[0]))
        .await?;
    assert_eq!(state.orm(&ann.cx()).history("a".to_owned()).await?.len(), 3);
    Ok(())
}

/// A list for readers, with what the state shows anyway; other columns are named at most.
pub async fn views(db: &Db) -> Result {
    let ann = Client::of(db, CurrentUser::new(1, "<ann>"));
    let row = add(&ann, db, "Milk").await?;
    edit(
        &ann,
        db,
        &[
            ("title", "Bread & butter"),
            ("weight", "high"),
            ("pin", "1234"),
            ("due", "2026-03-29"),
            ("body", ""),
        ],
    )
    .await?;
    let args = format!("[{}]", row.id);
    let mut state = MemosState::default();
    let html =
        async |state: &MemosState| ann.cx().scope(async { state.history().to_string() }).await;
    assert_eq!(html(&state).await, "");
    ann.call(&mut state, "start_edit", &args).await?;
    let button = html(&state).await;
    assert!(
        button.contains("show_history(") && button.contains(">History</button>"),
        "{button}"
    );
    ann.call(&mut state, "show_history", &args).await?;
    let list = html(&state).await;
    for part in [
        "<h2 id=\"memos-history-title\">History of Bread &#38; butter</h2>",
        "Changed by &#60;ann&#62;",
        "<dt>Weight</dt><dd>from “Can wait” to “Urgent”</dd>",
        "from “Milk” to “Bread &#38; butter”",
        "<dt>Body</dt><dd>from “one” to “empty”</dd>",
        "<dt>Pin</dt><dd>changed</dd>",
        "Mar 29, 2026",
    ] {
        assert!(list.contains(part), "{part}: {list}");
    }
    assert!(!list.contains("1234"), "{list}");
    // the newest can be undone, and the row itself
    assert_eq!(list.matches("undo_history(").count(), 2, "{list}");
    ann.call(&mut state, "hide_history", "[]").await?;
    assert!(html(&state).await.contains(">History</button>"));

    let mut titles = TitlesState::default();
    ann.call(&mut titles, "show_history", &args).await?;
    let list = ann.cx().scope(async { titles.history().to_string() }).await;
    assert!(list.contains("<dt>Weight</dt><dd>changed</dd>"), "{list}");
    assert!(
        !list.contains("Urgent") && !list.contains("2026-03-29"),
        "{list}"
    );
    Ok(())
}

/// Without JavaScript the history stands in the address, and a button posts the undo.
pub async fn addresses(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let row = add(&ann, db, "Milk").await?;
    edit(&ann, db, &[("title", "Bread")]).await?;
    let mut state = MemosState::default();
    ann.call(&mut state, "show_history", &format!("[{}]", row.id))
        .await?;
    let mut address = Address::new("/memos");
    state.write_query(&mut address);
    assert_eq!(address.into_text(), format!("/memos?history={}", row.id));
    let mut again = MemosState::default();
    let entries = Entries::new(vec![("history".to_owned(), row.id.to_string())]);
    again.read_query(&Query::new(&entries, None));
    ann.load(&mut again).await?;
    let html = ann.cx().scope(async { again.history().to_string() }).await;
    let undo = format!("value=\"memos.undo_history({})\"", last(db).await?.id);
    assert!(html.contains("name=\"_event\" form=\"rdj-post\""), "{html}");
    assert!(html.contains(&undo), "{html}");
    // not for others
    let bob = Client::new(db, 2);
    let mut again = MemosState::default();
    again.read_query(&Query::new(&entries, None));
    let said = bob.load(&mut again).await?;
    assert_eq!(said, ["Memo not found."]);
    let html = bob.cx().scope(async { again.history().to_string() }).await;
    assert!(html.is_empty(), "{html}");
    Ok(())
}
