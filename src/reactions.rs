//! One table: which event has which consequences. The relay runs it, once for each event, in the transaction that marks the event as done.

mod cases;
mod facts;
mod reports;
mod staff;

use entity::{
    kinds::{CancelledBy, ChatStep, ListingState, NoticeKind, OfferStep, ReturnStep, SubjectKind},
    value::{CaseId, DebtId, DepositId, EventId, ListingId, OfferId, OrderId, UserId, WithdrawalId},
};
use sea_orm::EntityTrait;
use uuid::Uuid;

use crate::{
    chat::{self, OrderLine},
    dispute,
    kernel::{Event, Fault, Tx, policy::System},
    market,
    notification::{self, Tell},
    order,
};

/// A thing that a notice is about.
type Subject = (SubjectKind, Uuid);

/// Does everything that an event leads to.
pub async fn react(tx: &Tx, id: EventId, event: &Event) -> Result<(), Fault> {
    if let Some(line) = line(id, event) {
        chat::tell(tx, System::new(), &line).await?;
    }
    favourites(tx, id, event).await?;
    if let Event::ReturnMoved {
        order,
        step: ReturnStep::Refused,
        ..
    } = event
    {
        dispute::refusal::open::open(tx, System::new(), *order).await?;
    }
    reports::react(tx, id, event).await?;
    staff::tell(tx, id, event).await?;
    if let Event::ListingChanged { listing, .. } | Event::ListingRemoved { listing, .. } = event {
        order::offer::end_left_behind(tx, System::new(), *listing).await?;
    }
    let Some((subject, notices)) = notices(event) else { return Ok(()) };
    let mut params = facts::of(tx, subject).await?;
    params.extend(facts::told_by(tx, event).await?);
    for (user, kind) in notices {
        let tell = Tell {
            event: id,
            user,
            kind,
            subject,
            params: &params,
        };
        notification::notify(tx, &tell).await?;
    }
    Ok(())
}

/// Tells those who keep an eye on a listing that it costs less or is sold, and takes what is sold out of the search.
async fn favourites(tx: &Tx, id: EventId, event: &Event) -> Result<(), Fault> {
    let (listing, users, kind) = match *event {
        Event::ListingApproved { listing, .. } | Event::ListingChanged { listing, .. } => (
            listing,
            market::favourite::cheaper(tx, listing).await?,
            NoticeKind::FavouriteCheaper,
        ),
        Event::OrderCompleted { order, buyer, .. } => {
            let Some(listing) = sold(tx, order).await? else { return Ok(()) };
            market::search::forget(tx, listing).await?;
            let mut users = market::favourite::owners(tx, listing).await?;
            users.retain(|user| *user != buyer);
            (listing, users, NoticeKind::FavouriteSold)
        }
        _ => return Ok(()),
    };
    if users.is_empty() {
        return Ok(());
    }
    let subject = of_listing(listing);
    let params = facts::of(tx, subject).await?;
    for user in users {
        let tell = Tell {
            event: id,
            user,
            kind,
            subject,
            params: &params,
        };
        notification::notify(tx, &tell).await?;
    }
    Ok(())
}

/// The listing that an order has bought for good.
async fn sold(tx: &Tx, order: OrderId) -> Result<Option<ListingId>, Fault> {
    let Some(bought) = entity::order::Entity::find_by_id(order).one(tx.db()).await? else {
        return Ok(None);
    };
    let listing = market::store::get(tx.db(), bought.listing_id).await?;
    let sold = listing.filter(|listing| listing.state == ListingState::Sold && listing.order_id == Some(order));
    Ok(sold.map(|listing| listing.id))
}

/// The platform's word in the conversation of an order's parties. Only the steps of an order have one.
const fn line(id: EventId, event: &Event) -> Option<OrderLine> {
    let (step, order, buyer, seller) = match *event {
        Event::OrderPlaced { order, buyer, seller } => (ChatStep::OrderPlaced, order, buyer, seller),
        Event::OrderDelivered { order, buyer, seller } => (ChatStep::OrderDelivered, order, buyer, seller),
        Event::OrderCompleted { order, buyer, seller } => (ChatStep::OrderCompleted, order, buyer, seller),
        Event::OrderCancelled { order, buyer, seller, by } => (cancelled(by), order, buyer, seller),
        Event::OrderAgreed { order, buyer, seller } => (ChatStep::OrderAgreed, order, buyer, seller),
        Event::OrderUnpaid { order, buyer, seller, .. } => (ChatStep::OrderUnpaid, order, buyer, seller),
        Event::ReturnMoved {
            order,
            buyer,
            seller,
            step,
        } => (returned(step), order, buyer, seller),
        _ => return None,
    };
    Some(OrderLine {
        event: id,
        step,
        order,
        buyer,
        seller,
    })
}

