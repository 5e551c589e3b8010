//! Adding, changing and deleting rows together with their parent.

use rdj::{
    orm::{
        Db,
        sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel},
    },
    prelude::*,
};

use super::{
    BillsState, LinesState, bills, editing, entries, html, line_ids, lines, number, products,
    submit,
};
use crate::{
    models::bills::{bill, line},
    orm::Client,
};

/// Rows are added, changed and deleted by one save; what is left blank is none.
pub async fn saved_with_the_parent(db: &Db) -> Result {
    let (ann, mut state, milk) = editing(db).await?;
    assert_eq!(lines(db).await?, [(milk, 2, 100), (milk + 1, 1, 100)]);
    assert_eq!(state.lines.rows().count(), 2);
    let shown = html(&ann, &state).await;
    assert!(shown.contains("<legend>Lines</legend>"), "{shown}");
    for legend in ["Line 1", "Line 2", "Line 3", "Line 4"] {
        assert!(
            shown.contains(&format!("<legend>{legend}</legend>")),
            "{legend}: {shown}"
        );
    }
    let ids = line_ids(db).await?;
    let (first, second) = (number(&shown, ids[0]), number(&shown, ids[1]));
    let (id0, rye) = (ids[0].to_string(), (milk + 2).to_string());
    let mut form = vec![("customer".to_owned(), "Anna"), ("total".to_owned(), "500")];
    form.extend(entries(&first, &[("_key", &id0), ("quantity", "5")]));
    let id1 = ids[1].to_string();
    form.extend(entries(&second, &[("_key", &id1), ("_delete", "true")]));
    let new = [
        ("_key", ""),
        ("product_id", &*rye),
        ("quantity", "3"),
        ("price", "7"),
    ];
    form.extend(entries("40", &new));
    form.extend(entries(
        "41",
        &[("product_id", ""), ("quantity", ""), ("price", "100")],
    ));
    assert_eq!(
        submit(&ann, &mut state, "save", &form).await?,
        ["Bill saved."]
    );
    assert_eq!(lines(db).await?, [(milk, 5, 100), (milk + 2, 3, 7)]);
    assert_eq!(line_ids(db).await?[0], ids[0], "the row is the same");
    assert_eq!(bills(db).await?[0].customer, "Anna");
    assert!(!state.is_editing());
    assert_eq!(state.lines.rows().count(), 0, "the form is empty");
    copies(db, &ann, milk).await
}

