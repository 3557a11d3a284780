//! A creditor who was paid and owes something himself passes it on.

use entity::value::UserId;
use sea_orm::FromQueryResult;

use crate::{
    kernel::{Env, Fault, policy::System, sql},
    wallet::ledger,
};

/// How many wallets are looked at in one look.
const BATCH: u32 = 100;

#[derive(FromQueryResult)]
struct Owing {
    owner_id: UserId,
}

/// Pays the debts of those who owe something and have something in their wallets. Answers how many paid.
pub async fn pass_on(env: &Env, _: System) -> Result<u64, Fault> {
    let select = format!(
        "SELECT a.owner_id AS owner_id FROM ledger_accounts a LEFT JOIN ledger_accounts s ON s.owner_id = a.owner_id AND s.kind = 'SETTLING' \
         WHERE a.owed > 0 AND (a.balance > 0 OR s.balance > 0) LIMIT {BATCH}"
    );
    let owing: Vec<Owing> = sql::all(env.db(), &select, vec![]).await?;
    let mut paid = 0;
    for Owing { owner_id } in owing {
        let tx = env.begin().await?;
        paid += u64::from(ledger::set_off(&tx, owner_id).await?.0 > 0);
        tx.commit().await?;
    }
    Ok(paid)
}
