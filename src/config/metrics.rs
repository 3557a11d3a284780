//! Settings of the metrics.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

use super::{Findings, Secret};

/// Settings of `/metrics`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Metrics {
    /// A place of its own where `/metrics` is served. `HANDOVER_METRICS__LISTEN`, default none: beside the API, for this machine alone.
    pub listen: Option<SocketAddr>,
    /// The bearer token that callers must show, wherever they are. `HANDOVER_METRICS__TOKEN`, at least 16 characters, default none.
    pub token: Option<Secret>,
}

impl Metrics {
    pub(super) fn check(&self, found: &mut Findings) {
        if self.token.as_ref().is_some_and(|token| token.expose().chars().count() < 16) {
            found.refuse("HANDOVER_METRICS__TOKEN", "must have at least 16 characters");
        }
    }
}
