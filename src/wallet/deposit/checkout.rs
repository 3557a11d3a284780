//! Fetches the page where a deposit is paid.

use entity::deposit;

use super::store;
use crate::kernel::{Env, Fault, port::PaymentAsk};

/// Where the bank's page sends the payer back to.
const RETURN_PATH: &str = "/wallet";

/// Opens the deposit's payment at the bank, or finds the one opened before under its id. A bank that does not help leaves the deposit as it was.
pub(super) async fn open(env: &Env, deposit: deposit::Model) -> Result<deposit::Model, Fault> {
    let ask = PaymentAsk {
        id: deposit.id.0,
        amount: deposit.amount,
        return_url: format!("{}{RETURN_PATH}", env.config().public_address()),
    };
    let opened = match env.bank().open_payment(&ask).await {
        Ok(opened) => opened,
        Err(error) => {
            tracing::warn!(deposit = %deposit.id, %error, "the bank opened no payment; it is asked again later");
            return Ok(deposit);
        }
    };
    let tx = env.begin().await?;
    store::note_checkout(&tx, deposit.id, &opened).await?;
    let noted = store::get(tx.db(), deposit.id).await?;
    tx.commit().await?;
    noted.ok_or_else(|| Fault::internal("a deposit is missing"))
}
