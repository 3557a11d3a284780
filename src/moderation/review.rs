//! An admin looks at a listing before it goes on sale.

use entity::{
    audit,
    kinds::{ListingState, SubjectKind},
    listing,
    value::{ListingId, UserId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;

use crate::{
    account::face,
    kernel::{
        Env, Event, Fault, Tx,
        policy::Admin,
        text::{TextError, clean_text},
    },
    market::{
        search,
        state::{self, NotNow, Step},
        store,
    },
};

/// Characters of a reason.
pub const REASON: std::ops::RangeInclusive<usize> = 2..=500;

/// Why nothing was decided.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReviewError {
    /// There is no such listing.
    #[error("no such listing")]
    NotFound,
    /// It is the admin's own.
    #[error("the listing is the admin's own")]
    OwnListing,
    /// Another admin looks at it.
    #[error("another looks at it")]
    Claimed {
        /// Who.
        by: Option<String>,
    },
    /// It does not wait for review: somebody was first.
    #[error("already decided")]
    AlreadyDecided {
        /// Who decided last, if a person did.
        by: Option<String>,
    },
    /// It was changed since the admin looked.
    #[error("another version waits for review")]
    Changed,
    /// It does not fit where the listing stands: an order holds it, or it is over.
    #[error(transparent)]
    NotNow(#[from] NotNow),
    /// The reason is not taken.
    #[error("reason: {0}")]
    Reason(TextError),
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Takes a listing for oneself to look at. The claim lapses after 4 hours without a decision; claiming again begins anew.
pub async fn claim(env: &Env, admin: Admin, id: ListingId) -> Result<ListingId, ReviewError> {
    let tx = env.begin().await?;
    let listing = store::get(tx.db(), id).await?.ok_or(ReviewError::NotFound)?;
    if !store::claim(&tx, id, admin.id()).await? {
        return Err(why_not(&tx, &listing, admin).await?);
    }
    tx.emit(store::REVIEWS_MOVED);
    record(&tx, admin, "listing_claim", id, &json!({})).await?;
    tx.commit().await?;
    Ok(id)
}

/// Gives a claimed listing back. What is not one's own claim stays as it is.
pub async fn release(env: &Env, admin: Admin, id: ListingId) -> Result<ListingId, ReviewError> {
    let tx = env.begin().await?;
    store::get(tx.db(), id).await?.ok_or(ReviewError::NotFound)?;
    if store::release_claim(&tx, id, admin.id()).await? {
        tx.emit(store::REVIEWS_MOVED);
        record(&tx, admin, "listing_release", id, &json!({})).await?;
        tx.commit().await?;
    }
    Ok(id)
}

/// Puts a listing on sale as the admin saw it.
pub async fn approve(env: &Env, admin: Admin, id: ListingId, version: i64) -> Result<ListingId, ReviewError> {
    let tx = env.begin().await?;
    let listing = store::get(tx.db(), id).await?.ok_or(ReviewError::NotFound)?;
    if !store::approve(&tx, id, version, admin.id()).await? {
        return Err(why_not(&tx, &listing, admin).await?);
    }
    search::index(&tx, id).await?;
    tx.emit(Event::ListingApproved {
        listing: id,
        seller: listing.seller_id,
    });
    record(&tx, admin, "listing_approve", id, &json!({ "version": version })).await?;
    tx.commit().await?;
    Ok(id)
}

/// Refuses a listing, with a reason for its seller of 2 to 500 characters.
pub async fn reject(env: &Env, admin: Admin, id: ListingId, version: i64, reason: &str) -> Result<ListingId, ReviewError> {
    let reason = clean_text(reason, REASON).map_err(ReviewError::Reason)?;
    let tx = env.begin().await?;
    let listing = store::get(tx.db(), id).await?.ok_or(ReviewError::NotFound)?;
    if !store::reject(&tx, id, version, admin.id(), &reason).await? {
        return Err(why_not(&tx, &listing, admin).await?);
    }
    tx.emit(Event::ListingRejected {
        listing: id,
        seller: listing.seller_id,
    });
    record(&tx, admin, "listing_reject", id, &json!({ "version": version, "reason": reason })).await?;
    tx.commit().await?;
    Ok(id)
}

/// Takes a listing away for good, whatever state it is in but under an order, with a reason for its seller of 2 to 500 characters.
pub async fn remove(env: &Env, admin: Admin, id: ListingId, version: i64, reason: &str) -> Result<ListingId, ReviewError> {
    let reason = clean_text(reason, REASON).map_err(ReviewError::Reason)?;
    let tx = env.begin().await?;
    let listing = store::lock(&tx, id).await?.ok_or(ReviewError::NotFound)?;
    if listing.seller_id == admin.id() {
        return Err(ReviewError::OwnListing);
    }
    if listing.state == ListingState::Removed {
        let by = decider(&tx, id, admin).await?;
        return Err(ReviewError::AlreadyDecided { by });
    }
    if listing.version != version {
        return Err(ReviewError::Changed);
    }
    take_away(&tx, admin, &listing, &reason).await?;
    tx.commit().await?;
    Ok(id)
}

/// The same in the transaction of whoever decided so. The listing is locked, and the reason clean.
pub(super) async fn take_away(tx: &Tx, admin: Admin, listing: &listing::Model, reason: &str) -> Result<(), ReviewError> {
    let (id, version) = (listing.id, listing.version);
    let next = state::after(listing.state, Step::Remove)?;
    if !store::remove(tx, listing, next, reason).await? {
        return Err(ReviewError::Changed);
    }
    search::forget(tx, id).await?;
    tx.emit(Event::ListingRemoved {
        listing: id,
        seller: listing.seller_id,
    });
    record(tx, admin, "listing_remove", id, &json!({ "version": version, "reason": reason })).await?;
    Ok(())
}

async fn record(tx: &Tx, admin: Admin, action: &str, id: ListingId, detail: &serde_json::Value) -> Result<(), Fault> {
    tx.audit(admin.id().0, action, (SubjectKind::Listing, id.0), detail).await
}

/// Why the guarded statement touched nothing.
async fn why_not(tx: &Tx, listing: &listing::Model, admin: Admin) -> Result<ReviewError, Fault> {
    if listing.seller_id == admin.id() {
        return Ok(ReviewError::OwnListing);
    }
    // What was read before the statement waited for its turn may be old.
    let now = store::get(tx.db(), listing.id).await?;
    if let Some(now) = now.filter(|now| now.state == ListingState::InReview) {
        let other = now.claimed_by.filter(|claimer| *claimer != admin.id());
        let Some(other) = other else { return Ok(ReviewError::Changed) };
        let by = face::read(tx.db(), other).await?.map(|face| face.name(admin));
        return Ok(ReviewError::Claimed { by });
    }
    let by = decider(tx, listing.id, admin).await?;
    Ok(ReviewError::AlreadyDecided { by })
}

async fn decider(tx: &Tx, listing: ListingId, admin: Admin) -> Result<Option<String>, Fault> {
    let last = audit::Entity::find()
        .filter(audit::Column::SubjectId.eq(listing.0))
        .filter(audit::Column::SubjectKind.eq(SubjectKind::Listing))
        .order_by_desc(audit::Column::At)
        .one(tx.db())
        .await?;
    let Some(last) = last else { return Ok(None) };
    let face = face::read(tx.db(), UserId(last.actor_id)).await?;
    Ok(face.map(|face| face.name(admin)))
}