const fn cancelled(by: CancelledBy) -> ChatStep {
    match by {
        CancelledBy::Buyer => ChatStep::CancelledByBuyer,
        CancelledBy::Seller => ChatStep::CancelledBySeller,
        CancelledBy::Timer => ChatStep::PromiseMissed,
        CancelledBy::Blacklist => ChatStep::CancelledByBlacklist,
    }
}

const fn returned(step: ReturnStep) -> ChatStep {
    match step {
        ReturnStep::Requested => ChatStep::ReturnRequested,
        ReturnStep::Withdrawn | ReturnStep::Lapsed => ChatStep::ReturnWithdrawn,
        ReturnStep::HandedBack => ChatStep::HandedBack,
        ReturnStep::Refused => ChatStep::ReturnRefused,
        ReturnStep::Refunded => ChatStep::OrderRefunded,
        ReturnStep::Split => ChatStep::OrderSplit,
    }
}

/// Who is told what, and about what. Every event is listed, so that a new one does not compile until somebody has decided.
fn notices(event: &Event) -> Option<(Subject, Vec<(UserId, NoticeKind)>)> {
    use NoticeKind as Kind;
    Some(match *event {
        Event::IdentityDecided { user, approved: true } => (of_user(user), vec![(user, Kind::IdentityApproved)]),
        Event::IdentityDecided { user, approved: false } => (of_user(user), vec![(user, Kind::IdentityRejected)]),
        Event::IdentityLapsed { user } => (of_user(user), vec![(user, Kind::IdentityLapsed)]),
        Event::SignedInAnew { user, .. } => (of_user(user), vec![(user, Kind::SignedInAnew)]),
        Event::PasswordChanged { user } => (of_user(user), vec![(user, Kind::PasswordChanged)]),
        Event::EmailChanged { user } => (of_user(user), vec![(user, Kind::EmailChanged)]),
        Event::UserBlacklisted { user } => (of_user(user), vec![(user, Kind::Blacklisted)]),
        Event::UserReinstated { user } => (of_user(user), vec![(user, Kind::Reinstated)]),
        Event::ReportDecided { user, .. } => (of_user(user), vec![(user, reports::about_him(event)?)]),
        Event::ListingApproved { listing, seller } => (of_listing(listing), vec![(seller, Kind::ListingApproved)]),
        Event::ListingRejected { listing, seller } => (of_listing(listing), vec![(seller, Kind::ListingRejected)]),
        Event::ListingRemoved { listing, seller } => (of_listing(listing), vec![(seller, Kind::ListingRemoved)]),
        Event::DepositCredited { deposit, user } => (of_deposit(deposit), vec![(user, Kind::DepositCredited)]),
        Event::DepositFailed { deposit, user } => (of_deposit(deposit), vec![(user, Kind::DepositFailed)]),
        Event::DepositReversed { deposit, user } => (of_deposit(deposit), vec![(user, Kind::DepositReversed)]),
        Event::WithdrawalRequested { withdrawal, user } => (of_withdrawal(withdrawal), vec![(user, Kind::WithdrawalRequested)]),
        Event::WithdrawalSent { withdrawal, user } => (of_withdrawal(withdrawal), vec![(user, Kind::WithdrawalSent)]),
        Event::WithdrawalPaid { withdrawal, user } => (of_withdrawal(withdrawal), vec![(user, Kind::WithdrawalPaid)]),
        Event::WithdrawalGivenBack { withdrawal, user } => (of_withdrawal(withdrawal), vec![(user, Kind::WithdrawalGivenBack)]),
        Event::DebtOpened { .. } | Event::DebtPaid { .. } | Event::DebtForgiven { .. } => return of_debts(event),
        Event::WalletFrozen { user } => (of_user(user), vec![(user, Kind::WalletFrozen)]),
        Event::WalletThawed { user } => (of_user(user), vec![(user, Kind::WalletThawed)]),
        Event::CaseMoved { case, .. } => (of_case(case), cases::notices(event)),
        Event::OrderPlaced { .. }
        | Event::OrderDelivered { .. }
        | Event::OrderCompleted { .. }
        | Event::OrderWaits { .. }
        | Event::SellerExpelled { .. }
        | Event::BuyerExpelled { .. }
        | Event::OrderCancelled { .. }
        | Event::ProceedsSettled { .. }
        | Event::OfferMoved { .. }
        | Event::OrderUnpaid { .. }
        | Event::ReturnMoved { .. }
        | Event::ReviewWritten { .. }
        | Event::StrikeGiven { .. } => return of_trade(event),
        // An offer's step has told both that it was agreed to; the seller changed his listing himself; the suspected are not told; `staff` tells
        // many; the others are for those who listen.
        Event::OrderAgreed { .. }
        | Event::TraderSuspected { .. }
        | Event::ClaimantSuspected { .. }
        | Event::ListingSubmitted { .. }
        | Event::ListingChanged { .. }
        | Event::MessageSent { .. }
        | Event::MessageRecalled { .. }
        | Event::OrderLineWritten { .. }
        | Event::MessageRemoved { .. }
        | Event::ChatSuspected { .. }
        | Event::ListedWordSeen { .. }
        | Event::AccountSoldTwice { .. }
        | Event::DepositShortfall { .. }
        | Event::ForMany(_)
        | Event::ConversationRead { .. }
        | Event::NoticeCreated { .. }
        | Event::NoticesRead { .. } => return None,
    })
}

