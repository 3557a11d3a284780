//! Somebody in the room proposes a settlement.

use entity::{
    case::Model,
    case_proposal,
    kinds::CaseStep,
    value::{CaseId, CaseProposalId, UserId},
};
use sea_orm::{EntityTrait, IntoActiveModel};
use serde::Serialize;
use uuid::Uuid;

use super::{
    RefusalError, hold, proposals,
    room::{self, Speaker},
};
use crate::{
    dispute::timeline,
    kernel::{Claim, Env, Fault, Tx},
    order::{Share, Side},
};

/// How many versions a mediation has at most.
pub const VERSIONS: i32 = 100;

/// A settlement that is to be proposed.
#[derive(Debug, Clone, Serialize)]
pub struct ProposeSettlement {
    /// In which case.
    pub case: CaseId,
    /// What of the escrow the seller would get, in percent, 0 to 100.
    pub share: i32,
    /// His idempotency key.
    #[serde(skip)]
    pub key: Uuid,
}

/// Proposes a settlement: the buyer, the seller, or the admin who claimed the case. It is a version of its own, and the one before it is over. A party
/// accepts what he proposes himself. The same key answers the same version.
pub async fn propose(env: &Env, speaker: Speaker, ask: &ProposeSettlement) -> Result<CaseId, RefusalError> {
    let share = Share::percent(ask.share).ok_or(RefusalError::Share)?;
    let tx = env.begin().await?;
    let id = match tx.claim(speaker.id(), "caseProposalMake", ask.key, ask).await? {
        Claim::First(id) => CaseProposalId(id),
        Claim::Repeat(_) => return Ok(ask.case),
        Claim::UsedForOther => return Err(RefusalError::KeyReused),
    };
    let (case, side) = room::enter(&tx, speaker, ask.case).await?;
    hold::in_time(&tx, &case)?;
    let version = next_version(&tx, &case).await?;
    proposals::end_open(&tx, case.id).await?;
    insert(&tx, id, &case, version, share, (speaker.id(), side)).await?;
    timeline::append(&tx, &case, CaseStep::ProposalMade, Some(speaker.id())).await?;
    room::on_record(
        &tx,
        speaker,
        &case,
        "case_propose",
        &serde_json::json!({ "version": version, "share": share.get() }),
    )
    .await?;
    tx.commit().await?;
    tracing::info!(case = %case.id, version, share = share.get(), "a settlement was proposed");
    Ok(case.id)
}

async fn next_version(tx: &Tx, case: &Model) -> Result<i32, RefusalError> {
    let version = proposals::newest(tx, case.id).await?.map_or(1, |newest| newest.version + 1);
    if version > VERSIONS {
        return Err(RefusalError::TooMany(VERSIONS.unsigned_abs() as usize));
    }
    Ok(version)
}

async fn insert(
    tx: &Tx,
    id: CaseProposalId,
    case: &Model,
    version: i32,
    share: Share,
    (by, side): (UserId, Option<Side>),
) -> Result<(), Fault> {
    let row = case_proposal::Model {
        id,
        case_id: case.id,
        version,
        by_id: by,
        seller_share: i32::from(share.get()),
        made_at: tx.now(),
        buyer_accepted_at: (side == Some(Side::Bought)).then_some(tx.now()),
        seller_accepted_at: (side == Some(Side::Sold)).then_some(tx.now()),
        ended_at: None,
    };
    case_proposal::Entity::insert(row.into_active_model())
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}
