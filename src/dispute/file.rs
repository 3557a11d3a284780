//! A link to the file of a case: good for some minutes, and for whoever asked for it alone.

use entity::{case, value::CaseId};

use super::{claim::holder, store};
use crate::{
    kernel::{Env, Fault, policy::Trader},
    media,
};

/// Why there is no link.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CaseFileError {
    /// There is no such case for him.
    #[error("no such case")]
    NotFound,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// What such a link is signed for.
#[must_use]
pub fn place(case: CaseId) -> String {
    format!("case-file:{case}")
}

/// Makes a link, as a path of this server, for a party or the admin who claimed the case. Behind it the file is put together when it is followed.
pub async fn link(env: &Env, reader: Trader, id: CaseId) -> Result<String, CaseFileError> {
    readable(env, reader, id).await?.ok_or(CaseFileError::NotFound)?;
    tracing::info!(case = %id, reader = %reader.id(), "a link to the file of a case was made");
    let signed = media::link::sign(env, reader.id(), &place(id));
    Ok(format!("/graphql/case-file/{id}?{signed}"))
}

/// The case, if somebody may read its file: a party, or the admin who has claimed it. An admin who once had it does not any more.
pub async fn readable(env: &Env, reader: Trader, id: CaseId) -> Result<Option<case::Model>, Fault> {
    let case = store::get(env.db(), id).await?;
    let may = |case: &case::Model| {
        let claimer = holder(case, env.now());
        [Some(case.buyer_id), Some(case.seller_id), claimer].contains(&Some(reader.id()))
    };
    Ok(case.filter(may))
}
