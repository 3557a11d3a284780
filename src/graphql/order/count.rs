//! How many orders somebody has.

use async_graphql::SimpleObject;
use entity::kinds;

use super::kinds::OrderState;
use crate::order::list::Counts;

/// How many orders you have in a state.
#[derive(Debug, Clone, Copy, SimpleObject)]
#[graphql(serial)]
pub struct OrderStateCount {
    /// The state.
    pub state: OrderState,
    /// How many.
    pub count: i32,
}

/// How many orders you have. States without any are left out.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct OrderCounts {
    /// Of what you bought.
    pub bought: Vec<OrderStateCount>,
    /// Of what you sold.
    pub sold: Vec<OrderStateCount>,
}

impl From<(kinds::OrderState, i64)> for OrderStateCount {
    fn from((state, n): (kinds::OrderState, i64)) -> Self {
        Self {
            state: state.into(),
            count: i32::try_from(n).unwrap_or(i32::MAX),
        }
    }
}

impl From<Counts> for OrderCounts {
    fn from(counts: Counts) -> Self {
        Self {
            bought: counts.bought.into_iter().map(OrderStateCount::from).collect(),
            sold: counts.sold.into_iter().map(OrderStateCount::from).collect(),
        }
    }
}
