//! Every hook by itself: what happens without it, and what is different with it.

use rdj::{
    orm::{
        Db,
        hooks::Page,
        sea_orm::{
            ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
            Select,
        },
    },
    prelude::*,
};

use crate::{models::note, orm::Client};

/// Notes with one hook that is not the default.
#[model_state(
    model = note::Entity,
    fields(title, priority),
    owner_field = user_id,
    search_fields(title),
    ordering(title),
    paginate_by = 2,
)]
#[derive(Debug)]
pub struct ChangedState {
    /// The hook that is not the default.
    pub hook: &'static str,
    /// What it says.
    pub said: String,
}

impl ChangedState {
    fn is(&self, hook: &str) -> bool {
        self.hook == hook
    }

    fn refuse(&self, hook: &str) -> Result {
        if self.is(hook) {
            return Err(Error::invalid(hook));
        }
        Ok(())
    }

    fn say(&mut self, hook: &str, text: impl Into<String>) {
        if self.is(hook) {
            self.said = text.into();
        }
    }

    fn narrow(&self, hook: &str, query: Select<note::Entity>) -> Select<note::Entity> {
        if self.is(hook) {
            return query.filter(note::Column::Title.ne("b"));
        }
        query
    }
}

impl ChangedHooks for ChangedState {
    async fn setup(&mut self, _: &Cx, _: Action) -> Result {
        self.refuse("setup")
    }

    async fn teardown(&mut self, _: &Cx, action: Action) {
        self.say("teardown", action.as_str());
    }

    async fn handle_error(&mut self, cx: &Cx, action: Action, error: Error) -> Result {
        if self.is("handle_error") {
            return Ok(());
        }
        base::handle_error(self, cx, action, error).await
    }

    async fn authorize(&self, cx: &Cx, action: Action) -> Result {
        self.refuse("authorize")?;
        base::authorize(self, cx, action).await
    }

    async fn has_object_permission(&self, _: &Cx, _: Action, row: &note::Model) -> Result<bool> {
        Ok(!self.is("has_object_permission") || row.title != "b")
    }

    async fn get_queryset(&self, cx: &Cx) -> Result<Select<note::Entity>> {
        let query = base::get_queryset(self, cx).await?;
        Ok(self.narrow("get_queryset", query))
    }

    fn filter_queryset(&self, cx: &Cx, query: Select<note::Entity>) -> Select<note::Entity> {
        let query = base::filter_queryset(self, cx, query);
        self.narrow("filter_queryset", query)
    }

    fn apply_search(&self, cx: &Cx, query: Select<note::Entity>) -> Select<note::Entity> {
        if self.is("apply_search") {
            return query;
        }
        base::apply_search(self, cx, query)
    }

    fn get_ordering(&self, cx: &Cx, query: Select<note::Entity>) -> Select<note::Entity> {
        if self.is("get_ordering") {
            return query.order_by_desc(note::Column::Title);
        }
        base::get_ordering(self, cx, query)
    }

    async fn paginate_queryset(
        &self,
        cx: &Cx,
        query: Select<note::Entity>,
    ) -> Result<Page<note::Entity>> {
        let mut page = base::paginate_queryset(self, cx, query).await?;
        if self.is("paginate_queryset") {
            page.rows.truncate(1);
        }
        Ok(page)
    }

    async fn on_page_change(&mut self, _: &Cx, page: u64) -> Result {
        self.say("on_page_change", page.to_string());
        Ok(())
    }

    async fn populate_edit_state(&mut self, cx: &Cx, row: &note::Model) -> Result {
        base::populate_edit_state(self, cx, row).await?;
        if self.is("populate_edit_state") {
            self.title.push('!');
        }
        Ok(())
    }

    async fn on_state_field_change(&mut self, _: &Cx, field: &rdj::orm::FieldMeta) -> Result {
        self.say("on_state_field_change", field.name);
        Ok(())
    }

    fn clean_title(&self, value: String) -> Result<String, FieldError> {
        Ok(if self.is("clean_title") {
            value.to_uppercase()
        } else {
            value
        })
    }

    async fn validate_state(&self, _: &Cx, errors: &mut FieldErrors) -> Result {
        if self.is("validate_state") {
            errors.add("validate_state");
        }
        Ok(())
    }

