//! Filters, paths along relations, and what a list asks the database.

use rdj::{
    __private::runtime::state::{Address, Query},
    Entries, State,
    orm::{
        Db,
        prelude::*,
        sea_orm::{ActiveValue::NotSet, Set},
    },
    prelude::*,
    testing::SqlCount,
};

use super::keyset::EndlessState;
use crate::{
    models::{album, artist, genre, track},
    orm::Client,
};

/// Songs with all that a list can declare.
#[model_state(
    model = track::Entity,
    fields(name, album_id, genre_id, composer, seconds, price, is_active),
    list_display(name, album_id, genre_id, price),
    ordering(name),
    ordering_fields(name, price, seconds),
    search_fields(name, album.title, album.artist.name),
    filters(genre_id, price(range), is_active, name(text), composer(null)),
    select_related(album.artist, genre),
    paginate_by = 100,
)]
#[derive(Debug)]
pub struct SongsState;

/// Albums with their songs.
#[model_state(
    model = album::Entity,
    fields(title),
    list_display(title),
    ordering(title),
    prefetch_related(songs),
)]
#[derive(Debug)]
pub struct AlbumSongsState;

/// Two artists with an album each, two genres and `count` songs.
pub async fn fill(db: &Db, count: i32) -> Result {
    for (id, name) in [(1, "Abba"), (2, "Zappa")] {
        let artist = artist::ActiveModel {
            id: Set(id),
            name: Set(name.to_owned()),
        };
        artist.insert(db).await?;
        let album = album::ActiveModel {
            id: Set(id),
            title: Set(format!("Best of {name}")),
            artist_id: Set(id),
            guest_id: Set(None),
            medium: Set("cd".to_owned()),
        };
        album.insert(db).await?;
        let genre = genre::ActiveModel {
            id: Set(id),
            name: Set(["Pop", "Rock"][usize::from(id == 2)].to_owned()),
        };
        genre.insert(db).await?;
    }
    for number in 1..=count {
        let composer = (number % 3 != 0).then(|| format!("c{}", number % 2));
        let song = track::ActiveModel {
            id: NotSet,
            name: Set(format!("song {number:03}")),
            album_id: Set((number % 5 != 0).then_some(number % 2 + 1)),
            genre_id: Set((number % 4 != 0).then_some(number % 2 + 1)),
            composer: Set(composer),
            seconds: Set(number % 7),
            price: Set(Decimal::new(i64::from(number % 3 + 1) * 33, 2)),
            is_active: Set(number % 2 == 0),
            created_at: Set(chrono::Utc::now()),
        };
        song.insert(db).await?;
    }
    Ok(())
}

pub(super) fn ids(rows: &[track::Model]) -> Vec<i32> {
    rows.iter().map(|row| row.id).collect()
}

async fn found(client: &Client, search: &str) -> Result<Vec<i32>> {
    let mut songs = SongsState::default();
    client
        .call(&mut songs, "set_search", &format!("[{search:?}]"))
        .await?;
    Ok(ids(&songs.data))
}

/// The search looks into columns of related rows.
pub async fn c041_search_follows_relations(db: &Db) -> Result {
    fill(db, 10).await?;
    let client = Client::anonymous(db);
    // odd songs stand on the second album, but for 5; even ones on the first, but for 10
    assert_eq!(found(&client, "zappa").await?, [1, 3, 7, 9]);
    assert_eq!(found(&client, "best abba").await?, [2, 4, 6, 8]);
    assert_eq!(found(&client, "zappa 003").await?, [3]);
    assert_eq!(found(&client, "zappa abba").await?, [0; 0]);
    assert_eq!(found(&client, "005").await?, [5]);
    Ok(())
}

async fn filtered(client: &Client, filters: &[(&str, &str)]) -> Result<Vec<i32>> {
    let mut songs = SongsState::default();
    for (name, value) in filters {
        let args = format!("[{name:?},{value:?}]");
        client.call(&mut songs, "set_filter", &args).await?;
    }
    Ok(ids(&songs.data))
}

