//! Values of columns as JSON that reads back as the same value.

use std::str::FromStr;

use chrono::SecondsFormat;
use sea_orm::{
    EntityTrait, ModelTrait, Value,
    sea_query::{ArrayType, Enum, OptionEnum},
};
use serde_json::Value as Json;

/// The JSON of a value; none for bytes, and for types that no text stands for.
pub(super) fn to_json(value: Value) -> Option<Json> {
    Some(match value {
        Value::Bool(value) => value.into(),
        Value::TinyInt(value) => value.into(),
        Value::SmallInt(value) => value.into(),
        Value::Int(value) => value.into(),
        Value::BigInt(value) => value.into(),
        Value::TinyUnsigned(value) => value.into(),
        Value::SmallUnsigned(value) => value.into(),
        Value::Unsigned(value) => value.into(),
        Value::BigUnsigned(value) => value.into(),
        // texts: a number would not come back with all its digits
        Value::Float(value) => text(value),
        Value::Double(value) => text(value),
        Value::Decimal(value) => text(value),
        Value::String(value) => value.into(),
        Value::Char(value) => text(value),
        Value::Enum(OptionEnum::Some(value)) => value.value.into_owned().into(),
        Value::Enum(OptionEnum::None(_)) => Json::Null,
        Value::Json(value) => value.map_or(Json::Null, |value| *value),
        Value::ChronoDate(value) => text(value),
        Value::ChronoTime(value) => text(value),
        Value::ChronoDateTime(value) => value.map(|time| format!("{time:?}")).into(),
        Value::ChronoDateTimeUtc(value) => value
            .map(|time| time.to_rfc3339_opts(SecondsFormat::AutoSi, true))
            .into(),
        Value::ChronoDateTimeLocal(value) => value.map(|time| time.to_rfc3339()).into(),
        Value::ChronoDateTimeWithTimeZone(value) => value.map(|time| time.to_rfc3339()).into(),
        Value::Uuid(value) => text(value),
        _ => return None,
    })
}

fn text(value: Option<impl ToString>) -> Json {
    value.map(|value| value.to_string()).into()
}

/// The value of a column of this type.
pub(super) fn from_json(json: &Json, ty: &ArrayType) -> Option<Value> {
    Some(match ty {
        ArrayType::Bool => Value::Bool(parsed(json)?),
        ArrayType::TinyInt => Value::TinyInt(parsed(json)?),
        ArrayType::SmallInt => Value::SmallInt(parsed(json)?),
        ArrayType::Int => Value::Int(parsed(json)?),
        ArrayType::BigInt => Value::BigInt(parsed(json)?),
        ArrayType::TinyUnsigned => Value::TinyUnsigned(parsed(json)?),
        ArrayType::SmallUnsigned => Value::SmallUnsigned(parsed(json)?),
        ArrayType::Unsigned => Value::Unsigned(parsed(json)?),
        ArrayType::BigUnsigned => Value::BigUnsigned(parsed(json)?),
        ArrayType::Float => Value::Float(parsed(json)?),
        ArrayType::Double => Value::Double(parsed(json)?),
        ArrayType::Decimal => Value::Decimal(parsed(json)?),
        ArrayType::String => Value::String(parsed(json)?),
        ArrayType::Char => Value::Char(parsed(json)?),
        ArrayType::Enum(name) => Value::Enum(match parsed::<String>(json)? {
            Some(value) => OptionEnum::Some(Box::new(Enum {
                type_name: (**name).clone(),
                value: value.into(),
            })),
            None => OptionEnum::None((**name).clone()),
        }),
        ArrayType::Json => Value::Json((!json.is_null()).then(|| Box::new(json.clone()))),
        ArrayType::ChronoDate => Value::ChronoDate(parsed(json)?),
        ArrayType::ChronoTime => Value::ChronoTime(parsed(json)?),
        ArrayType::ChronoDateTime => Value::ChronoDateTime(parsed(json)?),
        ArrayType::ChronoDateTimeUtc => Value::ChronoDateTimeUtc(parsed(json)?),
        ArrayType::ChronoDateTimeLocal => Value::ChronoDateTimeLocal(parsed(json)?),
        ArrayType::ChronoDateTimeWithTimeZone => Value::ChronoDateTimeWithTimeZone(parsed(json)?),
        ArrayType::Uuid => Value::Uuid(parsed(json)?),
        _ => return None,
    })
}

fn parsed<T: FromStr>(json: &Json) -> Option<Option<T>> {
    match json {
        Json::Null => Some(None),
        Json::String(text) => text.parse().ok().map(Some),
        other => other.to_string().parse().ok().map(Some),
    }
}

/// The value of a column of `E`.
pub(crate) fn typed<E: EntityTrait>(json: &Json, column: E::Column) -> Option<Value> {
    from_json(json, &<E::Model as ModelTrait>::get_value_type(column))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
    use rust_decimal::Decimal;
    use uuid::Uuid;

    use super::*;

    fn round<T: Into<Value> + sea_orm::sea_query::ValueType>(value: T) {
        let value: Value = value.into();
        let json = to_json(value.clone()).unwrap();
        let text = json.to_string();
        let json: Json = serde_json::from_str(&text).unwrap();
        assert_eq!(from_json(&json, &T::array_type()), Some(value), "{text}");
        assert!(from_json(&Json::Null, &T::array_type()).is_some());
    }

    #[test]
    fn values_come_back() {
        round(true);
        round(i64::MIN);
        round(u64::MAX);
        round(0.1_f32);
        round(-1.797_693_134_862_315_7e308_f64);
        round("1, \"2\"".to_owned());
        round("7".to_owned());
        round('x');
        round(serde_json::json!({"a": [1, null]}));
        round(Decimal::new(-1_234_500, 4));
        round(Uuid::from_u128(7));
        round(NaiveDate::from_ymd_opt(2026, 3, 29).unwrap());
        round(NaiveTime::from_hms_micro_opt(7, 5, 0, 20).unwrap());
        let time: DateTime<Utc> = "2026-03-29T08:00:00.000120Z".parse().unwrap();
        round(time);
        round(time.fixed_offset());
        let plain: NaiveDateTime = time.naive_utc();
        round(plain);
        assert_eq!(to_json(vec![1_u8].into()), None);
        assert_eq!(from_json(&"x".into(), &ArrayType::Int), None);
    }
}
