//! Serialized rows: columns, formats, computed and nested rows, keys of related rows.

mod keys;

use std::sync::Arc;

use axum::http::Request;
use futures_util::TryStreamExt as _;
use rdj::{
    Columns, Resources,
    i18n::{I18n, Locale},
    orm::{
        Db,
        sea_orm::{ActiveModelTrait as _, EntityTrait as _, QueryOrder as _, Set, prelude::*},
        serializer::exclude,
    },
    prelude::*,
    serialize_row,
};
use serde_json::{Value, json};

pub use self::keys::d021_keys_of_many_to_many_relations;
use crate::models::{album, artist, note, reading};

/// A row of the struct's fields.
#[derive(Clone, Debug, PartialEq, rdj::Serializer)]
#[serializer(model = note::Entity, read_only(priority), datetime_format = "%d.%m.%Y %H:%M:%S")]
pub struct NoteRow {
    /// The key.
    pub id: i64,
    /// The title.
    pub title: String,
    /// How urgent.
    pub priority: i32,
    /// Under another name.
    #[serializer(column = user_id)]
    pub owner: i64,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// How long the title is.
    #[serializer(compute = length)]
    pub length: usize,
}

fn length(note: &note::Model) -> usize {
    note.title.chars().count()
}

/// Columns alone.
#[derive(Clone, Debug, PartialEq, rdj::Serializer)]
#[serializer(model = note::Entity)]
pub struct TitleRow {
    /// The title.
    pub title: String,
    /// The text, or none.
    pub content: Option<String>,
}

/// All columns but one, as names and values.
#[derive(Debug, rdj::Serializer)]
#[serializer(model = note::Entity, exclude(content), read_only(priority))]
pub struct NoteSerializer;

/// Two columns, as names and values.
#[derive(Debug, rdj::Serializer)]
#[serializer(model = reading::Entity, fields(day, amount), date_format = "%d.%m.%Y")]
pub struct ReadingSerializer;

/// All columns.
#[derive(Debug, rdj::Serializer)]
#[serializer(model = reading::Entity)]
pub struct WholeReading;

/// An artist with albums.
#[derive(Clone, Debug, rdj::Serializer)]
#[serializer(model = artist::Entity)]
pub struct ArtistRow {
    /// The name.
    pub name: String,
    /// The albums.
    #[serializer(nested = album::fields::artist_id)]
    pub albums: Vec<AlbumRow>,
}

/// An album with its guest.
#[derive(Clone, Debug, rdj::Serializer)]
#[serializer(model = album::Entity)]
pub struct AlbumRow {
    /// The title.
    pub title: String,
    /// Whose it is.
    #[serializer(nested = artist_id)]
    pub artist: NameRow,
    /// Who plays too.
    #[serializer(nested = guest_id)]
    pub guest: Option<NameRow>,
}

/// An artist.
#[derive(Clone, Debug, rdj::Serializer)]
#[serializer(model = artist::Entity)]
pub struct NameRow {
    /// The name.
    pub name: String,
}

async fn note(db: &Db, title: &str, hour: u32) -> Result<note::Model> {
    let at = Date::from_ymd_opt(2026, 7, 1).and_then(|day| day.and_hms_opt(hour, 5, 9));
    let at = at.ok_or(Error::NotFound)?.and_utc();
    let note = note::ActiveModel {
        user_id: Set(7),
        title: Set(title.to_owned()),
        content: Set(None),
        priority: Set(3),
        created_at: Set(at),
        updated_at: Set(at),
        ..Default::default()
    };
    Ok(note.insert(db).await?)
}

/// Contracts C054, C055, C057, C058, C062 to C066, C068 and C070.
pub async fn rows(db: &Db) -> Result {
    let (first, second) = (note(db, "Milk", 8).await?, note(db, "Bread", 9).await?);
    // C054, C066: the declared columns and formats
    let row = NoteRow::one(&first);
    assert_eq!(NoteRow::from(&first), row);
    let expected = json!({
        "id": first.id, "title": "Milk", "priority": 3, "owner": 7,
        "created_at": "01.07.2026 08:05:09", "length": 4,
    });
    assert_eq!(serde_json::to_value(&row)?, expected);
    // C055: the order stays
    let many = NoteRow::many([&second, &first]);
    let titles: Vec<_> = many.iter().map(|row| &*row.title).collect();
    assert_eq!(titles, ["Bread", "Milk"]);
    // C057, C058, C064: all but the excluded ones, also at run time
    let row = NoteSerializer::one(&first);
    let names: Vec<_> = row.names().collect();
    assert_eq!(
        names,
        [
            "id",
            "user_id",
            "title",
            "priority",
            "created_at",
            "updated_at"
        ]
    );
    assert_eq!(row.get("created_at"), Some(&json!("2026-07-01 08:05")));
    let row = row.without(&["user_id", "updated_at"]);
    assert_eq!(row.names().count(), 4);
    let value = exclude(&many, &["created_at", "length", "owner"])?;
    assert_eq!(
        value[0],
        json!({"id": second.id, "title": "Bread", "priority": 3})
    );
    // C062, C063: what a form leaves out, the rest in the declared order
    let read_only = ["id", "priority", "created_at", "updated_at"];
    assert_eq!(NoteSerializer::read_only_fields(), read_only);
    assert_eq!(NoteSerializer::writable_fields(), ["user_id", "title"]);
    assert_eq!(NoteRow::writable_fields(), ["title", "owner"]);
    assert_eq!(
        NoteRow::read_only_fields(),
        ["id", "priority", "created_at", "length"]
    );
    // C064, C068, C070: the free function
    let row = serialize_row(&first, Columns::Except(&["user_id", "updated_at"]));
    let expected = json!({
        "id": first.id, "title": "Milk", "content": null, "priority": 3,
        "created_at": "2026-07-01 08:05",
    });
    assert_eq!(serde_json::to_value(&row)?, expected);
    let row = serialize_row(&first, Columns::Only(&["title"]));
    assert_eq!(
        serde_json::to_string(&row)?,
        format!("{{\"id\":{},\"title\":\"Milk\"}}", first.id)
    );
    Ok(())
}