/// Filters by kind of column; what is not declared is refused.
pub async fn d016_declared_filters(db: &Db) -> Result {
    fill(db, 10).await?;
    let client = Client::anonymous(db);
    assert_eq!(
        filtered(&client, &[("genre_id", "2")]).await?,
        [1, 3, 5, 7, 9]
    );
    assert_eq!(
        filtered(&client, &[("price_min", "0.66"), ("price_max", "0.70")]).await?,
        [1, 4, 7, 10]
    );
    assert_eq!(
        filtered(&client, &[("is_active", "true"), ("genre_id", "1")]).await?,
        [2, 6, 10]
    );
    assert_eq!(
        filtered(&client, &[("name", "NG 00"), ("composer_null", "true")]).await?,
        [3, 6, 9]
    );
    assert_eq!(
        filtered(
            &client,
            &[("composer_null", "false"), ("price_max", "0.66")]
        )
        .await?,
        [1, 4, 7, 10]
    );
    let mut songs = SongsState::default();
    for args in [
        "[\"seconds\",\"1\"]",
        "[\"id\",\"1\"]",
        "[\"album_id\",1]",
        "[\"price\",1]",
    ] {
        let refused = client.call(&mut songs, "set_filter", args).await;
        assert!(matches!(refused, Err(Error::BadArguments(_))), "{args}");
    }
    // a value that is none stays in its control, and nothing is filtered by it
    client
        .call(&mut songs, "set_filter", "[\"price_min\",\"cheap\"]")
        .await?;
    assert_eq!(
        (songs.data.len(), songs.filter_text("price_min")),
        (10, "cheap")
    );
    let html = songs.filters().to_string();
    assert!(
        html.contains("value=\"cheap\"") && html.contains("Enter a number"),
        "{html}"
    );
    client
        .call(&mut songs, "set_filter", "[\"price_min\",\"0.99\"]")
        .await?;
    assert_eq!(
        songs.filter_range(track::fields::price),
        (Some(Decimal::new(99, 2)), None)
    );
    client
        .call(&mut songs, "set_filter", "[\"genre_id\",2]")
        .await?;
    assert_eq!(songs.filter(track::fields::genre_id), Some(Some(2)));
    assert_eq!(ids(&songs.data), [5]);
    client.call(&mut songs, "clear_filters", "[]").await?;
    assert_eq!((songs.data.len(), songs.is_filtered()), (10, false));
    // a row that is filtered out can be edited all the same: filters are no scope
    client
        .call(&mut songs, "set_filter", "[\"genre_id\",2]")
        .await?;
    client.call(&mut songs, "start_edit", "[2]").await?;
    assert_eq!(songs.name, "song 002");
    // a state without filters has no such event
    let mut none = EndlessState::default();
    let refused = client.call(&mut none, "set_filter", "[\"name\",\"x\"]");
    assert!(matches!(refused.await, Err(Error::UnknownEvent(_))));
    Ok(())
}

pub(super) fn address(state: &impl State) -> String {
    let mut address = Address::new("/songs");
    state.write_query(&mut address);
    address.into_text()
}

pub(super) fn read(state: &mut impl State, text: &str) -> Result {
    let entries = Entries::parse(text.as_bytes())?;
    state.read_query(&Query::new(&entries, None));
    Ok(())
}

/// Filters stand in the address; what is not declared is no parameter.
pub async fn filters_in_the_address(db: &Db) -> Result {
    fill(db, 10).await?;
    let client = Client::anonymous(db);
    let mut songs = SongsState::default();
    client.load(&mut songs).await?;
    client.call(&mut songs, "set_search", "[\"song\"]").await?;
    client
        .call(&mut songs, "set_filter", "[\"genre_id\",\"2\"]")
        .await?;
    client
        .call(&mut songs, "set_filter", "[\"price_max\",\"0.66\"]")
        .await?;
    let text = "search=song&genre_id=2&price_max=0.66";
    assert_eq!(address(&songs), format!("/songs?{text}"));
    let mut again = SongsState::default();
    read(&mut again, &format!("{text}&seconds=1&price=9&id=4"))?;
    client.load(&mut again).await?;
    assert_eq!(
        (ids(&again.data), address(&again)),
        (ids(&songs.data), address(&songs))
    );
    assert_eq!(ids(&again.data), [1, 3, 7, 9]);
    let html = again.filters().to_string();
    assert!(
        html.contains("<option value=\"2\" selected>Rock</option>"),
        "{html}"
    );
    assert!(
        html.contains("<input type=\"hidden\" name=\"search\" value=\"song\">"),
        "{html}"
    );
    let html = again.search().to_string();
    assert!(
        html.contains("<input type=\"hidden\" name=\"genre_id\" value=\"2\">"),
        "{html}"
    );
    Ok(())
}

/// An order by several columns ends with the key.
pub async fn several_columns(db: &Db) -> Result {
    fill(db, 6).await?;
    let client = Client::anonymous(db);
    let mut songs = SongsState::default();
    client
        .call(&mut songs, "set_ordering", "[\"-price,name\"]")
        .await?;
    assert_eq!(ids(&songs.data), [2, 5, 1, 4, 3, 6]);
    client
        .call(&mut songs, "set_ordering", "[\"price,-name\"]")
        .await?;
    assert_eq!(ids(&songs.data), [6, 3, 4, 1, 5, 2]);
    assert_eq!(address(&songs), "/songs?ordering=price%2C-name");
    for refused in ["price,id", "price,price", "album_id", ",", "price,-price"] {
        let args = format!("[{refused:?}]");
        let answer = client.call(&mut songs, "set_ordering", &args);
        assert!(
            matches!(answer.await, Err(Error::BadArguments(_))),
            "{refused}"
        );
    }
    Ok(())
}

