use entity::kinds::ListingState;

use super::{Failure, FieldCode, Refusal, UserErrorCode};
use crate::market::{
    ChangeError, CreateError, DraftError, ShelveError,
    attribute::AttributeError,
    browse::BrowseError,
    create::{DRAFTS, LIVE},
    favourite::{FavouriteError, MOST},
    state::NotNow,
};

impl From<CreateError> for Failure {
    fn from(error: CreateError) -> Self {
        match error {
            CreateError::Draft(error) => draft(error, &[]),
            CreateError::LimitReached => live_listings(),
            CreateError::TooManyDrafts => Self::User(Refusal::new(UserErrorCode::LimitReached, "error-drafts").with("max", DRAFTS)),
            CreateError::KeyReused => {
                Self::User(Refusal::new(UserErrorCode::IdempotencyKeyReused, "error-key-reused").at(&["idempotencyKey"]))
            }
            CreateError::Gone => Self::Field(FieldCode::NotFound),
            CreateError::MayNotSell => Self::Field(FieldCode::Forbidden),
            CreateError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ChangeError> for Failure {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::NotFound => Self::Field(FieldCode::NotFound),
            ChangeError::Changed => Self::User(Refusal::new(UserErrorCode::PriceChanged, "error-listing-seen").at(&["seenVersion"])),
            ChangeError::NotNow(now) => not_now(now),
            ChangeError::Draft(error) => draft(error, &["change"]),
            ChangeError::LimitReached => live_listings(),
            ChangeError::MayNotSell => Self::Field(FieldCode::Forbidden),
            ChangeError::Fault(fault) => fault.into(),
        }
    }
}

/// Why a listing was not sent to review: what is missing is a field of the listing, not of the input.
pub fn not_submitted(error: ChangeError) -> Failure {
    match error {
        ChangeError::Draft(error) => draft(error, &[]),
        error @ (ChangeError::NotFound
        | ChangeError::Changed
        | ChangeError::NotNow(_)
        | ChangeError::LimitReached
        | ChangeError::MayNotSell
        | ChangeError::Fault(_)) => error.into(),
    }
}

impl From<ShelveError> for Failure {
    fn from(error: ShelveError) -> Self {
        match error {
            ShelveError::NotFound => Self::Field(FieldCode::NotFound),
            ShelveError::NotNow(now) => not_now(now),
            ShelveError::OnRecord => Self::User(Refusal::new(UserErrorCode::WrongState, "error-listing-on-record")),
            ShelveError::MayNotSell => Self::Field(FieldCode::Forbidden),
            ShelveError::Fault(fault) => fault.into(),
        }
    }
}

impl From<FavouriteError> for Failure {
    fn from(error: FavouriteError) -> Self {
        match error {
            FavouriteError::NotFound => Self::Field(FieldCode::NotFound),
            FavouriteError::Own => Self::User(Refusal::new(UserErrorCode::OwnMatter, "error-favourite-own").at(&["listingId"])),
            FavouriteError::LimitReached => Self::User(Refusal::new(UserErrorCode::LimitReached, "error-favourites").with("max", MOST)),
            FavouriteError::Fault(fault) => fault.into(),
        }
    }
}

fn live_listings() -> Failure {
    Failure::User(Refusal::new(UserErrorCode::LimitReached, "error-live-listings").with("max", LIVE))
}

/// What was asked does not fit where the listing stands; the words say where that is.
pub(super) fn not_now(NotNow(state): NotNow) -> Failure {
    let words = match state {
        ListingState::Draft => "error-listing-state-draft",
        ListingState::InReview => "error-listing-state-in-review",
        ListingState::OnSale => "error-listing-state-on-sale",
        ListingState::OffShelf => "error-listing-state-off-shelf",
        ListingState::Rejected => "error-listing-state-rejected",
        ListingState::Reserved => "error-listing-state-reserved",
        ListingState::Sold => "error-listing-state-sold",
        ListingState::Removed => "error-listing-state-removed",
    };
    Failure::User(Refusal::new(UserErrorCode::WrongState, words))
}

/// What is wrong with what a seller says, at its field below `within`.
fn draft(error: DraftError, within: &[&str]) -> Failure {
    let refused = |code, words, field: &str| Failure::User(Refusal::new(code, words).at(&[within, &[field]].concat()));
    let invalid = |words, field: &str| refused(UserErrorCode::InvalidInput, words, field);
    match error {
        DraftError::Title(_) => invalid("error-title", "title"),
        DraftError::Description(_) => invalid("error-description", "description"),
        DraftError::Price => invalid("error-price", "price"),
        DraftError::DeliveryHours => invalid("error-delivery-hours", "deliveryHours"),
        DraftError::WarrantyDays => invalid("error-warranty-days", "warrantyDays"),
        DraftError::ImageCount => invalid("error-image-count", "imageIds"),
        DraftError::Penalties(_) => invalid("error-penalties", "penalties"),
        DraftError::Bindings => invalid("error-bindings", "bindings"),
        DraftError::Attribute { key, why } => attribute(&key, why, &[within, &["attributes", &key]].concat()),
        DraftError::NoSuchGame | DraftError::NoSuchImage => Failure::Field(FieldCode::NotFound),
        DraftError::ServerOfOther => invalid("error-no-such-server", "serverId"),
        DraftError::ImageNotUsable => refused(UserErrorCode::ImageNotUsable, "error-image-not-usable", "imageIds"),
        DraftError::Fault(fault) => fault.into(),
    }
}

fn attribute(key: &str, why: AttributeError, path: &[&str]) -> Failure {
    let wrong = |words| Refusal::new(UserErrorCode::InvalidInput, words).at(path).with("key", key);
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
            BrowseError::Words(_) => {
                Self::Request(Refusal::new(UserErrorCode::InvalidInput, "error-search-words").at(&["filter", "words"]))
            }
            BrowseError::NoGame => {
                Self::Request(Refusal::new(UserErrorCode::InvalidInput, "error-filter-game").at(&["filter", "attributes"]))
            }
            BrowseError::NoSuchAttribute(key) => {
                let refusal = Refusal::new(UserErrorCode::InvalidInput, "error-filter-attribute");
                Self::Request(refusal.at(&["filter", "attributes", &key]).with("key", &key))
            }
            BrowseError::BadCursor(_) => Self::Request(Refusal::new(UserErrorCode::InvalidInput, "error-page").at(&["after"])),
            BrowseError::Fault(fault) => fault.into(),
        }
    }
}
