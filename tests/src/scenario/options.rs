//! What a state does that declares nothing but its model and its form, and the options that no other
//! scenario is about.

use std::borrow::Cow;

use rdj::{
    __private::runtime::form::Upload,
    Guard, State,
    live::{ChangeKind, RowChange},
    orm::Db,
    prelude::*,
};

use crate::{
    models::{album, note},
    orm::Client,
};

/// Nothing but what has to be.
#[model_state(model = note::Entity, fields(title, priority, user_id))]
#[derive(Debug)]
pub struct PlainNotesState;

/// Lists that are not the default.
#[model_state(
    model = note::Entity,
    name = "limited",
    fields(title, priority, user_id),
    list_display(title, created_at),
    ordering(title),
    paginate_by = 2,
    max_page_size = 3,
    live = false,
)]
#[derive(Debug)]
pub struct LimitedNotesState;

/// The owner under its other name.
#[model_state(model = note::Entity, fields(title, priority), scope_field = user_id)]
#[derive(Debug)]
pub struct ScopedNotesState;

/// For the editors among the staff.
#[model_state(
    model = note::Entity,
    fields(title),
    staff,
    group = "editors",
    permission = "models.change_note",
    on_denied = "/sorry",
)]
#[derive(Debug)]
pub struct EditorsState;

/// For whoever is signed in.
#[model_state(model = note::Entity, fields(title), login)]
#[derive(Debug)]
pub struct SignedInState;

/// For superusers.
#[model_state(model = note::Entity, fields(title), superuser)]
#[derive(Debug)]
pub struct SuperusersState;

const FORM: [(&str, &str); 3] = [("title", "Milk"), ("priority", "1"), ("user_id", "1")];

async fn fill(client: &Client) -> Result {
    for title in ["a", "c", "b", "d"] {
        let mut form = FORM;
        form[0].1 = title;
        client
            .submit(&mut PlainNotesState::default(), "save", &form)
            .await?;
    }
    Ok(())
}

fn titles(rows: &[note::Model]) -> Vec<&str> {
    rows.iter().map(|row| &*row.title).collect()
}

/// Everybody may do everything, and nothing of what has to be asked for is there.
pub async fn defaults(db: &Db) -> Result {
    let nobody = Client::anonymous(db);
    fill(&nobody).await?;
    let mut notes = PlainNotesState::default();
    nobody.load(&mut notes).await?;
    assert_eq!(
        titles(&notes.data),
        ["d", "b", "c", "a"],
        "the newest first"
    );
    assert_eq!(
        (notes.page_size, notes.total_count, notes.page_count),
        (0, 4, 1)
    );
    assert!(notes.related.is_empty());
    let id = notes.data[0].id;
    nobody
        .call(&mut notes, "start_edit", &format!("[{id}]"))
        .await?;
    nobody.submit(&mut notes, "save", &[("title", "e")]).await?;
    assert_eq!((notes.data.len(), notes.editing_id), (4, None));
    nobody
        .call(&mut notes, "delete", &format!("[{id}]"))
        .await?;
    assert_eq!(notes.data.len(), 3);

    for event in [
        "set_search",
        "set_ordering",
        "set_filter",
        "clear_filters",
        "clear_search",
        "next_page",
        "prev_page",
        "first_page",
        "last_page",
        "go_to_page",
        "set_page_size",
        "delete_selected",
        "bulk_action",
        "select_page",
        "select_all",
        "toggle_row",
        "clear_selection",
        "save_note_form",
        "search_choices",
        "pick_choice",
        "create_choice",
        "add_row",
        "remove_row",
        "show_history",
        "hide_history",
        "undo_history",
    ] {
        let answer = nobody.call(&mut notes, event, "[]").await;
        assert!(matches!(answer, Err(Error::UnknownEvent(_))), "{event}");
    }
    let cx = nobody.cx();
    let file = notes.export(&cx, "csv").await.map(drop);
    assert!(matches!(file, Err(Error::NotFound)));
    let taken = notes.import(&cx, Upload::default()).await;
    assert!(matches!(taken, Err(Error::NotFound)));

    let html = notes.table().to_string();
    assert!(
        html.contains("Priority") && !html.contains("Created at"),
        "{html}"
    );
    let options = PlainNotesState::options();
    assert_eq!((options.name, options.live), ("plain_notes", true));
    assert!(options.backend.ends_with("SeaOrmBackend"));
    assert_eq!(<PlainNotesState as State>::GUARD, Guard::NONE);
    Ok(())
}

/// What variables and events are called where nothing else is said.
pub async fn names(db: &Db) -> Result {
    let names = PlainNotesState::options().names;
    assert_eq!(
        [names.list, names.error, names.field_errors, names.editing],
        ["data", "error", "field_errors", "editing_id"]
    );
    assert_eq!(
        [
            names.page,
            names.page_size,
            names.total_count,
            names.page_count
        ],
        ["page", "page_size", "total_count", "page_count"]
    );
    assert_eq!((names.search, names.ordering), ("search", "ordering"));
    assert_eq!(names.form_reset, Some("form_reset_key"));
    let ann = Client::new(db, 1);
    let mut notes = PlainNotesState::default();
    for event in ["load", "on_load_data", "cancel_edit"] {
        ann.call(&mut notes, event, "[]").await?;
    }
    for (save, delete) in [("save", "delete"), ("save_note", "delete_note")] {
        ann.submit(&mut notes, save, &FORM).await?;
        let args = format!("[{}]", notes.data[0].id);
        ann.call(&mut notes, delete, &args).await?;
        assert!(notes.data.is_empty());
    }
    Ok(())
}

