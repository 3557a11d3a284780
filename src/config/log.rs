//! Settings of the log.

use serde::{Deserialize, Serialize};

use super::Findings;

/// Settings of the log, which goes to standard error.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    /// `text` for people or `json` for machines, a line each. `HANDOVER_LOG__FORMAT`, default text.
    pub format: LogFormat,
    /// What is logged, as `tracing` reads it; `RUST_LOG` goes before it. `HANDOVER_LOG__FILTER`, default warn,handover=info.
    pub filter: String,
}

impl Default for Log {
    fn default() -> Self {
        Self {
            format: LogFormat::Text,
            filter: "warn,handover=info".to_owned(),
        }
    }
}

impl Log {
    pub(super) fn check(&self, found: &mut Findings) {
        if self.filter.parse::<tracing_subscriber::EnvFilter>().is_err() {
            found.refuse("HANDOVER_LOG__FILTER", "must be levels by module, as `warn,handover=info`");
        }
    }
}

/// How a line of the log looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines: one JSON object a line.
    Json,
}