    async fn full_clean(
        &self,
        cx: &Cx,
        row: &note::ActiveModel,
        errors: &mut FieldErrors,
    ) -> Result {
        if self.is("full_clean") {
            errors.add("full_clean");
        }
        base::full_clean(self, cx, row, errors).await
    }

    async fn on_state_valid(
        &mut self,
        _: &Cx,
        mut row: note::ActiveModel,
    ) -> Result<note::ActiveModel> {
        if self.is("on_state_valid") {
            row.priority = Set(5);
        }
        Ok(row)
    }

    async fn before_save(&mut self, _: &Cx, row: &mut note::ActiveModel, insert: bool) -> Result {
        if self.is("before_save") {
            row.priority = Set(if insert { 6 } else { 7 });
        }
        Ok(())
    }

    async fn perform_create(&mut self, cx: &Cx, mut new: note::ActiveModel) -> Result<note::Model> {
        if self.is("perform_create") {
            new.priority = Set(8);
        }
        base::perform_create(self, cx, new).await
    }

    async fn perform_update(&mut self, cx: &Cx, mut row: note::ActiveModel) -> Result<note::Model> {
        if self.is("perform_update") {
            row.priority = Set(9);
        }
        base::perform_update(self, cx, row).await
    }

    async fn on_save_success(&mut self, _: &Cx, _: &note::Model) -> Result {
        self.refuse("on_save_success")
    }

    async fn on_state_invalid(&mut self, cx: &Cx, errors: &FieldErrors) -> Result {
        base::on_state_invalid(self, cx, errors).await?;
        if self.is("on_state_invalid") {
            self.error = "on_state_invalid".into();
        }
        Ok(())
    }

    async fn before_delete(&mut self, _: &Cx, _: &note::Model) -> Result {
        self.refuse("before_delete")
    }

    async fn perform_delete(&mut self, cx: &Cx, row: note::Model) -> Result {
        if self.is("perform_delete") {
            return Ok(());
        }
        base::perform_delete(self, cx, row).await
    }

    async fn on_delete_success(&mut self, _: &Cx, _: &note::Model) -> Result {
        self.refuse("on_delete_success")
    }
}

/// What a user does.
#[derive(Clone, Copy, Debug)]
enum Step {
    Load,
    Search,
    NextPage,
    Edit,
    EditNothing,
    Type,
    Create,
    SaveNothing,
    Update,
    Delete,
}

/// What comes of a step with this hook, from rows a, b and c on.
async fn outcome(db: &Db, hook: &'static str, step: Step) -> Result<String> {
    note::Entity::delete_many().exec(db).await?;
    let mut key = 0;
    for title in ["a", "c", "b"] {
        let new = note::ActiveModel {
            user_id: Set(1),
            title: Set(title.to_owned()),
            priority: Set(1),
            created_at: Set(chrono::Utc::now()),
            updated_at: Set(chrono::Utc::now()),
            ..Default::default()
        };
        key = new.insert(db).await?.id;
    }
    let ann = Client::new(db, 1);
    let mut state = ChangedState {
        hook,
        ..ChangedState::default()
    };
    let notes = &mut state;
    let args = format!("[{key}]");
    let done = match step {
        Step::Load => ann.load(notes).await,
        Step::Search => ann.call(notes, "set_search", "[\"b\"]").await,
        Step::NextPage => ann.call(notes, "next_page", "[]").await,
        Step::Edit => ann.call(notes, "start_edit", &args).await,
        Step::EditNothing => ann.call(notes, "start_edit", "[-1]").await,
        Step::Type => ann.call(notes, "set_title", "[\"x\"]").await,
        Step::Create => {
            let form = [("title", "d"), ("priority", "1")];
            ann.submit(notes, "save", &form).await
        }
        Step::SaveNothing => ann.submit(notes, "save", &[("title", "")]).await,
        Step::Update => {
            notes.editing_id = Some(key);
            let form = [("title", "d"), ("priority", "1")];
            ann.submit(notes, "save", &form).await
        }
        Step::Delete => ann.call(notes, "delete", &args).await,
    };
    let told = match done {
        // a deletion has no form that errors stand above
        Ok(messages) if matches!(step, Step::Delete) => messages.join(" "),
        Ok(_) => String::new(),
        Err(error) => error.public_text().into_owned(),
    };
    let rows = note::Entity::find().all(db).await?;
    let stored = rows
        .iter()
        .map(|row| format!("{}{}", row.title, row.priority));
    let mut stored: Vec<_> = stored.collect();
    stored.sort();
    let shown: Vec<_> = state.data.iter().map(|row| &*row.title).collect();
    let (stored, shown) = (stored.join(" "), shown.join(" "));
    let said = format!("{}{}{}", state.said, state.error.text(), told);
    Ok(match step {
        Step::Load | Step::Search => format!("{shown}|{said}"),
        Step::Edit => format!("{}|{said}", state.title),
        Step::NextPage | Step::EditNothing | Step::Type | Step::SaveNothing => said,
        Step::Create | Step::Update | Step::Delete => format!("{stored}|{said}"),
    })
}

