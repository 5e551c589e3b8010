//! Two people edit one row.

use rdj::{
    __private::runtime::state::Query,
    Entries,
    orm::{
        Db,
        sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel},
    },
    prelude::*,
};

use crate::{models::note, orm::Client};

/// Notes that everybody edits.
#[model_state(model = note::Entity, fields(title, content, priority, user_id))]
#[derive(Debug)]
pub struct SharedState;

/// The last one wins.
#[model_state(
    model = note::Entity,
    fields(title, content, priority, user_id),
    optimistic_concurrency = false,
)]
#[derive(Debug)]
pub struct LastState;

const FORM: [(&str, &str); 4] = [
    ("title", "Milk"),
    ("content", "One litre"),
    ("priority", "1"),
    ("user_id", "1"),
];

async fn row(db: &Db) -> Result<note::Model> {
    note::Entity::find().one(db).await?.ok_or(Error::NotFound)
}

/// Somebody else changes the title, and the content.
async fn change(db: &Db, title: &str, content: &str) -> Result {
    let mut row = row(db).await?.into_active_model();
    row.title = Set(title.to_owned());
    row.content = Set(Some(content.to_owned()));
    row.update(db).await?;
    Ok(())
}

async fn editing(db: &Db, client: &Client) -> Result<SharedState> {
    let mut state = SharedState::default();
    client.submit(&mut state, "save", &FORM).await?;
    let args = format!("[{}]", row(db).await?.id);
    client.call(&mut state, "start_edit", &args).await?;
    Ok(state)
}

/// A form with another title and another priority.
fn typed(title: &str) -> [(&str, &str); 4] {
    [
        ("title", title),
        ("content", "One litre"),
        ("priority", "2"),
        ("user_id", "1"),
    ]
}

/// The save is stopped and shown; either side can win, and a further change is a new conflict.
pub async fn both_changed_the_same(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let mut state = editing(db, &ann).await?;
    change(db, "Cream", "One litre").await?;
    for _ in 0..2 {
        ann.submit(&mut state, "save", &typed("Bread")).await?;
        let fields = state
            .conflict
            .as_ref()
            .map(|conflict| conflict.fields.clone());
        let fields = fields.unwrap_or_default();
        assert_eq!(fields.len(), 1, "{fields:?}");
        let found = (
            fields[0].name,
            fields[0].original.as_deref(),
            &*fields[0].theirs,
        );
        assert_eq!(found, ("title", Some("Milk"), "Cream"));
        assert_eq!((&*fields[0].yours, &*state.title), ("Bread", "Bread"));
        assert_eq!(row(db).await?.title, "Cream", "nothing is written");
    }
    let html = ann.cx().scope(async { state.form().to_string() }).await;
    assert!(
        html.contains("Somebody else has changed this entry"),
        "{html}"
    );
    assert!(
        html.contains("<td>Milk</td><td>Cream</td><td>Bread</td>"),
        "{html}"
    );
    assert!(
        html.contains("shared_state.keep_mine") || html.contains(".keep_mine"),
        "{html}"
    );

    // once more, after the conflict was shown
    change(db, "Butter", "One litre").await?;
    ann.submit(&mut state, "keep_mine", &typed("Bread")).await?;
    let theirs = state
        .conflict
        .as_ref()
        .map(|conflict| &*conflict.theirs.title);
    assert_eq!(theirs, Some("Butter"));
    ann.submit(&mut state, "keep_mine", &typed("Bread")).await?;
    let saved = row(db).await?;
    assert_eq!((&*saved.title, saved.priority), ("Bread", 2));
    assert!(state.conflict.is_none() && !state.is_editing());

    let args = format!("[{}]", saved.id);
    ann.call(&mut state, "start_edit", &args).await?;
    change(db, "Cheese", "One litre").await?;
    ann.submit(&mut state, "save", &[("title", "Ham"), ("priority", "9")])
        .await?;
    assert!(state.conflict.is_some());
    ann.submit(
        &mut state,
        "take_theirs",
        &[("title", "Ham"), ("priority", "9")],
    )
    .await?;
    assert!(state.conflict.is_none() && state.error.is_empty() && state.is_editing());
    assert_eq!(
        (&*state.title, state.priority),
        ("Cheese", 9),
        "the rest stays typed"
    );
    assert_eq!(row(db).await?.priority, 2, "nothing is saved yet");
    ann.call(&mut state, "save", "[]").await?;
    let saved = row(db).await?;
    assert_eq!((&*saved.title, saved.priority), ("Cheese", 9));
    Ok(())
}

/// What somebody else changed and the user did not touch stays, also when the user wins.
pub async fn others_changed_the_rest(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let mut state = editing(db, &ann).await?;
    change(db, "Milk", "Two litres").await?;
    ann.submit(&mut state, "save", &typed("Bread")).await?;
    let saved = row(db).await?;
    assert_eq!((&*saved.title, saved.priority), ("Bread", 2));
    assert_eq!(saved.content.as_deref(), Some("Two litres"));

    // both came to the same: nothing to decide
    let args = format!("[{}]", saved.id);
    ann.call(&mut state, "start_edit", &args).await?;
    change(db, "Rye", "Two litres").await?;
    ann.submit(&mut state, "save", &[("title", "Rye")]).await?;
    assert!(state.conflict.is_none() && !state.is_editing());

    ann.call(&mut state, "start_edit", &args).await?;
    change(db, "Cake", "Three litres").await?;
    let form = [("title", "Tart"), ("content", "Two litres")];
    ann.submit(&mut state, "save", &form).await?;
    assert!(state.conflict.is_some());
    assert_eq!(
        state.content.as_deref(),
        Some("Three litres"),
        "the form knows it now"
    );
    let form = [("title", "Tart"), ("content", "Three litres")];
    ann.submit(&mut state, "keep_mine", &form).await?;
    let saved = row(db).await?;
    assert_eq!(
        (&*saved.title, saved.content.as_deref()),
        ("Tart", Some("Three litres"))
    );
    Ok(())
}

