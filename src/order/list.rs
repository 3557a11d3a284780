//! A trader's orders, newest first.

use entity::{
    order::{Column, Entity, Model},
    value::{OrderId, Time, UserId},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::store;
use crate::kernel::{
    Env, Fault,
    page::{Ask, Keyset, Page},
    policy::Trader,
};

/// On which side of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What he bought.
    Bought,
    /// What he sold.
    Sold,
}

/// One order of his, as buyer or seller.
pub async fn find(env: &Env, party: Trader, id: OrderId) -> Result<Option<Model>, Fault> {
    store::of_party(env.db(), id, party.id()).await
}

/// His orders on one side.
pub async fn of(env: &Env, trader: Trader, side: Side, ask: Ask) -> Result<Page<Model>, Fault> {
    let owner = match side {
        Side::Bought => Column::BuyerId,
        Side::Sold => Column::SellerId,
    };
    let rows = Entity::find()
        .filter(mine(owner, trader.id()))
        .filter(after(ask.after))
        .order_by_desc(Column::PlacedAt)
        .order_by_desc(Column::Id);
    Ok(ask.cut(rows.limit(ask.limit()).all(env.db()).await?))
}

fn mine(owner: Column, user: UserId) -> Condition {
    Condition::all().add(owner.eq(user))
}

fn after(place: Option<Keyset>) -> Condition {
    place.map_or_else(Condition::all, |Keyset { at, id }| {
        let older = Column::PlacedAt.lt(at);
        let same: Condition = Condition::all().add(Column::PlacedAt.eq(at)).add(Column::Id.lt(OrderId(id)));
        Condition::any().add(older).add(same)
    })
}

/// An order's place in these lists.
#[must_use]
pub const fn place(order: &Model) -> Keyset {
    let Time(at) = order.placed_at;
    Keyset {
        at: Time(at),
        id: order.id.0,
    }
}
