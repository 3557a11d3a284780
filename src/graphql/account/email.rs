//! Binding another address.

use async_graphql::{Context, InputObject, Object, Result};

use super::Viewer;
use crate::{
    account::{
        self,
        captcha::Answer,
        code::{self, Purpose},
    },
    graphql::{
        auth::{Auth, Need, auth},
        context::Ask,
        errors::{Failure, payload},
        scalars::Uuid,
    },
    kernel::policy::{self, Member, Proven},
    payload_type,
};

/// A code by mail, to bind another address.
#[derive(InputObject)]
pub struct EmailChangeRequestInput {
    /// The address you want, at most 254 characters.
    pub email: String,
    /// The captcha's id.
    pub captcha_id: Uuid,
    /// What the captcha shows; capitals do not matter.
    pub captcha_answer: String,
}

/// Another address.
#[derive(InputObject)]
pub struct EmailChangeInput {
    /// The address the code went to.
    pub email: String,
    /// The six digits from the mail. Five tries.
    pub code: String,
}

payload_type! {
    /// What `emailChangeRequest` answers. The same whether or not the address has an account.
    EmailChangeRequestPayload {
        /// The address the mail went to.
        email: String
    }
}
payload_type! {
    /// What `emailChange` answers.
    EmailChangePayload {
        /// You, with the new address.
        viewer: Viewer
    }
}

/// Mutations of addresses.
#[derive(Default)]
pub struct EmailMutation;

#[Object]
impl EmailMutation {
    /// Mails a code to an address that you want to bind. Needs a fresh proof.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn email_change_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The address, and the captcha that was answered.")] input: EmailChangeRequestInput,
    ) -> Result<Option<EmailChangeRequestPayload>> {
        payload(ctx, request(ctx, input).await)
    }

    /// Binds another address by the code that was mailed there. Needs a fresh proof. The old address is told, and withdrawals wait 24 hours.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn email_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The address and its code.")] input: EmailChangeInput,
    ) -> Result<Option<EmailChangePayload>> {
        payload(ctx, change(ctx, &input).await)
    }
}

fn proven(ctx: &Context<'_>) -> Result<Proven<Member>, Failure> {
    Ok(policy::proven(policy::member(ctx.actor())?, ctx.env().now())?)
}

async fn request(ctx: &Context<'_>, input: EmailChangeRequestInput) -> Result<String, Failure> {
    let member = proven(ctx)?;
    let ask = code::RequestCode {
        purpose: Purpose::NewAddress(member.id()),
        email: input.email,
        captcha: Answer {
            id: input.captcha_id.0,
            text: input.captcha_answer,
        },
        locale: ctx.locale(),
    };
    code::request(ctx.env(), &ask).await?;
    Ok(ask.email)
}

async fn change(ctx: &Context<'_>, input: &EmailChangeInput) -> Result<Viewer, Failure> {
    let member = proven(ctx)?;
    account::change_email(ctx.env(), member, &input.email, &input.code).await?;
    Ok(Viewer::new(*member))
}
