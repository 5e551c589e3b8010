//! Lists as files, and files as rows.

use axum::{body::to_bytes, http::header};
use rdj::{
    __private::runtime::form::Upload,
    Entries, State,
    orm::{
        Db,
        sea_orm::{ActiveModelTrait as _, EntityTrait as _, QueryOrder as _, Set},
    },
    prelude::*,
};

use crate::{
    models::{note, reading, seat},
    orm::Client,
};

/// Notes of the signed-in user.
#[model_state(
    model = note::Entity,
    fields(title, content, priority),
    ordering(title),
    search_fields(title),
    list_display(title, created_at),
    paginate_by = 2,
    owner_field = user_id,
    serializer = super::serializers::TitleRow,
    export,
    import,
)]
#[derive(Debug)]
pub struct FilesState;

impl FilesHooks for FilesState {
    fn clean_title(&self, value: String) -> Result<String, FieldError> {
        if value == "bad" {
            return Err("Not that one.".into());
        }
        Ok(value)
    }
}

/// A key of two columns.
#[model_state(model = seat::Entity, fields(guest), ordering(hall, place), export, import)]
#[derive(Debug)]
pub struct SeatsState;

/// Values of all kinds.
#[model_state(
    model = reading::Entity,
    fields(amount, discount, day, until, at, count, limit, checked, status),
    ordering(id),
    export,
    import,
)]
#[derive(Debug)]
pub struct ReadingsState;

/// Formulas as they are, and no import.
#[model_state(model = note::Entity, fields(title), ordering(title), export(title), export_formulas)]
#[derive(Debug)]
pub struct PlainState;

/// No files.
#[model_state(model = note::Entity, fields(title))]
#[derive(Debug)]
pub struct ClosedState;

/// A state's list as a file.
pub async fn file<S: State>(client: &Client, state: &mut S, format: &str) -> Result<String> {
    let cx = client.cx();
    let answer = state.export(&cx, format).await?;
    let body = to_bytes(answer.into_body(), usize::MAX).await?;
    Ok(String::from_utf8(body.to_vec())?)
}

/// Sends a file to a state.
pub async fn send<S: State>(client: &Client, state: &mut S, content: &str) -> Result {
    let upload = Upload {
        name: "rows.csv".to_owned(),
        content: content.to_owned().into(),
        entries: Entries::default(),
    };
    state.import(&client.cx(), upload).await
}

/// Confirms the file with this token.
pub async fn confirm<S: State>(client: &Client, state: &mut S, token: &str) -> Result {
    let pair = ("token".to_owned(), token.to_owned());
    let upload = Upload {
        entries: Entries::new(vec![pair]),
        ..Upload::default()
    };
    state.import(&client.cx(), upload).await
}

async fn add(db: &Db, user: i64, title: &str) -> Result<note::Model> {
    let at = "2026-03-29T08:00:00Z".parse()?;
    let note = note::ActiveModel {
        user_id: Set(user),
        title: Set(title.to_owned()),
        content: Set(None),
        priority: Set(-3),
        created_at: Set(at),
        updated_at: Set(at),
        ..Default::default()
    };
    Ok(note.insert(db).await?)
}

/// All pages of what the user may see and searches for, in the order of the list.
pub async fn exports(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let mut ids = Vec::new();
    for title in ["=1+1", "b \"x\",\ny", "c", "d"] {
        ids.push(add(db, 1, title).await?.id);
    }
    add(db, 2, "hers").await?;
    let mut files = FilesState::default();
    let csv = file(&ann, &mut files, "csv").await?;
    let time = "2026-03-29T08:00:00Z";
    let expected = format!(
        "id,title,content,priority,created_at\r\n\
         {},'=1+1,,-3,{time}\r\n{},\"b \"\"x\"\",\ny\",,-3,{time}\r\n{},c,,-3,{time}\r\n{},d,,-3,{time}\r\n",
        ids[0], ids[1], ids[2], ids[3],
    );
    assert_eq!(csv, expected);
    let json: serde_json::Value = serde_json::from_str(&file(&ann, &mut files, "json").await?)?;
    assert_eq!(json.as_array().map(Vec::len), Some(4));
    assert_eq!(json[0]["title"], "=1+1");
    assert_eq!(json[0]["content"], serde_json::Value::Null);
    ann.call(&mut files, "set_search", "[\"c\"]").await?;
    let csv = file(&ann, &mut files, "csv").await?;
    assert_eq!(csv.lines().count(), 2, "{csv}");
    let titles: Vec<_> = files
        .serialized()
        .into_iter()
        .map(|row| row.title)
        .collect();
    assert_eq!(titles, ["c"]);
    let mut plain = PlainState::default();
    let csv = file(&ann, &mut plain, "csv").await?;
    assert!(csv.starts_with("title\r\n=1+1\r\n"), "{csv}");
    let answer = plain.export(&ann.cx(), "json").await?;
    let disposition = &answer.headers()[header::CONTENT_DISPOSITION];
    assert_eq!(disposition, "attachment; filename=\"plain.json\"");
    Ok(())
}

