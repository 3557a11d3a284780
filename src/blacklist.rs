//! Blacklisting somebody with everything that follows from it, in one transaction.

use entity::value::UserId;
use uuid::Uuid;

use crate::{
    kernel::{Fault, Tx, policy::System},
    market, order,
    standing::{self, BlacklistError},
};

/// Blacklists a user out of a ruling. `false`: he is already, or he is an admin.
pub async fn enact(tx: &Tx, by: Uuid, user: UserId, reason: &str) -> Result<bool, Fault> {
    match standing::blacklist(tx, by, user, reason).await {
        Ok(()) => {}
        Err(BlacklistError::Already | BlacklistError::Admin) => return Ok(false),
        Err(BlacklistError::Fault(fault)) => return Err(fault),
        Err(error @ (BlacklistError::NotFound | BlacklistError::Reason(_))) => return Err(Fault::internal(error)),
    }
    market::store::take_off(tx, user).await?;
    order::leave(tx, System::new(), user).await?;
    Ok(true)
}
