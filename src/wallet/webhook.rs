//! What the bank tells by webhook, each taken in once.

use entity::{
    bank_event::{ActiveModel, Column, Entity},
    kinds::{BankDifferenceKind, BankEventOutcome},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, TryInsertResult, sea_query::Expr};

use super::{deposit, reconcile, withdrawal};
use crate::kernel::{
    Env, Fault, Tx,
    policy::System,
    port::{BankEvent, BankEventKind, WebhookRefused},
};

/// A webhook as it came in.
#[derive(Debug, Clone, Copy)]
pub struct Webhook<'a> {
    /// The header `webhook-id`.
    pub id: &'a str,
    /// The header `webhook-timestamp`.
    pub timestamp: &'a str,
    /// The header `webhook-signature`.
    pub signature: &'a str,
    /// The body, to the byte.
    pub body: &'a [u8],
}

/// Why a webhook was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum HearError {
    /// It is not believed. The caller is told nothing.
    #[error(transparent)]
    Refused(#[from] WebhookRefused),
    /// Something of ours failed; the bank sends it again.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Takes in a webhook of the bank. A repeat changes nothing; what does not fit our own record is kept for a person and moves nothing.
pub async fn hear(env: &Env, _: System, webhook: Webhook<'_>) -> Result<(), HearError> {
    let Webhook {
        id,
        timestamp,
        signature,
        body,
    } = webhook;
    let event = env.bank().verify(id, timestamp, signature, body, env.now())?;
    let tx = env.begin().await?;
    if !claim(&tx, &event).await? {
        tracing::info!(webhook = event.id, "a webhook came again");
        return Ok(());
    }
    let outcome = match event.kind {
        BankEventKind::Payment(said) => deposit::hear(&tx, &event, said).await?,
        BankEventKind::Payout(said) => withdrawal::hear(&tx, &event, said).await?,
        BankEventKind::Unknown => BankEventOutcome::Quarantined,
    };
    note(&tx, &event, outcome).await?;
    if outcome == BankEventOutcome::Quarantined {
        let told = Some((event.told.clone(), Some(event.amount)));
        reconcile::note(&tx, BankDifferenceKind::Webhook, event.subject, &event.id, told).await?;
    }
    tx.commit().await?;
    if outcome == BankEventOutcome::Quarantined {
        tracing::warn!(webhook = event.id, subject = %event.subject, told = event.told, "a webhook does not fit our record");
    } else {
        tracing::info!(webhook = event.id, subject = %event.subject, told = event.told, ?outcome, "webhook");
    }
    Ok(())
}

/// Takes the webhook's id before anything is read: a copy that comes at the same time waits here. `false`: it was there before.
async fn claim(tx: &Tx, event: &BankEvent) -> Result<bool, Fault> {
    let row = ActiveModel {
        id: Set(event.id.clone()),
        subject_id: Set(event.subject),
        kind: Set(event.told.clone()),
        amount: Set(event.amount),
        outcome: Set(BankEventOutcome::Nothing),
        at: Set(tx.now()),
    };
    let written = Entity::insert(row).on_conflict_do_nothing().exec_without_returning(tx.db()).await?;
    Ok(matches!(written, TryInsertResult::Inserted(1)))
}

async fn note(tx: &Tx, event: &BankEvent, outcome: BankEventOutcome) -> Result<(), Fault> {
    if outcome == BankEventOutcome::Nothing {
        return Ok(());
    }
    let update = Entity::update_many()
        .col_expr(Column::Outcome, Expr::value(outcome))
        .filter(Column::Id.eq(&event.id));
    update.exec(tx.db()).await?;
    Ok(())
}
