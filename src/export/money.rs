//! What he has, and what moved it.

use entity::{
    debt, deposit,
    kinds::{AccountKind, TransferCause},
    ledger_account,
    value::{Money, Time},
    withdrawal,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{amount, maybe, moment};
use crate::kernel::{Env, Fault, policy::Member, sql};

pub(super) async fn wallet(env: &Env, member: Member) -> Result<Value, Fault> {
    Ok(json!({
        "accounts": accounts(env, member).await?,
        "entries": entries(env, member).await?,
        "deposits": deposits(env, member).await?,
        "withdrawals": withdrawals(env, member).await?,
        "debts": debts(env, member).await?,
    }))
}

async fn accounts(env: &Env, member: Member) -> Result<Value, Fault> {
    let rows = ledger_account::Entity::find().filter(ledger_account::Column::OwnerId.eq(member.id().0));
    let one = |row: ledger_account::Model| json!({ "account": row.kind, "balance": amount(row.balance) });
    Ok(rows.all(env.db()).await?.into_iter().map(one).collect())
}

#[derive(FromQueryResult)]
struct Entry {
    at: Time,
    cause: TransferCause,
    cause_id: Uuid,
    kind: AccountKind,
    amount: Money,
    balance: Option<Money>,
}

async fn entries(env: &Env, member: Member) -> Result<Value, Fault> {
    let select = "SELECT t.at, t.cause, t.cause_id, e.kind, e.amount, e.balance FROM ledger_entries e \
                  JOIN ledger_transfers t ON t.id = e.transfer_id WHERE e.owner_id = $1 ORDER BY e.kind, e.seq";
    let rows: Vec<Entry> = sql::all(env.db(), select, vec![member.id().into()]).await?;
    let one = |row: Entry| {
        json!({
            "at": moment(row.at),
            "account": row.kind,
            "cause": row.cause,
            "about": row.cause_id,
            "amount": amount(row.amount),
            "balance": row.balance.map(amount),
        })
    };
    Ok(rows.into_iter().map(one).collect())
}

/// What he owes and is owed. Who stands on the other side is not his to know here.
async fn debts(env: &Env, member: Member) -> Result<Value, Fault> {
    let own = Condition::any()
        .add(debt::Column::DebtorId.eq(member.id()))
        .add(debt::Column::CreditorId.eq(member.id()));
    let rows = debt::Entity::find()
        .filter(own)
        .order_by_asc(debt::Column::CreatedAt)
        .all(env.db())
        .await?;
    let one = |row: debt::Model| {
        json!({
            "id": row.id,
            "side": if row.debtor_id == member.id() { "owes" } else { "is owed" },
            "about": row.cause_id,
            "amount": amount(row.amount),
            "remaining": amount(row.remaining),
            "since": moment(row.created_at),
            "endedAt": maybe(row.ended_at),
        })
    };
    Ok(rows.into_iter().map(one).collect())
}

async fn deposits(env: &Env, member: Member) -> Result<Value, Fault> {
    let rows = deposit::Entity::find()
        .filter(deposit::Column::UserId.eq(member.id()))
        .order_by_asc(deposit::Column::CreatedAt)
        .all(env.db())
        .await?;
    let one = |row: deposit::Model| {
        json!({
            "id": row.id,
            "amount": amount(row.amount),
            "state": row.state,
            "askedAt": moment(row.created_at),
            "decidedAt": maybe(row.decided_at),
        })
    };
    Ok(rows.into_iter().map(one).collect())
}

async fn withdrawals(env: &Env, member: Member) -> Result<Value, Fault> {
    let rows = withdrawal::Entity::find()
        .filter(withdrawal::Column::UserId.eq(member.id()))
        .order_by_asc(withdrawal::Column::CreatedAt)
        .all(env.db())
        .await?;
    let one = |row: withdrawal::Model| {
        json!({
            "id": row.id,
            "payoutAccount": row.payout_account_id,
            "amount": amount(row.amount),
            "state": row.state,
            "reason": row.reason,
            "askedAt": moment(row.created_at),
            "sentAt": maybe(row.sent_at),
            "endedAt": maybe(row.ended_at),
        })
    };
    Ok(rows.into_iter().map(one).collect())
}
