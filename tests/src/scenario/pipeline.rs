//! The order of the hooks, the scope, and the form after an action.

mod record;

use rdj::{
    orm::{
        Db,
        sea_orm::{QueryOrder, Select, entity::prelude::*},
    },
    prelude::*,
};

pub use self::record::c032_c036_d015_every_hook_runs_in_its_place;
use crate::{models::note, orm::Client};

/// Each hook of a query answers with a query of its own making.
#[model_state(model = note::Entity, fields(title, priority), owner_field = user_id)]
#[derive(Debug)]
pub struct ForgetfulState {
    /// Which hook forgets.
    pub forgets: usize,
}

impl ForgetfulHooks for ForgetfulState {
    fn filter_queryset(&self, _: &Cx, query: Select<note::Entity>) -> Select<note::Entity> {
        if self.forgets == 0 {
            note::Entity::find()
        } else {
            query
        }
    }

    fn apply_search(&self, _: &Cx, query: Select<note::Entity>) -> Select<note::Entity> {
        if self.forgets == 1 {
            note::Entity::find()
        } else {
            query
        }
    }

    fn get_ordering(&self, _: &Cx, query: Select<note::Entity>) -> Select<note::Entity> {
        if self.forgets == 2 {
            note::Entity::find()
        } else {
            query
        }
    }
}

/// Only `get_queryset` says whose rows these are.
#[model_state(model = note::Entity, fields(title, priority, user_id))]
#[derive(Debug)]
pub struct NarrowState;

impl NarrowHooks for NarrowState {
    async fn get_queryset(&self, cx: &Cx) -> Result<Select<note::Entity>> {
        let user = cx.require_user()?;
        Ok(note::Entity::find().filter(note::Column::UserId.eq(user.id())))
    }
}

async fn titles(db: &Db) -> Result<Vec<(i64, String)>> {
    let rows = note::Entity::find().order_by_asc(note::Column::Id);
    let rows = rows.all(db).await?.into_iter();
    Ok(rows.map(|row| (row.id, row.title)).collect())
}

/// The rows of others are out of reach, whatever the hooks of the query return.
pub async fn d003_a_hook_cannot_lose_the_owner(db: &Db) -> Result {
    let (ann, bob) = (Client::new(db, 1), Client::new(db, 2));
    let form = [("title", "Ann's"), ("priority", "1")];
    let mut state = ForgetfulState::default();
    ann.submit(&mut state, "save", &form).await?;
    let before = titles(db).await?;
    let id = before[0].0;
    let args = format!("[{id}]");
    let form = [("title", "Bob's"), ("priority", "1"), ("user_id", "2")];
    for forgets in 0..3 {
        let mut state = ForgetfulState {
            forgets,
            ..ForgetfulState::default()
        };
        bob.load(&mut state).await?;
        assert!(state.data.is_empty(), "{forgets}");
        untouchable(
            &bob,
            &mut state,
            &args,
            |state| state.editing_id = Some(id),
            &form,
        )
        .await;
    }
    let mut state = NarrowState::default();
    bob.load(&mut state).await?;
    assert!(state.data.is_empty());
    untouchable(
        &bob,
        &mut state,
        &args,
        |state| state.editing_id = Some(id),
        &form,
    )
    .await;
    assert_eq!(titles(db).await?, before);
    Ok(())
}

async fn untouchable<S: State>(
    client: &Client,
    state: &mut S,
    args: &str,
    edit: impl Fn(&mut S),
    form: &[(&str, &str)],
) {
    for event in ["start_edit", "delete"] {
        let refused = client.call(state, event, args).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{event}");
    }
    edit(state);
    let refused = client.submit(state, "save", form).await;
    assert!(matches!(refused, Err(Error::NotFound)));
}

/// A row that somebody else deleted is told; the list is loaded again and the form is left, with what
/// was typed.
pub async fn d002_a_row_that_is_gone_is_told_and_left(db: &Db) -> Result {
    let client = Client::new(db, 1);
    let form = [("title", "Milk"), ("priority", "1")];
    for event in ["start_edit", "save", "delete"] {
        let mut state = ForgetfulState {
            forgets: 9,
            ..ForgetfulState::default()
        };
        client.submit(&mut state, "save", &form).await?;
        let id = state.data[0].id;
        let args = format!("[{id}]");
        client.call(&mut state, "start_edit", &args).await?;
        note::Entity::delete_by_id(id).exec(db).await?;
        assert_eq!(state.data.len(), 1, "the page does not know yet");
        let done = if event == "save" {
            client
                .submit(&mut state, event, &[("title", "Bread")])
                .await
        } else {
            client.call(&mut state, event, &args).await
        };
        let error = done.err().unwrap_or(Error::Denied);
        assert_eq!(error.public_text(), "This entry does not exist any more.");
        assert!(state.data.is_empty() && !state.is_editing(), "{event}");
        let kept = if event == "save" { "Bread" } else { "Milk" };
        assert_eq!(state.title, kept, "nothing that was typed is lost");
    }
    Ok(())
}

/// The form stays after a save.
#[model_state(model = note::Entity, fields(title, priority, user_id), reset_after_save = false)]
#[derive(Debug)]
pub struct StayState;

/// When the form is emptied, when it stays, and when its errors go.
pub async fn c034_c037_d010_d030_the_form_after_an_action(db: &Db) -> Result {
    let client = Client::new(db, 1);
    let mut state = NarrowState::default();
    let form = [("title", "Milk"), ("priority", "1"), ("user_id", "1")];
    client.submit(&mut state, "save", &form).await?;
    assert_eq!((&*state.title, state.form_reset_key), ("", 1));
    assert_eq!(state.editing_id, None);
    let id = state.data[0].id;
    let args = format!("[{id}]");
    client.call(&mut state, "start_edit", &args).await?;
    assert_eq!((&*state.title, state.form_reset_key), ("Milk", 2));
    client.call(&mut state, "delete", &args).await?;
    assert_eq!((&*state.title, state.form_reset_key), ("", 3));
    assert_eq!(state.editing_id, None);

    let mut state = StayState::default();
    let bad = [("title", ""), ("priority", "1"), ("user_id", "1")];
    client.submit(&mut state, "save", &bad).await?;
    assert!(!state.field_errors.is_empty() && !state.error.is_empty());
    client.submit(&mut state, "save", &form).await?;
    assert!(state.field_errors.is_empty() && state.error.is_empty());
    assert_eq!((&*state.title, state.form_reset_key), ("Milk", 0));
    // the form is that of the row now: a second save does not make a second one
    client
        .submit(&mut state, "save", &[("title", "Bread")])
        .await?;
    assert_eq!((titles(db).await?.len(), state.data.len()), (1, 1));
    assert_eq!(state.data[0].title, "Bread");
    Ok(())
}
