use async_trait::async_trait;
use entity::value::{Money, Time};
use uuid::Uuid;

use crate::config::Secret;

/// Asks the bank to take a payment from a payer who will visit its checkout page.
#[derive(Debug, Clone)]
pub struct PaymentAsk {
    /// Our deposit's id; asking again with it answers the same payment.
    pub id: Uuid,
    /// What the payer shall pay.
    pub amount: Money,
    /// Where the checkout page sends the payer afterwards.
    pub return_url: String,
}

/// A payment the bank has opened.
#[derive(Debug, Clone)]
pub struct PaymentOpened {
    /// The bank's own name of the payment.
    pub reference: String,
    /// The page where the payer pays.
    pub checkout_url: String,
}

/// Where a payment stands at the bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentState {
    /// The payer has not decided.
    Open,
    /// The money is ours.
    Succeeded,
    /// The payer failed or left for good.
    Failed,
    /// The money was ours and was taken back.
    Reversed,
}

impl PaymentState {
    /// The bank's word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Reversed => "reversed",
        }
    }
}

/// Asks the bank to pay money out.
#[derive(Debug, Clone)]
pub struct PayoutAsk {
    /// Our withdrawal's id, the bank's idempotency key.
    pub id: Uuid,
    /// What to pay out.
    pub amount: Money,
    /// The name on the receiving account.
    pub holder: Secret,
    /// The number of the receiving account.
    pub number: Secret,
}

/// Where a payout stands at the bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayoutState {
    /// Accepted, under way.
    Sent,
    /// Arrived.
    Paid,
    /// Refused; the money stays with us.
    Failed,
    /// Came back after it had been sent or paid.
    Returned,
}

impl PayoutState {
    /// The bank's word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Paid => "paid",
            Self::Failed => "failed",
            Self::Returned => "returned",
        }
    }
}

/// What the bank answers about a payment or a payout. What we make of it, our own record decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankAnswer<S> {
    /// How it stands.
    pub state: S,
    /// The bank's own name of it.
    pub reference: String,
    /// The amount the bank speaks of.
    pub amount: Money,
    /// The currency the bank speaks of, if it is not ours.
    pub foreign: Option<String>,
}

/// What a verified webhook says. The amount is the bank's word; our own record decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankEvent {
    /// The webhook's own id, the same in every repeat.
    pub id: String,
    /// Our id of the payment or payout it speaks of.
    pub subject: Uuid,
    /// The bank's own name of the payment or payout.
    pub reference: String,
    /// The amount the bank speaks of.
    pub amount: Money,
    /// What happened, in the bank's word, for the record.
    pub told: String,
    /// What happened, as we understand it.
    pub kind: BankEventKind,
}

/// What happened at the bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BankEventKind {
    /// A payment changed.
    Payment(PaymentState),
    /// A payout changed.
    Payout(PayoutState),
    /// Something we do not know, or in a currency that is not ours.
    Unknown,
}

/// What the bank's listing speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BankSubject {
    /// A payment.
    Payment,
    /// A payout.
    Payout,
}

impl BankSubject {
    /// Its name in the copy of the bank's book.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Payment => "PAYMENT",
            Self::Payout => "PAYOUT",
        }
    }
}

/// One line of the bank's book: something changed. What we make of it, our own record decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankChange {
    /// Its number in the bank's book, larger than those before it.
    pub number: i64,
    /// What it speaks of.
    pub about: BankSubject,
    /// Our id of the payment or payout.
    pub subject: Uuid,
    /// The bank's own name of it.
    pub reference: String,
    /// The amount.
    pub amount: Money,
    /// How it stood then, in the bank's word.
    pub state: String,
}

/// Why the bank could not be asked.
#[derive(Debug, thiserror::Error)]
pub enum BankError {
    /// It refused the request; asking again will not help.
    #[error("the bank refused: {0}")]
    Refused(String),
    /// It did not answer, or not in time. Whether it acted is unknown: ask again with the same id.
    #[error("the bank did not answer: {0}")]
    Unreachable(String),
}

/// Why a webhook is not believed. The caller is told nothing but 401.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WebhookRefused {
    /// A header is missing or malformed, or the body is none of the protocol's.
    #[error("webhook headers or body are missing or malformed")]
    Malformed,
    /// No known secret made the signature.
    #[error("webhook signature is wrong")]
    Forged,
    /// Its timestamp is more than five minutes from now.
    #[error("webhook is stale")]
    Stale,
}

/// The bank, spoken to over HTTP by the protocol in `docs/BANK.md`. No call runs inside a transaction.
#[async_trait]
pub trait Bank: Send + Sync {
    /// Opens a payment, or answers the one opened before under the same id.
    async fn open_payment(&self, ask: &PaymentAsk) -> Result<PaymentOpened, BankError>;
    /// Asks how a payment stands, by our id. `None`: the bank never heard of it.
    async fn payment(&self, id: Uuid) -> Result<Option<BankAnswer<PaymentState>>, BankError>;
    /// Sends a payout, or answers how the one stands that was sent before under the same id.
    async fn send_payout(&self, ask: &PayoutAsk) -> Result<BankAnswer<PayoutState>, BankError>;
    /// Asks how a payout stands, by our id. `None`: the bank never heard of it.
    async fn payout(&self, id: Uuid) -> Result<Option<BankAnswer<PayoutState>>, BankError>;
    /// What changed at the bank after the line of this number, in order; a part of it if that is much, and nothing when there is no more.
    async fn changes(&self, after: i64) -> Result<Vec<BankChange>, BankError>;
    /// Believes a webhook or not: Standard Webhooks, HMAC-SHA256 over `id.timestamp.body`, five minutes of tolerance.
    fn verify(&self, id: &str, timestamp: &str, signature: &str, body: &[u8], now: Time) -> Result<BankEvent, WebhookRefused>;
}
