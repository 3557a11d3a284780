//! Settings of cases.

use serde::{Deserialize, Serialize};

use super::Findings;

/// Settings of cases.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Dispute {
    /// Hours after a refused return in which both parties may bring evidence. `HANDOVER_DISPUTE__GATHER_HOURS`, 1 to 168, default 48.
    pub gather_hours: u16,
    /// Days after the refusal without a finding after which the account counts as intact; longer than the time for evidence.
    /// `HANDOVER_DISPUTE__FINDING_DAYS`, 1 to 30, default 7.
    pub finding_days: u16,
    /// Hours in which the parties may object to a finding. `HANDOVER_DISPUTE__CONSENT_HOURS`, 1 to 336, default 48.
    pub consent_hours: u16,
    /// Days that a mediation lasts at most. `HANDOVER_DISPUTE__MEDIATION_DAYS`, 1 to 60, default 7.
    pub mediation_days: u16,
    /// Days that a case waits for the final ruling afterwards. `HANDOVER_DISPUTE__RULING_DAYS`, 1 to 60, default 7.
    pub ruling_days: u16,
}

impl Default for Dispute {
    fn default() -> Self {
        Self {
            gather_hours: 48,
            finding_days: 7,
            consent_hours: 48,
            mediation_days: 7,
            ruling_days: 7,
        }
    }
}

impl Dispute {
    pub(super) fn check(&self, found: &mut Findings) {
        if !(1..=168).contains(&self.gather_hours) {
            found.refuse("HANDOVER_DISPUTE__GATHER_HOURS", "must be 1 to 168 hours");
        }
        if !(1..=30).contains(&self.finding_days) || self.finding_days * 24 <= self.gather_hours {
            found.refuse(
                "HANDOVER_DISPUTE__FINDING_DAYS",
                "must be 1 to 30 days, and longer than the time for evidence",
            );
        }
        if !(1..=336).contains(&self.consent_hours) {
            found.refuse("HANDOVER_DISPUTE__CONSENT_HOURS", "must be 1 to 336 hours");
        }
        if !(1..=60).contains(&self.mediation_days) {
            found.refuse("HANDOVER_DISPUTE__MEDIATION_DAYS", "must be 1 to 60 days");
        }
        if !(1..=60).contains(&self.ruling_days) {
            found.refuse("HANDOVER_DISPUTE__RULING_DAYS", "must be 1 to 60 days");
        }
    }
}
