//! The blacklist, as admins decide on it.

use async_graphql::{Context, ID, InputObject, Object, Result};

use super::user::StaffUser;
use crate::{
    blacklist::by_hand::{self, Decision},
    graphql::{
        auth::{Auth, Need, auth},
        context::Ask,
        errors::{Failure, payload},
        id,
        scalars::Uuid,
    },
    kernel::policy,
    payload_type,
};

/// Somebody to be blacklisted.
#[derive(InputObject)]
pub struct UserBlacklistInput {
    /// Whom.
    pub user_id: ID,
    /// Why, for himself and the record: 2 to 500 characters.
    pub reason: String,
    /// Made by you for this one act: sending it again answers the same user.
    pub idempotency_key: Uuid,
}

/// Somebody to be taken off the blacklist.
#[derive(InputObject)]
pub struct UserReinstateInput {
    /// Whom.
    pub user_id: ID,
    /// Why, for the record: 2 to 500 characters.
    pub reason: String,
    /// Made by you for this one act: sending it again answers the same user.
    pub idempotency_key: Uuid,
}

payload_type! {
    /// What `userBlacklist` answers.
    UserBlacklistPayload {
        /// The user, now blacklisted.
        user: StaffUser
    }
}
payload_type! {
    /// What `userReinstate` answers.
    UserReinstatePayload {
        /// The user, off the list.
        user: StaffUser
    }
}

/// Decisions about who may trade.
#[derive(Default)]
pub struct StandingMutation;

#[Object]
impl StandingMutation {
    /// Blacklists a user: he is left with deposit, withdrawal and system messages. What he sells goes off the market, his offers end, what was
    /// not delivered or not looked at is cancelled and refunded, and everybody concerned is told. Not yourself, and not an administrator,
    /// who must lose the role first. Needs a fresh proof.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn user_blacklist(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom, and why.")] input: UserBlacklistInput,
    ) -> Result<Option<UserBlacklistPayload>> {
        payload(ctx, blacklist(ctx, input).await)
    }

    /// Takes a user off the blacklist. He may trade and chat again; nothing else that was undone comes back. Not yourself. Needs a fresh proof.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn user_reinstate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom, and why.")] input: UserReinstateInput,
    ) -> Result<Option<UserReinstatePayload>> {
        payload(ctx, reinstate(ctx, input).await)
    }
}

async fn blacklist(ctx: &Context<'_>, input: UserBlacklistInput) -> Result<StaffUser, Failure> {
    let admin = policy::proven(policy::admin(ctx.actor())?, ctx.env().now())?;
    let decision = Decision {
        user: id::decode(&input.user_id)?,
        reason: input.reason,
        key: input.idempotency_key.0,
    };
    let done = by_hand::add(ctx.env(), admin, &decision).await?;
    StaffUser::find(ctx, *admin, done).await
}

async fn reinstate(ctx: &Context<'_>, input: UserReinstateInput) -> Result<StaffUser, Failure> {
    let admin = policy::proven(policy::admin(ctx.actor())?, ctx.env().now())?;
    let decision = Decision {
        user: id::decode(&input.user_id)?,
        reason: input.reason,
        key: input.idempotency_key.0,
    };
    let done = by_hand::lift(ctx.env(), admin, &decision).await?;
    StaffUser::find(ctx, *admin, done).await
}
