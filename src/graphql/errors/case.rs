use super::{Failure, FieldCode, Refusal, UserErrorCode};
use crate::dispute::ClaimError;

const fn refused(code: UserErrorCode, words: &'static str) -> Refusal {
    Refusal::new(code, words)
}

impl From<ClaimError> for Failure {
    fn from(error: ClaimError) -> Self {
        Self::User(match error {
            ClaimError::NotFound => return Self::Field(FieldCode::NotFound),
            ClaimError::Own => refused(UserErrorCode::OwnMatter, "error-case-own"),
            ClaimError::Claimed { by } => refused(UserErrorCode::ClaimedByOther, "error-case-claimed").with("by", by),
            ClaimError::NotClaimed => refused(UserErrorCode::WrongState, "error-case-not-claimed"),
            ClaimError::AlreadyDecided { by: Some(by) } => refused(UserErrorCode::AlreadyDecided, "error-case-decided").with("by", by),
            ClaimError::AlreadyDecided { by: None } => refused(UserErrorCode::AlreadyDecided, "error-case-ended"),
            ClaimError::Fault(fault) => return fault.into(),
        })
    }
}
