//! The gate before a sign-in: captchas and pauses, for a name and for where its caller is.
//!
//! Tries from one place on one name wait by their own curve. Tries on one name from everywhere wait by a second one, which does not hold for a
//! place where the name's owner signed in before: a stranger may keep himself out, and never the owner at home.

use std::{net::IpAddr, time::Duration};

use super::{
    captcha::{self, Answer},
    throttle::{self, Throttled},
    username,
};
use crate::kernel::{Env, Fault};

/// Failures after which a captcha is asked for.
const BEFORE_CAPTCHA: u64 = 3;
/// The longest pause between tries from one place.
const LONGEST_HERE: Duration = Duration::from_secs(60);
/// The longest pause between tries from everywhere.
const LONGEST_ANYWHERE: Duration = Duration::from_secs(30);
/// How long a place where somebody signed in counts as his.
const HOME: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Why a sign-in is not even compared.
#[derive(Debug, thiserror::Error)]
pub enum Shut {
    /// A captcha comes first.
    #[error("a captcha is asked for")]
    CaptchaRequired,
    /// It was answered wrongly, used or has expired.
    #[error("wrong captcha")]
    CaptchaWrong,
    /// Too many tries.
    #[error(transparent)]
    Throttled(#[from] Throttled),
}

impl From<Fault> for Shut {
    fn from(fault: Fault) -> Self {
        Self::Throttled(fault.into())
    }
}

/// The gate of one name for one place.
pub(super) struct Gate<'a> {
    env: &'a Env,
    /// The name from this place.
    here: String,
    /// The name from everywhere.
    anywhere: String,
}

impl<'a> Gate<'a> {
    /// The gate of what is typed as a name, for a caller who is there. Names that look alike share it; whether there is such a user makes no difference.
    pub fn new(env: &'a Env, login: &str, from: IpAddr) -> Self {
        let name = username::key(login);
        Self {
            env,
            here: format!("sign-in:{}", hex(&print(env, &format!("{name} {}", place(from))))),
            anywhere: format!("sign-in:{}", hex(&print(env, &name))),
        }
    }

    /// Lets a try in, counted before anything is compared.
    pub async fn enter(&self, answer: Option<&Answer>) -> Result<(), Shut> {
        let home = self.env.cache().get(&self.home()).await.map_err(Fault::from)?.is_some();
        let here = throttle::count(self.env, &self.here).await?;
        let anywhere = throttle::count(self.env, &self.anywhere).await?;
        if here >= BEFORE_CAPTCHA || !home && anywhere >= BEFORE_CAPTCHA {
            // Whoever brings no right answer costs others nothing: he is not counted.
            let answer = answer.ok_or(Shut::CaptchaRequired)?;
            if !captcha::check(self.env, answer).await? {
                return Err(Shut::CaptchaWrong);
            }
        }
        throttle::enter(self.env, &self.here, LONGEST_HERE).await?;
        // The same is done at home, or the work would tell that somebody lives there.
        match throttle::enter(self.env, &self.anywhere, LONGEST_ANYWHERE).await {
            Err(Throttled::Wait { .. }) if home => Ok(()),
            other => Ok(other?),
        }
    }

    /// The house was too busy to compare what was let in: that was no try of his.
    pub async fn take_back(&self) -> Result<(), Fault> {
        throttle::take_back(self.env, &self.here).await?;
        throttle::take_back(self.env, &self.anywhere).await
    }

    /// He was right: what failed here is forgotten, and the place is his. What this leaves undone is logged, because he is in already.
    pub async fn settle(&self) {
        if let Err(fault) = self.try_settle().await {
            tracing::warn!(%fault, "a door that opened is not remembered");
        }
    }

    async fn try_settle(&self) -> Result<(), Fault> {
        throttle::forgive(self.env, &self.here).await?;
        Ok(self.env.cache().set(&self.home(), b"", HOME).await?)
    }

    fn home(&self) -> String {
        format!("home:{}", self.here)
    }
}

fn print(env: &Env, text: &str) -> Vec<u8> {
    env.seal().fingerprint("sign-in", text.as_bytes())
}

/// Where somebody is, for counting: an address, or the network that a household has of the wide ones.
fn place(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => hex(&address.octets()[..8]),
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn a_household_is_one_place() {
        let same = |a: &str, b: &str| place(a.parse().unwrap()) == place(b.parse().unwrap());
        assert!(same("192.0.2.1", "::ffff:192.0.2.1"));
        assert!(!same("192.0.2.1", "192.0.2.2"));
        assert!(same("2001:db8:1:2::1", "2001:db8:1:2:ffff::2"));
        assert!(!same("2001:db8:1:2::1", "2001:db8:1:3::1"));
    }
}
