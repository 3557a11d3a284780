//! The parts of the file of a case.

use entity::{
    audit,
    case::Model as Case,
    case_proposal, conversation, credential, hand_back,
    kinds::{RulingState, SubjectKind},
    message, order, order_step,
    value::{OrderId, UserId},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Others, amount, maybe, moment};
use crate::{
    dispute::{
        self,
        refusal::{proposals, room},
    },
    kernel::{Env, Fault},
    order::history,
};

/// How many days before the order the chat begins that belongs to its case.
const CHAT_BEFORE: i64 = 30;

/// What somebody is in a case. Admins are not named.
pub(super) fn role(case: &Case, user: UserId) -> &'static str {
    if user == case.buyer_id {
        "buyer"
    } else if user == case.seller_id {
        "seller"
    } else {
        "admin"
    }
}

fn actor(case: &Case, user: Option<UserId>) -> &'static str {
    user.map_or("platform", |user| role(case, user))
}

/// The case itself.
pub(super) async fn case(env: &Env, case: &Case, people: &Others) -> Result<Value, Fault> {
    Ok(json!({
        "id": case.id,
        "kind": case.kind,
        "order": case.order_id,
        "buyer": people.get(case.buyer_id),
        "seller": people.get(case.seller_id),
        "amount": amount(case.amount),
        "state": case.state,
        "openedAt": moment(case.opened_at),
        "closedAt": maybe(case.closed_at),
        "refusedAt": maybe(case.refused_at),
        "answeredAt": maybe(case.answered_at),
        "buyerDoneAt": maybe(case.buyer_done_at),
        "sellerDoneAt": maybe(case.seller_done_at),
        "sellerShare": case.seller_share,
        "recovered": case.recovered.map(amount),
        "advanced": case.advanced.map(amount),
        "madeAt": moment(env.now()),
    }))
}

/// What happened to the case.
pub(super) async fn timeline(env: &Env, case: &Case) -> Result<Value, Fault> {
    let steps = dispute::timeline::of(env, &[case.id]).await?.remove(&case.id).unwrap_or_default();
    let shown = steps.into_iter().filter(|step| step.kind.is_for_parties());
    Ok(shown
        .map(|step| json!({ "step": step.kind, "by": actor(case, step.actor_id), "at": moment(step.at) }))
        .collect())
}

/// What was found and ruled, with the reasons. Rulings that no second admin approved are none.
pub(super) async fn rulings(env: &Env, case: &Case) -> Result<Value, Fault> {
    let second = entity::case_ruling::Entity::find()
        .filter(entity::case_ruling::Column::CaseId.eq(case.id))
        .filter(entity::case_ruling::Column::State.eq(RulingState::Approved))
        .order_by_asc(entity::case_ruling::Column::RuledAt)
        .all(env.db())
        .await?;
    let approved: Vec<Value> = second
        .into_iter()
        .map(|row| json!({ "kind": row.kind, "ruledAt": moment(row.ruled_at), "approvedAt": maybe(row.decided_at) }))
        .collect();
    Ok(json!({
        "finding": case.finding,
        "findingShare": case.finding_share,
        "findingReason": case.finding_reason,
        "foundAt": maybe(case.found_at),
        "buyerConsentedAt": maybe(case.buyer_consented_at),
        "sellerConsentedAt": maybe(case.seller_consented_at),
        "ruledByAnAdmin": case.ruled_by.is_some(),
        "reason": case.reason,
        "byTwoAdmins": approved,
    }))
}

/// What was proposed and said in the room.
pub(super) async fn mediation(env: &Env, case: &Case) -> Result<Value, Fault> {
    let versions = proposals::of(env, &[case.id]).await?.remove(&case.id).unwrap_or_default();
    let version = |row: case_proposal::Model| {
        json!({
            "version": row.version,
            "by": role(case, row.by_id),
            "sellerShare": row.seller_share,
            "madeAt": moment(row.made_at),
            "buyerAcceptedAt": maybe(row.buyer_accepted_at),
            "sellerAcceptedAt": maybe(row.seller_accepted_at),
            "endedAt": maybe(row.ended_at),
        })
    };
    let said = room::all(env, case.id).await?;
    let said = said
        .into_iter()
        .map(|row| json!({ "by": role(case, row.author_id), "text": row.body, "at": moment(row.created_at) }));
    Ok(json!({
        "beganAt": maybe(case.mediation_began_at),
        "proposals": versions.into_iter().map(version).collect::<Vec<_>>(),
        "messages": said.collect::<Vec<_>>(),
    }))
}