const DENIED: &str = "|You do not have permission to do this.";
const GONE: &str = "This entry does not exist any more.";
const WRONG: &str = "Please correct the errors below.";

/// Each hook with a step in which it makes a difference: what comes without and with it.
const CASES: &[(&str, Step, &str, &str)] = &[
    ("setup", Step::Create, "a1 b1 c1 d1|", "a1 b1 c1|setup"),
    ("teardown", Step::Load, "a b|", "a b|load"),
    ("handle_error", Step::EditNothing, GONE, ""),
    ("authorize", Step::Load, "a b|", "|authorize"),
    ("has_object_permission", Step::Edit, "b|", DENIED),
    ("get_queryset", Step::Load, "a b|", "a c|"),
    ("filter_queryset", Step::Load, "a b|", "a c|"),
    ("apply_search", Step::Search, "b|", "a b|"),
    ("get_ordering", Step::Load, "a b|", "c b|"),
    ("paginate_queryset", Step::Load, "a b|", "a|"),
    ("on_page_change", Step::NextPage, "", "2"),
    ("populate_edit_state", Step::Edit, "b|", "b!|"),
    ("on_state_field_change", Step::Type, "", "title"),
    ("clean_title", Step::Create, "a1 b1 c1 d1|", "D1 a1 b1 c1|"),
    (
        "validate_state",
        Step::Create,
        "a1 b1 c1 d1|",
        "a1 b1 c1|validate_state",
    ),
    (
        "full_clean",
        Step::Create,
        "a1 b1 c1 d1|",
        "a1 b1 c1|full_clean",
    ),
    (
        "on_state_valid",
        Step::Create,
        "a1 b1 c1 d1|",
        "a1 b1 c1 d5|",
    ),
    ("before_save", Step::Create, "a1 b1 c1 d1|", "a1 b1 c1 d6|"),
    ("before_save", Step::Update, "a1 c1 d1|", "a1 c1 d7|"),
    (
        "perform_create",
        Step::Create,
        "a1 b1 c1 d1|",
        "a1 b1 c1 d8|",
    ),
    ("perform_update", Step::Update, "a1 c1 d1|", "a1 c1 d9|"),
    (
        "on_save_success",
        Step::Create,
        "a1 b1 c1 d1|",
        "a1 b1 c1|on_save_success",
    ),
    (
        "on_state_invalid",
        Step::SaveNothing,
        WRONG,
        "on_state_invalid",
    ),
    (
        "before_delete",
        Step::Delete,
        "a1 c1|Note deleted.",
        "a1 b1 c1|before_delete",
    ),
    (
        "perform_delete",
        Step::Delete,
        "a1 c1|Note deleted.",
        "a1 b1 c1|Note deleted.",
    ),
    (
        "on_delete_success",
        Step::Delete,
        "a1 c1|Note deleted.",
        "a1 b1 c1|on_delete_success",
    ),
];

/// Every hook changes the result; without it there is another one.
pub async fn d015_every_hook_makes_a_difference(db: &Db) -> Result {
    for &(hook, step, without, with) in CASES {
        assert_eq!(outcome(db, "", step).await?, without, "without {hook}");
        assert_eq!(outcome(db, hook, step).await?, with, "with {hook}");
    }
    Ok(())
}
