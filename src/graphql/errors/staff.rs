use super::{Failure, Refusal, UserErrorCode};
use crate::staff::figures::FiguresError;

impl From<FiguresError> for Failure {
    fn from(error: FiguresError) -> Self {
        match error {
            FiguresError::Time => Self::Request(Refusal::new(UserErrorCode::InvalidInput, "error-figures-time").at(&["from"])),
            FiguresError::Fault(fault) => fault.into(),
        }
    }
}
