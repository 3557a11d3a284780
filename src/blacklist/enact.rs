//! Blacklists somebody: his rights, what he sells, his offers and his orders, all of it or nothing.

use entity::value::{OrderId, UserId};
use uuid::Uuid;

use crate::{
    kernel::{Fault, Tx},
    order,
    standing::{self, BlacklistError},
};

/// Blacklists a user for a reason of 2 to 500 characters that he is told, with everything that follows from it, in the caller's transaction: his
/// standing, his listings off the market, his offers ended, what is not delivered or not looked at cancelled and refunded, and each other party
/// told what happens now. `by` decides: an admin, or nil for the operator.
///
/// Standing rows come first of all that is locked; of listings, offers and orders it takes whole what it needs. A ruling that ends one of his
/// orders itself comes after it.
pub async fn blacklist(tx: &Tx, by: Uuid, user: UserId, reason: &str) -> Result<(), BlacklistError> {
    all(tx, by, user, reason, None).await
}

/// The same out of a ruling about an order, which may end that order itself afterwards: of one that `ends` nobody is told that it runs on.
/// `false`: he is blacklisted already. Whoever rules has looked whether he is an admin, who must lose the role first.
pub async fn enact(tx: &Tx, by: Uuid, user: UserId, reason: &str, ends: Option<OrderId>) -> Result<bool, Fault> {
    match all(tx, by, user, reason, ends).await {
        Ok(()) => Ok(true),
        Err(BlacklistError::Already) => Ok(false),
        Err(BlacklistError::Fault(fault)) => Err(fault),
        // The house writes the reason of a ruling, and its parties exist.
        Err(error @ (BlacklistError::NotFound | BlacklistError::Admin | BlacklistError::Reason(_))) => Err(Fault::internal(error)),
    }
}

async fn all(tx: &Tx, by: Uuid, user: UserId, reason: &str, ends: Option<OrderId>) -> Result<(), BlacklistError> {
    standing::blacklist(tx, by, user, reason).await?;
    order::leave(tx, user, ends).await?;
    tracing::info!(%user, %by, "blacklisted");
    Ok(())
}
