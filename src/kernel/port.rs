//! The traits that the outside world implements for us. `infra` has the embedded and the production forms.

mod bank;
mod bus;
mod cache;
mod captcha;
mod mail;
mod password;
mod seal;
mod storage;

pub use bank::{
    Bank, BankAnswer, BankChange, BankError, BankEvent, BankEventKind, BankSubject, PaymentAsk, PaymentOpened, PaymentState, PayoutAsk,
    PayoutState, WebhookRefused,
};
pub use bus::{Bus, Wake};
pub use cache::{Bucket, Cache, CacheError, Poured};
pub use captcha::CaptchaPainter;
pub use mail::{Mail, MailError, Mailer};
pub use password::{HashError, PasswordHasher};
pub use seal::{Seal, SealError, Sealed};
pub use storage::{Storage, StorageError};
