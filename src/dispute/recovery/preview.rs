//! What upholding a claim would do to the money, before anybody does it.

use entity::{
    case,
    kinds::CaseKind,
    value::{CaseId, Money},
};
use sea_orm::FromQueryResult;

use super::{RecoveryError, money, uphold};
use crate::{
    dispute::{
        claim::{ClaimError, is_party},
        ruling, store,
    },
    kernel::{Env, Fault, policy::Admin, sql},
    order::store as orders,
    wallet::case_hold,
};

/// What upholding a claim would do, as things are now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preview {
    /// What the seller's wallet and the case's hold have, with what comes back to him.
    pub wallet: Money,
    /// What of that the buyer would get.
    pub to_buyer: Money,
    /// What the seller would owe the buyer, before an advance.
    pub rest: Money,
    /// What the platform would advance of that.
    pub advance: Money,
    /// What it could advance at most.
    pub compensation: Money,
    /// How many orders would be cancelled because he is blacklisted.
    pub cancelled: i64,
    /// Whether it would wait for a second admin.
    pub needs_second: bool,
}

#[derive(FromQueryResult)]
struct Undone {
    cancelled: i64,
    returned: i64,
}

/// What upholding a claim with an advance of at most so much would do. Not in one's own matter.
pub async fn preview(env: &Env, admin: Admin, id: CaseId, advance: Money) -> Result<Preview, RecoveryError> {
    let case = store::get(env.db(), id).await?.filter(|case| case.kind == CaseKind::Recovery);
    let case = case.ok_or(RecoveryError::NotFound)?;
    if is_party(&case, admin.id()) {
        return Err(ClaimError::Own.into());
    }
    let advance = uphold::within(&case, advance)?;
    let order = orders::get(env.db(), case.order_id).await?;
    let order = order.ok_or_else(|| Fault::internal("a case without an order"))?;
    let undone = undone(env, &case).await?;
    let (mut wallet, owed) = case_hold::look(env.db(), case.seller_id).await?;
    // What comes back to him pays his debts first.
    wallet.available = wallet.available + (Money(undone.returned) - owed).max(Money::ZERO);
    let claim = money::claim_of(&case, &order);
    let taken = case_hold::take(claim.amount - claim.held, claim.proceeds, wallet);
    let to_buyer = claim.held + taken.total();
    let rest = claim.amount - to_buyer;
    Ok(Preview {
        wallet: wallet.available + wallet.settling + claim.held,
        to_buyer,
        rest,
        advance: advance.min(rest),
        compensation: case_hold::compensation(env.db()).await?,
        cancelled: undone.cancelled,
        needs_second: ruling::needs_two(case.amount),
    })
}

/// The seller's orders that his blacklisting would undo, and what of their escrow is his.
async fn undone(env: &Env, case: &case::Model) -> Result<Undone, Fault> {
    let select = "SELECT COUNT(*) AS cancelled, \
         CAST(COALESCE(SUM(CASE WHEN buyer_id = $1 AND state <> 'AWAITING_PAYMENT' THEN price ELSE 0 END), 0) AS bigint) AS returned \
         FROM orders WHERE (buyer_id = $1 OR seller_id = $1) \
         AND (state IN ('AWAITING_PAYMENT', 'PAID') OR (state = 'DELIVERED' AND revealed_at IS NULL))";
    let rows: Vec<Undone> = sql::all(env.db(), select, vec![case.seller_id.into()]).await?;
    rows.into_iter().next().ok_or_else(|| Fault::internal("a count gave no row"))
}
