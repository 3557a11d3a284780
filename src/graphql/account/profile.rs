//! What one shows of oneself.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::value::ImageId;

use super::{Locale, Viewer};
use crate::{
    account::profile::{self, Changes},
    graphql::{
        auth::{Auth, Need, auth},
        context::Ask,
        errors::{Failure, payload},
        id,
    },
    kernel::policy,
    payload_type,
};

/// What to change; what is left out or null stays as it is, but for the picture.
#[derive(InputObject)]
pub struct ProfileUpdateInput {
    /// The name others see: 1 to 24 characters that do not sound like the platform.
    pub nickname: Option<String>,
    /// What you say of yourself: at most 300 characters, may be empty.
    pub bio: Option<String>,
    /// The language of your notices and mails.
    pub locale: Option<Locale>,
    /// An image that you uploaded as an avatar. Null takes your picture away; leave it out to keep it.
    pub avatar_id: MaybeUndefined<ID>,
    /// Whether you want your important notices by mail as well. What concerns your account's safety is always mailed.
    pub mail_notices: Option<bool>,
}

payload_type! {
    /// What `profileUpdate` answers.
    ProfileUpdatePayload {
        /// You, changed.
        viewer: Viewer
    }
}

/// Mutations of profiles.
#[derive(Default)]
pub struct ProfileMutation;

#[Object]
impl ProfileMutation {
    /// Changes what you show of yourself.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn profile_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: ProfileUpdateInput,
    ) -> Result<Option<ProfileUpdatePayload>> {
        payload(ctx, update(ctx, input).await)
    }
}

async fn update(ctx: &Context<'_>, input: ProfileUpdateInput) -> Result<Viewer, Failure> {
    let trader = policy::trader(ctx.actor())?;
    let avatar: Option<Option<ImageId>> = match input.avatar_id {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(image) => Some(Some(id::decode(&image)?)),
    };
    let changes = Changes {
        nickname: input.nickname,
        bio: input.bio,
        locale: input.locale.map(Into::into),
        avatar,
        mail_notices: input.mail_notices,
    };
    profile::update(ctx.env(), trader, changes).await?;
    Ok(Viewer::new(trader.into()))
}
