//! The closed lists of what can go wrong, as clients see them. Each domain's errors are mapped in a file of their own, none by `_`.

use async_graphql::{Context, Enum, Error, SimpleObject};

use super::{context::Ask, said::Said};
use crate::kernel::{Fault, policy::Denied, words};

mod account;
mod case;
mod catalogue;
mod chat;
mod deal;
mod feed;
mod leaving;
mod market;
mod media;
mod moderation;
mod notification;
mod order;
mod refusal;
mod staff;
mod wallet;
mod wallet_care;

pub use account::one_proof;
pub use market::not_submitted;
pub use media::upload_missing;

/// What a person can mend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum UserErrorCode {
    /// A value is not allowed; the message says what is.
    InvalidInput,
    /// The captcha was answered wrongly, used before, or has expired: ask for a new one.
    CaptchaWrong,
    /// Answer a captcha to go on.
    CaptchaRequired,
    /// The code is wrong, used or expired.
    CodeWrong,
    /// Name, password or proof are wrong.
    CredentialsWrong,
    /// The password is right; send a code of your second factor along.
    SecondFactorRequired,
    /// Somebody has this username.
    UsernameTaken,
    /// The refresh token is spent, expired or ended: sign in again.
    SessionEnded,
    /// The real name must be verified first.
    VerificationRequired,
    /// Prove first, by password or second factor (`sessionProve`), that it is you.
    FreshProofRequired,
    /// The ID number is not one, or not of an adult.
    IdentityRefused,
    /// This person is verified under another account.
    IdentityTaken,
    /// The image cannot be used: type, size or content.
    ImageRefused,
    /// An image is not yours, of another purpose, or in use.
    ImageNotUsable,
    /// The listing cannot be bought.
    ListingNotAvailable,
    /// Price or content changed since you looked.
    PriceChanged,
    /// One cannot deal with oneself.
    OwnMatter,
    /// Somebody else has decided already.
    AlreadyDecided,
    /// Another admin looks at it; the message says who.
    ClaimedByOther,
    /// What was asked does not fit the present state.
    WrongState,
    /// Steps of the checklist are open: tick them, or say that you know.
    OpenSteps,
    /// The balance is too low.
    InsufficientFunds,
    /// Your wallet is frozen: money comes in, but does not go out.
    WalletFrozen,
    /// You owe something; what comes into your wallet pays it first.
    DebtOpen,
    /// A limit is reached; the message says when again.
    LimitReached,
    /// The key was used for something else.
    IdempotencyKeyReused,
    /// The bank does not answer; nothing was taken.
    BankUnavailable,
    /// The other side cannot be written to.
    ReceiverNotAvailable,
    /// Something is open that has to end first.
    OpenMatter,
    /// Others use what would go; the message says what.
    InUse,
}

/// Something the caller can mend. Nothing was written.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct UserError {
    /// What went wrong, for programs.
    pub code: UserErrorCode,
    /// The input field it is about, as a path.
    pub field: Option<Vec<String>>,
    /// What went wrong and what to do, in the reader's language.
    pub message: String,
}

/// What fails a field, or a whole request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldCode {
    /// Sign in first.
    Unauthenticated,
    /// Not for you.
    Forbidden,
    /// Not for a blacklisted user.
    Blacklisted,
    /// There is no such thing for you.
    NotFound,
    /// Too often.
    RateLimited,
    /// Away for the moment.
    Unavailable,
    /// A defect of ours.
    Internal,
    /// The cursor leads nowhere: read anew.
    ResyncRequired,
}

impl FieldCode {
    /// The code in `extensions.code`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::Blacklisted => "BLACKLISTED",
            Self::NotFound => "NOT_FOUND",
            Self::RateLimited => "RATE_LIMITED",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL_SERVER_ERROR",
            Self::ResyncRequired => "RESYNC_REQUIRED",
        }
    }

    /// What it says to strangers.
    #[must_use]
    pub const fn said(self) -> Said {
        Said::new(match self {
            Self::Unauthenticated => "field-unauthenticated",
            Self::Forbidden => "field-forbidden",
            Self::Blacklisted => "field-blacklisted",
            Self::NotFound => "field-not-found",
            Self::RateLimited => "field-rate-limited",
            Self::Unavailable => "field-unavailable",
            Self::Internal => "field-internal",
            Self::ResyncRequired => "field-resync-required",
        })
    }
}

