//! Actions for selected rows.

use rdj::{
    handlers,
    orm::{
        Db,
        prelude::*,
        sea_orm::{IntoActiveModel as _, Set},
    },
    prelude::*,
};

use super::{
    notes::{NotesState, add},
    songs::fill,
};
use crate::{
    models::{album, note, track},
    orm::Client,
};

/// Songs that can be deleted and made free together.
#[model_state(
    model = track::Entity,
    name = "bulk_songs",
    fields(name),
    ordering(id),
    filters(is_active),
    paginate_by = 3,
    bulk_actions(delete_selected, make_free),
)]
#[derive(Debug)]
pub struct BulkSongsState;

#[events]
impl BulkSongsState {
    async fn make_free(&mut self, cx: &Cx) -> Result {
        handlers::for_selected(self, cx, Action::Update, |_, cx, row| {
            Box::pin(free(cx, row))
        })
        .await?;
        Ok(())
    }
}

async fn free(cx: &Cx, row: track::Model) -> Result {
    let refused = row.composer.is_none();
    let mut row = row.into_active_model();
    row.price = Set(Decimal::ZERO);
    row.update(&cx.db()?).await?;
    // what was written is undone for this row
    if refused {
        return Err(Error::invalid("Nobody wrote this."));
    }
    Ok(())
}

/// Notes of an owner.
#[model_state(
    model = note::Entity,
    name = "bulk_notes",
    fields(title),
    owner_field = user_id,
    bulk_actions(delete_selected),
)]
#[derive(Debug)]
pub struct BulkNotesState;

/// Albums that songs refer to.
#[model_state(
    model = album::Entity,
    name = "bulk_albums",
    fields(title),
    list_display(title),
    ordering(id),
    bulk_actions(delete_selected),
)]
#[derive(Debug)]
pub struct BulkAlbumsState;

async fn prices(db: &Db) -> Result<Vec<i32>> {
    let free = track::Entity::find().filter(track::Column::Price.eq(Decimal::ZERO));
    let mut ids: Vec<i32> = free.all(db).await?.iter().map(|row| row.id).collect();
    ids.sort_unstable();
    Ok(ids)
}

/// Rows of several pages, and rows of others.
pub async fn selected(db: &Db) -> Result {
    let (ann, bob) = (Client::new(db, 1), Client::new(db, 2));
    let (one, two) = (add(&ann, "one").await?, add(&ann, "two").await?);
    let other = add(&bob, "bob's").await?;
    let mut notes = BulkNotesState::default();
    ann.load(&mut notes).await?;
    for key in [one, other] {
        ann.call(&mut notes, "toggle_row", &format!("[{key},true]"))
            .await?;
    }
    ann.call(&mut notes, "start_edit", &format!("[{one}]"))
        .await?;
    let said = ann.call(&mut notes, "delete_selected", "[]").await?;
    assert_eq!(said.len(), 2, "{said:?}");
    assert_eq!(said[0], "1 note deleted.");
    assert!(said[1].starts_with("1 note left out:"), "{said:?}");
    let left: Vec<i64> = notes.data.iter().map(|row| row.id).collect();
    assert_eq!(
        (left, notes.selected.len(), notes.editing_id),
        (vec![two], 0, None)
    );
    let mut bobs = NotesState::default();
    bob.load(&mut bobs).await?;
    assert_eq!(bobs.data.len(), 1);
    let said = ann.call(&mut notes, "delete_selected", "[]").await?;
    assert_eq!(said, ["No notes selected."]);
    let refused = Client::anonymous(db)
        .call(&mut notes, "delete_selected", "[]")
        .await;
    assert!(matches!(refused, Err(Error::LoginRequired)));
    // a state that declares no actions has no such events
    for event in ["delete_selected", "select_all", "bulk_action"] {
        let refused = ann.call(&mut NotesState::default(), event, "[]").await;
        assert!(matches!(refused, Err(Error::UnknownEvent(_))), "{event}");
    }
    Ok(())
}

/// All rows that the list finds, with one undone by itself.
pub async fn whole_query(db: &Db) -> Result {
    fill(db, 11).await?;
    let client = Client::anonymous(db);
    let mut songs = BulkSongsState::default();
    client.load(&mut songs).await?;
    client
        .call(&mut songs, "set_filter", "[\"is_active\",\"true\"]")
        .await?;
    client.call(&mut songs, "select_all", "[true]").await?;
    let html = songs.bulk().to_string();
    assert!(
        html.contains("5 tracks selected") && html.contains("All 5 tracks"),
        "{html}"
    );
    let said = client.call(&mut songs, "make_free", "[]").await?;
    assert_eq!(said[0], "4 tracks changed.");
    assert_eq!(said[1], "1 track left out:\nsong 006: Nobody wrote this.");
    assert_eq!(prices(db).await?, [2, 4, 8, 10]);
    // another filter selects nothing
    client.call(&mut songs, "select_all", "[]").await?;
    client
        .call(&mut songs, "set_filter", "[\"is_active\",\"\"]")
        .await?;
    assert!(!songs.all_selected && songs.selected.is_empty());
    client.call(&mut songs, "select_all", "[]").await?;
    client.call(&mut songs, "delete_selected", "[]").await?;
    assert_eq!(
        (
            songs.total_count,
            track::Entity::find().all(db).await?.len()
        ),
        (0, 0)
    );
    Ok(())
}

/// Rows in use stay, the others go.
pub async fn refused(db: &Db) -> Result {
    fill(db, 1).await?;
    let client = Client::anonymous(db);
    let mut albums = BulkAlbumsState::default();
    client.load(&mut albums).await?;
    client.call(&mut albums, "select_page", "[true]").await?;
    assert_eq!(albums.selected, [1, 2]);
    let said = client.call(&mut albums, "delete_selected", "[]").await?;
    assert_eq!(said[0], "1 album deleted.");
    assert_eq!(
        said[1],
        "1 album left out:\nBest of Zappa: Album is still in use and cannot be deleted."
    );
    assert_eq!(albums.data.len(), 1);
    Ok(())
}

/// Without JavaScript the form carries what is ticked, and the action.
pub async fn forms(db: &Db) -> Result {
    fill(db, 5).await?;
    let client = Client::anonymous(db);
    let mut songs = BulkSongsState::default();
    client.load(&mut songs).await?;
    let html = songs.table().to_string();
    assert!(
        html.contains("name=\"_selected\" value=\"1\" form=\"bulk_songs-bulk\""),
        "{html}"
    );
    let form = [
        ("_bulk", "1"),
        ("_action", "make_free"),
        ("_selected", "1"),
        ("_selected", "2"),
    ];
    let said = client.submit(&mut songs, "bulk_action", &form).await?;
    assert_eq!(said, ["2 tracks changed."]);
    assert_eq!(prices(db).await?, [1, 2]);
    for action in ["save", "bulk_action", "nonsense", ""] {
        let form = [("_bulk", "1"), ("_action", action), ("_selected", "3")];
        let refused = client.submit(&mut songs, "bulk_action", &form).await;
        assert!(matches!(refused, Err(Error::UnknownEvent(_))), "{action}");
    }
    let form = [
        ("_bulk", "1"),
        ("_action", "delete_selected"),
        ("_all", "true"),
    ];
    let said = client.submit(&mut songs, "bulk_action", &form).await?;
    assert_eq!(
        (said, songs.data.len()),
        (vec!["5 tracks deleted.".to_owned()], 0)
    );
    Ok(())
}
