//! Keys of all kinds.

use rdj::{
    orm::sea_orm::{EntityTrait, QueryOrder},
    prelude::*,
};

use super::files::import_all;
use crate::{
    models::{country, genre, seat, token},
    orm::Client,
};

/// A text as key, which the form sets.
#[model_state(model = country::Entity, fields(code, name), ordering(name))]
#[derive(Debug)]
pub struct CountriesState;

/// A UUID as key, which the model makes.
#[model_state(model = token::Entity, fields(name))]
#[derive(Debug)]
pub struct TokensState;

/// Two columns as key.
#[model_state(model = seat::Entity, fields(hall, place, guest), ordering(hall, place))]
#[derive(Debug)]
pub struct SeatsState;

/// A number as key, which the database gives.
#[model_state(model = genre::Entity, fields(name), ordering(id), import)]
#[derive(Debug)]
pub struct NumberedState;

/// Rows have the numbers that an import brings, and new ones those behind them.
pub async fn numbers_after_an_import(db: &rdj::orm::Db) -> Result {
    let client = Client::new(db, 1);
    let mut genres = NumberedState::default();
    let ids = async || -> Result<Vec<i32>> {
        let rows = genre::Entity::find().order_by_asc(genre::Column::Id);
        Ok(rows.all(db).await?.iter().map(|row| row.id).collect())
    };
    let mut add = async |name: &str| {
        client
            .submit(&mut genres, "create", &[("name", name)])
            .await
    };
    add("Rock").await?;
    add("Jazz").await?;
    assert_eq!(ids().await?, [1, 2]);
    let mut files = NumberedState::default();
    import_all(&client, &mut files, "id,name\r\n1000,Metal\r\n,Blues\r\n").await?;
    let found = ids().await?;
    assert_eq!(found[..2], [1, 2]);
    assert!(found.contains(&1000) && found.len() == 4, "{found:?}");
    add("Pop").await?;
    let last = ids().await?.pop().unwrap_or_default();
    assert!(last > 1000, "{:?}", ids().await?);
    // a number below those that are there changes nothing
    import_all(&client, &mut files, "id,name\r\n500,Soul\r\n").await?;
    add("Folk").await?;
    let found = ids().await?;
    assert!(found.contains(&500), "{found:?}");
    assert_eq!(found.last(), Some(&(last + 1)), "{found:?}");
    Ok(())
}

/// A key with characters that need care.
pub async fn text(db: &rdj::orm::Db) -> Result {
    let client = Client::anonymous(db);
    let mut countries = CountriesState::default();
    let key = "d\"e' <&>";
    let form = [("code", key), ("name", "Germany")];
    client.submit(&mut countries, "save", &form).await?;
    let args = serde_json::to_string(&[key])?;
    client.call(&mut countries, "start_edit", &args).await?;
    assert_eq!(countries.name, "Germany");
    client
        .submit(&mut countries, "save", &[("name", "Deutschland")])
        .await?;
    assert_eq!(
        (countries.data.len(), &*countries.data[0].name),
        (1, "Deutschland")
    );
    // the key itself is edited: the row moves, it is not copied
    client.call(&mut countries, "start_edit", &args).await?;
    client
        .submit(&mut countries, "save", &[("code", "DE")])
        .await?;
    let codes: Vec<_> = countries.data.iter().map(|row| row.code.as_str()).collect();
    assert_eq!((&*countries.error.text(), codes), ("", vec!["DE"]));
    client.call(&mut countries, "delete", "[\"DE\"]").await?;
    assert!(countries.data.is_empty());
    Ok(())
}

/// New keys are made where there is none.
pub async fn uuid(db: &rdj::orm::Db) -> Result {
    let client = Client::anonymous(db);
    let mut tokens = TokensState::default();
    client
        .submit(&mut tokens, "save", &[("name", "one")])
        .await?;
    client
        .submit(&mut tokens, "create", &[("name", "two")])
        .await?;
    assert_eq!(tokens.data.len(), 2);
    let id = tokens.data[0].id;
    assert!(!id.is_nil());
    client
        .call(&mut tokens, "delete", &format!("[\"{id}\"]"))
        .await?;
    assert!(token::Entity::find_by_id(id).one(db).await?.is_none());
    let refused = client.call(&mut tokens, "delete", "[\"nonsense\"]").await;
    assert!(matches!(refused, Err(Error::BadArguments(_))));
    Ok(())
}

/// All columns of a key are compared.
pub async fn composite(db: &rdj::orm::Db) -> Result {
    let client = Client::anonymous(db);
    let mut seats = SeatsState::default();
    for (hall, place) in [("1", "a"), ("1", "b"), ("2", "a")] {
        let form = [("hall", hall), ("place", place), ("guest", "")];
        client.submit(&mut seats, "save", &form).await?;
    }
    assert_eq!(seats.data.len(), 3, "{:?}", seats.field_errors);
    client
        .call(&mut seats, "start_edit", "[[1, \"b\"]]")
        .await?;
    client
        .submit(&mut seats, "save", &[("guest", "Ann")])
        .await?;
    let guests: Vec<_> = seats.data.iter().map(|row| row.guest.as_deref()).collect();
    assert_eq!(guests, [None, Some("Ann"), None]);
    client
        .call(&mut seats, "start_edit", "[[1, \"b\"]]")
        .await?;
    client
        .submit(&mut seats, "save", &[("hall", "2"), ("place", "a")])
        .await?;
    assert!(
        seats.field_errors.get("place").is_some(),
        "{:?}",
        seats.field_errors
    );
    client.call(&mut seats, "delete", "[[1, \"a\"]]").await?;
    assert_eq!(seats.data.len(), 2);
    let missing = client.call(&mut seats, "delete", "[[1, \"a\"]]").await;
    assert!(matches!(missing, Err(Error::NotFound)));
    Ok(())
}