/// `create` saves the form as a new bill, with rows of its own.
async fn copies(db: &Db, ann: &Client, milk: i64) -> Result {
    let key = bills(db).await?[0].id;
    let mut state = BillsState::default();
    ann.call(&mut state, "start_edit", &format!("[{key}]"))
        .await?;
    ann.submit(&mut state, "create", &[("customer", "Copy")])
        .await?;
    assert_eq!(bills(db).await?.len(), 2);
    let copied = [
        (milk, 5, 100),
        (milk + 2, 3, 7),
        (milk, 5, 100),
        (milk + 2, 3, 7),
    ];
    assert_eq!(lines(db).await?, copied);

    // the events that add and take out rows save nothing, and lose nothing
    ann.call(&mut state, "start_edit", &format!("[{key}]"))
        .await?;
    let shown = html(ann, &state).await;
    assert!(
        shown.contains("value=\"bills.add_row(&#34;lines&#34;)\""),
        "{shown}"
    );
    let ids = line_ids(db).await?;
    let row = number(&shown, ids[0]);
    let id0 = ids[0].to_string();
    let form = entries(&row, &[("_key", &id0), ("quantity", "many")]);
    let names: Vec<_> = form.iter().map(|(name, value)| (&**name, *value)).collect();
    let cx = ann.cx();
    let form = rdj::Entries::new(
        names
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
    );
    let call = |args| rdj::__private::runtime::dispatch::Call {
        event: "add_row",
        args,
        form: Some(&form),
    };
    state.dispatch(&cx, call(r#"["lines"]"#)).await?;
    let shown = html(ann, &state).await;
    assert!(shown.contains("<legend>Line 5</legend>"), "{shown}");
    assert!(shown.contains("value=\"many\""), "{shown}");
    assert!(!state.is_in_address());
    let unknown = state.dispatch(&cx, call(r#"["stamps"]"#)).await;
    assert!(matches!(unknown, Err(Error::BadArguments(_))));
    let last = shown
        .rsplit("remove_row(&#34;lines&#34;,")
        .next()
        .unwrap_or_default();
    let last = last.split(')').next().unwrap_or_default();
    ann.call(&mut state, "remove_row", &format!(r#"["lines", {last}]"#))
        .await?;
    assert!(!html(ann, &state).await.contains("<legend>Line 5</legend>"));
    // a form from before that still names the row does not bring it back
    submit(
        ann,
        &mut state,
        "set_nothing",
        &entries(last, &[("quantity", "1")]),
    )
    .await
    .err();
    assert!(!html(ann, &state).await.contains("<legend>Line 5</legend>"));
    Ok(())
}

/// All errors are shown at once, at their row and field; nothing is written and nothing is lost.
pub async fn errors_stand_at_their_row_and_nothing_is_written(db: &Db) -> Result {
    let (ann, mut state, milk) = editing(db).await?;
    let before = lines(db).await?;
    let ids = line_ids(db).await?;
    let shown = html(&ann, &state).await;
    let (first, second) = (number(&shown, ids[0]), number(&shown, ids[1]));
    let (id0, id1) = (ids[0].to_string(), ids[1].to_string());
    let mut form = vec![("customer".to_owned(), ""), ("total".to_owned(), "9")];
    form.extend(entries(&first, &[("_key", &id0), ("quantity", "0")]));
    form.extend(entries(&second, &[("_key", &id1), ("_delete", "true")]));
    form.extend(entries(
        "50",
        &[
            ("product_id", ""),
            ("quantity", "many"),
            ("remark", "Fresh"),
        ],
    ));
    assert!(submit(&ann, &mut state, "save", &form).await?.is_empty());
    assert_eq!(lines(db).await?, before);
    let shown = html(&ann, &state).await;
    let id = |number: &str, field: &str| format!("id=\"bills-lines-{number}-{field}-error\">");
    let added = {
        let rest = shown.split("value=\"many\"").next().unwrap_or_default();
        let name = rest.rsplit("name=\"lines-").next().unwrap_or_default();
        name.split('-').next().unwrap_or_default().to_owned()
    };
    for (place, text) in [
        (id(&first, "quantity"), "Use at least 1"),
        (id(&added, "product_id"), "This field is required."),
        (id(&added, "quantity"), "Enter a whole number."),
        (
            "id=\"bills-customer-error\">".to_owned(),
            "This field is required.",
        ),
    ] {
        let error = shown.split(&*place).nth(1).unwrap_or_default();
        let error = error.split('<').next().unwrap_or_default();
        assert!(
            error.starts_with(text) || text.starts_with("Use") && !error.is_empty(),
            "{place}: {error:?} {shown}"
        );
    }
    assert!(
        shown.contains("value=\"Fresh\"")
            && shown.contains("-_delete\" value=\"true\" aria-label=\"Delete Line 2\" checked"),
        "{shown}"
    );

    // what only the database or the other rows know
    let mut form = vec![("customer".to_owned(), "Ann")];
    form.extend(entries(&first, &[("_key", &id0), ("quantity", "4")]));
    form.extend(entries(&second, &[("_key", &id1)]));
    let product = milk.to_string();
    form.extend(entries(
        &added,
        &[("product_id", &*product), ("quantity", "1")],
    ));
    assert!(submit(&ann, &mut state, "save", &form).await?.is_empty());
    assert_eq!(
        lines(db).await?,
        before,
        "also the row before it is not written"
    );
    let shown = html(&ann, &state).await;
    assert!(
        shown.contains("Line with these values already exists."),
        "{shown}"
    );
    assert!(shown.contains("value=\"4\""), "{shown}");

    let product = (milk + 2).to_string();
    let mut form = entries(&added, &[("product_id", &*product)]);
    form.push(("customer".to_owned(), "Ann"));
    assert_eq!(
        submit(&ann, &mut state, "save", &form).await?,
        ["Bill saved."]
    );
    assert_eq!(
        lines(db).await?,
        [(milk, 4, 100), (milk + 1, 1, 100), (milk + 2, 1, 100)]
    );
    Ok(())
}

pub(super) async fn change(db: &Db, id: i64, quantity: i32, price: i64) -> Result {
    let row = line::Entity::find_by_id(id).one(db).await?;
    let mut row = row.ok_or(Error::NotFound)?.into_active_model();
    row.quantity = Set(quantity);
    row.price = Set(price);
    row.update(db).await?;
    Ok(())
}

/// What somebody else did to a row that the user changed is shown, and the next save goes over it.
pub async fn others_changed_a_row(db: &Db) -> Result {
    let (ann, mut state, milk) = editing(db).await?;
    let ids = line_ids(db).await?;
    let shown = html(&ann, &state).await;
    let (first, second) = (number(&shown, ids[0]), number(&shown, ids[1]));
    let (id0, id1) = (ids[0].to_string(), ids[1].to_string());
    // the same field, another field, and a row that is gone
    change(db, ids[0], 7, 70).await?;
    line::Entity::delete_by_id(ids[1]).exec(db).await?;
    let mut form = entries(
        &first,
        &[("_key", &id0), ("quantity", "9"), ("price", "100")],
    );
    form.extend(entries(
        &second,
        &[("_key", &id1), ("quantity", "8"), ("price", "100")],
    ));
    assert!(submit(&ann, &mut state, "save", &form).await?.is_empty());
    assert_eq!(lines(db).await?, [(milk, 7, 70)], "nothing is written");
    let shown = html(&ann, &state).await;
    assert!(
        shown.contains("Somebody else has changed this to &#34;7&#34;."),
        "{shown}"
    );
    assert!(
        shown.contains("Somebody else has deleted this entry."),
        "{shown}"
    );
    assert!(
        shown.contains("value=\"9\"") && shown.contains("value=\"8\""),
        "{shown}"
    );
    assert!(
        shown.contains("value=\"70\""),
        "the other field is as it is now: {shown}"
    );
    assert!(
        !shown.contains(&format!("-_key\" value=\"{id1}\"")),
        "{shown}"
    );

    // once more, after it was shown
    change(db, ids[0], 6, 70).await?;
    let form = entries(
        &first,
        &[("_key", &id0), ("quantity", "9"), ("price", "70")],
    );
    assert!(submit(&ann, &mut state, "save", &form).await?.is_empty());
    assert!(
        html(&ann, &state)
            .await
            .contains("changed this to &#34;6&#34;")
    );
    assert_eq!(
        submit(&ann, &mut state, "save", &form).await?,
        ["Bill saved."]
    );
    assert_eq!(lines(db).await?, [(milk, 9, 70), (milk + 1, 8, 100)]);

    // what the user did not touch stays as others made it, or gone
    let key = bills(db).await?[0].id;
    ann.call(&mut state, "start_edit", &format!("[{key}]"))
        .await?;
    let ids = line_ids(db).await?;
    change(db, ids[0], 1, 1).await?;
    line::Entity::delete_by_id(ids[1]).exec(db).await?;
    ann.submit(&mut state, "save", &[("customer", "Bob")])
        .await?;
    assert_eq!(lines(db).await?, [(milk, 1, 1)]);
    assert_eq!(bills(db).await?[0].customer, "Bob");
    Ok(())
}

/// One to three lines.
#[model_state(
    model = bill::Entity,
    fields(customer, total, user_id),
    name = "bills",
    inlines(lines = LinesState(min = 1, max = 3, extra = 0)),
    reset_after_save = false,
)]
#[derive(Debug)]
pub struct ShortState;

/// Too few and too many rows are refused; blank ones are offered as they are needed.
pub async fn how_many_there_are(db: &Db) -> Result {
    let milk = products(db).await?;
    let ann = Client::new(db, 1);
    let mut state = ShortState::default();
    ann.load(&mut state).await?;
    let shown = async |state: &ShortState| ann.cx().scope(async { state.form().to_string() }).await;
    assert!(
        shown(&state).await.contains("<legend>Line 1</legend>"),
        "one that is needed"
    );
    let mut form: Vec<(String, String)> = [("customer", "Ann"), ("total", "1"), ("user_id", "1")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
    let save = async |state: &mut ShortState, form: &[(String, String)]| {
        let form: Vec<_> = form
            .iter()
            .map(|(name, value)| (&**name, &**value))
            .collect();
        ann.submit(state, "save", &form).await
    };
    assert!(save(&mut state, &form).await?.is_empty());
    let text = shown(&state).await;
    assert!(text.contains("At least 1 line is needed."), "{text}");
    assert!(
        text.contains("aria-describedby=\"bills-lines-error\""),
        "{text}"
    );
    for (row, product) in (0_i64..4).zip([milk, milk + 1, milk + 2, milk]) {
        form.push((format!("lines-{row}-product_id"), product.to_string()));
        form.push((format!("lines-{row}-quantity"), "1".to_owned()));
    }
    assert!(save(&mut state, &form).await?.is_empty());
    let text = shown(&state).await;
    assert!(text.contains("There can be at most 3 lines."), "{text}");
    assert!(!text.contains("add_row"), "{text}");
    assert!(bills(db).await?.is_empty());
    ann.call(&mut state, "remove_row", r#"["lines", 3]"#)
        .await?;
    form.truncate(9);
    assert_eq!(save(&mut state, &form).await?, ["Bill saved."]);
    assert_eq!(lines(db).await?.len(), 3);

    // the form stays, with the rows as they are now
    let text = shown(&state).await;
    let ids = line_ids(db).await?;
    let mut form: Vec<(String, String)> = Vec::new();
    for id in ids {
        let number = number(&text, id);
        form.push((format!("lines-{number}-_key"), id.to_string()));
        form.push((format!("lines-{number}-_delete"), "true".to_owned()));
    }
    assert!(save(&mut state, &form).await?.is_empty());
    assert!(shown(&state).await.contains("At least 1 line is needed."));
    assert_eq!(lines(db).await?.len(), 3);
    form.truncate(4);
    assert_eq!(
        save(&mut state, &form[..2]).await?,
        Vec::<String>::new(),
        "still marked"
    );
    for name in 4..6 {
        form.push((format!("x{name}"), String::new()));
    }
    ann.call(&mut state, "cancel_edit", "[]").await?;
    assert_eq!(lines(db).await?.len(), 3);
    Ok(())
}
