//! Whether a listing says what its game asks, and nothing else.

use std::collections::BTreeSet;

use entity::{game_attribute::Model, kinds::AttributeKind, value::AttributeId};
use serde::Serialize;

use super::choices;
use crate::kernel::{
    Fault,
    text::{TextError, clean_line},
};

/// Characters of a text.
pub const TEXT: std::ops::RangeInclusive<usize> = 1..=100;

/// What a seller says of one attribute. He fills in what its kind asks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Given {
    /// The attribute's name for programs.
    pub key: String,
    /// Keys of what is chosen.
    pub choices: Vec<String>,
    /// A number.
    pub number: Option<i32>,
    /// Yes or no.
    pub yes: Option<bool>,
    /// A line of words.
    pub text: Option<String>,
}

/// A value that fits its attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// One or more different choices.
    Choices(Vec<String>),
    /// A number in its range.
    Number(i32),
    /// Yes or no.
    YesNo(bool),
    /// A clean line.
    Text(String),
}

/// Why what was said does not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AttributeError {
    /// The game does not ask this.
    #[error("the game does not ask this")]
    Unknown,
    /// It is said twice.
    #[error("said twice")]
    Twice,
    /// Each listing must say it.
    #[error("missing")]
    Missing,
    /// It is of another kind: other things must be filled in.
    #[error("another kind of value is asked")]
    WrongKind,
    /// It is none of the choices, or one is named twice.
    #[error("no such choice")]
    NoSuchChoice,
    /// The number is out of its range.
    #[error("the number is not {least} to {most}")]
    OutOfRange {
        /// The least.
        least: i32,
        /// The most.
        most: i32,
    },
    /// The words are not taken.
    #[error("{0}")]
    Words(TextError),
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// The values for a game's attributes, or the first key that does not fit and why. In what is not `whole` yet, even what is required may be
/// missing.
pub fn check(asked: &[Model], given: &[Given], whole: bool) -> Result<Vec<(AttributeId, Value)>, (String, AttributeError)> {
    let mut said = BTreeSet::new();
    let mut values = Vec::new();
    for one in given {
        let wrong = |why| (one.key.clone(), why);
        let attribute = asked
            .iter()
            .find(|attribute| attribute.key == one.key)
            .ok_or_else(|| wrong(AttributeError::Unknown))?;
        if !said.insert(&one.key) {
            return Err(wrong(AttributeError::Twice));
        }
        values.push((attribute.id, value(attribute, one).map_err(wrong)?));
    }
    match asked
        .iter()
        .find(|attribute| whole && attribute.required && !said.contains(&attribute.key))
    {
        Some(missing) => Err((missing.key.clone(), AttributeError::Missing)),
        None => Ok(values),
    }
}

fn value(attribute: &Model, given: &Given) -> Result<Value, AttributeError> {
    let Given {
        choices: chosen,
        number,
        yes,
        text,
        ..
    } = given;
    match (attribute.kind, chosen.as_slice(), number, yes, text) {
        (AttributeKind::Choice, [_], None, None, None) | (AttributeKind::ManyChoice, [_, ..], None, None, None) => {
            let known = choices(attribute)?;
            let different: BTreeSet<&String> = chosen.iter().collect();
            let all_known = chosen.iter().all(|key| known.iter().any(|choice| choice.key == *key));
            if all_known && different.len() == chosen.len() {
                Ok(Value::Choices(chosen.clone()))
            } else {
                Err(AttributeError::NoSuchChoice)
            }
        }
        (AttributeKind::Number, [], Some(number), None, None) => {
            let (least, most) = (attribute.least.unwrap_or(i32::MIN), attribute.most.unwrap_or(i32::MAX));
            if (least..=most).contains(number) {
                Ok(Value::Number(*number))
            } else {
                Err(AttributeError::OutOfRange { least, most })
            }
        }
        (AttributeKind::YesNo, [], None, Some(yes), None) => Ok(Value::YesNo(*yes)),
        (AttributeKind::Text, [], None, None, Some(text)) => clean_line(text, TEXT).map(Value::Text).map_err(AttributeError::Words),
        (
            AttributeKind::Choice | AttributeKind::ManyChoice | AttributeKind::Number | AttributeKind::YesNo | AttributeKind::Text,
            _,
            _,
            _,
            _,
        ) => Err(AttributeError::WrongKind),
    }
}

