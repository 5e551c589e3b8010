//! Decimal columns of a table that another program made: SQLite keeps their whole numbers as integers.

use rdj::{
    orm::{
        Db, OrmApi,
        prelude::Decimal,
        sea_orm::{
            ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DbBackend, EntityTrait,
            IntoActiveModel, QueryOrder, QuerySelect, entity::ColumnTrait,
        },
    },
    prelude::*,
};

use super::files::{file, import_all};
use crate::orm::Client;

mod shelf {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "foreign_shelf")]
    #[rdj(app_label = "decimals")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub name: String,
        #[sea_orm(has_many)]
        pub wares: HasMany<super::ware::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod ware {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "foreign_ware")]
    #[rdj(app_label = "decimals", history)]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub shelf_id: i64,
        pub name: String,
        #[sea_orm(column_type = "Decimal(Some((20, 2)))")]
        #[rdj(min = -1_000)]
        pub price: Decimal,
        #[sea_orm(column_type = "Decimal(Some((20, 2)))", nullable)]
        pub rebate: Option<Decimal>,
        #[sea_orm(belongs_to, from = "shelf_id", to = "id")]
        pub shelf: BelongsTo<super::shelf::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Wares by their price.
#[model_state(
    model = ware::Entity,
    fields(name, shelf_id, price, rebate),
    list_display(name, price, rebate),
    ordering(price),
    ordering_fields(price),
    filters(price, price(range), rebate(null)),
    export,
    import,
    history,
)]
#[derive(Debug)]
pub struct WaresState;

/// The wares of a shelf.
#[model_state(model = ware::Entity, fields(name, price, rebate), ordering(id))]
#[derive(Debug)]
pub struct LinesState;

/// Shelves with their wares.
#[model_state(model = shelf::Entity, fields(name), inlines(wares = LinesState))]
#[derive(Debug)]
pub struct ShelvesState;

/// Name, price and rebate of what is there: whole, fractional, negative, large, and NULL.
const ROWS: &[(&str, &str, &str)] = &[
    ("debt", "-3", "NULL"),
    ("nothing", "0", "0"),
    ("pin", "0.99", "NULL"),
    ("nail", "1", "0.5"),
    ("screw", "1.25", "-2"),
    ("house", "12345678901.25", "NULL"),
    ("city", "9007199254740993", "7"),
];

/// Makes the tables as another program would.
async fn tables(db: &Db) -> Result<Vec<ware::Model>> {
    let key = match db.get_database_backend() {
        DbBackend::Postgres => "bigserial primary key",
        DbBackend::MySql => "bigint primary key auto_increment",
        _ => "integer primary key",
    };
    let shelf = format!("CREATE TABLE foreign_shelf (id {key}, name varchar(40) NOT NULL)");
    let ware = format!(
        "CREATE TABLE foreign_ware (id {key}, shelf_id bigint NOT NULL REFERENCES foreign_shelf (id), \
         name varchar(40) NOT NULL, price NUMERIC(20,2) NOT NULL, rebate NUMERIC(20,2))"
    );
    db.execute_unprepared(&shelf).await?;
    db.execute_unprepared(&ware).await?;
    db.execute_unprepared("INSERT INTO foreign_shelf (id, name) VALUES (1, 'top')")
        .await?;
    for (name, price, rebate) in ROWS {
        db.execute_unprepared(&format!(
            "INSERT INTO foreign_ware (shelf_id, name, price, rebate) VALUES (1, '{name}', {price}, {rebate})"
        ))
        .await?;
    }
    all(db).await
}

async fn all(db: &Db) -> Result<Vec<ware::Model>> {
    let rows = ware::Entity::find().order_by_asc(ware::Column::Id);
    Ok(rows.all(db).await?)
}

fn number(text: &str) -> Result<Decimal> {
    Ok(text.parse()?)
}

fn names(state: &WaresState) -> Vec<&str> {
    state.data.iter().map(|row| &*row.name).collect()
}

