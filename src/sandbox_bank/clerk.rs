//! What happens in the background: payouts come to their end, webhooks are delivered.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{mpsc::UnboundedReceiver, watch},
    task::JoinSet,
    time::sleep,
};
use uuid::Uuid;

use super::{books::Webhook, desk::Desk, webhook::Courier};

/// How long to wait before trying again what the disk refused.
const DISK_RETRY: Duration = Duration::from_secs(5);

/// One thing to do.
#[derive(Debug)]
pub(super) enum Job {
    Deliver(Webhook),
    Settle(Uuid),
    Reverse(Uuid),
}

/// Does the jobs, each in a task of its own, so that a slow receiver holds up nothing else.
#[derive(Debug, Clone)]
pub(super) struct Clerk {
    desk: Arc<Desk>,
    courier: Arc<Courier>,
    payout_delay: Duration,
}

impl Clerk {
    pub fn new(desk: Arc<Desk>, courier: Courier, payout_delay: Duration) -> Self {
        Self {
            desk,
            courier: Arc::new(courier),
            payout_delay,
        }
    }

    /// Works until the bank stops; jobs under way are dropped then and taken up again at the next start.
    pub async fn work(self, mut inbox: UnboundedReceiver<Job>, stopped: watch::Receiver<()>) {
        let mut tasks = JoinSet::new();
        let stop = super::ended(stopped);
        tokio::pin!(stop);
        loop {
            tokio::select! {
                () = &mut stop => return,
                Some(job) = inbox.recv() => { tasks.spawn(self.clone().run(job)); }
                Some(_) = tasks.join_next() => {}
            }
        }
    }

    async fn run(self, job: Job) {
        match job {
            Job::Deliver(webhook) => self.deliver(webhook).await,
            Job::Settle(payout) => self.settle(payout).await,
            Job::Reverse(payment) => self.reverse(payment).await,
        }
    }

    async fn deliver(self, webhook: Webhook) {
        self.courier.deliver(&webhook).await;
        let id = webhook.id.clone();
        // Not written down means delivered again at the next start, which the platform must bear anyway.
        if let Err(error) = self.desk.ask(move |desk| desk.acknowledge(id)).await {
            tracing::error!(%error, webhook = webhook.id, "the sandbox bank could not note a delivery");
        }
    }

    async fn settle(self, payout: Uuid) {
        sleep(self.payout_delay).await;
        while let Err(error) = self.desk.ask(move |desk| desk.settle_payout(payout)).await {
            tracing::error!(%error, %payout, "the sandbox bank could not settle a payout");
            sleep(DISK_RETRY).await;
        }
    }

    async fn reverse(self, payment: Uuid) {
        sleep(self.payout_delay).await;
        while let Err(error) = self.desk.ask(move |desk| desk.reverse_payment(payment)).await {
            tracing::error!(%error, %payment, "the sandbox bank could not reverse a payment");
            sleep(DISK_RETRY).await;
        }
    }
}
