//! Cases as their parties and admins find them.

use std::collections::HashMap;

use entity::{
    kinds::{CaseKind, CaseState},
    value::{CaseId, OrderId, UserId},
};
use sea_orm::Value;

use super::card::{self, CaseCard};
use crate::kernel::{
    Env, Fault,
    claim::lapsed,
    page::{Ask, Keyset, Page},
    policy::{Admin, Trader},
    sql,
};

/// Whose claim lies on the cases that an admin looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claimed {
    /// Nobody's.
    ByNobody,
    /// His own.
    ByMe,
    /// Another's.
    ByOther,
}

/// Which cases of the queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this kind; none: of both.
    pub kind: Option<CaseKind>,
    /// In this state; none: all that are open.
    pub state: Option<CaseState>,
    /// By who looks at them; none: all.
    pub claimed: Option<Claimed>,
}

/// One case, for one of its parties or an admin.
pub async fn find(env: &Env, who: Trader, is_admin: bool, id: CaseId) -> Result<Option<CaseCard>, Fault> {
    Ok(find_all(env, who, is_admin, &[id]).await?.pop())
}

/// Those of some cases that somebody may see: his own, or all if he is an admin.
pub async fn find_all(env: &Env, who: Trader, is_admin: bool, ids: &[CaseId]) -> Result<Vec<CaseCard>, Fault> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rest = format!("WHERE c.id IN ({})", sql::places(1, ids.len()));
    let mut cards = card::some(env.db(), &rest, ids.iter().map(|id| (*id).into()).collect()).await?;
    cards.retain(|card| is_admin || card.side(who.id()).is_some());
    Ok(cards)
}

/// One's own cases, as buyer or seller, newest first; only those that are open, if so asked.
pub async fn of(env: &Env, who: Trader, open: bool, ask: &Ask) -> Result<Page<CaseCard>, Fault> {
    let mut rest = "WHERE (c.buyer_id = $1 OR c.seller_id = $1)".to_owned();
    let mut values = vec![who.id().into()];
    if open {
        rest.push_str(" AND c.closed_at IS NULL");
    }
    if let Some(Keyset { at, id }) = ask.after {
        values.extend([Value::from(at), Value::from(id)]);
        rest.push_str(" AND (c.opened_at, c.id) < ($2, $3)");
    }
    let rest = format!("{rest} ORDER BY c.opened_at DESC, c.id DESC LIMIT {}", ask.limit());
    Ok(ask.cut(card::some(env.db(), &rest, values).await?))
}

/// The cases about some orders, oldest first. Whoever asks has a part in the orders.
pub async fn of_orders(env: &Env, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<CaseCard>>, Fault> {
    let rest = format!("WHERE c.order_id IN ({}) ORDER BY c.opened_at, c.id", sql::places(1, orders.len()));
    let values = orders.iter().map(|id| (*id).into()).collect();
    let mut found = HashMap::<OrderId, Vec<CaseCard>>::new();
    for card in card::some(env.db(), &rest, values).await? {
        found.entry(card.case.order_id).or_default().push(card);
    }
    Ok(found)
}

/// The cases that admins work on, the oldest first.
pub async fn queue(env: &Env, admin: Admin, filter: Filter, ask: &Ask) -> Result<Page<CaseCard>, Fault> {
    let (rest, values) = statement(env, admin.id(), filter, ask);
    Ok(ask.cut(card::some(env.db(), &rest, values).await?))
}

fn statement(env: &Env, admin: UserId, filter: Filter, ask: &Ask) -> (String, Vec<Value>) {
    let mut values = Vec::<Value>::new();
    let mut rest = match filter.state {
        Some(state) => format!("WHERE c.state = '{}'", state.as_str()),
        None => "WHERE c.closed_at IS NULL".to_owned(),
    };
    if let Some(kind) = filter.kind {
        rest = format!("{rest} AND c.kind = '{}'", kind.as_str());
    }
    if let Some(claimed) = filter.claimed {
        values.extend([Value::from(lapsed(env.now())), admin.into()]);
        let by = match claimed {
            Claimed::ByNobody => "NOT (c.claimed_at IS NOT NULL AND c.claimed_at > $1)",
            Claimed::ByMe => "c.claimed_at > $1 AND c.claimed_by = $2",
            Claimed::ByOther => "c.claimed_at > $1 AND c.claimed_by <> $2",
        };
        rest = format!("{rest} AND {by}");
        if claimed == Claimed::ByNobody {
            values.pop();
        }
    }
    if let Some(Keyset { at, id }) = ask.after {
        let first = values.len() + 1;
        values.extend([Value::from(at), Value::from(id)]);
        rest = format!("{rest} AND (c.opened_at, c.id) > (${first}, ${})", first + 1);
    }
    (format!("{rest} ORDER BY c.opened_at, c.id LIMIT {}", ask.limit()), values)
}