/// Who may not list gets no file; what is not declared is not there.
pub async fn refusals(db: &Db) -> Result {
    add(db, 1, "mine").await?;
    let (ann, nobody) = (Client::new(db, 1), Client::anonymous(db));
    let mut files = FilesState::default();
    let refused = file(&nobody, &mut files, "csv").await;
    assert!(matches!(refused, Err(Error::LoginRequired)), "{refused:?}");
    let refused = send(&nobody, &mut files, "title\nx\n").await;
    assert!(matches!(refused, Err(Error::LoginRequired)), "{refused:?}");
    let refused = file(&ann, &mut files, "xlsx").await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    let mut closed = ClosedState::default();
    let refused = file(&ann, &mut closed, "csv").await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    for refused in [
        send(&ann, &mut closed, "title\nx\n").await,
        send(&ann, &mut PlainState::default(), "title\nx\n").await,
    ] {
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    }
    for (content, why) in [
        ("nothing,here\n1,2\n", "No column has the name"),
        ("title,Heading\n1,2\n", "is there twice"),
        ("", "No column has the name"),
    ] {
        let refused = send(&ann, &mut files, content).await;
        let Err(Error::Invalid(text)) = refused else {
            return Err(Error::internal(format!("{refused:?}")));
        };
        assert!(text.contains(why), "{text}");
    }
    assert_eq!(note::Entity::find().all(db).await?.len(), 1);
    Ok(())
}

async fn rows(db: &Db) -> Result<Vec<note::Model>> {
    let query = note::Entity::find().order_by_asc(note::Column::Id);
    Ok(query.all(db).await?)
}

/// A dry run changes nothing and finds all errors; a confirmed file is saved as the form saves.
pub async fn imports(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let (mine, hers) = (add(db, 1, "mine").await?, add(db, 2, "hers").await?);
    let before = rows(db).await?;
    let mut files = FilesState::default();
    // a key of somebody else's row, a hook, a number, a required field, a short line, a wrong key
    let content = format!(
        "\u{feff}id;Heading;priority;user_id\n{};x;1;9\n;bad;2;9\n;ok;two;9\n;;3;9\n;short\nx;k;1;9\n{};changed;4;2\n;new;5;2\n",
        hers.id, mine.id
    );
    send(&ann, &mut files, &content).await?;
    let report = files.import_report().ok_or(Error::NotFound)?;
    let errors: Vec<_> = report
        .errors
        .iter()
        .map(|error| format!("{} {}: {}", error.line, error.field, error.text))
        .collect();
    assert_eq!(errors.len(), 6, "{errors:#?}");
    for (error, expected) in errors.iter().zip([
        "2 ",
        "3 Heading: Not that one.",
        "4 Priority: ",
        "5 Heading: This field is required.",
        "6 : The line has 2 columns",
        "7 Id: This is not a valid key.",
    ]) {
        assert!(error.starts_with(expected), "{error} / {expected}");
    }
    assert_eq!((report.created, report.updated), (1, 1));
    assert_eq!(report.ignored, ["user_id"]);
    assert!(report.token.is_empty());
    assert_eq!(rows(db).await?, before);

    let content = format!(
        "title,id,priority\nchanged,{},4\n'=new,,5\nthird,,6\n",
        mine.id
    );
    send(&ann, &mut files, &content).await?;
    let report = files.import_report().ok_or(Error::NotFound)?;
    assert_eq!(
        (report.created, report.updated, report.error_count),
        (2, 1, 0)
    );
    let token = report.token.clone();
    assert_eq!(rows(db).await?, before);
    // another user cannot confirm it, nor another state, and it is used once
    let mut other = FilesState::default();
    let refused = confirm(&Client::new(db, 2), &mut other, &token).await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    confirm(&ann, &mut other, &token).await?;
    let after = rows(db).await?;
    let titles: Vec<_> = after.iter().map(|row| (&*row.title, row.user_id)).collect();
    assert_eq!(
        titles,
        [("changed", 1), ("hers", 2), ("=new", 1), ("third", 1)]
    );
    assert!(other.import_report().is_none());
    let refused = confirm(&ann, &mut other, &token).await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    // the same file again
    let content = file(&ann, &mut FilesState::default(), "csv").await?;
    send(&ann, &mut files, &content).await?;
    let report = files.import_report().ok_or(Error::NotFound)?;
    assert_eq!((report.unchanged, report.error_count), (3, 0));
    Ok(())
}

