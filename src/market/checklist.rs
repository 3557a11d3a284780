//! What a new owner of a game's account has to bind anew.

use serde::{Deserialize, Serialize};

use crate::kernel::Fault;

/// A step of a game's checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChecklistStep {
    /// Its name for programs, unique within the game: lower-case letters, digits and underscores.
    pub key: String,
    /// What to do, in English.
    pub en: String,
    /// What to do, in Chinese.
    pub zh: String,
}

/// Reads a checklist as the database holds it.
pub fn parse(json: &str) -> Result<Vec<ChecklistStep>, Fault> {
    serde_json::from_str(json).map_err(|error| Fault::internal(format!("a checklist: {error}")))
}

/// The steps of a checklist whose keys are in a list, both as the database holds them.
pub fn chosen(json: &str, keys: &str) -> Result<Vec<ChecklistStep>, Fault> {
    let keys: Vec<String> = serde_json::from_str(keys).map_err(|error| Fault::internal(format!("bindings: {error}")))?;
    let mut steps = parse(json)?;
    steps.retain(|step| keys.contains(&step.key));
    Ok(steps)
}
