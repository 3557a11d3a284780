//! Gives back what was not sent, when a wallet is frozen.

use entity::value::UserId;

use super::{
    hear::take,
    state::Step,
    store::{self, Stamp},
};
use crate::kernel::{Fault, Tx};

/// Takes back every withdrawal of a user that was not sent. One that the bank has heard of runs on.
pub(in crate::wallet) async fn call_back(tx: &Tx, user: UserId) -> Result<(), Fault> {
    for withdrawal in store::lock_unsent(tx, user).await? {
        take(tx, &withdrawal, Step::TakeBack, Stamp::default()).await?;
    }
    Ok(())
}
