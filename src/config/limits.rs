//! Settings of what callers may ask for.

use serde::{Deserialize, Serialize};

use super::{Config, Findings, Mode};

/// To whom the API shows its schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Introspection {
    /// To everyone.
    Everyone,
    /// To whoever signed in.
    Members,
    /// To nobody.
    Nobody,
}

/// Settings of what one caller may ask for in a while.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// How many times the usual a caller may ask for: where many people share one address, or for load tests. `HANDOVER_LIMITS__SCALE`, 1 to 1,000,
    /// default 1.
    pub scale: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { scale: 1 }
    }
}

impl Limits {
    pub(super) fn check(&self, found: &mut Findings) {
        if !(1..=1_000).contains(&self.scale) {
            found.refuse("HANDOVER_LIMITS__SCALE", "must be 1 to 1,000");
        }
    }
}

impl Config {
    /// To whom the API shows its schema.
    #[must_use]
    pub fn shown_to(&self) -> Introspection {
        self.introspection.unwrap_or(match self.mode {
            Mode::Demo => Introspection::Everyone,
            Mode::Production => Introspection::Members,
        })
    }
}
