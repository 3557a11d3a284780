use super::{Failure, FieldCode, Refusal, UserErrorCode};
use crate::wallet::{
    deposit::{CreateError, OPEN as OPEN_DEPOSITS},
    payout_account::{ACCOUNTS, AddError, RemoveError},
    withdrawal::{ApproveError, OPEN as OPEN_WITHDRAWALS, RejectError, RequestError, TakeBackError},
};

const fn refused(code: UserErrorCode, words: &'static str) -> Refusal {
    Refusal::new(code, words)
}

fn key_reused() -> Refusal {
    refused(UserErrorCode::IdempotencyKeyReused, "error-key-reused").at(&["idempotencyKey"])
}

fn decided(by: Option<String>) -> Refusal {
    match by {
        Some(by) => refused(UserErrorCode::AlreadyDecided, "error-withdrawal-decided").with("by", by),
        None => refused(UserErrorCode::WrongState, "error-withdrawal-not-waiting"),
    }
}

fn claimed(by: String) -> Refusal {
    refused(UserErrorCode::ClaimedByOther, "error-difference-claimed").with("by", by)
}

impl From<CreateError> for Failure {
    fn from(error: CreateError) -> Self {
        Self::User(match error {
            CreateError::Amount { least, most } => refused(UserErrorCode::InvalidInput, "error-deposit-amount")
                .at(&["amount"])
                .with("least", least)
                .with("most", most),
            CreateError::TooManyOpen { again } => refused(UserErrorCode::LimitReached, "error-deposits-open")
                .with("max", OPEN_DEPOSITS)
                .with("again", super::super::scalars::DateTime(again)),
            CreateError::KeyReused => key_reused(),
            CreateError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<AddError> for Failure {
    fn from(error: AddError) -> Self {
        Self::User(match error {
            AddError::Number => refused(UserErrorCode::InvalidInput, "error-payout-number").at(&["number"]),
            AddError::Known => refused(UserErrorCode::InvalidInput, "error-payout-known").at(&["number"]),
            AddError::TooMany => refused(UserErrorCode::LimitReached, "error-payout-accounts").with("max", ACCOUNTS),
            AddError::NoName => refused(UserErrorCode::VerificationRequired, "error-verification-required"),
            AddError::KeyReused => key_reused(),
            AddError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<RemoveError> for Failure {
    fn from(error: RemoveError) -> Self {
        match error {
            RemoveError::NotFound => Self::Field(FieldCode::NotFound),
            RemoveError::Fault(fault) => fault.into(),
        }
    }
}

impl From<RequestError> for Failure {
    fn from(error: RequestError) -> Self {
        Self::User(match error {
            RequestError::Amount { least, most } => refused(UserErrorCode::InvalidInput, "error-withdrawal-amount")
                .at(&["amount"])
                .with("least", least)
                .with("most", most),
            RequestError::NoSuchAccount => return Self::Field(FieldCode::NotFound),
            RequestError::Frozen => refused(UserErrorCode::WalletFrozen, "error-wallet-frozen"),
            RequestError::InDebt => refused(UserErrorCode::DebtOpen, "error-debt-open"),
            RequestError::Insufficient => refused(UserErrorCode::InsufficientFunds, "error-insufficient-funds").at(&["amount"]),
            RequestError::OverADay { most, left, again } => refused(UserErrorCode::LimitReached, "error-withdrawal-day")
                .at(&["amount"])
                .with("most", most)
                .with("left", left)
                .with("again", super::super::scalars::DateTime(again)),
            RequestError::TooManyOpen => refused(UserErrorCode::LimitReached, "error-withdrawals-open").with("max", OPEN_WITHDRAWALS),
            RequestError::KeyReused => key_reused(),
            RequestError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<TakeBackError> for Failure {
    fn from(error: TakeBackError) -> Self {
        Self::User(match error {
            TakeBackError::NotFound => return Self::Field(FieldCode::NotFound),
            TakeBackError::TooLate => refused(UserErrorCode::WrongState, "error-withdrawal-too-late"),
            TakeBackError::KeyReused => key_reused(),
            TakeBackError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<ApproveError> for Failure {
    fn from(error: ApproveError) -> Self {
        Self::User(match error {
            ApproveError::NotFound => return Self::Field(FieldCode::NotFound),
            ApproveError::Own => refused(UserErrorCode::OwnMatter, "error-own-withdrawal"),
            ApproveError::NeedsAnother => refused(UserErrorCode::OwnMatter, "error-withdrawal-needs-another"),
            ApproveError::Claimed { by } => claimed(by),
            ApproveError::AlreadyDecided { by } => decided(by),
            ApproveError::KeyReused => key_reused(),
            ApproveError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<RejectError> for Failure {
    fn from(error: RejectError) -> Self {
        Self::User(match error {
            RejectError::Reason(_) => refused(UserErrorCode::InvalidInput, "error-review-reason").at(&["reason"]),
            RejectError::NotFound => return Self::Field(FieldCode::NotFound),
            RejectError::Own => refused(UserErrorCode::OwnMatter, "error-own-withdrawal"),
            RejectError::Claimed { by } => claimed(by),
            RejectError::AlreadyDecided { by } => decided(by),
            RejectError::KeyReused => key_reused(),
            RejectError::Fault(fault) => return fault.into(),
        })
    }
}
