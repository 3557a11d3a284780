//! Balances read under a lock, and the counts that stand beside them.

use std::collections::BTreeSet;

use entity::{
    kinds::AccountKind,
    ledger_account,
    value::{Money, OrderId, UserId},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, sea_query::Expr};

use super::{AccountKey, PostError, Transfer, open, post, rollup};
use crate::kernel::{Fault, Tx, sql};

/// What is in a user's wallet and can be taken by the bank, a ruling or a creditor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wallet {
    /// Available.
    pub available: Money,
    /// Settling.
    pub settling: Money,
}

/// Locks a user's wallet and reads what is in it.
pub async fn lock_wallet(tx: &Tx, user: UserId) -> Result<Wallet, Fault> {
    let settling = lock(tx, AccountKey::settling(user)).await?;
    let available = lock(tx, AccountKey::available(user)).await?;
    Ok(Wallet { available, settling })
}

/// Locks the platform's compensation and reads it.
pub async fn lock_compensation(tx: &Tx) -> Result<Money, Fault> {
    lock(tx, AccountKey::COMPENSATION).await
}

/// Locks an account with a guarded balance and reads it.
pub(super) async fn lock(tx: &Tx, account: AccountKey) -> Result<Money, Fault> {
    open(tx, account).await?;
    let row = ledger_account::Entity::find_by_id((account.owner, account.kind))
        .lock_exclusive()
        .one(tx.db())
        .await?;
    row.map(|row| row.balance)
        .ok_or_else(|| Fault::internal("an opened account has no row"))
}

/// Those of some users who owe something.
pub(super) async fn owing(tx: &Tx, users: &BTreeSet<UserId>) -> Result<BTreeSet<UserId>, Fault> {
    if users.is_empty() {
        return Ok(BTreeSet::new());
    }
    let rows = ledger_account::Entity::find()
        .filter(ledger_account::Column::OwnerId.is_in(users.iter().map(|user| user.0)))
        .filter(ledger_account::Column::Kind.eq(AccountKind::Available))
        .filter(Expr::cust("owed > 0"))
        .all(tx.db())
        .await?;
    Ok(rows.into_iter().map(|row| UserId(row.owner_id)).collect())
}

/// Counts one more open freeze of a wallet, or one less; answers how many are open now.
pub async fn add_freeze(tx: &Tx, user: UserId, more: i32) -> Result<i32, Fault> {
    let account = AccountKey::available(user);
    open(tx, account).await?;
    let row = sql::one(
        tx.db(),
        "UPDATE ledger_accounts SET frozen = frozen + $3 WHERE owner_id = $1 AND kind = $2 RETURNING frozen",
        vec![account.owner.into(), account.kind.as_str().into(), more.into()],
    );
    Ok(row
        .await?
        .ok_or_else(|| Fault::internal("an opened account has no row"))?
        .try_get("", "frozen")?)
}

/// Adds to what a user owes in all, or takes from it.
pub async fn add_owed(tx: &Tx, user: UserId, more: Money) -> Result<(), Fault> {
    let account = AccountKey::available(user);
    open(tx, account).await?;
    let values = vec![account.owner.into(), account.kind.as_str().into(), more.0.into()];
    let update = "UPDATE ledger_accounts SET owed = owed + $3 WHERE owner_id = $1 AND kind = $2 AND owed + $3 >= 0";
    match sql::run(tx.db(), update, values).await? {
        1 => Ok(()),
        _ => Err(Fault::internal("somebody would owe less than nothing")),
    }
}

/// Makes what is left of the proceeds of an order available, and answers how much that was.
///
/// What a debt or a ruling took out of settling is missing from what settles last.
pub async fn settle(tx: &Tx, order: OrderId, seller: UserId, proceeds: Money) -> Result<Money, PostError> {
    let left = lock(tx, AccountKey::settling(seller)).await?.min(proceeds);
    if left > Money::ZERO {
        post(tx, &[Transfer::settle(order, seller, left)]).await?;
    }
    Ok(left)
}

/// What the platform earned, less what it lost: the sum of all entries.
pub async fn fees<C: ConnectionTrait>(db: &C) -> Result<Money, Fault> {
    rollup::sum(db, AccountKey::FEES).await
}

/// What the platform has: earnings, compensation, and bank clearing, which is below zero by what the bank holds for all.
pub async fn platform<C: ConnectionTrait>(db: &C) -> Result<(Money, Money, Money), Fault> {
    let AccountKey { owner, kind } = AccountKey::COMPENSATION;
    let compensation = ledger_account::Entity::find_by_id((owner, kind)).one(db).await?;
    let clearing = rollup::sum(db, AccountKey::BANK_CLEARING).await?;
    Ok((
        fees(db).await?,
        compensation.map_or(Money::ZERO, |account| account.balance),
        clearing,
    ))
}

/// What is in the accounts of each kind: balances where they are kept, else the sum of the entries. What can change is read in one
/// statement, so that all together is nothing at every moment.
pub async fn by_kind<C: ConnectionTrait>(db: &C) -> Result<Vec<(AccountKind, Money)>, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        kind: AccountKind,
        total: Money,
    }
    let select = "SELECT q.kind AS kind, CAST(COALESCE(SUM(q.amount), 0) AS bigint) AS total FROM ( \
                  SELECT kind, balance AS amount FROM ledger_accounts WHERE kind NOT IN ('FEES', 'BANK_CLEARING') UNION ALL \
                  SELECT kind, total AS amount FROM ledger_rollups WHERE owner_id = $1 AND day = $2 UNION ALL \
                  SELECT e.kind, e.amount FROM ledger_transfers t CROSS JOIN ledger_entries e WHERE e.transfer_id = t.id \
                  AND e.owner_id = $1 AND e.kind IN ('FEES', 'BANK_CLEARING') AND t.at >= $3) AS q \
                  GROUP BY q.kind ORDER BY q.kind";
    let day = rollup::newest(db).await?;
    let values = vec![AccountKey::FEES.owner.into(), day.into(), rollup::end(day).into()];
    let rows: Vec<Row> = sql::all(db, select, values).await?;
    Ok(rows.into_iter().map(|row| (row.kind, row.total)).collect())
}
