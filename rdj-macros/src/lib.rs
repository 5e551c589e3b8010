//! Macros of rdj; use them through the `rdj` crate.
//!
//! Every macro goes the same way: its text is read, lowered to a model, and expanded into tables and calls of
//! generic functions. All mistakes are reported at once, at their token; the item is there nevertheless.
//!
//! With `RDJ_MACROS_DEBUG=1` in the environment of the compiler, expansions are printed to stderr.

mod app_state;
mod catalogues;
mod choices;
mod common;
mod entry;
mod events;
mod model;
mod model_state;
mod page;
mod serializer;

use proc_macro::TokenStream;

/// Makes a struct a state: variables that live on the server while a page is open, shown by the
/// page's template and changed by its events.
///
/// Variables are of any type with a `Default`. On a variable stand
/// - `#[var(default = 20)]`: another initial value;
/// - `#[var(bind)]`: a form can edit it. Its type is a `rdj::FormValue`. Templates write
///   `<input {{ counter.bind().count() }}>` (name, value and error of the control) and
///   `{{ counter.on_input().set_count() }}`. When a form is submitted, its entries are in the
///   variables before the handler runs. What was typed and is no value of the type stays in the
///   control; the reason is in `counter.field_errors()`. `#[var(bind, max_length = 200)]` takes no longer
///   texts, and keeps no more of them than that.
/// - `#[var(query)]`: it stands in the page's address (`?step=2`) while it is not the initial value, so
///   that the page can be opened again with it. Its type is a `rdj::FormValue`.
/// - `#[var(transient)]`: a page that goes on in another process does without it. All others are taken
///   along, if they are `Serialize + DeserializeOwned`; with one that is not the state begins anew there.
///
/// The state's name on the wire and in addresses is that of the struct without `State`: `counter`.
/// `#[app_state(name = "other")]` gives another one.
///
/// `#[app_state(login)]`, `staff`, `superuser`, `permission = ".."`, `group = ".."` and `on_denied = ".."` say
/// who may open a page with this state and send it events; [`page`] explains them.
///
/// Generated are `Default`, the handles `CounterEvents` (what `counter.on_click()` returns) and,
/// with bindable variables, `bind()`, `field_errors()` and `field_errors_mut()`.
///
/// # Examples
///
/// ```ignore
/// use rdj::prelude::*;
///
/// #[rdj::app_state]
/// pub struct CounterState {
///     #[var(bind, default = 1)]
///     pub step: i64,
///     pub count: i64,
/// }
///
/// #[rdj::events]
/// impl CounterState {
///     async fn add(&mut self, _cx: &Cx) {
///         self.count += self.step;
///     }
/// }
/// ```
#[proc_macro_attribute]
pub fn app_state(args: TokenStream, item: TokenStream) -> TokenStream {
    app_state::expand(args.into(), item.into()).into()
}

