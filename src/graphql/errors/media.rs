use super::{super::scalars::DateTime, Failure, Refusal, UserErrorCode};
use crate::media::{UploadError, sanitise::Refused, upload::A_DAY};

impl From<UploadError> for Failure {
    fn from(error: UploadError) -> Self {
        match error {
            UploadError::Refused(why) => Self::User(Refusal::new(UserErrorCode::ImageRefused, words(why)).at(&["file"])),
            UploadError::LimitReached { again } => Self::User(
                Refusal::new(UserErrorCode::LimitReached, "error-upload-limit")
                    .with("max", A_DAY)
                    .with("again", DateTime(again)),
            ),
            UploadError::Fault(fault) => fault.into(),
        }
    }
}

const fn words(why: Refused) -> &'static str {
    match why {
        Refused::TooLarge => "error-image-too-large",
        Refused::UnknownType => "error-image-type",
        Refused::TooManyPixels => "error-image-pixels",
        Refused::Damaged => "error-image-damaged",
    }
}

/// The request names a file that it does not bring.
pub fn upload_missing() -> Failure {
    Failure::User(Refusal::new(UserErrorCode::InvalidInput, "error-upload-missing").at(&["file"]))
}
