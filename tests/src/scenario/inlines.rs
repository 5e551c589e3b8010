//! Child rows in the form of their parent.

mod focus;
mod forged;
mod hooks;
mod rows;
mod statements;

use rdj::{
    orm::{
        Db,
        sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder},
    },
    prelude::*,
};

pub use self::{
    focus::errors_have_the_focus,
    forged::{rights_of_the_child, rows_that_are_not_of_this_parent, without_javascript},
    hooks::{
        children_are_told_after_the_commit, hooks_of_the_child, searches_in_rows,
        searches_in_rows_without_javascript,
    },
    rows::{
        errors_stand_at_their_row_and_nothing_is_written, how_many_there_are, others_changed_a_row,
        saved_with_the_parent,
    },
    statements::few_statements,
};
use crate::{
    models::bills::{bill, line, product},
    orm::Client,
};

/// The lines of a bill.
#[model_state(
    model = line::Entity,
    fields(product_id, quantity, price, remark),
    ordering(id),
)]
#[derive(Debug)]
pub struct LinesState;

/// The bills of the signed-in user, with their lines.
#[model_state(
    model = bill::Entity,
    fields(customer, total),
    owner_field = user_id,
    inlines(lines = LinesState(extra = 2)),
)]
#[derive(Debug)]
pub struct BillsState;

type Pairs<'a> = [(&'a str, &'a str)];

/// Three products; the key of the first.
async fn products(db: &Db) -> Result<i64> {
    let mut first = None;
    for name in ["Milk", "Bread", "Rye"] {
        let new = product::ActiveModel {
            name: Set(name.to_owned()),
            ..Default::default()
        };
        let id = product::Entity::insert(new).exec(db).await?.last_insert_id;
        first.get_or_insert(id);
    }
    first.ok_or(Error::NotFound)
}

/// Product, quantity and price of all lines.
async fn lines(db: &Db) -> Result<Vec<(i64, i32, i64)>> {
    let rows = line::Entity::find().order_by_asc(line::Column::Id);
    let rows = rows.all(db).await?.into_iter();
    Ok(rows
        .map(|row| (row.product_id, row.quantity, row.price))
        .collect())
}

async fn line_ids(db: &Db) -> Result<Vec<i64>> {
    let rows = line::Entity::find().order_by_asc(line::Column::Id);
    Ok(rows.all(db).await?.iter().map(|row| row.id).collect())
}

async fn bills(db: &Db) -> Result<Vec<bill::Model>> {
    let rows = bill::Entity::find().order_by_asc(bill::Column::Id);
    Ok(rows.all(db).await?)
}

/// Ann's bill for Milk, twice, and Bread, once; she edits it.
async fn editing(db: &Db) -> Result<(Client, BillsState, i64)> {
    let milk = products(db).await?;
    let ann = Client::new(db, 1);
    let mut state = BillsState::default();
    ann.load(&mut state).await?;
    let (milk_text, bread_text) = (milk.to_string(), (milk + 1).to_string());
    let form = [
        ("customer", "Ann"),
        ("total", "300"),
        ("lines-0-product_id", &*milk_text),
        ("lines-0-quantity", "2"),
        ("lines-0-price", "100"),
        ("lines-1-product_id", &*bread_text),
        ("lines-1-quantity", "1"),
        ("lines-1-price", "100"),
    ];
    let told = ann.submit(&mut state, "save", &form).await?;
    assert_eq!(
        told,
        ["Bill saved."],
        "{state:?} {}",
        html(&ann, &state).await
    );
    let key = bills(db).await?[0].id;
    ann.call(&mut state, "start_edit", &format!("[{key}]"))
        .await?;
    Ok((ann, state, milk))
}

async fn html(client: &Client, state: &BillsState) -> String {
    client.cx().scope(async { state.form().to_string() }).await
}

/// The number of the row with this key in the form.
fn number(html: &str, key: i64) -> String {
    let entry = format!("-_key\" value=\"{key}\"");
    let before = html.split(&*entry).next().unwrap_or_default();
    before
        .rsplit("lines-")
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// The value of a hidden control.
fn hidden(html: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let rest = html.split(&*start).nth(1).unwrap_or_default();
    rest.split('"')
        .next()
        .unwrap_or_default()
        .replace("&#34;", "\"")
}

/// Entries of one row by its number.
fn entries<'a>(number: &str, pairs: &Pairs<'a>) -> Vec<(String, &'a str)> {
    let name = |name| format!("lines-{number}-{name}");
    pairs
        .iter()
        .map(|(field, value)| (name(field), *value))
        .collect()
}

/// Submits entries whose names are made up.
async fn submit(
    client: &Client,
    state: &mut BillsState,
    event: &str,
    entries: &[(String, &str)],
) -> Result<Vec<String>> {
    let entries: Vec<_> = entries
        .iter()
        .map(|(name, value)| (&**name, *value))
        .collect();
    client.submit(state, event, &entries).await
}
