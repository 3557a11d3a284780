use super::{Failure, FieldCode, Refusal, UserErrorCode};
use crate::order::{
    cancel::CancelError, checklist::TickError, confirm::ConfirmError, deliver::DeliverError, place::PlaceError, reveal::RevealError,
};

fn refused(code: UserErrorCode, words: &'static str) -> Failure {
    Failure::User(Refusal::new(code, words))
}

fn wrong_state() -> Failure {
    refused(UserErrorCode::WrongState, "error-order-state")
}

fn invalid(words: &'static str, field: &str) -> Failure {
    Failure::User(Refusal::new(UserErrorCode::InvalidInput, words).at(&[field]))
}

impl From<PlaceError> for Failure {
    fn from(error: PlaceError) -> Self {
        match error {
            PlaceError::NotFound => Self::Field(FieldCode::NotFound),
            PlaceError::NotAvailable => refused(UserErrorCode::ListingNotAvailable, "error-listing-not-available"),
            PlaceError::Changed => Self::User(Refusal::new(UserErrorCode::PriceChanged, "error-price-changed").at(&["seenVersion"])),
            PlaceError::Own => refused(UserErrorCode::OwnMatter, "error-own-order"),
            PlaceError::Frozen => refused(UserErrorCode::WalletFrozen, "error-wallet-frozen"),
            PlaceError::InDebt => refused(UserErrorCode::DebtOpen, "error-debt-open"),
            PlaceError::Insufficient => refused(UserErrorCode::InsufficientFunds, "error-insufficient-funds"),
            PlaceError::KeyReused => {
                Self::User(Refusal::new(UserErrorCode::IdempotencyKeyReused, "error-key-reused").at(&["idempotencyKey"]))
            }
            PlaceError::Fault(fault) => fault.into(),
        }
    }
}

impl From<DeliverError> for Failure {
    fn from(error: DeliverError) -> Self {
        match error {
            DeliverError::NotFound => Self::Field(FieldCode::NotFound),
            DeliverError::WrongState(_) => wrong_state(),
            DeliverError::Text { field, .. } => invalid("error-credentials-field", field),
            DeliverError::Fault(fault) => fault.into(),
        }
    }
}

impl From<RevealError> for Failure {
    fn from(error: RevealError) -> Self {
        match error {
            RevealError::NotFound => Self::Field(FieldCode::NotFound),
            RevealError::NoSuchVersion => invalid("error-credentials-version", "version"),
            RevealError::NotNow => refused(UserErrorCode::WrongState, "error-credentials-not-now"),
            RevealError::Fault(fault) => fault.into(),
        }
    }
}

impl From<TickError> for Failure {
    fn from(error: TickError) -> Self {
        match error {
            TickError::NotFound => Self::Field(FieldCode::NotFound),
            TickError::NoSuchStep => invalid("error-no-such-step", "key"),
            TickError::NotNow => refused(UserErrorCode::WrongState, "error-tick-not-now"),
            TickError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ConfirmError> for Failure {
    fn from(error: ConfirmError) -> Self {
        match error {
            ConfirmError::NotFound => Self::Field(FieldCode::NotFound),
            ConfirmError::WrongState(_) => wrong_state(),
            ConfirmError::OpenSteps(open) => Self::User(
                Refusal::new(UserErrorCode::OpenSteps, "error-open-steps")
                    .at(&["acknowledgeOpenSteps"])
                    .with("open", open),
            ),
            ConfirmError::Fault(fault) => fault.into(),
        }
    }
}

impl From<CancelError> for Failure {
    fn from(error: CancelError) -> Self {
        match error {
            CancelError::NotFound => Self::Field(FieldCode::NotFound),
            CancelError::WrongState(_) => wrong_state(),
            CancelError::Fault(fault) => fault.into(),
        }
    }
}
