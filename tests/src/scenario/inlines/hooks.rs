//! Hooks of the rows, what is told of them, and their choices.

use std::sync::{Arc, Mutex};

use rdj::{
    FieldErrors,
    live::{RowChange, Subscription},
    orm::{
        Db,
        sea_orm::{ActiveValue::Set, EntityTrait},
    },
    prelude::*,
};

use super::{
    BillsState, bills, editing, entries, forged::open, html, line_ids, lines, number, submit,
};
use crate::{
    models::bills::{bill, line, product, stamp},
    orm::Client,
};

/// Lines with rules of their own.
#[model_state(model = line::Entity, fields(product_id, quantity, price, remark), ordering(id))]
#[derive(Debug)]
pub struct StrictLinesState;

impl StrictLinesHooks for StrictLinesState {
    fn clean_remark(&self, remark: Option<String>) -> Result<Option<String>, FieldError> {
        if remark.as_deref() == Some("no") {
            return Err("Not this word.".into());
        }
        Ok(remark.map(|remark| remark.to_uppercase()))
    }

    async fn validate_state(&self, _: &Cx, errors: &mut FieldErrors) -> Result {
        if self.quantity > 10 && self.price > 1_000 {
            errors.add("That is too much.");
        }
        Ok(())
    }

    async fn before_save(&mut self, _: &Cx, row: &mut line::ActiveModel, insert: bool) -> Result {
        if insert && row.remark.try_as_ref().is_none_or(Option::is_none) {
            row.remark = Set(Some("NEW".to_owned()));
        }
        Ok(())
    }
}

/// Bills whose total is that of their lines.
#[model_state(
    model = bill::Entity,
    fields(customer, user_id),
    name = "bills",
    inlines(lines = StrictLinesState),
)]
#[derive(Debug)]
pub struct SummedState;

impl SummedHooks for SummedState {
    async fn before_save(&mut self, _: &Cx, row: &mut bill::ActiveModel, _: bool) -> Result {
        let sums = self
            .lines
            .rows()
            .map(|line| i64::from(line.quantity) * line.price);
        row.total = Set(sums.sum());
        Ok(())
    }
}

/// `clean_<field>`, `validate_state` and `before_save` of the child run for its rows; the parent sees
/// them.
pub async fn hooks_of_the_child(db: &Db) -> Result {
    let (_, _, milk) = editing(db).await?;
    let ann = Client::new(db, 1);
    let mut state = SummedState::default();
    let product = milk.to_string();
    let rye = (milk + 2).to_string();
    let row = |quantity, price, remark| {
        [
            ("customer", "Sum"),
            ("user_id", "1"),
            ("lines-0-product_id", &*product),
            ("lines-0-quantity", quantity),
            ("lines-0-price", price),
            ("lines-0-remark", remark),
        ]
    };
    for (form, error) in [
        (row("1", "1", "no"), "Not this word."),
        (row("11", "2000", ""), "That is too much."),
    ] {
        assert!(ann.submit(&mut state, "save", &form).await?.is_empty());
        let shown = ann.cx().scope(async { state.form().to_string() }).await;
        assert!(shown.contains(error), "{error}: {shown}");
    }
    let mut form = row("3", "20", "fresh").to_vec();
    form.extend([
        ("lines-1-product_id", &*rye),
        ("lines-1-quantity", "2"),
        ("lines-1-price", "5"),
    ]);
    assert_eq!(
        ann.submit(&mut state, "save", &form).await?,
        ["Bill saved."]
    );
    assert_eq!(bills(db).await?[1].total, 70);
    let rows = line::Entity::find().all(db).await?;
    let remarks: Vec<_> = rows
        .iter()
        .filter_map(|row| row.remark.as_deref())
        .collect();
    assert_eq!(remarks, ["FRESH", "NEW"]);

    // what is still in use stays
    let new = stamp::ActiveModel {
        line_id: Set(rows[2].id),
        ..Default::default()
    };
    stamp::Entity::insert(new).exec(db).await?;
    let key = bills(db).await?[1].id;
    ann.call(&mut state, "start_edit", &format!("[{key}]"))
        .await?;
    let shown = ann.cx().scope(async { state.form().to_string() }).await;
    let (row, id) = (number(&shown, rows[2].id), rows[2].id.to_string());
    let form = entries(&row, &[("_key", &*id), ("_delete", "true")]);
    let form: Vec<_> = form.iter().map(|(name, value)| (&**name, *value)).collect();
    let cascades = line::Entity::find().all(db).await?.len();
    let told = ann.submit(&mut state, "save", &form).await?;
    let shown = ann.cx().scope(async { state.form().to_string() }).await;
    let is_shown = shown.contains("This entry is still in use and cannot be deleted.");
    let kept = line::Entity::find().all(db).await?.len() == cascades;
    assert_eq!((told.is_empty(), is_shown), (kept, kept), "{shown}");
    Ok(())
}

