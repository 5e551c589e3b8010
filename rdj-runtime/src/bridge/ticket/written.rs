//! Values of headers as bytes, for another process.

use http::HeaderValue;
use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

/// Writes some values.
pub(super) fn serialize<'a, S: Serializer>(
    values: impl IntoIterator<Item = &'a HeaderValue>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(values.into_iter().map(HeaderValue::as_bytes))
}

/// Reads as many values again.
pub(super) fn deserialize<'de, D: Deserializer<'de>, V: FromValues>(
    deserializer: D,
) -> Result<V, D::Error> {
    let all = Vec::<Vec<u8>>::deserialize(deserializer)?;
    let values = all.into_iter().map(|bytes| HeaderValue::from_bytes(&bytes));
    let values = values.collect::<Result<Vec<_>, _>>();
    Ok(V::from_values(values.map_err(D::Error::custom)?))
}

/// Several values, or one at most.
pub(super) trait FromValues {
    fn from_values(values: Vec<HeaderValue>) -> Self;
}

impl FromValues for Vec<HeaderValue> {
    fn from_values(values: Vec<HeaderValue>) -> Self {
        values
    }
}

impl FromValues for Option<HeaderValue> {
    fn from_values(mut values: Vec<HeaderValue>) -> Self {
        values.pop()
    }
}
