//! The second factor.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};

use super::Viewer;
use crate::{
    account::set_second_factor::{self, Begun, Status},
    graphql::{
        auth::{Auth, Need, auth},
        context::Ask,
        errors::{Failure, payload},
    },
    kernel::policy::{self, Member, Proven},
    payload_type,
};

/// How it stands with your second factor.
#[derive(Debug, SimpleObject)]
#[graphql(serial)]
pub struct SecondFactor {
    /// Whether it is confirmed, and asked for when you sign in.
    pub active: bool,
    /// Recovery codes that are not used yet, at most ten.
    pub recovery_codes_left: i32,
}

impl From<Status> for SecondFactor {
    fn from(status: Status) -> Self {
        Self {
            active: status.active,
            recovery_codes_left: i32::try_from(status.recovery_codes_left).unwrap_or(i32::MAX),
        }
    }
}

/// A secret for your authenticator, told this once.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct SecondFactorSecret {
    /// The secret in base32, to be typed.
    pub secret: String,
    /// The same as an `otpauth:` address, to be shown as a QR code.
    pub uri: String,
}

impl From<Begun> for SecondFactorSecret {
    fn from(begun: Begun) -> Self {
        Self {
            secret: begun.secret.expose().to_owned(),
            uri: begun.uri.expose().to_owned(),
        }
    }
}

/// A first code.
#[derive(InputObject)]
pub struct SecondFactorConfirmInput {
    /// The six digits that your authenticator shows.
    pub code: String,
}

/// A last code.
#[derive(InputObject)]
pub struct SecondFactorDisableInput {
    /// The six digits that your authenticator shows, or a recovery code.
    pub code: String,
}

payload_type! {
    /// What `secondFactorBegin` answers.
    SecondFactorBeginPayload {
        /// The secret, told this once.
        secret: SecondFactorSecret
    }
}
payload_type! {
    /// What `secondFactorConfirm` answers.
    SecondFactorConfirmPayload {
        /// Ten recovery codes, told this once; each signs in once without the authenticator.
        recovery_codes: Vec<String>
    }
}
payload_type! {
    /// What `secondFactorDisable` answers.
    SecondFactorDisablePayload {
        /// You, without a second factor.
        viewer: Viewer
    }
}

/// Mutations of second factors.
#[derive(Default)]
pub struct SecondFactorMutation;

#[Object]
impl SecondFactorMutation {
    /// Makes a secret for your authenticator. It asks nothing of you until you confirm it. Needs a fresh proof.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn second_factor_begin(&self, ctx: &Context<'_>) -> Result<Option<SecondFactorBeginPayload>> {
        payload(ctx, begin(ctx).await)
    }

    /// Confirms your second factor by a first code; from now on signing in asks for one. Needs a fresh proof.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn second_factor_confirm(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A first code.")] input: SecondFactorConfirmInput,
    ) -> Result<Option<SecondFactorConfirmPayload>> {
        payload(ctx, confirm(ctx, &input.code).await)
    }

    /// Takes your second factor away. Needs a fresh proof. An admin keeps his where the server is in production.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn second_factor_disable(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A last code.")] input: SecondFactorDisableInput,
    ) -> Result<Option<SecondFactorDisablePayload>> {
        payload(ctx, disable(ctx, &input.code).await)
    }
}

fn proven(ctx: &Context<'_>) -> Result<Proven<Member>, Failure> {
    Ok(policy::proven(policy::member(ctx.actor())?, ctx.env().now())?)
}

async fn begin(ctx: &Context<'_>) -> Result<SecondFactorSecret, Failure> {
    Ok(set_second_factor::begin(ctx.env(), proven(ctx)?).await?.into())
}

async fn confirm(ctx: &Context<'_>, code: &str) -> Result<Vec<String>, Failure> {
    Ok(set_second_factor::confirm(ctx.env(), proven(ctx)?, code).await?)
}

async fn disable(ctx: &Context<'_>, code: &str) -> Result<Viewer, Failure> {
    let member = proven(ctx)?;
    set_second_factor::disable(ctx.env(), member, code).await?;
    Ok(Viewer::new(*member))
}
