//! Ways to change a row, or to refer to one.

use rdj::{orm::OrmApi as _, prelude::*};

use super::{
    super::songs::read,
    states::Kit,
    world::{FORGED, World},
};
/// A form that names a row in every way that somebody might think of.
fn forged(key: &str) -> Vec<(&'static str, &str)> {
    let mut form = vec![("title", FORGED), ("stars", "3")];
    for name in [
        "id",
        "pk",
        "key",
        "_key",
        "edit",
        "editing_id",
        "_editing_id",
        "instance",
    ] {
        form.push((name, key));
    }
    form
}

/// Keys in the form and as arguments of a save change nothing but the row that is edited.
pub(super) async fn forged_keys<K: Kit>(w: &mut World) -> Result {
    let (mine, key, mut papers) = (w.mine, w.paper.to_string(), K::Papers::default());
    w.open(&mut papers).await;
    w.event(&mut papers, "start_edit", &format!("[{mine}]"))
        .await;
    w.submit(&mut papers, "save", &forged(&key)).await;
    for event in ["save", "create", "keep_mine", "update"] {
        w.event(&mut papers, event, &format!("[{key}]")).await;
    }
    Ok(())
}

/// The address names a row of Bob, and the form is sent with it, as without JavaScript.
pub(super) async fn address_and_save<K: Kit>(w: &mut World) -> Result {
    let key = w.paper.to_string();
    for event in ["save", "keep_mine"] {
        let mut papers = K::Papers::default();
        read(&mut papers, &format!("edit={key}"))?;
        w.open(&mut papers).await;
        w.submit(&mut papers, event, &forged(&key)).await;
    }
    Ok(())
}

/// A state that edits a row which is Bob's by now.
async fn stale<K: Kit>(w: &World) -> Result<K::Papers> {
    let mut papers = K::Papers::default();
    w.client.load(&mut papers).await?;
    papers.core_mut().editing_id = Some(w.paper);
    Ok(papers)
}

pub(super) async fn stale_key<K: Kit>(w: &mut World) -> Result {
    let (key, mut papers) = (w.paper.to_string(), stale::<K>(w).await?);
    w.submit(&mut papers, "save", &forged(&key)).await;
    Ok(())
}

pub(super) async fn keep_mine<K: Kit>(w: &mut World) -> Result {
    let (key, mut papers) = (w.paper.to_string(), stale::<K>(w).await?);
    let mut form = forged(&key);
    form.extend([("_version", "00000000"), ("_theirs", "00000000")]);
    w.submit(&mut papers, "keep_mine", &form).await;
    Ok(())
}

pub(super) async fn take_theirs<K: Kit>(w: &mut World) -> Result {
    let (key, mut papers) = (w.paper.to_string(), stale::<K>(w).await?);
    w.submit(&mut papers, "take_theirs", &forged(&key)).await;
    papers.core_mut().editing_id = Some(w.paper);
    w.submit(&mut papers, "keep_mine", &forged(&key)).await;
    Ok(())
}

pub(super) async fn delete<K: Kit>(w: &mut World) -> Result {
    let (key, mut papers) = (w.paper, K::Papers::default());
    w.open(&mut papers).await;
    for event in ["delete", "delete_paper"] {
        w.event(&mut papers, event, &format!("[{key}]")).await;
        w.event(&mut papers, event, &format!("[\"{key}\"]")).await;
    }
    Ok(())
}

pub(super) async fn server_code_saves<K: Kit>(w: &mut World) -> Result {
    let (cx, mut papers) = (w.client.cx(), stale::<K>(w).await?);
    let typed = [("set_title", "[\"HACKED\"]"), ("set_stars", "[3]")];
    for (event, args) in typed {
        w.client.call(&mut papers, event, args).await?;
    }
    let saved = papers.orm(&cx).save().await;
    w.look("save", saved.map(|_| Vec::new()), &papers).await;
    Ok(())
}

pub(super) async fn server_code_deletes<K: Kit>(w: &mut World) -> Result {
    let (cx, mut papers) = (w.client.cx(), K::Papers::default());
    let gone = papers.orm(&cx).delete(w.paper).await;
    w.look("delete", gone.map(|()| Vec::new()), &papers).await;
    Ok(())
}

/// Ticks a row of Bob and runs an action.
async fn ticked<K: Kit>(w: &mut World, action: &str) -> Result {
    let (key, mut papers) = (w.paper, K::Papers::default());
    w.open(&mut papers).await;
    for event in ["toggle_row", "select", "toggle"] {
        w.event(&mut papers, event, &format!("[{key},true]")).await;
    }
    w.event(&mut papers, action, "[]").await;
    w.event(&mut papers, action, &format!("[{key}]")).await;
    Ok(())
}

