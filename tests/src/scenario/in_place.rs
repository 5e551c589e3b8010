//! Rows that are made where another row refers to them.

use rdj::{
    CurrentUser, State, handlers,
    orm::{
        Db,
        sea_orm::{ActiveModelTrait as _, EntityTrait as _, Set},
    },
    prelude::*,
};

use crate::{
    models::{
        album, artist,
        playlists::{playlist, song},
    },
    orm::Client,
};

/// Artists; who is not signed in makes none.
#[model_state(model = artist::Entity, fields(name), login_required_actions(create))]
#[derive(Debug)]
pub struct MakersState;

impl MakersHooks for MakersState {
    fn clean_name(&self, value: String) -> Result<String, FieldError> {
        if value == "bad" {
            return Err("Not that one.".into());
        }
        Ok(value)
    }
}

/// Albums whose artists are made on the way.
#[model_state(
    model = album::Entity,
    fields(title, artist_id, medium),
    picker(artist_id = MakersState),
    create_in_place(artist_id = name),
)]
#[derive(Debug)]
pub struct MadeAlbumsState;

/// Albums whose artists have to be there.
#[model_state(
    model = album::Entity,
    fields(title, artist_id, medium),
    picker(artist_id = MakersState),
)]
#[derive(Debug)]
pub struct PickedAlbumsState;

/// Artists that are saved in a way of their own, by staff.
#[model_state(model = artist::Entity, fields(name))]
#[derive(Debug)]
pub struct OwnMakersState;

#[events]
impl OwnMakersState {
    #[event(staff)]
    async fn save(&mut self, cx: &Cx) -> Result {
        self.name.push('!');
        handlers::save(self, cx).await.map(drop)
    }
}

/// Albums of those.
#[model_state(
    model = album::Entity,
    fields(title, artist_id, medium),
    picker(artist_id = OwnMakersState),
    create_in_place(artist_id = name),
)]
#[derive(Debug)]
pub struct OwnMadeAlbumsState;

/// Songs of the signed-in user.
#[model_state(model = song::Entity, fields(title), owner_field = user_id)]
#[derive(Debug)]
pub struct OwnSongsState;

/// Playlists whose songs are made on the way.
#[model_state(
    model = playlist::Entity,
    fields(name, songs),
    picker(songs = OwnSongsState),
    create_in_place(songs = title),
)]
#[derive(Debug)]
pub struct SongListsState;

async fn artists(db: &Db) -> Result<Vec<artist::Model>> {
    Ok(artist::Entity::find().all(db).await?)
}

async fn add(db: &Db, name: &str) -> Result<artist::Model> {
    let new = artist::ActiveModel {
        name: Set(name.to_owned()),
        ..Default::default()
    };
    Ok(new.insert(db).await?)
}

fn picker(state: &MadeAlbumsState) -> String {
    state.field().artist_id().to_string()
}

const OFFER: &str = "Create \u{201c}New one\u{201d}";

