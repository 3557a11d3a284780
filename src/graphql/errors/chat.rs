use super::{Failure, FieldCode, Refusal, UserErrorCode};
use crate::chat::{
    ReadError, RecallError, SearchError, SendError,
    send::{A_MINUTE, BEGUN_A_DAY},
};

impl From<SendError> for Failure {
    fn from(error: SendError) -> Self {
        let refused = |code, words| Refusal::new(code, words);
        Self::User(match error {
            SendError::NotFound => return Self::Field(FieldCode::NotFound),
            SendError::MayNotWrite => return Self::Field(FieldCode::Blacklisted),
            SendError::Oneself => refused(UserErrorCode::OwnMatter, "error-chat-oneself").at(&["to"]),
            SendError::ReceiverNotAvailable => refused(UserErrorCode::ReceiverNotAvailable, "error-chat-receiver").at(&["to"]),
            SendError::Text(_) => refused(UserErrorCode::InvalidInput, "error-chat-text").at(&["text"]),
            SendError::Empty => refused(UserErrorCode::InvalidInput, "error-chat-empty").at(&["text"]),
            SendError::ImageCount => refused(UserErrorCode::InvalidInput, "error-chat-images").at(&["imageIds"]),
            SendError::ImageNotUsable => refused(UserErrorCode::ImageNotUsable, "error-image-not-usable").at(&["imageIds"]),
            SendError::TooFast { seconds } => refused(UserErrorCode::LimitReached, "error-chat-too-fast")
                .with("max", A_MINUTE)
                .with("seconds", seconds),
            SendError::TooManyNew { minutes } => refused(UserErrorCode::LimitReached, "error-chat-too-many-new")
                .at(&["to"])
                .with("max", BEGUN_A_DAY)
                .with("minutes", minutes),
            SendError::ClientIdReused => refused(UserErrorCode::IdempotencyKeyReused, "error-chat-client-id").at(&["clientId"]),
            SendError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::Field(FieldCode::NotFound),
            ReadError::NoSuchLine => Self::User(Refusal::new(UserErrorCode::InvalidInput, "error-chat-seq").at(&["seq"])),
            ReadError::Fault(fault) => fault.into(),
        }
    }
}

impl From<RecallError> for Failure {
    fn from(error: RecallError) -> Self {
        match error {
            RecallError::NotFound => Self::Field(FieldCode::NotFound),
            RecallError::TooLate => Self::User(Refusal::new(UserErrorCode::WrongState, "error-chat-recall").at(&["id"])),
            RecallError::Fault(fault) => fault.into(),
        }
    }
}

impl From<SearchError> for Failure {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Text(_) | SearchError::TooMany => {
                Self::Request(Refusal::new(UserErrorCode::InvalidInput, "error-chat-search").at(&["words"]))
            }
            SearchError::NotFound => Self::Field(FieldCode::NotFound),
            SearchError::Fault(fault) => fault.into(),
        }
    }
}
