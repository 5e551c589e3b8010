//! What states declare: actions, names, the order of their model, and the API for server code.

mod columns;
mod declared;

use rdj::{
    __private::runtime::state::{Address, Query},
    Entries, State,
    orm::{OrmApi, prelude::*},
    prelude::*,
};

pub use self::{
    columns::{MailboxesState, d022_columns_of_any_name},
    declared::{
        CrudNotesState, EntriesState, FormNotesState, GuardedNotesState, ListNotesState,
        NewNotesState, OwnNamesState, RenamedNotesState, ShortNotesState, entry,
    },
};
use crate::{models::note, orm::Client};

async fn add(client: &Client, title: &str) -> Result<i64> {
    let mut notes = CrudNotesState::default();
    let form = [("title", title), ("content", "text"), ("priority", "3")];
    client.submit(&mut notes, "save_note", &form).await?;
    assert_eq!(
        notes.notes_error().text(),
        "",
        "{:?}",
        notes.notes_field_errors()
    );
    let row = notes.data.iter().max_by_key(|row| row.id);
    row.map(|row| row.id).ok_or(Error::NotFound)
}

async fn unknown<S: State>(client: &Client, state: &mut S, events: &[&str]) {
    for event in events {
        let refused = client.call(state, event, "[]").await;
        assert!(
            matches!(refused, Err(Error::UnknownEvent(_))),
            "{event}: {refused:?}"
        );
    }
}

fn address(state: &impl State) -> String {
    let mut address = Address::new("/");
    state.write_query(&mut address);
    address.into_text()
}

fn read(state: &mut impl State, text: &str) -> Result {
    let entries = Entries::parse(text.as_bytes())?;
    state.read_query(&Query::new(&entries, None));
    Ok(())
}

/// The names of `ModelCRUDView`: in variables, events, handles and addresses.
pub async fn c005_c026_crud(db: &rdj::orm::Db) -> Result {
    let ann = Client::new(db, 1);
    let id = add(&ann, "Milk").await?;
    for title in ["Bread", "Eggs"] {
        add(&ann, title).await?;
    }
    let mut notes = CrudNotesState::default();
    ann.call(&mut notes, "on_load_notes", "[]").await?;
    assert_eq!(
        (
            notes.notes().len(),
            notes.notes_total_count(),
            notes.notes_page_count()
        ),
        (2, 3, 2)
    );
    ann.call(&mut notes, "set_notes_search", "[\"milk\"]")
        .await?;
    ann.call(&mut notes, "set_notes_ordering", "[\"-title\"]")
        .await?;
    assert_eq!(
        (notes.notes_search(), notes.notes_ordering()),
        ("milk", "-title")
    );
    assert_eq!(address(&notes), "/?notes_search=milk&notes_ordering=-title");
    let mut again = CrudNotesState::default();
    read(
        &mut again,
        "notes_search=milk&search=x&notes_ordering=-title&ordering=title",
    )?;
    assert_eq!(address(&again), address(&notes));

    ann.call(&mut notes, "start_edit", &format!("[{id}]"))
        .await?;
    let form = [("title", "Oat milk"), ("content", ""), ("priority", "1")];
    ann.submit(&mut notes, "save_note_form", &form).await?;
    assert_eq!(notes.notes()[0].title, "Oat milk");
    ann.call(&mut notes, "clear_notes_search", "[]").await?;
    ann.call(&mut notes, "delete_note", &format!("[{id}]"))
        .await?;
    assert_eq!(notes.notes_total_count(), 2);
    unknown(
        &ann,
        &mut notes,
        &["set_search", "clear_search", "set_ordering", "store"],
    )
    .await;

    let html = format!(
        "{} {} {} {}",
        notes.on_submit().save_note(),
        notes.on_submit().save(),
        notes.on_input().set_notes_search(),
        notes.on_click().delete_note(id),
    );
    assert_eq!(
        html.matches("\"crud_notes.save_note\"").count(),
        2,
        "{html}"
    );
    assert!(html.contains("\"crud_notes.set_notes_search\""), "{html}");
    assert!(
        notes
            .search()
            .to_string()
            .contains("name=\"crud_notes.notes_search\"")
            || notes.search().to_string().contains("name=\"notes_search\"")
    );
    assert!(notes.form().to_string().contains("crud_notes.save_note"));
    Ok(())
}