/// The value of a hidden control.
fn hidden(html: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let rest = html.split_once(&start).map(|(_, rest)| rest);
    let value = rest
        .and_then(|rest| rest.split_once('"'))
        .map(|(value, _)| value);
    value.unwrap_or_default().to_owned()
}

async fn html(client: &Client, state: &SharedState) -> String {
    client.cx().scope(async { state.form().to_string() }).await
}

/// Opens the page for a row, as a request without JavaScript does.
async fn open(client: &Client, key: &str) -> Result<SharedState> {
    let entries = Entries::new(vec![("edit".to_owned(), key.to_owned())]);
    let mut state = SharedState::default();
    state.read_query(&Query::new(&entries, None));
    client.load(&mut state).await?;
    assert!(state.is_editing());
    Ok(state)
}

/// Each request begins with the row of now; the form brings back what it knew.
pub async fn without_javascript(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let state = editing(db, &ann).await?;
    let version = hidden(&html(&ann, &state).await, "_version");
    assert_eq!(version.len(), 5 * 8, "the key and four fields");
    let args = row(db).await?.id.to_string();
    change(db, "Cream", "Two litres").await?;

    let mut state = open(&ann, &args).await?;
    let mut form = typed("Bread").to_vec();
    form.push(("_version", &version));
    ann.submit(&mut state, "save", &form).await?;
    let conflict = state
        .conflict
        .as_ref()
        .map(|conflict| conflict.fields.clone());
    let fields = conflict.unwrap_or_default();
    assert_eq!(fields.len(), 1, "{fields:?}");
    assert_eq!((fields[0].name, &fields[0].original), ("title", &None));
    let shown = html(&ann, &state).await;
    assert_eq!(
        hidden(&shown, "_version"),
        version,
        "a further save is stopped again"
    );
    let theirs = hidden(&shown, "_theirs");
    assert!(shown.contains("Two litres"), "{shown}");

    change(db, "Butter", "Two litres").await?;
    let keep = |theirs: String| {
        let (ann, args, version) = (ann.clone(), args.clone(), version.clone());
        async move {
            let mut state = open(&ann, &args).await?;
            let mut form = typed("Bread").to_vec();
            form[1].1 = "Two litres";
            form.extend([("_version", &*version), ("_theirs", &*theirs)]);
            ann.submit(&mut state, "keep_mine", &form).await?;
            Ok::<_, Error>(state)
        }
    };
    let state = keep(theirs).await?;
    assert!(state.conflict.is_some(), "changed again");
    let theirs = hidden(&html(&ann, &state).await, "_theirs");
    let state = keep(theirs).await?;
    assert!(state.conflict.is_none() && !state.is_editing());
    let saved = row(db).await?;
    assert_eq!(
        (&*saved.title, saved.content.as_deref()),
        ("Bread", Some("Two litres"))
    );

    // what no form knows, or what is nonsense, is compared with the row of now
    for odd in ["", "zz", "0000000", &version.replace('a', "b")] {
        let mut state = open(&ann, &args).await?;
        ann.submit(&mut state, "save", &[("title", "Rye"), ("_version", odd)])
            .await?;
    }
    assert_eq!(row(db).await?.title, "Rye");
    take(db, &ann, &args).await
}

async fn take(db: &Db, ann: &Client, args: &str) -> Result {
    let state = open(ann, args).await?;
    let version = hidden(&html(ann, &state).await, "_version");
    change(db, "Cake", "Two litres").await?;
    let mut state = open(ann, args).await?;
    let form = [("title", "Ham"), ("priority", "5"), ("_version", &*version)];
    ann.submit(&mut state, "take_theirs", &form).await?;
    assert_eq!((&*state.title, state.priority), ("Cake", 5));
    assert_eq!(row(db).await?.priority, 2, "nothing is saved yet");
    Ok(())
}

/// The form stays after a save.
#[model_state(model = note::Entity, fields(title, user_id), reset_after_save = false)]
#[derive(Debug)]
pub struct QuickState;

/// A second save that leaves before the answer of the first is there is no conflict with oneself.
pub async fn nobody_conflicts_with_oneself(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    editing(db, &ann).await?;
    let args = format!("[{}]", row(db).await?.id);
    let mut state = QuickState::default();
    ann.call(&mut state, "start_edit", &args).await?;
    let html = ann.cx().scope(async { state.form().to_string() }).await;
    let version = hidden(&html, "_version");
    for title in ["Bread", "Rye"] {
        let form = [("title", title), ("user_id", "1"), ("_version", &*version)];
        ann.submit(&mut state, "save", &form).await?;
        assert!(state.conflict.is_none(), "{title}");
        assert_eq!(row(db).await?.title, title);
    }
    Ok(())
}

/// Without the check the last one wins, for the fields that differ.
pub async fn it_can_be_switched_off(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let mut state = LastState::default();
    ann.submit(&mut state, "save", &FORM).await?;
    let args = format!("[{}]", row(db).await?.id);
    ann.call(&mut state, "start_edit", &args).await?;
    change(db, "Cream", "One litre").await?;
    ann.submit(&mut state, "save", &typed("Bread")).await?;
    assert_eq!(
        (&*row(db).await?.title, state.is_editing()),
        ("Bread", false)
    );
    let html = ann.cx().scope(async { state.form().to_string() }).await;
    assert!(!html.contains("_version"), "{html}");
    Ok(())
}
