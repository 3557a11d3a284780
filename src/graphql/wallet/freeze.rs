//! Frozen wallets, as their owners and admins see them.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use entity::{
    kinds,
    value::{Time, UserId},
    wallet_freeze,
};

use crate::{
    graphql::{
        auth::{Auth, Need, auth},
        context::Ask,
        errors::{Failure, FieldCode, payload},
        id,
        scalars::{DateTime, Uuid},
        user::User,
    },
    kernel::{policy, words},
    payload_type,
    wallet::freeze::{self as domain, Care},
};

/// What asks for a frozen wallet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::FreezeCause")]
pub enum WalletFreezeCause {
    /// A case about an order.
    Case,
    /// An admin, by hand.
    Admin,
}

/// One reason for which a wallet is frozen. It is frozen while there is any.
#[derive(Debug, Clone)]
pub struct WalletFreeze(wallet_freeze::Model);

/// One reason for which a wallet is frozen. It is frozen while there is any.
#[Object(serial)]
impl WalletFreeze {
    /// What asks for it.
    async fn cause(&self) -> WalletFreezeCause {
        self.0.cause.into()
    }
    /// What asks for it, in a sentence in your language.
    async fn explanation(&self, ctx: &Context<'_>) -> String {
        let name = match self.0.cause {
            kinds::FreezeCause::Case => "freeze-case",
            kinds::FreezeCause::Admin => "freeze-admin",
        };
        words::say(ctx.locale(), name, &[])
    }
    /// Why, in the admin's words. Null where no admin froze it by hand.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }
    /// Since when.
    async fn opened_at(&self) -> DateTime {
        DateTime(self.0.opened_at)
    }
    /// When it ends by itself, unless an admin ends it before. Null where a case asks for it, which says itself when that ends.
    async fn ends_at(&self) -> Option<DateTime> {
        self.0.due_at.map(DateTime)
    }
}

impl WalletFreeze {
    /// The reasons as clients see them.
    pub fn all(reasons: &[wallet_freeze::Model]) -> Vec<Self> {
        reasons.iter().cloned().map(Self).collect()
    }
}

/// Somebody's wallet, for an admin who freezes or thaws it.
#[derive(Debug, Clone)]
pub struct FrozenWallet(domain::FrozenWallet);

/// Somebody's wallet, for an admin who freezes or thaws it.
#[Object]
impl FrozenWallet {
    /// Whose.
    async fn owner(&self, ctx: &Context<'_>) -> User {
        User::new(ctx, self.0.owner.clone())
    }
    /// Since when it is frozen. Null: it is not.
    async fn frozen_since_at(&self) -> Option<DateTime> {
        since(&self.0.reasons).map(DateTime)
    }
    /// Why it is frozen, oldest first. Empty: it is not.
    async fn freezes(&self) -> Vec<WalletFreeze> {
        WalletFreeze::all(&self.0.reasons)
    }
}

/// Since when a wallet with these open reasons has been frozen.
pub fn since(reasons: &[wallet_freeze::Model]) -> Option<Time> {
    domain::since(reasons)
}

/// A wallet to be frozen.
#[derive(InputObject)]
pub struct WalletFreezeInput {
    /// Whose.
    pub user_id: ID,
    /// Why, for its owner and the record: 2 to 500 characters.
    pub reason: String,
    /// Made by you for this one act: sending it again answers the same wallet.
    pub idempotency_key: Uuid,
}

/// A wallet to be thawed.
#[derive(InputObject)]
pub struct WalletThawInput {
    /// Whose.
    pub user_id: ID,
    /// Why, for the record: 2 to 500 characters.
    pub reason: String,
    /// Made by you for this one act: sending it again answers the same wallet.
    pub idempotency_key: Uuid,
}

payload_type! {
    /// What `walletFreeze` answers.
    WalletFreezePayload {
        /// The wallet, now frozen.
        wallet: FrozenWallet
    }
}
payload_type! {
    /// What `walletThaw` answers.
    WalletThawPayload {
        /// The wallet. It stays frozen while a case asks for it.
        wallet: FrozenWallet
    }
}

/// Queries about frozen wallets.
#[derive(Default)]
pub struct FreezeQuery;

#[Object]
impl FreezeQuery {
    /// Whether and why somebody's wallet is frozen.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn frozen_wallet(&self, ctx: &Context<'_>, #[graphql(desc = "Whose.")] user_id: ID) -> Result<Option<FrozenWallet>> {
        let admin = policy::admin(ctx.actor())?;
        let user: UserId = id::decode(&user_id)?;
        let found = domain::look(ctx.env(), admin, user).await?;
        Ok(Some(FrozenWallet(found.ok_or(Failure::Field(FieldCode::NotFound))?)))
    }
}

/// Mutations of frozen wallets.
#[derive(Default)]
pub struct FreezeMutation;

#[Object]
impl FreezeMutation {
    /// Freezes a wallet: money comes in, its owner can neither buy nor withdraw, and nobody buys from him. Withdrawals that were not sent
    /// go back to it. After 14 days, or as many as the operator sets, it ends by itself. Not your own. Needs a fresh proof.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn wallet_freeze(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose wallet, and why.")] input: WalletFreezeInput,
    ) -> Result<Option<WalletFreezePayload>> {
        payload(ctx, freeze(ctx, input).await)
    }

    /// Ends what an admin froze by hand. What a case froze ends with the case. Not your own. Needs a fresh proof.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn wallet_thaw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose wallet, and why.")] input: WalletThawInput,
    ) -> Result<Option<WalletThawPayload>> {
        payload(ctx, thaw(ctx, input).await)
    }
}

async fn freeze(ctx: &Context<'_>, input: WalletFreezeInput) -> Result<FrozenWallet, Failure> {
    let admin = policy::proven(policy::admin(ctx.actor())?, ctx.env().now())?;
    let care = Care {
        user: id::decode(&input.user_id)?,
        reason: input.reason,
        key: input.idempotency_key.0,
    };
    Ok(FrozenWallet(domain::freeze(ctx.env(), admin, &care).await?))
}

async fn thaw(ctx: &Context<'_>, input: WalletThawInput) -> Result<FrozenWallet, Failure> {
    let admin = policy::proven(policy::admin(ctx.actor())?, ctx.env().now())?;
    let care = Care {
        user: id::decode(&input.user_id)?,
        reason: input.reason,
        key: input.idempotency_key.0,
    };
    Ok(FrozenWallet(domain::thaw(ctx.env(), admin, &care).await?))
}
