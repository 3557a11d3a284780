//! How often listings are looked at. A reader writes to the cache alone; the worker pours what has gathered into the database.

use std::{collections::BTreeMap, time::Duration};

use entity::{kinds::ListingState, listing, value::ListingId};
use uuid::Uuid;

use crate::kernel::{Env, Fault, policy::System, port::CacheError, sql};

/// For how long a visitor's further looks at one listing do not count.
const ONCE_IN: Duration = Duration::from_secs(24 * 60 * 60);
/// How long looks wait in the cache at most before they are lost.
const KEPT: Duration = Duration::from_secs(60 * 60);
/// How long the looks of one drawer are gathered.
const DRAWER: i64 = 10_000;
/// How many drawers the worker opens, the newest excepted.
const DRAWERS: i64 = 60;
/// Somebody looked at a listing. His first look in a day counts, unless it is his own listing. A cache that is away counts nothing.
pub async fn seen(env: &Env, visitor: &str, listing: &listing::Model) {
    if listing.state != ListingState::OnSale {
        return;
    }
    if let Err(error) = note(env, visitor, listing.id).await {
        tracing::debug!(%error, "a look is not counted");
    }
}

async fn note(env: &Env, visitor: &str, listing: ListingId) -> Result<(), CacheError> {
    if !env.cache().set_new(&format!("seen:{listing}:{visitor}"), b"1", ONCE_IN).await? {
        return Ok(());
    }
    let drawer = env.now().0 / DRAWER;
    let place = env.cache().count(&format!("looks:{drawer}"), KEPT).await?;
    env.cache()
        .set(&format!("looks:{drawer}:{place}"), listing.0.as_bytes(), KEPT)
        .await
}

/// Pours the looks of all drawers that are closed into the database; answers how many. Each look is taken out of the cache once, by whichever
/// worker comes first; one that dies on the way loses what it holds.
pub async fn pour(env: &Env, _right: System) -> Result<u64, Fault> {
    let open = env.now().0 / DRAWER;
    let mut looks = BTreeMap::<ListingId, i64>::new();
    for drawer in open - DRAWERS..open {
        let emptied = empty(env, drawer, &mut looks).await;
        emptied.map_err(|error| Fault::Unavailable(error.to_string()))?;
    }
    if looks.is_empty() {
        return Ok(0);
    }
    let (tx, mut poured) = (env.begin().await?, 0);
    // In the order of their ids, as everybody locks listings.
    for (listing, count) in looks {
        let statement = "UPDATE listings SET views = views + $2 WHERE id = $1";
        sql::run(tx.db(), statement, vec![listing.into(), count.into()]).await?;
        poured += count.unsigned_abs();
    }
    tx.commit().await?;
    Ok(poured)
}

async fn empty(env: &Env, drawer: i64, looks: &mut BTreeMap<ListingId, i64>) -> Result<(), CacheError> {
    let counter = format!("looks:{drawer}");
    let Some(count) = env.cache().get(&counter).await? else {
        return Ok(());
    };
    let count: u64 = std::str::from_utf8(&count).ok().and_then(|count| count.parse().ok()).unwrap_or(0);
    for place in 1..=count {
        let look = env.cache().take(&format!("{counter}:{place}")).await?;
        if let Some(id) = look.and_then(|look| Uuid::from_slice(&look).ok()) {
            *looks.entry(ListingId(id)).or_default() += 1;
        }
    }
    env.cache().delete(&counter).await
}