/// A refusal with the name of its words and their arguments.
#[derive(Debug, Clone)]
pub struct Refusal {
    code: UserErrorCode,
    field: Vec<String>,
    words: &'static str,
    arguments: Vec<(&'static str, String)>,
}

impl Refusal {
    /// A refusal that says the message `words` of `errors.ftl`.
    #[must_use]
    pub const fn new(code: UserErrorCode, words: &'static str) -> Self {
        Self {
            code,
            field: Vec::new(),
            words,
            arguments: Vec::new(),
        }
    }

    /// About this input field.
    #[must_use]
    pub fn at(mut self, field: &[&str]) -> Self {
        self.field = field.iter().map(|part| (*part).to_owned()).collect();
        self
    }

    /// With an argument for its words.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.arguments.push((name, value.to_string()));
        self
    }

    /// As an entry of `userErrors`.
    fn told(self, ctx: &Context<'_>) -> UserError {
        let message = words::say(ctx.locale(), self.words, &self.arguments);
        let field = (!self.field.is_empty()).then_some(self.field);
        UserError {
            code: self.code,
            field,
            message,
        }
    }

    /// As what fails a field.
    fn error(self) -> Error {
        Said::of(self.words, self.arguments).error("BAD_USER_INPUT")
    }
}

/// Why a resolver gives no plain answer.
#[derive(Debug, Clone)]
pub enum Failure {
    /// The field fails.
    Field(FieldCode),
    /// The caller can mend it; for mutations, in `userErrors`.
    User(Refusal),
    /// The caller can mend it, and there is more than one thing to mend.
    Users(Vec<Refusal>),
    /// The arguments of a query are wrong; the field fails with words that say how.
    Request(Refusal),
}

impl From<Denied> for Failure {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Unauthenticated => Self::Field(FieldCode::Unauthenticated),
            Denied::Blacklisted => Self::Field(FieldCode::Blacklisted),
            Denied::Forbidden => Self::Field(FieldCode::Forbidden),
            Denied::Unverified => Self::User(Refusal::new(UserErrorCode::VerificationRequired, "error-verification-required")),
            Denied::Unproven => Self::User(Refusal::new(UserErrorCode::FreshProofRequired, "error-fresh-proof-required")),
        }
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Unavailable(cause) => {
                tracing::warn!(%cause, "unavailable");
                Self::Field(FieldCode::Unavailable)
            }
            Fault::Internal(cause) => {
                tracing::error!(%cause, "a defect");
                Self::Field(FieldCode::Internal)
            }
        }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Field(code) => code.said().error(code.as_str()),
            Failure::User(refusal) | Failure::Request(refusal) => refusal.error(),
            Failure::Users(refusals) => match refusals.into_iter().next() {
                Some(first) => first.error(),
                None => FieldCode::Internal.said().error(FieldCode::Internal.as_str()),
            },
        }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Failure::from(fault).into()
    }
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        Failure::from(denied).into()
    }
}

/// What a mutation answers: the changed object or user errors.
pub trait Payload: Sized {
    /// The changed object.
    type Of;
    /// It was done.
    fn done(of: Self::Of) -> Self;
    /// It was refused.
    fn refused(errors: Vec<UserError>) -> Self;
}

/// Turns what a use-case said into what a mutation answers.
pub fn payload<P: Payload>(ctx: &Context<'_>, outcome: Result<P::Of, Failure>) -> async_graphql::Result<Option<P>> {
    match outcome {
        Ok(of) => Ok(Some(P::done(of))),
        Err(Failure::User(refusal)) => Ok(Some(P::refused(vec![refusal.told(ctx)]))),
        Err(Failure::Users(refusals)) => Ok(Some(P::refused(refusals.into_iter().map(|refusal| refusal.told(ctx)).collect()))),
        Err(failure) => Err(failure.into()),
    }
}

/// Declares a payload: its object's field, nullable, and `userErrors`.
#[macro_export]
macro_rules! payload_type {
    ($(#[$doc:meta])* $name:ident { $(#[$fdoc:meta])* $field:ident: $of:ty }) => {
        $(#[$doc])*
        #[derive(async_graphql::SimpleObject)]
        #[graphql(serial)]
        pub struct $name {
            $(#[$fdoc])*
            pub $field: Option<$of>,
            /// What the caller can mend. Empty when it was done.
            pub user_errors: Vec<$crate::graphql::errors::UserError>,
        }

        impl $crate::graphql::errors::Payload for $name {
            type Of = $of;
            fn done(of: $of) -> Self {
                Self { $field: Some(of), user_errors: Vec::new() }
            }
            fn refused(user_errors: Vec<$crate::graphql::errors::UserError>) -> Self {
                Self { $field: None, user_errors }
            }
        }
    };
}
