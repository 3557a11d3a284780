//! Taking one's data along, and closing the account.

use async_graphql::{Context, Enum, InputObject, Object, Result};

use crate::{
    account, closing,
    graphql::{
        auth::{Auth, Need, auth},
        context::Ask,
        errors::{Failure, payload},
    },
    kernel::policy,
    payload_type,
};

/// What keeps an account from being closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "closing::Obstacle")]
pub enum ClosingObstacle {
    /// The account is limited.
    Blacklisted,
    /// It is an administrator's.
    Admin,
    /// An order is under way, as buyer or seller.
    Order,
    /// An offer is open, as buyer or seller.
    Offer,
    /// Something that was sold is under warranty.
    Warranty,
    /// A case about an order is open, as buyer or seller.
    Case,
    /// There is money in the wallet.
    Balance,
    /// Proceeds are not yet available.
    Settling,
    /// Money is held.
    Held,
    /// A deposit may still be paid.
    Payment,
    /// A withdrawal is under way, or was paid less than a week ago and may still come back.
    Withdrawal,
    /// Something is owed, on either side.
    Debt,
    /// The wallet is frozen.
    Freeze,
}

/// An account to be closed.
#[derive(InputObject)]
pub struct AccountCloseInput {
    /// Your username, typed by you: nobody closes an account by a slip.
    pub username: String,
}

payload_type! {
    /// What `accountClose` answers.
    AccountClosePayload {
        /// True: the account is closed, and its sessions have ended.
        closed: bool
    }
}
payload_type! {
    /// What `dataExportCreate` answers.
    DataExportCreatePayload {
        /// Where your data are, as a ZIP of JSON files; relative to this server. Good for 10 to 20 minutes and for you alone: fetch it with your
        /// access token, or from a page of this server.
        url: String
    }
}

/// Mutations of those who leave.
#[derive(Default)]
pub struct LeavingMutation;

#[Object]
impl LeavingMutation {
    /// Makes a link to everything that the platform keeps of you. At most 5 a day. Needs a fresh proof.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn data_export_create(&self, ctx: &Context<'_>) -> Result<Option<DataExportCreatePayload>> {
        payload(ctx, export(ctx).await)
    }

    /// Closes your account for good, if nothing of it is open (`Viewer.closingObstacles`): each thing that is, is an error of its own. Your
    /// sessions end, your listings leave the market, your name, address and documents are erased. Needs a fresh proof.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn account_close(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Your username.")] input: AccountCloseInput,
    ) -> Result<Option<AccountClosePayload>> {
        payload(ctx, close(ctx, &input).await)
    }
}

async fn export(ctx: &Context<'_>) -> Result<String, Failure> {
    let trader = policy::proven(policy::trader(ctx.actor())?, ctx.env().now())?;
    Ok(account::export_link(ctx.env(), trader).await?)
}

async fn close(ctx: &Context<'_>, input: &AccountCloseInput) -> Result<bool, Failure> {
    let trader = policy::proven(policy::trader(ctx.actor())?, ctx.env().now())?;
    closing::close(ctx.env(), trader, &input.username).await?;
    Ok(true)
}
