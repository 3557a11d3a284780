//! What is wrong with the settings.

use std::fmt;

/// One setting and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The setting's environment name.
    pub name: String,
    /// What is wrong and what is allowed.
    pub why: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.why)
    }
}

/// All that was found so far.
#[derive(Debug, Default)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Adds a setting that cannot be used. `why` says what is allowed and never repeats a secret.
    pub fn refuse(&mut self, name: impl Into<String>, why: impl Into<String>) {
        self.0.push(Finding {
            name: name.into(),
            why: why.into(),
        });
    }

    pub(super) fn into_inner(self) -> Vec<Finding> {
        self.0
    }

    pub(super) fn into_result(self) -> Result<(), ConfigError> {
        if self.0.is_empty() { Ok(()) } else { Err(ConfigError(self.0)) }
    }
}

/// Settings that cannot be used: all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError(pub Vec<Finding>);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the settings cannot be used:")?;
        self.0.iter().try_for_each(|finding| write!(f, "\n  {finding}"))
    }
}

impl std::error::Error for ConfigError {}
