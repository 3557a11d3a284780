//! Codes by mail: six digits, bound to an address and a purpose, five tries.

use std::time::Duration;

use entity::{kinds::Locale, user};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use super::{captcha, email::Email};
use crate::kernel::{
    Env, Fault,
    port::{Mail, MailError},
    words,
};

/// How long a code is good.
const LIFE: Duration = Duration::from_secs(10 * 60);
/// How long until the next may be asked for.
const PAUSE: Duration = Duration::from_secs(60);
/// How many an address gets in an hour.
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
    TooMany,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// What somebody who wants to sign up asks with.
pub struct RequestCode {
    /// The address to prove.
    pub email: String,
    /// The captcha.
    pub captcha: Uuid,
    /// What he read in it.
    pub answer: String,
    /// In which language to write to him.
    pub locale: Locale,
}

/// Mails a code for signing up. To an address that has an account goes a mail that says so; the caller is told the same either way.
pub async fn request(env: &Env, ask: &RequestCode) -> Result<(), RequestCodeError> {
    if !captcha::check(env, ask.captcha, &ask.answer).await? {
        return Err(RequestCodeError::Captcha);
    }
    let email = Email::parse(&ask.email).ok_or(RequestCodeError::BadAddress)?;
    let cache = env.cache();
    let waits = !cache
        .set_new(&format!("code-pause:{}", mark(env, &email)), b"", PAUSE)
        .await
        .map_err(Fault::from)?;
    if waits
        || cache
            .count(&format!("code-hour:{}", mark(env, &email)), HOUR)
            .await
            .map_err(Fault::from)?
            > HOURLY
    {
        return Err(RequestCodeError::TooMany);
    }
    let known = user::Entity::find()
        .filter(user::Column::EmailKey.eq(&email.key))
        .count(env.db())
        .await
        .map_err(Fault::from)?
        > 0;
    let code = format!("{:06}", rand::random_range(0..1_000_000));
    let name = if known { "mail-known" } else { "mail-code" };
    if !known {
        cache
            .set(&format!("code:{}", mark(env, &email)), &print(env, &email, &code), LIFE)
            .await
            .map_err(Fault::from)?;
        cache
            .delete(&format!("code-tries:{}", mark(env, &email)))
            .await
            .map_err(Fault::from)?;
    }
    let arguments = [("code", code)];
    let mail = Mail {
        to: email.shown,
        subject: words::say(ask.locale, &format!("{name}-subject"), &[]),
        body: words::say(ask.locale, &format!("{name}-body"), &arguments),
    };
    env.mailer().send(&mail).await.map_err(|error| match error {
        MailError::BadAddress => RequestCodeError::BadAddress,
        MailError::NotAccepted(why) => Fault::Unavailable(why).into(),
    })
}

/// Whether `code` proves the address. Each try is counted before it is compared; a right one is used up.
pub(super) async fn prove(env: &Env, email: &Email, code: &str) -> Result<bool, Fault> {
    let tries = env.cache().count(&format!("code-tries:{}", mark(env, email)), LIFE).await?;
    if tries > TRIES {
        return Ok(false);
    }
    let key = format!("code:{}", mark(env, email));
    let right = env
        .cache()
        .get(&key)
        .await?
        .is_some_and(|right| right == print(env, email, code.trim()));
    // Of many who come with the right code at once, one takes it.
    Ok(right && env.cache().take(&key).await?.is_some())
}

/// The address as the cache knows it.
fn mark(env: &Env, email: &Email) -> Uuid {
    let print = env.seal().fingerprint("email", email.key.as_bytes());
    Uuid::from_slice(&print[..16]).unwrap_or_default()
}

fn print(env: &Env, email: &Email, code: &str) -> Vec<u8> {
    env.seal().fingerprint("sign-up-code", format!("{}:{code}", email.key).as_bytes())
}
