//! Scalars with one spelling each.

use async_graphql::{Enum, InputValueError, InputValueResult, Scalar, ScalarType, SimpleObject, Value};
use entity::value;
use time::{OffsetDateTime, format_description::BorrowedFormatItem, macros::format_description};

/// An exact amount as a string, such as `"12.50"`: up to 12 digits, then none to two after the point. No sign, exponent, space or JSON number.
/// Answers always have two digits after the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal(pub value::Money);

const DECIMAL_FORM: &str = "An amount is a string of 1 to 12 digits and at most two after a point, such as \"12.50\"";

/// Reads an amount: `digits` or `digits.d` or `digits.dd`.
fn parse_amount(text: &str) -> Option<value::Money> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole, 12) || !digits(part, 2) {
        return None;
    }
    let fen = part.parse::<i64>().ok()? * if part.len() == 1 { 10 } else { 1 };
    Some(value::Money(whole.parse::<i64>().ok()? * 100 + fen))
}

/// An exact amount as a string, such as `"12.50"`: up to 12 digits, then none to two after the point. No sign, exponent, space or JSON number.
/// Answers always have two digits after the point.
#[Scalar(specified_by_url = "https://datatracker.ietf.org/doc/html/rfc8259#section-7")]
impl ScalarType for Decimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::custom(DECIMAL_FORM));
        };
        parse_amount(text).map(Self).ok_or_else(|| InputValueError::custom(DECIMAL_FORM))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A moment in RFC 3339, in UTC, with milliseconds: `2026-01-31T12:00:00.000Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateTime(pub value::Time);

const DATE_TIME: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");

impl std::fmt::Display for DateTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0.0) * 1_000_000).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        f.write_str(&at.format(DATE_TIME).unwrap_or_default())
    }
}

/// A moment in RFC 3339, in UTC, with milliseconds: `2026-01-31T12:00:00.000Z`.
#[Scalar(specified_by_url = "https://datatracker.ietf.org/doc/html/rfc3339")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        let at = OffsetDateTime::parse(text, &time::format_description::well_known::Rfc3339)
            .map_err(|_| InputValueError::custom("Not a time of RFC 3339"))?;
        let millis = at.unix_timestamp_nanos() / 1_000_000;
        Ok(Self(value::Time(
            i64::try_from(millis).map_err(|_| InputValueError::custom("A time out of range"))?,
        )))
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }
}

/// A UUID in its usual form of 36 characters, made by the client: any version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Uuid(pub uuid::Uuid);

/// A UUID in its usual form of 36 characters, made by the client: any version.
#[Scalar(name = "UUID", specified_by_url = "https://datatracker.ietf.org/doc/html/rfc9562")]
impl ScalarType for Uuid {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) if text.len() == 36 => uuid::Uuid::parse_str(text)
                .map(Self)
                .map_err(|_| InputValueError::custom("Not a UUID of 36 characters")),
            _ => Err(InputValueError::custom("Not a UUID of 36 characters")),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A place in what you may hear live. Opaque: give back what you were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(pub String);

/// A place in what you may hear live. Opaque: give back what you were given.
#[Scalar(specified_by_url = "https://relay.dev/graphql/connections.htm#sec-Cursor")]
impl ScalarType for Cursor {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) if text.len() <= 200 => Ok(Self(text)),
            _ => Err(InputValueError::custom("Not a cursor of ours")),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// A currency by its ISO 4217 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum CurrencyCode {
    /// Renminbi.
    Cny,
}

/// An amount of money.
#[derive(Debug, Clone, Copy, SimpleObject)]
#[graphql(serial)]
pub struct Money {
    /// How much, with two digits after the point.
    pub amount: Decimal,
    /// Of which currency.
    pub currency: CurrencyCode,
}

impl From<value::Money> for Money {
    fn from(amount: value::Money) -> Self {
        Self {
            amount: Decimal(amount),
            currency: CurrencyCode::Cny,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_has_one_spelling() {
        for (text, fen) in [
            ("0", 0),
            ("1", 100),
            ("1.5", 150),
            ("1.05", 105),
            ("999999999999.99", 99_999_999_999_999),
            ("007", 700),
        ] {
            assert_eq!(parse_amount(text), Some(value::Money(fen)), "{text}");
        }
        for text in [
            "",
            ".",
            "1.",
            ".5",
            "1.234",
            "-1",
            "+1",
            " 1",
            "1 ",
            "1e3",
            "1,000",
            "１",
            "1000000000000",
            "NaN",
            "0x1",
            "1.2.3",
            "1_0",
        ] {
            assert_eq!(parse_amount(text), None, "{text}");
        }
        assert!(Decimal::parse(Value::from(1)).is_err());
        assert!(Decimal::parse(Value::from(1.5)).is_err());
    }

    #[test]
    fn a_moment_is_written_in_utc_with_milliseconds() {
        let at = DateTime(value::Time(1_700_000_000_042));
        assert_eq!(at.to_value(), Value::from("2023-11-14T22:13:20.042Z"));
        assert_eq!(DateTime::parse(at.to_value()).ok(), Some(at));
    }
}
