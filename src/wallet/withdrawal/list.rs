//! Lists of withdrawals.

use std::collections::HashMap;

use entity::value::WithdrawalId;
use sea_orm::Value;

use super::card::{self, Card};
use crate::kernel::{
    Env, Fault,
    claim::{self, Claimed},
    page::{Ask, Keyset, Page},
    policy::{Admin, Member},
};

/// One of the caller's own withdrawals.
pub async fn find(env: &Env, member: Member, id: WithdrawalId) -> Result<Option<Card>, Fault> {
    let values = vec![id.into(), member.id().into()];
    Ok(card::all(env.db(), "w.id = $1 AND w.user_id = $2", values).await?.pop())
}

/// The caller's own withdrawals, newest first.
pub async fn list(env: &Env, member: Member, ask: &Ask) -> Result<Page<Card>, Fault> {
    let mut values = vec![member.id().into()];
    let after = after(ask, &mut values, "<");
    let condition = format!("w.user_id = $1{after} ORDER BY w.created_at DESC, w.id DESC LIMIT {}", ask.limit());
    Ok(ask.cut(card::all(env.db(), &condition, values).await?))
}

/// The caller's own withdrawals that are under way, newest first; there are never more than a handful.
pub async fn open(env: &Env, member: Member) -> Result<Vec<Card>, Fault> {
    let condition = "w.user_id = $1 AND w.state IN ('REQUESTED', 'APPROVED', 'SENT') ORDER BY w.created_at DESC, w.id DESC";
    card::all(env.db(), condition, vec![member.id().into()]).await
}

/// What waits for an admin, the longest waiting first.
pub async fn queue(env: &Env, admin: Admin, claimed: Option<Claimed>, ask: &Ask) -> Result<Page<Card>, Fault> {
    let mut values = Vec::new();
    let claim = claim::condition(claimed, "w", admin.id(), env.now(), &mut values);
    let after = after(ask, &mut values, ">");
    let condition = format!(
        "w.state = 'REQUESTED'{claim}{after} ORDER BY w.created_at, w.id LIMIT {}",
        ask.limit()
    );
    Ok(ask.cut(card::all(env.db(), &condition, values).await?))
}

/// Some of the caller's own withdrawals by id, in one statement.
pub async fn of_ids(env: &Env, member: Member, ids: &[WithdrawalId]) -> Result<HashMap<WithdrawalId, Card>, Fault> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let places: Vec<String> = (2..ids.len() + 2).map(|at| format!("${at}")).collect();
    let mut values = vec![member.id().into()];
    values.extend(ids.iter().map(|id| Value::from(*id)));
    let condition = format!("w.user_id = $1 AND w.id IN ({})", places.join(", "));
    let found = card::all(env.db(), &condition, values).await?;
    Ok(found.into_iter().map(|card| (card.withdrawal.id, card)).collect())
}

/// The condition that begins a page after the cursor, if there is one.
fn after(ask: &Ask, values: &mut Vec<Value>, beyond: &str) -> String {
    let Some(Keyset { at, id }) = ask.after else {
        return String::new();
    };
    let (first, second) = (values.len() + 1, values.len() + 2);
    values.extend([Value::from(at), Value::from(id)]);
    format!(" AND (w.created_at, w.id) {beyond} (${first}, ${second})")
}