/// 100 songs with album, artist and genre, and a save with three references.
pub async fn statements(db: &Db) -> Result {
    fill(db, 120).await?;
    let count = SqlCount::new(db);
    let client = Client::anonymous(&count.db());
    let mut songs = SongsState::default();
    client.call(&mut songs, "refresh", "[]").await?;
    let list = count.take();
    assert!(list.len() <= 5, "{list:#?}");
    assert_eq!(
        (songs.data.len(), songs.total_count, songs.page_count),
        (100, 120, 2)
    );
    for (row, whole) in songs.data.iter().zip(&songs.related) {
        let album = whole.album.as_ref();
        assert_eq!(album.map(|album| album.id), row.album_id);
        let artist = album.and_then(|album| album.artist.as_ref());
        assert_eq!(artist.map(|artist| artist.id), row.album_id);
        assert_eq!(whole.genre.as_ref().map(|genre| genre.id), row.genre_id);
    }
    let html = songs.table().to_string();
    assert!(
        html.contains("Best of Abba") && html.contains("Rock"),
        "{html}"
    );

    client.call(&mut songs, "start_edit", "[1]").await?;
    let _ = count.take();
    let form = [
        ("name", "song 001b"),
        ("album_id", "1"),
        ("genre_id", "2"),
        ("composer", ""),
        ("seconds", "9"),
        ("price", "1.00"),
        ("is_active", "false"),
    ];
    let said = client.submit(&mut songs, "save", &form).await?;
    assert_eq!(said, ["Track saved."]);
    let update = count.take();
    assert!(update.len() <= 6, "{update:#?}");

    let said = client.submit(&mut songs, "save", &form).await?;
    assert_eq!(said, ["Track saved."]);
    let create = count.take();
    assert!(create.len() <= 6, "{create:#?}");

    // a reference that is not changed is not looked up
    client.call(&mut songs, "start_edit", "[2]").await?;
    let _ = count.take();
    client
        .submit(&mut songs, "save", &[("name", "song 002b")])
        .await?;
    let name = count.take();
    assert!(name.len() <= 5, "{name:#?}");
    Ok(())
}

/// Rows of a relation to many come in one query for all.
pub async fn prefetched(db: &Db) -> Result {
    fill(db, 12).await?;
    let count = SqlCount::new(db);
    let client = Client::anonymous(&count.db());
    let mut albums = AlbumSongsState::default();
    client.load(&mut albums).await?;
    let statements = count.take();
    assert_eq!(statements.len(), 2, "{statements:#?}");
    let songs =
        |album: &album::ModelEx| -> Vec<i32> { album.songs.iter().map(|song| song.id).collect() };
    let all: Vec<_> = albums.related.iter().map(songs).collect();
    assert_eq!(all, [vec![2, 4, 6, 8, 12], vec![1, 3, 7, 9, 11]]);
    Ok(())
}

/// A saved row stands where search, filter and order put it, or nowhere.
pub async fn d025_a_saved_row_respects_the_list(db: &Db) -> Result {
    fill(db, 6).await?;
    let client = Client::anonymous(db);
    let mut songs = SongsState::default();
    client.call(&mut songs, "set_search", "[\"song\"]").await?;
    client
        .call(&mut songs, "set_filter", "[\"is_active\",\"true\"]")
        .await?;
    assert_eq!(ids(&songs.data), [2, 4, 6]);
    client.call(&mut songs, "start_edit", "[4]").await?;
    client
        .submit(&mut songs, "save", &[("name", "a song")])
        .await?;
    assert_eq!(ids(&songs.data), [4, 2, 6]);
    client.call(&mut songs, "start_edit", "[2]").await?;
    client
        .submit(&mut songs, "save", &[("name", "silence")])
        .await?;
    assert_eq!(ids(&songs.data), [4, 6]);
    client.call(&mut songs, "start_edit", "[6]").await?;
    client
        .submit(&mut songs, "save", &[("is_active", "false")])
        .await?;
    assert_eq!((ids(&songs.data), songs.total_count), (vec![4], 1));
    Ok(())
}

/// No rows are one page without rows.
pub async fn d029_an_empty_list(db: &Db) -> Result {
    let client = Client::anonymous(db);
    let mut songs = SongsState::default();
    client.call(&mut songs, "go_to_page", "[9]").await?;
    assert_eq!((songs.page, songs.page_count, songs.total_count), (1, 1, 0));
    assert!(songs.data.is_empty() && !songs.has_next && !songs.has_previous);
    Ok(())
}
