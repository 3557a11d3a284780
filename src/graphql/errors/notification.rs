use super::{Failure, FieldCode};
use crate::notification::ReadError;

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::Field(FieldCode::NotFound),
            ReadError::Fault(fault) => fault.into(),
        }
    }
}
