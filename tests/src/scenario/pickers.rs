//! Fields that refer to more rows than a select can show.

use rdj::{
    component::Choice,
    orm::{
        Db, FieldMeta,
        sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder},
    },
    prelude::*,
};

use super::relations::AlbumsState;
use crate::{
    models::{
        album, artist,
        playlists::{playlist, song},
    },
    orm::Client,
};

/// Artists without those that are closed.
#[model_state(model = artist::Entity, fields(name), ordering(name))]
#[derive(Debug)]
pub struct OpenArtistsState;

impl OpenArtistsHooks for OpenArtistsState {
    fn filter_queryset(
        &self,
        _: &Cx,
        query: rdj::orm::sea_orm::Select<artist::Entity>,
    ) -> rdj::orm::sea_orm::Select<artist::Entity> {
        use rdj::orm::sea_orm::{ColumnTrait, QueryFilter};
        query.filter(artist::Column::Name.not_like("%closed%"))
    }
}

/// Albums of open artists: the scope of a state.
#[model_state(
    model = album::Entity,
    fields(title, artist_id, medium),
    picker(artist_id = OpenArtistsState),
)]
#[derive(Debug)]
pub struct OpenAlbumsState;

/// Albums of open artists: a hook.
#[model_state(model = album::Entity, fields(title, artist_id, medium))]
#[derive(Debug)]
pub struct HookedAlbumsState;

impl HookedAlbumsHooks for HookedAlbumsState {
    async fn get_choices(&self, cx: &Cx, field: &FieldMeta) -> Result<Vec<Choice>> {
        let mut choices = base::get_choices(self, cx, field).await?;
        choices.retain(|choice| !choice.label.contains("closed"));
        Ok(choices)
    }
}

/// Playlists, whose songs are many.
#[model_state(model = playlist::Entity, fields(name, songs))]
#[derive(Debug)]
pub struct SongbooksState;

/// 150 artists, each third closed; the key of the first.
async fn artists(db: &Db) -> Result<i32> {
    let new = (0..150).map(|number| artist::ActiveModel {
        name: Set(if number % 3 == 2 {
            format!("Artist {number:03} closed")
        } else {
            format!("Artist {number:03}")
        }),
        ..Default::default()
    });
    artist::Entity::insert_many(new)
        .exec_without_returning(db)
        .await?;
    let first = artist::Entity::find()
        .order_by_asc(artist::Column::Id)
        .one(db)
        .await?;
    Ok(first.ok_or(Error::NotFound)?.id)
}

fn count(html: &str, what: &str) -> usize {
    html.matches(what).count()
}

