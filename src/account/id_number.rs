//! The 18-digit number of a Chinese resident identity card.

use std::fmt;

use entity::value::Time;
use time::{Date, Month, OffsetDateTime, UtcOffset};

use crate::kernel::Secret;

/// Age at which one may trade, in years.
const ADULT: i32 = 18;
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS: &[u8; 11] = b"10X98765432";
/// First two digits: the provinces, and Taiwan, Hong Kong and Macao.
const REGIONS: [&str; 35] = [
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44", "45", "46", "50",
    "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83",
];

/// Why a number is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdNumberError {
    /// Not 17 digits and a digit or X.
    #[error("an ID number is 17 digits and a digit or X")]
    Malformed,
    /// The first two digits name no region.
    #[error("the ID number names no region")]
    UnknownRegion,
    /// Digits 7 to 14 are no day since 1900.
    #[error("the ID number holds no date")]
    NoSuchDate,
    /// The last one does not fit the others: a slip of the pen.
    #[error("the ID number has a wrong check digit")]
    WrongCheckDigit,
}

/// A number that is formally right. Whether it is the person's own, it cannot say.
#[derive(Clone, PartialEq, Eq)]
pub struct IdNumber {
    digits: Secret,
    birth: Date,
}

impl IdNumber {
    /// Reads a number; spaces around it and a small x are fine.
    ///
    /// # Errors
    /// [`IdNumberError`], the first that applies.
    pub fn parse(raw: &str) -> Result<Self, IdNumberError> {
        let digits = raw.trim().to_ascii_uppercase();
        let bytes = <&[u8; 18]>::try_from(digits.as_bytes()).map_err(|_| IdNumberError::Malformed)?;
        let (body, check) = bytes.split_at(17);
        if !body.iter().all(u8::is_ascii_digit) || !CHECK_DIGITS.contains(&check[0]) {
            return Err(IdNumberError::Malformed);
        }
        if !REGIONS.iter().any(|region| body.starts_with(region.as_bytes())) {
            return Err(IdNumberError::UnknownRegion);
        }
        let birth = birth(&body[6..14]).ok_or(IdNumberError::NoSuchDate)?;
        if check[0] != check_digit(body) {
            return Err(IdNumberError::WrongCheckDigit);
        }
        Ok(Self {
            digits: digits.into(),
            birth,
        })
    }

    /// All 18 characters, the last perhaps a capital X.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.digits.expose()
    }

    /// The day of birth.
    #[must_use]
    pub const fn birth(&self) -> Date {
        self.birth
    }

    /// Whether the 18th birthday has come by `today`. Who was born on 29 February has it on 1 March.
    #[must_use]
    pub fn is_adult(&self, today: Date) -> bool {
        let born = self.birth;
        let age = today.year() - born.year();
        age > ADULT || age == ADULT && (today.month() as u8, today.day()) >= (born.month() as u8, born.day())
    }
}

/// Nobody's number gets into a log.
impl fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdNumber(…)")
    }
}

/// Which day it is in China. `None` beyond the year 9999.
#[must_use]
pub fn today_in_china(now: Time) -> Option<Date> {
    let beijing = UtcOffset::from_hms(8, 0, 0).ok()?;
    let utc = OffsetDateTime::from_unix_timestamp(now.0.div_euclid(1_000)).ok()?;
    Some(utc.checked_to_offset(beijing)?.date())
}

fn birth(digits: &[u8]) -> Option<Date> {
    let number = |part: &[u8]| std::str::from_utf8(part).ok()?.parse::<u16>().ok();
    let year = i32::from(number(&digits[..4])?);
    let month = Month::try_from(u8::try_from(number(&digits[4..6])?).ok()?).ok()?;
    let day = u8::try_from(number(&digits[6..])?).ok()?;
    Date::from_calendar_date(year, month, day).ok().filter(|date| date.year() >= 1900)
}

fn check_digit(body: &[u8]) -> u8 {
    let sum = body
        .iter()
        .zip(WEIGHTS)
        .map(|(&digit, weight)| u32::from(digit - b'0') * weight)
        .sum::<u32>();
    CHECK_DIGITS[(sum % 11) as usize]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};
    use time::macros::date;

    use super::*;

    fn number(body: &str) -> String {
        format!("{body}{}", char::from(check_digit(body.as_bytes())))
    }

    #[test]
    fn right_numbers_are_read() {
        // The example of the standard, GB 11643.
        let id = IdNumber::parse(" 11010519491231002x ").unwrap();
        assert_eq!((id.as_str(), id.birth()), ("11010519491231002X", date!(1949 - 12 - 31)));
        assert_eq!(IdNumber::parse("440524188001010014"), Err(IdNumberError::NoSuchDate));
        assert_eq!(format!("{id:?}"), "IdNumber(…)");
        for region in REGIONS {
            assert!(IdNumber::parse(&number(&format!("{region}010119900307001"))).is_ok(), "{region}");
        }
    }

    #[test]
    fn wrong_numbers_are_named() {
        for (raw, error) in [
            ("", IdNumberError::Malformed),
            ("一二三四五六", IdNumberError::Malformed),
            ("１１０１０５１９４９１２３１００２Ｘ", IdNumberError::Malformed),
            ("110105491231002", IdNumberError::Malformed),
            ("1101051949123100X2", IdNumberError::Malformed),
            ("11010519491231002Y", IdNumberError::Malformed),
            ("110105194912310021", IdNumberError::WrongCheckDigit),
            ("11010519491231020X", IdNumberError::WrongCheckDigit),
            ("00010519491231002X", IdNumberError::UnknownRegion),
            ("16010519491231002X", IdNumberError::UnknownRegion),
            (&number("11010519490229001"), IdNumberError::NoSuchDate),
            (&number("11010519901301001"), IdNumberError::NoSuchDate),
            (&number("11010519900001001"), IdNumberError::NoSuchDate),
            (&number("11010500000101001"), IdNumberError::NoSuchDate),
        ] {
            assert_eq!(IdNumber::parse(raw), Err(error), "{raw}");
        }
        assert!(IdNumber::parse(&number("11010520000229001")).is_ok());
    }

    #[test]
    fn one_is_adult_from_the_eighteenth_birthday() {
        for (born, today, adult) in [
            ("20080307", date!(2026 - 03 - 06), false),
            ("20080307", date!(2026 - 03 - 07), true),
            ("20080229", date!(2026 - 02 - 28), false),
            ("20080229", date!(2026 - 03 - 01), true),
            ("20300101", date!(2026 - 03 - 01), false),
            ("19491231", date!(2026 - 03 - 01), true),
        ] {
            let id = IdNumber::parse(&number(&format!("110105{born}001"))).unwrap();
            assert_eq!(id.is_adult(today), adult, "{born} on {today}");
        }
    }

    #[test]
    fn the_day_begins_in_china_at_sixteen_hours_utc() {
        assert_eq!(today_in_china(Time(0)), Some(date!(1970 - 01 - 01)));
        assert_eq!(today_in_china(Time(16 * 3_600_000 - 1)), Some(date!(1970 - 01 - 01)));
        assert_eq!(today_in_china(Time(16 * 3_600_000)), Some(date!(1970 - 01 - 02)));
        assert_eq!(today_in_china(Time(i64::MAX)), None);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(raw in any::<String>()) {
            let _ = IdNumber::parse(&raw);
        }

        #[test]
        fn no_digits_make_it_panic(raw in "[0-9]{17}[0-9X]") {
            let _ = IdNumber::parse(&raw);
        }
    }
}
