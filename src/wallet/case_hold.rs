//! What of a seller's wallet is held for a claim against him, goes back to him, or is given to the buyer by a ruling.
//!
//! The proceeds of the very order that a claim is about are taken first, so that nothing of it is left to settle; then what is available, then other
//! proceeds. Whoever calls holds the standing of seller and buyer whole.

use entity::{
    debt,
    kinds::{AccountKind, DebtCause},
    ledger_account,
    value::{CaseId, DebtId, Money, OrderId, UserId},
};
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect};

use super::{
    debt::{NewDebt, open},
    decision::{DecideError, advance},
    ledger::{self, AccountKey, PostError, Transfer, Wallet, lock_wallet},
};
use crate::kernel::{Fault, Tx};

/// Whose wallet a claim is about, and for how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The case.
    pub case: CaseId,
    /// The order.
    pub order: OrderId,
    /// Who sold, and pays.
    pub seller: UserId,
    /// Who bought, and is paid.
    pub buyer: UserId,
    /// What the buyer paid, and so claims.
    pub amount: Money,
    /// What is in the case's hold already.
    pub held: Money,
    /// Proceeds of the order that are still to settle.
    pub proceeds: Money,
}

/// What is taken out of a wallet for a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Taken {
    /// Out of the proceeds of the order itself.
    pub own: Money,
    /// Out of what is available.
    pub available: Money,
    /// Out of other proceeds.
    pub others: Money,
}

impl Taken {
    /// All of it.
    #[must_use]
    pub fn total(self) -> Money {
        self.own + self.available + self.others
    }

    fn out_of(self) -> Wallet {
        Wallet {
            available: self.available,
            settling: self.own + self.others,
        }
    }
}

/// The rule: what of a wallet is taken for `wanted`, if so much of it are proceeds of the order itself.
#[must_use]
pub fn take(wanted: Money, proceeds: Money, wallet: Wallet) -> Taken {
    let own = wanted.min(proceeds).min(wallet.settling);
    let available = (wanted - own).min(wallet.available);
    let others = (wanted - own - available).min(wallet.settling - own);
    Taken { own, available, others }
}

/// Puts into the case's hold what the claim asks for, as far as the wallet goes.
pub async fn hold(tx: &Tx, claim: &Claim) -> Result<Taken, Fault> {
    let wallet = lock_wallet(tx, claim.seller).await?;
    let taken = take(claim.amount, claim.proceeds, wallet);
    if taken.total() > Money::ZERO {
        let transfer = Transfer::case_held(claim.case, claim.seller, taken.out_of());
        ledger::post(tx, &[transfer]).await.map_err(is_there)?;
    }
    Ok(taken)
}

/// Gives back what is in the case's hold: so much of it to the seller's settling, the rest to what he has available. It pays his debts first.
pub async fn give_back(tx: &Tx, claim: &Claim, settling: Money) -> Result<(), Fault> {
    if claim.held == Money::ZERO {
        return Ok(());
    }
    let back = Wallet {
        available: claim.held - settling,
        settling,
    };
    let transfer = Transfer::case_hold_returned(claim.case, claim.seller, back);
    ledger::post(tx, &[transfer]).await.map_err(is_there)
}

/// What a ruling for the buyer came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recovered {
    /// What the seller's wallet and the hold gave.
    pub paid: Money,
    /// What the platform advanced of the rest.
    pub advanced: Money,
    /// The debt to the buyer. None: nothing was left to owe.
    pub debt: Option<DebtId>,
}

