//! Opening an order: who may deal with whom, and the frozen copy of what is bought.

use entity::{
    game, identity,
    kinds::{IdentityState, OrderState},
    listing, listing_image, order, standing,
    value::{ListingId, Money, OrderId, Time, UserId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::remind;
use crate::{
    account::blocks,
    kernel::{Fault, Tx},
    market,
    wallet::freeze,
};

/// Why two people cannot deal with each other.
#[derive(Debug, thiserror::Error)]
pub enum CannotDeal {
    /// One may not trade, or does not want to hear from the other. Which, is nobody's business.
    #[error("one of them does not deal")]
    NotAvailable,
    /// Both are one person.
    #[error("both are one person")]
    Own,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Whether `actor` and the other party may deal with each other. `standings` are theirs, held until the transaction ends.
pub(super) async fn may_deal(tx: &Tx, standings: &[standing::Model], actor: UserId, other: UserId) -> Result<(), CannotDeal> {
    may_trade(tx, standings, other).await?;
    if blocks::blocked(tx.db(), other, actor).await? {
        return Err(CannotDeal::NotAvailable);
    }
    if same_person(tx, actor, other).await? {
        return Err(CannotDeal::Own);
    }
    Ok(())
}

/// Whether both parties may trade by themselves, whatever they think of each other, and the other party's wallet is not frozen. A block does not
/// touch what runs between them. The standings are held, so a freeze lands before this look or after the trade.
pub(super) async fn may_trade(tx: &Tx, standings: &[standing::Model], other: UserId) -> Result<(), CannotDeal> {
    if standings.len() != 2 || standings.iter().any(|party| party.blacklisted || !party.verified) {
        return Err(CannotDeal::NotAvailable);
    }
    if freeze::frozen(tx.db(), other).await? {
        return Err(CannotDeal::NotAvailable);
    }
    Ok(())
}

/// Whether two users are one person by their ID numbers.
async fn same_person(tx: &Tx, one: UserId, other: UserId) -> Result<bool, Fault> {
    let both = identity::Entity::find().filter(identity::Column::UserId.is_in([one, other]));
    let rows = both
        .filter(identity::Column::State.eq(IdentityState::Approved))
        .all(tx.db())
        .await?;
    Ok(matches!(rows.as_slice(), [one, other] if one.number_index == other.number_index))
}

/// What was agreed on.
pub(super) struct Terms {
    /// The new order's id.
    pub id: OrderId,
    /// Who buys.
    pub buyer: UserId,
    /// At which price.
    pub price: Money,
    /// Where the order begins.
    pub state: OrderState,
    /// When its first wait ends.
    pub due: Time,
}

/// The order of a listing as it is now, on these terms.
pub(super) async fn draft(tx: &Tx, listing: &listing::Model, terms: Terms) -> Result<order::Model, Fault> {
    let game = game::Entity::find_by_id(listing.game_id)
        .one(tx.db())
        .await?
        .ok_or_else(|| Fault::internal("a listing's game is missing"))?;
    Ok(order::Model {
        id: terms.id,
        listing_id: listing.id,
        listing_version: listing.version,
        buyer_id: terms.buyer,
        seller_id: listing.seller_id,
        game_id: listing.game_id,
        server_id: listing.server_id,
        title: listing.title.clone(),
        description: listing.description.clone(),
        cover_id: listing.cover_id,
        delivery_hours: listing.delivery_hours,
        warranty_days: listing.warranty_days,
        price: terms.price,
        fee: terms.price.share(game.fee_basis_points),
        state: terms.state,
        cancelled_by: None,
        placed_at: tx.now(),
        delivered_at: None,
        revealed_at: None,
        ended_at: None,
        due_at: Some(terms.due),
        settles_at: None,
        image_ids: images(tx, listing.id).await?,
        bindings: listing.bindings.clone(),
        penalties: listing.penalties.clone(),
        attributes: serde_json::to_string(&market::attribute::of_listing(tx, listing.id).await?).map_err(Fault::internal)?,
        checklist: game.checklist,
        wait_began_at: Some(tx.now()),
        remind_at: Some(remind::half(tx.now(), terms.due)),
        return_requested_at: None,
        return_reason: None,
        confirm_left: None,
        seller_share: None,
        recovered_at: None,
    })
}

/// The listing's images in their order, as the order keeps them.
async fn images(tx: &Tx, listing: ListingId) -> Result<String, Fault> {
    let rows = listing_image::Entity::find()
        .filter(listing_image::Column::ListingId.eq(listing))
        .order_by_asc(listing_image::Column::Position)
        .all(tx.db())
        .await?;
    let ids: Vec<_> = rows.into_iter().map(|row| row.image_id).collect();
    serde_json::to_string(&ids).map_err(Fault::internal)
}
