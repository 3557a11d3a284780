//! Deposits, as clients see them.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use entity::{deposit, kinds};

use super::{
    auth::{Auth, Need, auth},
    connection::{Connection, ask, connection},
    context::Ask,
    errors::{Failure, FieldCode, payload},
    id,
    scalars::{DateTime, Decimal, Money, Uuid},
};
use crate::{
    kernel::{page::Keyset, policy},
    payload_type,
    wallet::deposit as domain,
};

/// Where a deposit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::DepositState")]
pub enum DepositState {
    /// Waits for you to pay.
    Open,
    /// In your wallet.
    Credited,
    /// The bank says that it failed.
    Failed,
    /// Not paid in 24 hours. If the bank says later that you paid, it is credited all the same.
    Lapsed,
    /// The bank took the money back.
    Reversed,
}

/// Money that you pay in at the bank.
#[derive(Debug, Clone)]
pub struct Deposit(deposit::Model);

/// Money that you pay in at the bank.
#[Object(serial)]
impl Deposit {
    /// Its id.
    pub async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// How much.
    async fn amount(&self) -> Money {
        self.0.amount.into()
    }
    /// Where it stands.
    async fn state(&self) -> DepositState {
        self.0.state.into()
    }
    /// The bank's page where you pay. Null until the bank has answered: ask again with the same key, or look again in a few minutes.
    async fn checkout_url(&self) -> Option<&str> {
        self.0.checkout_url.as_deref()
    }
    /// When you asked for it.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
    /// When it lapses unless you have paid.
    async fn lapses_at(&self) -> DateTime {
        DateTime(self.0.lapses_at)
    }
    /// When it was credited, failed, lapsed or was reversed.
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(DateTime)
    }
}

impl From<deposit::Model> for Deposit {
    fn from(deposit: deposit::Model) -> Self {
        Self(deposit)
    }
}

/// What to pay in.
#[derive(InputObject)]
pub struct DepositCreateInput {
    /// How much, in CNY: 1.00 to 50,000.00 unless `Wallet.limits` says otherwise.
    pub amount: Decimal,
    /// Made by you for this one deposit: sending it again answers the same deposit.
    pub idempotency_key: Uuid,
}

payload_type! {
    /// What `depositCreate` answers.
    DepositCreatePayload {
        /// The deposit. Send the payer to its `checkoutUrl`.
        deposit: Deposit
    }
}

/// Queries about deposits.
#[derive(Default)]
pub struct DepositQuery;

#[Object]
impl DepositQuery {
    /// One of your deposits.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn deposit(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Result<Option<Deposit>> {
        let member = policy::member(ctx.actor())?;
        let found = domain::find(ctx.env(), member, id::decode(&id)?).await?;
        Ok(Some(found.ok_or(Failure::Field(FieldCode::NotFound))?.into()))
    }

    /// Your deposits, newest first.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn deposits(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
    ) -> Result<Option<Connection<Deposit>>> {
        let member = policy::member(ctx.actor())?;
        let page = domain::list(ctx.env(), member, &ask(first, after.as_deref())?).await?;
        let place = |deposit: &deposit::Model| Keyset {
            at: deposit.created_at,
            id: deposit.id.0,
        };
        Ok(Some(connection(page, after.is_some(), place, Deposit::from)))
    }
}

/// Mutations of deposits.
#[derive(Default)]
pub struct DepositMutation;

#[Object]
impl DepositMutation {
    /// Asks for a deposit, to be paid on the bank's page. Needs a verified name. At most 20 may wait for payment.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn deposit_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to pay in.")] input: DepositCreateInput,
    ) -> Result<Option<DepositCreatePayload>> {
        payload(ctx, create(ctx, &input).await)
    }
}

async fn create(ctx: &Context<'_>, input: &DepositCreateInput) -> Result<Deposit, Failure> {
    let payee = policy::payee(ctx.actor())?;
    let made = domain::create(ctx.env(), payee, input.idempotency_key.0, input.amount.0).await?;
    Ok(made.into())
}
