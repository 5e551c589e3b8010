//! What a browser can make up: keys, parents, columns, rights.

use rdj::{
    __private::runtime::state::Query,
    CurrentUser, Entries,
    orm::{
        Db,
        sea_orm::{ActiveValue::Set, EntityTrait},
    },
    prelude::*,
};

use super::{
    BillsState, bills, editing, entries, hidden, html, line_ids, lines, number, rows::change,
    submit,
};
use crate::{
    models::bills::{bill, line},
    orm::Client,
};

/// Keys of lines of other bills, of one's own and of others, are those of rows that do not exist; the
/// parent cannot be set.
pub async fn rows_that_are_not_of_this_parent(db: &Db) -> Result {
    let (ann, mut state, milk) = editing(db).await?;
    let mut foreign = Vec::new();
    for user in [1, 2] {
        let new = bill::ActiveModel {
            user_id: Set(user),
            customer: Set("Other".to_owned()),
            total: Set(0),
            ..Default::default()
        };
        let other = bill::Entity::insert(new).exec(db).await?.last_insert_id;
        let new = line::ActiveModel {
            bill_id: Set(other),
            product_id: Set(milk),
            quantity: Set(1),
            price: Set(1),
            ..Default::default()
        };
        foreign.push(line::Entity::insert(new).exec(db).await?.last_insert_id);
    }
    let before = line::Entity::find().all(db).await?;
    let own = bills(db).await?[0].id;
    let args = format!("[{own}]");
    for id in &foreign {
        let key = id.to_string();
        ann.call(&mut state, "start_edit", &args).await?;
        let deleted = entries("70", &[("_key", &key), ("_delete", "true")]);
        submit(&ann, &mut state, "save", &deleted).await?;
        assert_eq!(line::Entity::find().all(db).await?, before, "not deleted");
        ann.call(&mut state, "start_edit", &args).await?;
        let product = (milk + 2).to_string();
        let pairs = [
            ("_key", &*key),
            ("product_id", &*product),
            ("quantity", "66"),
            ("price", "1"),
        ];
        let told = submit(&ann, &mut state, "save", &entries("70", &pairs)).await?;
        assert!(told.is_empty(), "{told:?}");
        assert_eq!(line::Entity::find().all(db).await?, before, "not changed");
        let shown = html(&ann, &state).await;
        assert!(
            shown.contains("Somebody else has deleted this entry."),
            "{shown}"
        );
    }

    neither_parent_nor_key(db, &ann, own, milk).await
}

/// Neither the parent nor the key of a row is a field.
async fn neither_parent_nor_key(db: &Db, ann: &Client, own: i64, milk: i64) -> Result {
    let args = format!("[{own}]");
    let before = line::Entity::find().all(db).await?;
    let mut state = BillsState::default();
    ann.call(&mut state, "start_edit", &args).await?;
    let shown = html(ann, &state).await;
    let ids = line_ids(db).await?;
    let row = number(&shown, ids[0]);
    let (id0, other) = (ids[0].to_string(), before[2].bill_id.to_string());
    let pairs = [
        ("_key", &*id0),
        ("quantity", "3"),
        ("bill_id", &*other),
        ("id", "99"),
    ];
    let mut form = entries(&row, &pairs);
    let product = (milk + 2).to_string();
    let pairs = [
        ("product_id", &*product),
        ("quantity", "1"),
        ("bill_id", &*other),
    ];
    form.extend(entries("80", &pairs));
    assert_eq!(
        submit(ann, &mut state, "save", &form).await?,
        ["Bill saved."]
    );
    let rows = line::Entity::find().all(db).await?;
    let of_own = rows.iter().filter(|row| row.bill_id == own).count();
    assert_eq!((rows.len(), of_own), (5, 3));

    // another user's bill is out of reach with its lines
    let bob = Client::new(db, 2);
    let mut state = BillsState::default();
    let refused = bob.call(&mut state, "start_edit", &args).await;
    assert!(matches!(refused, Err(Error::NotFound)));
    state.editing_id = Some(own);
    let refused = submit(&bob, &mut state, "save", &form).await;
    assert!(matches!(refused, Err(Error::NotFound)));
    assert_eq!(line::Entity::find().all(db).await?, rows);
    nonsense(db, ann, own).await
}

