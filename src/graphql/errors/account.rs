use super::{Failure, FieldCode, Refusal, UserErrorCode};
use crate::account::{
    ProveError, RefreshError, SignInError, SignUpError, blocks::BlockError, code::RequestCodeError, verify_identity::VerifyError,
};

/// A limit, and in how many seconds it is over.
fn limit(words: &'static str, seconds: u64) -> Refusal {
    Refusal::new(UserErrorCode::LimitReached, words).with("seconds", seconds)
}

impl From<RequestCodeError> for Failure {
    fn from(error: RequestCodeError) -> Self {
        Self::User(match error {
            RequestCodeError::Captcha => Refusal::new(UserErrorCode::CaptchaWrong, "error-captcha-wrong").at(&["captchaAnswer"]),
            RequestCodeError::BadAddress => Refusal::new(UserErrorCode::InvalidInput, "error-email").at(&["email"]),
            RequestCodeError::TooMany => Refusal::new(UserErrorCode::LimitReached, "error-codes-too-many"),
            RequestCodeError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<SignUpError> for Failure {
    fn from(error: SignUpError) -> Self {
        Self::User(match error {
            SignUpError::Name(_) => Refusal::new(UserErrorCode::InvalidInput, "error-username").at(&["username"]),
            SignUpError::Password(_) => Refusal::new(UserErrorCode::InvalidInput, "error-password").at(&["password"]),
            SignUpError::Code => Refusal::new(UserErrorCode::CodeWrong, "error-code-wrong").at(&["code"]),
            SignUpError::Taken => Refusal::new(UserErrorCode::UsernameTaken, "error-username-taken").at(&["username"]),
            SignUpError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<SignInError> for Failure {
    fn from(error: SignInError) -> Self {
        Self::User(match error {
            SignInError::Wrong => Refusal::new(UserErrorCode::CredentialsWrong, "error-credentials-wrong"),
            SignInError::TooMany => Refusal::new(UserErrorCode::LimitReached, "error-sign-in-too-many"),
            SignInError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<RefreshError> for Failure {
    fn from(error: RefreshError) -> Self {
        Self::User(match error {
            RefreshError::Ended => Refusal::new(UserErrorCode::SessionEnded, "error-session-ended"),
            RefreshError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<ProveError> for Failure {
    fn from(error: ProveError) -> Self {
        Self::User(match error {
            ProveError::Wrong => Refusal::new(UserErrorCode::CredentialsWrong, "error-proof-wrong"),
            ProveError::TooMany { seconds } => limit("error-tries-too-many", seconds),
            ProveError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<VerifyError> for Failure {
    fn from(error: VerifyError) -> Self {
        Self::User(match error {
            VerifyError::Name => Refusal::new(UserErrorCode::InvalidInput, "error-identity-name").at(&["name"]),
            VerifyError::Number(_) => Refusal::new(UserErrorCode::IdentityRefused, "error-identity-number").at(&["number"]),
            VerifyError::Minor => Refusal::new(UserErrorCode::IdentityRefused, "error-identity-minor").at(&["number"]),
            VerifyError::Already => Refusal::new(UserErrorCode::WrongState, "error-identity-already"),
            VerifyError::Taken => Refusal::new(UserErrorCode::IdentityTaken, "error-identity-taken").at(&["number"]),
            VerifyError::TooMany { seconds } => limit("error-tries-too-many", seconds),
            VerifyError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<BlockError> for Failure {
    fn from(error: BlockError) -> Self {
        match error {
            BlockError::NotFound => Self::Field(FieldCode::NotFound),
            BlockError::Oneself => Self::User(Refusal::new(UserErrorCode::OwnMatter, "error-block-oneself").at(&["userId"])),
            BlockError::Fault(fault) => fault.into(),
        }
    }
}
