use super::{Failure, FieldCode, Refusal, UserErrorCode};
use crate::moderation::ReviewError;

impl From<ReviewError> for Failure {
    fn from(error: ReviewError) -> Self {
        let refused = |code, words| Self::User(Refusal::new(code, words));
        match error {
            ReviewError::NotFound => Self::Field(FieldCode::NotFound),
            ReviewError::OwnListing => refused(UserErrorCode::OwnMatter, "error-own-listing"),
            ReviewError::Claimed { by } => {
                Self::User(Refusal::new(UserErrorCode::ClaimedByOther, "error-listing-claimed").with("by", by.unwrap_or_default()))
            }
            ReviewError::AlreadyDecided { by: Some(by) } => {
                Self::User(Refusal::new(UserErrorCode::AlreadyDecided, "error-listing-decided").with("by", by))
            }
            ReviewError::AlreadyDecided { by: None } => refused(UserErrorCode::WrongState, "error-listing-decided-before"),
            ReviewError::Changed => refused(UserErrorCode::PriceChanged, "error-listing-changed"),
            ReviewError::NotNow(now) => super::market::not_now(now),
            ReviewError::Reason(_) => Self::User(Refusal::new(UserErrorCode::InvalidInput, "error-review-reason").at(&["reason"])),
            ReviewError::Fault(fault) => fault.into(),
        }
    }
}
