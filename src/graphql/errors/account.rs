use super::{Failure, Refusal, UserErrorCode};
use crate::account::{RefreshError, SignInError, SignUpError, code::RequestCodeError};

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
