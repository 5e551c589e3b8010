//! What is typed into a form: drafts, NULL, decimals and dates, changed columns only.

use rdj::{
    orm::sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel},
    prelude::*,
};

use super::notes::{NotesState, add};
use crate::{
    models::{note, reading},
    orm::Client,
};

/// Values of all kinds.
#[model_state(
    model = reading::Entity,
    fields(amount, discount, day, until, at, count, limit, checked, status),
)]
#[derive(Debug)]
pub struct ReadingsState;

const FORM: [(&str, &str); 9] = [
    ("amount", "12.50"),
    ("discount", ""),
    ("day", "2026-11-21"),
    ("until", ""),
    ("at", "2026-11-21T06:45"),
    ("count", "-7"),
    ("limit", ""),
    ("checked", "true"),
    ("status", "open"),
];

/// Each type from text to a column and back.
pub async fn values(db: &rdj::orm::Db) -> Result {
    let client = Client::anonymous(db);
    let mut readings = ReadingsState::default();
    client.submit(&mut readings, "save", &FORM).await?;
    assert!(
        readings.field_errors.is_empty(),
        "{:?}",
        readings.field_errors
    );
    let row = readings.data[0].clone();
    assert_eq!(row.amount.to_string().trim_end_matches('0'), "12.5");
    assert_eq!((row.discount, row.until, row.limit), (None, None, None));
    assert_eq!(row.day.to_string(), "2026-11-21");
    assert_eq!(row.at.to_rfc3339(), "2026-11-21T06:45:00+00:00");
    assert!(row.checked);
    let args = format!("[{}]", row.id);
    client.call(&mut readings, "start_edit", &args).await?;
    // an unticked box sends the hidden value only; a cleared field is NULL again
    let form = [("checked", "false"), ("discount", "0.10"), ("limit", "9")];
    client.submit(&mut readings, "save", &form).await?;
    let row = readings.data[0].clone();
    assert_eq!((row.checked, row.limit), (false, Some(9)));
    client.call(&mut readings, "start_edit", &args).await?;
    client
        .submit(&mut readings, "save", &[("discount", ""), ("limit", " ")])
        .await?;
    assert_eq!(
        (readings.data[0].discount, readings.data[0].limit),
        (None, None)
    );
    Ok(())
}

/// A new form is blank where there is no default, and says what is missing.
pub async fn blanks(db: &rdj::orm::Db) -> Result {
    let client = Client::anonymous(db);
    let mut readings = ReadingsState::default();
    let shown = readings.form().fields.into_iter().map(|field| field.value);
    let shown: Vec<String> = shown.collect();
    assert_eq!(shown, ["", "", "", "", "", "5", "", "false", "draft"]);
    client.call(&mut readings, "save", "[]").await?;
    let missing: Vec<_> = readings.field_errors.iter().map(|(name, _)| name).collect();
    assert_eq!(missing, ["amount", "at", "day"]);
    // so is the form after a save, and after it was left
    for leave in ["save", "cancel_edit"] {
        let mut readings = ReadingsState::default();
        client.submit(&mut readings, "save", &FORM).await?;
        if leave == "cancel_edit" {
            let args = format!("[{}]", readings.data[0].id);
            client.call(&mut readings, "start_edit", &args).await?;
            assert_eq!((&*readings.status, readings.checked), ("open", true));
            client.call(&mut readings, leave, "[]").await?;
        }
        let after = readings.form().fields.into_iter().map(|field| field.value);
        assert_eq!(after.collect::<Vec<_>>(), shown, "{leave}");
        assert_eq!((readings.editing_id, readings.checked), (None, false));
        assert!(readings.form_reset_key > 0 && readings.field_errors.is_empty());
    }
    // a handler that sets a blank variable fills it
    readings.amount = "3".parse()?;
    assert_eq!(readings.field().amount().value, "3");
    Ok(())
}

/// What cannot be parsed stays, with its error.
pub async fn drafts(db: &rdj::orm::Db) -> Result {
    let ann = Client::new(db, 1);
    let mut notes = NotesState::default();
    let form = [("title", "Milk"), ("priority", "seven")];
    ann.submit(&mut notes, "save", &form).await?;
    let field = notes.field().priority();
    assert_eq!(
        (&*field.value, field.error.as_deref()),
        ("seven", Some("Enter a whole number."))
    );
    assert_eq!(notes.title, "Milk");
    ann.call(&mut notes, "set_priority", "[\"99999999999\"]")
        .await?;
    let error = notes.field_errors.get("priority").unwrap_or_default();
    assert!(error.contains("2147483647"), "{error}");
    ann.call(&mut notes, "set_priority", "[\"8\"]").await?;
    assert_eq!(
        (
            notes.priority,
            notes.field_errors.get("priority").as_deref()
        ),
        (8, None)
    );

    let long = "x".repeat(1_000_000);
    ann.submit(&mut notes, "save", &[("title", &long)]).await?;
    let error = notes.field_errors.get("title").unwrap_or_default();
    assert_eq!(error, "Use at most 200 characters (now 1000000).");
    assert_eq!(notes.title.len(), 1_000_000);
    // characters, not bytes
    let umlauts = "ä".repeat(200);
    let said = ann
        .submit(&mut notes, "save", &[("title", &umlauts)])
        .await?;
    assert_eq!(said, ["Note saved."]);
    ann.submit(&mut notes, "save", &[("title", "  "), ("priority", "1")])
        .await?;
    assert_eq!(
        notes.field_errors.get("title").as_deref(),
        Some("This field is required.")
    );
    Ok(())
}

/// A save writes what the form changed and leaves what somebody else changed meanwhile.
pub async fn changed_columns(db: &rdj::orm::Db) -> Result {
    let ann = Client::new(db, 1);
    let id = add(&ann, "Milk").await?;
    let mut notes = NotesState::default();
    let args = format!("[{id}]");
    ann.call(&mut notes, "start_edit", &args).await?;
    let row = note::Entity::find_by_id(id).one(db).await?;
    let mut row = row.ok_or(Error::NotFound)?.into_active_model();
    row.user_id = Set(1);
    row.created_at = Set("2020-01-01T00:00:00.123456Z".parse()?);
    row.update(db).await?;
    ann.submit(&mut notes, "save", &[("title", "Bread"), ("priority", "3")])
        .await?;
    let row = note::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)?;
    assert_eq!((&*row.title, row.content), ("Bread", None));
    assert_eq!(
        row.created_at.to_rfc3339(),
        "2020-01-01T00:00:00.123456+00:00"
    );
    // nothing changed: nothing is written
    let before = row.updated_at;
    ann.call(&mut notes, "start_edit", &args).await?;
    ann.submit(&mut notes, "save", &[("title", "Bread"), ("priority", "3")])
        .await?;
    let row = note::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)?;
    assert_eq!(row.updated_at, before);
    Ok(())
}
