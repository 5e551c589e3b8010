//! Notes of several users: saving, owners, hooks.

use rdj::{CurrentUser, orm::sea_orm::EntityTrait, prelude::*};

use crate::{models::note, orm::Client};

/// Notes of the signed-in user, with hooks and an overridden event.
#[model_state(
    model = note::Entity,
    fields(title, content, priority),
    ordering(-created_at),
    search_fields(title, content),
    paginate_by = 2,
    owner_field = user_id,
    ordering_fields(title, priority),
    list_display(title, priority, created_at),
)]
#[derive(Debug)]
pub struct NotesState {
    /// A variable of the state's own.
    #[var(bind)]
    pub show_archived: bool,
    /// Keys of what was saved.
    pub saved: Vec<i64>,
}

impl NotesHooks for NotesState {
    fn clean_title(&self, value: String) -> Result<String, FieldError> {
        if value == "bad" {
            return Err("Not that one.".into());
        }
        Ok(value.trim().to_owned())
    }

    async fn validate_state(&self, _: &Cx, errors: &mut FieldErrors) -> Result {
        if self.content.as_deref() == Some(&self.title) {
            errors.add_to("content", "Say more than the title.");
        }
        Ok(())
    }

    async fn on_save_success(&mut self, cx: &Cx, row: &note::Model) -> Result {
        if row.title == "fails" {
            return Err(Error::invalid("It failed late."));
        }
        self.saved.push(row.id);
        base::on_save_success(self, cx, row).await
    }
}

#[events]
impl NotesState {
    /// Replaces the generated event and calls it.
    async fn start_edit(&mut self, cx: &Cx, id: i64) -> Result {
        handlers::start_edit(self, cx, id).await?;
        self.show_archived = true;
        Ok(())
    }

    /// Submits the same form to another event.
    async fn publish(&mut self, cx: &Cx) -> Result {
        self.title.push('!');
        handlers::save(self, cx).await.map(drop)
    }
}

/// Saves a note and returns its key.
pub async fn add(client: &Client, title: &str) -> Result<i64> {
    let mut notes = NotesState::default();
    let form = [("title", title), ("content", ""), ("priority", "3")];
    client.submit(&mut notes, "save", &form).await?;
    assert!(notes.field_errors.is_empty(), "{:?}", notes.field_errors);
    notes.saved.last().copied().ok_or(Error::NotFound)
}

/// Creates, edits, deletes.
pub async fn life(db: &rdj::orm::Db) -> Result {
    let ann = Client::new(db, 1);
    let mut notes = NotesState::default();
    ann.load(&mut notes).await?;
    let form = [("title", " Milk "), ("content", ""), ("priority", "3")];
    let said = ann.submit(&mut notes, "save", &form).await?;
    assert_eq!(said, ["Note saved."]);
    let row = notes.data[0].clone();
    assert_eq!((&*row.title, &row.content, row.user_id), ("Milk", &None, 1));
    assert_eq!((&*notes.title, notes.saved.len()), ("", 1));

    let args = format!("[{}]", row.id);
    ann.call(&mut notes, "start_edit", &args).await?;
    assert!(notes.show_archived && notes.is_editing());
    assert_eq!((&*notes.title, notes.priority), ("Milk", 3));
    let form = [("title", "Bread"), ("id", "99"), ("user_id", "2")];
    ann.submit(&mut notes, "publish", &form).await?;
    let after = notes.data[0].clone();
    assert_eq!(
        (&*after.title, after.id, after.user_id),
        ("Bread!", row.id, 1)
    );
    assert_eq!(after.created_at, row.created_at);
    assert!(after.updated_at > row.updated_at && !notes.is_editing());

    let said = ann.call(&mut notes, "delete", &args).await?;
    assert_eq!(said, ["Note deleted."]);
    assert!(notes.data.is_empty());
    Ok(())
}

