use super::{Failure, FieldCode, Refusal, UserErrorCode};
use crate::market::{CreateError, create::LIVE};

impl From<CreateError> for Failure {
    fn from(error: CreateError) -> Self {
        let invalid = |words, field| Self::User(Refusal::new(UserErrorCode::InvalidInput, words).at(&[field]));
        match error {
            CreateError::Title(_) => invalid("error-title", "title"),
            CreateError::Description(_) => invalid("error-description", "description"),
            CreateError::Price => invalid("error-price", "price"),
            CreateError::DeliveryHours => invalid("error-delivery-hours", "deliveryHours"),
            CreateError::WarrantyDays => invalid("error-warranty-days", "warrantyDays"),
            CreateError::ImageCount => invalid("error-image-count", "imageIds"),
            CreateError::Penalties(_) => invalid("error-penalties", "penalties"),
            CreateError::Bindings => invalid("error-bindings", "bindings"),
            CreateError::NoSuchGame | CreateError::NoSuchImage => Self::Field(FieldCode::NotFound),
            CreateError::ServerOfOther => invalid("error-no-such-server", "serverId"),
            CreateError::ImageNotUsable => {
                Self::User(Refusal::new(UserErrorCode::ImageNotUsable, "error-image-not-usable").at(&["imageIds"]))
            }
            CreateError::LimitReached => Self::User(Refusal::new(UserErrorCode::LimitReached, "error-live-listings").with("max", LIVE)),
            CreateError::KeyReused => {
                Self::User(Refusal::new(UserErrorCode::IdempotencyKeyReused, "error-key-reused").at(&["idempotencyKey"]))
            }
            CreateError::MayNotSell => Self::Field(FieldCode::Forbidden),
            CreateError::Fault(fault) => fault.into(),
        }
    }
}
