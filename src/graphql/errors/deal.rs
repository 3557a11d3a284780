use super::{Failure, FieldCode, Refusal, UserErrorCode};
use crate::{
    kernel::text::moment,
    order::{
        evidence,
        giving_back::ReturnError,
        offer::{
            accept::{AnswerError, UNPAID},
            make::{MakeError, NOTE, OPEN},
        },
        pay::PayError,
        review::{ReviewError, TEXT},
    },
};

fn refused(code: UserErrorCode, words: &'static str) -> Refusal {
    Refusal::new(code, words)
}

fn invalid(words: &'static str, field: &str) -> Refusal {
    Refusal::new(UserErrorCode::InvalidInput, words).at(&[field])
}

fn key_reused() -> Refusal {
    refused(UserErrorCode::IdempotencyKeyReused, "error-key-reused").at(&["idempotencyKey"])
}

impl From<MakeError> for Failure {
    fn from(error: MakeError) -> Self {
        Self::User(match error {
            MakeError::NotFound => return Self::Field(FieldCode::NotFound),
            MakeError::NotAvailable => refused(UserErrorCode::ListingNotAvailable, "error-listing-not-available"),
            MakeError::Changed => refused(UserErrorCode::PriceChanged, "error-price-changed").at(&["seenVersion"]),
            MakeError::Own => refused(UserErrorCode::OwnMatter, "error-own-order"),
            MakeError::NotNegotiable => refused(UserErrorCode::ListingNotAvailable, "error-offer-fixed-price"),
            MakeError::Price => invalid("error-offer-price", "price"),
            MakeError::Note(_) => invalid("error-offer-note", "note").with("max", NOTE),
            MakeError::AlreadyOpen => refused(UserErrorCode::WrongState, "error-offer-open"),
            MakeError::TooMany => refused(UserErrorCode::LimitReached, "error-offers-open").with("max", OPEN),
            MakeError::Struck { until } => refused(UserErrorCode::LimitReached, "error-offers-struck").with("until", moment(until)),
            MakeError::KeyReused => key_reused(),
            MakeError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<AnswerError> for Failure {
    fn from(error: AnswerError) -> Self {
        Self::User(match error {
            AnswerError::NotFound => return Self::Field(FieldCode::NotFound),
            AnswerError::WrongState(_) => refused(UserErrorCode::WrongState, "error-offer-state"),
            AnswerError::NotAvailable => refused(UserErrorCode::ListingNotAvailable, "error-listing-not-available"),
            AnswerError::Outdated => refused(UserErrorCode::PriceChanged, "error-offer-outdated"),
            AnswerError::Frozen => refused(UserErrorCode::WalletFrozen, "error-wallet-frozen"),
            AnswerError::Own => refused(UserErrorCode::OwnMatter, "error-own-order"),
            AnswerError::TooManyUnpaid => refused(UserErrorCode::LimitReached, "error-offer-unpaid").with("max", UNPAID),
            AnswerError::Price => invalid("error-offer-price", "price"),
            AnswerError::Note => invalid("error-offer-note", "note").with("max", NOTE),
            AnswerError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<PayError> for Failure {
    fn from(error: PayError) -> Self {
        Self::User(match error {
            PayError::NotFound => return Self::Field(FieldCode::NotFound),
            PayError::WrongState(_) => refused(UserErrorCode::WrongState, "error-order-state"),
            PayError::NotAvailable => refused(UserErrorCode::ListingNotAvailable, "error-pay-not-available"),
            PayError::Frozen => refused(UserErrorCode::WalletFrozen, "error-wallet-frozen"),
            PayError::InDebt => refused(UserErrorCode::DebtOpen, "error-debt-open"),
            PayError::Insufficient => refused(UserErrorCode::InsufficientFunds, "error-insufficient-funds"),
            PayError::KeyReused => key_reused(),
            PayError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<ReturnError> for Failure {
    fn from(error: ReturnError) -> Self {
        Self::User(match error {
            ReturnError::NotFound => return Self::Field(FieldCode::NotFound),
            ReturnError::WrongState(_) => refused(UserErrorCode::WrongState, "error-order-state"),
            ReturnError::AlreadyAsked => refused(UserErrorCode::WrongState, "error-return-again"),
            ReturnError::Text { field: "reason", .. } => invalid("error-return-reason", "reason"),
            ReturnError::Text { field: "text", .. } => invalid("error-evidence-text", "text"),
            ReturnError::Text { field, .. } => refused(UserErrorCode::InvalidInput, "error-credentials-field").at(&["credentials", field]),
            ReturnError::EitherOr => invalid("error-return-either-or", "credentials"),
            ReturnError::ImageCount => invalid("error-evidence-images", "imageIds").with("max", evidence::IMAGES),
            ReturnError::ImageNotUsable => refused(UserErrorCode::ImageNotUsable, "error-image-not-usable").at(&["imageIds"]),
            ReturnError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<ReviewError> for Failure {
    fn from(error: ReviewError) -> Self {
        Self::User(match error {
            ReviewError::NotFound => return Self::Field(FieldCode::NotFound),
            ReviewError::NotCompleted => refused(UserErrorCode::WrongState, "error-review-not-completed"),
            ReviewError::TooLate => refused(UserErrorCode::WrongState, "error-review-too-late"),
            ReviewError::Already => refused(UserErrorCode::WrongState, "error-review-already"),
            ReviewError::Stars => invalid("error-review-stars", "stars"),
            ReviewError::Text(_) => invalid("error-review-text", "text").with("max", TEXT),
            ReviewError::Fault(fault) => return fault.into(),
        })
    }
}
