use super::{Failure, FieldCode, Refusal, UserErrorCode};
use crate::notification::{
    ReadError,
    announcement::{A_DAY, AnnounceError, RetractError},
};

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::Field(FieldCode::NotFound),
            ReadError::Fault(fault) => fault.into(),
        }
    }
}

impl From<AnnounceError> for Failure {
    fn from(error: AnnounceError) -> Self {
        let refused = |code, words| Refusal::new(code, words);
        Self::User(match error {
            AnnounceError::Words { field, why: _ } => refused(UserErrorCode::InvalidInput, "error-announcement-words").at(&[field]),
            AnnounceError::TooMany { again } => refused(UserErrorCode::LimitReached, "error-announcements")
                .with("most", A_DAY)
                .with("again", super::super::scalars::DateTime(again)),
            AnnounceError::KeyReused => refused(UserErrorCode::IdempotencyKeyReused, "error-key-reused").at(&["idempotencyKey"]),
            AnnounceError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<RetractError> for Failure {
    fn from(error: RetractError) -> Self {
        match error {
            RetractError::NotFound => Self::Field(FieldCode::NotFound),
            RetractError::AlreadyDecided { by } => {
                Self::User(Refusal::new(UserErrorCode::AlreadyDecided, "error-decision-decided").with("by", by.unwrap_or_default()))
            }
            RetractError::Fault(fault) => fault.into(),
        }
    }
}
