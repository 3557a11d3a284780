//! Settings of the clock, for tests only.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Settings of the clock, for tests only.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClockSettings {
    /// Milliseconds added to the true time. `HANDOVER_CLOCK__OFFSET`, default 0.
    pub offset: i64,
    /// A file whose text is such an offset, looked at five times a second; it adds to the other. `HANDOVER_CLOCK__OFFSET_FILE`, default none.
    pub offset_file: Option<PathBuf>,
}
