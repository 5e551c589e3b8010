//! Ways to see a row, or that there is one.

use rdj::{
    State,
    orm::{
        CxChanges as _, OrmApi as _,
        sea_orm::{ActiveModelTrait as _, ColumnTrait as _, Set},
    },
    prelude::*,
};

use super::{super::songs::read, states::Kit, world::World};
use crate::models::papers::paper;

/// Opens a page by an address.
async fn visit<S: ModelState + Default>(w: &mut World, query: &str) -> Result<S> {
    let mut state = S::default();
    read(&mut state, query)?;
    w.open(&mut state).await;
    Ok(state)
}

pub(super) async fn list<K: Kit>(w: &mut World) -> Result {
    w.reads(">a secret<");
    let mut papers = K::Papers::default();
    w.open(&mut papers).await;
    w.event(&mut papers, "refresh", "[]").await;
    let mut endless = K::Endless::default();
    w.open(&mut endless).await;
    Ok(())
}

pub(super) async fn search<K: Kit>(w: &mut World) -> Result {
    w.reads(">c secret<");
    let mut papers = K::Papers::default();
    for text in ["secre", "e", "c secre", "%", "zzz"] {
        w.event(&mut papers, "set_search", &format!("[{text:?}]"))
            .await;
    }
    w.event(&mut papers, "clear_search", "[]").await;
    Ok(())
}

