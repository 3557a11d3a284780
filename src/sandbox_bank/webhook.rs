//! Signing webhooks and bringing them to the platform.

use std::{sync::Arc, time::Duration};

use anyhow::Context;
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::{Client, redirect::Policy};
use sha2::Sha256;
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};

use super::{Faults, SandboxBankConfig, books::Webhook, clock::Clock};

/// How long the platform may take to answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// How long a webhook that is to be overtaken waits for that at most.
const HELD_BACK: Duration = Duration::from_secs(2);

/// Brings webhooks to the platform until they are acknowledged.
#[derive(Debug)]
pub(super) struct Courier {
    client: Client,
    key: Hmac<Sha256>,
    clock: Arc<Clock>,
    url: watch::Receiver<Option<String>>,
    retries: Vec<Duration>,
    faults: Faults,
    /// How many deliveries were acknowledged; what is held back waits for the next.
    delivered: watch::Sender<u64>,
}

impl Courier {
    pub fn new(config: &SandboxBankConfig, clock: Arc<Clock>, url: watch::Receiver<Option<String>>) -> anyhow::Result<Self> {
        // Refused when one is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().timeout(TIMEOUT).redirect(Policy::none()).no_proxy().build()?;
        let key = signing_key(&config.webhook_secret)?;
        Ok(Self {
            client,
            key,
            clock,
            url,
            retries: config.retries.clone(),
            faults: config.faults.clone(),
            delivered: watch::Sender::new(0),
        })
    }

    /// Delivers a webhook as often as the faults ask, each time until it is acknowledged.
    pub async fn deliver(&self, webhook: &Webhook) {
        sleep(self.faults.delay_of(webhook.number)).await;
        if self.faults.holds_back(webhook.number) {
            // Overtaken or not, it goes out.
            let _ = timeout(HELD_BACK, self.delivered.subscribe().changed()).await;
        }
        for _ in 0..self.faults.repeat_webhooks.max(1) {
            let mut attempt = 0;
            while let Err(error) = self.post(webhook).await {
                tracing::debug!(webhook = webhook.id, attempt, "not acknowledged: {error:#}");
                sleep(self.pause(attempt)).await;
                attempt += 1;
            }
            self.delivered.send_modify(|count| *count += 1);
        }
    }

    fn pause(&self, attempt: usize) -> Duration {
        self.retries.get(attempt).or(self.retries.last()).copied().unwrap_or(TIMEOUT)
    }

    async fn post(&self, webhook: &Webhook) -> anyhow::Result<()> {
        let url = self.url.clone().wait_for(Option::is_some).await?.clone().unwrap_or_default();
        let timestamp = self.clock.unix_seconds().to_string();
        let request = self.client.post(url).header("content-type", "application/json");
        let request = request
            .header("webhook-id", &webhook.id)
            .header("webhook-signature", self.sign(&webhook.id, &timestamp, &webhook.body))
            .header("webhook-timestamp", timestamp);
        let response = request.body(webhook.body.clone()).send().await?;
        anyhow::ensure!(response.status().is_success(), "answered {}", response.status());
        Ok(())
    }

    fn sign(&self, id: &str, timestamp: &str, body: &str) -> String {
        let mut mac = self.key.clone();
        mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

fn signing_key(secret: &str) -> anyhow::Result<Hmac<Sha256>> {
    let bytes = match secret.strip_prefix("whsec_") {
        Some(encoded) => STANDARD.decode(encoded).context("the webhook secret is not base64 after whsec_")?,
        None => secret.as_bytes().to_vec(),
    };
    anyhow::ensure!(!bytes.is_empty(), "the webhook secret is empty");
    Ok(Hmac::new_from_slice(&bytes)?)
}
