//! Ways through what is recorded of rows, also of those that are gone.

use rdj::{
    orm::{OrmApi as _, view},
    prelude::*,
};

use super::{super::songs::read, states::Kit, world::World};

/// Sends an event, and looks at the page and at its history.
async fn event<S: ModelState>(w: &mut World, state: &mut S, event: &str, args: &str) {
    w.event(state, event, args).await;
    look(w, state).await;
}

async fn look<S: ModelState>(w: &mut World, state: &S) {
    let cx = w.client.cx();
    let shown = cx.scope(async { view::history(state).to_string() }).await;
    w.note(shown);
}

/// The history of a row, by its key.
pub(super) async fn of_a_row<K: Kit>(w: &mut World) -> Result {
    w.reads("z secret");
    let (mine, paper) = (w.mine, w.paper);
    let mut dossiers = K::Dossiers::default();
    for args in [format!("[{paper}]"), format!("[\"{paper}\"]")] {
        event(w, &mut dossiers, "show_history", &args).await;
    }
    event(w, &mut dossiers, "start_edit", &format!("[{mine}]")).await;
    event(w, &mut dossiers, "show_history", &format!("[{mine}]")).await;
    event(w, &mut dossiers, "show_history", &format!("[{paper}]")).await;
    // a form that edits a row which is Bob's by now offers what is recorded of it
    let mut stale = K::Dossiers::default();
    w.client.load(&mut stale).await?;
    stale.core_mut().editing_id = Some(paper);
    w.event(&mut stale, "show_history", &format!("[{paper}]"))
        .await;
    let cx = w.client.cx();
    let found = stale.orm(&cx).history(paper).await;
    w.note(format!("{found:?}"));
    Ok(())
}

/// The history of a row that is gone.
pub(super) async fn of_a_deleted_row<K: Kit>(w: &mut World) -> Result {
    w.reads("z secret");
    let gone = w.entries.gone;
    let mut dossiers = K::Dossiers::default();
    event(w, &mut dossiers, "show_history", &format!("[{gone}]")).await;
    let cx = w.client.cx();
    let found = dossiers.orm(&cx).history(gone).await;
    w.note(format!("{found:?}"));
    Ok(())
}

/// The history that an address asks for, as without JavaScript.
pub(super) async fn in_an_address<K: Kit>(w: &mut World) -> Result {
    w.reads("z secret");
    let (mine, paper, gone) = (w.mine, w.paper, w.entries.gone);
    for query in [
        format!("history={paper}"),
        format!("history={gone}"),
        format!("edit={mine}&history={paper}"),
        format!("history={mine}&history={paper}"),
    ] {
        let mut dossiers = K::Dossiers::default();
        read(&mut dossiers, &query)?;
        w.open(&mut dossiers).await;
        look(w, &dossiers).await;
    }
    Ok(())
}

/// Sends the number of an entry in every way.
async fn undo<K: Kit>(w: &mut World, entry: i64) -> Result {
    let mine = w.mine;
    let mut dossiers = K::Dossiers::default();
    for args in [format!("[{entry}]"), format!("[\"{entry}\"]")] {
        event(w, &mut dossiers, "undo_history", &args).await;
    }
    // from the form and the history of an own row
    let mut dossiers = K::Dossiers::default();
    event(w, &mut dossiers, "start_edit", &format!("[{mine}]")).await;
    event(w, &mut dossiers, "show_history", &format!("[{mine}]")).await;
    event(w, &mut dossiers, "undo_history", &format!("[{entry}]")).await;
    // with the row of the entry in the form
    let mut dossiers = K::Dossiers::default();
    w.client.load(&mut dossiers).await?;
    dossiers.core_mut().editing_id = Some(w.paper);
    w.event(&mut dossiers, "undo_history", &format!("[{entry}]"))
        .await;
    let cx = w.client.cx();
    let done = dossiers.orm(&cx).undo(entry).await;
    w.note(format!("{done:?}"));
    Ok(())
}

/// The title of a paper of Bob is to be what it was.
pub(super) async fn undo_a_change<K: Kit>(w: &mut World) -> Result {
    undo::<K>(w, w.entries.change).await
}

/// A paper of Bob is to go, as it was made once.
pub(super) async fn undo_a_birth<K: Kit>(w: &mut World) -> Result {
    undo::<K>(w, w.entries.birth).await
}

/// A paper that Bob deleted is to come back.
pub(super) async fn undo_a_deletion<K: Kit>(w: &mut World) -> Result {
    undo::<K>(w, w.entries.death).await
}
