//! A request for a return ends without one: taken back, or the account was not handed back in time. The rest of the time to confirm goes on.

use entity::{
    kinds::{OrderState, OrderStepKind, ReturnStep},
    order,
    value::{OrderId, UserId},
};

use super::{ReturnError, tell};
use crate::{
    kernel::{Env, Tx, policy::Trader},
    order::{
        history,
        state::{IllegalStep, Step, advance},
        store::{self, Stamp},
    },
};

/// The buyer has at least so long to confirm afterwards.
const LEAST_HOURS: i64 = 12;

/// The buyer takes his request back. There is no second one. Taking it back again changes nothing.
pub async fn withdraw(env: &Env, buyer: Trader, id: OrderId) -> Result<OrderId, ReturnError> {
    let tx = env.begin().await?;
    let order = store::lock(&tx, id).await?.filter(|order| order.buyer_id == buyer.id());
    let order = order.ok_or(ReturnError::NotFound)?;
    if order.state == OrderState::Delivered && order.return_requested_at.is_some() {
        return Ok(id);
    }
    end(&tx, &order, Step::WithdrawReturn, Some(buyer.id())).await?;
    tx.commit().await?;
    tracing::info!(order = %id, buyer = %buyer.id(), "return withdrawn");
    Ok(id)
}

/// Ends the request, by the buyer or the timer. The order's row is locked.
pub(in crate::order) async fn end(tx: &Tx, order: &order::Model, step: Step, actor: Option<UserId>) -> Result<(), ReturnError> {
    let (next, _) = advance(order.state, step)?;
    let stamp = Stamp {
        due_at: Some(tx.now().plus_millis(rest(order.confirm_left))),
        ..Stamp::default()
    };
    if !store::advance(tx, order.id, order.state, next, stamp).await? {
        return Err(IllegalStep { state: order.state, step }.into());
    }
    let (kind, told) = if step == Step::WithdrawReturn {
        (OrderStepKind::ReturnWithdrawn, ReturnStep::Withdrawn)
    } else {
        (OrderStepKind::ReturnLapsed, ReturnStep::Lapsed)
    };
    history::append(tx, order.id, kind, actor).await?;
    tell(tx, order, told);
    Ok(())
}

/// Milliseconds in which the buyer confirms afterwards: what was left, and at least [`LEAST_HOURS`].
fn rest(left: Option<i64>) -> i64 {
    left.unwrap_or(0).max(LEAST_HOURS * 3_600_000)
}

#[cfg(test)]
mod tests {
    use super::rest;

    #[test]
    fn what_was_left_goes_on_and_is_at_least_twelve_hours() {
        const HOUR: i64 = 3_600_000;
        for (left, hours) in [
            (None, 12),
            (Some(1), 12),
            (Some(12 * HOUR), 12),
            (Some(13 * HOUR), 13),
            (Some(72 * HOUR), 72),
        ] {
            assert_eq!(rest(left), hours * HOUR, "{left:?}");
        }
    }
}
