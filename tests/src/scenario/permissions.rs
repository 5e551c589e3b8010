//! Permission classes: for actions, for rows, combined.

use rdj::{
    CurrentUser,
    component::Choice,
    orm::{Action, Db, FieldMeta, sea_orm::EntityTrait},
    permission::{
        AllowAny, And, DjangoModelPermissions, IsAuthenticated, IsStaff, Not, Or, Permission,
    },
    prelude::*,
};

use crate::{
    models::{album, note},
    orm::Client,
};

/// Whose row it is may change it; everybody may see it.
#[derive(Clone, Copy, Debug, Default)]
pub struct IsOwner;

impl Permission<note::Entity> for IsOwner {
    async fn has_object_permission(
        &self,
        cx: &Cx,
        action: Action,
        row: &note::Model,
    ) -> Result<bool> {
        let own = cx.user().is_some_and(|user| user.id() == row.user_id);
        Ok(own || action == Action::List)
    }
}

/// A public list, changed by owners and by the staff.
#[model_state(
    model = note::Entity,
    fields(title, priority, user_id),
    login_required_actions(save, delete, start_edit),
    permission_classes(Or<IsStaff, IsOwner>),
)]
#[derive(Debug)]
pub struct BoardState;

const FORM: [(&str, &str); 3] = [("title", "Ann's"), ("priority", "1"), ("user_id", "1")];

/// Edit, update and delete ask for the row, and a refusal changes nothing.
pub async fn d004_rows_are_asked_for_too(db: &Db) -> Result {
    let (ann, bob) = (Client::new(db, 1), Client::new(db, 2));
    let mut state = BoardState::default();
    ann.submit(&mut state, "save", &FORM).await?;
    let id = state.data[0].id;
    let args = format!("[{id}]");
    let mut state = BoardState::default();
    bob.load(&mut state).await?;
    assert_eq!(state.data.len(), 1, "everybody sees it");
    for event in ["start_edit", "delete"] {
        let refused = bob.call(&mut state, event, &args).await;
        assert!(matches!(refused, Err(Error::Denied)), "{event}");
        let refused = Client::anonymous(db).call(&mut state, event, &args).await;
        assert!(matches!(refused, Err(Error::LoginRequired)), "{event}");
    }
    assert!(!state.is_editing() && state.title.is_empty());
    state.editing_id = Some(id);
    let refused = bob.submit(&mut state, "save", &FORM).await;
    assert!(matches!(refused, Err(Error::Denied)));
    let staff = Client::of(db, CurrentUser::new(3, "sue").with_staff(true));
    for client in [&ann, &staff] {
        let mut state = BoardState::default();
        client.call(&mut state, "start_edit", &args).await?;
        client.submit(&mut state, "save", &FORM).await?;
        assert!(!state.is_editing(), "{:?}", state.error);
    }
    staff.call(&mut state, "delete", &args).await?;
    assert!(note::Entity::find().all(db).await?.is_empty());
    Ok(())
}

/// For signed-in users only.
#[model_state(
    model = note::Entity,
    fields(title, priority, user_id),
    permission_classes(IsAuthenticated),
)]
#[derive(Debug)]
pub struct MembersState;

/// Leaving the form asks nobody for anything.
pub async fn d005_leaving_the_form_is_always_possible(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let nobody = Client::anonymous(db);
    let mut state = MembersState::default();
    ann.submit(&mut state, "save", &FORM).await?;
    let args = format!("[{}]", state.data[0].id);
    for client in [&ann, &nobody] {
        ann.call(&mut state, "start_edit", &args).await?;
        assert!(state.is_editing());
        client.call(&mut state, "cancel_edit", "[]").await?;
        assert!(!state.is_editing() && state.title.is_empty());
    }
    let refused = nobody.load(&mut state).await;
    assert!(matches!(refused, Err(Error::LoginRequired)));
    let mut board = BoardState::default();
    nobody.load(&mut board).await?;
    nobody.call(&mut board, "cancel_edit", "[]").await?;
    let refused = nobody.submit(&mut board, "save", &FORM).await;
    assert!(matches!(refused, Err(Error::LoginRequired)));
    Ok(())
}

async fn passes<P: Permission<note::Entity> + Default>(client: &Client) -> Result<bool> {
    let cx = client.cx();
    P::default().has_permission(&cx, Action::Create).await
}

async fn passes_row<P: Permission<note::Entity> + Default>(
    client: &Client,
    row: &note::Model,
) -> Result<bool> {
    let cx = client.cx();
    P::default()
        .has_object_permission(&cx, Action::Update, row)
        .await
}

/// And, or, not.
pub async fn classes_are_combined(db: &Db) -> Result {
    let add = note::Entity::DEF.permission("add");
    let ann = Client::of(db, CurrentUser::new(1, "ann").with_permissions([add]));
    let sue = Client::of(db, CurrentUser::new(3, "sue").with_staff(true));
    let nobody = Client::anonymous(db);
    assert!(passes::<AllowAny>(&nobody).await?);
    assert!(!passes::<IsAuthenticated>(&nobody).await?);
    assert!(passes::<Not<IsAuthenticated>>(&nobody).await?);
    assert!(passes::<DjangoModelPermissions>(&ann).await?);
    assert!(!passes::<DjangoModelPermissions>(&sue).await?);
    assert!(passes::<Or<DjangoModelPermissions, IsStaff>>(&sue).await?);
    assert!(!passes::<And<DjangoModelPermissions, IsStaff>>(&ann).await?);
    assert!(passes::<And<DjangoModelPermissions, Not<IsStaff>>>(&ann).await?);
    let mut state = MembersState::default();
    ann.submit(&mut state, "save", &FORM).await?;
    let row = state.data[0].clone();
    // one that has no opinion of rows does not open them to whom it refuses the action
    assert!(!passes_row::<Or<IsStaff, IsOwner>>(&nobody, &row).await?);
    assert!(passes_row::<Or<IsStaff, IsOwner>>(&sue, &row).await?);
    assert!(passes_row::<Or<IsStaff, IsOwner>>(&ann, &row).await?);
    assert!(!passes_row::<And<IsStaff, IsOwner>>(&sue, &row).await?);
    Ok(())
}

/// Albums by the permissions of the model; loading choices fails.
#[model_state(model = album::Entity, fields(title, artist_id, medium), model_permissions)]
#[derive(Debug)]
pub struct ShelfState;

impl ShelfHooks for ShelfState {
    async fn get_choices(&self, _: &Cx, _: &FieldMeta) -> Result<Vec<Choice>> {
        Err(Error::internal("choices"))
    }
}

/// Nothing is loaded for a form that is not shown.
pub async fn choices_are_for_who_may_save(db: &Db) -> Result {
    let with = |verb: &str| {
        CurrentUser::new(1, "ann").with_permissions([album::Entity::DEF.permission(verb)])
    };
    let reader = Client::of(db, with("view"));
    reader.load(&mut ShelfState::default()).await?;
    let writer = Client::of(db, with("change"));
    let failed = writer.load(&mut ShelfState::default()).await;
    assert!(failed.is_err_and(|error| error.is_internal()));
    // who may see nothing loads nothing
    let nobody = Client::of(db, CurrentUser::new(1, "ann"));
    let refused = nobody.load(&mut ShelfState::default()).await;
    assert!(matches!(refused, Err(Error::Denied)));
    Ok(())
}