/// Contracts C056, C059 and C060.
pub async fn queries(db: &Db) -> Result {
    for title in ["Milk", "Bread", "Wool"] {
        note(db, title, 8).await?;
    }
    let query = note::Entity::find().order_by_asc(note::Column::Title);
    // C056, C060: a query gives rows, of columns alone, computed, and of names and values
    let rows = TitleRow::list(query.clone(), db).await?;
    let titles: Vec<_> = rows.iter().map(|row| &*row.title).collect();
    assert_eq!(
        (titles, &rows[0].content),
        (vec!["Bread", "Milk", "Wool"], &None)
    );
    let rows = NoteRow::list(query.clone(), db).await?;
    assert_eq!((rows[0].length, rows[1].length), (5, 4));
    let rows = NoteSerializer::list(query.clone(), db).await?;
    assert_eq!(rows[2].get("title"), Some(&json!("Wool")));
    // C059: one by one
    let stream = NoteRow::stream(query, db).await?;
    let rows: Vec<NoteRow> = stream.try_collect().await?;
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[2].title, "Wool");
    Ok(())
}

/// Contract C065, and each kind of value: decimals are texts, NULL is null.
pub async fn values(db: &Db) -> Result {
    let day = Date::from_ymd_opt(2026, 3, 29).ok_or(Error::NotFound)?;
    let at = day.and_hms_opt(8, 0, 0).ok_or(Error::NotFound)?.and_utc();
    let row = reading::ActiveModel {
        amount: Set("12".parse()?),
        discount: Set(None),
        day: Set(day),
        until: Set(None),
        at: Set(at),
        count: Set(5),
        limit: Set(Some(1 << 40)),
        checked: Set(true),
        status: Set("draft".to_owned()),
        payload: Set(Some(json!({"a": [1]}))),
        ..Default::default()
    };
    let row = row.insert(db).await?;
    let mut value = serde_json::to_value(WholeReading::one(&row))?;
    shorten(&mut value["amount"]);
    let expected = json!({
        "id": row.id, "amount": "12", "discount": null, "day": "2026-03-29", "until": null,
        "at": "2026-03-29 08:00", "count": 5, "limit": 1_i64 << 40, "checked": true,
        "status": "draft", "payload": {"a": [1]},
    });
    assert_eq!(value, expected);
    let mut value: Value = serde_json::to_value(ReadingSerializer::one(&row))?;
    shorten(&mut value["amount"]);
    assert_eq!(
        value,
        json!({"id": row.id, "day": "29.03.2026", "amount": "12"})
    );
    Ok(())
}

/// MariaDB gives all the digits that the column has.
fn shorten(amount: &mut Value) {
    let number = amount
        .as_str()
        .and_then(|text| text.parse::<Decimal>().ok());
    *amount = json!(number.map(|number| number.normalize().to_string()));
}

/// Contract C067: points in time are those of the request's time zone.
pub async fn zones(db: &Db) -> Result {
    let note = note(db, "Milk", 8).await?;
    let i18n = I18n::new().time_zone("Europe/Berlin");
    let mut parts = Request::new(()).into_parts().0;
    parts.extensions.insert::<Locale>(i18n.locale("en"));
    let cx = Cx::new(parts, Vec::new(), None, Arc::new(Resources::default()));
    let local = cx
        .scope(async { serde_json::to_value(NoteRow::one(&note)) })
        .await?;
    assert_eq!(local["created_at"], json!("01.07.2026 10:05:09"));
    Ok(())
}

/// Related rows inside of rows, each relation by one query.
pub async fn nested(db: &Db) -> Result {
    let mut artists = Vec::new();
    for name in ["Abba", "Blur"] {
        let artist = artist::ActiveModel {
            name: Set(name.to_owned()),
            ..Default::default()
        };
        artists.push(artist.insert(db).await?.id);
    }
    for (title, artist, guest) in [
        ("Arrival", 0, None),
        ("Parklife", 1, Some(0)),
        ("13", 1, None),
    ] {
        let album = album::ActiveModel {
            title: Set(title.to_owned()),
            artist_id: Set(artists[artist]),
            guest_id: Set(guest.map(|guest: usize| artists[guest])),
            medium: Set("cd".to_owned()),
            ..Default::default()
        };
        album.insert(db).await?;
    }
    let query = artist::Entity::find().order_by_asc(artist::Column::Name);
    let rows = ArtistRow::list(query, db).await?;
    let expected = json!([
        {"name": "Abba", "albums": [
            {"title": "Arrival", "artist": {"name": "Abba"}, "guest": null},
        ]},
        {"name": "Blur", "albums": [
            {"title": "Parklife", "artist": {"name": "Blur"}, "guest": {"name": "Abba"}},
            {"title": "13", "artist": {"name": "Blur"}, "guest": null},
        ]},
    ]);
    assert_eq!(serde_json::to_value(rows)?, expected);
    Ok(())
}