/// Albums with their artists and songs, by the names that other libraries have for it.
#[model_state(
    model = album::Entity,
    name = "whole_albums",
    fields(title),
    ordering(title),
    queryset_select_related(artist),
    queryset_prefetch(songs),
)]
#[derive(Debug)]
pub struct WholeAlbumsState;

/// Notes as rows of a serializer, by its other name.
#[model_state(
    model = note::Entity,
    name = "serialized_notes",
    fields(title, priority, user_id),
    serializer_class = super::serializers::TitleRow,
)]
#[derive(Debug)]
pub struct SerializedNotesState;

/// Options with two names do the same under both.
pub async fn other_names(db: &Db) -> Result {
    super::songs::fill(db, 4).await?;
    let nobody = Client::anonymous(db);
    let mut albums = WholeAlbumsState::default();
    nobody.load(&mut albums).await?;
    let names = albums.related.iter().map(|album| {
        let artist = album.artist.as_ref().map(|artist| &*artist.name);
        (artist, album.songs.iter().count())
    });
    assert_eq!(
        names.collect::<Vec<_>>(),
        [(Some("Abba"), 2), (Some("Zappa"), 2)]
    );
    let mut notes = SerializedNotesState::default();
    nobody.submit(&mut notes, "save", &FORM).await?;
    let rows = notes.serialized();
    assert_eq!(
        rows.iter().map(|row| &*row.title).collect::<Vec<_>>(),
        ["Milk"]
    );
    Ok(())
}

/// A page is never longer than `max_page_size`, and has the columns of `list_display`.
pub async fn lists(db: &Db) -> Result {
    let nobody = Client::anonymous(db);
    fill(&nobody).await?;
    let mut notes = LimitedNotesState::default();
    nobody.load(&mut notes).await?;
    assert_eq!(titles(&notes.data), ["a", "b"]);
    nobody.call(&mut notes, "set_page_size", "[50]").await?;
    assert_eq!((notes.page_size, titles(&notes.data).len()), (3, 3));
    let html = notes.table().to_string();
    assert!(
        html.contains("Created at") && !html.contains("Priority"),
        "{html}"
    );
    assert_eq!(LimitedNotesState::options().name, "limited");
    Ok(())
}

/// With `live = false` an open page stays as it was read; by default it shows what others change.
pub async fn live(db: &Db) -> Result {
    let nobody = Client::anonymous(db);
    fill(&nobody).await?;
    let (mut still, mut plain) = (LimitedNotesState::default(), PlainNotesState::default());
    nobody.load(&mut still).await?;
    nobody.load(&mut plain).await?;
    assert_eq!(still.total_count, 4);
    nobody
        .submit(&mut PlainNotesState::default(), "save", &FORM)
        .await?;
    let change = RowChange::many("note", ChangeKind::Created);
    nobody.changes().publish(vec![change]);
    let tables = [Cow::Borrowed("note")];
    still.follow(&nobody.cx(), &tables).await?;
    plain.follow(&nobody.cx(), &tables).await?;
    assert_eq!((still.total_count, plain.data.len()), (4, 5));
    assert_eq!(<LimitedNotesState as State>::tables(), [""; 0]);
    assert_eq!(<PlainNotesState as State>::tables(), ["note"]);
    Ok(())
}

/// `scope_field` is `owner_field`.
pub async fn scope_field(db: &Db) -> Result {
    let (ann, bob) = (Client::new(db, 1), Client::new(db, 2));
    let mut notes = ScopedNotesState::default();
    ann.submit(&mut notes, "save", &FORM).await?;
    let args = format!("[{}]", notes.data[0].id);
    let mut theirs = ScopedNotesState::default();
    bob.load(&mut theirs).await?;
    assert!(theirs.data.is_empty());
    for event in ["start_edit", "delete"] {
        let answer = bob.call(&mut theirs, event, &args).await;
        assert!(matches!(answer, Err(Error::NotFound)), "{event}");
    }
    let answer = Client::anonymous(db).load(&mut notes).await;
    assert!(matches!(answer, Err(Error::LoginRequired)));
    assert_eq!(ScopedNotesState::options().owner_field, Some("user_id"));
    Ok(())
}

/// Guards stand at the state and at each of its events.
#[expect(clippy::unused_async, reason = "scenarios are async")]
pub async fn guards(_: &Db) -> Result {
    let guard = <EditorsState as State>::GUARD;
    assert!(guard.staff && !guard.superuser);
    assert_eq!(guard.groups, ["editors"]);
    assert_eq!(guard.permissions, ["models.change_note"]);
    let signed_in = <SignedInState as State>::GUARD;
    let superusers = <SuperusersState as State>::GUARD;
    assert_eq!(
        (guard.on_denied, superusers.on_denied),
        (Some("/sorry"), None)
    );
    assert!(signed_in.login && superusers.superuser);
    let user = rdj::CurrentUser::new(1, "ann");
    for guard in [guard, superusers] {
        assert!(matches!(guard.check(Some(&user)), Err(Error::Denied)));
        assert!(matches!(guard.check(None), Err(Error::LoginRequired)));
    }
    assert!(signed_in.check(Some(&user)).is_ok() && signed_in.check(None).is_err());
    Ok(())
}
