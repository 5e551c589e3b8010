//! The keys of many-to-many relations inside of rows.

use rdj::{
    orm::{
        Db,
        sea_orm::{
            ActiveModelTrait as _, EntityTrait as _, QueryOrder as _, Set, prelude::DateTimeUtc,
        },
    },
    prelude::*,
    testing::SqlCount,
};
use serde_json::json;

use crate::models::{
    memos::{memo, memo_tag, tag},
    playlists::{entry, playlist, song},
};

/// A playlist with the keys of its songs.
#[derive(Clone, Debug, PartialEq, Eq, rdj::Serializer)]
#[serializer(model = playlist::Entity)]
struct PlaylistRow {
    /// The name.
    pub name: String,
    /// The songs.
    pub songs: Vec<i64>,
}

/// The same under another name, beside what is computed.
#[derive(Clone, Debug, PartialEq, Eq, rdj::Serializer)]
#[serializer(model = playlist::Entity, read_only(tracks))]
struct TracksRow {
    /// The songs.
    #[serializer(column = songs)]
    pub tracks: Vec<i64>,
    /// How long the name is.
    #[serializer(compute = length)]
    pub length: usize,
}

fn length(list: &playlist::Model) -> usize {
    list.name.len()
}

/// Names and values in the declared order.
#[derive(Debug, rdj::Serializer)]
#[serializer(model = playlist::Entity, fields(songs, name))]
struct PlaylistSerializer;

/// Keys that are texts.
#[derive(Clone, Debug, rdj::Serializer)]
#[serializer(model = memo::Entity)]
struct TaggedRow {
    /// The title.
    pub title: String,
    /// The tags.
    pub tags: Vec<String>,
}

/// Three lists with their songs; the keys of all songs.
async fn fill(db: &Db) -> Result<Vec<i64>> {
    let mut songs = Vec::new();
    for title in ["Help", "Yesterday", "Girl"] {
        let new = song::ActiveModel {
            user_id: Set(1),
            title: Set(title.to_owned()),
            ..Default::default()
        };
        songs.push(new.insert(db).await?.id);
    }
    for (name, linked) in [("All", vec![2, 0, 1]), ("None", vec![]), ("One", vec![1])] {
        let new = playlist::ActiveModel {
            name: Set(name.to_owned()),
            ..Default::default()
        };
        let list = new.insert(db).await?.id;
        for song in linked {
            let new = entry::ActiveModel {
                playlist_id: Set(list),
                song_id: Set(songs[song]),
            };
            let insert = entry::Entity::insert(new);
            insert.exec_without_returning(db).await?;
        }
    }
    Ok(songs)
}

/// A relation that a serializer names is the list of the keys, in their order, by one query for all rows.
pub async fn d021_keys_of_many_to_many_relations(db: &Db) -> Result {
    let songs = fill(db).await?;
    let query = playlist::Entity::find().order_by_asc(playlist::Column::Name);
    let count = SqlCount::new(db);
    let rows = PlaylistRow::list(query.clone(), &count.db()).await?;
    let statements = count.take();
    assert_eq!(statements.len(), 2, "{statements:#?}");
    let expected = json!([
        {"name": "All", "songs": songs},
        {"name": "None", "songs": []},
        {"name": "One", "songs": [songs[1]]},
    ]);
    assert_eq!(serde_json::to_value(&rows)?, expected);

    let lists = query.clone().all(db).await?;
    let rows = TracksRow::load(&count.db(), &lists[2..]).await?;
    assert_eq!(count.take().len(), 1);
    let expected = TracksRow {
        tracks: vec![songs[1]],
        length: 3,
    };
    assert_eq!(rows, [expected]);
    assert_eq!(TracksRow::read_only_fields(), ["tracks", "length"]);
    assert!(PlaylistRow::load(&count.db(), &[]).await?.is_empty());

    let rows = PlaylistSerializer::list(query, &count.db()).await?;
    let statements = count.take();
    assert_eq!(statements.len(), 2, "{statements:#?}");
    let names: Vec<_> = rows[0].names().collect();
    assert_eq!(names, ["id", "songs", "name"]);
    assert_eq!(rows[0].get("songs"), Some(&json!(songs)));
    assert_eq!(rows[1].get("songs"), Some(&json!([])));
    let fields = PlaylistSerializer::fields();
    let fields: Vec<_> = fields.iter().map(|field| field.name).collect();
    assert_eq!(fields, names);
    assert_eq!(PlaylistSerializer::writable_fields(), ["songs", "name"]);
    texts(db).await
}

/// Keys that are texts are texts.
async fn texts(db: &Db) -> Result {
    let new = memo::ActiveModel {
        user_id: Set(1),
        title: Set("Milk".to_owned()),
        weight: Set("low".to_owned()),
        is_locked: Set(false),
        created_at: Set(DateTimeUtc::UNIX_EPOCH),
        updated_at: Set(DateTimeUtc::UNIX_EPOCH),
        version: Set(1),
        ..Default::default()
    };
    let memo = new.insert(db).await?;
    for code in ["b", "a"] {
        let new = tag::ActiveModel {
            code: Set(code.to_owned()),
            name: Set(code.to_owned()),
        };
        tag::Entity::insert(new).exec_without_returning(db).await?;
        let new = memo_tag::ActiveModel {
            memo_id: Set(memo.id),
            tag_code: Set(code.to_owned()),
        };
        let insert = memo_tag::Entity::insert(new);
        insert.exec_without_returning(db).await?;
    }
    let rows = TaggedRow::load(db, &[memo]).await?;
    assert_eq!(
        serde_json::to_value(rows)?,
        json!([{"title": "Milk", "tags": ["a", "b"]}])
    );
    Ok(())
}
