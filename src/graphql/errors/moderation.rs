use super::{Failure, FieldCode, Refusal, UserErrorCode};
use crate::{
    blacklist::by_hand::DecisionError,
    moderation::{
        ReviewError,
        report::{self, DecideError, ReportError},
    },
};

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

impl From<DecisionError> for Failure {
    fn from(error: DecisionError) -> Self {
        let refused = |code, words| Self::User(Refusal::new(code, words));
        match error {
            DecisionError::NotFound => Self::Field(FieldCode::NotFound),
            DecisionError::Reason(_) => Self::User(Refusal::new(UserErrorCode::InvalidInput, "error-review-reason").at(&["reason"])),
            DecisionError::Oneself => refused(UserErrorCode::OwnMatter, "error-blacklist-oneself"),
            DecisionError::Admin => refused(UserErrorCode::WrongState, "error-blacklist-admin"),
            DecisionError::Already { by: Some(by) } => {
                Self::User(Refusal::new(UserErrorCode::AlreadyDecided, "error-blacklist-decided").with("by", by))
            }
            DecisionError::Already { by: None } => refused(UserErrorCode::AlreadyDecided, "error-blacklist-decided-by-operator"),
            DecisionError::KeyReused => {
                Self::User(Refusal::new(UserErrorCode::IdempotencyKeyReused, "error-key-reused").at(&["idempotencyKey"]))
            }
            DecisionError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Self {
        let refused = |code, words| Refusal::new(code, words);
        Self::User(match error {
            ReportError::NotFound => return Self::Field(FieldCode::NotFound),
            ReportError::MayNotReport => return Self::Field(FieldCode::Blacklisted),
            ReportError::Oneself => refused(UserErrorCode::OwnMatter, "error-report-oneself"),
            ReportError::Already => refused(UserErrorCode::WrongState, "error-report-already"),
            ReportError::TooMany { minutes } => refused(UserErrorCode::LimitReached, "error-reports-too-many")
                .with("max", report::create::A_DAY)
                .with("minutes", minutes),
            ReportError::Text(_) => refused(UserErrorCode::InvalidInput, "error-report-text").at(&["text"]),
            ReportError::ImageCount => refused(UserErrorCode::InvalidInput, "error-report-images")
                .at(&["imageIds"])
                .with("max", report::create::IMAGES),
            ReportError::ImageNotUsable => refused(UserErrorCode::ImageNotUsable, "error-image-not-usable").at(&["imageIds"]),
            ReportError::KeyReused => refused(UserErrorCode::IdempotencyKeyReused, "error-key-reused").at(&["idempotencyKey"]),
            ReportError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<DecideError> for Failure {
    fn from(error: DecideError) -> Self {
        let refused = |code, words| Refusal::new(code, words);
        Self::User(match error {
            DecideError::NotFound => return Self::Field(FieldCode::NotFound),
            DecideError::Own => refused(UserErrorCode::OwnMatter, "error-report-own"),
            DecideError::Claimed { by } => refused(UserErrorCode::ClaimedByOther, "error-report-claimed").with("by", by),
            DecideError::AlreadyDecided { by } => refused(UserErrorCode::AlreadyDecided, "error-report-decided").with("by", by),
            DecideError::NothingToRemove => refused(UserErrorCode::InvalidInput, "error-report-nothing-to-remove").at(&["outcome"]),
            DecideError::NotNow(now) => return super::market::not_now(now),
            DecideError::Admin => refused(UserErrorCode::WrongState, "error-blacklist-admin"),
            DecideError::Reason(_) => refused(UserErrorCode::InvalidInput, "error-review-reason").at(&["reason"]),
            DecideError::KeyReused => refused(UserErrorCode::IdempotencyKeyReused, "error-key-reused").at(&["idempotencyKey"]),
            DecideError::Fault(fault) => return fault.into(),
        })
    }
}
