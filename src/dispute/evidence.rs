//! Evidence that a party brings within a case of either kind.

use entity::{kinds::CaseKind, value::CaseId};

use super::{
    recovery::{self, RecoveryError, Statement},
    store,
};
use crate::kernel::{Env, policy::Trader};

/// Brings a text and up to 20 images, as far as the kind of the case allows. They cannot be changed. The same key answers the same case.
pub async fn bring(env: &Env, party: Trader, statement: &Statement) -> Result<CaseId, RecoveryError> {
    let case = store::get(env.db(), CaseId(statement.about)).await?;
    match case.map(|case| case.kind) {
        Some(CaseKind::Recovery) => recovery::bring::bring(env, party, statement).await,
        Some(CaseKind::Return) | None => Err(RecoveryError::NotFound),
    }
}
