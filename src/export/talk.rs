//! What was said: his notices, and the conversations that he is a member of.

use entity::{complaint, conversation, message, notice, report, value::UserId};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use super::{Others, maybe, moment};
use crate::{
    account::profile,
    kernel::{Env, Fault, policy::Member},
    notification::{announcement, words},
};

pub(super) async fn notices(env: &Env, member: Member) -> Result<Value, Fault> {
    let locale = profile::own(env, member).await?.locale;
    let mut rows = notice::Entity::find()
        .filter(notice::Column::UserId.eq(member.id()))
        .order_by_asc(notice::Column::CreatedAt)
        .all(env.db())
        .await?;
    rows.extend(announcement::all_of(env, member).await?);
    rows.sort_by_key(|row| (row.created_at, row.id.0));
    let one = |row: notice::Model| {
        json!({
            "title": words::title(&row, locale),
            "text": words::text(&row, locale),
            "at": moment(row.created_at),
            "readAt": maybe(row.read_at),
        })
    };
    Ok(rows.into_iter().map(one).collect())
}

/// Each conversation with the other's face and its lines. What was taken back shows nothing.
pub(super) async fn messages(env: &Env, member: Member) -> Result<Value, Fault> {
    let own = Condition::any()
        .add(conversation::Column::LowId.eq(member.id()))
        .add(conversation::Column::HighId.eq(member.id()));
    let rows = conversation::Entity::find()
        .filter(own)
        .order_by_asc(conversation::Column::CreatedAt)
        .all(env.db())
        .await?;
    let other = |row: &conversation::Model| if row.low_id == member.id() { row.high_id } else { row.low_id };
    let others = Others::of(env.db(), member, rows.iter().map(other)).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        all.push(json!({
            "with": others.get(other(&row)),
            "begunAt": moment(row.created_at),
            "lines": lines(env, member.id(), &row).await?,
        }));
    }
    Ok(all.into())
}

async fn lines(env: &Env, user: UserId, of: &conversation::Model) -> Result<Value, Fault> {
    let rows = message::Entity::find()
        .filter(message::Column::ConversationId.eq(of.id))
        .order_by_asc(message::Column::Seq)
        .all(env.db())
        .await?;
    let one = |row: message::Model| {
        let from = match row.sender_id {
            None => "platform",
            Some(sender) if sender == user => "you",
            Some(_) => "other",
        };
        let text = row.recalled_at.or(row.removed_at).is_none().then_some(row.body);
        json!({ "from": from, "text": text, "step": row.step, "at": moment(row.created_at), "takenBackAt": maybe(row.recalled_at) })
    };
    Ok(rows.into_iter().map(one).collect())
}

/// What he reported, and what came of it. Who reported him is nobody's but the admins'.
pub(super) async fn reports(env: &Env, member: Member) -> Result<Value, Fault> {
    let said = complaint::Entity::find()
        .filter(complaint::Column::ReporterId.eq(member.id()))
        .order_by_asc(complaint::Column::CreatedAt)
        .all(env.db())
        .await?;
    let mut all = Vec::new();
    for complaint in said {
        let report = report::Entity::find_by_id(complaint.report_id).one(env.db()).await?;
        let report = report.ok_or_else(|| Fault::internal("a complaint without its report"))?;
        all.push(json!({
            "about": report.subject_kind,
            "id": report.subject_id,
            "reason": complaint.cause,
            "text": complaint.body,
            "at": moment(complaint.created_at),
            "outcome": report.outcome,
            "decision": report.reason,
            "decidedAt": maybe(report.decided_at),
        }));
    }
    Ok(all.into())
}
