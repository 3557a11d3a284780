//! Payout accounts, as their owners see them.

use async_graphql::{Context, ID, InputObject, Object, Result};

use super::{
    auth::{Auth, Need, auth},
    context::Ask,
    errors::{Failure, payload},
    id,
    scalars::{DateTime, Uuid},
};
use crate::{kernel::policy, payload_type, wallet::payout_account as domain};

/// A bank account in your verified name, to which your money is paid.
#[derive(Debug, Clone)]
pub struct PayoutAccount(domain::PayoutAccount);

/// A bank account in your verified name, to which your money is paid.
#[Object(serial)]
impl PayoutAccount {
    /// Its id.
    pub async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// The last four digits of its number. The rest is shown to nobody.
    async fn last_four(&self) -> &str {
        &self.0.last_four
    }
    /// When you added it.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
    /// When you removed it.
    async fn removed_at(&self) -> Option<DateTime> {
        self.0.removed_at.map(DateTime)
    }
}

impl From<domain::PayoutAccount> for PayoutAccount {
    fn from(account: domain::PayoutAccount) -> Self {
        Self(account)
    }
}

/// A bank account of yours.
#[derive(InputObject)]
pub struct PayoutAccountAddInput {
    /// Its number: 8 to 32 digits; spaces and dashes between them do not matter. It must be in your verified name.
    pub number: String,
    /// Made by you for this one account: sending it again answers the same account.
    pub idempotency_key: Uuid,
}

/// An account to be taken off your list.
#[derive(InputObject)]
pub struct PayoutAccountRemoveInput {
    /// Which.
    pub id: ID,
}

payload_type! {
    /// What `payoutAccountAdd` answers.
    PayoutAccountAddPayload {
        /// The account.
        payout_account: PayoutAccount
    }
}
payload_type! {
    /// What `payoutAccountRemove` answers.
    PayoutAccountRemovePayload {
        /// The account, now removed.
        payout_account: PayoutAccount
    }
}

/// Queries about payout accounts.
#[derive(Default)]
pub struct PayoutAccountQuery;

#[Object]
impl PayoutAccountQuery {
    /// Your payout accounts, newest first; at most 5.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn payout_accounts(&self, ctx: &Context<'_>) -> Result<Option<Vec<PayoutAccount>>> {
        let member = policy::member(ctx.actor())?;
        let accounts = domain::list(ctx.env(), member).await?;
        Ok(Some(accounts.into_iter().map(PayoutAccount::from).collect()))
    }
}

/// Mutations of payout accounts.
#[derive(Default)]
pub struct PayoutAccountMutation;

#[Object]
impl PayoutAccountMutation {
    /// Adds a bank account in your verified name; at most 5. Your withdrawals wait 24 hours from then on.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn payout_account_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account.")] input: PayoutAccountAddInput,
    ) -> Result<Option<PayoutAccountAddPayload>> {
        payload(ctx, add(ctx, &input).await)
    }

    /// Takes a bank account off your list. Withdrawals that you asked for before still go there.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn payout_account_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which account.")] input: PayoutAccountRemoveInput,
    ) -> Result<Option<PayoutAccountRemovePayload>> {
        payload(ctx, remove(ctx, &input).await)
    }
}

async fn add(ctx: &Context<'_>, input: &PayoutAccountAddInput) -> Result<PayoutAccount, Failure> {
    let payee = policy::payee(ctx.actor())?;
    let added = domain::add(ctx.env(), payee, &input.number, input.idempotency_key.0).await?;
    Ok(added.into())
}

async fn remove(ctx: &Context<'_>, input: &PayoutAccountRemoveInput) -> Result<PayoutAccount, Failure> {
    let member = policy::member(ctx.actor())?;
    let removed = domain::remove(ctx.env(), member, id::decode(&input.id)?).await?;
    Ok(removed.into())
}
