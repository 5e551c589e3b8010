//! Many-to-many fields: check boxes, links, and what a user does not see of them.

use rdj::{
    orm::{
        Db,
        sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder},
    },
    prelude::*,
};

use crate::{
    models::playlists::{entry, playlist, song},
    orm::Client,
};

/// Playlists of all songs.
#[model_state(model = playlist::Entity, fields(name, songs), ordering(name))]
#[derive(Debug)]
pub struct PlaylistsState;

/// The songs of the signed-in user.
#[model_state(model = song::Entity, fields(title), ordering(title), owner_field = user_id)]
#[derive(Debug)]
pub struct SongsState;

/// Playlists of the songs of the signed-in user.
#[model_state(model = playlist::Entity, fields(name, songs), picker(songs = SongsState))]
#[derive(Debug)]
pub struct MyPlaylistsState;

async fn songs(db: &Db) -> Result<Vec<i64>> {
    let mut ids = Vec::new();
    for (user, title) in [(1, "Help"), (1, "Yesterday"), (2, "Secret")] {
        let new = song::ActiveModel {
            user_id: Set(user),
            title: Set(title.to_owned()),
            ..Default::default()
        };
        ids.push(song::Entity::insert(new).exec(db).await?.last_insert_id);
    }
    Ok(ids)
}

async fn linked(db: &Db) -> Result<Vec<i64>> {
    let rows = entry::Entity::find().order_by_asc(entry::Column::SongId);
    Ok(rows.all(db).await?.iter().map(|row| row.song_id).collect())
}

/// Ids in the form, links in the database, names in the list (D021).
pub async fn d021_links(db: &Db) -> Result {
    let ids = songs(db).await?;
    let texts: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let [help, yesterday, secret] = &*texts else {
        return Err(Error::NotFound);
    };
    let client = Client::anonymous(db);
    let mut lists = PlaylistsState::default();
    client.load(&mut lists).await?;
    let html = lists.field().songs().to_string();
    let boxed = format!(r#"<input type="checkbox" name="songs" value="{help}"> Help</label>"#);
    assert!(
        html.contains(&boxed) && html.contains("<legend>Songs</legend>"),
        "{html}"
    );
    let form = [
        ("name", "Best"),
        ("songs", ""),
        ("songs", help),
        ("songs", secret),
        ("songs", help),
    ];
    let said = client.submit(&mut lists, "save", &form).await?;
    assert_eq!(
        (said, linked(db).await?),
        (vec!["Playlist saved.".to_owned()], vec![ids[0], ids[2]])
    );
    assert!(lists.songs.is_empty(), "the form is empty again");
    let html = lists.table().to_string();
    assert!(html.contains("Best</th><td>Help, Secret</td>"), "{html}");

    let args = format!("[{}]", lists.data[0].id);
    client.call(&mut lists, "start_edit", &args).await?;
    let mut now = lists.songs.clone();
    now.sort_unstable();
    assert_eq!(now, [ids[0], ids[2]]);
    let html = lists.field().songs().to_string();
    assert!(
        html.contains(&format!(r#"value="{secret}" checked"#)),
        "{html}"
    );
    // one is taken out, one comes in; a form without the field leaves it
    let form = [("songs", ""), ("songs", secret), ("songs", yesterday)];
    client.submit(&mut lists, "save", &form).await?;
    assert_eq!(linked(db).await?, [ids[1], ids[2]]);
    client.call(&mut lists, "start_edit", &args).await?;
    client
        .submit(&mut lists, "save", &[("name", "Better")])
        .await?;
    assert_eq!(
        (linked(db).await?, &*lists.data[0].name),
        (vec![ids[1], ids[2]], "Better")
    );
    // what does not exist is refused, and nothing is written
    client.call(&mut lists, "start_edit", &args).await?;
    let form = [("name", "Worse"), ("songs", "4711")];
    client.submit(&mut lists, "save", &form).await?;
    let error = lists.field_errors.get("songs");
    assert_eq!(error.as_deref(), Some("Choose one of the choices."));
    assert_eq!(linked(db).await?, [ids[1], ids[2]]);
    client.submit(&mut lists, "save", &[("songs", "x")]).await?;
    assert!(lists.field_errors.get("songs").is_some());
    // a list from a select of several, and none at all
    client
        .call(&mut lists, "set_songs", &format!("[[\"{help}\"]]"))
        .await?;
    assert_eq!(lists.songs, [ids[0]]);
    client.submit(&mut lists, "save", &[("songs", "")]).await?;
    assert_eq!(linked(db).await?, Vec::<i64>::new());
    Ok(())
}

/// Links to rows of others are neither shown nor made nor removed.
pub async fn unseen(db: &Db) -> Result {
    let ids = songs(db).await?;
    let new = playlist::ActiveModel {
        name: Set("Both".to_owned()),
        ..Default::default()
    };
    let list = playlist::Entity::insert(new).exec(db).await?.last_insert_id;
    for song in [ids[0], ids[2]] {
        let new = entry::ActiveModel {
            playlist_id: Set(list),
            song_id: Set(song),
        };
        entry::Entity::insert(new)
            .exec_without_returning(db)
            .await?;
    }
    let ann = Client::new(db, 1);
    let mut lists = MyPlaylistsState::default();
    ann.load(&mut lists).await?;
    let html = lists.table().to_string() + &lists.form().to_string();
    assert!(
        html.contains("<td>Help</td>") && !html.contains("Secret"),
        "{html}"
    );
    ann.call(&mut lists, "start_edit", &format!("[{list}]"))
        .await?;
    assert_eq!(lists.songs, [ids[0]]);
    let mine = ids[1].to_string();
    ann.submit(&mut lists, "save", &[("songs", ""), ("songs", &mine)])
        .await?;
    assert_eq!(linked(db).await?, [ids[1], ids[2]], "that of Bob stays");
    let hers = ids[2].to_string();
    ann.submit(&mut lists, "save", &[("name", "New"), ("songs", &hers)])
        .await?;
    assert!(lists.field_errors.get("songs").is_some());
    // nobody in particular sees no songs, and keeps the links
    let mut lists = MyPlaylistsState::default();
    let nobody = Client::anonymous(db);
    nobody.load(&mut lists).await?;
    assert!(!lists.form().to_string().contains("Yesterday"));
    nobody
        .call(&mut lists, "start_edit", &format!("[{list}]"))
        .await?;
    nobody
        .submit(&mut lists, "save", &[("name", "Kept"), ("songs", "")])
        .await?;
    let rows = entry::Entity::find().filter(entry::Column::PlaylistId.eq(list));
    assert_eq!(rows.all(db).await?.len(), 2);
    Ok(())
}
