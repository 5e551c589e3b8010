//! Ways through rows that are made where another row refers to them.

use rdj::{
    orm::sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _},
    prelude::*,
};

use super::{
    states::Kit,
    world::{FORGED, World},
};
use crate::models::papers::{paper, tagged};

/// Both fields, with the name that a folder and a tag of Bob have.
const VAULT: [&str; 2] = [r#"["folder_id","vault"]"#, r#"["tags","vault"]"#];

/// A search for what Bob has offers to make it, as a search for what nobody has.
pub(super) async fn offers<K: Kit>(w: &mut World) -> Result {
    w.reads(">vault<");
    let mut dossiers = K::Dossiers::default();
    w.open(&mut dossiers).await;
    for args in VAULT {
        w.event(&mut dossiers, "search_choices", args).await;
    }
    let form = [("folder_id-search", "vault"), ("tags-search", "vault")];
    w.submit(&mut dossiers, "save", &form).await;
    Ok(())
}

/// Whose folder and tags a paper has.
async fn refers<S: ModelState>(w: &mut World, said: Result<Vec<String>>, state: &S) -> Result {
    w.note(format!("{said:?} {:?}", state.core().error));
    let row = paper::Entity::find_by_id(w.mine).one(&w.db).await?;
    let folder = row.and_then(|row| row.folder_id);
    let links = tagged::Entity::find().filter(tagged::Column::PaperId.eq(w.mine));
    let links = links.all(&w.db).await?;
    let vault = w.folder + 1;
    let is_his = folder == Some(vault) || links.iter().any(|link| link.tag_id == vault);
    w.note(if is_his { "that of Bob" } else { "another" });
    Ok(())
}

/// What is made under a name that Bob has is not what he has.
pub(super) async fn names_of_others<K: Kit>(w: &mut World) -> Result {
    w.reads("that of Bob");
    let mut dossiers = K::Dossiers::default();
    let mine = format!("[{}]", w.mine);
    w.client.call(&mut dossiers, "start_edit", &mine).await?;
    for args in VAULT {
        let said = w.client.call(&mut dossiers, "create_choice", args).await;
        refers(w, said, &dossiers).await?;
    }
    let said = w.client.call(&mut dossiers, "save", "[]").await;
    refers(w, said, &dossiers).await
}

/// The same by a form alone, which also says whose the new rows are to be.
pub(super) async fn names_in_a_form<K: Kit>(w: &mut World) -> Result {
    w.reads("that of Bob");
    let (folder, tag) = ((w.folder + 1).to_string(), (w.tag + 1).to_string());
    let form = [
        ("folder_id", ""),
        ("folder_id-search", "vault"),
        ("folder_id-create", "vault"),
        ("tags", ""),
        ("tags-search", "vault"),
        ("tags-create", "vault"),
        ("user_id", "2"),
        ("folder_id-user_id", "2"),
        ("folder_id-id", &folder),
        ("folder_id-_key", &folder),
        ("tags-id", &tag),
    ];
    let mut dossiers = K::Dossiers::default();
    let mine = format!("[{}]", w.mine);
    w.client.call(&mut dossiers, "start_edit", &mine).await?;
    let said = w.client.submit(&mut dossiers, "save", &form).await;
    refers(w, said, &dossiers).await
}

/// A row that is made in the form of a row of Bob.
pub(super) async fn in_forms_of_others<K: Kit>(w: &mut World) -> Result {
    for event in ["save", "keep_mine"] {
        let mut dossiers = K::Dossiers::default();
        w.client.load(&mut dossiers).await?;
        dossiers.core_mut().editing_id = Some(w.paper);
        let form = [
            ("title", FORGED),
            ("folder_id", ""),
            ("folder_id-search", "new"),
            ("folder_id-create", "new"),
        ];
        let said = w.client.submit(&mut dossiers, event, &form).await;
        w.note(format!("{said:?} {:?}", dossiers.core().error));
    }
    Ok(())
}
