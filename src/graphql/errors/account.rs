use super::{Failure, FieldCode, Refusal, UserErrorCode};
use crate::account::{
    ChangeEmailError, ChangePasswordError, ProveError, RefreshError, ResetPasswordError, SecondFactorError, SignInError, SignUpError,
    blocks::BlockError, code::RequestCodeError, profile::ProfileError, review_identity::ReviewIdentityError, verify_identity::VerifyError,
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
            RequestCodeError::TooMany { seconds } => limit("error-codes-too-many", seconds),
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
            SignInError::CaptchaRequired => Refusal::new(UserErrorCode::CaptchaRequired, "error-captcha-required").at(&["captchaId"]),
            SignInError::CaptchaWrong => Refusal::new(UserErrorCode::CaptchaWrong, "error-captcha-wrong").at(&["captchaAnswer"]),
            SignInError::SecondFactorRequired => {
                Refusal::new(UserErrorCode::SecondFactorRequired, "error-second-factor-required").at(&["secondFactor"])
            }
            SignInError::SecondFactorWrong => Refusal::new(UserErrorCode::CodeWrong, "error-second-factor-wrong").at(&["secondFactor"]),
            SignInError::TooMany { seconds } => limit("error-sign-in-too-many", seconds),
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
            VerifyError::NoSuchPhoto => return Self::Field(FieldCode::NotFound),
            VerifyError::PhotosMissing => Refusal::new(UserErrorCode::InvalidInput, "error-identity-photos").at(&["cardPhotoId"]),
            VerifyError::PhotoNotUsable => Refusal::new(UserErrorCode::ImageNotUsable, "error-image-not-usable").at(&["cardPhotoId"]),
            VerifyError::Looked => Refusal::new(UserErrorCode::WrongState, "error-identity-looked"),
            VerifyError::TooMany { seconds } => limit("error-tries-too-many", seconds),
            VerifyError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<ReviewIdentityError> for Failure {
    fn from(error: ReviewIdentityError) -> Self {
        let refused = |code, words| Self::User(Refusal::new(code, words));
        match error {
            ReviewIdentityError::NotFound => Self::Field(FieldCode::NotFound),
            ReviewIdentityError::Own => refused(UserErrorCode::OwnMatter, "error-identity-own"),
            ReviewIdentityError::Claimed { by } => {
                let by = by.unwrap_or_default();
                Self::User(Refusal::new(UserErrorCode::ClaimedByOther, "error-identity-claimed").with("by", by))
            }
            ReviewIdentityError::NotClaimed => refused(UserErrorCode::WrongState, "error-identity-not-claimed"),
            ReviewIdentityError::AlreadyDecided { by: Some(by) } => {
                Self::User(Refusal::new(UserErrorCode::AlreadyDecided, "error-identity-decided").with("by", by))
            }
            ReviewIdentityError::AlreadyDecided { by: None } => refused(UserErrorCode::WrongState, "error-identity-not-waiting"),
            ReviewIdentityError::Taken => refused(UserErrorCode::IdentityTaken, "error-identity-taken-elsewhere"),
            ReviewIdentityError::Reason(_) => Self::User(Refusal::new(UserErrorCode::InvalidInput, "error-review-reason").at(&["reason"])),
            ReviewIdentityError::Fault(fault) => fault.into(),
        }
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

/// Neither proof, or both.
pub fn one_proof() -> Failure {
    Failure::User(Refusal::new(UserErrorCode::InvalidInput, "error-one-proof").at(&["password"]))
}

impl From<ChangePasswordError> for Failure {
    fn from(error: ChangePasswordError) -> Self {
        Self::User(match error {
            ChangePasswordError::New(_) => Refusal::new(UserErrorCode::InvalidInput, "error-password").at(&["newPassword"]),
            ChangePasswordError::Old(ProveError::Wrong) => {
                Refusal::new(UserErrorCode::CredentialsWrong, "error-old-password-wrong").at(&["oldPassword"])
            }
            ChangePasswordError::Old(ProveError::TooMany { seconds }) => limit("error-tries-too-many", seconds),
            ChangePasswordError::Old(ProveError::Fault(fault)) | ChangePasswordError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<ResetPasswordError> for Failure {
    fn from(error: ResetPasswordError) -> Self {
        Self::User(match error {
            ResetPasswordError::Password(_) => Refusal::new(UserErrorCode::InvalidInput, "error-password").at(&["newPassword"]),
            ResetPasswordError::Code => Refusal::new(UserErrorCode::CodeWrong, "error-code-wrong").at(&["code"]),
            ResetPasswordError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<ChangeEmailError> for Failure {
    fn from(error: ChangeEmailError) -> Self {
        Self::User(match error {
            ChangeEmailError::Code => Refusal::new(UserErrorCode::CodeWrong, "error-code-wrong").at(&["code"]),
            ChangeEmailError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<SecondFactorError> for Failure {
    fn from(error: SecondFactorError) -> Self {
        Self::User(match error {
            SecondFactorError::WrongState => Refusal::new(UserErrorCode::WrongState, "error-second-factor-state"),
            SecondFactorError::Code => Refusal::new(UserErrorCode::CodeWrong, "error-second-factor-wrong").at(&["code"]),
            SecondFactorError::Needed => Refusal::new(UserErrorCode::WrongState, "error-second-factor-needed"),
            SecondFactorError::TooMany { seconds } => limit("error-tries-too-many", seconds),
            SecondFactorError::Fault(fault) => return fault.into(),
        })
    }
}

impl From<ProfileError> for Failure {
    fn from(error: ProfileError) -> Self {
        Self::User(match error {
            ProfileError::Nickname(_) => Refusal::new(UserErrorCode::InvalidInput, "error-nickname").at(&["nickname"]),
            ProfileError::Bio(_) => Refusal::new(UserErrorCode::InvalidInput, "error-bio").at(&["bio"]),
            ProfileError::Avatar => Refusal::new(UserErrorCode::ImageNotUsable, "error-image-not-usable").at(&["avatarId"]),
            ProfileError::NoSuchImage => return Self::Field(FieldCode::NotFound),
            ProfileError::Fault(fault) => return fault.into(),
        })
    }
}