/// What is searched for and not there can be made, and is picked then.
pub async fn makes(db: &Db) -> Result {
    add(db, "Old").await?;
    let ann = Client::new(db, 1);
    let mut albums = MadeAlbumsState::default();
    ann.load(&mut albums).await?;
    let html = picker(&albums);
    assert!(
        html.contains("artist_id-search") && !html.contains("Create"),
        "{html}"
    );
    ann.call(&mut albums, "search_choices", r#"["artist_id", " old "]"#)
        .await?;
    let html = picker(&albums);
    assert!(html.contains(">Old<") && !html.contains("Create"), "{html}");
    ann.call(
        &mut albums,
        "search_choices",
        r#"["artist_id", " New one "]"#,
    )
    .await?;
    let html = picker(&albums);
    assert!(
        html.contains(OFFER)
            && html
                .contains("made_albums.create_choice(&quot;artist_id&quot;,&quot;New one&quot;)"),
        "{html}"
    );
    assert!(
        html.contains(r#"<button type="button""#),
        "no form is sent by Enter: {html}"
    );
    let before = ann.changes().changed_at(["artist"]);
    let said = ann
        .call(&mut albums, "create_choice", r#"["artist_id", "New one"]"#)
        .await?;
    assert_eq!(said, ["Artist saved."]);
    assert!(
        ann.changes().changed_at(["artist"]) > before,
        "told to open lists"
    );
    let made = artists(db)
        .await?
        .into_iter()
        .find(|row| row.name == "New one");
    let made = made.ok_or(Error::NotFound)?;
    assert_eq!(albums.artist_id, made.id);
    let html = picker(&albums);
    assert!(
        html.contains(&format!(r#"value="{}" selected>New one<"#, made.id))
            && !html.contains("Create"),
        "{html}"
    );
    // a second time it is there, and is picked
    albums.artist_id = 0;
    ann.call(&mut albums, "create_choice", r#"["artist_id", "new ONE"]"#)
        .await?;
    assert_eq!((albums.artist_id, artists(db).await?.len()), (made.id, 2));
    let form = [("title", "One"), ("medium", "cd")];
    assert_eq!(
        ann.submit(&mut albums, "save", &form).await?,
        ["Album saved."]
    );
    assert_eq!(album::Entity::find().all(db).await?[0].artist_id, made.id);
    own_save(db).await
}

/// A save of the user is not led past, nor is its guard.
async fn own_save(db: &Db) -> Result {
    let (ann, staff) = (
        Client::new(db, 1),
        Client::of(db, CurrentUser::new(2, "staff").with_staff(true)),
    );
    let mut albums = OwnMadeAlbumsState::default();
    let create = r#"["artist_id", "Guarded"]"#;
    ann.call(&mut albums, "create_choice", create).await?;
    assert!(albums.field_errors.get("artist_id").is_some());
    assert_eq!((albums.artist_id, artists(db).await?.len()), (0, 2));
    staff.call(&mut albums, "create_choice", create).await?;
    let made = artists(db)
        .await?
        .into_iter()
        .find(|row| row.id == albums.artist_id);
    assert_eq!(made.map(|row| row.name).as_deref(), Some("Guarded!"));
    Ok(())
}

/// Of many, the new one is ticked beside the others; it belongs to who made it.
pub async fn several(db: &Db) -> Result {
    let ann = Client::new(db, 7);
    let mut lists = SongListsState::default();
    ann.load(&mut lists).await?;
    for title in ["First", "Second"] {
        let args = format!(r#"["songs", "{title}"]"#);
        ann.call(&mut lists, "search_choices", &args).await?;
        let html = lists.field().songs().to_string();
        assert!(html.contains("create_choice"), "{html}");
        ann.call(&mut lists, "create_choice", &args).await?;
    }
    let songs = song::Entity::find().all(db).await?;
    assert_eq!(songs.len(), 2);
    assert!(songs.iter().all(|song| song.user_id == 7));
    assert_eq!(lists.songs.len(), 2);
    ann.submit(&mut lists, "save", &[("name", "Mine")]).await?;
    let list = playlist::Entity::find().all(db).await?.remove(0);
    ann.call(&mut lists, "start_edit", &format!("[{}]", list.id))
        .await?;
    assert_eq!(lists.songs.len(), 2);
    Ok(())
}

/// What that state refuses is told at the field; who may not make rows is offered none.
pub async fn refusals(db: &Db) -> Result {
    add(db, "Old").await?;
    let (ann, nobody) = (Client::new(db, 1), Client::anonymous(db));
    let mut albums = MadeAlbumsState::default();
    ann.load(&mut albums).await?;
    let long = "x".repeat(190);
    for (text, why) in [("bad", "Not that one."), (&long, "160")] {
        let args = format!(r#"["artist_id", "{text}"]"#);
        ann.call(&mut albums, "create_choice", &args).await?;
        let error = albums
            .field_errors
            .get("artist_id")
            .unwrap_or_default()
            .into_owned();
        assert!(error.contains(why), "{error}");
        assert!(picker(&albums).contains(&error) && albums.artist_id == 0);
    }
    let new = r#"["artist_id", "New one"]"#;
    nobody.call(&mut albums, "search_choices", new).await?;
    assert!(!picker(&albums).contains("Create"));
    nobody.call(&mut albums, "create_choice", new).await?;
    assert!(albums.field_errors.get("artist_id").is_some());
    for args in [
        r#"["artist_id", " "]"#,
        r#"["artist_id"]"#,
        r#"["title", "x"]"#,
        r#"["medium", "x"]"#,
        r#"["nothing", "x"]"#,
    ] {
        let refused = ann.call(&mut albums, "create_choice", args).await;
        assert!(
            matches!(refused, Err(Error::BadArguments(_))),
            "{args}: {refused:?}"
        );
    }
    // undeclared: there is no such event, and no such control
    let mut picked = PickedAlbumsState::default();
    ann.load(&mut picked).await?;
    let refused = ann.call(&mut picked, "create_choice", new).await;
    assert!(
        matches!(refused, Err(Error::UnknownEvent(_))),
        "{refused:?}"
    );
    let form = [
        ("title", "One"),
        ("medium", "cd"),
        ("artist_id-create", "New one"),
    ];
    ann.submit(&mut picked, "save", &form).await?;
    let has = |events: Vec<rdj::__private::runtime::dispatch::EventFacts>| {
        events.iter().any(|event| event.name == "create_choice")
    };
    assert!(has(MadeAlbumsState::events()) && !has(PickedAlbumsState::events()));
    assert_eq!(artists(db).await?.len(), 1);
    Ok(())
}

/// A check box in the form stands for the button: the row is made, then the form is saved with it.
pub async fn without_script(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let mut albums = MadeAlbumsState::default();
    ann.load(&mut albums).await?;
    let form = [
        ("title", "One"),
        ("medium", "cd"),
        ("artist_id", ""),
        ("artist_id-search", "New one"),
    ];
    ann.submit(&mut albums, "save", &form).await?;
    let html = albums.form().to_string();
    let control = r#"<input type="checkbox" name="artist_id-create" value="New one">"#;
    assert!(
        html.contains(control) && html.contains(r#"value="One""#),
        "{html}"
    );
    // the next request opens the page anew
    let mut albums = MadeAlbumsState::default();
    ann.load(&mut albums).await?;
    let wrong = [form.as_slice(), &[("artist_id-create", "bad")]].concat();
    ann.submit(&mut albums, "save", &wrong).await?;
    assert_eq!(
        albums.field_errors.get("artist_id").as_deref(),
        Some("Not that one.")
    );
    assert_eq!(albums.title, "One");
    assert!(album::Entity::find().all(db).await?.is_empty());
    let mut albums = MadeAlbumsState::default();
    ann.load(&mut albums).await?;
    let right = [form.as_slice(), &[("artist_id-create", "New one")]].concat();
    let said = ann.submit(&mut albums, "save", &right).await?;
    assert_eq!(said, ["Artist saved.", "Album saved."]);
    let made = artists(db).await?.remove(0);
    assert_eq!(album::Entity::find().all(db).await?[0].artist_id, made.id);
    Ok(())
}
