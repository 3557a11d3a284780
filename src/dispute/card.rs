//! A case with everything that is shown of it each time, in one statement.

use std::sync::LazyLock;

use entity::{
    case,
    value::{Time, UserId},
};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, QueryResult, Value};

use super::claim::holder;
use crate::{
    account::face::{self, FaceRow},
    kernel::{Fault, page::Keyset, sql},
    order::Side,
};

/// A case with the title of what was bought, and the faces of those who have to do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseCard {
    /// The case.
    pub case: case::Model,
    /// What was bought, as it was called then.
    pub title: String,
    /// Who bought.
    pub buyer: FaceRow,
    /// Who sold.
    pub seller: FaceRow,
    /// The admin who took it last.
    claimer: Option<FaceRow>,
}

impl FromQueryResult for CaseCard {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        let case = case::Model::from_query_result(row, "c_")?;
        let claimer = case.claimed_by.map(|_| FaceRow::from_query_result(row, "a_")).transpose()?;
        Ok(Self {
            case,
            title: row.try_get("", "title")?,
            buyer: FaceRow::from_query_result(row, "b_")?,
            seller: FaceRow::from_query_result(row, face::PREFIX)?,
            claimer,
        })
    }
}

impl CaseCard {
    /// On which side a user stands. None: he has no part in it.
    #[must_use]
    pub fn side(&self, user: UserId) -> Option<Side> {
        if user == self.case.buyer_id {
            Some(Side::Bought)
        } else if user == self.case.seller_id {
            Some(Side::Sold)
        } else {
            None
        }
    }

    /// The admin who looks at it at present. None: nobody does, or his claim has lapsed, or it has ended.
    #[must_use]
    pub fn claimer(&self, now: Time) -> Option<&FaceRow> {
        let holder = holder(&self.case, now).filter(|_| self.case.closed_at.is_none())?;
        self.claimer.as_ref().filter(|claimer| claimer.id == holder)
    }

    /// Its place in a list ordered by when it was opened.
    #[must_use]
    pub const fn place(&self) -> Keyset {
        Keyset {
            at: self.case.opened_at,
            id: self.case.id.0,
        }
    }
}

static SELECT: LazyLock<String> = LazyLock::new(|| {
    let columns = [
        sql::columns::<case::Column>("c"),
        "o.title AS title".to_owned(),
        face::columns("b", "t"),
        face::COLUMNS.to_owned(),
        face::columns("a", "r"),
    ];
    format!(
        "SELECT {} FROM cases c JOIN orders o ON o.id = c.order_id \
         JOIN users b ON b.id = c.buyer_id JOIN standing t ON t.user_id = c.buyer_id \
         JOIN users u ON u.id = c.seller_id JOIN standing s ON s.user_id = c.seller_id \
         LEFT JOIN users a ON a.id = c.claimed_by LEFT JOIN standing r ON r.user_id = c.claimed_by",
        columns.join(", ")
    )
});

/// Reads the cases that `rest` of the statement picks and sorts.
pub(super) async fn some<C: ConnectionTrait>(db: &C, rest: &str, values: Vec<Value>) -> Result<Vec<CaseCard>, Fault> {
    sql::all(db, &format!("{} {rest}", *SELECT), values).await
}
