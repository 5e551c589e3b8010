//! Columns of MySQL and MariaDB that hold what the same columns hold elsewhere.

use sea_orm::sea_query::{ColumnDef, ColumnType, StringLen, TableCreateStatement};

/// The same table with types that lose nothing.
///
/// SeaORM's plain types there drop fractions of seconds, fractions of decimals without a declared
/// precision, years after 2038, texts over 64 KiB and bytes over 255.
pub(super) fn suited(table: &TableCreateStatement) -> TableCreateStatement {
    let mut suited = TableCreateStatement::new();
    if let Some(name) = table.get_table_name() {
        suited.table(name.clone());
    }
    if let Some(comment) = table.get_comment() {
        suited.comment(comment);
    }
    for column in table.get_columns() {
        suited.col(self::column(column.clone()));
    }
    for index in table.get_indexes() {
        suited.index(&mut index.clone());
    }
    for key in table.get_foreign_key_create_stmts() {
        suited.foreign_key(&mut key.clone());
    }
    suited.if_not_exists().take()
}

fn column(mut column: ColumnDef) -> ColumnDef {
    let spec = column.get_column_spec();
    let is_key = spec.primary_key || spec.unique;
    match column.get_column_type() {
        Some(ColumnType::DateTime | ColumnType::Timestamp | ColumnType::TimestampWithTimeZone) => {
            column.custom("datetime(6)");
        }
        Some(ColumnType::Time) => {
            column.custom("time(6)");
        }
        // all digits that a `Decimal` has
        Some(ColumnType::Decimal(None)) => {
            column.decimal_len(28, 10);
        }
        Some(ColumnType::Text) => {
            column.custom("longtext");
        }
        // a key needs a length
        Some(ColumnType::VarBinary(StringLen::None) | ColumnType::Blob) if !is_key => {
            column.custom("longblob");
        }
        _ => {}
    }
    column
}
