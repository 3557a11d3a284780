//! Captchas: a speed bump before mail is sent. Good for one look.

use std::time::Duration;

use entity::value::Time;
use uuid::Uuid;

use crate::{
    config,
    kernel::{Env, Fault},
};

/// How long a captcha can be answered.
const MINUTES: i64 = 3;
const LIFE: Duration = Duration::from_secs(3 * 60);

/// A captcha to be answered.
pub struct Captcha {
    /// Its id.
    pub id: Uuid,
    /// The picture, a PNG.
    pub png: Vec<u8>,
    /// Until when it can be answered.
    pub expires_at: Time,
}

/// Paints a captcha and remembers its answer.
pub async fn create(env: &Env) -> Result<Captcha, Fault> {
    let painter = env.captcha();
    let (answer, png) = tokio::task::spawn_blocking(move || painter.paint())
        .await
        .map_err(Fault::internal)?;
    let id = Uuid::new_v4();
    env.cache().set(&key(id), fold(&answer).as_bytes(), LIFE).await?;
    Ok(Captcha {
        id,
        png,
        expires_at: env.now().plus_minutes(MINUTES),
    })
}

/// A captcha with what somebody read in it.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Which captcha.
    pub id: Uuid,
    /// What he read.
    pub text: String,
}

/// Whether the answer is right; where captchas are off, any is. The captcha is gone either way.
pub(super) async fn check(env: &Env, answer: &Answer) -> Result<bool, Fault> {
    let right = env.cache().take(&key(answer.id)).await?;
    if env.config().account.captcha == config::Captcha::Off {
        return Ok(true);
    }
    Ok(right.is_some_and(|right| right == fold(&answer.text).into_bytes()))
}

fn key(id: Uuid) -> String {
    format!("captcha:{id}")
}

fn fold(answer: &str) -> String {
    answer.trim().to_uppercase()
}
