//! Columns that are called like what the framework has.

use rdj::{
    orm::{
        Db,
        sea_orm::{EntityTrait as _, QueryOrder as _},
    },
    prelude::*,
};

use crate::{models::mailboxes::mailbox, orm::Client};

/// Mailboxes.
#[model_state(
    model = mailbox::Entity,
    name = "mailboxes",
    fields(
        email, username, language, messages, user, session, csrf_token, code, form, field, text, table,
        order, group, key, failure, leaf,
    ),
    list_display(email, username, language, search, data, failure, leaf),
    search_fields(email, order),
    filters(group(text)),
    ordering_fields(username, key),
    ordering(order),
    paginate_by = 2,
)]
#[derive(Debug)]
pub struct MailboxesState;

/// The rows have the name of their model, so that columns can be called like them.
#[model_state(
    model = mailbox::Entity,
    name = "crud_mailboxes",
    names = crud,
    fields(email, username, search, data),
    state_fields(email, username, search, data),
    actions(list, update),
    search_fields(email),
)]
#[derive(Debug)]
pub struct CrudMailboxesState;

const TEXTS: [&str; 15] = [
    "email",
    "username",
    "language",
    "messages",
    "user",
    "session",
    "csrf_token",
    "code",
    "form",
    "field",
    "text",
    "table",
    "order",
    "group",
    "failure",
];

/// Whatever a column is called, its value is that of the form, in every part of the page.
pub async fn d022_columns_of_any_name(db: &Db) -> Result {
    let ann = Client::new(db, 1);
    let mut boxes = MailboxesState::default();
    ann.load(&mut boxes).await?;
    for start in ["b ", "a ", "c "] {
        let values = TEXTS.map(|name| format!("{start}{name}"));
        let mut form = vec![("key", "7"), ("leaf", "5")];
        form.extend(TEXTS.into_iter().zip(values.iter().map(String::as_str)));
        let said = ann.submit(&mut boxes, "save", &form).await?;
        assert_eq!(said, ["Mailbox saved."], "{:?}", boxes.field_errors);
    }
    let rows = mailbox::Entity::find().order_by_asc(mailbox::Column::Order);
    let rows = rows.all(db).await?;
    let [first, ..] = &rows[..] else {
        return Err(Error::NotFound);
    };
    let stored = [
        &first.email,
        &first.username,
        &first.language,
        &first.messages,
        &first.user,
        &first.session,
        &first.csrf_token,
        &first.code,
        &first.form,
        &first.field,
        &first.text,
        &first.table,
        &first.order,
        &first.group,
        &first.failure,
    ];
    assert_eq!(
        stored.map(String::as_str),
        TEXTS.map(|name| format!("a {name}"))
    );
    assert_eq!((first.key, first.leaf), (7, 5));
    // what the state calls by such names stays its own
    assert_eq!((boxes.page, boxes.page_count, boxes.total_count), (1, 2, 3));
    assert!(boxes.error.is_empty() && boxes.data.len() == 2 && boxes.search.is_empty());

    ann.call(&mut boxes, "start_edit", &format!("[{}]", first.id))
        .await?;
    let shown = [&boxes.email, &boxes.username, &boxes.failure, &boxes.text];
    assert_eq!(shown, ["a email", "a username", "a failure", "a text"]);
    // typed into the form, and left there by events of the list
    for (event, args) in [
        ("set_email", r#"["typed@form"]"#),
        ("set_language", r#"["xx"]"#),
        ("set_messages", r#"["none"]"#),
        ("set_search", r#"["b order"]"#),
        ("clear_search", "[]"),
        ("set_filter", r#"["group","c gr"]"#),
        ("set_ordering", r#"["-username"]"#),
        ("go_to_page", "[2]"),
    ] {
        ann.call(&mut boxes, event, args).await?;
    }
    assert_eq!(
        (&*boxes.email, &*boxes.language, &*boxes.messages),
        ("typed@form", "xx", "none")
    );
    let html = boxes.form().to_string();
    for value in [r#"value="typed@form""#, r#"value="xx""#, r#"name="leaf""#] {
        assert!(html.contains(value), "{html}");
    }
    ann.call(&mut boxes, "save", "[]").await?;
    let row = mailbox::Entity::find_by_id(first.id).one(db).await?;
    let row = row.ok_or(Error::NotFound)?;
    assert_eq!(
        (&*row.email, &*row.language, &*row.username),
        ("typed@form", "xx", "a username")
    );
    names_of_the_model(&ann, first.id).await
}

/// Columns that are called like variables of other states.
async fn names_of_the_model(ann: &Client, id: i64) -> Result {
    let mut boxes = CrudMailboxesState::default();
    ann.call(&mut boxes, "set_mailboxes_search", r#"["typed"]"#)
        .await?;
    ann.call(&mut boxes, "start_edit", &format!("[{id}]"))
        .await?;
    ann.call(&mut boxes, "set_search", r#"["a column"]"#)
        .await?;
    assert_eq!(boxes.mailboxes_search(), "typed");
    ann.submit(&mut boxes, "save", &[("data", "another")])
        .await?;
    let [row] = boxes.mailboxes() else {
        return Err(Error::internal(format!("{:?}", boxes.field_errors)));
    };
    assert_eq!(
        (row.search.as_deref(), row.data.as_deref()),
        (Some("a column"), Some("another"))
    );
    Ok(())
}
