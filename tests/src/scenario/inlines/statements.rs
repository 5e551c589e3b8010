//! How much is asked of the database.

use rdj::{
    orm::{Db, db::SqlCount},
    prelude::*,
};

use super::{BillsState, bills, editing, entries, html, line_ids, lines, number, submit};
use crate::orm::Client;

/// One query for all rows of a bill, and writes for those that the user touched alone.
pub async fn few_statements(db: &Db) -> Result {
    let (_, _, milk) = editing(db).await?;
    let count = SqlCount::new(db);
    let ann = Client::new(&count.db(), 1);
    let mut state = BillsState::default();
    ann.load(&mut state).await?;
    let asked = || {
        let mut all = count.take();
        all.retain(|sql| sql.contains("bill_line"));
        all
    };
    assert!(asked().is_empty(), "a new bill has no rows");
    let args = format!("[{}]", bills(db).await?[0].id);
    ann.call(&mut state, "start_edit", &args).await?;
    let all = asked();
    assert_eq!(all.len(), 1, "{all:?}");
    ann.submit(&mut state, "save", &[("customer", "Bob")])
        .await?;
    let all = asked();
    assert!(all.is_empty(), "{all:?}");

    ann.call(&mut state, "start_edit", &args).await?;
    let ids = line_ids(db).await?;
    let shown = html(&ann, &state).await;
    let (first, id0) = (number(&shown, ids[0]), ids[0].to_string());
    let rye = (milk + 2).to_string();
    let mut form = entries(&first, &[("_key", &*id0), ("quantity", "6")]);
    form.extend(entries(
        "70",
        &[("product_id", &*rye), ("quantity", "1"), ("price", "5")],
    ));
    asked();
    submit(&ann, &mut state, "save", &form).await?;
    let all = asked();
    // a look at the rows and their lock, two writes with their answers, and whether the new one is taken
    assert!(all.len() <= 7, "{all:?}");
    assert_eq!(lines(db).await?.len(), 3);
    Ok(())
}