pub(super) async fn delete_ticked<K: Kit>(w: &mut World) -> Result {
    ticked::<K>(w, "delete_selected").await
}

pub(super) async fn change_ticked<K: Kit>(w: &mut World) -> Result {
    ticked::<K>(w, "feature").await
}

/// All rows that the list finds, with and without a search.
async fn all<K: Kit>(w: &mut World, action: &str) -> Result {
    let mut papers = K::Papers::default();
    w.open(&mut papers).await;
    for search in ["secre", "b", ""] {
        w.event(&mut papers, "set_search", &format!("[{search:?}]"))
            .await;
        w.event(&mut papers, "select_all", "[true]").await;
        w.event(&mut papers, action, "[]").await;
    }
    Ok(())
}

pub(super) async fn delete_all<K: Kit>(w: &mut World) -> Result {
    all::<K>(w, "delete_selected").await
}

pub(super) async fn change_all<K: Kit>(w: &mut World) -> Result {
    all::<K>(w, "feature").await
}

/// The form over the table, as without JavaScript.
async fn posted<K: Kit>(w: &mut World, action: &str) -> Result {
    let key = w.paper.to_string();
    for all in ["false", "true"] {
        let mut papers = K::Papers::default();
        w.open(&mut papers).await;
        let form = [
            ("_bulk", "1"),
            ("_action", action),
            ("_selected", &*key),
            ("_key", &key),
            ("selected", &key),
            ("_all", all),
        ];
        w.submit(&mut papers, "bulk_action", &form).await;
    }
    Ok(())
}

pub(super) async fn delete_posted<K: Kit>(w: &mut World) -> Result {
    posted::<K>(w, "delete_selected").await
}

pub(super) async fn change_posted<K: Kit>(w: &mut World) -> Result {
    posted::<K>(w, "feature").await
}

/// An own row whose references are taken away first, so that its owner writes something.
async fn unlinked<K: Kit>(w: &mut World) -> Result<K::Papers> {
    let mut papers = K::Papers::default();
    let mine = format!("[{}]", w.mine);
    w.client.load(&mut papers).await?;
    w.client.call(&mut papers, "start_edit", &mine).await?;
    let form = [("folder_id", ""), ("tags", "")];
    w.client.submit(&mut papers, "save", &form).await?;
    w.settle().await?;
    w.client.call(&mut papers, "start_edit", &mine).await?;
    Ok(papers)
}

pub(super) async fn pick_one<K: Kit>(w: &mut World) -> Result {
    let (key, mut papers) = (w.folder, unlinked::<K>(w).await?);
    let pick = format!(r#"["folder_id","{key}"]"#);
    w.event(&mut papers, "pick_choice", &pick).await;
    w.event(&mut papers, "save", "[]").await;
    w.event(&mut papers, "set_folder_id", &format!("[{key}]"))
        .await;
    w.event(&mut papers, "save", "[]").await;
    Ok(())
}

pub(super) async fn pick_several<K: Kit>(w: &mut World) -> Result {
    let (key, mut papers) = (w.tag, unlinked::<K>(w).await?);
    let pick = format!(r#"["tags","{key}",true]"#);
    w.event(&mut papers, "pick_choice", &pick).await;
    w.event(&mut papers, "save", "[]").await;
    w.event(&mut papers, "set_tags", &format!("[[{key}]]"))
        .await;
    w.event(&mut papers, "save", "[]").await;
    Ok(())
}

pub(super) async fn post_one<K: Kit>(w: &mut World) -> Result {
    let (key, mut papers) = (w.folder.to_string(), unlinked::<K>(w).await?);
    w.submit(&mut papers, "save", &[("folder_id", &key)]).await;
    let search = [("folder_id", ""), ("folder_id-search", "secre")];
    w.submit(&mut papers, "save", &search).await;
    Ok(())
}

pub(super) async fn post_several<K: Kit>(w: &mut World) -> Result {
    let (key, mut papers) = (w.tag.to_string(), unlinked::<K>(w).await?);
    w.submit(&mut papers, "save", &[("tags", ""), ("tags", &key)])
        .await;
    let search = [("tags", ""), ("tags-search", "secre")];
    w.submit(&mut papers, "save", &search).await;
    Ok(())
}