/// What was bought, as it was then.
pub(super) fn listing(order: &order::Model, pictures: &[String]) -> Result<Value, Fault> {
    Ok(json!({
        "id": order.listing_id,
        "version": order.listing_version,
        "title": order.title,
        "description": order.description,
        "price": amount(order.price),
        "deliveryHours": order.delivery_hours,
        "warrantyDays": order.warranty_days,
        "attributes": serde_json::from_str::<Value>(&order.attributes).map_err(Fault::internal)?,
        "pictures": pictures,
    }))
}

/// How the account passed to and fro, and who looked at what. No credentials.
pub(super) async fn hand_over(env: &Env, order: &order::Model) -> Result<Value, Fault> {
    let steps = history::of(env, &[order.id]).await?.remove(&order.id).unwrap_or_default();
    let by = |user: Option<UserId>| match user {
        None => "platform",
        Some(user) if user == order.buyer_id => "buyer",
        Some(user) if user == order.seller_id => "seller",
        Some(_) => "admin",
    };
    let step = |row: order_step::Model| json!({ "step": row.kind, "by": by(row.actor_id), "at": moment(row.at) });
    let versions: Vec<(i32, entity::value::Time)> = credential::Entity::find()
        .select_only()
        .columns([credential::Column::Version, credential::Column::CreatedAt])
        .filter(credential::Column::OrderId.eq(order.id))
        .order_by_asc(credential::Column::Version)
        .into_tuple()
        .all(env.db())
        .await?;
    let back = hand_back::Entity::find_by_id(order.id).one(env.db()).await?;
    Ok(json!({
        "steps": steps.into_iter().map(step).collect::<Vec<_>>(),
        "delivered": versions.into_iter().map(|(version, at)| json!({ "version": version, "at": moment(at) })).collect::<Vec<_>>(),
        "handedBack": back.map(|row| json!({ "kind": row.kind, "at": moment(row.created_at) })),
        "returnReason": order.return_reason,
        "looks": looks(env, order.id, by).await?,
    }))
}

/// Each look at credentials that is on record.
async fn looks(env: &Env, order: OrderId, by: impl Fn(Option<UserId>) -> &'static str) -> Result<Value, Fault> {
    let cases: Vec<Uuid> = entity::case::Entity::find()
        .select_only()
        .column(entity::case::Column::Id)
        .filter(entity::case::Column::OrderId.eq(order))
        .into_tuple()
        .all(env.db())
        .await?;
    let on_order = Condition::all()
        .add(audit::Column::SubjectKind.eq(SubjectKind::Order))
        .add(audit::Column::SubjectId.eq(order.0))
        .add(audit::Column::Action.is_in(["credentials.reveal", "hand_back.reveal"]));
    let on_case = Condition::all()
        .add(audit::Column::SubjectKind.eq(SubjectKind::Case))
        .add(audit::Column::SubjectId.is_in(cases))
        .add(audit::Column::Action.eq("case_reveal"));
    let rows = audit::Entity::find()
        .filter(Condition::any().add(on_order).add(on_case))
        .order_by_asc(audit::Column::At)
        .all(env.db())
        .await?;
    let one = |row: audit::Model| json!({ "act": row.action, "by": by(Some(UserId(row.actor_id))), "at": moment(row.at) });
    Ok(rows.into_iter().map(one).collect())
}

/// What the parties wrote to each other, from 30 days before the order until the case ended. What was taken back stays for cases.
pub(super) async fn chat(env: &Env, case: &Case, order: &order::Model) -> Result<Value, Fault> {
    let (low, high) = crate::chat::store::pair(case.buyer_id, case.seller_id);
    let between = conversation::Entity::find()
        .filter(conversation::Column::LowId.eq(low))
        .filter(conversation::Column::HighId.eq(high));
    let Some(conversation) = between.one(env.db()).await? else {
        return Ok(json!([]));
    };
    let rows = message::Entity::find()
        .filter(message::Column::ConversationId.eq(conversation.id))
        .filter(message::Column::CreatedAt.gte(order.placed_at.plus_days(-CHAT_BEFORE)))
        .filter(message::Column::CreatedAt.lte(case.closed_at.unwrap_or_else(|| env.now())))
        .order_by_asc(message::Column::Seq)
        .all(env.db())
        .await?;
    let one = |row: message::Model| {
        json!({
            "by": actor(case, row.sender_id),
            "text": row.body,
            "step": row.step,
            "at": moment(row.created_at),
            "takenBackAt": maybe(row.recalled_at),
        })
    };
    Ok(rows.into_iter().map(one).collect())
}