/// Makes the functions of an `impl` block of a state callable from a browser.
///
/// Every `async fn` in the block is an event: it takes `&mut self, cx: &Cx` and owned arguments that
/// come from the browser as JSON, and returns nothing or a `rdj::Result`. Templates call it by its
/// name and with its arguments: `<button {{ notes.on_click().archive(note.id) }}>`. A wrong name or
/// argument does not compile. Functions that a browser must not call stand in another `impl` block.
///
/// A state has at most one such block; without one it has no events of its own. Where the block stands
/// in another module than the struct, it needs the handles too: `use states::{NotesEvents, NotesState}`,
/// or `impl states::NotesState`. In the block
/// - `#[event(permission = "notes.archive_note")]` says who may call the function, beside what its page
///   and its state ask for; the options are those that [`page`] explains;
/// - `#[on_load]` marks the function that runs when a page with this state is opened; a browser
///   cannot call it;
/// - `#[on_denied]` marks the function that runs, in place of a refusal, when a signed-in user may not
///   call a function of this block that has no `on_denied` of its own; a browser cannot call it. It
///   takes `&mut self, cx: &Cx`, too;
/// - `#[on_change(note::Entity)]` marks a function that runs when somebody has changed rows of these
///   models, while the page is open: it reads again what it shows of them. It takes
///   `&mut self, cx: &Cx`, too, and a browser cannot call it;
/// - `#[upload(max_size = "10MB", max_count = 5, accept("image/*", ".pdf"))]` marks an event whose last
///   argument is a file, `file: UploadedFile`; a form sends one with `on_upload()`;
/// - `#[computed]` marks a function that takes `&self` and is read by templates:
///   `{{ counter.double() }}`. A browser cannot call it.
///
/// The last argument of a handle may be `rdj::VALUE`, the control's: `on_input().find(rdj::VALUE)`.
///
/// # Examples
///
/// ```ignore
/// use rdj::prelude::*;
///
/// #[rdj::events]
/// impl NotesState {
///     #[on_load]
///     async fn start(&mut self, cx: &Cx) -> Result {
///         self.greeting = greeting(cx)?;
///         Ok(())
///     }
///
///     #[event(permission = "notes.archive_note")]
///     async fn archive(&mut self, cx: &Cx, id: i64, reason: String) -> Result {
///         // ..
///         Ok(())
///     }
///
///     #[computed]
///     fn is_empty(&self) -> bool {
///         self.data.is_empty()
///     }
/// }
/// ```
#[proc_macro_attribute]
pub fn events(args: TokenStream, item: TokenStream) -> TokenStream {
    events::expand(args.into(), item.into()).into()
}

/// Makes a struct a page: an askama template over states, at a route.
///
/// Fields are states (`#[app_state]`, `#[model_state]`), one of each type at most, or parameters of
/// the route: those whose name is a `{name}` in it. The template sees the fields by their names.
///
/// Options:
/// - `route = "/albums/{id}"`: where it is; `{*path}` takes all that follows.
/// - `template = "album.html"`: a file in `templates/` of the application, which usually begins with
///   `{% extends "rdj/base.html" %}`. A file in `templates/rdj/` replaces the shipped one of that
///   name for the pages of the application. The shipped pages to sign in, register and so on are
///   compiled in rdj-auth and do not see it: pages of your own that extend `rdj/auth/login.html` and
///   the like change those. The markup of components is not replaced by files either.
/// - `title = "Album"`: in the browser; by default the struct's name without `Page`.
/// - `on_load = AlbumState::load` or `on_load(AlbumState::load, SongsState::load)`: what runs when
///   the page is opened, in this order. By default `on_load` of each state, in the order of the
///   fields.
/// - `layout = none`: says that the template writes the whole document by itself. It has
///   `{{ rdj::head() }}` in its head and `{{ rdj::foot() }}` at the end of its body then.
/// - `discover = false`: keeps it out of `App::discover`; it is there where `App::page` or
///   `App::page_at` names it.
///
/// Who may open it and send it events, beside what its states ask for; somebody who is not signed in
/// goes to the login page, and a signed-in user who may not is refused with status 403:
/// - `login`: whoever is signed in; the others ask for that, too.
/// - `permission = "notes.change_note"`, or `permission("notes.add_note", "notes.change_note")` for
///   users with all of these; a permission is `app.codename`.
/// - `group = "editors"`, or `group("editors", "authors")` for users in one of these.
/// - `staff` and `superuser`. A superuser has all permissions and groups, but is not staff by that.
/// - `on_denied = "/plans"`: where a signed-in user who lacks the right is sent, in place of 403.
///
/// The first state has plain names in the page's address (`?search=..`), further ones have their
/// name before them (`?songs.search=..`).
///
/// A build script with `println!("cargo:rerun-if-changed=templates");` makes cargo notice a new file
/// that replaces a shipped template.
///
/// # Examples
///
/// ```ignore
/// #[rdj::page(route = "/albums/{id}", template = "album.html", title = "Album", login)]
/// pub struct AlbumPage {
///     pub id: i64,
///     pub album: AlbumState,
///     pub songs: SongsState,
/// }
/// ```
#[proc_macro_attribute]
pub fn page(args: TokenStream, item: TokenStream) -> TokenStream {
    page::expand(args.into(), item.into()).into()
}

