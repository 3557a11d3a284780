//! What a user has.

use entity::{
    kinds::AccountKind,
    ledger_account,
    value::{Money, OrderId, Time},
    wallet_freeze,
};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter};

use super::freeze;
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
    /// What he owes in all.
    pub owed: Money,
    /// Until when his withdrawals wait, after a change that a thief would make.
    pub withdraw_after: Option<Time>,
    /// Why his wallet is frozen, oldest first; empty: it is not.
    pub freezes: Vec<wallet_freeze::Model>,
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
        owed: accounts.iter().map(|account| account.owed).sum(),
        withdraw_after: standing
            .and_then(|standing| standing.withdraw_after)
            .filter(|after| *after > env.now()),
        freezes: if accounts.iter().any(|account| account.frozen > 0) {
            freeze::reasons(env.db(), member.id()).await?
        } else {
            Vec::new()
        },
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

/// What of the caller's proceeds settles, soonest first, by what the ledger says. What a debt took is missing from what settles last.
pub async fn settling(env: &Env, member: Member) -> Result<Vec<Settling>, Fault> {
    let select = format!(
        "SELECT o.id AS order_id, e.amount AS amount, o.settles_at AS settles_at FROM orders o \
         JOIN ledger_transfers t ON t.cause_id = o.id AND t.cause = 'ORDER_PAYOUT' \
         JOIN ledger_entries e ON e.transfer_id = t.id AND e.kind = 'SETTLING' AND e.owner_id = o.seller_id \
         WHERE o.seller_id = $1 AND o.settles_at IS NOT NULL ORDER BY o.settles_at, o.id LIMIT {SETTLING_ENTRIES}"
    );
    let entries: Vec<Settling> = sql::all(env.db(), &select, vec![member.id().into()]).await?;
    let account = ledger_account::Entity::find_by_id((member.id().0, AccountKind::Settling));
    let there = account.one(env.db()).await?.map_or(Money::ZERO, |account| account.balance);
    Ok(as_far_as(there, entries))
}

/// The rule: each entry as far as the balance goes.
fn as_far_as(mut there: Money, entries: Vec<Settling>) -> Vec<Settling> {
    let mut left = Vec::with_capacity(entries.len());
    for entry in entries {
        let amount = entry.amount.min(there);
        there = there - amount;
        if amount > Money::ZERO {
            left.push(Settling { amount, ..entry });
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_is_missing_from_what_settles_last() {
        let entry = |fen| Settling {
            order_id: OrderId::new(),
            amount: Money(fen),
            settles_at: Time(0),
        };
        let left = |there, amounts: &[i64]| -> Vec<i64> {
            let entries = amounts.iter().copied().map(entry).collect();
            as_far_as(Money(there), entries).into_iter().map(|entry| entry.amount.0).collect()
        };
        assert_eq!(left(30, &[10, 20]), [10, 20]);
        assert_eq!(left(15, &[10, 20]), [10, 5]);
        assert_eq!(left(10, &[10, 20]), [10]);
        assert_eq!(left(0, &[10]), [0; 0]);
    }
}
