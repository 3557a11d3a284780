//! A withdrawal with what is shown beside it, in one statement.

use std::sync::LazyLock;

use entity::{
    value::{PayoutAccountId, Time, WithdrawalId},
    withdrawal,
};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, IdenStatic, Iterable, QueryResult, Value};

use crate::{
    account::face::{self, FaceRow},
    kernel::{Fault, Tx, page::Keyset, sql},
    wallet::payout_account::PayoutAccount,
};

/// A withdrawal with its payout account and its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The withdrawal.
    pub withdrawal: withdrawal::Model,
    /// Where to.
    pub account: PayoutAccount,
    /// Whose.
    pub owner: FaceRow,
    /// The admin who looks at it.
    pub claimer: Option<FaceRow>,
}

impl FromQueryResult for Card {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        let withdrawal = withdrawal::Model::from_query_result(row, "w_")?;
        let claimer = withdrawal.claimed_by.map(|_| FaceRow::from_query_result(row, "c_")).transpose()?;
        Ok(Self {
            withdrawal,
            claimer,
            account: PayoutAccount {
                id: row.try_get::<PayoutAccountId>("p_", "id")?,
                last_four: row.try_get("p_", "last_four")?,
                created_at: row.try_get::<Time>("p_", "created_at")?,
                removed_at: row.try_get::<Option<Time>>("p_", "removed_at")?,
            },
            owner: FaceRow::from_query_result(row, face::PREFIX)?,
        })
    }
}

impl Card {
    /// Its place in a list ordered by when it was asked for.
    #[must_use]
    pub const fn place(&self) -> Keyset {
        Keyset {
            at: self.withdrawal.created_at,
            id: self.withdrawal.id.0,
        }
    }
}

static SELECT: LazyLock<String> = LazyLock::new(|| {
    let named = |column: withdrawal::Column| format!("w.{name} AS w_{name}", name = column.as_str());
    let columns = withdrawal::Column::iter().map(named).collect::<Vec<_>>().join(", ");
    format!(
        "SELECT {columns}, p.id AS p_id, p.last_four AS p_last_four, p.created_at AS p_created_at, p.removed_at AS p_removed_at, {}, {} \
         FROM withdrawals w JOIN payout_accounts p ON p.id = w.payout_account_id \
         JOIN users u ON u.id = w.user_id JOIN standing s ON s.user_id = w.user_id \
         LEFT JOIN users c ON c.id = w.claimed_by LEFT JOIN standing t ON t.user_id = w.claimed_by",
        face::COLUMNS,
        face::columns("c", "t"),
    )
});

/// Reads the cards that meet a condition: what follows `WHERE`.
pub(super) async fn all<C: ConnectionTrait>(db: &C, condition: &str, values: Vec<Value>) -> Result<Vec<Card>, Fault> {
    sql::all(db, &format!("{} WHERE {condition}", *SELECT), values).await
}

/// Reads the card of a withdrawal that is known to be there.
pub(super) async fn get(tx: &Tx, id: WithdrawalId) -> Result<Card, Fault> {
    let mut rows = all(tx.db(), "w.id = $1", vec![id.into()]).await?;
    rows.pop().ok_or_else(|| Fault::internal("a withdrawal is missing"))
}
