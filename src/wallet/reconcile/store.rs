//! The rows of differences, and what our book says.

use entity::{
    bank_difference::{ActiveModel, Column, Entity},
    deposit,
    kinds::{BankDifferenceKind, QueueKind},
    value::{BankDifferenceId, DepositId, Money, WithdrawalId},
    withdrawal,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::{Ours, Sides, Subject};
use crate::kernel::{Event, Fault, Tx};

/// How something stands in our book.
pub(super) async fn ours<C: ConnectionTrait>(db: &C, subject: Subject) -> Result<Option<(Ours, Money)>, Fault> {
    if let Some(deposit) = deposit::Entity::find_by_id(DepositId(subject)).one(db).await? {
        return Ok(Some((Ours::Deposit(deposit.state), deposit.amount)));
    }
    let withdrawal = withdrawal::Entity::find_by_id(WithdrawalId(subject)).one(db).await?;
    Ok(withdrawal.map(|row| (Ours::Withdrawal(row.state), row.amount)))
}

/// What waits of differences is not what it was.
pub(super) const DIFFERENCES_MOVED: Event = Event::queue_moved(QueueKind::BankDifferences);

/// Writes a difference down, unless the same is open already. `webhook`: the quarantined webhook's id and what it says.
pub async fn note(
    tx: &Tx,
    kind: BankDifferenceKind,
    subject: Subject,
    webhook: &str,
    theirs: Option<(String, Option<Money>)>,
) -> Result<(), Fault> {
    let ours = ours(tx.db(), subject).await?;
    let (word, told) = theirs.map_or((None, None), |(word, told)| (Some(word), told));
    let row = ActiveModel {
        id: Set(BankDifferenceId::new()),
        kind: Set(kind),
        subject_id: Set(subject),
        webhook_id: Set(webhook.to_owned()),
        ours: Set(ours.map(|(ours, _)| ours.as_str().to_owned())),
        our_amount: Set(ours.map(|(_, amount)| amount)),
        theirs: Set(word),
        their_amount: Set(told),
        found_at: Set(tx.now()),
        claimed_by: Set(None),
        claimed_at: Set(None),
        resolved_by: Set(None),
        resolved_at: Set(None),
        resolution: Set(None),
    };
    let once = OnConflict::new().do_nothing().to_owned();
    if Entity::insert(row).on_conflict(once).exec_without_returning(tx.db()).await? > 0 {
        tx.emit(DIFFERENCES_MOVED);
        tracing::warn!(%subject, ?kind, webhook, "the bank's book and ours differ");
    }
    Ok(())
}

/// Writes down that a word of the bank does not fit our record, unless that is open or an admin has explained exactly this before.
pub async fn differs(tx: &Tx, subject: Subject, word: &str, amount: Money) -> Result<(), Fault> {
    let sides = Sides {
        ours: ours(tx.db(), subject).await?,
        theirs: Some((word.to_owned(), Some(amount))),
    };
    note_sides(tx, subject, &sides).await?;
    Ok(())
}

/// Writes down that both sides do not agree. `false`: an admin has resolved exactly this before.
pub(super) async fn note_sides(tx: &Tx, subject: Subject, sides: &Sides) -> Result<bool, Fault> {
    let kind = match (&sides.ours, &sides.theirs) {
        (None, _) => BankDifferenceKind::UnknownToUs,
        (Some(_), None) => BankDifferenceKind::UnknownToBank,
        (Some(_), Some(_)) => BankDifferenceKind::Mismatch,
    };
    let same = Entity::find()
        .filter(Column::SubjectId.eq(subject))
        .filter(Column::Kind.eq(kind))
        .filter(Column::ResolvedBy.ne(Uuid::nil()))
        .all(tx.db())
        .await?;
    let (ours, theirs) = (
        sides.ours.map(|(ours, _)| ours.as_str()),
        sides.theirs.as_ref().map(|(word, _)| word.as_str()),
    );
    let told = sides.theirs.as_ref().and_then(|(_, amount)| *amount);
    if same
        .iter()
        .any(|row| row.ours.as_deref() == ours && row.theirs.as_deref() == theirs && row.their_amount == told)
    {
        return Ok(false);
    }
    note(tx, kind, subject, "", sides.theirs.clone()).await?;
    Ok(true)
}

/// Resolves all that is open about something on which both sides agree now; its silence not, if it is still silent.
pub(super) async fn resolve_all(tx: &Tx, subject: Subject, silent: bool) -> Result<(), Fault> {
    let mut update = Entity::update_many()
        .col_expr(Column::ResolvedAt, Expr::value(tx.now()))
        .col_expr(Column::ResolvedBy, Expr::value(Uuid::nil()))
        .filter(Column::SubjectId.eq(subject))
        .filter(Column::ResolvedAt.is_null());
    if silent {
        update = update.filter(Column::Kind.ne(BankDifferenceKind::Silence));
    }
    if update.exec(tx.db()).await?.rows_affected > 0 {
        tx.emit(DIFFERENCES_MOVED);
    }
    Ok(())
}

/// What open differences are about.
pub(super) async fn open_subjects<C: ConnectionTrait>(db: &C) -> Result<Vec<Subject>, Fault> {
    let open = Entity::find()
        .select_only()
        .column(Column::SubjectId)
        .filter(Column::ResolvedAt.is_null());
    Ok(open.into_tuple().all(db).await?)
}