/// What was heard of lines.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<String>>>);

impl Heard {
    fn listen(&self, client: &Client) -> Subscription {
        let heard = self.clone();
        client.changes().subscribe("bill_line", move |rows| {
            let Ok(mut heard) = heard.0.lock() else {
                return;
            };
            heard.extend(
                rows.iter()
                    .map(|RowChange { kind, .. }| format!("{kind:?}")),
            );
        })
    }

    fn take(&self) -> Vec<String> {
        let heard = self.0.lock();
        heard
            .map(|mut heard| std::mem::take(&mut *heard))
            .unwrap_or_default()
    }
}

/// Each row that was written is told, and none of a save that was refused.
pub async fn children_are_told_after_the_commit(db: &Db) -> Result {
    let (ann, mut state, milk) = editing(db).await?;
    let heard = Heard::default();
    let _listening = heard.listen(&ann);
    let ids = line_ids(db).await?;
    let shown = html(&ann, &state).await;
    let (first, second) = (number(&shown, ids[0]), number(&shown, ids[1]));
    let (id0, id1, rye) = (
        ids[0].to_string(),
        ids[1].to_string(),
        (milk + 2).to_string(),
    );
    let mut form = entries(&first, &[("_key", &*id0), ("_delete", "true")]);
    form.extend(entries(&second, &[("_key", &*id1), ("quantity", "6")]));
    form.extend(entries("60", &[("product_id", &*rye), ("quantity", "0")]));
    submit(&ann, &mut state, "save", &form).await?;
    assert!(heard.take().is_empty());
    assert_eq!(
        form.pop().map(|(name, _)| name).as_deref(),
        Some("lines-60-quantity")
    );
    form.push(("lines-60-quantity".to_owned(), "1"));
    assert_eq!(
        submit(&ann, &mut state, "save", &form).await?,
        ["Bill saved."]
    );
    assert_eq!(heard.take(), ["Deleted", "Updated", "Created"]);
    assert_eq!(lines(db).await?, [(milk + 1, 6, 100), (milk + 2, 1, 100)]);
    let key = bills(db).await?[0].id;
    ann.call(&mut state, "start_edit", &format!("[{key}]"))
        .await?;
    ann.submit(&mut state, "save", &[("customer", "Ann")])
        .await?;
    assert!(
        heard.take().is_empty(),
        "rows that nobody touched are not written"
    );
    Ok(())
}

