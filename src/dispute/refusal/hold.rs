//! The begin of every step of such a case. The standing of both parties is locked whole, so that the steps of one case come one after the other and
//! nobody is blacklisted meanwhile; then the listing, the order and the case, in the house's order.

use entity::{
    case::Model,
    kinds::CaseKind,
    standing::Model as Standing,
    value::{CaseId, UserId},
};
use sea_orm::EntityTrait;

use super::{RefusalError, place, state::Place};
use crate::{
    dispute::{
        claim::{self, ClaimError},
        store,
    },
    kernel::{
        Fault, Tx,
        policy::{Admin, Trader},
    },
    market, order,
    order::Side,
    standing,
};

/// The case, held.
pub(super) async fn whole(tx: &Tx, id: CaseId) -> Result<Model, RefusalError> {
    Ok(lock(tx, id).await?.0)
}

async fn lock(tx: &Tx, id: CaseId) -> Result<(Model, Vec<Standing>), RefusalError> {
    let seen = store::get(tx.db(), id).await?.ok_or(RefusalError::NotFound)?;
    if seen.kind != CaseKind::Return {
        return Err(RefusalError::WrongState);
    }
    let held = standing::hold_whole(tx, &[seen.buyer_id, seen.seller_id]).await?;
    let order = entity::order::Entity::find_by_id(seen.order_id)
        .one(tx.db())
        .await
        .map_err(Fault::from)?;
    let order = order.ok_or_else(|| Fault::internal("a case without an order"))?;
    market::store::lock(tx, order.listing_id).await?;
    order::store::lock(tx, order.id).await?;
    let case = store::lock(tx, id).await?.ok_or(RefusalError::NotFound)?;
    Ok((case, held))
}

/// The case, held for one of its parties, and his side. Whoever was blacklisted since his request began adds nothing.
pub(super) async fn for_party(tx: &Tx, party: Trader, id: CaseId) -> Result<(Model, Side), RefusalError> {
    // Whoever has no part in it locks nothing.
    let seen = store::get(tx.db(), id).await?.filter(|case| side(case, party.id()).is_some());
    seen.ok_or(RefusalError::NotFound)?;
    let (case, held) = lock(tx, id).await?;
    if held.iter().any(|standing| standing.user_id == party.id() && standing.blacklisted) {
        return Err(RefusalError::Blacklisted);
    }
    let side = side(&case, party.id()).ok_or(RefusalError::NotFound)?;
    Ok((case, side))
}

/// The case, held for the admin who claimed it; his claim begins anew. If somebody has found or ruled what `decided` looks for, he is told who.
pub(super) async fn for_admin(tx: &Tx, admin: Admin, id: CaseId) -> Result<Model, RefusalError> {
    whole(tx, id).await?;
    match claim::claimed(tx, id, admin).await {
        Ok(case) => Ok(case),
        Err(ClaimError::AlreadyDecided { by }) => Err(RefusalError::AlreadyDecided { by }),
        Err(error) => Err(error.into()),
    }
}

/// On which side of a case somebody stands.
pub(super) fn side(case: &Model, user: UserId) -> Option<Side> {
    if case.buyer_id == user {
        Some(Side::Bought)
    } else if case.seller_id == user {
        Some(Side::Sold)
    } else {
        None
    }
}

/// Where the case stands, if its present wait is not over. Time that is over is over, whether or not the worker has come by.
pub(super) fn in_time(tx: &Tx, case: &Model) -> Result<Place, RefusalError> {
    if case.due_at.is_some_and(|due| due <= tx.now()) {
        return Err(RefusalError::WrongState);
    }
    Ok(place(case)?)
}
