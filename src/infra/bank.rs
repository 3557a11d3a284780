//! The bank, over HTTP by the protocol in `docs/BANK.md`.

mod signature;
mod wire;

use std::{fmt, time::Duration};

use anyhow::{Context, ensure};
use async_trait::async_trait;
use entity::value::Time;
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, Url, redirect::Policy};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::kernel::port::{
    Bank, BankAnswer, BankChange, BankError, BankEvent, PaymentAsk, PaymentOpened, PaymentState, PayoutAsk, PayoutState, WebhookRefused,
};
use signature::Secrets;
use wire::{ChangesAnswer, PaymentAnswer, PaymentRequest, PayoutAnswer, PayoutRequest, Refusal};

/// How long the bank may take to answer. What it did after that is asked later, by the same id.
const TIMEOUT: Duration = Duration::from_secs(10);

/// How to reach the bank.
#[derive(Clone)]
pub struct HttpBankConfig {
    /// Where the bank's `/v1` lies, for example `https://bank.example`.
    pub base_url: String,
    /// The key that authorises our requests.
    pub api_key: String,
    /// The secret that signs webhooks: `whsec_` and base64, or any other text taken as it is.
    pub webhook_secret: String,
    /// The secret before it, believed as well while the bank changes over.
    pub previous_webhook_secret: Option<String>,
}

/// Leaves the key and the secrets out, so that a log line cannot give them away.
impl fmt::Debug for HttpBankConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpBankConfig")
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}

/// A bank somewhere on the network.
pub struct HttpBank {
    client: Client,
    base: Url,
    api_key: String,
    secrets: Secrets,
}

/// Leaves the key and the secrets out, so that a log line cannot give them away.
impl fmt::Debug for HttpBank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpBank")
            .field("base", &self.base.as_str())
            .finish_non_exhaustive()
    }
}

impl HttpBank {
    /// Makes the client; nothing is sent yet.
    ///
    /// # Errors
    /// If the address is not http or https, a secret is empty or not base64, or the machine has no root certificates.
    pub fn new(config: &HttpBankConfig) -> anyhow::Result<Self> {
        // Refused when one is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let base = Url::parse(&config.base_url).context("the bank's address cannot be read")?;
        ensure!(
            matches!(base.scheme(), "http" | "https"),
            "the bank's address must be http or https"
        );
        let client = Client::builder().timeout(TIMEOUT).redirect(Policy::none());
        // A proxy cannot reach a bank on this machine.
        let client = if is_local(&base) { client.no_proxy() } else { client };
        let secrets = Secrets::new(&config.webhook_secret, config.previous_webhook_secret.as_deref())?;
        Ok(Self {
            client: client.build()?,
            base,
            api_key: config.api_key.clone(),
            secrets,
        })
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}/v1/{path}", self.base.as_str().trim_end_matches('/'));
        self.client.request(method, url).bearer_auth(&self.api_key)
    }

    async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, BankError> {
        let response = self.request(Method::POST, path).json(body).send().await.map_err(unreachable)?;
        if response.status().is_success() {
            return response.json().await.map_err(unreachable);
        }
        Err(refusal(response).await.into_error())
    }

    async fn find<T: DeserializeOwned>(&self, path: &str) -> Result<Option<T>, BankError> {
        let response = self.request(Method::GET, path).send().await.map_err(unreachable)?;
        if response.status().is_success() {
            return response.json().await.map(Some).map_err(unreachable);
        }
        let refusal = refusal(response).await;
        if refusal.means_unknown() {
            Ok(None)
        } else {
            Err(refusal.into_error())
        }
    }
}

#[async_trait]
impl Bank for HttpBank {
    async fn open_payment(&self, ask: &PaymentAsk) -> Result<PaymentOpened, BankError> {
        let answer: PaymentAnswer = self.post("payments", &PaymentRequest::from(ask)).await?;
        same_id(ask.id, answer.id)?;
        if !answer.is_for(ask.amount) {
            return Err(BankError::Unreachable("it opened a payment of another amount".to_owned()));
        }
        Ok(PaymentOpened {
            reference: answer.reference,
            checkout_url: answer.checkout_url,
        })
    }

    async fn payment(&self, id: Uuid) -> Result<Option<BankAnswer<PaymentState>>, BankError> {
        let Some(answer) = self.find::<PaymentAnswer>(&format!("payments/{id}")).await? else {
            return Ok(None);
        };
        same_id(id, answer.id)?;
        Ok(Some(answer.into()))
    }

    async fn send_payout(&self, ask: &PayoutAsk) -> Result<BankAnswer<PayoutState>, BankError> {
        let answer: PayoutAnswer = self.post("payouts", &PayoutRequest::from(ask)).await?;
        same_id(ask.id, answer.id)?;
        Ok(answer.into())
    }

    async fn payout(&self, id: Uuid) -> Result<Option<BankAnswer<PayoutState>>, BankError> {
        let Some(answer) = self.find::<PayoutAnswer>(&format!("payouts/{id}")).await? else {
            return Ok(None);
        };
        same_id(id, answer.id)?;
        Ok(Some(answer.into()))
    }

    async fn changes(&self, after: i64) -> Result<Vec<BankChange>, BankError> {
        let answer: Option<ChangesAnswer> = self.find(&format!("changes?after={after}")).await?;
        let unknown = || BankError::Unreachable("it keeps no listing".to_owned());
        Ok(answer.ok_or_else(unknown)?.changes.into_iter().map(BankChange::from).collect())
    }

    fn verify(&self, id: &str, timestamp: &str, signature: &str, body: &[u8], now: Time) -> Result<BankEvent, WebhookRefused> {
        self.secrets.check(id, timestamp, signature, body, now)?;
        wire::event(id, body).ok_or(WebhookRefused::Malformed)
    }
}

async fn refusal(response: Response) -> Refusal {
    let status: StatusCode = response.status();
    // A body that cannot be read is one that says nothing.
    Refusal::read(status, &response.bytes().await.unwrap_or_default())
}

/// The message of the whole chain of causes, without the address: it may hold what is nobody's business.
fn unreachable(error: reqwest::Error) -> BankError {
    BankError::Unreachable(format!("{:#}", anyhow::Error::new(error.without_url())))
}

fn same_id(asked: Uuid, answered: Uuid) -> Result<(), BankError> {
    if asked == answered {
        Ok(())
    } else {
        Err(BankError::Unreachable("it answered about something else".to_owned()))
    }
}

fn is_local(base: &Url) -> bool {
    let host = base.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
}