/// Only what `actions(..)` names exists.
pub async fn c003_c004_actions(db: &rdj::orm::Db) -> Result {
    let ann = Client::new(db, 1);
    let id = add(&ann, "Milk").await?;
    let mut list = ListNotesState::default();
    read(
        &mut list,
        &format!("edit={id}&search=x&page=3&page_size=1&ordering=title"),
    )?;
    ann.load(&mut list).await?;
    assert_eq!(
        (list.notes().len(), list.is_editing(), list.page_size),
        (1, false, 0)
    );
    let absent = [
        "save",
        "save_note",
        "create",
        "new",
        "delete",
        "delete_note",
        "start_edit",
        "cancel_edit",
        "set_title",
        "set_search",
        "set_notes_search",
        "clear_search",
        "next_page",
        "prev_page",
        "go_to_page",
        "set_page_size",
        "set_ordering",
        "set_notes_ordering",
    ];
    unknown(&ann, &mut list, &absent).await;
    let names: Vec<_> = ListNotesState::events()
        .into_iter()
        .map(|facts| facts.name)
        .collect();
    assert_eq!(names, ["on_load_notes", "load", "refresh"]);

    let mut new = NewNotesState::default();
    let form = [("title", "Bread"), ("priority", "1")];
    ann.submit(&mut new, "save", &form).await?;
    assert_eq!(new.data.len(), 2);
    assert!(new.has_add_permission() && !new.has_change_permission());
    unknown(
        &ann,
        &mut new,
        &["delete", "start_edit", "delete_note", "go_to_page"],
    )
    .await;
    // whatever the state holds: an action that is not there is refused
    new.editing_id = Some(id);
    let refused = ann.submit(&mut new, "save", &form).await;
    assert!(matches!(refused, Err(Error::Denied)), "{refused:?}");
    let table = new.table().to_string();
    assert!(
        table.contains("Bread") && !table.contains("<button"),
        "{table}"
    );
    Ok(())
}

/// Every name can be another one.
pub async fn c028_renames(db: &rdj::orm::Db) -> Result {
    let ann = Client::new(db, 1);
    let mut notes = RenamedNotesState::default();
    let form = [("title", ""), ("priority", "1")];
    ann.submit(&mut notes, "store", &form).await?;
    assert_eq!(notes.problem().text(), "Please correct the errors below.");
    assert!(notes.mistakes().get("title").is_some());
    for title in ["Milk", "Bread"] {
        let form = [("title", title), ("priority", "1")];
        ann.submit(&mut notes, "store", &form).await?;
    }
    ann.call(&mut notes, "open", "[]").await?;
    assert_eq!(
        (notes.rows().len(), notes.row_count(), notes.last_page()),
        (1, 2, 2)
    );
    ann.call(&mut notes, "set_query", "[\"bread\"]").await?;
    ann.call(&mut notes, "set_order", "[\"title\"]").await?;
    assert_eq!((notes.query(), notes.order()), ("bread", "title"));
    let id = notes.rows()[0].id;
    ann.call(&mut notes, "start_edit", &format!("[{id}]"))
        .await?;
    assert_eq!(*notes.edited(), Some(id));
    assert_eq!(
        address(&notes),
        format!("/?query=bread&order=title&edit={id}")
    );
    ann.call(&mut notes, "leave", "[]").await?;
    ann.call(&mut notes, "remove", &format!("[{id}]")).await?;
    ann.call(&mut notes, "clear_query", "[]").await?;
    read(&mut notes, "number=2&per_page=7")?;
    assert_eq!(
        (notes.number(), notes.per_page(), notes.row_count()),
        (2, 7, 1)
    );
    unknown(
        &ann,
        &mut notes,
        &[
            "save_note",
            "delete_note",
            "on_load_data",
            "cancel_edit",
            "set_search",
            "clear_search",
            "set_ordering",
        ],
    )
    .await;
    // `form_reset_var = none`: the form is never made anew
    assert!(notes.form_reset_key > 0);
    assert_eq!(notes.form_key(), 0);

    let mut own = OwnNamesState::default();
    ann.call(&mut own, "on_load_data", "[]").await?;
    ann.submit(&mut own, "save_note", &form[..0]).await?;
    unknown(
        &ann,
        &mut own,
        &["load", "refresh", "save", "create", "new", "delete"],
    )
    .await;
    Ok(())
}

/// An event that replaces a generated one does so under all its names, with its guard.
pub async fn c008_c027_replaced(db: &rdj::orm::Db) -> Result {
    let ann = Client::new(db, 1);
    for event in ["save_note", "save"] {
        let mut notes = GuardedNotesState::default();
        let form = [("title", "Milk"), ("priority", "1")];
        ann.submit(&mut notes, event, &form).await?;
        assert_eq!(
            (notes.calls, &*notes.data[0].title),
            (1, "Milk!"),
            "{event}"
        );
        let facts = GuardedNotesState::event_facts(event);
        assert!(facts.is_some_and(|facts| facts.name == event && facts.guard.staff));
    }
    let refused = ListNotesState::event_facts("save");
    assert_eq!(refused, None);
    Ok(())
}

