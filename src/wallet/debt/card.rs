//! A debt with the faces of both sides, in one statement.

use std::sync::LazyLock;

use entity::debt;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, QueryResult, Value};

use crate::{
    account::face::{self, FaceRow},
    kernel::{Fault, page::Keyset, sql},
};

/// A debt with its debtor and creditor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The debt.
    pub debt: debt::Model,
    /// Who owes.
    pub debtor: FaceRow,
    /// To whom; none: to the platform.
    pub creditor: Option<FaceRow>,
}

impl FromQueryResult for Card {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        let debt = debt::Model::from_query_result(row, "d_")?;
        let creditor = debt.creditor_id.map(|_| FaceRow::from_query_result(row, "c_")).transpose()?;
        Ok(Self {
            debt,
            debtor: FaceRow::from_query_result(row, face::PREFIX)?,
            creditor,
        })
    }
}

impl Card {
    /// Its place in a list ordered by when it was written down.
    #[must_use]
    pub const fn place(&self) -> Keyset {
        Keyset {
            at: self.debt.created_at,
            id: self.debt.id.0,
        }
    }
}

static SELECT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {}, {}, {} FROM debts d JOIN users u ON u.id = d.debtor_id JOIN standing s ON s.user_id = d.debtor_id \
         LEFT JOIN users c ON c.id = d.creditor_id LEFT JOIN standing t ON t.user_id = d.creditor_id",
        sql::columns::<debt::Column>("d"),
        face::COLUMNS,
        face::columns("c", "t"),
    )
});

/// Reads the cards that meet a condition: what follows `WHERE`.
pub(super) async fn all<C: ConnectionTrait>(db: &C, condition: &str, values: Vec<Value>) -> Result<Vec<Card>, Fault> {
    sql::all(db, &format!("{} WHERE {condition}", *SELECT), values).await
}
