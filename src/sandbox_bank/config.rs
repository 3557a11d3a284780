//! How the bank is set up.

use std::{
    fmt,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use super::faults::Faults;

/// Settings of the sandbox bank.
#[derive(Clone)]
pub struct SandboxBankConfig {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The key the platform must show on every request.
    pub api_key: String,
    /// The secret that signs webhooks: `whsec_` and base64, or any other text taken as it is.
    pub webhook_secret: String,
    /// Where webhooks are posted. While it is not known they wait; see `SandboxBank::set_webhook_url`.
    pub webhook_url: Option<String>,
    /// Where the journal is kept.
    pub data_dir: PathBuf,
    /// How payers reach the checkout pages, without a slash at the end; the listening address if not given.
    pub public_url: Option<String>,
    /// How long a payout stays `sent`, and a payout that comes back stays `paid`.
    pub payout_delay: Duration,
    /// How long to wait after each webhook that was not acknowledged; the last one repeats for ever.
    pub retries: Vec<Duration>,
    /// What the bank's clock is ahead of this machine's, in milliseconds. Signatures carry that time.
    pub clock_offset_ms: i64,
    /// What goes wrong on purpose.
    pub faults: Faults,
}

impl SandboxBankConfig {
    /// A bank on a free port of this machine, with the usual waits and faults.
    #[must_use]
    pub fn new(data_dir: impl Into<PathBuf>, api_key: impl Into<String>, webhook_secret: impl Into<String>) -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            api_key: api_key.into(),
            webhook_secret: webhook_secret.into(),
            webhook_url: None,
            data_dir: data_dir.into(),
            public_url: None,
            payout_delay: Duration::from_secs(1),
            retries: [1, 5, 30, 120, 600, 3_600].map(Duration::from_secs).to_vec(),
            clock_offset_ms: 0,
            faults: Faults::default(),
        }
    }
}

/// Leaves the key and the secret out, so that a log line cannot give them away.
impl fmt::Debug for SandboxBankConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxBankConfig")
            .field("listen", &self.listen)
            .field("webhook_url", &self.webhook_url)
            .field("data_dir", &self.data_dir)
            .field("public_url", &self.public_url)
            .finish_non_exhaustive()
    }
}