/// What a form has, what it asks for, and what rows leave out.
pub async fn c014_columns(db: &rdj::orm::Db) -> Result {
    let ann = Client::new(db, 1);
    let mut form = FormNotesState::default();
    let blank = [("title", "Milk"), ("content", ""), ("priority", "1")];
    ann.submit(&mut form, "save", &blank).await?;
    assert!(form.field_errors.get("content").is_some());
    assert!(form.field().content().to_string().contains("required"));
    unknown(&ann, &mut form, &["set_priority"]).await;

    let id = add(&ann, "Milk").await?;
    let mut short = ShortNotesState::default();
    ann.load(&mut short).await?;
    assert_eq!(
        (short.data[0].content.as_deref(), short.data[0].id),
        (None, id)
    );
    ann.call(&mut short, "start_edit", &format!("[{id}]"))
        .await?;
    assert_eq!(
        short.content.as_deref(),
        Some("text"),
        "a form has the whole row"
    );
    ann.call(&mut short, "set_ordering", "[\"priority\"]")
        .await?;
    let refused = ann.call(&mut short, "set_ordering", "[\"content\"]").await;
    assert!(matches!(refused, Err(Error::BadArguments(_))));
    Ok(())
}

/// The model's order, where the state declares none.
pub async fn c012_ordering(db: &rdj::orm::Db) -> Result {
    let ann = Client::new(db, 1);
    for title in ["b", "c", "a"] {
        add(&ann, title).await?;
    }
    let mut entries = EntriesState::default();
    ann.load(&mut entries).await?;
    let titles: Vec<_> = entries.data.iter().map(|row| &*row.title).collect();
    assert_eq!(titles, ["a", "b", "c"]);
    assert_eq!(EntriesState::options().ordering, ["title"]);
    Ok(())
}

/// The API for server code, which no browser reaches.
pub async fn c043_c045_api(db: &rdj::orm::Db) -> Result {
    let (ann, bob) = (Client::new(db, 1), Client::new(db, 2));
    let mut ids = Vec::new();
    for title in ["Milk", "Bread", "Eggs"] {
        ids.push(add(&ann, title).await?);
    }
    let cx = ann.cx();
    let mut notes = CrudNotesState::default();
    notes
        .orm(&cx)
        .filter(note::Column::Title.ne("Eggs"))
        .await?;
    assert_eq!(notes.notes_total_count(), 2);
    // it stays for the events of a browser
    ann.call(&mut notes, "refresh", "[]").await?;
    assert_eq!(notes.notes_total_count(), 2);
    let outside = notes.orm(&cx).load(ids[2]).await;
    assert!(
        matches!(outside, Err(Error::NotFound)),
        "the filter is part of the scope"
    );
    notes.orm(&cx).clear_filter().await?;
    notes.orm(&cx).paginate(3, 1).await?;
    assert_eq!(
        (notes.page, notes.page_size, notes.notes().len()),
        (3, 1, 1)
    );
    notes.orm(&cx).paginate(1, 500).await?;
    assert_eq!((notes.page_size, notes.notes().len()), (100, 3));
    assert_eq!(notes.get_row(&ids[1]).map(|row| &*row.title), Some("Bread"));
    assert!(notes.get_row(&-1).is_none());

    notes.orm(&cx).load(ids[0]).await?;
    assert_eq!((notes.editing_id, &*notes.title), (Some(ids[0]), "Milk"));
    "Oat milk".clone_into(&mut notes.title);
    let saved = notes.orm(&cx).save().await?;
    assert_eq!(
        saved.map(|row| (row.id, row.title)),
        Some((ids[0], "Oat milk".to_owned()))
    );
    notes.orm(&cx).load(ids[0]).await?;
    let copy = notes.orm(&cx).create().await?;
    assert!(copy.is_some_and(|row| !ids.contains(&row.id) && row.user_id == 1));
    notes.orm(&cx).delete(ids[0]).await?;
    notes.orm(&cx).refresh().await?;
    assert_eq!(notes.notes_total_count(), 3);
    notes.title = String::new();
    assert!(
        notes.orm(&cx).save().await?.is_none(),
        "errors are shown, nothing is saved"
    );
    notes.orm(&cx).cancel_edit();

    let theirs = CrudNotesState::default()
        .orm(&bob.cx())
        .delete(ids[1])
        .await;
    assert!(matches!(theirs, Err(Error::NotFound)));
    unknown(
        &ann,
        &mut notes,
        &[
            "filter",
            "clear_filter",
            "paginate",
            "get_row",
            "orm",
            "narrow",
        ],
    )
    .await;
    Ok(())
}
