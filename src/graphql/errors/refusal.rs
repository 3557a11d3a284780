use super::{Failure, FieldCode, Refusal, UserErrorCode};
use crate::dispute::{evidence::BringError, file::CaseFileError, refusal::RefusalError, reveal::CaseRevealError};

fn refused(code: UserErrorCode, words: &'static str) -> Refusal {
    Refusal::new(code, words)
}

fn invalid(words: &'static str, field: &str) -> Refusal {
    Refusal::new(UserErrorCode::InvalidInput, words).at(&[field])
}

fn key_reused() -> Refusal {
    refused(UserErrorCode::IdempotencyKeyReused, "error-key-reused").at(&["idempotencyKey"])
}

impl From<RefusalError> for Failure {
    fn from(error: RefusalError) -> Self {
        Self::User(match error {
            RefusalError::NotFound => return Self::Field(FieldCode::NotFound),
            RefusalError::Blacklisted => return Self::Field(FieldCode::Blacklisted),
            RefusalError::WrongState => refused(UserErrorCode::WrongState, "error-case-state"),
            RefusalError::Claim(error) => return error.into(),
            RefusalError::AlreadyDecided { by: Some(by) } => refused(UserErrorCode::AlreadyDecided, "error-case-found").with("by", by),
            RefusalError::AlreadyDecided { by: None } => refused(UserErrorCode::AlreadyDecided, "error-case-ended"),
            RefusalError::CheatIsAdmin => refused(UserErrorCode::WrongState, "error-case-cheat-admin"),
            RefusalError::Waits => refused(UserErrorCode::WrongState, "error-case-waits"),
            RefusalError::Share => invalid("error-case-share", "sellerShare"),
            RefusalError::OtherVersion => refused(UserErrorCode::PriceChanged, "error-case-version").at(&["version"]),
            RefusalError::TooMany(most) => refused(UserErrorCode::LimitReached, "error-case-too-many").with("most", most),
            RefusalError::Text { field: "text", .. } => invalid("error-case-text", "text"),
            RefusalError::Text { field, .. } => invalid("error-case-reason", field),
            RefusalError::Evidence(error) => return error.into(),
            RefusalError::KeyReused => key_reused(),
            RefusalError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<BringError> for Failure {
    fn from(error: BringError) -> Self {
        match error {
            BringError::NotFound => Self::Field(FieldCode::NotFound),
            BringError::Recovery(error) => error.into(),
            BringError::Refusal(error) => error.into(),
            BringError::Fault(fault) => fault.into(),
        }
    }
}

impl From<CaseRevealError> for Failure {
    fn from(error: CaseRevealError) -> Self {
        match error {
            CaseRevealError::Claim(error) => error.into(),
            CaseRevealError::Reason(_) => Self::User(invalid("error-case-reason", "reason")),
            CaseRevealError::Fault(fault) => fault.into(),
        }
    }
}

impl From<CaseFileError> for Failure {
    fn from(error: CaseFileError) -> Self {
        match error {
            CaseFileError::NotFound => Self::Field(FieldCode::NotFound),
            CaseFileError::Fault(fault) => fault.into(),
        }
    }
}
