//! Passwords: changed, or forgotten.

use async_graphql::{Context, InputObject, Object, Result};

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
    kernel::policy,
    payload_type,
};

/// Another password.
#[derive(InputObject)]
pub struct PasswordChangeInput {
    /// The password you have.
    pub old_password: String,
    /// The one you want: 8 to 128 characters, none of the commonest.
    pub new_password: String,
}

/// A code by mail, for a forgotten password.
#[derive(InputObject)]
pub struct PasswordResetRequestInput {
    /// The address of the account.
    pub email: String,
    /// The captcha's id.
    pub captcha_id: Uuid,
    /// What the captcha shows; capitals do not matter.
    pub captcha_answer: String,
}

/// A new password in the place of a forgotten one.
#[derive(InputObject)]
pub struct PasswordResetInput {
    /// The address of the account.
    pub email: String,
    /// The six digits from the mail. Five tries.
    pub code: String,
    /// The password you want: 8 to 128 characters, none of the commonest.
    pub new_password: String,
}

payload_type! {
    /// What `passwordChange` answers.
    PasswordChangePayload {
        /// How many other sessions ended.
        ended_sessions: i32
    }
}
payload_type! {
    /// What `passwordResetRequest` answers. The same whether or not the address has an account.
    PasswordResetRequestPayload {
        /// The address the mail went to.
        email: String
    }
}
payload_type! {
    /// What `passwordReset` answers.
    PasswordResetPayload {
        /// True: sign in with the new password.
        done: bool
    }
}

/// Mutations of passwords.
#[derive(Default)]
pub struct PasswordMutation;

#[Object]
impl PasswordMutation {
    /// Changes your password, proved by the old one. All other sessions end.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn password_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The old password and the new one.")] input: PasswordChangeInput,
    ) -> Result<Option<PasswordChangePayload>> {
        payload(ctx, change(ctx, &input).await)
    }

    /// Mails a code to choose a new password with: a new one after 60 seconds, five an hour for one address.
    async fn password_reset_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The address, and the captcha that was answered.")] input: PasswordResetRequestInput,
    ) -> Result<Option<PasswordResetRequestPayload>> {
        let ask = code::RequestCode {
            purpose: Purpose::Reset,
            email: input.email,
            captcha: Answer {
                id: input.captcha_id.0,
                text: input.captcha_answer,
            },
            locale: ctx.locale(),
        };
        let sent = code::request(ctx.env(), &ask).await.map_err(Failure::from);
        payload(ctx, sent.map(|()| ask.email))
    }

    /// Sets a new password by a code that was mailed. All sessions end, and withdrawals wait 24 hours. A second factor stays as it is.
    async fn password_reset(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The address, its code and the new password.")] input: PasswordResetInput,
    ) -> Result<Option<PasswordResetPayload>> {
        let PasswordResetInput { email, code, new_password } = input;
        let done = account::reset_password(ctx.env(), &email, &code, &new_password).await;
        payload(ctx, done.map(|()| true).map_err(Failure::from))
    }
}

async fn change(ctx: &Context<'_>, input: &PasswordChangeInput) -> Result<i32, Failure> {
    let member = policy::member(ctx.actor())?;
    let ended = account::change_password(ctx.env(), member, &input.old_password, &input.new_password).await?;
    Ok(i32::try_from(ended).unwrap_or(i32::MAX))
}