/// Makes a struct a state with create, read, update and delete over a model.
///
/// The struct has the state's own variables, as with `#[app_state]`, or none. Beside them it gets a
/// variable for each of `fields(..)`, of the column's type, and by deref what every model state has:
/// `data` (the rows), `error`, `field_errors`, `editing_id`, `search`, `page`, `page_size`,
/// `total_count`, `page_count`, `ordering`.
///
/// Options:
/// - `model = note::Entity`: an entity with `#[derive(rdj::Model)]`.
/// - `fields(title, content)`: what the form edits; nothing else can be set by a browser.
/// - `ordering(-created_at)`: the order; by default that of the model, else `created_at` or the key, newest first.
/// - `search_fields(title, content)`: text columns that the search looks into.
/// - `paginate_by = 20`: rows a page; all rows without it. `max_page_size = 100`: what a browser may ask for.
/// - `owner_field = user_id` (or `scope_field`): rows belong to the signed-in user; those of others do
///   not exist.
/// - `owner_bypass(staff)`, `owner_bypass(permission = "notes.view_note")` and the like: who passes
///   sees and changes the rows of everybody; a new row belongs to who makes it all the same.
/// - `model_permissions`: actions ask for Django's permissions of the model: listing for `notes.view_note`
///   or `notes.change_note`, editing for `change`, new rows for `add`, deleting for `delete`, also of models
///   whose rows the database would take along. Templates ask `notes.has_change_permission()` and the like.
/// - `ordering_fields(title)`: what a browser may order by.
/// - `list_display(title, created_at)`: the columns of the table; by default the fields.
/// - `picker(artist_id = ArtistsState)`: the field refers to the rows of that state, as its user sees
///   them, in the form, in what is saved and in the list.
/// - `inlines(lines = LinesState(min = 1, max = 9, extra = 2))`: the rows of a one-to-many relation are
///   edited in the form and saved with it; each is a form of that state.
/// - `read_only_fields(slug)`: refuses these in `fields(..)`.
/// - `state_fields(title)`: what the form edits, where `fields(..)` is only what the list shows.
/// - `required_fields(content)`: asked for, although their columns can be NULL.
/// - `exclude_from_row(content)`: columns that the list does not load; `None` in its rows.
/// - `allow_dynamic_ordering`: a browser may order by every column of the table.
/// - `actions(list, create, update, delete)`: what can be done; by default all of it. What is left out
///   has no events, runs no hooks and has no handles.
/// - `names = crud`: `notes()`, `notes_error()`, `set_notes_search` and the like; by default `data`,
///   `error`, `set_search`.
/// - `list_var = notes`, `error_var`, `field_errors_var`, `editing_var`, `form_reset_var`, `page_var`, `page_size_var`,
///   `total_count_var`, `page_count_var`, `search_var`, `ordering_var`, `save_event`, `delete_event`, `on_load_event`,
///   `cancel_event`: one name each.
/// - `use_canonical_api = false`: leaves only the names of events that have the model in them.
/// - `use_form_submit`: another name for saving, `save_note_form`.
/// - `reset_after_save = false`: keeps the form after a save.
/// - `export`, or `export(title, created_at)`: the list can be written into files, at `notes.export_url("csv")` and
///   `"json"`; `export_formulas` leaves texts as they are that a spreadsheet takes for formulas.
/// - `import`: rows can be read from CSV files, with the component `import_form()`.
/// - `serializer = NoteRow` (or `serializer_class`): `serialized()` are the rows as this [`Serializer`](derive@Serializer) writes them.
/// - `permission_classes(IsAuthenticated)`: who may do what, also with a row; all classes must agree.
/// - `login_required_actions(save, delete)`: for which somebody must be signed in, also `load`, `start_edit`, `create`, `update`.
/// - `state_validators(check_dates)`: functions `fn(&NotesState, &mut FieldErrors)` that check the form.
/// - `run_model_validation = false`: rows are not checked as a whole before they are written.
/// - `structured_errors = false`: all errors stand above the form, none at its field.
/// - `optimistic_concurrency = false`: of two people who edit a row the last one wins.
/// - `live = false`: an open page does not show what others change until its user does something.
/// - `name = "notes"`: the name on the wire; by default that of the struct without `State`.
/// - `login`, `staff`, `superuser`, `permission = "notes.change_note"`, `group = "editors"` and
///   `on_denied = "/path"`: who may open a page with this state and send it events, generated ones and
///   those that replace them; [`page`] explains them.
///
/// Generated for `NotesState`:
/// - `NotesHooks`: a trait with everything that can be changed, such as `clean_title` and
///   `perform_create`; its impl is optional. `rdj::orm::hooks` has the order.
/// - the events `load`, `refresh`, `save`, `create`, `new`, `delete`, `start_edit`, `cancel_edit`, `keep_mine`, `take_theirs`,
///   `set_search`, `clear_search`, `next_page`, `prev_page`, `go_to_page`, `set_page_size`, `set_ordering` and `set_<field>`,
///   as far as the options declare them, with handles in `NotesEvents`; `save`, `delete` and `load` are also `save_note`,
///   `delete_note` and `on_load_data`. An `#[events]` function replaces the event of its name, under all its names.
/// - `NotesState::options()`: all of this as a value.
/// - for templates `form()`, `field()`, `bind()`, `text()`, `table()`, `pagination()`, `search()`, `key()`.
///
/// # Examples
///
/// ```ignore
/// use rdj::prelude::*;
///
/// #[model_state(
///     model = note::Entity,
///     fields(title, content),
///     ordering(-created_at),
///     search_fields(title, content),
///     paginate_by = 20,
///     owner_field = user_id,
/// )]
/// pub struct NotesState;
///
/// impl NotesHooks for NotesState {
///     fn clean_title(&self, value: String) -> Result<String, FieldError> {
///         Ok(value.trim().to_owned())
///     }
/// }
/// ```
#[proc_macro_attribute]
pub fn model_state(args: TokenStream, item: TokenStream) -> TokenStream {
    model_state::expand(args.into(), item.into()).into()
}

