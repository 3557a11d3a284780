//! What the words of a notice need to know of its subject, as it was when the relay came by.

use entity::{
    case, debt, deposit,
    kinds::SubjectKind,
    listing, offer, order, report, standing,
    value::{CaseId, DebtId, DepositId, ListingId, OfferId, OrderId, WithdrawalId},
    withdrawal,
};
use sea_orm::EntityTrait;
use uuid::Uuid;

use crate::{
    account::review_identity,
    kernel::{Event, Fault, Tx, text::moment},
    notification::Params,
};

/// Reads them. Amounts are words of their own, `12.50`; no name of a user is among them.
pub async fn of(tx: &Tx, (kind, id): (SubjectKind, Uuid)) -> Result<Params, Fault> {
    let missing = || Fault::internal(format!("the {} {id} of an event is missing", kind.as_str()));
    let facts = match kind {
        SubjectKind::User | SubjectKind::Game | SubjectKind::Report | SubjectKind::Complaint => Vec::new(),
        SubjectKind::Listing => {
            let listing = listing::Entity::find_by_id(ListingId(id)).one(tx.db()).await?.ok_or_else(missing)?;
            vec![
                ("title", listing.title),
                ("reason", listing.reject_reason.unwrap_or_default()),
                ("price", listing.price.to_string()),
            ]
        }
        SubjectKind::Order => {
            let order = order::Entity::find_by_id(OrderId(id)).one(tx.db()).await?.ok_or_else(missing)?;
            vec![
                ("title", order.title),
                ("price", order.price.to_string()),
                ("proceeds", (order.price - order.fee).to_string()),
            ]
        }
        SubjectKind::Deposit => {
            let deposit = deposit::Entity::find_by_id(DepositId(id)).one(tx.db()).await?.ok_or_else(missing)?;
            vec![("amount", deposit.amount.to_string())]
        }
        SubjectKind::Offer => {
            let offer = offer::Entity::find_by_id(OfferId(id)).one(tx.db()).await?.ok_or_else(missing)?;
            let counter = offer.counter_price.unwrap_or(offer.price);
            vec![
                ("title", offer.title),
                ("price", offer.price.to_string()),
                ("counter", counter.to_string()),
            ]
        }
        SubjectKind::Withdrawal => {
            let withdrawal = withdrawal::Entity::find_by_id(WithdrawalId(id)).one(tx.db()).await?;
            vec![("amount", withdrawal.ok_or_else(missing)?.amount.to_string())]
        }
        SubjectKind::Debt => {
            let debt = debt::Entity::find_by_id(DebtId(id)).one(tx.db()).await?.ok_or_else(missing)?;
            vec![("amount", debt.amount.to_string()), ("remaining", debt.remaining.to_string())]
        }
        SubjectKind::Case => of_case(tx, CaseId(id)).await?,
        SubjectKind::MoneyDecision | SubjectKind::BankDifference | SubjectKind::Announcement => Vec::new(),
    };
    Ok(facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// The facts of a case, and of the order that it is about.
async fn of_case(tx: &Tx, id: CaseId) -> Result<Vec<(&'static str, String)>, Fault> {
    let missing = || Fault::internal(format!("the case {id} of an event, or its order, is missing"));
    let case = case::Entity::find_by_id(id).one(tx.db()).await?.ok_or_else(missing)?;
    let order = order::Entity::find_by_id(case.order_id).one(tx.db()).await?.ok_or_else(missing)?;
    let paid = case.recovered.unwrap_or_default() + case.advanced.unwrap_or_default();
    Ok(vec![
        ("title", order.title),
        ("amount", case.amount.to_string()),
        ("paid", paid.to_string()),
        ("remaining", (case.amount - paid).to_string()),
        ("held", case.held.to_string()),
        ("share", case.seller_share.or(case.finding_share).unwrap_or_default().to_string()),
        (
            "reason",
            case.reason.or(case.finding_reason).or(case.kept_reason).unwrap_or_default(),
        ),
    ])
}

/// What the event itself says, beside its subject.
pub async fn told_by(tx: &Tx, event: &Event) -> Result<Params, Fault> {
    let facts = match *event {
        Event::OrderWaits { due, .. } => vec![("due", moment(due))],
        Event::IdentityDecided { user, approved: false } => vec![("reason", review_identity::reason(tx, user).await?)],
        Event::DebtPaid { amount, .. } => vec![("paid", amount.to_string())],
        Event::OrderCancelled { by, .. } | Event::OrderUnpaid { by, .. } => vec![("by", by.as_str().to_owned())],
        Event::SellerExpelled { state, due, .. } | Event::BuyerExpelled { state, due, .. } => {
            vec![("state", state.as_str().to_owned()), ("due", due.map(moment).unwrap_or_default())]
        }
        Event::UserBlacklisted { user } => {
            let standing = standing::Entity::find_by_id(user).one(tx.db()).await?;
            let reason = standing.and_then(|standing| standing.blacklist_reason).unwrap_or_default();
            vec![("reason", reason), ("appeals", tx.env().config().account.appeals.clone())]
        }
        Event::ReportDecided { report, outcome, .. } => {
            let row = report::Entity::find_by_id(report).one(tx.db()).await?;
            let reason = row.and_then(|row| row.reason).unwrap_or_default();
            vec![("outcome", outcome.as_str().to_owned()), ("reason", reason)]
        }
        _ => Vec::new(),
    };
    Ok(facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}
