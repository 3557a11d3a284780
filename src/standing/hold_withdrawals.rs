//! Withdrawals wait after a change that a thief would make.

use entity::value::{Time, UserId};

use crate::kernel::{Fault, Tx, sql};

/// How long a user's withdrawals wait after a new payout account, a changed address or a reset password.
pub const HOURS: i64 = 24;

/// Makes the withdrawals of `user` wait until `until`; a longer wait that runs already stays. Those that were sent are not called back.
///
/// It writes the standing row, so it comes before listings, orders and withdrawals in a transaction.
pub async fn hold_withdrawals(tx: &Tx, user: UserId, until: Time) -> Result<(), Fault> {
    sql::run(
        tx.db(),
        "UPDATE standing SET withdraw_after = $2 WHERE user_id = $1 AND (withdraw_after IS NULL OR withdraw_after < $2)",
        vec![user.into(), until.into()],
    )
    .await?;
    Ok(())
}
