//! Throws a draft away.

use entity::value::ListingId;

use super::{
    shelve::ShelveError,
    state::{self, Step},
    store,
};
use crate::{
    kernel::{Env, policy::Trader},
    media,
};

/// Throws away a draft that was never on sale, with its pictures. What came back from an order stays: the order refers to it.
pub async fn discard(env: &Env, seller: Trader, id: ListingId) -> Result<ListingId, ShelveError> {
    let tx = env.begin().await?;
    let draft = store::lock(&tx, id).await?;
    let draft = draft
        .filter(|listing| listing.seller_id == seller.id())
        .ok_or(ShelveError::NotFound)?;
    state::after(draft.state, Step::Discard)?;
    if draft.published_at.is_some() {
        return Err(ShelveError::OnRecord);
    }
    for image in store::image_ids(tx.db(), id).await? {
        media::attach::detach(&tx, image).await?;
    }
    store::delete(&tx, id).await?;
    tx.commit().await?;
    tracing::info!(listing = %id, seller = %seller.id(), "draft discarded");
    Ok(id)
}
