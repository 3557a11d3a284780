//! Frozen wallets: money comes in, and does not go out by its owner's will. A case or an admin freezes; each has its own row.

use std::collections::HashMap;

use entity::{
    kinds::FreezeCause,
    ledger_account,
    value::{FreezeId, Time, UserId},
    wallet_freeze::{ActiveModel, Column, Entity, Model},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::{hold_owner::hold_owner, ledger, withdrawal};
use crate::kernel::{Env, Event, Fault, Tx, policy::Admin};

mod by_hand;

pub use by_hand::{Care, CareError, FrozenWallet, freeze, lapse, look, thaw};

/// A reason to freeze a wallet. It is open once at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Freeze {
    /// Whose wallet.
    pub user: UserId,
    /// What asks for it.
    pub cause: FreezeCause,
    /// The case; the user himself where an admin asks.
    pub subject: Uuid,
}

/// Freezes a wallet for this reason; withdrawals that were not sent go back to it. `by` decides: a user, or nil for the system.
/// None: it is frozen for this reason already.
///
/// It writes the standing row of the owner, so that a purchase or withdrawal of his comes wholly before it or is refused; it comes before
/// listings, orders and cases in a transaction.
pub async fn open(tx: &Tx, by: Uuid, freeze: Freeze, reason: Option<&str>) -> Result<Option<FreezeId>, Fault> {
    hold_owner(tx, freeze.user).await?;
    let id = FreezeId::new();
    let row = ActiveModel {
        id: Set(id),
        user_id: Set(freeze.user),
        cause: Set(freeze.cause),
        subject_id: Set(freeze.subject),
        reason: Set(reason.map(str::to_owned)),
        opened_by: Set(by),
        opened_at: Set(tx.now()),
        due_at: Set(due(tx, freeze.cause)),
        ended_by: Set(None),
        ended_at: Set(None),
    };
    // Any conflict: the one for this reason that is open already.
    let once = OnConflict::new().do_nothing().to_owned();
    if Entity::insert(row).on_conflict(once).exec_without_returning(tx.db()).await? == 0 {
        return Ok(None);
    }
    withdrawal::call_back(tx, freeze.user).await?;
    if ledger::add_freeze(tx, freeze.user, 1).await? == 1 {
        tx.emit(Event::WalletFrozen { user: freeze.user });
    }
    Ok(Some(id))
}

/// When a freeze that begins now ends by itself. A case ends its own.
fn due(tx: &Tx, cause: FreezeCause) -> Option<Time> {
    match cause {
        FreezeCause::Admin => Some(tx.now().plus_days(i64::from(tx.env().config().wallet.freeze_days))),
        FreezeCause::Case => None,
    }
}

/// Ends this reason. The wallet is open again when no other is left. `false`: it was not frozen for it.
pub async fn end(tx: &Tx, by: Uuid, freeze: Freeze) -> Result<bool, Fault> {
    let this = Condition::all()
        .add(Column::UserId.eq(freeze.user))
        .add(Column::Cause.eq(freeze.cause))
        .add(Column::SubjectId.eq(freeze.subject));
    end_open(tx, by, freeze.user, this).await
}

/// Ends the reason that is meant, if it is open.
async fn end_open(tx: &Tx, by: Uuid, user: UserId, this: Condition) -> Result<bool, Fault> {
    let update = Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(tx.now()))
        .col_expr(Column::EndedBy, Expr::value(by))
        .col_expr(Column::DueAt, Expr::value(None::<Time>))
        .filter(this)
        .filter(Column::EndedAt.is_null());
    if update.exec(tx.db()).await?.rows_affected == 0 {
        return Ok(false);
    }
    if ledger::add_freeze(tx, user, -1).await? == 0 {
        tx.emit(Event::WalletThawed { user });
    }
    Ok(true)
}

/// Whether a user's wallet is frozen.
pub async fn frozen<C: ConnectionTrait>(db: &C, user: UserId) -> Result<bool, Fault> {
    let account = ledger_account::Entity::find_by_id((user.0, entity::kinds::AccountKind::Available))
        .one(db)
        .await?;
    Ok(account.is_some_and(|account| account.frozen > 0))
}

/// The open reasons, oldest first.
pub async fn reasons<C: ConnectionTrait>(db: &C, user: UserId) -> Result<Vec<Model>, Fault> {
    let open = Entity::find().filter(Column::UserId.eq(user)).filter(Column::EndedAt.is_null());
    Ok(open.order_by_asc(Column::OpenedAt).order_by_asc(Column::Id).all(db).await?)
}

/// The open reasons of some users' wallets, oldest first.
pub async fn of_users(env: &Env, _: Admin, users: &[UserId]) -> Result<HashMap<UserId, Vec<Model>>, Fault> {
    let open = Entity::find()
        .filter(Column::UserId.is_in(users.iter().copied()))
        .filter(Column::EndedAt.is_null())
        .order_by_asc(Column::OpenedAt)
        .order_by_asc(Column::Id);
    let mut found = HashMap::<UserId, Vec<Model>>::new();
    for reason in open.all(env.db()).await? {
        found.entry(reason.user_id).or_default().push(reason);
    }
    Ok(found)
}

/// Since when a wallet with these open reasons has been frozen.
#[must_use]
pub fn since(reasons: &[Model]) -> Option<Time> {
    reasons.first().map(|first| first.opened_at)
}
