//! Decisions as admins see them, and what the platform has.

use std::sync::LazyLock;

use entity::{
    money_decision,
    value::{Money, MoneyDecisionId},
};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, QueryResult, Value};

use crate::{
    account::face::{self, FaceRow},
    kernel::{
        Env, Fault, Tx,
        claim::{self, Claimed},
        page::{Ask, Keyset, Page},
        policy::Admin,
        sql,
    },
    wallet::ledger,
};

/// A decision with the faces of those who made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The decision.
    pub decision: money_decision::Model,
    /// The first admin.
    pub proposer: FaceRow,
    /// The second admin, if one decided.
    pub decider: Option<FaceRow>,
    /// The admin who looks at it.
    pub claimer: Option<FaceRow>,
}

impl FromQueryResult for Card {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        let decision = money_decision::Model::from_query_result(row, "m_")?;
        let decider = decision.decided_by.map(|_| FaceRow::from_query_result(row, "c_")).transpose()?;
        let claimer = decision.claimed_by.map(|_| FaceRow::from_query_result(row, "k_")).transpose()?;
        Ok(Self {
            decision,
            claimer,
            proposer: FaceRow::from_query_result(row, face::PREFIX)?,
            decider,
        })
    }
}

impl Card {
    /// Its place in a list ordered by when it was proposed.
    #[must_use]
    pub const fn place(&self) -> Keyset {
        Keyset {
            at: self.decision.proposed_at,
            id: self.decision.id.0,
        }
    }
}

static SELECT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {}, {}, {}, {} FROM money_decisions m JOIN users u ON u.id = m.proposed_by JOIN standing s ON s.user_id = m.proposed_by \
         LEFT JOIN users c ON c.id = m.decided_by LEFT JOIN standing t ON t.user_id = m.decided_by \
         LEFT JOIN users k ON k.id = m.claimed_by LEFT JOIN standing l ON l.user_id = m.claimed_by",
        sql::columns::<money_decision::Column>("m"),
        face::COLUMNS,
        face::columns("c", "t"),
        face::columns("k", "l"),
    )
});

async fn all<C: ConnectionTrait>(db: &C, condition: &str, values: Vec<Value>) -> Result<Vec<Card>, Fault> {
    sql::all(db, &format!("{} WHERE {condition}", *SELECT), values).await
}

/// Reads a decision that is known to be there.
pub(super) async fn get(tx: &Tx, id: MoneyDecisionId) -> Result<Card, Fault> {
    let found = all(tx.db(), "m.id = $1", vec![id.into()]).await?.pop();
    found.ok_or_else(|| Fault::internal("a decision about money is missing"))
}

/// One decision.
pub async fn find(env: &Env, _right: Admin, id: MoneyDecisionId) -> Result<Option<Card>, Fault> {
    Ok(all(env.db(), "m.id = $1", vec![id.into()]).await?.pop())
}

/// What waits for a second admin, the longest waiting first.
pub async fn queue(env: &Env, admin: Admin, claimed: Option<Claimed>, ask: &Ask) -> Result<Page<Card>, Fault> {
    let mut values = Vec::new();
    let mut condition = format!(
        "m.state = 'OPEN'{}",
        claim::condition(claimed, "m", admin.id(), env.now(), &mut values)
    );
    if let Some(Keyset { at, id }) = ask.after {
        let place = values.len();
        values.extend([Value::from(at), Value::from(id)]);
        condition.push_str(&format!(" AND (m.proposed_at, m.id) > (${}, ${})", place + 1, place + 2));
    }
    condition.push_str(&format!(" ORDER BY m.proposed_at, m.id LIMIT {}", ask.limit()));
    Ok(ask.cut(all(env.db(), &condition, values).await?))
}

/// Decisions, newest first; only those that wait for a second admin, if so asked.
pub async fn all_of(env: &Env, _right: Admin, waiting: bool, ask: &Ask) -> Result<Page<Card>, Fault> {
    let mut values = Vec::new();
    let mut condition = if waiting { "m.state = 'OPEN'" } else { "1 = 1" }.to_owned();
    if let Some(Keyset { at, id }) = ask.after {
        values = vec![at.into(), id.into()];
        condition.push_str(" AND (m.proposed_at, m.id) < ($1, $2)");
    }
    condition.push_str(&format!(" ORDER BY m.proposed_at DESC, m.id DESC LIMIT {}", ask.limit()));
    Ok(ask.cut(all(env.db(), &condition, values).await?))
}

/// What the platform has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Platform {
    /// What it earned, less what it lost; may be below zero.
    pub fees: Money,
    /// What it put aside to advance what others owe.
    pub compensation: Money,
    /// What the bank holds for all of us, by our own books.
    pub at_bank: Money,
}

/// What the platform has, by the ledger.
pub async fn platform(env: &Env, _right: Admin) -> Result<Platform, Fault> {
    let (fees, compensation, clearing) = ledger::platform(env.db()).await?;
    Ok(Platform {
        fees,
        compensation,
        at_bank: -clearing,
    })
}
