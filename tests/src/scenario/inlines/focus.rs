//! Where the keyboard focus goes.

use rdj::{
    CurrentUser,
    orm::{Db, sea_orm::EntityTrait},
    prelude::*,
    testing::TestCx,
};

use super::{BillsState, editing, entries, html, line_ids, lines, number, rows::change};
use crate::models::bills::line;

/// Saves, and returns what has the focus then.
async fn focus(
    db: &Db,
    state: &mut BillsState,
    entries: &[(String, &str)],
) -> Result<Option<String>> {
    let entries = entries.iter().map(|(name, value)| (&**name, *value));
    let test = TestCx::new()
        .user(&CurrentUser::new(1, "ann"))
        .resource(db.clone())
        .form(entries);
    test.event(state, "save", ()).await?;
    Ok(test.focus())
}

/// What a save refuses has the focus: a field of the form before those of rows, and a row as a whole
/// where none of its fields is to blame.
pub async fn errors_have_the_focus(db: &Db) -> Result {
    let (ann, mut state, milk) = editing(db).await?;
    let before = lines(db).await?;
    let ids = line_ids(db).await?;
    let shown = html(&ann, &state).await;
    let (first, second) = (number(&shown, ids[0]), number(&shown, ids[1]));
    let (id0, id1) = (ids[0].to_string(), ids[1].to_string());
    let mut form = entries(&first, &[("_key", &id0), ("quantity", "5")]);
    form.extend(entries(&second, &[("_key", &id1), ("price", "dear")]));
    form.push(("customer".to_owned(), ""));
    let field = focus(db, &mut state, &form).await?;
    assert_eq!(field.as_deref(), Some("bills-customer"));

    form.push(("customer".to_owned(), "Ann"));
    form.retain(|(name, value)| name != "customer" || !value.is_empty());
    let field = focus(db, &mut state, &form).await?;
    let price = format!("bills-lines-{second}-price");
    assert_eq!(field.as_deref(), Some(&*price));
    assert!(
        html(&ann, &state)
            .await
            .contains(&format!("id=\"{price}\""))
    );
    assert_eq!(lines(db).await?, before);

    // somebody else deleted the row: no field is to blame
    line::Entity::delete_by_id(ids[1]).exec(db).await?;
    let form = entries(&second, &[("_key", &id1), ("price", "1")]);
    let row = focus(db, &mut state, &form).await?;
    let name = format!("bills-lines-{second}");
    assert_eq!(row.as_deref(), Some(&*name));
    let shown = html(&ann, &state).await;
    assert!(
        shown.contains(&format!(
            "id=\"{name}\" tabindex=\"-1\" data-key=\"{second}\" aria-describedby=\"{name}-error\""
        )),
        "{shown}"
    );

    // somebody else changed the field
    change(db, ids[0], 7, 100).await?;
    let mut form = entries(&second, &[("_key", "")]);
    form.extend(entries(&first, &[("_key", &id0), ("quantity", "9")]));
    let field = focus(db, &mut state, &form).await?;
    assert_eq!(field, Some(format!("bills-lines-{first}-quantity")));
    let saved = focus(db, &mut state, &form).await?;
    assert_eq!(saved, None);
    assert_eq!(lines(db).await?, [(milk, 9, 100), (milk + 1, 1, 1)]);
    Ok(())
}
