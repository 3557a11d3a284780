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
    let (id, expires_at) = (Uuid::new_v4(), env.now().plus_minutes(MINUTES));
    // The end by our clock lies beside it: the cache, whose time is its own, only keeps it so long.
    let kept = format!("{}:{}", expires_at.0, fold(&answer));
    env.cache().set(&key(id), kept.as_bytes(), LIFE).await?;
    Ok(Captcha { id, png, expires_at })
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
    let kept = env.cache().take(&key(answer.id)).await?;
    if env.config().account.captcha == config::Captcha::Off {
        return Ok(true);
    }
    Ok(kept.is_some_and(|kept| is_answer(&kept, &answer.text, env.now())))
}

/// Whether this is the answer that was kept, and not too late.
fn is_answer(kept: &[u8], text: &str, now: Time) -> bool {
    let Some((ends, right)) = std::str::from_utf8(kept).ok().and_then(|kept| kept.split_once(':')) else {
        return false;
    };
    right == fold(text) && ends.parse().is_ok_and(|ends| now < Time(ends))
}

fn key(id: Uuid) -> String {
    format!("captcha:{id}")
}

fn fold(answer: &str) -> String {
    answer.trim().to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_right_in_any_letters_and_in_time() {
        for (text, now, right) in [
            ("abc12", 999, true),
            (" ABC12 ", 999, true),
            ("abc12", 1_000, false),
            ("abc1", 999, false),
        ] {
            assert_eq!(is_answer(b"1000:ABC12", text, Time(now)), right, "{text} at {now}");
        }
        assert!(!is_answer(b"ABC12", "abc12", Time(0)));
    }
}
