//! The rows of withdrawals, and the guarded statements that change them.

use entity::{
    kinds::{QueueKind, WithdrawalState},
    value::{Money, Time, UserId, WithdrawalId},
    withdrawal::{Column, Entity, Model},
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use crate::kernel::{Event, Fault, Tx, sql};

/// Reads a withdrawal.
pub(super) async fn get(tx: &Tx, id: WithdrawalId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).one(tx.db()).await?)
}

/// Reads a withdrawal and keeps others from changing it until the transaction ends.
pub(super) async fn lock(tx: &Tx, id: WithdrawalId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(tx.db()).await?)
}

/// Locks a user's withdrawals that were not sent, by id.
pub(super) async fn lock_unsent(tx: &Tx, user: UserId) -> Result<Vec<Model>, Fault> {
    let unsent = Entity::find()
        .filter(Column::UserId.eq(user))
        .filter(Column::State.is_in([WithdrawalState::Requested, WithdrawalState::Approved]))
        .order_by_asc(Column::Id)
        .lock_exclusive();
    Ok(unsent.all(tx.db()).await?)
}

/// Writes a new withdrawal.
pub(super) async fn insert(tx: &Tx, withdrawal: &Model) -> Result<(), Fault> {
    Entity::insert(withdrawal.clone().into_active_model())
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// How many of a user's withdrawals are under way.
pub(super) async fn open(tx: &Tx, user: UserId) -> Result<u64, Fault> {
    let open = Entity::find()
        .filter(Column::UserId.eq(user))
        .filter(Expr::cust("state IN ('REQUESTED', 'APPROVED', 'SENT')"));
    Ok(open.count(tx.db()).await?)
}

/// What a user asked for since a moment and did not get back, and when he asked for the first of it.
pub(super) async fn since(tx: &Tx, user: UserId, since: Time) -> Result<(Money, Option<Time>), Fault> {
    let row = sql::one(
        tx.db(),
        "SELECT CAST(COALESCE(SUM(amount), 0) AS bigint) AS total, MIN(created_at) AS first FROM withdrawals \
         WHERE user_id = $1 AND created_at > $2 AND state IN ('REQUESTED', 'APPROVED', 'SENT', 'PAID')",
        vec![user.into(), since.into()],
    );
    let row = row.await?.ok_or_else(|| Fault::internal("a sum gave no row"))?;
    Ok((row.try_get("", "total")?, row.try_get("", "first")?))
}

/// What of a user's deposits was credited since a moment, however long before he asked for them.
pub(super) async fn paid_in(tx: &Tx, user: UserId, since: Time) -> Result<Money, Fault> {
    let row = sql::one(
        tx.db(),
        "SELECT CAST(COALESCE(SUM(amount), 0) AS bigint) AS total FROM deposits \
         WHERE user_id = $1 AND decided_at > $2 AND state = 'CREDITED'",
        vec![user.into(), since.into()],
    );
    let row = row.await?.ok_or_else(|| Fault::internal("a sum gave no row"))?;
    Ok(row.try_get("", "total")?)
}

/// What waits of withdrawals for admins is not what it was.
pub(super) const WITHDRAWALS_MOVED: Event = Event::queue_moved(QueueKind::Withdrawals);

/// What a change of state writes beside it.
#[derive(Debug, Clone, Default)]
pub(super) struct Stamp {
    /// When the worker looks at it next.
    pub due_at: Option<Time>,
    /// When it was approved, if the step approves it.
    pub approved_at: Option<Time>,
    /// When it was sent, if the step sends it.
    pub sent_at: Option<Time>,
    /// When it ended, if the step ends it.
    pub ended_at: Option<Time>,
    /// The admin who decided, if one did.
    pub decided_by: Option<UserId>,
    /// Why it was rejected, if it was.
    pub reason: Option<String>,
}

/// Moves a withdrawal from the state it was read in to another. `false`: it is not in that state any more.
pub(super) async fn advance(tx: &Tx, withdrawal: &Model, to: WithdrawalState, stamp: Stamp) -> Result<bool, Fault> {
    let mut update = Entity::update_many()
        .col_expr(Column::State, Expr::value(to))
        .col_expr(Column::DueAt, Expr::value(stamp.due_at));
    for (column, at) in [
        (Column::ApprovedAt, stamp.approved_at),
        (Column::SentAt, stamp.sent_at),
        (Column::EndedAt, stamp.ended_at),
    ] {
        if at.is_some() {
            update = update.col_expr(column, Expr::value(at));
        }
    }
    if let Some(admin) = stamp.decided_by {
        update = update.col_expr(Column::DecidedBy, Expr::value(admin));
    }
    if let Some(reason) = stamp.reason {
        update = update.col_expr(Column::Reason, Expr::value(reason));
    }
    let update = update
        .filter(Column::Id.eq(withdrawal.id))
        .filter(Column::State.eq(withdrawal.state));
    Ok(update.exec(tx.db()).await?.rows_affected == 1)
}

/// Notes the first of two approvals, and leaves the withdrawal to the second admin.
pub(super) async fn note_first(tx: &Tx, id: WithdrawalId, admin: UserId) -> Result<(), Fault> {
    let update = Entity::update_many()
        .col_expr(Column::FirstApprovedBy, Expr::value(admin))
        .col_expr(Column::FirstApprovedAt, Expr::value(tx.now()))
        .col_expr(Column::ClaimedBy, Expr::value(None::<UserId>))
        .col_expr(Column::ClaimedAt, Expr::value(None::<Time>))
        .filter(Column::Id.eq(id));
    update.exec(tx.db()).await?;
    tx.emit(WITHDRAWALS_MOVED);
    Ok(())
}

/// Plans when the worker looks at a withdrawal next, and counts a question to the bank. `false`: another took this look.
pub(super) async fn take_ask(tx: &Tx, withdrawal: &Model, next: Option<Time>) -> Result<bool, Fault> {
    let update = Entity::update_many()
        .col_expr(Column::DueAt, Expr::value(next))
        .col_expr(Column::Asks, Expr::cust("asks + 1"))
        .filter(Column::Id.eq(withdrawal.id))
        .filter(Column::State.eq(withdrawal.state))
        .filter(Column::DueAt.eq(withdrawal.due_at));
    Ok(update.exec(tx.db()).await?.rows_affected == 1)
}

/// Puts a withdrawal that was to be sent off until its owner's wait is over.
pub(super) async fn put_off(tx: &Tx, id: WithdrawalId, until: Time) -> Result<(), Fault> {
    let update = Entity::update_many()
        .col_expr(Column::DueAt, Expr::value(until))
        .filter(Column::Id.eq(id));
    update.exec(tx.db()).await?;
    Ok(())
}
