//! Asks for a withdrawal.

use entity::{
    kinds::{AccountKind, WithdrawalState},
    ledger_account,
    value::{Money, PayoutAccountId, Time, UserId, WithdrawalId},
    withdrawal,
};
use sea_orm::EntityTrait;
use serde::Serialize;
use uuid::Uuid;

use super::{
    card::{self, Card},
    store,
};
use crate::{
    kernel::{
        Claim, Env, Event, Fault, Tx,
        policy::{Payee, Proven},
    },
    wallet::{
        hold_owner::hold_owner,
        ledger::{self, PostError, Transfer},
        limits, payout_account,
    },
};

/// How many withdrawals of a user may be under way.
pub const OPEN: u64 = 5;
/// Over how many hours the daily limit counts, and money counts as just paid in.
const DAY_HOURS: i64 = 24;

/// What a user asks for.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct RequestWithdrawal {
    /// How much.
    pub amount: Money,
    /// Where to: one of his own payout accounts.
    pub payout_account: PayoutAccountId,
    /// His idempotency key.
    #[serde(skip)]
    pub key: Uuid,
}

/// Why nothing is withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// The amount is too little or too much.
    #[error("the amount is out of range")]
    Amount {
        /// The least.
        least: Money,
        /// The most.
        most: Money,
    },
    /// The payout account is not his, or was removed.
    #[error("no such payout account")]
    NoSuchAccount,
    /// His wallet is frozen.
    #[error("the wallet is frozen")]
    Frozen,
    /// He owes something, and pays that first.
    #[error("a debt is open")]
    InDebt,
    /// His balance is too low.
    #[error("the balance is too low")]
    Insufficient,
    /// It would be too much in 24 hours.
    #[error("over the daily limit")]
    OverADay {
        /// How much is not.
        most: Money,
        /// How much he may still ask for.
        left: Money,
        /// When the first of the day's withdrawals counts no more.
        again: Time,
    },
    /// [`OPEN`] withdrawals are under way.
    #[error("too many withdrawals under way")]
    TooManyOpen,
    /// The key was used for something else.
    #[error("the key was used for other input")]
    KeyReused,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<PostError> for RequestError {
    fn from(error: PostError) -> Self {
        match error {
            PostError::Frozen => Self::Frozen,
            PostError::InDebt => Self::InDebt,
            PostError::Insufficient => Self::Insufficient,
            PostError::AlreadyPosted => Fault::internal("a withdrawal's hold was posted before the withdrawal was").into(),
            PostError::Fault(fault) => fault.into(),
        }
    }
}

/// Asks for a withdrawal: its amount moves to the hold at once. Asking again with the same key answers the same withdrawal.
///
/// Up to 5,000.00 it goes out by itself, once the owner's wait (see `standing::hold_withdrawals`) is over; above that an admin decides.
pub async fn request(env: &Env, payee: Proven<Payee>, ask: &RequestWithdrawal) -> Result<Card, RequestError> {
    let tx = env.begin().await?;
    let id = match tx.claim(payee.id(), "withdrawalRequest", ask.key, ask).await? {
        Claim::First(id) => WithdrawalId(id),
        Claim::Repeat(id) => return Ok(card::get(&tx, WithdrawalId(id)).await?),
        Claim::UsedForOther => return Err(RequestError::KeyReused),
    };
    let (least, most) = limits::withdrawal(env).into_inner();
    if !(least..=most).contains(&ask.amount) {
        return Err(RequestError::Amount { least, most });
    }
    let standing = hold_owner(&tx, payee.id()).await?;
    if !payout_account::is_of(&tx, ask.payout_account, payee.id()).await? {
        return Err(RequestError::NoSuchAccount);
    }
    within_limits(&tx, payee.id(), ask.amount, most).await?;
    let quick_turn = is_quick_turn(&tx, payee.id(), ask.amount).await?;
    let row = withdrawal::Model {
        quick_turn,
        ..draft(id, payee.id(), ask, tx.now(), (limits::review_above(env), standing.withdraw_after))
    };
    store::insert(&tx, &row).await?;
    ledger::post(&tx, &[Transfer::withdrawal_hold(id, payee.id(), ask.amount)]).await?;
    if row.state == WithdrawalState::Requested {
        tx.emit(store::WITHDRAWALS_MOVED);
    }
    tx.emit(Event::WithdrawalRequested {
        withdrawal: id,
        user: payee.id(),
    });
    let card = card::get(&tx, id).await?;
    tx.commit().await?;
    tracing::info!(withdrawal = %id, user = %payee.id(), amount = %ask.amount, quick_turn, "withdrawal asked for");
    Ok(card)
}

