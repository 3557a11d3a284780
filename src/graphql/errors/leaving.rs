use super::{Failure, Refusal, UserErrorCode};
use crate::{
    account::ExportLinkError,
    closing::{CloseError, Obstacle},
};

impl From<CloseError> for Failure {
    fn from(error: CloseError) -> Self {
        match error {
            CloseError::NotHisName => Self::User(Refusal::new(UserErrorCode::InvalidInput, "error-close-name").at(&["username"])),
            CloseError::Open(obstacles) => {
                let refusals = obstacles
                    .into_iter()
                    .map(|obstacle| Refusal::new(UserErrorCode::OpenMatter, words(obstacle)));
                Self::Users(refusals.collect())
            }
            CloseError::Fault(fault) => fault.into(),
        }
    }
}

const fn words(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::Blacklisted => "error-close-blacklisted",
        Obstacle::Admin => "error-close-admin",
        Obstacle::Order => "error-close-order",
        Obstacle::Offer => "error-close-offer",
        Obstacle::Warranty => "error-close-warranty",
        Obstacle::Case => "error-close-case",
        Obstacle::Balance => "error-close-balance",
        Obstacle::Settling => "error-close-settling",
        Obstacle::Held => "error-close-held",
        Obstacle::Payment => "error-close-payment",
        Obstacle::Withdrawal => "error-close-withdrawal",
        Obstacle::Debt => "error-close-debt",
        Obstacle::Freeze => "error-close-freeze",
    }
}

impl From<ExportLinkError> for Failure {
    fn from(error: ExportLinkError) -> Self {
        match error {
            ExportLinkError::TooMany { seconds } => {
                let refusal = Refusal::new(UserErrorCode::LimitReached, "error-export-too-many");
                Self::User(refusal.with("most", crate::account::EXPORTS_A_DAY).with("seconds", seconds))
            }
            ExportLinkError::Fault(fault) => fault.into(),
        }
    }
}
