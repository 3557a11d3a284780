//! Asks the bank about deposits whose webhook may be lost.

use entity::{
    deposit::{self, Column, Entity},
    kinds::DepositState,
    value::DepositId,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    checkout,
    hear::{step, take},
    state::next_ask,
    store,
};
use crate::kernel::{
    Env, Fault,
    policy::System,
    port::{BankError, PaymentState},
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
        Ok(Some(said)) => note(env, deposit.id, said).await?,
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

/// Takes in what the bank answered.
pub(in crate::wallet) async fn note(env: &Env, id: DepositId, said: PaymentState) -> Result<(), Fault> {
    let Some(step) = step(said) else { return Ok(()) };
    let tx = env.begin().await?;
    let deposit = store::lock(&tx, id).await?.ok_or_else(|| Fault::internal("a deposit is missing"))?;
    take(&tx, &deposit, step).await?;
    tx.commit().await
}
