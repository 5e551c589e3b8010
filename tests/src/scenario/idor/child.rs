//! Ways through child rows, which belong to whom their parent belongs.

use rdj::{orm::view, prelude::*};

use super::{
    super::songs::read,
    states::Kit,
    world::{FORGED, World},
};

/// The numbers that no row of a form has.
const FREE: u32 = 70;

/// Entries of one row of a form.
fn entries<'a>(number: u32, pairs: &[(&str, &'a str)]) -> Vec<(String, &'a str)> {
    let name = |name: &str| format!("sheets-{number}-{name}");
    pairs
        .iter()
        .map(|(field, value)| (name(field), *value))
        .collect()
}

async fn submit<S: ModelState>(
    w: &mut World,
    state: &mut S,
    event: &str,
    entries: &[(String, &str)],
) {
    let entries: Vec<_> = entries
        .iter()
        .map(|(name, value)| (&**name, *value))
        .collect();
    w.submit(state, event, &entries).await;
}

/// The form of an own paper.
async fn editing<K: Kit>(w: &mut World) -> Result<K::Dossiers> {
    let mut dossiers = K::Dossiers::default();
    let mine = format!("[{}]", w.mine);
    w.client.load(&mut dossiers).await?;
    w.client.call(&mut dossiers, "start_edit", &mine).await?;
    Ok(dossiers)
}

/// The form of a paper that is Bob's by now.
async fn stale<K: Kit>(w: &World) -> Result<K::Dossiers> {
    let mut dossiers = K::Dossiers::default();
    w.client.load(&mut dossiers).await?;
    dossiers.core_mut().editing_id = Some(w.sheeted);
    Ok(dossiers)
}

/// The sheets are shown with their paper.
pub(super) async fn shown<K: Kit>(w: &mut World) -> Result {
    w.reads("value=\"sheet of a secret\"");
    let (paper, sheet) = (w.sheeted, w.sheet.to_string());
    let mut dossiers = K::Dossiers::default();
    w.event(&mut dossiers, "start_edit", &format!("[{paper}]"))
        .await;
    let mut dossiers = K::Dossiers::default();
    read(&mut dossiers, &format!("edit={paper}"))?;
    w.open(&mut dossiers).await;
    let mut dossiers = stale::<K>(w).await?;
    for (event, args) in [
        ("add_row", "[\"sheets\"]"),
        ("remove_row", "[\"sheets\",0]"),
        ("refresh", "[]"),
    ] {
        w.event(&mut dossiers, event, args).await;
    }
    // the key of a sheet of Bob, in a form that is not saved
    let mut dossiers = editing::<K>(w).await?;
    let mut form = entries(FREE, &[("_key", &*sheet)]);
    form.push(("title".to_owned(), ""));
    submit(w, &mut dossiers, "save", &form).await;
    Ok(())
}

/// The key of a sheet of Bob in the form of an own paper.
pub(super) async fn forged_key<K: Kit>(w: &mut World) -> Result {
    let key = w.sheet.to_string();
    for event in ["save", "keep_mine", "take_theirs", "save"] {
        let mut dossiers = editing::<K>(w).await?;
        for key in [&*key, &format!("\"{key}\""), &format!(" {key}")] {
            let pairs = [("_key", key), ("text", FORGED)];
            submit(w, &mut dossiers, event, &entries(FREE, &pairs)).await;
        }
    }
    Ok(())
}

/// The same with what the form claims to know of the sheet, so that nobody is asked about a conflict.
pub(super) async fn forged_version<K: Kit>(w: &mut World) -> Result {
    let key = w.sheet.to_string();
    let mut dossiers = editing::<K>(w).await?;
    let cx = w.client.cx();
    let shown = cx.scope(async { view::form(&dossiers).to_string() }).await;
    let version = shown.split("-_version\" value=\"").nth(1);
    let version = version.and_then(|rest| rest.split('"').next());
    let version = version.unwrap_or("00000000").to_owned();
    let pairs = [("_key", &*key), ("_version", &version), ("text", FORGED)];
    submit(w, &mut dossiers, "save", &entries(FREE, &pairs)).await;
    submit(w, &mut dossiers, "save", &entries(FREE, &pairs)).await;
    Ok(())
}

/// A sheet of Bob is marked for deletion in the form of an own paper.
pub(super) async fn delete<K: Kit>(w: &mut World) -> Result {
    let key = w.sheet.to_string();
    for event in ["save", "keep_mine"] {
        let mut dossiers = editing::<K>(w).await?;
        let pairs = [("_key", &*key), ("_delete", "true")];
        submit(w, &mut dossiers, event, &entries(FREE, &pairs)).await;
    }
    Ok(())
}

/// An own sheet, and a new one, are to go into a paper of Bob.
pub(super) async fn moved<K: Kit>(w: &mut World) -> Result {
    let (key, paper) = (w.my_sheet.to_string(), w.sheeted.to_string());
    let to = [("paper_id", &*paper), ("paper", &paper), ("parent", &paper)];
    let mut dossiers = editing::<K>(w).await?;
    let mut form = entries(FREE, &[("_key", &*key), ("text", FORGED)]);
    form.extend(entries(FREE, &to));
    form.extend(entries(FREE + 1, &[("text", FORGED)]));
    form.extend(entries(FREE + 1, &to));
    for name in ["id", "_key", "editing_id"] {
        form.push((name.to_owned(), &*paper));
    }
    submit(w, &mut dossiers, "save", &form).await;
    Ok(())
}

/// The form of a paper of Bob, with new sheets and his own.
pub(super) async fn stale_parent<K: Kit>(w: &mut World) -> Result {
    let key = w.sheet.to_string();
    let mut form = entries(FREE, &[("_key", &*key), ("text", FORGED)]);
    form.extend(entries(FREE + 1, &[("text", FORGED)]));
    form.extend([("title".to_owned(), FORGED), ("stars".to_owned(), "3")]);
    for event in ["save", "keep_mine", "take_theirs"] {
        let mut dossiers = stale::<K>(w).await?;
        submit(w, &mut dossiers, event, &form).await;
    }
    Ok(())
}

/// The address names a paper of Bob, and the form is sent with it, as without JavaScript.
pub(super) async fn address_and_save<K: Kit>(w: &mut World) -> Result {
    let (paper, key) = (w.sheeted, w.sheet.to_string());
    for delete in ["", "true"] {
        let mut dossiers = K::Dossiers::default();
        read(&mut dossiers, &format!("edit={paper}"))?;
        w.open(&mut dossiers).await;
        let pairs = [("_key", &*key), ("_delete", delete), ("text", FORGED)];
        submit(w, &mut dossiers, "save", &entries(FREE, &pairs)).await;
    }
    Ok(())
}

/// A new paper that brings a sheet of Bob along; whoever saves it gets a copy at most.
pub(super) async fn new_parent<K: Kit>(w: &mut World) -> Result {
    let key = w.sheet.to_string();
    for event in ["create", "save"] {
        let mut dossiers = K::Dossiers::default();
        w.client.load(&mut dossiers).await?;
        let form = [
            ("title", FORGED),
            ("stars", "1"),
            ("sheets-70-_key", &key),
            ("sheets-70-text", FORGED),
        ];
        let said = w.client.submit(&mut dossiers, event, &form).await;
        w.note(format!("{said:?} {:?}", dossiers.core().error));
    }
    Ok(())
}
