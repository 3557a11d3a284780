//! Evidence that a party brings within a case of either kind.

use entity::{kinds::CaseKind, value::CaseId};

use super::{
    recovery::{self, RecoveryError, Statement},
    refusal::{self, RefusalError},
    store,
};
use crate::kernel::{Env, Fault, policy::Trader};

/// Why no evidence was taken.
#[derive(Debug, thiserror::Error)]
pub enum BringError {
    /// There is no such case.
    #[error("no such case")]
    NotFound,
    /// A claim takes none.
    #[error(transparent)]
    Recovery(#[from] RecoveryError),
    /// A refused return takes none.
    #[error(transparent)]
    Refusal(#[from] RefusalError),
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Brings a text and up to 20 images, as far as the kind of the case allows. They cannot be changed. The same key answers the same case.
pub async fn bring(env: &Env, party: Trader, statement: &Statement) -> Result<CaseId, BringError> {
    let case = store::get(env.db(), CaseId(statement.about)).await?;
    match case.map(|case| case.kind) {
        Some(CaseKind::Recovery) => Ok(recovery::bring::bring(env, party, statement).await?),
        Some(CaseKind::Return) => Ok(refusal::bring::bring(env, party, statement).await?),
        None => Err(BringError::NotFound),
    }
}