/// Too many for a select.
async fn many_products(db: &Db) -> Result {
    let new = (0..120).map(|number| product::ActiveModel {
        name: Set(format!("Product {number:03}")),
        ..Default::default()
    });
    product::Entity::insert_many(new)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// With many choices each row has a search of its own, and shows what it holds.
pub async fn searches_in_rows(db: &Db) -> Result {
    many_products(db).await?;
    let (ann, _, milk) = editing(db).await?;
    let mut state = BillsState::default();
    ann.load(&mut state).await?;
    let key = bills(db).await?[0].id;
    ann.call(&mut state, "start_edit", &format!("[{key}]"))
        .await?;
    let shown = html(&ann, &state).await;
    assert!(
        shown.contains(&format!("<option value=\"{milk}\" selected>Milk</option>")),
        "{shown}"
    );
    let ids = line_ids(db).await?;
    let row = number(&shown, ids[0]);
    let search =
        format!("data-rdj-input=\"bills.search_choices(&quot;lines-{row}-product_id&quot;)\"");
    assert!(shown.contains(&search), "{shown}");
    let args = format!(r#"["lines-{row}-product_id", "119"]"#);
    ann.call(&mut state, "search_choices", &args).await?;
    let found = product::Entity::find().all(db).await?;
    let wanted = found
        .iter()
        .find(|row| row.name == "Product 119")
        .map_or(0, |row| row.id);
    let args = format!(r#"["lines-{row}-product_id", "{wanted}"]"#);
    ann.call(&mut state, "pick_choice", &args).await?;
    let shown = html(&ann, &state).await;
    assert!(
        shown.contains(&format!(
            "<option value=\"{wanted}\" selected>Product 119</option>"
        )),
        "{shown}"
    );
    assert_eq!(ann.call(&mut state, "save", "[]").await?, ["Bill saved."]);
    assert_eq!(lines(db).await?[0], (wanted, 2, 100));
    Ok(())
}

/// Without JavaScript a save shows what the searches of rows find: also in a row that holds something
/// already, and in a new one that holds nothing else.
pub async fn searches_in_rows_without_javascript(db: &Db) -> Result {
    many_products(db).await?;
    let (ann, _, milk) = editing(db).await?;
    let before = lines(db).await?;
    let key = bills(db).await?[0].id.to_string();
    let id0 = line_ids(db).await?[0];
    let first = number(&html(&ann, &open(&ann, &key).await?).await, id0);
    let (id0, milk_text) = (id0.to_string(), milk.to_string());
    let row = [("_key", &*id0), ("quantity", "2"), ("price", "100")];
    let mut form = entries(&first, &row);
    form.extend(entries(
        &first,
        &[("product_id", &*milk_text), ("product_id-search", "119")],
    ));
    form.extend(entries(
        "9",
        &[("product_id", ""), ("product_id-search", "118")],
    ));
    let mut state = open(&ann, &key).await?;
    assert!(submit(&ann, &mut state, "save", &form).await?.is_empty());
    assert_eq!(lines(db).await?, before);
    let shown = html(&ann, &state).await;
    let wanted = |name: &str| {
        let label = format!("\">{name}</option>");
        let before = shown.split(&*label).next().unwrap_or_default();
        let value = before.rsplit('"').next().unwrap_or_default();
        value.to_owned()
    };
    let (picked, added) = (wanted("Product 119"), wanted("Product 118"));
    assert!(shown.contains("Product 119</option>"), "{shown}");
    assert!(shown.contains("Product 118</option>"), "{shown}");
    let error = format!("id=\"bills-lines-{first}-product_id-error\">Choose one of the choices.<");
    assert!(shown.contains(&error), "{shown}");

    // the texts of the searches still come along
    let mut form = entries(&first, &row);
    form.extend(entries(
        &first,
        &[("product_id", &*picked), ("product_id-search", "119")],
    ));
    let new = [
        ("quantity", "1"),
        ("price", "1"),
        ("product_id-search", "118"),
    ];
    form.extend(entries("9", &new));
    form.extend(entries("9", &[("product_id", &*added)]));
    let mut state = open(&ann, &key).await?;
    assert_eq!(
        submit(&ann, &mut state, "save", &form).await?,
        ["Bill saved."]
    );
    let number = |text: &str| text.parse::<i64>().unwrap_or_default();
    let after = lines(db).await?;
    assert_eq!(after[0], (number(&picked), 2, 100));
    assert_eq!(after.last(), Some(&(number(&added), 1, 1)));
    Ok(())
}