/// Names and arguments that no form has change nothing.
async fn nonsense(db: &Db, ann: &Client, own: i64) -> Result {
    let before = lines(db).await?;
    let mut state = BillsState::default();
    ann.call(&mut state, "start_edit", &format!("[{own}]"))
        .await?;
    let names = [
        "lines",
        "lines-",
        "lines-1",
        "lines-x-quantity",
        "lines--1-quantity",
        "lines-1-",
        "lines-99999999999-quantity",
        "stamps-0-line_id",
    ];
    for name in names {
        ann.submit(&mut state, "set_nothing", &[(name, "1")])
            .await
            .err();
    }
    for args in [
        "[]",
        r#"["lines"]"#,
        r#"["lines", -1]"#,
        r#"["lines", "x"]"#,
        r#"["bills", 0]"#,
    ] {
        let refused = ann.call(&mut state, "remove_row", args).await;
        assert!(matches!(refused, Err(Error::BadArguments(_))), "{args}");
    }
    for args in [
        r#"["lines-9-product_id", "1"]"#,
        r#"["lines-0-nothing", "1"]"#,
    ] {
        let refused = ann.call(&mut state, "pick_choice", args).await;
        assert!(matches!(refused, Err(Error::BadArguments(_))), "{args}");
    }
    let many: Vec<_> = (0..1_500)
        .map(|row| (format!("lines-{row}-quantity"), "1"))
        .collect();
    submit(ann, &mut state, "save", &many).await?;
    assert!(
        html(ann, &state)
            .await
            .contains("There can be at most 1,000 lines.")
    );
    assert_eq!(lines(db).await?, before);
    Ok(())
}

/// Lines for who has the rights for them.
#[model_state(
    model = line::Entity,
    fields(product_id, quantity, price),
    ordering(id),
    model_permissions,
)]
#[derive(Debug)]
pub struct GuardedLinesState;

/// Bills for everybody.
#[model_state(
    model = bill::Entity,
    fields(customer, total, user_id),
    name = "bills",
    inlines(lines = GuardedLinesState),
)]
#[derive(Debug)]
pub struct OpenBillsState;

/// Who may save the bill may not add, change or delete its lines without the rights for lines.
pub async fn rights_of_the_child(db: &Db) -> Result {
    let (_, _, milk) = editing(db).await?;
    let before = lines(db).await?;
    let ids = line_ids(db).await?;
    let key = bills(db).await?[0].id;
    let id0 = ids[0].to_string();
    let product = (milk + 2).to_string();
    for right in ["none", "view", "add", "change", "delete"] {
        let user = CurrentUser::new(1, "ann").with_permissions([format!("models.{right}_line")]);
        let client = Client::of(db, user);
        let mut state = OpenBillsState::default();
        client.load(&mut state).await?;
        client
            .call(&mut state, "start_edit", &format!("[{key}]"))
            .await?;
        let shown = client.cx().scope(async { state.form().to_string() }).await;
        let sees = matches!(right, "view" | "change");
        assert_eq!(
            shown.contains(&format!("-_key\" value=\"{id0}\"")),
            sees,
            "{right}: {shown}"
        );
        assert_eq!(shown.contains("add_row"), right == "add", "{right}");
        let deletes = shown.contains("-_delete");
        assert!(!deletes, "{right}: who may not see them has none to delete");
        let row = number(&shown, ids[0]);
        let attempts = [
            (
                "change",
                entries(
                    if sees { &row } else { "30" },
                    &[("_key", &id0), ("quantity", "55")],
                ),
            ),
            (
                "delete",
                entries(
                    if sees { &row } else { "31" },
                    &[("_key", &id0), ("_delete", "true")],
                ),
            ),
            (
                "add",
                entries("32", &[("product_id", &*product), ("quantity", "77")]),
            ),
        ];
        for (needs, form) in attempts {
            let mut state = OpenBillsState::default();
            client
                .call(&mut state, "start_edit", &format!("[{key}]"))
                .await?;
            let form: Vec<_> = form.iter().map(|(name, value)| (&**name, *value)).collect();
            let done = client.submit(&mut state, "save", &form).await;
            if needs == right {
                continue;
            }
            assert!(
                matches!(done, Err(Error::Denied)),
                "{right} for {needs}: {done:?}"
            );
        }
    }
    let after = lines(db).await?;
    assert_eq!(
        after,
        [(milk + 1, 1, 100), (milk + 2, 77, 100)],
        "{before:?}"
    );
    Ok(())
}

