//! Captchas, codes, signing up, in and out.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use base64::{Engine, prelude::BASE64_STANDARD};

use super::Locale;
use crate::{
    account::{self, SignIn, SignUp, Tokens, captcha, code, session::REFRESH_DAYS},
    graphql::{
        auth::{Auth, Need, auth},
        context::Ask,
        errors::{Failure, payload},
        request::{ClientName, REFRESH_COOKIE, RefreshCookie},
        scalars::{DateTime, Uuid},
    },
    kernel::policy,
    payload_type,
};

/// A picture to be read by a person. Good for three minutes and one answer.
#[derive(SimpleObject)]
pub struct Captcha {
    /// Its id, to be sent with the answer.
    pub id: Uuid,
    /// A PNG as a `data:` address.
    pub image: String,
    /// Until when it can be answered.
    pub expires_at: DateTime,
}

/// What keeps you signed in.
#[derive(SimpleObject)]
pub struct SessionTokens {
    /// To be sent as `Authorization: Bearer …`. Good for ten minutes.
    pub access_token: String,
    /// When the access token ends.
    pub access_token_expires_at: DateTime,
    /// Good for one refresh within 30 days. Null unless you asked for it: browsers get it as a cookie that pages cannot read.
    pub refresh_token: Option<String>,
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
payload_type! {
    /// What `userSignIn` answers.
    UserSignInPayload {
        /// What keeps you signed in.
        tokens: SessionTokens
    }
}
payload_type! {
    /// What `sessionRefresh` answers.
    SessionRefreshPayload {
        /// What keeps you signed in.
        tokens: SessionTokens
    }
}
payload_type! {
    /// What `sessionEnd` answers.
    SessionEndPayload {
        /// True: you are signed out.
        ended: bool
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

/// Who signs in.
#[derive(InputObject)]
pub struct UserSignInInput {
    /// The username or the address.
    pub login: String,
    /// The password.
    pub password: String,
    /// True: answer the refresh token instead of setting the cookie.
    #[graphql(default)]
    pub return_refresh_token: bool,
}

/// A refresh.
#[derive(InputObject)]
pub struct SessionRefreshInput {
    /// The refresh token; without it, that of the cookie.
    pub refresh_token: Option<String>,
    /// True: answer the new refresh token instead of setting the cookie.
    #[graphql(default)]
    pub return_refresh_token: bool,
}

/// Coming and going.
#[derive(Default)]
pub struct SignMutation;

#[Object]
impl SignMutation {
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
            captcha: captcha_id.0,
            answer: captcha_answer,
            locale: ctx.locale(),
        };
        let sent = code::request(ctx.env(), &ask).await.map_err(Failure::from);
        payload(ctx, sent.map(|()| ask.email))
    }

    /// Makes an account and signs in.
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
                password,
                email,
                code,
                locale,
                client: client(ctx),
            },
        )
        .await;
        payload(
            ctx,
            made.map(|tokens| hand_out(ctx, tokens, return_refresh_token))
                .map_err(Failure::from),
        )
    }

    /// Signs in. An unknown name and a wrong password are told apart by nothing.
    async fn user_sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who signs in.")] input: UserSignInInput,
    ) -> Result<Option<UserSignInPayload>> {
        let UserSignInInput {
            login,
            password,
            return_refresh_token,
        } = input;
        let made = account::sign_in(
            ctx.env(),
            &SignIn {
                login,
                password,
                client: client(ctx),
            },
        )
        .await;
        payload(
            ctx,
            made.map(|tokens| hand_out(ctx, tokens, return_refresh_token))
                .map_err(Failure::from),
        )
    }

    /// Trades a refresh token for new tokens. Each is good once; one that comes again ends the session.
    async fn session_refresh(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token to trade.")] input: SessionRefreshInput,
    ) -> Result<Option<SessionRefreshPayload>> {
        let cookie = || ctx.data_opt::<RefreshCookie>().and_then(|cookie| cookie.0.clone());
        let token = input.refresh_token.or_else(cookie).unwrap_or_default();
        let made = account::refresh(ctx.env(), &token).await;
        payload(
            ctx,
            made.map(|tokens| hand_out(ctx, tokens, input.return_refresh_token))
                .map_err(Failure::from),
        )
    }

    /// Signs out: ends this session, its tokens and its sockets.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn session_end(&self, ctx: &Context<'_>) -> Result<Option<SessionEndPayload>> {
        let member = policy::member(ctx.actor())?;
        let ended = account::sign_out(ctx.env(), member).await.map_err(Failure::from);
        set_cookie(ctx, "", 0);
        payload(ctx, ended.map(|()| true))
    }
}

fn client(ctx: &Context<'_>) -> String {
    ctx.data_opt::<ClientName>().map(|name| name.0.clone()).unwrap_or_default()
}

/// The tokens as the client wants them: the refresh token in the answer, or in a cookie that pages cannot read.
fn hand_out(ctx: &Context<'_>, tokens: Tokens, in_answer: bool) -> SessionTokens {
    if !in_answer {
        set_cookie(ctx, &tokens.refresh, REFRESH_DAYS * 24 * 60 * 60);
    }
    SessionTokens {
        access_token: tokens.access,
        access_token_expires_at: DateTime(tokens.access_ends),
        refresh_token: in_answer.then_some(tokens.refresh),
    }
}

fn set_cookie(ctx: &Context<'_>, value: &str, seconds: i64) {
    let secure = if ctx
        .env()
        .config()
        .public_url
        .as_deref()
        .is_some_and(|url| url.starts_with("https:"))
    {
        "; Secure"
    } else {
        ""
    };
    ctx.append_http_header(
        "set-cookie",
        format!("{REFRESH_COOKIE}={value}; Path=/graphql; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"),
    );
}
