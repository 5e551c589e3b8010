//! The order of the hooks, the scope, and the form after an action.

use std::sync::{Arc, Mutex, PoisonError};

use rdj::{
    component::Choice,
    orm::{
        Action, Db, FieldMeta,
        hooks::Page,
        sea_orm::{ActiveValue::Set, QueryOrder, Select, entity::prelude::*},
    },
    prelude::*,
};

use crate::{models::note, orm::Client};

/// What hooks have written down.
#[derive(Clone, Debug, Default)]
pub struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn add(&self, name: impl Into<String>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(name.into());
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Writes down each hook.
#[model_state(model = note::Entity, fields(title, priority), owner_field = user_id, paginate_by = 2)]
#[derive(Debug)]
pub struct RecordState {
    /// The hooks that ran.
    pub log: Log,
}

impl RecordHooks for RecordState {
    async fn setup(&mut self, cx: &Cx, action: Action) -> Result {
        self.log.add(format!("setup {}", action.as_str()));
        base::setup(self, cx, action).await
    }

    async fn teardown(&mut self, cx: &Cx, action: Action) {
        self.log.add(format!("teardown {}", action.as_str()));
        base::teardown(self, cx, action).await;
    }

    async fn handle_error(&mut self, cx: &Cx, action: Action, error: Error) -> Result {
        self.log.add("handle_error");
        base::handle_error(self, cx, action, error).await
    }

    async fn authorize(&self, cx: &Cx, action: Action) -> Result {
        self.log.add(format!("authorize {}", action.as_str()));
        base::authorize(self, cx, action).await
    }

    async fn has_object_permission(&self, _: &Cx, _: Action, row: &note::Model) -> Result<bool> {
        self.log.add("has_object_permission");
        Ok(row.title != "secret")
    }

    async fn get_queryset(&self, cx: &Cx) -> Result<Select<note::Entity>> {
        self.log.add("get_queryset");
        base::get_queryset(self, cx).await
    }

    fn filter_queryset(&self, cx: &Cx, query: Select<note::Entity>) -> Select<note::Entity> {
        self.log.add("filter_queryset");
        base::filter_queryset(self, cx, query)
    }

    fn apply_search(&self, cx: &Cx, query: Select<note::Entity>) -> Select<note::Entity> {
        self.log.add("apply_search");
        base::apply_search(self, cx, query)
    }

    fn get_ordering(&self, _: &Cx, query: Select<note::Entity>) -> Select<note::Entity> {
        self.log.add("get_ordering");
        query.order_by_asc(note::Column::Title)
    }

    async fn paginate_queryset(
        &self,
        cx: &Cx,
        query: Select<note::Entity>,
    ) -> Result<Page<note::Entity>> {
        self.log.add("paginate_queryset");
        base::paginate_queryset(self, cx, query).await
    }

    async fn on_page_change(&mut self, cx: &Cx, page: u64) -> Result {
        self.log.add(format!("on_page_change {page}"));
        base::on_page_change(self, cx, page).await
    }

    async fn populate_edit_state(&mut self, cx: &Cx, row: &note::Model) -> Result {
        self.log.add("populate_edit_state");
        base::populate_edit_state(self, cx, row).await
    }

    async fn get_choices(&self, cx: &Cx, field: &FieldMeta) -> Result<Vec<Choice>> {
        self.log.add("get_choices");
        base::get_choices(self, cx, field).await
    }

    async fn on_state_field_change(&mut self, cx: &Cx, field: &FieldMeta) -> Result {
        self.log
            .add(format!("on_state_field_change {}", field.name));
        base::on_state_field_change(self, cx, field).await
    }

    fn clean_title(&self, value: String) -> Result<String, FieldError> {
        self.log.add("clean_title");
        Ok(value.to_uppercase())
    }

    async fn validate_state(&self, _: &Cx, errors: &mut FieldErrors) -> Result {
        self.log.add("validate_state");
        if self.priority < 0 {
            errors.add("Not below zero.");
        }
        Ok(())
    }

    async fn full_clean(
        &self,
        cx: &Cx,
        row: &note::ActiveModel,
        errors: &mut FieldErrors,
    ) -> Result {
        self.log.add("full_clean");
        base::full_clean(self, cx, row, errors).await
    }

    async fn on_state_valid(
        &mut self,
        _: &Cx,
        mut row: note::ActiveModel,
    ) -> Result<note::ActiveModel> {
        self.log.add("on_state_valid");
        row.content = Set(Some("valid".to_owned()));
        Ok(row)
    }

    async fn before_save(&mut self, _: &Cx, row: &mut note::ActiveModel, insert: bool) -> Result {
        self.log.add(format!("before_save {insert}"));
        row.priority = Set(7);
        Ok(())
    }

    async fn perform_create(&mut self, cx: &Cx, new: note::ActiveModel) -> Result<note::Model> {
        self.log.add("perform_create");
        base::perform_create(self, cx, new).await
    }

    async fn perform_update(&mut self, cx: &Cx, row: note::ActiveModel) -> Result<note::Model> {
        self.log.add("perform_update");
        base::perform_update(self, cx, row).await
    }

    async fn on_save_success(&mut self, cx: &Cx, row: &note::Model) -> Result {
        self.log.add("on_save_success");
        base::on_save_success(self, cx, row).await
    }

    async fn on_state_invalid(&mut self, cx: &Cx, errors: &FieldErrors) -> Result {
        self.log.add("on_state_invalid");
        base::on_state_invalid(self, cx, errors).await
    }

    async fn before_delete(&mut self, cx: &Cx, row: &note::Model) -> Result {
        self.log.add("before_delete");
        base::before_delete(self, cx, row).await
    }

    async fn perform_delete(&mut self, cx: &Cx, row: note::Model) -> Result {
        self.log.add("perform_delete");
        base::perform_delete(self, cx, row).await
    }

    async fn on_delete_success(&mut self, cx: &Cx, row: &note::Model) -> Result {
        self.log.add("on_delete_success");
        base::on_delete_success(self, cx, row).await
    }
}

const LIST: &str = "setup load, authorize load, get_queryset, filter_queryset, apply_search, \
                    get_ordering, paginate_queryset, teardown load";
const ROW: &str = "get_queryset, filter_queryset, has_object_permission";
const CHECKS: &str = "clean_title, validate_state, full_clean, on_state_valid";

fn expect(state: &RecordState, parts: &[&str]) {
    assert_eq!(state.log.take().join(", "), parts.join(", "));
}

/// Every hook runs in its place, changes the result, and cannot be called by a browser.
pub async fn c032_c036_d015_every_hook_runs_in_its_place(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let mut state = RecordState::default();
    ann.load(&mut state).await?;
    expect(&state, &[LIST, "authorize create"]);

    let form = [("title", "milk"), ("priority", "1")];
    ann.submit(&mut state, "save", &form).await?;
    let create = "perform_create, on_save_success, teardown create";
    expect(
        &state,
        &[
            "setup create, authorize create",
            CHECKS,
            "before_save true",
            create,
            LIST,
        ],
    );
    let row = state.data[0].clone();
    assert_eq!((&*row.title, row.priority, row.user_id), ("MILK", 7, 1));
    assert_eq!(row.content.as_deref(), Some("valid"));

    let args = format!("[{}]", row.id);
    ann.call(&mut state, "start_edit", &args).await?;
    let edit = "setup start_edit, authorize start_edit";
    expect(
        &state,
        &[edit, ROW, "populate_edit_state, teardown start_edit"],
    );
    assert_eq!((&*state.title, state.editing_id), ("MILK", Some(row.id)));

    ann.submit(&mut state, "save", &form).await?;
    let update = "perform_update, on_save_success, teardown update";
    expect(
        &state,
        &[
            "setup update, authorize update",
            ROW,
            CHECKS,
            "before_save false",
            update,
            LIST,
        ],
    );

    let form = [("title", "milk"), ("priority", "-1")];
    ann.submit(&mut state, "save", &form).await?;
    let invalid = "setup create, authorize create, clean_title, validate_state, on_state_invalid, \
                   teardown create";
    expect(&state, &[invalid]);
    assert_eq!(state.error, "Not below zero.");
    assert_eq!(
        state.field_errors.general().as_deref(),
        Some("Not below zero.")
    );

    ann.call(&mut state, "set_title", "[\"x\"]").await?;
    expect(&state, &["on_state_field_change title"]);
    ann.call(&mut state, "delete", &args).await?;
    let delete = "before_delete, perform_delete, on_delete_success, teardown delete";
    expect(
        &state,
        &["setup delete, authorize delete", ROW, delete, LIST],
    );

    ann.call(&mut state, "cancel_edit", "[]").await?;
    expect(&state, &[]);
    let refused = Client::anonymous(db).load(&mut state).await;
    assert!(matches!(refused, Err(Error::LoginRequired)));
    expect(
        &state,
        &["setup load, authorize load, handle_error, teardown load"],
    );
    pages(&ann).await?;
    for hook in [
        "setup",
        "teardown",
        "handle_error",
        "authorize",
        "has_object_permission",
        "get_queryset",
        "filter_queryset",
        "apply_search",
        "get_ordering",
        "paginate_queryset",
        "on_page_change",
        "populate_edit_state",
        "get_choices",
        "on_state_field_change",
        "clean_title",
        "validate_state",
        "full_clean",
        "on_state_valid",
        "on_state_invalid",
        "before_save",
        "perform_create",
        "perform_update",
        "on_save_success",
        "before_delete",
        "perform_delete",
        "on_delete_success",
    ] {
        let refused = ann.call(&mut state, hook, "[]").await;
        assert!(matches!(refused, Err(Error::UnknownEvent(_))), "{hook}");
    }
    Ok(())
}

/// The hook of pages runs for another page only.
async fn pages(ann: &Client) -> Result {
    let mut state = RecordState::default();
    for title in ["a", "b", "c"] {
        let form = [("title", title), ("priority", "1")];
        ann.submit(&mut state, "save", &form).await?;
    }
    state.log.take();
    ann.call(&mut state, "next_page", "[]").await?;
    expect(&state, &[LIST, "on_page_change 2"]);
    ann.call(&mut state, "next_page", "[]").await?;
    expect(&state, &[LIST]);
    Ok(())
}

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
