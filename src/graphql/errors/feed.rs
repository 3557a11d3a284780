use super::{Failure, FieldCode};
use crate::kernel::feed::FeedError;

impl From<FeedError> for Failure {
    fn from(error: FeedError) -> Self {
        match error {
            FeedError::Resync => Self::Field(FieldCode::ResyncRequired),
            FeedError::Fault(fault) => fault.into(),
        }
    }
}