/// The same for what is owed. A debt to the platform has no creditor to tell.
fn of_debts(event: &Event) -> Option<(Subject, Vec<(UserId, NoticeKind)>)> {
    use NoticeKind as Kind;
    Some(match *event {
        Event::DebtOpened { debt, debtor, creditor } => {
            let claimed = creditor.map(|creditor| (creditor, Kind::DebtClaimed));
            (of_debt(debt), std::iter::once((debtor, Kind::DebtOpened)).chain(claimed).collect())
        }
        Event::DebtPaid {
            debt, debtor, creditor, ..
        } => {
            let received = creditor.map(|creditor| (creditor, Kind::DebtReceived));
            (of_debt(debt), std::iter::once((debtor, Kind::DebtPaid)).chain(received).collect())
        }
        Event::DebtForgiven { debt, debtor } => (of_debt(debt), vec![(debtor, Kind::DebtForgiven)]),
        _ => return None,
    })
}

/// The same for what happens to offers and orders.
fn of_trade(event: &Event) -> Option<(Subject, Vec<(UserId, NoticeKind)>)> {
    use NoticeKind as Kind;
    Some(match *event {
        Event::OrderPlaced { order, buyer, seller } => (of_order(order), vec![(buyer, Kind::OrderPlaced), (seller, Kind::OrderPaid)]),
        Event::OrderDelivered { order, buyer, .. } => (of_order(order), vec![(buyer, Kind::OrderDelivered)]),
        Event::OrderCompleted { order, buyer, seller } => {
            (of_order(order), vec![(buyer, Kind::OrderCompleted), (seller, Kind::OrderCompleted)])
        }
        Event::OrderWaits { order, user, .. } => (of_order(order), vec![(user, Kind::OrderWaits)]),
        Event::SellerExpelled { order, buyer, .. } => (of_order(order), vec![(buyer, Kind::SellerBanned)]),
        Event::BuyerExpelled { order, seller, .. } => (of_order(order), vec![(seller, Kind::BuyerBanned)]),
        Event::OrderCancelled { order, buyer, seller, .. } => {
            (of_order(order), vec![(buyer, Kind::OrderCancelled), (seller, Kind::OrderCancelled)])
        }
        Event::ProceedsSettled { order, seller } => (of_order(order), vec![(seller, Kind::ProceedsSettled)]),
        Event::OfferMoved {
            offer,
            buyer,
            seller,
            step,
        } => (of_offer(offer), offer_notices(step, buyer, seller)),
        Event::OrderUnpaid { order, buyer, seller, .. } => (of_order(order), vec![(buyer, Kind::OrderUnpaid), (seller, Kind::OrderUnpaid)]),
        Event::ReturnMoved {
            order,
            buyer,
            seller,
            step,
        } => (of_order(order), return_notices(step, buyer, seller)),
        Event::ReviewWritten { order, subject, .. } => (of_order(order), vec![(subject, Kind::ReviewWritten)]),
        Event::StrikeGiven { user, order, .. } => (of_order(order), vec![(user, Kind::StrikeGiven)]),
        _ => return None,
    })
}

