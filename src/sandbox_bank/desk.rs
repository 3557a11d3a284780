//! Where everything is decided: one at a time, on disk before it is answered.

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde_json::json;
use tokio::{sync::mpsc::UnboundedSender, task};
use uuid::Uuid;

use super::{
    CURRENCY,
    books::{BalanceSheet, Books, Change, Entry, Payment, PaymentState, Payout, PayoutState, Webhook},
    clerk::Job,
    clock::Clock,
    faults::Faults,
    journal::Journal,
};

/// Why the desk did not do it.
#[derive(Debug, thiserror::Error)]
pub(super) enum DeskError {
    #[error("this id was used for something else")]
    IdUsed,
    #[error("the journal cannot be written: {0}")]
    Journal(#[from] io::Error),
    #[error("the bank is stopping")]
    Stopping,
}

/// What the desk found or made.
#[derive(Debug)]
pub(super) enum Opened<T> {
    First(T),
    Repeat(T),
}

/// The bank's one desk.
#[derive(Debug)]
pub(super) struct Desk {
    file: Mutex<File>,
    clock: Arc<Clock>,
    faults: Faults,
    public_url: String,
    jobs: UnboundedSender<Job>,
}

#[derive(Debug)]
struct File {
    journal: Journal,
    books: Books,
}

impl File {
    fn record(&mut self, entry: Entry) -> Result<(), DeskError> {
        self.journal.append(&entry)?;
        self.books.apply(entry);
        Ok(())
    }
}

impl Desk {
    pub fn new(journal: Journal, books: Books, clock: Arc<Clock>, faults: Faults, public_url: String, jobs: UnboundedSender<Job>) -> Self {
        Self {
            file: Mutex::new(File { journal, books }),
            clock,
            faults,
            public_url,
            jobs,
        }
    }

    /// Does something at the desk on a thread that may wait for the disk. Once begun it runs to its end, even if the caller hangs up.
    pub async fn ask<T: Send + 'static>(
        self: &Arc<Self>,
        what: impl FnOnce(&Self) -> Result<T, DeskError> + Send + 'static,
    ) -> Result<T, DeskError> {
        let desk = Arc::clone(self);
        task::spawn_blocking(move || what(&desk)).await.map_err(|_| DeskError::Stopping)?
    }

    /// Puts what was left undone last time back to work.
    pub fn resume(&self) {
        let file = self.file();
        let payouts = file
            .books
            .payouts()
            .filter(|one| self.faults.next(&one.number, one.state).is_some());
        let to_reverse = file.books.payments().filter(|one| self.takes_back(one));
        let jobs = payouts
            .map(|one| Job::Settle(one.id))
            .chain(to_reverse.map(|one| Job::Reverse(one.id)))
            .chain(file.books.unacknowledged().cloned().map(Job::Deliver));
        jobs.for_each(|job| self.queue(job));
    }

    /// Where the payer of a payment pays.
    pub fn checkout_url(&self, payment: &Payment) -> String {
        format!("{}/checkout/{}", self.public_url, payment.reference)
    }

    pub fn open_payment(&self, id: Uuid, amount: i64, return_url: String) -> Result<Opened<Payment>, DeskError> {
        let mut file = self.file();
        if let Some(known) = file.books.payment(id) {
            let same = known.amount == amount && known.return_url == return_url;
            return if same {
                Ok(Opened::Repeat(known.clone()))
            } else {
                Err(DeskError::IdUsed)
            };
        }
        let payment = Payment {
            id,
            reference: reference("pay"),
            amount,
            return_url,
            state: PaymentState::Open,
            number: file.books.payments_opened(),
        };
        file.record(Entry::PaymentOpened { payment: payment.clone() })?;
        Ok(Opened::First(payment))
    }

    pub fn payment(&self, id: Uuid) -> Option<Payment> {
        self.file().books.payment(id).cloned()
    }

    pub fn payment_by_reference(&self, reference: &str) -> Option<Payment> {
        self.file().books.payment_by_reference(reference).cloned()
    }

    /// Settles an open payment. Says whether this call did it; a payment is decided once.
    pub fn decide_payment(&self, id: Uuid, state: PaymentState) -> Result<bool, DeskError> {
        let mut file = self.file();
        let Some(payment) = file.books.payment(id).filter(|one| one.state == PaymentState::Open) else {
            return Ok(false);
        };
        let payment = payment.clone();
        self.decide(&mut file, &payment, state)?;
        Ok(true)
    }

