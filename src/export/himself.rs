//! Who he is: his account, its sessions and blocks, his real name, his pictures, what he did on record.

use entity::{audit, block, image, payout_account, session};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use super::{Others, maybe, moment};
use crate::{
    account::{identity, profile},
    kernel::{Env, Fault, policy::Member},
    media,
};

pub(super) async fn account(env: &Env, member: Member) -> Result<Value, Fault> {
    let (row, standing) = (profile::own(env, member).await?, profile::standing(env, member).await?);
    Ok(json!({
        "id": row.id,
        "username": row.username,
        "nickname": row.nickname,
        "email": row.email,
        "language": row.locale,
        "mailNotices": row.mail_notices,
        "bio": row.bio,
        "signedUpAt": moment(row.created_at),
        "verified": standing.verified,
        "blacklisted": standing.blacklisted,
        "blacklistReason": standing.blacklist_reason,
        "withdrawalsWaitUntil": maybe(standing.withdraw_after),
        "identity": real_name(env, member).await?,
        "payoutAccounts": payout_accounts(env, member).await?,
        "sessions": sessions(env, member).await?,
        "blocked": blocked(env, member).await?,
    }))
}

async fn real_name(env: &Env, member: Member) -> Result<Value, Fault> {
    let Some(whole) = identity::whole(env, member).await? else {
        return Ok(Value::Null);
    };
    Ok(json!({
        "state": whole.shown.state,
        "name": whole.name.expose(),
        "number": whole.number.expose(),
        "reason": whole.shown.reason,
        "submittedAt": moment(whole.shown.submitted_at),
        "decidedAt": maybe(whole.shown.decided_at),
    }))
}

async fn payout_accounts(env: &Env, member: Member) -> Result<Value, Fault> {
    let rows = payout_account::Entity::find()
        .filter(payout_account::Column::UserId.eq(member.id()))
        .order_by_asc(payout_account::Column::CreatedAt)
        .all(env.db())
        .await?;
    let one = |row: payout_account::Model| json!({ "id": row.id, "lastFour": row.last_four, "addedAt": moment(row.created_at), "removedAt": maybe(row.removed_at) });
    Ok(rows.into_iter().map(one).collect())
}

async fn sessions(env: &Env, member: Member) -> Result<Value, Fault> {
    let rows = session::Entity::find()
        .filter(session::Column::UserId.eq(member.id()))
        .order_by_asc(session::Column::CreatedAt)
        .all(env.db())
        .await?;
    let one = |row: session::Model| json!({ "client": row.client, "signedInAt": moment(row.created_at), "usedAt": moment(row.used_at), "endedAt": maybe(row.ended_at) });
    Ok(rows.into_iter().map(one).collect())
}

async fn blocked(env: &Env, member: Member) -> Result<Value, Fault> {
    let rows = block::Entity::find()
        .filter(block::Column::BlockerId.eq(member.id()))
        .order_by_asc(block::Column::CreatedAt)
        .all(env.db())
        .await?;
    let others = Others::of(env.db(), member, rows.iter().map(|row| row.blocked_id)).await?;
    let one = |row: block::Model| json!({ "user": others.get(row.blocked_id), "at": moment(row.created_at) });
    Ok(rows.into_iter().map(one).collect())
}

/// His pictures. Those for everybody with their address.
pub(super) async fn images(env: &Env, member: Member) -> Result<Value, Fault> {
    let rows = image::Entity::find()
        .filter(image::Column::OwnerId.eq(member.id()))
        .order_by_asc(image::Column::CreatedAt)
        .all(env.db())
        .await?;
    let one = |row: image::Model| {
        let public = media::is_public(row.purpose);
        json!({
            "id": row.id,
            "purpose": row.purpose,
            "type": row.mime,
            "width": row.width,
            "height": row.height,
            "uploadedAt": moment(row.created_at),
            "address": public.then(|| format!("/media/{}", row.file_key)),
        })
    };
    Ok(rows.into_iter().map(one).collect())
}

/// What he did that is on record.
pub(super) async fn acts(env: &Env, member: Member) -> Result<Value, Fault> {
    let rows = audit::Entity::find()
        .filter(audit::Column::ActorId.eq(member.id().0))
        .order_by_asc(audit::Column::At)
        .all(env.db())
        .await?;
    let one = |row: audit::Model| json!({ "act": row.action, "about": row.subject_kind, "id": row.subject_id, "at": moment(row.at) });
    Ok(rows.into_iter().map(one).collect())
}
