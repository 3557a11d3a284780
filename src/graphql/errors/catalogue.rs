use super::{Failure, FieldCode, Refusal, UserErrorCode};
use crate::market::catalogue::edit::CatalogueError;

impl From<CatalogueError> for Failure {
    fn from(error: CatalogueError) -> Self {
        let invalid = |words, field: &[&str]| Self::User(Refusal::new(UserErrorCode::InvalidInput, words).at(field));
        match error {
            CatalogueError::NotFound => Self::Field(FieldCode::NotFound),
            CatalogueError::Slug => invalid("error-catalogue-slug", &["slug"]),
            CatalogueError::Name => invalid("error-catalogue-name", &["change", "name"]),
            CatalogueError::Aliases => invalid("error-catalogue-aliases", &["change", "aliases"]),
            CatalogueError::Fee => invalid("error-catalogue-fee", &["change", "feeBasisPoints"]),
            CatalogueError::Position => invalid("error-catalogue-position", &["change", "position"]),
            CatalogueError::Key => invalid("error-catalogue-key", &["key"]),
            CatalogueError::Checklist => invalid("error-catalogue-checklist", &["change", "checklist"]),
            CatalogueError::Choices => invalid("error-catalogue-choices", &["change", "choices"]),
            CatalogueError::Range => invalid("error-catalogue-range", &["change", "least"]),
            CatalogueError::Unit => invalid("error-catalogue-unit", &["change", "unit"]),
            CatalogueError::Icon => {
                Self::User(Refusal::new(UserErrorCode::ImageNotUsable, "error-image-not-usable").at(&["change", "iconId"]))
            }
            CatalogueError::InUse(what) => Self::User(Refusal::new(UserErrorCode::InUse, "error-catalogue-in-use").with("what", what)),
            CatalogueError::Fault(fault) => fault.into(),
        }
    }
}
