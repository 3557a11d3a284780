//! Settings of the bank.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

use super::{BankFaults, Findings, Secret};

/// Settings of the bank.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Bank {
    /// Where the embedded sandbox bank listens. `HANDOVER_BANK__LISTEN`, default 127.0.0.1:0, a free port of this machine.
    pub listen: SocketAddr,
    /// The address of a bank that runs elsewhere. `HANDOVER_BANK__URL`, default none: the sandbox bank is embedded.
    pub url: Option<String>,
    /// How payers reach the embedded bank's checkout, without a slash at the end. `HANDOVER_BANK__PUBLIC_URL`, default `http://` and its
    /// listening address.
    pub public_url: Option<String>,
    /// The key we show the bank. `HANDOVER_BANK__API_KEY`, default made in the data folder.
    pub api_key: Option<Secret>,
    /// The secret of the bank's webhooks. `HANDOVER_BANK__WEBHOOK_SECRET`, default made in the data folder.
    pub webhook_secret: Option<Secret>,
    /// The secret before it, believed as well while the bank changes over. `HANDOVER_BANK__PREVIOUS_WEBHOOK_SECRET`, default none.
    pub previous_webhook_secret: Option<Secret>,
    /// Milliseconds that a payout of the embedded bank stays sent. `HANDOVER_BANK__PAYOUT_DELAY_MS`, default 1000.
    pub payout_delay_ms: u64,
    /// What goes wrong at the embedded bank on purpose.
    pub faults: BankFaults,
}

impl Default for Bank {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            url: None,
            public_url: None,
            api_key: None,
            webhook_secret: None,
            previous_webhook_secret: None,
            payout_delay_ms: 1_000,
            faults: BankFaults::default(),
        }
    }
}

impl Bank {
    pub(super) fn check(&self, found: &mut Findings) {
        self.faults.check(found);
        let web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
        if self.url.as_ref().is_some_and(|url| !web(url)) {
            found.refuse("HANDOVER_BANK__URL", "must begin with `https://` or `http://`");
        }
        if self.public_url.as_ref().is_some_and(|url| !web(url) || url.ends_with('/')) {
            found.refuse(
                "HANDOVER_BANK__PUBLIC_URL",
                "must begin with `https://` or `http://` and not end with a slash",
            );
        }
    }
}
