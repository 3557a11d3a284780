//! Whom one does not want to hear.

use async_graphql::{Context, ID, InputObject, Object, Result};

use crate::{
    account::blocks::{self, Blocked},
    graphql::{
        auth::{Auth, Need, auth},
        connection::{Connection, ask, connection},
        context::Ask,
        errors::{Failure, payload},
        id,
        user::User,
    },
    kernel::policy,
    payload_type,
};

/// Somebody to be blocked.
#[derive(InputObject)]
pub struct UserBlockInput {
    /// Whom.
    pub user_id: ID,
}

/// Somebody to be heard again.
#[derive(InputObject)]
pub struct UserUnblockInput {
    /// Whom.
    pub user_id: ID,
}

payload_type! {
    /// What `userBlock` answers.
    UserBlockPayload {
        /// Whom you blocked.
        user: User
    }
}
payload_type! {
    /// What `userUnblock` answers.
    UserUnblockPayload {
        /// Whom you hear again.
        user: User
    }
}

/// Queries about blocks.
#[derive(Default)]
pub struct BlockQuery;

#[Object]
impl BlockQuery {
    /// Whom you blocked, the newest first.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn blocked_users(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
    ) -> Result<Option<Connection<User>>> {
        let trader = policy::trader(ctx.actor())?;
        let rows = blocks::list(ctx.env(), trader, &ask(first, after.as_deref())?).await?;
        Ok(Some(connection(rows, after.is_some(), Blocked::place, |row| {
            User::new(ctx, row.user)
        })))
    }
}

/// Mutations of blocks.
#[derive(Default)]
pub struct BlockMutation;

#[Object]
impl BlockMutation {
    /// Blocks somebody: his messages, offers and purchases do not reach you any more, and he is not told why. What runs between you runs on.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn user_block(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom to block.")] input: UserBlockInput,
    ) -> Result<Option<UserBlockPayload>> {
        payload(ctx, block(ctx, &input.user_id).await)
    }

    /// Hears somebody again.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn user_unblock(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom to unblock.")] input: UserUnblockInput,
    ) -> Result<Option<UserUnblockPayload>> {
        payload(ctx, unblock(ctx, &input.user_id).await)
    }
}

async fn block(ctx: &Context<'_>, whom: &ID) -> Result<User, Failure> {
    let trader = policy::trader(ctx.actor())?;
    let face = blocks::block(ctx.env(), trader, id::decode(whom)?).await?;
    Ok(User::new(ctx, face))
}

async fn unblock(ctx: &Context<'_>, whom: &ID) -> Result<User, Failure> {
    let trader = policy::trader(ctx.actor())?;
    let face = blocks::unblock(ctx.env(), trader, id::decode(whom)?).await?;
    Ok(User::new(ctx, face))
}