/// Rows of others do not exist, and nobody has rows without signing in.
pub async fn owners(db: &rdj::orm::Db) -> Result {
    let (ann, bob) = (Client::new(db, 1), Client::new(db, 2));
    let id = add(&ann, "Ann's").await?;
    let args = format!("[{id}]");
    let mut notes = NotesState::default();
    bob.load(&mut notes).await?;
    assert!(notes.data.is_empty());
    // without `owner_bypass` the staff and superusers have their own rows too, and no others
    let root = CurrentUser::new(3, "root")
        .with_staff(true)
        .with_superuser(true);
    let root = Client::of(db, root);
    let mut others = NotesState::default();
    root.load(&mut others).await?;
    assert!(others.data.is_empty() && others.total_count == 0);
    let refused = root.call(&mut others, "start_edit", &args).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    for event in ["start_edit", "delete"] {
        let refused = bob.call(&mut notes, event, &args).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{event}");
    }
    // a row that was in the scope when the editing began
    notes.editing_id = Some(id);
    let form = [("title", "Bob's"), ("priority", "1")];
    let refused = bob.submit(&mut notes, "save", &form).await;
    assert!(matches!(refused, Err(Error::NotFound)));
    let kept = note::Entity::find_by_id(id).one(db).await?;
    assert_eq!(kept.map(|row| row.title).as_deref(), Some("Ann's"));

    let anonymous = Client::anonymous(db);
    let refused = anonymous.load(&mut NotesState::default()).await;
    assert!(matches!(refused, Err(Error::LoginRequired)));
    let refused = anonymous
        .submit(&mut NotesState::default(), "save", &form)
        .await;
    assert!(matches!(refused, Err(Error::LoginRequired)));
    Ok(())
}

/// An error anywhere rolls back and keeps the form as it was typed.
pub async fn failures(db: &rdj::orm::Db) -> Result {
    let ann = Client::new(db, 1);
    let mut notes = NotesState::default();
    let form = [("title", "bad"), ("priority", "1")];
    ann.submit(&mut notes, "save", &form).await?;
    assert_eq!(
        notes.field_errors.get("title").as_deref(),
        Some("Not that one.")
    );
    assert_eq!((&*notes.title, notes.priority), ("bad", 1));
    assert_eq!(notes.error, "Please correct the errors below.");

    let form = [("title", " same "), ("content", "same"), ("priority", "1")];
    ann.submit(&mut notes, "save", &form).await?;
    assert_eq!(
        notes.field_errors.get("content").as_deref(),
        Some("Say more than the title.")
    );
    assert_eq!(notes.title, " same ", "the form keeps what was typed");

    let form = [("title", "fails"), ("content", ""), ("priority", "1")];
    ann.submit(&mut notes, "save", &form).await?;
    assert_eq!(
        (&*notes.error.text(), &*notes.title),
        ("It failed late.", "fails")
    );
    assert!(note::Entity::find().all(db).await?.is_empty());
    Ok(())
}

/// What a browser may not do.
pub async fn refusals(db: &rdj::orm::Db) -> Result {
    let ann = Client::new(db, 1);
    let id = add(&ann, "One").await?;
    let mut notes = NotesState::default();
    for event in [
        "set_user_id",
        "set_saved",
        "on_load",
        "perform_create",
        "set_",
    ] {
        let refused = ann.call(&mut notes, event, "[7]").await;
        assert!(matches!(refused, Err(Error::UnknownEvent(_))), "{event}");
    }
    for (event, args) in [
        ("set_ordering", "[\"user_id\"]"),
        ("go_to_page", "[-1]"),
        ("delete", "[\"x\"]"),
        ("delete", "[]"),
        ("save", "[1]"),
        ("set_title", "[[1]]"),
    ] {
        let refused = ann.call(&mut notes, event, args).await;
        assert!(matches!(refused, Err(Error::BadArguments(_))), "{event}");
    }
    ann.call(&mut notes, "set_show_archived", "[true]").await?;
    assert!(notes.show_archived);
    let kept = note::Entity::find_by_id(id).one(db).await?;
    assert_eq!(kept.map(|row| row.user_id), Some(1));
    Ok(())
}
