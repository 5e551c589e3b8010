//! Every hook, in its order.

use std::sync::{Arc, Mutex, PoisonError};

use rdj::{
    component::Choice,
    orm::{
        Action, Db, FieldMeta,
        hooks::Page,
        sea_orm::{ActiveValue::Set, QueryOrder, Select},
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

const HOOKS: &[&str] = &[
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
];

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

    others(db, &ann, &mut state, &args).await?;
    pages(&ann).await?;
    for hook in HOOKS {
        let refused = ann.call(&mut state, hook, "[]").await;
        assert!(matches!(refused, Err(Error::UnknownEvent(_))), "{hook}");
    }
    Ok(())
}

/// A save with errors, a setter, a deletion, leaving the form, a refusal.
async fn others(db: &Db, ann: &Client, state: &mut RecordState, args: &str) -> Result {
    let form = [("title", "milk"), ("priority", "-1")];
    ann.submit(state, "save", &form).await?;
    let invalid = "setup create, authorize create, clean_title, validate_state, on_state_invalid, \
                   teardown create";
    expect(state, &[invalid]);
    assert_eq!(state.error, "Not below zero.");
    assert_eq!(
        state.field_errors.general().as_deref(),
        Some("Not below zero.")
    );

    ann.call(state, "set_title", "[\"x\"]").await?;
    expect(state, &["on_state_field_change title"]);
    ann.call(state, "delete", args).await?;
    let delete = "before_delete, perform_delete, on_delete_success, teardown delete";
    expect(
        state,
        &["setup delete, authorize delete", ROW, delete, LIST],
    );

    ann.call(state, "cancel_edit", "[]").await?;
    expect(state, &[]);
    let refused = Client::anonymous(db).load(state).await;
    assert!(matches!(refused, Err(Error::LoginRequired)));
    expect(
        state,
        &["setup load, authorize load, handle_error, teardown load"],
    );
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