/// The text goes to the server, at most 20 choices come back, and what is picked stays.
pub async fn search(db: &Db) -> Result {
    let first = artists(db).await?;
    let client = Client::anonymous(db);
    let mut albums = AlbumsState::default();
    client.load(&mut albums).await?;
    let html = albums.field().artist_id().to_string();
    assert!(
        html.contains(r#"type="search" name="artist_id-search""#),
        "{html}"
    );
    assert!(html.contains("Only the first 20 are shown."), "{html}");
    assert_eq!(count(&html, "<option"), 21, "20 and an empty one");
    client
        .call(&mut albums, "search_choices", r#"["artist_id", "14 art"]"#)
        .await?;
    let html = albums.field().artist_id().to_string();
    assert_eq!(count(&html, "<option"), 13, "{html}");
    assert!(
        html.contains("Artist 014 closed") && html.contains("Artist 149"),
        "{html}"
    );
    let picked = first + 148;
    client
        .call(
            &mut albums,
            "pick_choice",
            &format!(r#"["artist_id", "{picked}"]"#),
        )
        .await?;
    client
        .call(&mut albums, "search_choices", r#"["artist_id", "nobody"]"#)
        .await?;
    let html = albums.field().artist_id().to_string();
    assert!(
        html.contains(&format!(
            r#"<option value="{picked}" selected>Artist 148</option>"#
        )),
        "{html}"
    );
    assert_eq!(albums.artist_id, picked);
    let form = [("title", "One"), ("medium", "cd")];
    assert_eq!(
        client.submit(&mut albums, "save", &form).await?,
        ["Album saved."]
    );
    edited(&client, albums, picked).await?;
    several(db, &client).await
}

/// Check boxes: what is ticked stays while others are searched for.
async fn several(db: &Db, client: &Client) -> Result {
    let new = (0..120).map(|number| song::ActiveModel {
        user_id: Set(1),
        title: Set(format!("Song {number:03}")),
        ..Default::default()
    });
    song::Entity::insert_many(new)
        .exec_without_returning(db)
        .await?;
    let mut books = SongbooksState::default();
    client.load(&mut books).await?;
    client
        .call(&mut books, "search_choices", r#"["songs", "119"]"#)
        .await?;
    let html = books.field().songs().to_string();
    assert_eq!(count(&html, r#"type="checkbox""#), 1, "{html}");
    let id = song::Entity::find()
        .all(db)
        .await?
        .last()
        .map_or(0, |song| song.id);
    client
        .call(
            &mut books,
            "pick_choice",
            &format!(r#"["songs", "{id}", true]"#),
        )
        .await?;
    client
        .call(&mut books, "search_choices", r#"["songs", "118"]"#)
        .await?;
    let html = books.field().songs().to_string();
    assert!(
        html.contains("checked") && html.contains("Song 119") && html.contains("Song 118"),
        "{html}"
    );
    client
        .call(
            &mut books,
            "pick_choice",
            &format!(r#"["songs", "{id}", false]"#),
        )
        .await?;
    assert!(books.songs.is_empty());
    Ok(())
}

async fn closed_is_hidden<S>(db: &Db, mut albums: S) -> Result
where
    S: ModelState<Entity = album::Entity>,
{
    let first = artists(db).await?;
    let client = Client::anonymous(db);
    for (artist, title) in [(first, "Open"), (first + 2, "Hidden")] {
        let new = album::ActiveModel {
            title: Set(title.to_owned()),
            artist_id: Set(artist),
            medium: Set("cd".to_owned()),
            ..Default::default()
        };
        album::Entity::insert(new).exec(db).await?;
    }
    client.load(&mut albums).await?;
    client
        .call(&mut albums, "search_choices", r#"["artist_id", "closed"]"#)
        .await?;
    let html =
        rdj::orm::view::table(&albums).to_string() + &rdj::orm::view::form(&albums).to_string();
    assert!(html.contains("<td>Artist 000</td>"), "{html}");
    let shown = html.replace(r#"value="closed""#, "");
    assert!(!shown.contains("closed"), "{shown}");
    let closed = (first + 2).to_string();
    client
        .call(
            &mut albums,
            "pick_choice",
            &format!(r#"["artist_id", "{closed}"]"#),
        )
        .await?;
    let html = rdj::orm::view::form(&albums)
        .to_string()
        .replace(r#"value="closed""#, "");
    assert!(!html.contains("closed"), "{html}");
    let form = [("title", "X"), ("artist_id", &*closed), ("medium", "cd")];
    client.submit(&mut albums, "save", &form).await?;
    let error = albums
        .core()
        .field_errors
        .get("artist_id")
        .map(std::borrow::Cow::into_owned);
    assert_eq!(error.as_deref(), Some("Choose one of the choices."));
    Ok(())
}

/// What a hook leaves out is neither offered nor found, labelled or taken.
pub async fn hook(db: &Db) -> Result {
    closed_is_hidden(db, HookedAlbumsState::default()).await
}

/// The same for rows outside of the scope of the state that `picker` names.
pub async fn scope(db: &Db) -> Result {
    closed_is_hidden(db, OpenAlbumsState::default()).await
}

/// Without JavaScript the search is sent with the form, and what it finds is there to be picked.
pub async fn without_script(db: &Db) -> Result {
    artists(db).await?;
    let client = Client::anonymous(db);
    let mut albums = AlbumsState::default();
    client.load(&mut albums).await?;
    let form = [
        ("title", "One"),
        ("artist_id-search", "148"),
        ("artist_id", ""),
        ("medium", "cd"),
    ];
    client.submit(&mut albums, "save", &form).await?;
    let error = albums.field_errors.get("artist_id");
    assert!(error.is_some());
    let html = albums.field().artist_id().to_string();
    assert!(
        html.contains("Artist 148") && html.contains(r#"value="148""#),
        "{html}"
    );
    assert_eq!(albums.title, "One");
    Ok(())
}

/// An edit knows the name of what is picked, and events name a field of the form that refers to something.
async fn edited(client: &Client, mut albums: AlbumsState, picked: i32) -> Result {
    client.load(&mut albums).await?;
    let args = format!("[{}]", albums.data[0].id);
    client.call(&mut albums, "start_edit", &args).await?;
    let html = albums.field().artist_id().to_string();
    assert!(
        html.contains(&format!(
            r#"<option value="{picked}" selected>Artist 148</option>"#
        )),
        "{html}"
    );
    for (event, args) in [
        ("search_choices", r#"["title", "x"]"#),
        ("search_choices", r#"["artist_id"]"#),
        ("pick_choice", r#"["nothing", "1"]"#),
    ] {
        let refused = client.call(&mut albums, event, args).await;
        assert!(
            matches!(refused, Err(Error::BadArguments(_))),
            "{event} {args}"
        );
    }
    Ok(())
}