    /// Takes a payment back that succeeded, if it is one of those to which that happens.
    pub fn reverse_payment(&self, id: Uuid) -> Result<(), DeskError> {
        let mut file = self.file();
        match file.books.payment(id).filter(|one| self.takes_back(one)).cloned() {
            Some(payment) => self.decide(&mut file, &payment, PaymentState::Reversed),
            None => Ok(()),
        }
    }

    fn takes_back(&self, payment: &Payment) -> bool {
        payment.state == PaymentState::Succeeded && self.faults.reverses(payment.number)
    }

    fn decide(&self, file: &mut File, payment: &Payment, state: PaymentState) -> Result<(), DeskError> {
        let webhook = self.webhook(&file.books, "payment", json!(state), payment.id, &payment.reference, payment.amount);
        file.record(Entry::PaymentDecided {
            id: payment.id,
            state,
            webhook: webhook.clone(),
        })?;
        let decided = Payment { state, ..payment.clone() };
        if self.takes_back(&decided) {
            self.queue(Job::Reverse(payment.id));
        }
        self.deliver(file, webhook)
    }

    pub fn accept_payout(&self, id: Uuid, amount: i64, holder: String, number: String) -> Result<Opened<Payout>, DeskError> {
        let mut file = self.file();
        if let Some(known) = file.books.payout(id) {
            let same = known.amount == amount && known.holder == holder && known.number == number;
            return if same {
                Ok(Opened::Repeat(known.clone()))
            } else {
                Err(DeskError::IdUsed)
            };
        }
        let payout = Payout {
            id,
            reference: reference("out"),
            amount,
            holder,
            number,
            state: PayoutState::Sent,
        };
        file.record(Entry::PayoutAccepted { payout: payout.clone() })?;
        self.queue(Job::Settle(id));
        Ok(Opened::First(payout))
    }

    pub fn payout(&self, id: Uuid) -> Option<Payout> {
        self.file().books.payout(id).cloned()
    }

    /// Moves a payout one step on by the rule of its account number.
    pub fn settle_payout(&self, id: Uuid) -> Result<(), DeskError> {
        let mut file = self.file();
        let Some(payout) = file.books.payout(id) else { return Ok(()) };
        let Some(state) = self.faults.next(&payout.number, payout.state) else {
            return Ok(());
        };
        let webhook = self.webhook(&file.books, "payout", json!(state), id, &payout.reference, payout.amount);
        let more = self.faults.next(&payout.number, state).is_some();
        file.record(Entry::PayoutDecided {
            id,
            state,
            webhook: webhook.clone(),
        })?;
        if more {
            self.queue(Job::Settle(id));
        }
        self.deliver(&mut file, webhook)
    }

    pub fn acknowledge(&self, webhook: String) -> Result<(), DeskError> {
        self.file().record(Entry::WebhookAcknowledged { id: webhook })
    }

    pub fn changes(&self, after: u64) -> Vec<Change> {
        self.file().books.changes(after)
    }

    pub fn balance_sheet(&self) -> BalanceSheet {
        self.file().books.balance_sheet()
    }

    fn webhook(&self, books: &Books, about: &str, state: serde_json::Value, id: Uuid, reference: &str, amount: i64) -> Webhook {
        let number = books.webhooks_written();
        let amount = self.faults.told_amount(number, amount);
        let kind = format!("{about}.{}", state.as_str().unwrap_or_default());
        let data = json!({ "id": id, "reference": reference, "amount": amount, "currency": CURRENCY, "state": state });
        let body = json!({ "type": kind, "timestamp": self.clock.rfc3339(), "data": data });
        Webhook {
            id: format!("msg_{}", Uuid::now_v7().simple()),
            body: body.to_string(),
            number,
        }
    }

    /// Sends a webhook out, unless it is one of those that get lost.
    fn deliver(&self, file: &mut File, webhook: Webhook) -> Result<(), DeskError> {
        if self.faults.drops(webhook.number) {
            return file.record(Entry::WebhookAcknowledged { id: webhook.id });
        }
        self.queue(Job::Deliver(webhook));
        Ok(())
    }

    fn queue(&self, job: Job) {
        // Without a clerk the bank is stopping; the journal knows what is left to do.
        let _ = self.jobs.send(job);
    }

    fn file(&self) -> MutexGuard<'_, File> {
        // Entries are applied whole, after they are on disk: a panic elsewhere leaves nothing half done.
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A name nobody can guess: whoever has a payment's reference may decide it.
fn reference(prefix: &str) -> String {
    format!("{prefix}_{}", Uuid::new_v4().simple())
}