/// Who is told of an offer's step: whoever did not take it, and of what happened by itself both.
fn offer_notices(step: OfferStep, buyer: UserId, seller: UserId) -> Vec<(UserId, NoticeKind)> {
    use NoticeKind as Kind;
    match step {
        OfferStep::Made => vec![(seller, Kind::OfferReceived)],
        OfferStep::Countered => vec![(buyer, Kind::OfferCountered)],
        OfferStep::Accepted => vec![(buyer, Kind::OfferAccepted)],
        OfferStep::CounterAccepted => vec![(seller, Kind::OfferCounterAccepted)],
        OfferStep::Declined => vec![(buyer, Kind::OfferDeclined)],
        OfferStep::Withdrawn => vec![(seller, Kind::OfferWithdrawn)],
        OfferStep::Lapsed => vec![(buyer, Kind::OfferLapsed), (seller, Kind::OfferLapsed)],
        OfferStep::Outdated => vec![(buyer, Kind::OfferOutdated)],
        OfferStep::Sold => vec![(buyer, Kind::OfferSold)],
    }
}

/// Who is told of a return's step: whoever did not take it, and of an end both.
fn return_notices(step: ReturnStep, buyer: UserId, seller: UserId) -> Vec<(UserId, NoticeKind)> {
    use NoticeKind as Kind;
    match step {
        ReturnStep::Requested => vec![(seller, Kind::ReturnRequested)],
        ReturnStep::Withdrawn => vec![(seller, Kind::ReturnEnded)],
        ReturnStep::Lapsed => vec![(buyer, Kind::ReturnEnded), (seller, Kind::ReturnEnded)],
        ReturnStep::HandedBack => vec![(seller, Kind::HandedBack)],
        ReturnStep::Refused => vec![(buyer, Kind::ReturnRefused)],
        ReturnStep::Refunded => vec![(buyer, Kind::RefundedToYou), (seller, Kind::RefundedToBuyer)],
        ReturnStep::Split => vec![(buyer, Kind::OrderSplit), (seller, Kind::OrderSplit)],
    }
}

const fn of_offer(offer: OfferId) -> Subject {
    (SubjectKind::Offer, offer.0)
}

const fn of_user(user: UserId) -> Subject {
    (SubjectKind::User, user.0)
}

const fn of_listing(listing: ListingId) -> Subject {
    (SubjectKind::Listing, listing.0)
}

const fn of_deposit(deposit: DepositId) -> Subject {
    (SubjectKind::Deposit, deposit.0)
}

const fn of_withdrawal(withdrawal: WithdrawalId) -> Subject {
    (SubjectKind::Withdrawal, withdrawal.0)
}

const fn of_debt(debt: DebtId) -> Subject {
    (SubjectKind::Debt, debt.0)
}

const fn of_case(case: CaseId) -> Subject {
    (SubjectKind::Case, case.0)
}

const fn of_order(order: OrderId) -> Subject {
    (SubjectKind::Order, order.0)
}

#[cfg(test)]
mod tests {
    use entity::value::{ConversationId, NoticeId};

    use super::*;

    #[test]
    fn both_sides_hear_of_a_purchase_each_in_his_words() {
        let (order, buyer, seller) = (OrderId::new(), UserId::new(), UserId::new());
        let (subject, told) = notices(&Event::OrderPlaced { order, buyer, seller }).unwrap();
        assert_eq!(subject, (SubjectKind::Order, order.0));
        assert_eq!(told, [(buyer, NoticeKind::OrderPlaced), (seller, NoticeKind::OrderPaid)]);
    }

    #[test]
    fn what_has_no_reactions_leads_to_nothing() {
        let user = UserId::new();
        for event in [
            Event::NoticesRead { user },
            Event::NoticeCreated {
                notice: NoticeId::new(),
                user,
            },
            Event::ConversationRead {
                conversation: ConversationId::new(),
                reader: user,
                other: user,
                seq: 1,
            },
        ] {
            assert!(!event.has_reactions() && notices(&event).is_none(), "{event:?}");
        }
    }
}
