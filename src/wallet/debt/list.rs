//! Lists of debts.

use std::collections::HashMap;

use entity::{
    debt_change,
    kinds::DebtCause,
    value::{DebtChangeId, DebtId, UserId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Value};

use super::card::{self, Card};
use crate::kernel::{
    Env, Fault,
    page::{Ask, Keyset, Page},
    policy::{Admin, Member},
    sql,
};

/// On which side of a debt somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// He owes.
    Debtor,
    /// He is owed.
    Creditor,
}

/// Which debts an admin wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filter {
    /// Of this debtor.
    pub debtor: Option<UserId>,
    /// Owed to this user.
    pub creditor: Option<UserId>,
    /// Owed to the platform; `false`: owed to users.
    pub to_platform: Option<bool>,
    /// Of which something is left; `false`: that have ended.
    pub open: Option<bool>,
    /// That come from this.
    pub cause: Option<DebtCause>,
}

/// The caller's own debts on one side, newest first.
pub async fn list(env: &Env, member: Member, side: Side, ask: &Ask) -> Result<Page<Card>, Fault> {
    let column = match side {
        Side::Debtor => "debtor_id",
        Side::Creditor => "creditor_id",
    };
    let mut values = vec![member.id().into()];
    let condition = format!("d.{column} = $1{}", page(ask, &mut values));
    Ok(ask.cut(card::all(env.db(), &condition, values).await?))
}

/// All debts that a filter lets through, newest first.
pub async fn queue(env: &Env, _right: Admin, filter: &Filter, ask: &Ask) -> Result<Page<Card>, Fault> {
    let mut values: Vec<Value> = Vec::new();
    let mut condition = "1 = 1".to_owned();
    for (column, user) in [("debtor_id", filter.debtor), ("creditor_id", filter.creditor)] {
        if let Some(user) = user {
            values.push(user.into());
            condition.push_str(&format!(" AND d.{column} = ${}", values.len()));
        }
    }
    if let Some(cause) = filter.cause {
        condition.push_str(&format!(" AND d.cause = '{}'", cause.as_str()));
    }
    condition.push_str(match filter.to_platform {
        Some(true) => " AND d.creditor_id IS NULL",
        Some(false) => " AND d.creditor_id IS NOT NULL",
        None => "",
    });
    condition.push_str(match filter.open {
        Some(true) => " AND d.remaining > 0",
        Some(false) => " AND d.remaining = 0",
        None => "",
    });
    condition.push_str(&page(ask, &mut values));
    Ok(ask.cut(card::all(env.db(), &condition, values).await?))
}

/// Some debts by id that the caller is a party of, in one statement.
pub async fn of_ids(env: &Env, member: Member, ids: &[DebtId]) -> Result<HashMap<DebtId, Card>, Fault> {
    by_id(env, "(d.debtor_id = $1 OR d.creditor_id = $1)", vec![member.id().into()], ids).await
}

/// Some debts by id, whoever's, in one statement.
pub async fn find_all(env: &Env, _right: Admin, ids: &[DebtId]) -> Result<HashMap<DebtId, Card>, Fault> {
    by_id(env, "1 = 1", Vec::new(), ids).await
}

async fn by_id(env: &Env, condition: &str, mut values: Vec<Value>, ids: &[DebtId]) -> Result<HashMap<DebtId, Card>, Fault> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let condition = format!("{condition} AND d.id IN ({})", sql::places(values.len() + 1, ids.len()));
    values.extend(ids.iter().map(|id| Value::from(*id)));
    let found = card::all(env.db(), &condition, values).await?;
    Ok(found.into_iter().map(|card| (card.debt.id, card)).collect())
}

/// The debts of the caller's that these changes made smaller, by change.
pub async fn of_changes(env: &Env, member: Member, ids: &[DebtChangeId]) -> Result<HashMap<DebtChangeId, Card>, Fault> {
    let changes = debt_change::Entity::find()
        .filter(debt_change::Column::Id.is_in(ids.iter().copied()))
        .all(env.db())
        .await?;
    let debts: Vec<DebtId> = changes.iter().map(|change| change.debt_id).collect();
    let cards = of_ids(env, member, &debts).await?;
    let card = |change: debt_change::Model| Some((change.id, cards.get(&change.debt_id)?.clone()));
    Ok(changes.into_iter().filter_map(card).collect())
}

/// What made some debts smaller, oldest first, by debt.
pub async fn changes(env: &Env, ids: &[DebtId]) -> Result<HashMap<DebtId, Vec<debt_change::Model>>, Fault> {
    let rows = debt_change::Entity::find()
        .filter(debt_change::Column::DebtId.is_in(ids.iter().copied()))
        .order_by_asc(debt_change::Column::At)
        .order_by_asc(debt_change::Column::Id)
        .all(env.db())
        .await?;
    let mut found = HashMap::<DebtId, Vec<debt_change::Model>>::new();
    for row in rows {
        found.entry(row.debt_id).or_default().push(row);
    }
    Ok(found)
}

/// The end of a condition: what is after the cursor, in order, so many.
fn page(ask: &Ask, values: &mut Vec<Value>) -> String {
    let after = ask.after.map(|Keyset { at, id }| {
        values.extend([Value::from(at), Value::from(id)]);
        format!(" AND (d.created_at, d.id) < (${}, ${})", values.len() - 1, values.len())
    });
    format!(
        "{} ORDER BY d.created_at DESC, d.id DESC LIMIT {}",
        after.unwrap_or_default(),
        ask.limit()
    )
}
