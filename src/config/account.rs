//! Settings of accounts.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::Findings;

/// Settings of accounts.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Account {
    /// `image`; in tests `fixed:TEXT` (always the same answer) or `off` (every answer is right). `HANDOVER_ACCOUNT__CAPTCHA`, default image.
    pub captcha: Captcha,
    /// Who decides on a real name: `manual` (an admin, by photographs) or `sandbox` (the ID number alone). `HANDOVER_ACCOUNT__IDENTITY`,
    /// default sandbox.
    pub identity: Identity,
    /// Argon2id memory in KiB. `HANDOVER_ACCOUNT__ARGON2_MEMORY_KIB`, 8 to 1048576, default 19456.
    pub argon2_memory_kib: u32,
    /// Argon2id passes. `HANDOVER_ACCOUNT__ARGON2_PASSES`, 1 to 100, default 2.
    pub argon2_passes: u32,
    /// Where a blacklisted user can appeal: a mail address or a link, named in his notice. `HANDOVER_ACCOUNT__APPEALS`, 3 to 200 characters,
    /// default appeals@localhost.
    pub appeals: String,
}

impl Default for Account {
    fn default() -> Self {
        Self {
            captcha: Captcha::Image,
            identity: Identity::Sandbox,
            argon2_memory_kib: 19_456,
            argon2_passes: 2,
            appeals: "appeals@localhost".to_owned(),
        }
    }
}

impl Account {
    pub(super) fn check(&self, found: &mut Findings) {
        if !(8..=1_048_576).contains(&self.argon2_memory_kib) {
            found.refuse("HANDOVER_ACCOUNT__ARGON2_MEMORY_KIB", "must be 8 to 1048576 KiB");
        }
        if !(1..=100).contains(&self.argon2_passes) {
            found.refuse("HANDOVER_ACCOUNT__ARGON2_PASSES", "must be 1 to 100 passes");
        }
        if !(3..=200).contains(&self.appeals.chars().count()) || self.appeals.chars().any(char::is_control) {
            found.refuse(
                "HANDOVER_ACCOUNT__APPEALS",
                "must be a mail address or a link of 3 to 200 characters",
            );
        }
    }
}

/// What stands between a stranger and a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Captcha {
    /// A picture of five characters.
    Image,
    /// Always this answer. For tests.
    Fixed(String),
    /// Any answer is right. For tests.
    Off,
}

impl FromStr for Captcha {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            None if text == "image" => Ok(Self::Image),
            None if text == "off" => Ok(Self::Off),
            Some(("fixed", answer)) if !answer.is_empty() => Ok(Self::Fixed(answer.to_owned())),
            _ => Err("must be `image`, `fixed:TEXT` or `off`"),
        }
    }
}

impl TryFrom<String> for Captcha {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Captcha> for String {
    fn from(captcha: Captcha) -> Self {
        captcha.to_string()
    }
}

impl fmt::Display for Captcha {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Image => f.write_str("image"),
            Self::Fixed(answer) => write!(f, "fixed:{answer}"),
            Self::Off => f.write_str("off"),
        }
    }
}

/// Who decides whether a real name is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Identity {
    /// The number alone decides. For a look and for tests.
    Sandbox,
    /// An admin decides by two photographs.
    Manual,
}
