//! Ways through files.

use rdj::prelude::*;

use super::{
    super::files::{confirm, file, send},
    states::Kit,
    world::{FORGED, World},
};
use crate::orm::Client;

/// Notes the file, or why there is none.
async fn export<S: ModelState>(w: &mut World, state: &mut S, format: &str) {
    let text = file(&w.client, state, format).await;
    w.note(format!("{text:?}"));
}

pub(super) async fn csv<K: Kit>(w: &mut World) -> Result {
    w.reads(",c secret,");
    export(w, &mut K::Papers::default(), "csv").await;
    Ok(())
}

pub(super) async fn json<K: Kit>(w: &mut World) -> Result {
    w.reads("c secret");
    export(w, &mut K::Papers::default(), "json").await;
    Ok(())
}

/// By a search, a filter and an order, from a page behind the end.
pub(super) async fn narrowed<K: Kit>(w: &mut World) -> Result {
    w.reads(",e secret,");
    let mut papers = K::Papers::default();
    let folder = format!(r#"["folder_id","{}"]"#, w.folder);
    for (event, args) in [
        ("set_search", r#"["secre"]"#),
        ("clear_search", "[]"),
        ("set_filter", r#"["stars","9"]"#),
        ("clear_filters", "[]"),
        ("set_filter", &*folder),
        ("set_ordering", r#"["-stars"]"#),
        ("go_to_page", "[99]"),
    ] {
        w.event(&mut papers, event, args).await;
        export(w, &mut papers, "csv").await;
    }
    Ok(())
}

/// Sends a file, and confirms it if it can be; what it is told, without the name of the file that waits.
async fn import<S: ModelState>(w: &mut World, state: &mut S, content: &str) -> Result {
    let sent = send(&w.client, state, content).await;
    w.note(format!("{sent:?}"));
    let Some(report) = state.core().import_report().cloned() else {
        return Ok(());
    };
    for error in &report.errors {
        w.note(format!("{} {} {}", error.line, error.field, error.text));
    }
    w.note(format!(
        "{} new, {} changed",
        report.created, report.updated
    ));
    if !report.token.is_empty() {
        let done = confirm(&w.client, state, &report.token).await;
        w.note(format!("{done:?}"));
    }
    Ok(())
}

/// A row with the key of another's.
pub(super) async fn import_over<K: Kit>(w: &mut World) -> Result {
    // a key that is taken is refused: the row that has it is not told, but that there is one
    w.tells_keys = true;
    let key = w.paper;
    if !w.bob_is_there {
        return Ok(());
    }
    for content in [
        format!("id,title,stars\n{key},{FORGED},1\n"),
        format!("id,title,stars,folder_id\n{key},{FORGED},1,\n"),
        format!("id,title,stars,user_id\n{key},{FORGED},1,1\n"),
        format!("id,title,stars\n {key} ,{FORGED},1\n{key},{FORGED},2\n"),
    ] {
        import(w, &mut K::Papers::default(), &content).await?;
    }
    Ok(())
}

/// An own row that is to refer to rows of another.
pub(super) async fn import_links<K: Kit>(w: &mut World) -> Result {
    let (mine, folder, tag) = (w.mine, w.folder, w.tag);
    let mut papers = K::Papers::default();
    import(w, &mut papers, &format!("id,folder_id,tags\n{mine},,\n")).await?;
    w.settle().await?;
    for content in [
        format!("id,folder_id\n{mine},{folder}\n"),
        format!("id,tags\n{mine},{tag}\n"),
    ] {
        import(w, &mut papers, &content).await?;
    }
    Ok(())
}

/// A file that Bob sent and did not confirm yet.
pub(super) async fn confirm_of_another<K: Kit>(w: &mut World) -> Result {
    let bob = Client::new(&w.db, 2);
    let mut papers = K::Papers::default();
    let content = format!("id,title,stars\n{},{FORGED},1\n", w.paper);
    send(&bob, &mut papers, &content).await?;
    let report = papers.core().import_report().cloned();
    let token = report.map(|report| report.token).unwrap_or_default();
    let done = confirm(&w.client, &mut K::Papers::default(), &token).await;
    w.note(format!("{done:?}"));
    Ok(())
}
