//! Asks the bank about deposits whose webhook may be lost.

use entity::{
    deposit::{self, Column, Entity},
    kinds::DepositState,
    value::DepositId,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    checkout,
    hear::{follow, hold},
    state::next_ask,
    store,
};
use crate::{
    kernel::{
        Env, Fault,
        policy::System,
        port::{BankAnswer, BankError, PaymentState},
    },
    wallet::{answer::Told, reconcile},
};

/// How many deposits are asked about in one look.
const BATCH: u64 = 100;

/// Asks the bank about each deposit whose time has come: 5 minutes, 30 minutes and 2 hours after it was opened, then daily. Answers how many.
pub async fn ask(env: &Env, _: System) -> Result<u64, Fault> {
    let due = Entity::find()
        .filter(Column::AskAt.lte(env.now()))
        .order_by_asc(Column::AskAt)
        .limit(BATCH)
        .all(env.db())
        .await?;
    let mut asked = 0;
    for deposit in due {
        match one(env, &deposit).await {
            Ok(Asked::Heard) => asked += 1,
            Ok(Asked::ByAnother) => {}
            // The rest would wait for the same silence; their time comes again.
            Ok(Asked::Silence) => break,
            Err(error) => tracing::error!(deposit = %deposit.id, %error, "the bank's word on a deposit could not be noted"),
        }
    }
    Ok(asked)
}

/// What came of a question.
enum Asked {
    Heard,
    Silence,
    ByAnother,
}

async fn one(env: &Env, deposit: &deposit::Model) -> Result<Asked, Fault> {
    let tx = env.begin().await?;
    if !store::take_ask(&tx, deposit, next_ask(deposit.created_at, tx.now())).await? {
        return Ok(Asked::ByAnother);
    }
    tx.commit().await?;
    match env.bank().payment(deposit.id.0).await {
        Ok(Some(answer)) => drop(note(env, deposit.id, &answer).await?),
        // It never heard of it: our call was lost.
        Ok(None) if deposit.state == DepositState::Open => drop(checkout::open(env, deposit.clone()).await?),
        Ok(None) => {}
        Err(error @ (BankError::Unreachable(_) | BankError::Refused(_))) => {
            tracing::warn!(deposit = %deposit.id, %error, "the bank said nothing about a deposit");
            return Ok(Asked::Silence);
        }
    }
    Ok(Asked::Heard)
}

/// Takes in what the bank answered, as a webhook's word would be. What does not fit our own record moves nothing and waits for a person.
pub(in crate::wallet) async fn note(env: &Env, id: DepositId, answer: &BankAnswer<PaymentState>) -> Result<Told, Fault> {
    let tx = env.begin().await?;
    let held = hold(&tx, id, answer.state).await?;
    let held = held.ok_or_else(|| Fault::internal("a deposit is missing"))?;
    let reference = held.deposit.reference.as_deref();
    let told = Told::new(answer, answer.state.as_str(), held.deposit.amount, reference);
    if told.fits {
        follow(&tx, &held, answer.state).await?;
    } else {
        reconcile::differs(&tx, id.0, &told.word, told.amount).await?;
    }
    tx.commit().await?;
    Ok(told)
}