/// Why a ruling moved nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecoverError {
    /// The platform's compensation is less than what is to be advanced.
    #[error("the platform has less")]
    NotEnough {
        /// How much it has.
        there: Money,
    },
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Gives the buyer what he claims out of the hold and the seller's wallet. What is not there the seller owes him; of that `by` may advance a part
/// out of the platform's compensation, which the seller owes the platform then. Debts change: their turn is taken before anything is posted.
pub async fn recover(tx: &Tx, claim: &Claim, most: Money, by: UserId) -> Result<Recovered, RecoverError> {
    let wallet = lock_wallet(tx, claim.seller).await?;
    let taken = take(claim.amount - claim.held, claim.proceeds, wallet);
    let paid = claim.held + taken.total();
    if paid > Money::ZERO {
        let transfer = Transfer::case_recovered(claim.case, claim.seller, claim.held, taken.out_of(), claim.buyer);
        ledger::post(tx, &[transfer]).await.map_err(is_there)?;
    }
    let rest = claim.amount - paid;
    if rest == Money::ZERO {
        return Ok(Recovered {
            paid,
            ..Recovered::default()
        });
    }
    let new = NewDebt {
        debtor: claim.seller,
        creditor: Some(claim.buyer),
        cause: DebtCause::Recovery,
        cause_id: claim.order.0,
        amount: rest,
    };
    let id = open(tx, &new).await?;
    let advanced = most.min(rest);
    if advanced > Money::ZERO {
        let debt = debt::Entity::find_by_id(id)
            .lock_exclusive()
            .one(tx.db())
            .await
            .map_err(Fault::from)?;
        let debt = debt.ok_or_else(|| Fault::internal("a debt that was just written is missing"))?;
        advance(tx, &debt, claim.buyer, advanced, by).await.map_err(|error| match error {
            DecideError::NotEnough { there } => RecoverError::NotEnough { there },
            DecideError::Fault(fault) => fault.into(),
            other => Fault::internal(other).into(),
        })?;
    }
    Ok(Recovered {
        paid,
        advanced,
        debt: Some(id),
    })
}

/// What is in a wallet, and what its owner owes, without a lock: for a preview.
pub async fn look<C: ConnectionTrait>(db: &C, user: UserId) -> Result<(Wallet, Money), Fault> {
    let find = |kind| ledger_account::Entity::find_by_id((user.0, kind)).one(db);
    let available = find(AccountKind::Available).await?;
    let settling = find(AccountKind::Settling).await?;
    let owed = available.as_ref().map(|account| account.owed).unwrap_or_default();
    let wallet = Wallet {
        available: available.map(|account| account.balance).unwrap_or_default(),
        settling: settling.map(|account| account.balance).unwrap_or_default(),
    };
    Ok((wallet, owed))
}

/// What the platform could advance at most, without a lock.
pub async fn compensation<C: ConnectionTrait>(db: &C) -> Result<Money, Fault> {
    let key = AccountKey::COMPENSATION;
    let account = ledger_account::Entity::find_by_id((key.owner, key.kind)).one(db).await?;
    Ok(account.map(|account| account.balance).unwrap_or_default())
}

/// What is moved was looked at under a lock, and a case moves each thing once: anything else is a defect.
fn is_there(error: PostError) -> Fault {
    match error {
        PostError::Fault(fault) => fault,
        PostError::Frozen | PostError::InDebt | PostError::Insufficient | PostError::AlreadyPosted => Fault::internal(error),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    use super::*;

    #[test]
    fn its_own_proceeds_go_first_then_what_is_available_then_other_proceeds() {
        for (wanted, proceeds, available, settling, taken) in [
            (20, 19, 100, 19, (19, 1, 0)),
            (20, 0, 100, 50, (0, 20, 0)),
            (20, 19, 0, 40, (19, 0, 1)),
            (20, 19, 0, 5, (5, 0, 0)),
            (20, 19, 3, 25, (19, 1, 0)),
            (20, 0, 3, 4, (0, 3, 4)),
            (0, 19, 3, 25, (0, 0, 0)),
            (20, 19, 0, 0, (0, 0, 0)),
        ] {
            let wallet = Wallet {
                available: Money(available),
                settling: Money(settling),
            };
            let Taken { own, available, others } = take(Money(wanted), Money(proceeds), wallet);
            assert_eq!((own.0, available.0, others.0), taken, "{wanted} of {wallet:?} with {proceeds}");
        }
    }

    proptest! {
        #[test]
        fn what_is_taken_is_the_lesser_of_claim_and_wallet(
            wanted in 0_i64..2_000, proceeds in 0_i64..2_000, available in 0_i64..2_000, settling in 0_i64..2_000,
        ) {
            let wallet = Wallet { available: Money(available), settling: Money(settling) };
            let taken = take(Money(wanted), Money(proceeds), wallet);
            prop_assert_eq!(taken.total().0, wanted.min(available + settling));
            prop_assert!([taken.own, taken.available, taken.others].iter().all(|part| *part >= Money::ZERO));
            prop_assert!(taken.available.0 <= available && (taken.own + taken.others).0 <= settling);
            // Of its own proceeds nothing is left behind while something else is taken.
            prop_assert!(taken.available + taken.others == Money::ZERO || taken.own.0 == proceeds.min(settling));
        }
    }
}
