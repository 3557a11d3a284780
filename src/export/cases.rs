//! The cases in which he has a part, and what he brought and said in them.

use entity::{case, case_message, evidence};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use super::{Others, amount, maybe, moment};
use crate::kernel::{Env, Fault, policy::Member};

pub(super) async fn cases(env: &Env, member: Member) -> Result<Value, Fault> {
    let own = Condition::any()
        .add(case::Column::BuyerId.eq(member.id()))
        .add(case::Column::SellerId.eq(member.id()));
    let rows = case::Entity::find()
        .filter(own)
        .order_by_asc(case::Column::OpenedAt)
        .all(env.db())
        .await?;
    let other = |row: &case::Model| {
        if row.buyer_id == member.id() { row.seller_id } else { row.buyer_id }
    };
    let others = Others::of(env.db(), member, rows.iter().map(other)).await?;
    let one = |row: case::Model| {
        let side = if row.buyer_id == member.id() { "bought" } else { "sold" };
        json!({
            "id": row.id,
            "kind": row.kind,
            "order": row.order_id,
            "side": side,
            "with": others.get(other(&row)),
            "amount": amount(row.amount),
            "state": row.state,
            "openedAt": moment(row.opened_at),
            "closedAt": maybe(row.closed_at),
            "finding": row.finding,
            "findingReason": row.finding_reason,
            "sellerShare": row.seller_share,
            "recovered": row.recovered.map(amount),
            "advanced": row.advanced.map(amount),
            "reason": row.reason,
        })
    };
    let cases: Value = rows.into_iter().map(one).collect();
    Ok(json!({ "cases": cases, "evidence": brought(env, member).await?, "messages": said(env, member).await? }))
}

/// The evidence that he brought.
async fn brought(env: &Env, member: Member) -> Result<Value, Fault> {
    let rows = evidence::Entity::find()
        .filter(evidence::Column::AuthorId.eq(member.id()))
        .order_by_asc(evidence::Column::CreatedAt)
        .all(env.db())
        .await?;
    let one = |row: evidence::Model| json!({ "order": row.order_id, "text": row.body, "at": moment(row.created_at) });
    Ok(rows.into_iter().map(one).collect())
}

/// What he wrote in the rooms of cases.
async fn said(env: &Env, member: Member) -> Result<Value, Fault> {
    let rows = case_message::Entity::find()
        .filter(case_message::Column::AuthorId.eq(member.id()))
        .order_by_asc(case_message::Column::CreatedAt)
        .all(env.db())
        .await?;
    let one = |row: case_message::Model| json!({ "case": row.case_id, "text": row.body, "at": moment(row.created_at) });
    Ok(rows.into_iter().map(one).collect())
}
