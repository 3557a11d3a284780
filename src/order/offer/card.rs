//! An offer with the faces of both sides, in one statement.

use std::sync::LazyLock;

use entity::offer;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, QueryResult, Value};

use crate::{
    account::face::{self, FaceRow},
    kernel::{Fault, page::Keyset, sql},
};

/// An offer and who makes and gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferCard {
    /// The offer.
    pub offer: offer::Model,
    /// Who offers.
    pub buyer: FaceRow,
    /// Who sells.
    pub seller: FaceRow,
}

impl FromQueryResult for OfferCard {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(Self {
            offer: offer::Model::from_query_result(row, "o_")?,
            buyer: FaceRow::from_query_result(row, "b_")?,
            seller: FaceRow::from_query_result(row, face::PREFIX)?,
        })
    }
}

impl OfferCard {
    /// Its place in lists, newest first.
    #[must_use]
    pub const fn place(&self) -> Keyset {
        Keyset {
            at: self.offer.created_at,
            id: self.offer.id.0,
        }
    }
}

static SELECT: LazyLock<String> = LazyLock::new(|| {
    let columns = [
        sql::columns::<offer::Column>("o"),
        face::columns("b", "t"),
        face::COLUMNS.to_owned(),
    ];
    format!(
        "SELECT {} FROM offers o JOIN users b ON b.id = o.buyer_id JOIN standing t ON t.user_id = o.buyer_id \
         JOIN users u ON u.id = o.seller_id JOIN standing s ON s.user_id = o.seller_id",
        columns.join(", ")
    )
});

/// Reads the offers that `rest` of the statement picks and sorts.
pub(super) async fn some<C: ConnectionTrait>(db: &C, rest: &str, values: Vec<Value>) -> Result<Vec<OfferCard>, Fault> {
    sql::all(db, &format!("{} {rest}", *SELECT), values).await
}
