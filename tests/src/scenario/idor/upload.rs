//! Ways through the files of rows.

use axum::body::to_bytes;
use rdj::prelude::*;

use super::{
    super::songs::read,
    states::Kit,
    world::{FORGED, World},
};

const FORGED_FILE: &[(&str, Option<&[u8]>)] = &[("scan", Some(FORGED.as_bytes()))];

/// The file of a row, by its key.
pub(super) async fn download<K: Kit>(w: &mut World) -> Result {
    w.reads("file of c secret");
    let (mine, paper) = (w.mine, w.paper);
    let keys = [
        paper.to_string(),
        format!("\"{paper}\""),
        format!(" {paper}"),
    ];
    for key in keys {
        let mut fresh = K::Dossiers::default();
        fetch(w, &mut fresh, "scan", &key).await?;
        // from the form of an own row, and of one that is Bob's by now
        let mut editing = K::Dossiers::default();
        let args = format!("[{mine}]");
        w.client.call(&mut editing, "start_edit", &args).await?;
        fetch(w, &mut editing, "scan", &key).await?;
        editing.core_mut().editing_id = Some(paper);
        fetch(w, &mut editing, "scan", &key).await?;
        // of a state that has no files
        fetch(w, &mut K::Papers::default(), "scan", &key).await?;
    }
    Ok(())
}

/// Notes the file, or why there is none.
async fn fetch<S: ModelState>(w: &mut World, state: &mut S, column: &str, key: &str) -> Result {
    let cx = w.client.cx();
    let text = match state.file(&cx, column, key).await {
        Ok(answer) => {
            let content = to_bytes(answer.into_body(), usize::MAX).await?;
            String::from_utf8_lossy(&content).into_owned()
        }
        Err(error) => format!("{error:?}"),
    };
    w.note(text);
    Ok(())
}

/// A file for a row of Bob, by a form that names it in every way.
pub(super) async fn over<K: Kit>(w: &mut World) -> Result {
    let (mine, key) = (w.mine, w.paper.to_string());
    let form = [
        ("id", &*key),
        ("_key", &key),
        ("editing_id", &key),
        ("edit", &key),
        ("scan-_key", &key),
    ];
    let mut dossiers = K::Dossiers::default();
    let args = format!("[{mine}]");
    w.client.call(&mut dossiers, "start_edit", &args).await?;
    w.upload(&mut dossiers, "save", &form, FORGED_FILE).await;
    Ok(())
}

/// A file for a row that is Bob's by now.
pub(super) async fn stale_key<K: Kit>(w: &mut World) -> Result {
    for event in ["save", "keep_mine", "take_theirs"] {
        let mut dossiers = K::Dossiers::default();
        w.client.load(&mut dossiers).await?;
        dossiers.core_mut().editing_id = Some(w.paper);
        let form = [("title", FORGED), ("stars", "3")];
        w.upload(&mut dossiers, event, &form, FORGED_FILE).await;
    }
    Ok(())
}

/// The address names a row of Bob, and the form is sent with it, as without JavaScript.
pub(super) async fn address_and_save<K: Kit>(w: &mut World) -> Result {
    let key = w.paper;
    for files in [FORGED_FILE, &[]] {
        let mut dossiers = K::Dossiers::default();
        read(&mut dossiers, &format!("edit={key}"))?;
        w.open(&mut dossiers).await;
        let form = [("title", FORGED), ("stars", "3"), ("scan-remove", "true")];
        w.upload(&mut dossiers, "save", &form, files).await;
    }
    Ok(())
}

/// The file of a row of Bob is to be taken away.
pub(super) async fn remove<K: Kit>(w: &mut World) -> Result {
    let key = w.paper.to_string();
    let form = [
        ("title", FORGED),
        ("stars", "3"),
        ("scan-remove", "true"),
        ("_key", &key),
    ];
    for event in ["save", "keep_mine"] {
        let mut dossiers = K::Dossiers::default();
        w.client.load(&mut dossiers).await?;
        dossiers.core_mut().editing_id = Some(w.paper);
        w.upload(&mut dossiers, event, &form, &[]).await;
    }
    Ok(())
}