pub(super) async fn open(ann: &Client, key: &str) -> Result<BillsState> {
    let mut state = BillsState::default();
    let entries = Entries::new(vec![("edit".to_owned(), key.to_owned())]);
    state.read_query(&Query::new(&entries, None));
    ann.load(&mut state).await?;
    Ok(state)
}

/// Every request opens the page anew: the form brings its rows along, and what it knew of them.
pub async fn without_javascript(db: &Db) -> Result {
    let (ann, _, milk) = editing(db).await?;
    let key = bills(db).await?[0].id.to_string();
    let ids = line_ids(db).await?;
    let state = open(&ann, &key).await?;
    let shown = html(&ann, &state).await;
    let (first, second) = (number(&shown, ids[0]), number(&shown, ids[1]));
    let versions = [&first, &second].map(|row| hidden(&shown, &format!("lines-{row}-_version")));
    assert_eq!(versions[0].len(), 5 * 8, "{shown}");
    let (id0, id1) = (ids[0].to_string(), ids[1].to_string());
    let product1 = (milk + 1).to_string();
    let row0 = |quantity| {
        entries(
            &first,
            &[
                ("_key", &*id0),
                ("_version", &*versions[0]),
                ("quantity", quantity),
                ("price", "100"),
            ],
        )
    };
    let row1 = |quantity| {
        entries(
            &second,
            &[
                ("_key", &*id1),
                ("_version", &*versions[1]),
                ("quantity", quantity),
                ("price", "100"),
                ("product_id", &*product1),
            ],
        )
    };
    // somebody adds a row before, changes the first and deletes the second
    change(db, ids[0], 7, 100).await?;
    line::Entity::delete_by_id(ids[1]).exec(db).await?;

    let mut form = row0("9");
    form.extend(row1("8"));
    let mut state = open(&ann, &key).await?;
    assert!(submit(&ann, &mut state, "save", &form).await?.is_empty());
    assert!(!state.is_in_address());
    let text = html(&ann, &state).await;
    assert!(text.contains("changed this to &#34;7&#34;"), "{text}");
    assert!(
        text.contains("Somebody else has deleted this entry."),
        "{text}"
    );
    let row = number(&text, ids[0]);
    let version = hidden(&text, &format!("lines-{row}-_version"));
    assert_ne!(version, versions[0], "what was shown is known now");

    // rows that nobody touched ask for nothing, also where one is gone
    let mut state = open(&ann, &key).await?;
    let mut form = row0("2");
    form.extend(row1("1"));
    assert_eq!(
        submit(&ann, &mut state, "save", &form).await?,
        ["Bill saved."]
    );
    assert_eq!(lines(db).await?, [(milk, 7, 100)]);

    let known = [("_key", &*id0), ("_version", &*version)];
    second_attempt(&ann, &key, &row, known).await?;
    assert_eq!(lines(db).await?, [(milk, 9, 100), (milk + 1, 8, 100)]);
    Ok(())
}

/// With the version of the first answer; the row that is gone is a new one.
async fn second_attempt(
    ann: &Client,
    key: &str,
    row: &str,
    [id, version]: [(&str, &str); 2],
) -> Result {
    let mut state = open(ann, key).await?;
    let mut form = entries(row, &[id, version, ("quantity", "9"), ("price", "100")]);
    let bread = state.lines.rows().next().map(|line| line.product_id + 1);
    let product = bread.ok_or(Error::NotFound)?.to_string();
    form.extend(entries(
        "9",
        &[
            ("_key", ""),
            ("product_id", &*product),
            ("quantity", "8"),
            ("price", "100"),
        ],
    ));
    assert_eq!(
        submit(ann, &mut state, "save", &form).await?,
        ["Bill saved."]
    );
    Ok(())
}