pub(super) async fn filters<K: Kit>(w: &mut World) -> Result {
    w.reads(">c secret<");
    let mut papers = K::Papers::default();
    let folder = format!(r#"["folder_id","{}"]"#, w.folder);
    for args in [r#"["stars","9"]"#, r#"["title","c secre"]"#, &*folder] {
        w.event(&mut papers, "set_filter", args).await;
        w.event(&mut papers, "clear_filters", "[]").await;
    }
    Ok(())
}

pub(super) async fn orders<K: Kit>(w: &mut World) -> Result {
    w.reads(">e secret<");
    let mut papers = K::Papers::default();
    for order in ["-stars,-title", "-title", "title"] {
        w.event(&mut papers, "set_ordering", &format!("[{order:?}]"))
            .await;
    }
    Ok(())
}

pub(super) async fn pages<K: Kit>(w: &mut World) -> Result {
    w.reads(">e secret<");
    let mut papers = K::Papers::default();
    w.open(&mut papers).await;
    for (event, args) in [
        ("next_page", "[]"),
        ("next_page", "[]"),
        ("prev_page", "[]"),
        ("last_page", "[]"),
        ("go_to_page", "[3]"),
        ("go_to_page", "[18446744073709551615]"),
        ("set_page_size", "[1]"),
        ("last_page", "[]"),
        ("set_page_size", "[100]"),
    ] {
        w.event(&mut papers, event, args).await;
    }
    Ok(())
}

pub(super) async fn cursors<K: Kit>(w: &mut World) -> Result {
    w.reads(">e secret<");
    let mut papers = K::Endless::default();
    w.open(&mut papers).await;
    for event in [
        "next_page",
        "prev_page",
        "last_page",
        "prev_page",
        "first_page",
    ] {
        w.event(&mut papers, event, "[]").await;
    }
    Ok(())
}

/// An own row that refers to rows of Bob shows their keys at most.
pub(super) async fn labels<K: Kit>(w: &mut World) -> Result {
    w.reads("secret place");
    if w.bob_is_there {
        refer(w, Some(w.folder)).await?;
    }
    // the bare key stands there where the row exists
    w.tells_keys = true;
    let mut papers = K::Papers::default();
    w.open(&mut papers).await;
    let mine = format!("[{}]", w.mine);
    w.event(&mut papers, "start_edit", &mine).await;
    w.submit(&mut papers, "save", &[("title", "b")]).await;
    // the row as it is where Bob is not there
    refer(w, None).await?;
    w.settle().await
}

async fn refer(w: &World, folder_id: Option<i64>) -> Result {
    let row = paper::ActiveModel {
        id: Set(w.mine),
        folder_id: Set(folder_id),
        ..Default::default()
    };
    row.update(&w.db).await?;
    Ok(())
}

pub(super) async fn server_code<K: Kit>(w: &mut World) -> Result {
    w.reads(">c secret<");
    let (cx, mut papers) = (w.client.cx(), K::Papers::default());
    let found = papers.orm(&cx).filter(paper::Column::Stars.gt(0)).await;
    w.look("filter", found.map(|()| Vec::new()), &papers).await;
    let paged = papers.orm(&cx).paginate(2, 1).await;
    w.look("paginate", paged.map(|()| Vec::new()), &papers)
        .await;
    let row = papers.core().get_row(&w.paper).cloned();
    w.note(format!("{row:?}"));
    let loaded = papers.orm(&cx).load(w.paper).await;
    w.look("load", loaded.map(|()| Vec::new()), &papers).await;
    Ok(())
}

pub(super) async fn start_edit<K: Kit>(w: &mut World) -> Result {
    w.reads("value=\"c secret\"");
    let (paper, mut papers) = (w.paper, K::Papers::default());
    for event in ["start_edit", "set_editing_id", "edit", "load", "select"] {
        w.event(&mut papers, event, &format!("[{paper}]")).await;
        w.event(&mut papers, event, &format!("[\"{paper}\"]")).await;
    }
    let mut endless = K::Endless::default();
    w.event(&mut endless, "start_edit", &format!("[{paper}]"))
        .await;
    Ok(())
}

pub(super) async fn address_of_a_list<K: Kit>(w: &mut World) -> Result {
    w.reads(">c secret<");
    for query in [
        "page=2",
        "page=9&page_size=1",
        "search=secre",
        "ordering=-stars",
        "stars=9",
        "title=c%20s",
        "user_id=2",
        "filter=user_id%3D2&get_queryset=all",
    ] {
        visit::<K::Papers>(w, query).await?;
    }
    visit::<K::Papers>(w, &format!("folder_id={}", w.folder)).await?;
    Ok(())
}

pub(super) async fn address_of_a_row<K: Kit>(w: &mut World) -> Result {
    w.reads("value=\"c secret\"");
    let (paper, mine) = (w.paper, w.mine);
    for query in [
        format!("edit={paper}"),
        format!("edit={mine}&edit={paper}"),
        format!("edit={paper}&edit={mine}"),
        format!("edit={paper}%20or%201%3D1"),
        format!("edit={paper}&page=2&search=secre"),
    ] {
        let mut papers = visit::<K::Papers>(w, &query).await?;
        w.event(&mut papers, "refresh", "[]").await;
    }
    Ok(())
}

pub(super) async fn address_of_a_cursor<K: Kit>(w: &mut World) -> Result {
    w.reads(">e secret<");
    let paper = w.paper;
    for query in [
        format!("after={paper}"),
        format!("before={paper}"),
        "page=last".to_owned(),
    ] {
        let mut papers = visit::<K::Endless>(w, &query).await?;
        w.event(&mut papers, "next_page", "[]").await;
        w.event(&mut papers, "prev_page", "[]").await;
    }
    Ok(())
}

/// What a field can refer to: the select, a search, and what was picked.
pub(super) async fn choices<K: Kit>(w: &mut World) -> Result {
    w.reads("secret place");
    let (folder, mut papers) = (w.folder, K::Papers::default());
    w.open(&mut papers).await;
    let picked = format!(r#"["folder_id","{folder}"]"#);
    let ticked = format!(r#"["tags","{folder}",true]"#);
    for (event, args) in [
        ("search_choices", r#"["folder_id","secre"]"#),
        ("search_choices", r#"["tags","secre"]"#),
        ("search_choices", r#"["folder_id",""]"#),
        ("pick_choice", &*picked),
        ("pick_choice", &*ticked),
        ("search_choices", r#"["tags","place"]"#),
    ] {
        w.event(&mut papers, event, args).await;
    }
    Ok(())
}

/// Bob writes a row, and takes over one that is open in a form.
pub(super) async fn live<K: Kit>(w: &mut World) -> Result {
    w.reads(">aa secret<");
    let mut papers = K::Papers::default();
    w.open(&mut papers).await;
    let mine = format!("[{}]", w.mine);
    w.event(&mut papers, "start_edit", &mine).await;
    let cx = w.client.cx();
    if w.bob_is_there {
        let row = paper::ActiveModel {
            id: Set(w.paper + 100),
            user_id: Set(2),
            title: Set("aa secret".to_owned()),
            stars: Set(9),
            approved: Set(false),
            scan: Set(None),
            folder_id: Set(None),
        };
        row.insert(&w.db).await?;
        w.settle().await?;
    }
    let tables = <K::Papers as State>::tables();
    for _ in 0..2 {
        cx.changed::<paper::Entity>(&w.paper, ChangeKind::Updated);
        let said = papers.follow(&cx, &tables).await;
        w.look("follow", said.map(|()| Vec::new()), &papers).await;
    }
    Ok(())
}
