//! What moved a user's money, line by line.

use std::collections::BTreeSet;

use entity::{
    kinds::{AccountKind, TransferCause},
    value::{Money, Time, TransferId},
};
use sea_orm::{FromQueryResult, Value};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::kernel::{
    Env, Fault,
    page::{Ask, Keyset, Page},
    policy::Member,
    sql,
};

mod csv;
pub mod link;

pub use self::csv::{LINES, csv};

/// Which lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Of which of the user's accounts.
    pub account: AccountKind,
    /// From this moment on.
    pub from: Option<Time>,
    /// Before this moment.
    pub before: Option<Time>,
    /// Of these causes; empty: of all.
    pub causes: Vec<TransferCause>,
    /// Only what came in, or what went out.
    pub direction: Option<Direction>,
}

/// Which way money moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// Into the account.
    In,
    /// Out of it.
    Out,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Line {
    /// The transfer it belongs to.
    pub transfer_id: TransferId,
    /// When.
    pub at: Time,
    /// Why.
    pub cause: TransferCause,
    /// The order, deposit or withdrawal behind it.
    pub cause_id: Uuid,
    /// What it added; negative: took.
    pub amount: Money,
    /// The balance after it.
    pub balance: Money,
}

impl Line {
    /// Its place in the statement.
    #[must_use]
    pub const fn place(&self) -> Keyset {
        Keyset {
            at: self.at,
            id: self.transfer_id.0,
        }
    }
}

/// The caller's statement, newest first. Lines stand in the order in which they moved the balance, whatever their times say.
pub async fn statement(env: &Env, member: Member, filter: &Filter, ask: &Ask) -> Result<Page<Line>, Fault> {
    let (mut conditions, mut values) = conditions(member, filter);
    if let Some(after) = ask.after {
        values.push(after.id.into());
        conditions.push_str(&format!(
            " AND e.seq < (SELECT seq FROM ledger_entries WHERE transfer_id = ${} AND owner_id = $1 AND kind = $2)",
            values.len()
        ));
    }
    let select = format!(
        "SELECT t.id AS transfer_id, t.at AS at, t.cause AS cause, t.cause_id AS cause_id, e.amount AS amount, e.balance AS balance \
         FROM ledger_entries e JOIN ledger_transfers t ON t.id = e.transfer_id \
         WHERE e.owner_id = $1 AND e.kind = $2{conditions} ORDER BY e.seq DESC LIMIT {}",
        ask.limit()
    );
    Ok(ask.cut(sql::all(env.db(), &select, values).await?))
}

/// The conditions of a filter on entries `e` and transfers `t`, after owner and account, and their values.
fn conditions(member: Member, filter: &Filter) -> (String, Vec<Value>) {
    let mut values = vec![Value::from(member.id()), filter.account.as_str().into()];
    let mut conditions = String::new();
    for (compares, at) in [(">=", filter.from), ("<", filter.before)] {
        if let Some(at) = at {
            values.push(at.into());
            conditions.push_str(&format!(" AND t.at {compares} ${}", values.len()));
        }
    }
    match filter.direction {
        Some(Direction::In) => conditions.push_str(" AND e.amount > 0"),
        Some(Direction::Out) => conditions.push_str(" AND e.amount < 0"),
        None => {}
    }
    if !filter.causes.is_empty() {
        let causes: BTreeSet<String> = filter.causes.iter().map(|cause| format!("'{}'", cause.as_str())).collect();
        let causes: Vec<String> = causes.into_iter().collect();
        conditions.push_str(&format!(" AND t.cause IN ({})", causes.join(", ")));
    }
    (conditions, values)
}
