//! What a seller's sales say of him: his level, what buyers gave him, how many orders he completed.

use std::collections::HashMap;

use entity::value::{Time, UserId};
use sea_orm::{FromQueryResult, Value};

use crate::kernel::{Env, Fault, sql};

/// Over how many days of sales a level is reckoned.
pub const DAYS: i64 = 30;

/// A seller's sales of the last [`DAYS`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sales {
    /// How many orders were completed.
    pub completed: i64,
    /// How many promises to deliver he missed.
    pub missed: i64,
    /// How many orders ended against him after he had refused a return.
    pub lost: i64,
}

/// The level of a seller by his sales: 0 new, 1 from 5 completed orders, 2 from 20, 3 from 80, each with at least 95 % on time and at most 3 %
/// lost.
#[must_use]
pub const fn level(sales: Sales) -> u8 {
    let Sales { completed, missed, lost } = sales;
    // Missed ones are of all that were to be delivered, lost ones of all that were delivered.
    let on_time = (completed + lost) * 100 >= (completed + lost + missed) * 95;
    let few_lost = lost * 100 <= (completed + lost) * 3;
    if !on_time || !few_lost {
        return 0;
    }
    match completed {
        80.. => 3,
        20.. => 2,
        5.. => 1,
        _ => 0,
    }
}

/// What everybody may know of a seller.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Record {
    /// His [`level`].
    pub level: u8,
    /// How many reviews of him as a seller are shown.
    pub reviews: i64,
    /// The stars of all of them together.
    pub stars: i64,
    /// How many orders he has completed, ever.
    pub completed: i64,
}

impl Record {
    /// The mean of the stars. None: nobody has given any.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "no seller has 2^52 stars")]
    pub fn rating(&self) -> Option<f64> {
        (self.reviews > 0).then(|| self.stars as f64 / self.reviews as f64)
    }
}

#[derive(FromQueryResult)]
struct Sold {
    user_id: UserId,
    ever: i64,
    completed: i64,
    lost: i64,
}

#[derive(FromQueryResult)]
struct Missed {
    user_id: UserId,
    missed: i64,
}

#[derive(FromQueryResult)]
struct Rated {
    user_id: UserId,
    reviews: i64,
    stars: i64,
}

/// What everybody may know of some sellers, in three statements however many. Those who never sold anything have an empty record.
///
/// For a seller's public page: level, rating and completed orders. Whoever shows a list of sellers calls it once for all of them.
pub async fn of_sellers(env: &Env, sellers: &[UserId]) -> Result<HashMap<UserId, Record>, Fault> {
    let mut records: HashMap<UserId, (Record, Sales)> = sellers.iter().map(|seller| (*seller, Default::default())).collect();
    if records.is_empty() {
        return Ok(HashMap::new());
    }
    let since = env.now().plus_days(-DAYS);
    for row in sold(env, sellers, since).await? {
        let (record, sales) = records.entry(row.user_id).or_default();
        record.completed = row.ever;
        (sales.completed, sales.lost) = (row.completed, row.lost);
    }
    for row in missed(env, sellers, since).await? {
        records.entry(row.user_id).or_default().1.missed = row.missed;
    }
    for row in rated(env, sellers).await? {
        let record = &mut records.entry(row.user_id).or_default().0;
        (record.reviews, record.stars) = (row.reviews, row.stars);
    }
    let whole = |(user, (record, sales)): (UserId, (Record, Sales))| {
        let level = level(sales);
        (user, Record { level, ..record })
    };
    Ok(records.into_iter().map(whole).collect())
}

/// `at` and then the sellers, as the statements number them.
fn values(at: Time, sellers: &[UserId]) -> Vec<Value> {
    std::iter::once(at.into())
        .chain(sellers.iter().map(|seller| (*seller).into()))
        .collect()
}

async fn sold(env: &Env, sellers: &[UserId], since: Time) -> Result<Vec<Sold>, Fault> {
    let select = format!(
        "SELECT o.seller_id AS user_id, COUNT(CASE WHEN o.state = 'COMPLETED' AND o.recovered_at IS NULL THEN 1 END) AS ever, \
         COUNT(CASE WHEN o.state = 'COMPLETED' AND o.recovered_at IS NULL AND o.ended_at > $1 THEN 1 END) AS completed, \
         COUNT(CASE WHEN o.state <> 'COMPLETED' AND o.ended_at > $1 AND COALESCE(o.seller_share, 0) < 100 \
         AND EXISTS (SELECT 1 FROM order_steps t WHERE t.order_id = o.id AND t.kind = 'RETURN_REFUSED') THEN 1 END) AS lost \
         FROM orders o WHERE o.seller_id IN ({}) AND o.state IN ('COMPLETED', 'REFUNDED', 'SPLIT') GROUP BY o.seller_id",
        sql::places(2, sellers.len())
    );
    sql::all(env.db(), &select, values(since, sellers)).await
}

async fn missed(env: &Env, sellers: &[UserId], since: Time) -> Result<Vec<Missed>, Fault> {
    let select = format!(
        "SELECT user_id, COUNT(*) AS missed FROM strikes WHERE at > $1 AND kind = 'PROMISE_MISSED' AND user_id IN ({}) GROUP BY user_id",
        sql::places(2, sellers.len())
    );
    sql::all(env.db(), &select, values(since, sellers)).await
}

async fn rated(env: &Env, sellers: &[UserId]) -> Result<Vec<Rated>, Fault> {
    let select = format!(
        "SELECT subject_id AS user_id, COUNT(*) AS reviews, SUM(stars) AS stars FROM reviews \
         WHERE shown_at <= $1 AND as_seller AND subject_id IN ({}) GROUP BY subject_id",
        sql::places(2, sellers.len())
    );
    sql::all(env.db(), &select, values(env.now(), sellers)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_asks_for_sales_kept_promises_and_few_lost_cases() {
        for ((completed, missed, lost), expected) in [
            ((0, 0, 0), 0),
            ((4, 0, 0), 0),
            ((5, 0, 0), 1),
            ((19, 0, 0), 1),
            ((20, 0, 0), 2),
            ((79, 0, 0), 2),
            ((80, 0, 0), 3),
            // 95 % on time, and not quite.
            ((19, 1, 0), 1),
            ((18, 1, 0), 0),
            ((95, 5, 0), 3),
            ((95, 6, 0), 0),
            // 3 % lost, and not quite.
            ((97, 0, 3), 3),
            ((96, 0, 3), 0),
            ((32, 0, 1), 0),
            ((33, 0, 1), 2),
            ((0, 3, 0), 0),
            ((0, 0, 1), 0),
        ] {
            assert_eq!(level(Sales { completed, missed, lost }), expected, "{completed} {missed} {lost}");
        }
    }

    #[test]
    fn nobody_s_stars_are_no_rating() {
        assert_eq!(Record::default().rating(), None);
        let record = Record {
            reviews: 4,
            stars: 18,
            ..Record::default()
        };
        assert_eq!(record.rating(), Some(4.5));
    }
}
