//! Codes by mail: six digits, bound to an address and a purpose, five tries.

use std::time::Duration;

use entity::{
    kinds::Locale,
    user,
    value::{Time, UserId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{
    captcha::{self, Answer},
    email::Email,
    letter,
    throttle::{self, Throttled},
};
use crate::kernel::{Env, Fault, port::MailError};

/// How long a code is good.
const MINUTES: i64 = 10;
const LIFE: Duration = Duration::from_secs(10 * 60);
/// How long until the next may be asked for, for the same purpose.
const PAUSE: Duration = Duration::from_secs(60);
/// How many an address gets in an hour, for all purposes.
const HOURLY: u64 = 5;
const HOUR: Duration = Duration::from_secs(60 * 60);
/// How often a code may be tried.
const TRIES: u64 = 5;

/// Why no code was sent.
#[derive(Debug, thiserror::Error)]
pub enum RequestCodeError {
    /// The captcha was answered wrongly, used or has expired.
    #[error("wrong captcha")]
    Captcha,
    /// The address is none.
    #[error("not a mail address")]
    BadAddress,
    /// Too soon after the last one, or too many in an hour.
    #[error("too many codes")]
    TooMany {
        /// Seconds until the next may be asked for.
        seconds: u64,
    },
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<Throttled> for RequestCodeError {
    fn from(throttled: Throttled) -> Self {
        match throttled {
            Throttled::Wait { seconds } => Self::TooMany { seconds },
            Throttled::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// What a code is for. One for another purpose proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To sign up with an address that nobody has.
    SignUp,
    /// To choose a new password for the account of an address.
    Reset,
    /// To bind another address to this user's account.
    NewAddress(UserId),
}

impl Purpose {
    fn name(self) -> String {
        match self {
            Self::SignUp => "sign-up".to_owned(),
            Self::Reset => "reset".to_owned(),
            Self::NewAddress(user) => format!("new-address:{user}"),
        }
    }

    /// The name of the mail, whether or not the address has an account; and whether it brings a code that works.
    const fn letter(self, known: bool) -> (&'static str, bool) {
        match (self, known) {
            (Self::SignUp, false) => ("code", true),
            (Self::SignUp, true) => ("known", false),
            (Self::Reset, true) => ("reset", true),
            (Self::Reset, false) => ("unknown", false),
            (Self::NewAddress(_), false) => ("new-address", true),
            (Self::NewAddress(_), true) => ("address-taken", false),
        }
    }
}

/// What somebody asks for a code with.
pub struct RequestCode {
    /// What for.
    pub purpose: Purpose,
    /// The address to prove.
    pub email: String,
    /// The answered captcha.
    pub captcha: Answer,
    /// In which language to write to him.
    pub locale: Locale,
}

/// Mails a code. If the address has an account and should not, or has none and should, the mail says so instead; the caller is told the same and
/// the same is done either way.
pub async fn request(env: &Env, ask: &RequestCode) -> Result<(), RequestCodeError> {
    if !captcha::check(env, &ask.captcha).await? {
        return Err(RequestCodeError::Captcha);
    }
    let email = Email::parse(&ask.email).ok_or(RequestCodeError::BadAddress)?;
    let address = mark(env, &email);
    let slot = format!("{}:{address}", ask.purpose.name());
    throttle::ration(env, &format!("code:{slot}"), 1, PAUSE).await?;
    throttle::ration(env, &format!("codes:{address}"), HOURLY, HOUR).await?;
    let known = user::Entity::find()
        .filter(user::Column::EmailKey.eq(&email.key))
        .one(env.db())
        .await
        .map_err(Fault::from)?
        .is_some();
    let (name, works) = ask.purpose.letter(known);
    let code = format!("{:06}", rand::random_range(0..1_000_000));
    // Where no code may work, something lies that no code has as its print.
    let print = if works {
        print(env, ask.purpose, &email, &code)
    } else {
        rand::random::<[u8; 32]>().to_vec()
    };
    let cache = env.cache();
    // The end by our clock lies beside it: the cache, whose time is its own, only keeps it so long.
    let kept = [print, env.now().plus_minutes(MINUTES).0.to_be_bytes().to_vec()].concat();
    cache.set(&format!("code:{slot}"), &kept, LIFE).await.map_err(Fault::from)?;
    cache.delete(&format!("code-tries:{slot}")).await.map_err(Fault::from)?;
    let mail = letter::write(&email.shown, ask.locale, name, &[("code", code)]);
    env.mailer().send(&mail).await.map_err(|error| match error {
        MailError::BadAddress => RequestCodeError::BadAddress,
        MailError::NotAccepted(why) => Fault::Unavailable(why).into(),
    })
}

/// Whether `code` proves the address for this purpose. Each try is counted before it is compared; a right one is used up.
pub(super) async fn prove(env: &Env, purpose: Purpose, email: &Email, code: &str) -> Result<bool, Fault> {
    let slot = format!("{}:{}", purpose.name(), mark(env, email));
    let tries = env.cache().count(&format!("code-tries:{slot}"), LIFE).await?;
    if tries > TRIES {
        return Ok(false);
    }
    let key = format!("code:{slot}");
    let right = env
        .cache()
        .get(&key)
        .await?
        .is_some_and(|kept| is_code(&kept, &print(env, purpose, email, code.trim()), env.now()));
    // Of many who come with the right code at once, one takes it.
    Ok(right && env.cache().take(&key).await?.is_some())
}

/// Whether this is the code that was kept, and not too late.
fn is_code(kept: &[u8], print: &[u8], now: Time) -> bool {
    kept.split_last_chunk::<8>()
        .is_some_and(|(right, ends)| right == print && now < Time(i64::from_be_bytes(*ends)))
}

/// The address as the cache knows it.
fn mark(env: &Env, email: &Email) -> Uuid {
    let print = env.seal().fingerprint("email", email.key.as_bytes());
    Uuid::from_slice(&print[..16]).unwrap_or_default()
}

fn print(env: &Env, purpose: Purpose, email: &Email, code: &str) -> Vec<u8> {
    env.seal()
        .fingerprint("mail-code", format!("{}:{}:{code}", purpose.name(), email.key).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_right_until_its_end() {
        let kept = [b"print".as_slice(), &1_000_i64.to_be_bytes()].concat();
        for (print, now, right) in [("print", 999, true), ("print", 1_000, false), ("prin", 999, false)] {
            assert_eq!(is_code(&kept, print.as_bytes(), Time(now)), right, "{print} at {now}");
        }
        assert!(!is_code(b"print", b"print", Time(0)));
    }

    #[test]
    fn each_purpose_tells_an_address_of_its_own_and_only_the_fitting_one_gets_a_code() {
        let user = UserId::new();
        let mut letters = Vec::new();
        for (purpose, for_known) in [(Purpose::SignUp, false), (Purpose::Reset, true), (Purpose::NewAddress(user), false)] {
            for known in [false, true] {
                let (name, works) = purpose.letter(known);
                assert_eq!(works, known == for_known, "{purpose:?}");
                letters.push(name);
            }
        }
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), 6);
    }
}
