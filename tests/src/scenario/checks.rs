//! What the model says against a row, and what the database does.

use rdj::{
    orm::{
        Db,
        sea_orm::{
            ActiveModelTrait,
            ActiveValue::{NotSet, Set},
            EntityTrait,
        },
    },
    prelude::*,
};

use crate::{
    models::{artist, booking},
    orm::Client,
};

/// Bookings, checked by the model.
#[model_state(
    model = booking::Entity,
    fields(room, slot, title, remark, seats),
    owner_field = user_id,
)]
#[derive(Debug)]
pub struct BookingsState {
    /// What a hook writes beside.
    pub beside: String,
}

impl BookingsHooks for BookingsState {
    async fn on_save_success(&mut self, cx: &Cx, row: &booking::Model) -> Result {
        if !self.beside.is_empty() {
            let name = Set(self.beside.clone());
            artist::ActiveModel { id: NotSet, name }
                .insert(&cx.db()?)
                .await?;
        }
        base::on_save_success(self, cx, row).await
    }

    async fn on_state_valid(
        &mut self,
        _: &Cx,
        mut row: booking::ActiveModel,
    ) -> Result<booking::ActiveModel> {
        if self.remark.as_deref() == Some("long status") {
            row.status = Set("far too long".to_owned());
        }
        Ok(row)
    }
}

/// The same, checked by the database only.
#[model_state(
    model = booking::Entity,
    fields(room, slot, title, remark, seats),
    owner_field = user_id,
    run_model_validation = false,
    structured_errors = false,
    state_validators(not_thirteen, crate::scenario::checks::not_everywhere),
)]
#[derive(Debug)]
pub struct UncheckedState;

fn not_thirteen(state: &UncheckedState, errors: &mut FieldErrors) {
    if state.slot == 13 {
        errors.add_to("slot", "Not that one.");
    }
}

fn not_everywhere(state: &UncheckedState, errors: &mut FieldErrors) {
    if state.room == "everywhere" {
        errors.add("There is no such place.");
    }
}

fn form<'a>(room: &'a str, slot: &'a str, title: &'a str) -> [(&'a str, &'a str); 5] {
    let seats = ("seats", "2");
    [
        ("room", room),
        ("slot", slot),
        ("title", title),
        ("remark", ""),
        seats,
    ]
}

async fn count(db: &Db) -> Result<usize> {
    Ok(booking::Entity::find().all(db).await?.len())
}

/// Unique values are looked for with the owner that the pipeline adds, and without the row itself.
pub async fn d006_the_model_sees_the_whole_row(db: &Db) -> Result {
    let (ann, bob) = (Client::new(db, 1), Client::new(db, 2));
    let mut state = BookingsState::default();
    ann.submit(&mut state, "save", &form("A", "1", "Talk"))
        .await?;
    assert!(state.field_errors.is_empty(), "{:?}", state.field_errors);
    // the same title for the same user, in another room
    ann.submit(&mut state, "save", &form("B", "1", "Talk"))
        .await?;
    let error = state
        .field_errors
        .get("title")
        .unwrap_or_default()
        .into_owned();
    assert_eq!(error, "Booking with these values already exists.");
    assert_eq!((count(db).await?, &*state.room), (1, "B"));
    // the same room and time for another user
    let mut other = BookingsState::default();
    bob.submit(&mut other, "save", &form("A", "1", "Talk"))
        .await?;
    assert!(other.field_errors.get("room").is_some() && other.field_errors.get("slot").is_some());
    bob.submit(&mut other, "save", &form("A", "2", "Talk"))
        .await?;
    assert_eq!(count(db).await?, 2);

    let mut state = BookingsState::default();
    ann.load(&mut state).await?;
    let row = state.data[0].clone();
    ann.call(&mut state, "start_edit", &format!("[{}]", row.id))
        .await?;
    ann.submit(
        &mut state,
        "save",
        &[("remark", "changed"), ("title", "Talk")],
    )
    .await?;
    assert!(state.field_errors.is_empty(), "{:?}", state.field_errors);
    assert_eq!(state.data[0].remark.as_deref(), Some("changed"));
    assert_eq!((row.version, state.data[0].version), (1, 2));
    ann.call(&mut state, "start_edit", &format!("[{}]", row.id))
        .await?;
    ann.submit(&mut state, "save", &[("slot", "2")]).await?;
    assert!(
        state.field_errors.get("slot").is_some(),
        "another row has it"
    );
    assert_eq!(state.room, "A", "the form keeps what was typed");
    Ok(())
}

/// What the database refuses stands at its field or above the form, and never as an internal error.
pub async fn constraints_are_errors_of_the_form(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let mut state = UncheckedState::default();
    ann.submit(&mut state, "save", &form("A", "1", "Talk"))
        .await?;
    // an index of two columns
    ann.submit(&mut state, "save", &form("A", "1", "Other"))
        .await?;
    let error = state.error.text().into_owned();
    let taken = "Booking with these values already exists.";
    assert_eq!(error, format!("Room: {taken}; Slot: {taken}"));
    assert!(state.field_errors.is_empty());

    let mut state = BookingsState::default();
    let mut bad = form("B", "1", "Workshop");
    bad[4].1 = "0";
    ann.submit(&mut state, "save", &bad).await?;
    let error = state
        .field_errors
        .get("seats")
        .unwrap_or_default()
        .into_owned();
    assert_eq!(error, "This value is not allowed here.");
    assert_eq!(state.error, "Please correct the errors below.");

    // a row of another table, written by a hook
    artist::ActiveModel {
        id: NotSet,
        name: Set("Abba".to_owned()),
    }
    .insert(db)
    .await?;
    state.beside = "Abba".to_owned();
    ann.submit(&mut state, "save", &form("B", "1", "Workshop"))
        .await?;
    assert_eq!(state.error, "These values are not allowed together.");
    assert_eq!((count(db).await?, &*state.title), (1, "Workshop"));
    state.beside.clear();
    ann.submit(&mut state, "save", &form("B", "1", "Workshop"))
        .await?;
    assert_eq!((count(db).await?, state.error.is_empty()), (2, true));
    Ok(())
}

/// Texts name their fields once; blanks stay unless the column says otherwise.
pub async fn d011_d026_texts_and_blanks(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let mut state = UncheckedState::default();
    let mut bad = form("", "x", "Talk");
    ann.submit(&mut state, "save", &bad).await?;
    assert_eq!(
        state.error,
        "Room: This field is required.; Slot: Enter a whole number."
    );
    bad = form(" A ", "1", "  Talk  ");
    bad[3].1 = "  indented\n";
    ann.submit(&mut state, "save", &bad).await?;
    let row = booking::Entity::find()
        .one(db)
        .await?
        .ok_or(Error::NotFound)?;
    assert_eq!((&*row.room, &*row.title), (" A ", "Talk"));
    assert_eq!(row.remark.as_deref(), Some("  indented\n"));

    let mut state = BookingsState::default();
    let blank = form("B", "1", "   ");
    ann.submit(&mut state, "save", &blank).await?;
    let error = state
        .field_errors
        .get("title")
        .unwrap_or_default()
        .into_owned();
    assert_eq!(error, "This field is required.");
    Ok(())
}

/// Validators that states share, for a field and for the form.
pub async fn validators(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let mut state = UncheckedState::default();
    ann.submit(&mut state, "save", &form("everywhere", "13", "Talk"))
        .await?;
    assert_eq!(state.error, "There is no such place.; Slot: Not that one.");
    assert_eq!(count(db).await?, 0);
    Ok(())
}
