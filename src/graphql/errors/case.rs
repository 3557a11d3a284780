use super::{Failure, FieldCode, Refusal, UserErrorCode};
use crate::{
    dispute::{
        ClaimError,
        recovery::{RecoveryError, bring::PIECES},
        ruling::DecideError,
    },
    kernel::text::TextError,
    order::evidence::{self, EvidenceError},
};

const fn refused(code: UserErrorCode, words: &'static str) -> Refusal {
    Refusal::new(code, words)
}

fn key_reused() -> Refusal {
    refused(UserErrorCode::IdempotencyKeyReused, "error-key-reused").at(&["idempotencyKey"])
}

fn reason(_: &TextError, field: &'static str) -> Refusal {
    refused(UserErrorCode::InvalidInput, "error-review-reason").at(&[field])
}

fn decided(by: Option<String>) -> Refusal {
    match by {
        Some(by) => refused(UserErrorCode::AlreadyDecided, "error-case-decided").with("by", by),
        None => refused(UserErrorCode::AlreadyDecided, "error-case-ended"),
    }
}

impl From<ClaimError> for Failure {
    fn from(error: ClaimError) -> Self {
        Self::User(match error {
            ClaimError::NotFound => return Self::Field(FieldCode::NotFound),
            ClaimError::Own => refused(UserErrorCode::OwnMatter, "error-case-own"),
            ClaimError::OwnFinding => refused(UserErrorCode::OwnMatter, "error-case-own-finding"),
            ClaimError::Claimed { by } => refused(UserErrorCode::ClaimedByOther, "error-case-claimed").with("by", by),
            ClaimError::NotClaimed => refused(UserErrorCode::WrongState, "error-case-not-claimed"),
            ClaimError::AlreadyDecided { by } => decided(by),
            ClaimError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<EvidenceError> for Failure {
    fn from(error: EvidenceError) -> Self {
        Self::User(match error {
            EvidenceError::Text(_) => refused(UserErrorCode::InvalidInput, "error-evidence-text").at(&["text"]),
            EvidenceError::ImageCount => refused(UserErrorCode::InvalidInput, "error-evidence-images")
                .at(&["imageIds"])
                .with("max", evidence::IMAGES),
            EvidenceError::NoSuchImage => return Self::Field(FieldCode::NotFound),
            EvidenceError::ImageNotUsable => refused(UserErrorCode::ImageNotUsable, "error-image-not-usable").at(&["imageIds"]),
            EvidenceError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<RecoveryError> for Failure {
    fn from(error: RecoveryError) -> Self {
        Self::User(match error {
            RecoveryError::NotFound => return Self::Field(FieldCode::NotFound),
            RecoveryError::Blacklisted => return Self::Field(FieldCode::Blacklisted),
            RecoveryError::NotCompleted => refused(UserErrorCode::WrongState, "error-case-not-completed"),
            RecoveryError::WarrantyOver => refused(UserErrorCode::WrongState, "error-case-warranty"),
            RecoveryError::AlreadyOpen => refused(UserErrorCode::WrongState, "error-case-already-open"),
            RecoveryError::WrongState(_) => refused(UserErrorCode::WrongState, "error-case-state"),
            RecoveryError::TooMuchEvidence => refused(UserErrorCode::LimitReached, "error-case-evidence").with("max", PIECES),
            RecoveryError::Claim(error) => return error.into(),
            RecoveryError::Waits => refused(UserErrorCode::WrongState, "error-case-waits"),
            RecoveryError::SellerIsAdmin => refused(UserErrorCode::WrongState, "error-case-admin"),
            RecoveryError::Advance => refused(UserErrorCode::InvalidInput, "error-case-advance").at(&["advance"]),
            RecoveryError::NotEnough { there } => refused(UserErrorCode::InsufficientFunds, "error-platform-funds")
                .at(&["advance"])
                .with("there", there),
            RecoveryError::Reason(error) => reason(&error, "reason"),
            RecoveryError::Evidence(error) => return error.into(),
            RecoveryError::KeyReused => key_reused(),
            RecoveryError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<DecideError> for Failure {
    fn from(error: DecideError) -> Self {
        Self::User(match error {
            DecideError::NotFound => return Self::Field(FieldCode::NotFound),
            DecideError::Own => refused(UserErrorCode::OwnMatter, "error-case-ruling-own"),
            DecideError::AlreadyDecided { by: Some(by) } => refused(UserErrorCode::AlreadyDecided, "error-case-decided").with("by", by),
            DecideError::AlreadyDecided { by: None } => refused(UserErrorCode::AlreadyDecided, "error-case-ruling-void"),
            DecideError::Reason(error) => reason(&error, "refusal"),
            DecideError::Recovery(error) => return error.into(),
            DecideError::Refusal(error) => return error.into(),
            DecideError::KeyReused => key_reused(),
            DecideError::Fault(fault) => return fault.into(),
        })
    }
}
