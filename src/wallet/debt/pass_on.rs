//! A creditor who was paid and owes something himself passes it on.

use entity::value::UserId;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    kernel::{Env, Fault, policy::System, sql},
    wallet::ledger,
};

/// How many wallets are read at a time.
const BATCH: u32 = 100;

#[derive(FromQueryResult)]
struct Owing {
    owner_id: UserId,
}

/// Pays the debts of those who owe something and have something in their wallets. Answers how many paid.
pub async fn pass_on(env: &Env, _: System) -> Result<u64, Fault> {
    let select = format!(
        "SELECT a.owner_id AS owner_id FROM ledger_accounts a LEFT JOIN ledger_accounts s ON s.owner_id = a.owner_id AND s.kind = 'SETTLING' \
         WHERE a.owed > 0 AND a.owner_id > $1 AND (a.balance > 0 OR s.balance > 0) ORDER BY a.owner_id LIMIT {BATCH}"
    );
    let (mut paid, mut last) = (0, UserId(Uuid::nil()));
    loop {
        // On from the last one, so that nobody waits for those who cannot pay.
        let owing: Vec<Owing> = sql::all(env.db(), &select, vec![last.into()]).await?;
        let Some(end) = owing.last().map(|owing| owing.owner_id) else {
            return Ok(paid);
        };
        last = end;
        for Owing { owner_id } in owing {
            match one(env, owner_id).await {
                Ok(taken) => paid += u64::from(taken),
                Err(error) => tracing::error!(debtor = %owner_id, %error, "debts could not be passed on"),
            }
        }
    }
}

async fn one(env: &Env, debtor: UserId) -> Result<bool, Fault> {
    let tx = env.begin().await?;
    let paid = ledger::set_off(&tx, debtor).await?.0 > 0;
    tx.commit().await?;
    Ok(paid)
}
