//! Whether a webhook is the bank's: Standard Webhooks, HMAC-SHA256 over `id.timestamp.body`.

use anyhow::{Context, ensure};
use base64::{Engine, engine::general_purpose::STANDARD};
use entity::value::Time;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::kernel::port::WebhookRefused;

/// How far a webhook's time may lie from ours, either way.
const TOLERANCE_SECONDS: u64 = 5 * 60;

/// The secrets believed at present: one, or two while the bank changes over.
pub(super) struct Secrets(Vec<Hmac<Sha256>>);

impl Secrets {
    pub fn new(current: &str, previous: Option<&str>) -> anyhow::Result<Self> {
        let keys = [Some(current), previous].into_iter().flatten().map(key);
        Ok(Self(keys.collect::<anyhow::Result<_>>()?))
    }

    /// Believes a webhook if any of its signatures was made with any of our secrets, not long ago.
    pub fn check(&self, id: &str, timestamp: &str, signature: &str, body: &[u8], now: Time) -> Result<(), WebhookRefused> {
        let seconds = seconds(timestamp).ok_or(WebhookRefused::Malformed)?;
        let signatures = signatures(signature);
        if id.is_empty() || signatures.is_empty() {
            return Err(WebhookRefused::Malformed);
        }
        if !self.0.iter().any(|key| signed(key, id, timestamp, body, &signatures)) {
            return Err(WebhookRefused::Forged);
        }
        let ours = now.0.div_euclid(1_000);
        if ours.abs_diff(seconds) > TOLERANCE_SECONDS {
            Err(WebhookRefused::Stale)
        } else {
            Ok(())
        }
    }
}

fn key(secret: &str) -> anyhow::Result<Hmac<Sha256>> {
    let bytes = match secret.strip_prefix("whsec_") {
        Some(encoded) => STANDARD.decode(encoded).context("a webhook secret is not base64 after whsec_")?,
        None => secret.as_bytes().to_vec(),
    };
    ensure!(!bytes.is_empty(), "a webhook secret is empty");
    Ok(Hmac::new_from_slice(&bytes)?)
}

/// Digits only: what is signed is the text, and a number has other spellings.
fn seconds(timestamp: &str) -> Option<i64> {
    timestamp
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| timestamp.parse().ok())
        .flatten()
}

/// The signatures of the one version we know; others are somebody else's future.
fn signatures(header: &str) -> Vec<Vec<u8>> {
    header
        .split(' ')
        .filter_map(|one| STANDARD.decode(one.strip_prefix("v1,")?).ok())
        .collect()
}

fn signed(key: &Hmac<Sha256>, id: &str, timestamp: &str, body: &[u8], signatures: &[Vec<u8>]) -> bool {
    let mac = key
        .clone()
        .chain_update(id)
        .chain_update(".")
        .chain_update(timestamp)
        .chain_update(".")
        .chain_update(body);
    // Compares in constant time.
    signatures.iter().any(|signature| mac.clone().verify_slice(signature).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = b"{\"type\":\"payment.succeeded\"}";
    const NOW: Time = Time(1_700_000_000_999);
    const STAMP: &str = "1700000000";

    fn sign(secret: &str, id: &str, timestamp: &str, body: &[u8]) -> String {
        let mac = key(secret).unwrap().chain_update(format!("{id}.{timestamp}.")).chain_update(body);
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }

    fn check(signature: &str, timestamp: &str, now: Time) -> Result<(), WebhookRefused> {
        Secrets::new("new secret", Some("old secret"))
            .unwrap()
            .check("msg_1", timestamp, signature, BODY, now)
    }

    #[test]
    fn the_example_of_the_standard_is_believed() {
        let secrets = Secrets::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", None).unwrap();
        let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        let believed = secrets.check(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "1614265330",
            signature,
            br#"{"test": 2432232314}"#,
            Time(1_614_265_330_000),
        );
        assert_eq!(believed, Ok(()));
    }

    #[test]
    fn both_secrets_are_believed_while_the_bank_changes_over() {
        for secret in ["new secret", "old secret"] {
            assert_eq!(check(&sign(secret, "msg_1", STAMP, BODY), STAMP, NOW), Ok(()));
        }
        let alone = Secrets::new("new secret", None).unwrap();
        assert_eq!(
            alone.check("msg_1", STAMP, &sign("old secret", "msg_1", STAMP, BODY), BODY, NOW),
            Err(WebhookRefused::Forged)
        );
    }

    #[test]
    fn one_good_signature_among_several_is_enough() {
        let good = sign("new secret", "msg_1", STAMP, BODY);
        let header = format!("v2,AAAA v1,AAAA {} {good} v1a,BBBB", sign("strange secret", "msg_1", STAMP, BODY));
        assert_eq!(check(&header, STAMP, NOW), Ok(()));
    }

    #[test]
    fn whatever_was_changed_after_signing_is_forged() {
        let good = sign("new secret", "msg_1", STAMP, BODY);
        let secrets = Secrets::new("new secret", None).unwrap();
        assert_eq!(secrets.check("msg_2", STAMP, &good, BODY, NOW), Err(WebhookRefused::Forged));
        assert_eq!(secrets.check("msg_1", "1700000001", &good, BODY, NOW), Err(WebhookRefused::Forged));
        assert_eq!(secrets.check("msg_1", STAMP, &good, b"{}", NOW), Err(WebhookRefused::Forged));
        assert_eq!(
            check(&sign("strange secret", "msg_1", STAMP, BODY), STAMP, NOW),
            Err(WebhookRefused::Forged)
        );
    }

    #[test]
    fn five_minutes_either_way_are_the_limit() {
        let good = sign("new secret", "msg_1", STAMP, BODY);
        for (seconds, believed) in [
            (300, Ok(())),
            (-300, Ok(())),
            (301, Err(WebhookRefused::Stale)),
            (-301, Err(WebhookRefused::Stale)),
        ] {
            assert_eq!(check(&good, STAMP, NOW.plus_seconds(seconds)), believed, "{seconds}");
        }
    }

    #[test]
    fn headers_that_make_no_sense_are_malformed() {
        let good = sign("new secret", "msg_1", STAMP, BODY);
        for timestamp in ["", "soon", "-1700000000", "+1700000000", "1700000000.0", "99999999999999999999"] {
            assert_eq!(check(&good, timestamp, NOW), Err(WebhookRefused::Malformed), "{timestamp}");
        }
        for signature in ["", "v1", "v1,", "v1,***", "v2,AAAA", "AAAA"] {
            let expected = if signature == "v1," {
                WebhookRefused::Forged
            } else {
                WebhookRefused::Malformed
            };
            assert_eq!(check(signature, STAMP, NOW), Err(expected), "{signature}");
        }
        let secrets = Secrets::new("new secret", None).unwrap();
        assert_eq!(secrets.check("", STAMP, &good, BODY, NOW), Err(WebhookRefused::Malformed));
    }

    #[test]
    fn a_secret_must_be_one() {
        assert!(Secrets::new("", None).is_err());
        assert!(Secrets::new("whsec_***", None).is_err());
        assert!(Secrets::new("good", Some("whsec_")).is_err());
    }
}