/// Turns the columns of a `SeaORM` model into typed fields: `note::fields::title`.
///
/// For a model without it `#[model_state]` says that it cannot find `fields` in the model's module.
///
/// On the struct: `#[rdj(label = "Note", label_plural = "Notes", display = title)]`; `display` is the
/// column that stands for a row, by default the first text. `ordering(-created_at)` is the order of
/// lists that declare none. `clean = path` names a `fn(&ActiveModel, &mut FieldErrors)` that checks a row
/// before it is written.
/// `unique_together(user_id, title)`: values that are in one row only together; so are those of a
/// `unique_key` of `SeaORM`.
///
/// A many-to-many relation (`#[sea_orm(has_many, via = "..")]`) is a field of forms too.
///
/// On a column: `#[rdj(label = "Title", help_text = "..", max_length = 200, default = "..")]`,
/// `choices("draft" = "Draft", "done" = "Done")`, `auto_now` (set by each write) and `auto_now_add`
/// (set when the row is made). `min = 0`, `max = 100`, `min_length = 3` and `validate = path` or
/// `validate(path, path)` are rules of the value. `guard(superuser)`, `guard(permission = "notes.price_note")` and the like:
/// who may set the column by the form of a model state, beside being allowed to save; the control is
/// disabled for others, and a value of theirs that changes it is refused. Give such a column a default,
/// so that others can make rows. Nullability, uniqueness, text areas (`column_type = "Text"`), lengths
/// (`String(StringLen::N(160))`), defaults and relations are read from `#[sea_orm(..)]`.
/// `trim` takes blanks around what is typed away; `version`, on an `i32` or `i64`, counts the updates of
/// the row.
///
/// # Examples
///
/// ```ignore
/// pub mod note {
///     use rdj::orm::prelude::*;
///
///     #[sea_orm::model]
///     #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
///     #[sea_orm(table_name = "note")]
///     pub struct Model {
///         #[sea_orm(primary_key)]
///         pub id: i64,
///         #[rdj(max_length = 200)]
///         pub title: String,
///         #[sea_orm(column_type = "Text")]
///         pub content: Option<String>,
///         #[rdj(auto_now_add)]
///         pub created_at: DateTimeUtc,
///     }
///
///     impl ActiveModelBehavior for ActiveModel {}
/// }
/// ```
#[proc_macro_derive(Model, attributes(rdj))]
pub fn model(item: TokenStream) -> TokenStream {
    model::expand(item.into()).into()
}

