//! The schema, put together out of its rooms.

use async_graphql::{Context, MergedObject, MergedSubscription, Object, SDLExportOptions};

use super::{
    account::{AccountMutation, AccountQuery},
    announcement::{AnnouncementMutation, AnnouncementQuery},
    case::{CaseMutation, CaseQuery},
    chat::{ChatMutation, ChatQuery},
    context::Ask,
    deposit::{DepositMutation, DepositQuery},
    giving_back::ReturnMutation,
    live::{LiveQuery, LiveSubscription},
    market::{CatalogueQuery, FavouriteQuery, MarketMutation, MarketQuery, SellerQuery},
    media::MediaMutation,
    moderation::{
        ModerationMutation,
        decision::StandingMutation,
        report::ReportMutation,
        report_queue::{ReportQuery, ReportReviewMutation},
        user::StaffUserQuery,
    },
    node::NodeQuery,
    notification::{NotificationMutation, NotificationQuery},
    offer::{OfferMutation, OfferQuery},
    order::{OrderMutation, OrderQuery},
    payout_account::{PayoutAccountMutation, PayoutAccountQuery},
    record::RecordQuery,
    review::{ReviewMutation, ReviewQuery},
    scalars::DateTime,
    staff::{AuditQuery, FiguresQuery, QueueQuery},
    wallet::{
        WalletQuery,
        claim::{ClaimQuery, MoneyClaimMutation},
        debt::{DebtMutation, DebtQuery},
        decide::DecisionMutation,
        decision::DecisionQuery,
        difference::{DifferenceMutation, DifferenceQuery},
        freeze::{FreezeMutation, FreezeQuery},
    },
    withdrawal::{WithdrawalMutation, WithdrawalQuery},
};
use crate::kernel::Env;

/// The schema.
pub type Schema = async_graphql::Schema<Query, Mutation, Subscription>;

/// What can be read.
#[derive(MergedObject, Default)]
pub struct Query(
    ClockQuery,
    NodeQuery,
    AccountQuery,
    MarketQuery,
    DealQuery,
    MoneyQuery,
    ChatQuery,
    NotificationQuery,
    LiveQuery,
    FavouriteQuery,
    SellerQuery,
    CatalogueQuery,
    StaffQuery,
);

/// What can be done.
#[derive(MergedObject, Default)]
pub struct Mutation(
    AccountMutation,
    MediaMutation,
    MarketMutation,
    StaffMutation,
    DealMutation,
    MoneyMutation,
    ChatMutation,
    NotificationMutation,
    AnnouncementMutation,
);

/// What admins ask of what is before them, of users and of what is said of them.
#[derive(MergedObject, Default)]
pub struct StaffQuery(QueueQuery, AnnouncementQuery, AuditQuery, FiguresQuery, StaffUserQuery, ReportQuery);

/// What can be listened to, over a WebSocket with the `graphql-transport-ws` protocol.
#[derive(MergedSubscription, Default)]
pub struct Subscription(LiveSubscription);

/// What is reported, and what admins decide about listings and users.
#[derive(MergedObject, Default)]
pub struct StaffMutation(ModerationMutation, StandingMutation, ReportMutation, ReportReviewMutation);

/// What can be read of orders and what leads to them.
#[derive(MergedObject, Default)]
pub struct DealQuery(OrderQuery, OfferQuery, RecordQuery, ReviewQuery, CaseQuery);

/// What can be done with orders and what leads to them.
#[derive(MergedObject, Default)]
pub struct DealMutation(OrderMutation, OfferMutation, ReturnMutation, ReviewMutation, CaseMutation);

/// What can be read of money.
#[derive(MergedObject, Default)]
pub struct MoneyQuery(
    WalletQuery,
    DepositQuery,
    WithdrawalQuery,
    PayoutAccountQuery,
    FreezeQuery,
    CareQuery,
);

/// What can be read of debts and what admins decide about money.
#[derive(MergedObject, Default)]
pub struct CareQuery(DebtQuery, DecisionQuery, DifferenceQuery, ClaimQuery);

/// What can be done about debts.
#[derive(MergedObject, Default)]
pub struct CareMutation(MoneyClaimMutation, DebtMutation, DecisionMutation, DifferenceMutation);

/// What can be done with money.
#[derive(MergedObject, Default)]
pub struct MoneyMutation(
    DepositMutation,
    WithdrawalMutation,
    PayoutAccountMutation,
    FreezeMutation,
    CareMutation,
);

/// Queries about time.
#[derive(Default)]
pub struct ClockQuery;

#[Object]
impl ClockQuery {
    /// The server's time, so that countdowns are right on devices whose clock is not.
    async fn now(&self, ctx: &Context<'_>) -> Option<DateTime> {
        Some(DateTime(ctx.env().now()))
    }
}

/// The schema over these handles.
#[must_use]
pub fn build(env: Env) -> Schema {
    builder().data(env).finish()
}

/// The schema in GraphQL's schema language.
#[must_use]
pub fn sdl() -> String {
    builder().finish().sdl_with_options(SDLExportOptions::new().include_specified_by())
}

fn builder() -> async_graphql::SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(Query::default(), Mutation::default(), Subscription::default())
}
