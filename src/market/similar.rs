//! What is like a listing: of its game, at about its price, the closer the better.

use std::collections::{BTreeSet, HashMap};

use entity::{kinds::AttributeKind, value::ListingId};

use super::{
    attribute::{self, Shown},
    card::{self, Card},
    find,
};
use crate::kernel::{Env, Fault, policy::Actor};

/// How many are shown.
pub const MOST: usize = 8;
/// How many are looked at on each side of the price.
const POOL: u32 = 24;

/// Up to [`MOST`] listings on sale that are like this one. None: `actor` may not see it.
pub async fn similar(env: &Env, actor: &Actor, id: ListingId) -> Result<Option<Vec<Card>>, Fault> {
    let Some(like) = find::find_visible(env, actor, id).await? else {
        return Ok(None);
    };
    let mut pool = card::around(env.db(), &like.listing, POOL).await?;
    let mut ids: Vec<ListingId> = pool.iter().map(|card| card.listing.id).collect();
    ids.push(id);
    let said = attribute::of_listings(env, &ids).await?;
    let own = chosen(&said, id);
    pool.sort_by_cached_key(|card| {
        let shared = chosen(&said, card.listing.id).intersection(&own).count();
        let distance = distance(like.listing.price.0, card.listing.price.0, card.server.id == like.server.id, shared);
        (distance, std::cmp::Reverse(card.listing.id))
    });
    pool.truncate(MOST);
    Ok(Some(pool))
}

/// What a listing chose, as pairs of attribute and choice.
fn chosen(said: &HashMap<ListingId, Vec<Shown>>, id: ListingId) -> BTreeSet<(&str, &str)> {
    let said = said.get(&id).map(Vec::as_slice).unwrap_or_default();
    let chosen = said
        .iter()
        .filter(|shown| matches!(shown.kind, AttributeKind::Choice | AttributeKind::ManyChoice));
    chosen
        .flat_map(|shown| shown.choices.iter().map(|choice| (shown.key.as_str(), choice.key.as_str())))
        .collect()
}

/// How unlike two listings are: how many percent one price is above the other, less 20 for the same server and 10 for each choice they share.
fn distance(price: i64, other: i64, same_server: bool, shared: usize) -> i64 {
    let (low, high) = (price.min(other).max(1), price.max(other));
    let apart = (high - low).saturating_mul(100) / low;
    let shared = i64::try_from(shared.min(5)).unwrap_or(5);
    apart - if same_server { 20 } else { 0 } - 10 * shared
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nearer_in_price_server_and_choices_is_more_alike() {
        assert!(distance(100, 110, false, 0) < distance(100, 150, false, 0));
        assert_eq!(distance(100, 50, false, 0), distance(50, 100, false, 0));
        assert!(distance(100, 115, true, 0) < distance(100, 100, false, 0));
        assert!(distance(100, 125, false, 2) < distance(100, 110, false, 0));
        assert!(distance(1, i64::MAX, false, 0) > 0);
    }
}