/// Lists, filters, ranges, sums, files and the rows of children have the numbers that are there.
pub async fn numbers_are_read(db: &Db) -> Result {
    let rows = tables(db).await?;
    for (row, (name, price, rebate)) in rows.iter().zip(ROWS) {
        assert_eq!(row.price, number(price)?, "{name}");
        assert_eq!(row.rebate, number(rebate).ok(), "{name}");
    }
    let ann = Client::new(db, 1);
    let mut wares = WaresState::default();
    ann.load(&mut wares).await?;
    let expected: Vec<_> = ROWS.iter().map(|(name, ..)| *name).collect();
    assert_eq!(names(&wares), expected);
    let html = ann.cx().scope(async { wares.table().to_string() }).await;
    assert!(html.contains("9007199254740993"), "{html}");
    for (args, expected) in [
        (r#"["price", "1"]"#, vec!["nail"]),
        (r#"["price", "1.25"]"#, vec!["screw"]),
        (
            r#"["price_min", "1"]"#,
            vec!["nail", "screw", "house", "city"],
        ),
        (r#"["price_max", "0.99"]"#, vec!["debt", "nothing", "pin"]),
        (r#"["rebate_null", "true"]"#, vec!["debt", "pin", "house"]),
    ] {
        ann.call(&mut wares, "set_filter", args).await?;
        assert_eq!(names(&wares), expected, "{args}");
        ann.call(&mut wares, "clear_filters", "[]").await?;
    }
    let sums = ware::Entity::find()
        .select_only()
        .column_as(ware::Column::Price.sum(), "price")
        .column_as(ware::Column::Rebate.sum(), "rebate");
    let below = || ware::Column::Price.lt(number("2").unwrap_or_default());
    let found = rdj::orm::sea_orm::QueryFilter::filter(sums, below());
    let found: Option<(Decimal, Option<Decimal>)> = found.into_tuple().one(db).await?;
    assert_eq!(found, Some((number("0.24")?, Some(number("-1.5")?))));

    let csv = file(&ann, &mut wares, "csv").await?;
    assert!(csv.contains("9007199254740993"), "{csv}");
    assert!(csv.contains("12345678901.25"), "{csv}");
    let json: serde_json::Value = serde_json::from_str(&file(&ann, &mut wares, "json").await?)?;
    let price = json[3]["price"].as_str().unwrap_or_default();
    assert_eq!(number(price)?, Decimal::ONE);

    let mut shelves = ShelvesState::default();
    ann.call(&mut shelves, "start_edit", "[1]").await?;
    assert_eq!(shelves.wares.rows().count(), ROWS.len());
    let total: Decimal = shelves.wares.rows().map(|line| line.price).sum();
    assert_eq!(total, rows.iter().map(|row| row.price).sum());
    Ok(())
}

/// A form saves a whole price; a conflict, the history, its undoing and an import read it back.
pub async fn numbers_are_written(db: &Db) -> Result {
    let rows = tables(db).await?;
    let ann = Client::new(db, 1);
    let key = rows[2].id;
    let edit = format!("[{key}]");
    let mut wares = WaresState::default();
    ann.call(&mut wares, "start_edit", &edit).await?;
    let told = ann.submit(&mut wares, "save", &[("price", "1")]).await?;
    assert_eq!(told, ["Foreign ware saved."], "{:?}", wares.field_errors);
    let new = [
        ("name", "new"),
        ("shelf_id", "1"),
        ("price", "400"),
        ("rebate", ""),
    ];
    ann.submit(&mut wares, "create", &new).await?;
    assert!(wares.field_errors.is_empty(), "{:?}", wares.field_errors);
    let after = all(db).await?;
    assert_eq!(after[2].price, Decimal::ONE);
    assert_eq!((after[7].price, after[7].rebate), (400.into(), None));

    // a second editor is shown the whole number of the first
    ann.call(&mut wares, "start_edit", &edit).await?;
    let mut row = after[2].clone().into_active_model();
    row.price = Set(5.into());
    assert_eq!(row.update(db).await?.price, Decimal::from(5));
    ann.submit(&mut wares, "save", &[("price", "6")]).await?;
    let conflict = format!("{:?}", wares.conflict);
    assert!(conflict.contains('5'), "{conflict}");
    ann.call(&mut wares, "keep_mine", "[]").await?;
    assert_eq!(all(db).await?[2].price, Decimal::from(6));

    let cx = ann.cx();
    let entries = wares.orm(&cx).history(key).await?;
    wares.orm(&cx).undo(entries[0].id).await?;
    assert_eq!(all(db).await?[2].price, Decimal::from(5));

    let csv = format!("id,price\r\n{key},7\r\n");
    import_all(&ann, &mut wares, &csv).await?;
    assert_eq!(all(db).await?[2].price, Decimal::from(7));
    Ok(())
}
