//! A column of each type, and each of them nullable.
#![expect(missing_docs, reason = "the columns say what they are")]

/// An enum that is stored as a text.
pub mod medium {
    use rdj::orm::prelude::*;

    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, rdj::Choices)]
    #[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))")]
    pub enum Medium {
        #[sea_orm(string_value = "cd")]
        #[rdj(label = "Compact disc")]
        Cd,
        #[sea_orm(string_value = "lp")]
        LongPlayer,
    }
}

/// An enum that is stored as a number.
pub mod level {
    use rdj::orm::prelude::*;

    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, rdj::Choices)]
    #[sea_orm(rs_type = "i32", db_type = "Integer")]
    pub enum Level {
        #[sea_orm(num_value = 1)]
        Low,
        #[sea_orm(num_value = 9)]
        High,
    }
}

/// An enum that is a type of the database, where it has any.
pub mod mood {
    use rdj::orm::prelude::*;

    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, rdj::Choices)]
    #[sea_orm(rs_type = "String", db_type = "Enum", enum_name = "mood")]
    pub enum Mood {
        #[sea_orm(string_value = "glad")]
        Glad,
        #[sea_orm(string_value = "sad")]
        Sad,
    }
}

/// Numbers that PostgreSQL does not have.
pub mod tally {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "tally")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub tiny: i8,
        pub count8: u8,
        pub count16: u16,
        pub count32: u32,
        pub opt_count: Option<u32>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use rdj::{FieldError, FieldErrors, orm::prelude::*};

use self::{level::Level, medium::Medium, mood::Mood};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
#[sea_orm(table_name = "sample")]
#[rdj(clean = check_small)]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[rdj(min = -5, max = 100)]
    pub tiny: i16,
    pub small: i16,
    pub medium: i32,
    pub big: i64,
    pub single: f32,
    pub double: f64,
    #[rdj(min = 0.5)]
    pub amount: Decimal,
    pub flag: bool,
    #[rdj(min_length = 2, max_length = 10, validate(lower_case))]
    pub word: String,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    #[rdj(min = "2000-01-01")]
    pub day: Date,
    pub time: Time,
    pub moment: DateTime,
    pub instant: DateTimeUtc,
    pub zoned: DateTimeWithTimeZone,
    pub uuid: Uuid,
    pub payload: Json,
    pub bytes: Vec<u8>,
    pub kind: Medium,
    pub level: Level,
    pub mood: Mood,
    pub opt_small: Option<i16>,
    pub opt_count: Option<i64>,
    pub opt_double: Option<f64>,
    pub opt_amount: Option<Decimal>,
    pub opt_flag: Option<bool>,
    #[rdj(validate = lower_case)]
    pub opt_word: Option<String>,
    pub opt_day: Option<Date>,
    pub opt_time: Option<Time>,
    pub opt_moment: Option<DateTime>,
    pub opt_instant: Option<DateTimeUtc>,
    pub opt_uuid: Option<Uuid>,
    pub opt_payload: Option<Json>,
    pub opt_bytes: Option<Vec<u8>>,
    pub opt_kind: Option<Medium>,
    pub opt_mood: Option<Mood>,
}

impl ActiveModelBehavior for ActiveModel {}

fn lower_case(text: &str) -> Result<(), &'static str> {
    if text.chars().any(char::is_uppercase) {
        return Err("Use lower case.");
    }
    Ok(())
}

fn check_small(row: &ActiveModel, errors: &mut FieldErrors) {
    if row.small.try_as_ref() == Some(&666) {
        errors.add_to("small", FieldError::from("Not this number."));
    }
}
