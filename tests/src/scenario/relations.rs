//! Foreign keys, unique columns and choices.

use rdj::prelude::*;

use crate::{
    models::{album, artist},
    orm::Client,
};

/// Unique names.
#[model_state(model = artist::Entity, fields(name), ordering(name))]
#[derive(Debug)]
pub struct ArtistsState;

/// Albums of artists.
#[model_state(
    model = album::Entity,
    fields(title, artist_id, guest_id, medium),
    ordering(title),
)]
#[derive(Debug)]
pub struct AlbumsState;

async fn artist(db: &rdj::orm::Db, name: &str) -> Result<i32> {
    let mut artists = ArtistsState::default();
    let client = Client::anonymous(db);
    client
        .submit(&mut artists, "save", &[("name", name)])
        .await?;
    let found = artists.data.iter().find(|row| row.name == name);
    found.map(|row| row.id).ok_or(Error::NotFound)
}

/// A value that is taken is an error of its field.
pub async fn unique(db: &rdj::orm::Db) -> Result {
    let client = Client::anonymous(db);
    artist(db, "AC/DC").await?;
    let mut artists = ArtistsState::default();
    client
        .submit(&mut artists, "save", &[("name", "AC/DC")])
        .await?;
    let error = artists.field_errors.get("name");
    assert_eq!(
        error.as_deref(),
        Some("Artist with this value already exists.")
    );
    assert_eq!(artists.name, "AC/DC");
    let said = client
        .submit(&mut artists, "save", &[("name", "Accept")])
        .await?;
    assert_eq!(
        (said, artists.data.len()),
        (vec!["Artist saved.".to_owned()], 2)
    );
    let length = artists.field().name().max_length;
    assert_eq!(length, Some(160));
    Ok(())
}

/// Choices in the form, labels in the list.
pub async fn labels(db: &rdj::orm::Db) -> Result {
    let (second, first) = (artist(db, "Zappa").await?, artist(db, "Abba").await?);
    let client = Client::anonymous(db);
    let mut albums = AlbumsState::default();
    client.load(&mut albums).await?;
    let html = albums.form().to_string();
    let (a, z) = (html.find(">Abba<"), html.find(">Zappa<"));
    assert!(a.is_some() && a < z, "{html}");
    let (first, second) = (first.to_string(), second.to_string());
    let form = [
        ("title", "One"),
        ("artist_id", &*first),
        ("guest_id", ""),
        ("medium", "cd"),
    ];
    client.submit(&mut albums, "save", &form).await?;
    let form = [
        ("title", "Two"),
        ("artist_id", &*first),
        ("guest_id", &*second),
        ("medium", "lp"),
    ];
    client.submit(&mut albums, "save", &form).await?;
    let html = albums.table().to_string();
    assert!(
        html.contains("<td>Abba</td><td></td><td>Compact disc</td>"),
        "{html}"
    );
    assert!(
        html.contains("<td>Abba</td><td>Zappa</td><td>lp</td>"),
        "{html}"
    );
    Ok(())
}

/// What refers to nothing, and what is referred to.
pub async fn references(db: &rdj::orm::Db) -> Result {
    let id = artist(db, "Abba").await?;
    let client = Client::anonymous(db);
    let mut albums = AlbumsState::default();
    client.load(&mut albums).await?;
    let form = [("title", "One"), ("artist_id", "4711"), ("medium", "cd")];
    client.submit(&mut albums, "save", &form).await?;
    assert_eq!(
        albums.field_errors.get("artist_id").as_deref(),
        Some("Choose one of the choices.")
    );
    client
        .submit(
            &mut albums,
            "save",
            &[("artist_id", ""), ("medium", "tape")],
        )
        .await?;
    assert_eq!(
        albums.field_errors.get("artist_id").as_deref(),
        Some("This field is required.")
    );
    assert_eq!(
        albums.field_errors.get("medium").as_deref(),
        Some("Choose one of the choices.")
    );
    // a row made after the form was opened is a choice too
    let late = artist(db, "Late").await?.to_string();
    let said = client
        .submit(
            &mut albums,
            "save",
            &[("artist_id", &late), ("medium", "cd")],
        )
        .await?;
    assert_eq!(said, ["Album saved."]);

    let mut artists = ArtistsState::default();
    let said = client
        .call(&mut artists, "delete", &format!("[{late}]"))
        .await?;
    assert_eq!(said, ["Artist is still in use and cannot be deleted."]);
    assert_eq!(artists.error, "", "it is not an error of the form");
    client
        .call(&mut artists, "delete", &format!("[{id}]"))
        .await?;
    assert_eq!((&*artists.error.text(), artists.data.len()), ("", 1));
    Ok(())
}
