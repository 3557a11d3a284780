//! Differences as admins see them.

use std::{collections::HashMap, sync::LazyLock};

use entity::{bank_difference, value::BankDifferenceId};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, QueryResult, Value};

use crate::{
    account::face::{self, FaceRow},
    kernel::{
        Env, Fault,
        claim::{self, Claimed},
        page::{Ask, Keyset, Page},
        policy::Admin,
        sql,
    },
};

/// A difference with the face of the admin who looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The difference.
    pub difference: bank_difference::Model,
    /// Who looks at it.
    pub claimer: Option<FaceRow>,
}

impl FromQueryResult for Card {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        let difference = bank_difference::Model::from_query_result(row, "b_")?;
        let claimer = difference
            .claimed_by
            .map(|_| FaceRow::from_query_result(row, face::PREFIX))
            .transpose()?;
        Ok(Self { difference, claimer })
    }
}

impl Card {
    /// Its place in a list ordered by when it was found.
    #[must_use]
    pub const fn place(&self) -> Keyset {
        Keyset {
            at: self.difference.found_at,
            id: self.difference.id.0,
        }
    }
}

static SELECT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {}, {} FROM bank_differences b LEFT JOIN users u ON u.id = b.claimed_by LEFT JOIN standing s ON s.user_id = b.claimed_by",
        sql::columns::<bank_difference::Column>("b"),
        face::COLUMNS,
    )
});

pub(super) async fn all<C: ConnectionTrait>(db: &C, condition: &str, values: Vec<Value>) -> Result<Vec<Card>, Fault> {
    sql::all(db, &format!("{} WHERE {condition}", *SELECT), values).await
}

/// Some differences by id, in one statement.
pub async fn find_all(env: &Env, _right: Admin, ids: &[BankDifferenceId]) -> Result<HashMap<BankDifferenceId, Card>, Fault> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let condition = format!("b.id IN ({})", sql::places(1, ids.len()));
    let found = all(env.db(), &condition, ids.iter().map(|id| Value::from(*id)).collect()).await?;
    Ok(found.into_iter().map(|card| (card.difference.id, card)).collect())
}

/// Differences, the longest open first; or those that were resolved.
pub async fn queue(env: &Env, admin: Admin, resolved: bool, claimed: Option<Claimed>, ask: &Ask) -> Result<Page<Card>, Fault> {
    let mut values = Vec::new();
    let mut condition = if resolved {
        "b.resolved_at IS NOT NULL"
    } else {
        "b.resolved_at IS NULL"
    }
    .to_owned();
    condition.push_str(&claim::condition(claimed, "b", admin.id(), env.now(), &mut values));
    if let Some(Keyset { at, id }) = ask.after {
        let place = values.len();
        values.extend([Value::from(at), Value::from(id)]);
        condition.push_str(&format!(" AND (b.found_at, b.id) > (${}, ${})", place + 1, place + 2));
    }
    condition.push_str(&format!(" ORDER BY b.found_at, b.id LIMIT {}", ask.limit()));
    Ok(ask.cut(all(env.db(), &condition, values).await?))
}
