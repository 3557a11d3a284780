use super::{Failure, FieldCode, Refusal, UserErrorCode};
use crate::wallet::{claim::ClaimError, debt::WaiveError, decision::DecideError, freeze::CareError, reconcile::ResolveError};

const fn refused(code: UserErrorCode, words: &'static str) -> Refusal {
    Refusal::new(code, words)
}

fn key_reused() -> Refusal {
    refused(UserErrorCode::IdempotencyKeyReused, "error-key-reused").at(&["idempotencyKey"])
}

fn claimed(by: String) -> Refusal {
    refused(UserErrorCode::ClaimedByOther, "error-difference-claimed").with("by", by)
}

fn decided(by: String) -> Refusal {
    refused(UserErrorCode::AlreadyDecided, "error-decision-decided").with("by", by)
}

impl From<ClaimError> for Failure {
    fn from(error: ClaimError) -> Self {
        Self::User(match error {
            ClaimError::NotFound => return Self::Field(FieldCode::NotFound),
            ClaimError::Own => refused(UserErrorCode::OwnMatter, "error-decision-own"),
            ClaimError::Claimed { by } => claimed(by),
            ClaimError::AlreadyDecided { by: Some(by) } => decided(by),
            ClaimError::AlreadyDecided { by: None } => refused(UserErrorCode::WrongState, "error-not-waiting"),
            ClaimError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<CareError> for Failure {
    fn from(error: CareError) -> Self {
        Self::User(match error {
            CareError::Reason(_) => refused(UserErrorCode::InvalidInput, "error-review-reason").at(&["reason"]),
            CareError::NotFound => return Self::Field(FieldCode::NotFound),
            CareError::Own => refused(UserErrorCode::OwnMatter, "error-freeze-own"),
            CareError::Frozen { by } => refused(UserErrorCode::AlreadyDecided, "error-freeze-decided").with("by", by),
            CareError::NotFrozen => refused(UserErrorCode::WrongState, "error-freeze-none"),
            CareError::KeyReused => key_reused(),
            CareError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<WaiveError> for Failure {
    fn from(error: WaiveError) -> Self {
        Self::User(match error {
            WaiveError::NotFound => return Self::Field(FieldCode::NotFound),
            WaiveError::Ended => refused(UserErrorCode::WrongState, "error-debt-ended"),
            WaiveError::KeyReused => key_reused(),
            WaiveError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<DecideError> for Failure {
    fn from(error: DecideError) -> Self {
        Self::User(match error {
            DecideError::Reason(_) => refused(UserErrorCode::InvalidInput, "error-review-reason").at(&["reason"]),
            DecideError::Amount => refused(UserErrorCode::InvalidInput, "error-decision-amount").at(&["amount"]),
            DecideError::NotFound => return Self::Field(FieldCode::NotFound),
            DecideError::OwedToPlatform => refused(UserErrorCode::WrongState, "error-debt-to-platform").at(&["debtId"]),
            DecideError::OwedToUser => refused(UserErrorCode::WrongState, "error-debt-to-user").at(&["debtId"]),
            DecideError::MoreThanLeft { left } => refused(UserErrorCode::InvalidInput, "error-debt-left")
                .at(&["amount"])
                .with("left", left),
            DecideError::NotEnough { there } => refused(UserErrorCode::InsufficientFunds, "error-platform-funds").with("there", there),
            DecideError::Settled => refused(UserErrorCode::WrongState, "error-difference-settled"),
            DecideError::Waits => refused(UserErrorCode::WrongState, "error-decision-waits"),
            DecideError::Own => refused(UserErrorCode::OwnMatter, "error-decision-own"),
            DecideError::Claimed { by } => claimed(by),
            DecideError::AlreadyDecided { by: Some(by) } => refused(UserErrorCode::AlreadyDecided, "error-decision-decided").with("by", by),
            DecideError::AlreadyDecided { by: None } => refused(UserErrorCode::WrongState, "error-decision-void"),
            DecideError::KeyReused => key_reused(),
            DecideError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<ResolveError> for Failure {
    fn from(error: ResolveError) -> Self {
        Self::User(match error {
            ResolveError::Reason(_) => refused(UserErrorCode::InvalidInput, "error-review-reason").at(&["reason"]),
            ResolveError::NotFound => return Self::Field(FieldCode::NotFound),
            ResolveError::Claimed { by } => claimed(by),
            ResolveError::Resolved { by: Some(by) } => decided(by),
            ResolveError::Resolved { by: None } => refused(UserErrorCode::WrongState, "error-difference-resolved"),
            ResolveError::NotSent => refused(UserErrorCode::WrongState, "error-difference-not-sent").at(&["outcome"]),
            ResolveError::StillSent => refused(UserErrorCode::WrongState, "error-difference-still-sent").at(&["outcome"]),
            ResolveError::Waits => refused(UserErrorCode::WrongState, "error-decision-waits"),
            ResolveError::Own => refused(UserErrorCode::OwnMatter, "error-difference-own"),
            ResolveError::Silent => refused(UserErrorCode::BankUnavailable, "error-bank-silent"),
            ResolveError::KeyReused => key_reused(),
            ResolveError::Fault(fault) => return fault.into(),
        })
    }
}