#[cfg(test)]
mod tests {
    use entity::value::GameId;

    use super::*;

    fn asked() -> Vec<Model> {
        let attribute = |key: &str, kind, required| Model {
            id: AttributeId::new(),
            game_id: GameId::new(),
            key: key.to_owned(),
            name_en: String::new(),
            name_zh: String::new(),
            kind,
            required,
            unit_en: String::new(),
            unit_zh: String::new(),
            least: Some(1),
            most: Some(60),
            choices: r#"[{"key":"gold","en":"Gold","zh":"黄金"},{"key":"iron","en":"Iron","zh":"黑铁"}]"#.to_owned(),
            position: 0,
            retired: false,
        };
        vec![
            attribute("rank", AttributeKind::Choice, true),
            attribute("modes", AttributeKind::ManyChoice, false),
            attribute("level", AttributeKind::Number, false),
            attribute("adult", AttributeKind::YesNo, false),
            attribute("skins", AttributeKind::Text, false),
        ]
    }

    fn given(key: &str, choices: &[&str], number: Option<i32>, yes: Option<bool>, text: Option<&str>) -> Given {
        Given {
            key: key.to_owned(),
            choices: choices.iter().map(|key| (*key).to_owned()).collect(),
            number,
            yes,
            text: text.map(str::to_owned),
        }
    }

    #[test]
    fn what_fits_is_taken() {
        let rank = given("rank", &["gold"], None, None, None);
        let all = [
            rank,
            given("modes", &["iron", "gold"], None, None, None),
            given("level", &[], Some(60), None, None),
            given("adult", &[], None, Some(false), None),
            given("skins", &[], None, None, Some("  two ")),
        ];
        let values: Vec<Value> = check(&asked(), &all, true).unwrap().into_iter().map(|(_, value)| value).collect();
        let chosen = |keys: &[&str]| Value::Choices(keys.iter().map(|key| (*key).to_owned()).collect());
        assert_eq!(
            values,
            [
                chosen(&["gold"]),
                chosen(&["iron", "gold"]),
                Value::Number(60),
                Value::YesNo(false),
                Value::Text("two".to_owned())
            ]
        );
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let rank = || given("rank", &["gold"], None, None, None);
        let range = AttributeError::OutOfRange { least: 1, most: 60 };
        for (wrong, why) in [
            (given("pet", &[], Some(1), None, None), AttributeError::Unknown),
            (rank(), AttributeError::Twice),
            (given("level", &[], Some(61), None, None), range.clone()),
            (given("level", &[], Some(0), None, None), range),
            (given("level", &[], None, None, None), AttributeError::WrongKind),
            (given("level", &[], None, None, Some("60")), AttributeError::WrongKind),
            (given("level", &[], Some(1), Some(true), None), AttributeError::WrongKind),
            (given("adult", &["gold"], None, None, None), AttributeError::WrongKind),
            (given("modes", &["gold", "gold"], None, None, None), AttributeError::NoSuchChoice),
            (given("modes", &["silver"], None, None, None), AttributeError::NoSuchChoice),
            (given("modes", &[], None, None, None), AttributeError::WrongKind),
            (
                given("skins", &[], None, None, Some("a\u{202E}b")),
                AttributeError::Words(TextError::ForbiddenCharacter),
            ),
            (
                given("skins", &[], None, None, Some(" ")),
                AttributeError::Words(TextError::TooShort),
            ),
        ] {
            let key = wrong.key.clone();
            assert_eq!(check(&asked(), &[rank(), wrong], true), Err((key, why)));
        }
        assert_eq!(check(&asked(), &[], false), Ok(Vec::new()), "a draft may lack it");
        assert_eq!(check(&asked(), &[], true), Err(("rank".to_owned(), AttributeError::Missing)));
        let two = given("rank", &["gold", "iron"], None, None, None);
        assert_eq!(check(&asked(), &[two], true), Err(("rank".to_owned(), AttributeError::WrongKind)));
    }
}
