//! Setting what comes in against what is owed: users first, then the platform, oldest first.

use std::collections::BTreeSet;

use entity::{
    debt::{Column, Entity, Model},
    debt_change,
    kinds::{DebtCause, DebtChangeKind},
    value::{DebtChangeId, Money, UserId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use uuid::Uuid;

use super::{
    AccountKey, PostError, Transfer, Wallet,
    balances::{add_owed, lock, lock_wallet},
    book,
};
use crate::kernel::{Event, Fault, Tx, sql};

/// Debts change one transaction at a time: a payment touches the wallets of both sides, and two who owe each other would wait for one another.
/// Few people owe anything, so few wait.
const TURN: i64 = 0x6465_6274;

/// Takes the turn in which debts change. Whoever changes a debt takes it before he locks debts or accounts.
pub async fn take_turn(tx: &Tx) -> Result<(), Fault> {
    sql::wait_turn(tx.db(), TURN).await
}

/// The same for one who holds accounts already and must not wait. `false`: somebody else has the turn, and the worker makes up for it.
pub(super) async fn try_turn(tx: &Tx) -> Result<bool, Fault> {
    sql::take_turn(tx.db(), TURN).await
}

/// What of a debt is paid, and out of what.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Payment {
    debt: Model,
    from: Wallet,
}

impl Payment {
    fn amount(&self) -> Money {
        self.from.available + self.from.settling
    }
}

/// The rule: each debt in its order as far as the wallet goes, what is available before what settles.
fn plan(debts: Vec<Model>, mut wallet: Wallet) -> Vec<Payment> {
    let mut payments = Vec::new();
    for debt in debts {
        let available = debt.remaining.min(wallet.available);
        let settling = (debt.remaining - available).min(wallet.settling);
        wallet = Wallet {
            available: wallet.available - available,
            settling: wallet.settling - settling,
        };
        if available + settling > Money::ZERO {
            let from = Wallet { available, settling };
            payments.push(Payment { debt, from });
        }
    }
    payments
}

/// Where what is paid goes: to the creditor, or to where the platform took it from when it lost or advanced it.
const fn payee(debt: &Model) -> AccountKey {
    match (debt.creditor_id, debt.cause) {
        (Some(creditor), _) => AccountKey::available(creditor),
        (None, DebtCause::Advance) => AccountKey::COMPENSATION,
        (None, DebtCause::DepositReversed | DebtCause::Recovery) => AccountKey::FEES,
    }
}

/// Locks the open debts of some users, each user's in the order in which they are paid.
async fn open_debts(tx: &Tx, debtors: &BTreeSet<UserId>) -> Result<Vec<Model>, Fault> {
    let open = Entity::find()
        .filter(Column::DebtorId.is_in(debtors.iter().copied()))
        .filter(Expr::cust("remaining > 0"))
        .order_by_asc(Column::DebtorId)
        .order_by(Expr::cust("creditor_id IS NULL"), Order::Asc)
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .lock_exclusive();
    Ok(open.all(tx.db()).await?)
}

/// Takes the turn and locks everything that setting off against these users' debts touches, and `touched` with it, accounts in their order.
pub async fn line_up(tx: &Tx, debtors: &BTreeSet<UserId>, mut touched: BTreeSet<AccountKey>) -> Result<(), Fault> {
    take_turn(tx).await?;
    let debts = open_debts(tx, debtors).await?;
    touched.extend(debts.iter().map(payee));
    touched.extend(
        debtors
            .iter()
            .flat_map(|user| [AccountKey::settling(*user), AccountKey::available(*user)]),
    );
    for account in touched.into_iter().filter(|account| account.is_guarded()) {
        lock(tx, account).await?;
    }
    Ok(())
}

/// Pays a user's debts out of what is in his wallet. Answers how much was paid. Whether he is frozen does not matter.
///
/// A creditor who owes something himself passes it on a moment later, in a transaction of the worker's.
pub async fn set_off(tx: &Tx, debtor: UserId) -> Result<Money, Fault> {
    let debtors = BTreeSet::from([debtor]);
    line_up(tx, &debtors, BTreeSet::new()).await?;
    let debts = open_debts(tx, &debtors).await?;
    let wallet = lock_wallet(tx, debtor).await?;
    let payments = plan(debts, wallet);
    let (mut transfers, mut paid) = (Vec::new(), Money::ZERO);
    for payment in &payments {
        let change = reduce(tx, &payment.debt, payment.amount(), DebtChangeKind::Paid, Uuid::nil()).await?;
        transfers.push(Transfer::debt_paid(change, debtor, payment.from, payee(&payment.debt)));
        paid = paid + payment.amount();
        tx.emit(Event::DebtPaid {
            debt: payment.debt.id,
            debtor,
            creditor: payment.debt.creditor_id,
            amount: payment.amount(),
        });
    }
    if !transfers.is_empty() {
        book(tx, &transfers).await.map_err(in_wallet)?;
        tracing::info!(user = %debtor, %paid, debts = payments.len(), "debts were paid out of a wallet");
    }
    Ok(paid)
}

/// Counts a new debt that is written down, and pays of the user's debts what his wallet can.
pub async fn owe(tx: &Tx, debtor: UserId, amount: Money) -> Result<(), Fault> {
    line_up(tx, &BTreeSet::from([debtor]), BTreeSet::new()).await?;
    add_owed(tx, debtor, amount).await?;
    set_off(tx, debtor).await.map(drop)
}

/// Makes a locked debt smaller and writes down how.
pub async fn reduce(tx: &Tx, debt: &Model, by: Money, kind: DebtChangeKind, who: Uuid) -> Result<DebtChangeId, Fault> {
    let update = "UPDATE debts SET remaining = remaining - $2, ended_at = CASE WHEN remaining = $2 THEN $3 ELSE NULL END \
                  WHERE id = $1 AND remaining >= $2";
    if sql::run(tx.db(), update, vec![debt.id.into(), by.into(), tx.now().into()]).await? != 1 {
        return Err(Fault::internal("a locked debt changed"));
    }
    let id = DebtChangeId::new();
    let row = debt_change::ActiveModel {
        id: Set(id),
        debt_id: Set(debt.id),
        kind: Set(kind),
        amount: Set(by),
        by_id: Set(who),
        at: Set(tx.now()),
    };
    debt_change::Entity::insert(row).exec_without_returning(tx.db()).await?;
    add_owed(tx, debt.debtor_id, -by).await?;
    Ok(id)
}

/// The wallet is locked and has what the plan takes; anything else is a defect.
fn in_wallet(error: PostError) -> Fault {
    match error {
        PostError::Fault(fault) => fault,
        PostError::Frozen | PostError::InDebt | PostError::Insufficient | PostError::AlreadyPosted => Fault::internal(error),
    }
}

#[cfg(test)]
mod tests {
    use entity::value::{DebtId, Time};
    use proptest::prelude::*;

    use super::*;

    fn debt(remaining: i64) -> Model {
        Model {
            id: DebtId::new(),
            debtor_id: UserId::new(),
            creditor_id: None,
            cause: DebtCause::DepositReversed,
            cause_id: Uuid::nil(),
            amount: Money(remaining),
            remaining: Money(remaining),
            created_at: Time(0),
            ended_at: None,
        }
    }

    #[test]
    fn the_first_is_paid_first_and_what_is_available_goes_before_what_settles() {
        let paid = |debts: &[i64], available, settling| -> Vec<(i64, i64)> {
            let wallet = Wallet {
                available: Money(available),
                settling: Money(settling),
            };
            let payments = plan(debts.iter().copied().map(debt).collect(), wallet);
            payments.iter().map(|one| (one.from.available.0, one.from.settling.0)).collect()
        };
        assert_eq!(paid(&[5, 5], 7, 0), [(5, 0), (2, 0)]);
        assert_eq!(paid(&[5, 5], 3, 4), [(3, 2), (0, 2)]);
        assert_eq!(paid(&[5], 9, 9), [(5, 0)]);
        assert_eq!(paid(&[5], 0, 0), []);
        assert_eq!(paid(&[], 9, 9), []);
    }

    proptest! {
        #[test]
        fn what_is_paid_is_the_lesser_of_wallet_and_debts(
            debts in proptest::collection::vec(1_i64..1_000, 0..6), available in 0_i64..2_000, settling in 0_i64..2_000,
        ) {
            let owed: i64 = debts.iter().sum();
            let wallet = Wallet { available: Money(available), settling: Money(settling) };
            let payments = plan(debts.into_iter().map(debt).collect(), wallet);
            let paid: Money = payments.iter().map(Payment::amount).sum();
            prop_assert_eq!(paid.0, owed.min(available + settling));
            prop_assert!(payments.iter().all(|one| one.amount() > Money::ZERO && one.amount() <= one.debt.remaining));
            // Only the last one may be left with a rest.
            prop_assert!(payments.iter().rev().skip(1).all(|one| one.amount() == one.debt.remaining));
        }
    }
}
