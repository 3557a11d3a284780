//! Settings of the worker.

use serde::{Deserialize, Serialize};

use super::Findings;

/// Settings of the worker.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Worker {
    /// Whether this process relays events, sends mails and looks at timers; of the processes on one database at least one must. `HANDOVER_WORKER__RUN`, default true.
    pub run: bool,
    /// Milliseconds between two looks at the timers. `HANDOVER_WORKER__TICK_MS`, at least 10, default 5000.
    pub tick_ms: u64,
}

impl Default for Worker {
    fn default() -> Self {
        Self { run: true, tick_ms: 5_000 }
    }
}

impl Worker {
    pub(super) fn check(&self, found: &mut Findings) {
        if self.tick_ms < 10 {
            found.refuse("HANDOVER_WORKER__TICK_MS", "must be at least 10 milliseconds");
        }
    }
}
