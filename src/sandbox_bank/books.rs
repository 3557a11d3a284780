//! What the bank knows, and the lines of the journal from which it is rebuilt.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where a payment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum PaymentState {
    Open,
    Succeeded,
    Failed,
    /// Succeeded, and taken back afterwards.
    Reversed,
}

/// Where a payout stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum PayoutState {
    Sent,
    Paid,
    Failed,
    Returned,
}

/// Money a payer is asked for. The id is the platform's, the reference ours; the reference opens the checkout page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Payment {
    pub id: Uuid,
    pub reference: String,
    pub amount: i64,
    pub return_url: String,
    pub state: PaymentState,
    /// Its running number, by which faults are decided.
    #[serde(default)]
    pub number: u64,
}

/// Money sent out for the platform.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Payout {
    pub id: Uuid,
    pub reference: String,
    pub amount: i64,
    pub holder: String,
    pub number: String,
    pub state: PayoutState,
}

/// A message the platform must acknowledge. The body is kept whole, so that every repeat is the same to the byte.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Webhook {
    pub id: String,
    pub body: String,
    /// Its running number, by which faults are decided.
    #[serde(default)]
    pub number: u64,
}

/// One line of the journal: something that happened, never changed afterwards.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "snake_case")]
pub(super) enum Entry {
    PaymentOpened { payment: Payment },
    PaymentDecided { id: Uuid, state: PaymentState, webhook: Webhook },
    PayoutAccepted { payout: Payout },
    PayoutDecided { id: Uuid, state: PayoutState, webhook: Webhook },
    WebhookAcknowledged { id: String },
}

/// A count of payments or payouts and the sum of their amounts in fen.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Total {
    pub count: u64,
    pub amount: i64,
}

/// The bank's own balance sheet: every payment and payout stands in exactly one total.
#[derive(Debug, Serialize)]
pub(super) struct BalanceSheet {
    pub currency: &'static str,
    pub payments_open: Total,
    pub payments_succeeded: Total,
    pub payments_failed: Total,
    pub payments_reversed: Total,
    pub payouts_sent: Total,
    pub payouts_paid: Total,
    pub payouts_failed: Total,
    pub payouts_returned: Total,
    /// Received, less what is under way or has arrived.
    pub balance: i64,
}

/// A line of the listing: how a payment or payout stood after something happened to it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Change {
    pub number: u64,
    pub about: &'static str,
    pub id: Uuid,
    pub reference: String,
    pub amount: i64,
    pub currency: &'static str,
    pub state: String,
}

/// How many lines one answer lists.
const LISTED: usize = 500;

/// The state of the bank: the sum of all entries.
#[derive(Debug, Default)]
pub(super) struct Books {
    changes: Vec<Change>,
    payments: HashMap<Uuid, Payment>,
    references: HashMap<String, Uuid>,
    payouts: HashMap<Uuid, Payout>,
    unacknowledged: HashMap<String, Webhook>,
    webhooks: u64,
}

impl Books {
    /// Takes in one entry. The only place where the books change, at run time as at replay.
    pub fn apply(&mut self, entry: Entry) {
        match entry {
            Entry::PaymentOpened { payment } => {
                self.references.insert(payment.reference.clone(), payment.id);
                let id = payment.id;
                self.payments.insert(id, payment);
                self.list_payment(id);
            }
            Entry::PaymentDecided { id, state, webhook } => {
                if let Some(payment) = self.payments.get_mut(&id) {
                    payment.state = state;
                }
                self.list_payment(id);
                self.send(webhook);
            }
            Entry::PayoutAccepted { payout } => {
                let id = payout.id;
                self.payouts.insert(id, payout);
                self.list_payout(id);
            }
            Entry::PayoutDecided { id, state, webhook } => {
                if let Some(payout) = self.payouts.get_mut(&id) {
                    payout.state = state;
                }
                self.list_payout(id);
                self.send(webhook);
            }
            Entry::WebhookAcknowledged { id } => {
                self.unacknowledged.remove(&id);
            }
        }
    }

    fn send(&mut self, webhook: Webhook) {
        self.webhooks += 1;
        self.unacknowledged.insert(webhook.id.clone(), webhook);
    }

    /// Lists what changed after the line of this number.
    pub fn changes(&self, after: u64) -> Vec<Change> {
        let from = usize::try_from(after).unwrap_or(usize::MAX).min(self.changes.len());
        self.changes[from..].iter().take(LISTED).cloned().collect()
    }

    fn list(&mut self, about: &'static str, id: Uuid, reference: String, amount: i64, state: &impl Serialize) {
        let state = serde_json::to_value(state).unwrap_or_default();
        self.changes.push(Change {
            number: self.changes.len() as u64 + 1,
            about,
            id,
            reference,
            amount,
            currency: super::CURRENCY,
            state: state.as_str().unwrap_or_default().to_owned(),
        });
    }

    fn list_payment(&mut self, id: Uuid) {
        if let Some(payment) = self.payments.get(&id).cloned() {
            self.list("payment", id, payment.reference, payment.amount, &payment.state);
        }
    }

    fn list_payout(&mut self, id: Uuid) {
        if let Some(payout) = self.payouts.get(&id).cloned() {
            self.list("payout", id, payout.reference, payout.amount, &payout.state);
        }
    }

    /// How many payments were opened so far.
    pub fn payments_opened(&self) -> u64 {
        self.payments.len() as u64
    }

    /// How many webhooks were written so far.
    pub const fn webhooks_written(&self) -> u64 {
        self.webhooks
    }

    pub fn payments(&self) -> impl Iterator<Item = &Payment> {
        self.payments.values()
    }

    pub fn payment(&self, id: Uuid) -> Option<&Payment> {
        self.payments.get(&id)
    }

    pub fn payment_by_reference(&self, reference: &str) -> Option<&Payment> {
        self.references.get(reference).and_then(|id| self.payments.get(id))
    }

    pub fn payout(&self, id: Uuid) -> Option<&Payout> {
        self.payouts.get(&id)
    }

    pub fn payouts(&self) -> impl Iterator<Item = &Payout> {
        self.payouts.values()
    }

    pub fn unacknowledged(&self) -> impl Iterator<Item = &Webhook> {
        self.unacknowledged.values()
    }

    pub fn balance_sheet(&self) -> BalanceSheet {
        let payments = |state| total(self.payments.values().filter(|one| one.state == state).map(|one| one.amount));
        let payouts = |state| total(self.payouts.values().filter(|one| one.state == state).map(|one| one.amount));
        let (received, sent, paid) = (
            payments(PaymentState::Succeeded),
            payouts(PayoutState::Sent),
            payouts(PayoutState::Paid),
        );
        BalanceSheet {
            currency: super::CURRENCY,
            payments_open: payments(PaymentState::Open),
            payments_succeeded: received,
            payments_failed: payments(PaymentState::Failed),
            payments_reversed: payments(PaymentState::Reversed),
            payouts_sent: sent,
            payouts_paid: paid,
            payouts_failed: payouts(PayoutState::Failed),
            payouts_returned: payouts(PayoutState::Returned),
            balance: received.amount - sent.amount - paid.amount,
        }
    }
}

fn total(amounts: impl Iterator<Item = i64>) -> Total {
    amounts.fold(Total::default(), |sum, amount| Total {
        count: sum.count + 1,
        amount: sum.amount + amount,
    })
}