/// Makes an enum a value of forms: a select with the variants.
///
/// For a column it stands beside `DeriveActiveEnum`; it also works for variables with `#[var(bind)]`.
/// What the user reads is the variant's name in words, or `#[rdj(label = "..")]`; a catalogue translates
/// it with the message `model-<model>.choice-<field>-<text>`. The text in forms is `string_value` or
/// `num_value` of `#[sea_orm(..)]`, else the name in snake case. It implements `rdj::FormValue` and
/// `rdj::Choices`.
///
/// # Examples
///
/// ```ignore
/// #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, rdj::Choices)]
/// #[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))")]
/// pub enum Medium {
///     #[sea_orm(string_value = "cd")]
///     #[rdj(label = "Compact disc")]
///     Cd,
///     #[sea_orm(string_value = "lp")]
///     Record,
/// }
/// ```
#[proc_macro_derive(Choices, attributes(rdj))]
pub fn choices(item: TokenStream) -> TokenStream {
    choices::expand(item.into()).into()
}

/// Makes a struct the rows of a model for readers that are no templates, such as JSON endpoints.
///
/// The fields of the struct are those of the rows: each has the name and the type of a column. On a
/// field stand
/// - `#[serializer(column = user_id)]`: it is that column under another name;
/// - `#[serializer(compute = word_count)]`: it is `word_count(&note)`;
/// - `#[serializer(nested = album_id)]`: it is the row that the foreign key refers to, its type another
///   serializer or an `Option` of one;
/// - `#[serializer(nested = line::fields::invoice_id)]` on a `Vec`: the rows whose foreign key refers to
///   this one. Nested rows are loaded with one query for each relation.
///
/// On the struct stands `#[serializer(..)]` with
/// - `model = note::Entity`;
/// - `read_only(slug)`: more fields that forms leave out, beside the key and `auto_now` columns;
/// - `date_format = "%d.%m.%Y"` and `datetime_format = "%d.%m.%Y %H:%M"`: how days and points in time
///   are written, the latter in the time zone of the request;
/// - `fields(title, content)` or `exclude(content)` on a struct without fields: its rows are names and
///   values, the key always among them; neither: all columns.
///
/// Generated are `rdj::Serializer` (`list`, `load`, `writable_fields`), without nested rows also
/// `rdj::FlatSerializer` (`one`, `many`, `stream`) and `From<&Model>`, and `serde::Serialize`.
///
/// # Examples
///
/// ```ignore
/// #[derive(Clone, Debug, rdj::Serializer)]
/// #[serializer(model = track::Entity)]
/// pub struct TrackRow {
///     pub id: i32,
///     pub name: String,
///     #[serializer(nested = album_id)]
///     pub album: Option<AlbumRow>,
/// }
///
/// let rows = TrackRow::list(track::Entity::find(), &cx.db()?).await?;
/// ```
#[proc_macro_derive(Serializer, attributes(serializer))]
pub fn serializer(item: TokenStream) -> TokenStream {
    serializer::expand(item.into()).into()
}

/// Embeds the message files of a folder beside `Cargo.toml`, for `I18n::catalogues`: `locales/de.ftl`,
/// or all files of `locales/de/`. A new file is seen when the crate is compiled the next time.
///
/// ```ignore
/// let i18n = rdj::i18n::I18n::new().catalogues(rdj::catalogues!("locales"));
/// ```
#[proc_macro]
pub fn catalogues(folder: TokenStream) -> TokenStream {
    catalogues::expand(folder.into()).into()
}