/// What a file has comes back as it was, with its keys; numbers of new rows go on behind them.
pub async fn round_trips(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    for title in ["=1", "'=1", "-", "a,\"b\"\nc", "ä"] {
        add(db, 1, title).await?;
    }
    let before = rows(db).await?;
    let content = file(&ann, &mut FilesState::default(), "csv").await?;
    note::Entity::delete_many().exec(db).await?;
    import_all(&ann, &mut FilesState::default(), &content).await?;
    let after = rows(db).await?;
    assert_eq!(after.len(), 5);
    for (before, after) in before.iter().zip(&after) {
        assert_eq!((before.id, &before.title), (after.id, &after.title));
    }
    let next = add(db, 1, "next").await?.id;
    assert!(after.iter().all(|row| row.id < next));

    for (hall, place) in [(1, "a"), (1, "b,c"), (2, "a")] {
        let seat = seat::ActiveModel {
            hall: Set(hall),
            place: Set(place.to_owned()),
            guest: Set(Some(format!("guest {hall}"))),
        };
        seat.insert(db).await?;
    }
    let before = seat::Entity::find()
        .order_by_asc(seat::Column::Guest)
        .all(db)
        .await?;
    let content = file(&ann, &mut SeatsState::default(), "csv").await?;
    seat::Entity::delete_many().exec(db).await?;
    import_all(&ann, &mut SeatsState::default(), &content).await?;
    let after = seat::Entity::find()
        .order_by_asc(seat::Column::Guest)
        .all(db)
        .await?;
    assert_eq!(before.len(), after.len());
    assert!(before.iter().all(|row| after.contains(row)));
    values(db, &ann).await
}

async fn values(db: &Db, ann: &Client) -> Result {
    for (discount, limit, checked) in [
        (None, None, false),
        (Some("-1.25"), Some(1_i64 << 40), true),
    ] {
        let row = reading::ActiveModel {
            amount: Set("12.50".parse()?),
            discount: Set(discount.map(str::parse).transpose()?),
            day: Set("2026-03-29".parse()?),
            until: Set(limit.map(|_| "2026-04-01".parse()).transpose()?),
            at: Set("2026-03-29T08:00:01.5Z".parse()?),
            count: Set(7),
            limit: Set(limit),
            checked: Set(checked),
            status: Set("draft".to_owned()),
            payload: Set(None),
            ..Default::default()
        };
        row.insert(db).await?;
    }
    let all = || {
        reading::Entity::find()
            .order_by_asc(reading::Column::Id)
            .all(db)
    };
    let before = all().await?;
    let content = file(ann, &mut ReadingsState::default(), "csv").await?;
    reading::Entity::delete_many().exec(db).await?;
    import_all(ann, &mut ReadingsState::default(), &content).await?;
    assert_eq!(all().await?, before);
    Ok(())
}

/// Sends a file and confirms it.
pub async fn import_all<S>(client: &Client, state: &mut S, content: &str) -> Result
where
    S: ModelState,
{
    send(client, state, content).await?;
    let report = state.core().import_report().cloned().unwrap_or_default();
    assert_eq!(report.errors, [], "{:?}", report.ignored);
    confirm(client, state, &report.token).await
}
