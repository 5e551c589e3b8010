//! Who may do what with the rows of a model: `owner_bypass` and `model_permissions`.

use rdj::{
    CurrentUser,
    orm::{
        Db,
        sea_orm::{EntityTrait, QueryOrder},
    },
    prelude::*,
};

use crate::{models::note, orm::Client};

/// Own notes; the staff sees all.
#[model_state(
    model = note::Entity,
    fields(title, priority),
    owner_field = user_id,
    owner_bypass(staff),
    search_fields(title),
)]
#[derive(Debug)]
pub struct DeskState;

/// Notes by Django's permissions of the model.
#[model_state(model = note::Entity, fields(title, priority, user_id), model_permissions)]
#[derive(Debug)]
pub struct RightsState;

const FORM: [(&str, &str); 3] = [("title", "New"), ("priority", "1"), ("user_id", "9")];

async fn all(db: &Db) -> Result<Vec<(i64, String, i64)>> {
    let rows = note::Entity::find()
        .order_by_asc(note::Column::Id)
        .all(db)
        .await?
        .into_iter();
    Ok(rows.map(|row| (row.id, row.title, row.user_id)).collect())
}

/// A plain user has the own rows, the staff those of everybody: in the list, to edit and to delete.
pub async fn bypass(db: &Db) -> Result {
    let staff = Client::of(db, CurrentUser::new(3, "sue").with_staff(true));
    let (ann, bob) = (Client::new(db, 1), Client::new(db, 2));
    for client in [&ann, &bob] {
        client
            .submit(&mut DeskState::default(), "save", &FORM)
            .await?;
    }
    let mut desk = DeskState::default();
    bob.load(&mut desk).await?;
    assert_eq!(desk.data.len(), 1);
    assert_eq!(desk.data[0].user_id, 2);
    let mut desk = DeskState::default();
    staff.load(&mut desk).await?;
    assert_eq!(desk.total_count, 2);
    let of_ann = desk.data.iter().find(|row| row.user_id == 1);
    let args = format!("[{}]", of_ann.map_or(0, |row| row.id));

    let mut plain = DeskState::default();
    for event in ["start_edit", "delete"] {
        let refused = bob.call(&mut plain, event, &args).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{event}");
    }
    staff.call(&mut desk, "start_edit", &args).await?;
    let form = [("title", "By the staff"), ("priority", "1")];
    staff.submit(&mut desk, "save", &form).await?;
    let rows = all(db).await?;
    assert!(
        rows.contains(&(rows[0].0, "By the staff".to_owned(), 1)),
        "{rows:?}"
    );
    // a new row is the own one
    staff.submit(&mut desk, "save", &FORM).await?;
    assert_eq!(all(db).await?.last().map(|row| row.2), Some(3));
    staff.call(&mut desk, "delete", &args).await?;
    assert_eq!(all(db).await?.len(), 2);
    let refused = Client::anonymous(db).load(&mut desk).await;
    assert!(matches!(refused, Err(Error::LoginRequired)));
    Ok(())
}

fn with(verbs: &[&str]) -> CurrentUser {
    let names = verbs.iter();
    let names = names.map(|verb| note::Entity::DEF.permission(verb));
    CurrentUser::new(1, "ann").with_permissions(names)
}

/// Each action asks for its permission, whatever the page shows.
pub async fn permissions(db: &Db) -> Result {
    assert_eq!(note::Entity::DEF.permission("view"), "models.view_note");
    let manager = Client::of(db, with(&["add"]));
    let mut state = RightsState::default();
    // the row is made and told; the list that follows is not for the manager
    let said = manager.submit(&mut state, "create", &FORM).await?;
    assert_eq!(said, ["Note saved."]);
    assert!(state.data.is_empty() && state.total_count == 0);
    let id = all(db).await?[0].0;
    let args = format!("[{id}]");

    let clerk = Client::of(db, with(&["view"]));
    let mut state = RightsState::default();
    clerk.load(&mut state).await?;
    assert_eq!(state.total_count, 1);
    for (event, args) in [("start_edit", &*args), ("delete", &args), ("save", "[]")] {
        let refused = clerk.call(&mut state, event, args).await;
        assert!(matches!(refused, Err(Error::Denied)), "{event}");
    }
    for event in ["save", "create"] {
        state.editing_id = (event == "save").then_some(id);
        let refused = clerk.submit(&mut state, event, &FORM).await;
        assert!(matches!(refused, Err(Error::Denied)), "{event}");
    }
    assert_eq!(all(db).await?.len(), 1);

    let editor = Client::of(db, with(&["change"]));
    let mut state = RightsState::default();
    editor.load(&mut state).await?;
    editor.call(&mut state, "start_edit", &args).await?;
    let form = [("title", "Changed"), ("priority", "1"), ("user_id", "9")];
    editor.submit(&mut state, "save", &form).await?;
    assert_eq!(all(db).await?, [(id, "Changed".to_owned(), 9)]);
    let refused = editor.call(&mut state, "delete", &args).await;
    assert!(matches!(refused, Err(Error::Denied)));

    let all_rights = Client::of(db, CurrentUser::new(2, "root").with_superuser(true));
    all_rights.call(&mut state, "delete", &args).await?;
    for client in [Client::new(db, 5), Client::of(db, with(&["add", "delete"]))] {
        let refused = client.load(&mut RightsState::default()).await;
        assert!(matches!(refused, Err(Error::Denied)));
    }
    let nobody = Client::anonymous(db).load(&mut state).await;
    assert!(matches!(nobody, Err(Error::LoginRequired)));
    Ok(())
}

/// Form and buttons are there for who can use them.
pub async fn buttons(db: &Db) -> Result {
    let writer = Client::of(db, with(&["add", "view"]));
    let mut state = RightsState::default();
    writer.submit(&mut state, "save", &FORM).await?;
    for (verbs, form, edit, delete) in [
        (&["view"][..], false, false, false),
        (&["view", "add"], true, false, false),
        (&["change"], false, true, false),
        (&["view", "delete"], false, false, true),
        (&["view", "add", "change", "delete"], true, true, true),
    ] {
        let client = Client::of(db, with(verbs));
        let mut state = RightsState::default();
        client.load(&mut state).await?;
        let shown = async { format!("{}{}", state.form(), state.table()) };
        let shown = client.cx().scope(shown).await;
        assert_eq!(shown.contains("<form"), form, "{verbs:?}");
        assert_eq!(shown.contains("start_edit"), edit, "{verbs:?}");
        assert_eq!(shown.contains(".delete"), delete, "{verbs:?}");
        assert_eq!(shown.contains("rdj-row-actions"), edit || delete);
        assert!(shown.contains(">New<"), "{shown}");
    }
    Ok(())
}
