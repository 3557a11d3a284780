//! Captchas, codes and signing up.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use base64::{Engine, prelude::BASE64_STANDARD};

use super::{
    Locale,
    sign::{SessionTokens, client, from, hand_out},
};
use crate::{
    account::{
        self, SignUp,
        captcha::{self, Answer},
        code::{self, Purpose},
    },
    graphql::{
        auth::Open,
        context::Ask,
        errors::{Failure, payload},
        scalars::{DateTime, Uuid},
    },
    payload_type,
};

/// A picture to be read by a person. Good for three minutes and one answer.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct Captcha {
    /// Its id, to be sent with the answer.
    pub id: Uuid,
    /// A PNG as a `data:` address.
    pub image: String,
    /// Until when it can be answered.
    pub expires_at: DateTime,
}

payload_type! {
    /// What `captchaCreate` answers.
    CaptchaCreatePayload {
        /// The captcha.
        captcha: Captcha
    }
}
payload_type! {
    /// What `emailCodeRequest` answers. The same whether or not the address has an account.
    EmailCodeRequestPayload {
        /// The address the mail went to.
        email: String
    }
}
payload_type! {
    /// What `userSignUp` answers.
    UserSignUpPayload {
        /// What keeps you signed in.
        tokens: SessionTokens
    }
}
/// A code by mail, to sign up with.
#[derive(InputObject)]
pub struct EmailCodeRequestInput {
    /// The address, at most 254 characters.
    pub email: String,
    /// The captcha's id.
    pub captcha_id: Uuid,
    /// What the captcha shows; capitals do not matter.
    pub captcha_answer: String,
}

/// A new account.
#[derive(InputObject)]
pub struct UserSignUpInput {
    /// The name to sign in with: 3 to 24 letters, digits or underscores.
    pub username: String,
    /// A password of 8 to 128 characters, none of the commonest.
    pub password: String,
    /// The address the code went to.
    pub email: String,
    /// The six digits from the mail. Five tries.
    pub code: String,
    /// The language of your notices and mails; without it, that of the request.
    pub locale: Option<Locale>,
    /// True: answer the refresh token instead of setting the cookie.
    #[graphql(default)]
    pub return_refresh_token: bool,
}

/// Mutations before there is an account.
#[derive(Default)]
pub struct SignUpMutation;

#[Object]
impl SignUpMutation {
    /// A captcha, to be answered before a mail is sent.
    async fn captcha_create(&self, ctx: &Context<'_>) -> Result<Option<CaptchaCreatePayload>> {
        let made = captcha::create(ctx.env()).await.map_err(Failure::from);
        payload(
            ctx,
            made.map(|made| Captcha {
                id: Uuid(made.id),
                image: format!("data:image/png;base64,{}", BASE64_STANDARD.encode(made.png)),
                expires_at: DateTime(made.expires_at),
            }),
        )
    }

    /// Mails a code to sign up with: a new one after 60 seconds, five an hour for one address.
    #[graphql(guard = "Open")]
    async fn email_code_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The address, and the captcha that was answered.")] input: EmailCodeRequestInput,
    ) -> Result<Option<EmailCodeRequestPayload>> {
        let EmailCodeRequestInput {
            email,
            captcha_id,
            captcha_answer,
        } = input;
        let ask = code::RequestCode {
            email,
            purpose: Purpose::SignUp,
            captcha: Answer {
                id: captcha_id.0,
                text: captcha_answer,
            },
            locale: ctx.locale(),
        };
        let sent = code::request(ctx.env(), &ask).await.map_err(Failure::from);
        payload(ctx, sent.map(|()| ask.email))
    }

    /// Makes an account and signs in.
    #[graphql(guard = "Open")]
    async fn user_sign_up(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new account.")] input: UserSignUpInput,
    ) -> Result<Option<UserSignUpPayload>> {
        let UserSignUpInput {
            username,
            password,
            email,
            code,
            locale,
            return_refresh_token,
        } = input;
        let locale = locale.map_or_else(|| ctx.locale(), Into::into);
        let made = account::sign_up(
            ctx.env(),
            SignUp {
                username,
                password: password.into(),
                email,
                code: code.into(),
                locale,
                client: client(ctx),
                from: from(ctx),
            },
        )
        .await;
        payload(
            ctx,
            made.map(|tokens| hand_out(ctx, tokens, return_refresh_token))
                .map_err(Failure::from),
        )
    }
}