/// `most`: the most that a user's withdrawals of 24 hours may sum to.
async fn within_limits(tx: &Tx, user: UserId, amount: Money, most: Money) -> Result<(), RequestError> {
    if store::open(tx, user).await? >= OPEN {
        return Err(RequestError::TooManyOpen);
    }
    let (total, first) = store::since(tx, user, tx.now().plus_hours(-DAY_HOURS)).await?;
    if total + amount > most {
        return Err(RequestError::OverADay {
            most,
            // A limit that was set lower since leaves nothing.
            left: (most - total).max(Money::ZERO),
            again: first.unwrap_or(tx.now()).plus_hours(DAY_HOURS),
        });
    }
    Ok(())
}

/// Whether the amount could not be paid without what was deposited in the last 24 hours: money that came in to go out again.
async fn is_quick_turn(tx: &Tx, user: UserId, amount: Money) -> Result<bool, Fault> {
    let account = ledger_account::Entity::find_by_id((user.0, AccountKind::Available))
        .one(tx.db())
        .await?;
    let available = account.map_or(Money::ZERO, |account| account.balance);
    let fresh = store::paid_in(tx, user, tx.now().plus_hours(-DAY_HOURS)).await?;
    Ok(available - fresh < amount)
}

/// The rule: up to `review_above` it goes out by itself as soon as the owner's wait is over.
fn draft(
    id: WithdrawalId,
    user: UserId,
    ask: &RequestWithdrawal,
    now: Time,
    (review_above, withdraw_after): (Money, Option<Time>),
) -> withdrawal::Model {
    let waits_for_admin = ask.amount > review_above;
    let goes_out = withdraw_after.map_or(now, |after| after.max(now));
    withdrawal::Model {
        id,
        user_id: user,
        payout_account_id: ask.payout_account,
        amount: ask.amount,
        state: if waits_for_admin {
            WithdrawalState::Requested
        } else {
            WithdrawalState::Approved
        },
        reason: None,
        created_at: now,
        approved_at: (!waits_for_admin).then_some(now),
        sent_at: None,
        ended_at: None,
        due_at: (!waits_for_admin).then_some(goes_out),
        asks: 0,
        quick_turn: false,
        first_approved_by: None,
        first_approved_at: None,
        decided_by: None,
        claimed_by: None,
        claimed_at: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drafted(fen: i64, withdraw_after: Option<i64>) -> (WithdrawalState, Option<Time>) {
        let ask = RequestWithdrawal {
            amount: Money(fen),
            payout_account: PayoutAccountId::new(),
            key: Uuid::nil(),
        };
        let rules = (Money::yuan(5_000), withdraw_after.map(Time));
        let row = draft(WithdrawalId::new(), UserId::new(), &ask, Time(1_000), rules);
        (row.state, row.due_at)
    }

    #[test]
    fn small_ones_go_out_after_the_wait_and_large_ones_after_an_admin() {
        assert_eq!(drafted(500_000, None), (WithdrawalState::Approved, Some(Time(1_000))));
        assert_eq!(drafted(500_000, Some(900)), (WithdrawalState::Approved, Some(Time(1_000))));
        assert_eq!(drafted(500_000, Some(9_000)), (WithdrawalState::Approved, Some(Time(9_000))));
        assert_eq!(drafted(500_001, None), (WithdrawalState::Requested, None));
    }
}
