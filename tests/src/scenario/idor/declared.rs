//! Columns that nobody may set, and filters and orders that nobody declared.

use rdj::{
    orm::{Db, sea_orm::EntityTrait as _},
    prelude::*,
};

use super::{
    super::{files::send, songs::read},
    states::{Kit, owned::Owned, scoped::Scoped},
};
use crate::{models::papers::paper, orm::Client};

/// A column that the form does not have is set by no form, event, file or address.
pub async fn columns(db: &Db) -> Result {
    unset::<Owned>(db).await?;
    paper::Entity::delete_many().exec(db).await?;
    unset::<Scoped>(db).await
}

async fn unset<K: Kit>(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let mut papers = K::Papers::default();
    ann.load(&mut papers).await?;
    let form = [
        ("title", "mine"),
        ("stars", "1"),
        ("approved", "true"),
        ("user_id", "2"),
        ("id", "77"),
        ("papers.user_id", "2"),
        ("__proto__", "x"),
    ];
    ann.submit(&mut papers, "save", &form).await?;
    let key = papers.core().data[0].id;
    ann.call(&mut papers, "start_edit", &format!("[{key}]"))
        .await?;
    ann.submit(&mut papers, "save", &form).await?;
    for (event, args) in [
        ("set_approved", "[true]"),
        ("set_user_id", "[2]"),
        ("set_id", "[77]"),
        ("set_data", "[[]]"),
        ("set_editing_id", "[77]"),
        ("set_total_count", "[9]"),
    ] {
        let refused = ann.call(&mut papers, event, args).await;
        assert!(
            matches!(refused, Err(Error::UnknownEvent(_))),
            "{}: {event}",
            K::NAME
        );
    }
    for event in ["search_choices", "pick_choice"] {
        let refused = ann.call(&mut papers, event, r#"["user_id","2"]"#).await;
        assert!(matches!(refused, Err(Error::BadArguments(_))), "{event}");
    }
    let content = format!("id,title,approved,user_id\n{key},mine,true,2\n");
    send(&ann, &mut papers, &content).await?;
    let report = papers.core().import_report().cloned();
    let report = report.ok_or(Error::NotFound)?;
    assert_eq!(report.ignored, ["approved", "user_id"]);
    read(&mut papers, "approved=true&user_id=2&id=77&data=x")?;
    ann.load(&mut papers).await?;

    let rows = paper::Entity::find().all(db).await?;
    let [row] = &rows[..] else {
        return Err(Error::internal(format!("{}: {rows:?}", K::NAME)));
    };
    assert_eq!(
        (row.id, row.user_id, row.approved, &*row.title),
        (key, 1, false, "mine")
    );
    Ok(())
}

/// Filters, orders, choices and functions that are not declared do not exist.
pub async fn undeclared(db: &Db) -> Result {
    unknown::<Owned>(db).await?;
    unknown::<Scoped>(db).await
}

async fn unknown<K: Kit>(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let mut papers = K::Papers::default();
    for name in [
        "user_id",
        "approved",
        "id",
        "folder__name",
        "folder.name",
        "stars__gt",
        "stars_min",
        "title_null",
        "",
    ] {
        let args = format!("[{name:?},\"1\"]");
        let refused = ann.call(&mut papers, "set_filter", &args).await;
        assert!(matches!(refused, Err(Error::BadArguments(_))), "{name}");
        for order in [
            name.to_owned(),
            format!("-{name}"),
            format!("title,{name}x"),
        ] {
            if order.is_empty() {
                continue;
            }
            let refused = ann
                .call(&mut papers, "set_ordering", &format!("[{order:?}]"))
                .await;
            assert!(matches!(refused, Err(Error::BadArguments(_))), "{order}");
        }
        read(&mut papers, &format!("{name}=1&ordering={name}"))?;
        let core = papers.core();
        assert!(core.ordering.is_empty() && !core.is_filtered(), "{name}");
    }
    // what server code and hooks do is no event
    for event in [
        "filter",
        "clear_filter",
        "paginate",
        "orm",
        "get_row",
        "authorize",
        "get_queryset",
        "filter_queryset",
        "get_ordering",
        "apply_search",
        "get_choices",
        "populate_edit_state",
        "perform_create",
        "perform_update",
        "perform_delete",
        "before_save",
        "on_save_success",
        "has_object_permission",
        "for_selected",
        "clean_title",
        "export",
        "import",
        "follow",
        "on_load_data",
    ] {
        let mut fresh = K::Endless::default();
        let refused = ann.call(&mut fresh, event, "[]").await;
        let is_there = event == "on_load_data";
        assert_eq!(
            !matches!(refused, Err(Error::UnknownEvent(_))),
            is_there,
            "{event}: {refused:?}"
        );
    }
    Ok(())
}
