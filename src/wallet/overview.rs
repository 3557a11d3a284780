//! What a user has.

use entity::{
    kinds::AccountKind,
    ledger_account,
    value::{Money, OrderId, Time},
};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter};

use crate::kernel::{Env, Fault, policy::Member, sql};

/// How many entries of settling money are listed at most; the sum counts all.
pub const SETTLING_ENTRIES: u32 = 100;

/// A user's money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// What he can spend.
    pub available: Money,
    /// Proceeds that are not yet available.
    pub settling: Money,
    /// What is held for withdrawals under way.
    pub held: Money,
    /// Until when his withdrawals wait, after a change that a thief would make.
    pub withdraw_after: Option<Time>,
}

/// The caller's money, in one statement and one for his standing.
pub async fn overview(env: &Env, member: Member) -> Result<Overview, Fault> {
    let accounts = ledger_account::Entity::find()
        .filter(ledger_account::Column::OwnerId.eq(member.id().0))
        .all(env.db())
        .await?;
    let of = |kind| {
        accounts
            .iter()
            .filter(|account| account.kind == kind)
            .map(|account| account.balance)
            .sum()
    };
    let standing = entity::standing::Entity::find_by_id(member.id()).one(env.db()).await?;
    Ok(Overview {
        available: of(AccountKind::Available),
        settling: of(AccountKind::Settling),
        held: of(AccountKind::WithdrawalHold),
        withdraw_after: standing
            .and_then(|standing| standing.withdraw_after)
            .filter(|after| *after > env.now()),
    })
}

/// Proceeds of one sale that are not yet available.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Settling {
    /// Of which order.
    pub order_id: OrderId,
    /// How much.
    pub amount: Money,
    /// When it becomes available.
    pub settles_at: Time,
}

/// What of the caller's proceeds settles, soonest first, by what the ledger says.
pub async fn settling(env: &Env, member: Member) -> Result<Vec<Settling>, Fault> {
    let select = format!(
        "SELECT o.id AS order_id, e.amount AS amount, o.settles_at AS settles_at FROM orders o \
         JOIN ledger_transfers t ON t.cause_id = o.id AND t.cause = 'ORDER_PAYOUT' \
         JOIN ledger_entries e ON e.transfer_id = t.id AND e.kind = 'SETTLING' AND e.owner_id = o.seller_id \
         WHERE o.seller_id = $1 AND o.settles_at IS NOT NULL ORDER BY o.settles_at, o.id LIMIT {SETTLING_ENTRIES}"
    );
    sql::all(env.db(), &select, vec![member.id().into()]).await
}
