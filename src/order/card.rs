//! An order with all that is shown beside it, in one statement.

use std::{collections::HashMap, sync::LazyLock};

use entity::{
    game, game_server, image, order,
    value::{ImageId, OrderId, UserId},
};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, QueryResult, Value};

use super::side::Side;
use crate::{
    account::face::{self, FaceRow},
    kernel::{Env, Fault, page::Keyset, sql},
    media,
};

/// An order with its game, server and cover as bought, and both parties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderCard {
    /// The order.
    pub order: order::Model,
    /// The game of what was bought.
    pub game: game::Model,
    /// Its server.
    pub server: game_server::Model,
    /// Its first image.
    pub cover: image::Model,
    /// Who buys.
    pub buyer: FaceRow,
    /// Who sells.
    pub seller: FaceRow,
}

impl FromQueryResult for OrderCard {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(Self {
            order: order::Model::from_query_result(row, "o_")?,
            game: game::Model::from_query_result(row, "g_")?,
            server: game_server::Model::from_query_result(row, "v_")?,
            cover: image::Model::from_query_result(row, "i_")?,
            buyer: FaceRow::from_query_result(row, "b_")?,
            seller: FaceRow::from_query_result(row, face::PREFIX)?,
        })
    }
}

impl OrderCard {
    /// On which side a user stands. None: he has no part in it.
    #[must_use]
    pub fn side(&self, user: UserId) -> Option<Side> {
        Side::find(&self.order, user)
    }

    /// Its place in lists, newest first.
    #[must_use]
    pub const fn place(&self) -> Keyset {
        Keyset {
            at: self.order.placed_at,
            id: self.order.id.0,
        }
    }
}

static SELECT: LazyLock<String> = LazyLock::new(|| {
    let columns = [
        sql::columns::<order::Column>("o"),
        sql::columns::<game::Column>("g"),
        sql::columns::<game_server::Column>("v"),
        sql::columns::<image::Column>("i"),
        face::columns("b", "t"),
        face::COLUMNS.to_owned(),
    ];
    format!(
        "SELECT {} FROM orders o JOIN games g ON g.id = o.game_id JOIN game_servers v ON v.id = o.server_id JOIN images i ON i.id = o.cover_id \
         JOIN users b ON b.id = o.buyer_id JOIN standing t ON t.user_id = o.buyer_id \
         JOIN users u ON u.id = o.seller_id JOIN standing s ON s.user_id = o.seller_id",
        columns.join(", ")
    )
});

/// Reads one order.
pub(super) async fn one<C: ConnectionTrait>(db: &C, id: OrderId) -> Result<Option<OrderCard>, Fault> {
    let mut rows = some(db, "WHERE o.id = $1", vec![id.into()]).await?;
    Ok(rows.pop())
}

/// Reads the orders that `rest` of the statement picks and sorts.
pub(super) async fn some<C: ConnectionTrait>(db: &C, rest: &str, values: Vec<Value>) -> Result<Vec<OrderCard>, Fault> {
    sql::all(db, &format!("{} {rest}", *SELECT), values).await
}

/// The images of some orders, as bought and in their order. `named`: the images that each order names.
pub async fn images_of(env: &Env, named: &HashMap<OrderId, String>) -> Result<HashMap<OrderId, Vec<image::Model>>, Fault> {
    let mut ids = HashMap::<OrderId, Vec<ImageId>>::new();
    for (order, named) in named {
        ids.insert(*order, serde_json::from_str(named).map_err(Fault::internal)?);
    }
    let found = media::find(env, ids.values().flatten().copied()).await?;
    let images = |ids: Vec<ImageId>| ids.iter().filter_map(|id| found.get(id).cloned()).collect();
    Ok(ids.into_iter().map(|(order, ids)| (order, images(ids))).collect())
}
