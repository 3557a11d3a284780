use super::{Failure, FieldCode, Refusal, UserErrorCode};
use crate::market::{CreateError, attribute::AttributeError, browse::BrowseError, create::LIVE};

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
            CreateError::Attribute { key, why } => attribute(&key, why),
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

fn attribute(key: &str, why: AttributeError) -> Failure {
    let wrong = |words| {
        Refusal::new(UserErrorCode::InvalidInput, words)
            .at(&["attributes", key])
            .with("key", key)
    };
    Failure::User(match why {
        AttributeError::Unknown => wrong("error-attribute-unknown"),
        AttributeError::Twice => wrong("error-attribute-twice"),
        AttributeError::Missing => wrong("error-attribute-missing"),
        AttributeError::WrongKind => wrong("error-attribute-kind"),
        AttributeError::NoSuchChoice => wrong("error-attribute-choice"),
        AttributeError::OutOfRange { least, most } => wrong("error-attribute-range").with("least", least).with("most", most),
        AttributeError::Words(_) => wrong("error-attribute-words"),
        AttributeError::Fault(fault) => return fault.into(),
    })
}

impl From<BrowseError> for Failure {
    fn from(error: BrowseError) -> Self {
        match error {
            BrowseError::NotFound => Self::Field(FieldCode::NotFound),
            BrowseError::BadCursor(_) => Self::Request(Refusal::new(UserErrorCode::InvalidInput, "error-page").at(&["after"])),
            BrowseError::Fault(fault) => fault.into(),
        }
    }
}
