//! Signing in, refreshing and signing out.

use std::net::{IpAddr, Ipv4Addr};

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};

use crate::{
    account::{self, SignIn, Tokens, captcha::Answer, session::REFRESH_DAYS},
    graphql::{
        auth::{Auth, Need, auth},
        context::Ask,
        errors::{Failure, payload},
        request::{ClientAddress, ClientName, REFRESH_COOKIE, RefreshCookie},
        scalars::{DateTime, Uuid},
    },
    kernel::policy,
    payload_type,
};

/// What keeps you signed in.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct SessionTokens {
    /// To be sent as `Authorization: Bearer …`. Good for ten minutes.
    pub access_token: String,
    /// When the access token ends.
    pub access_token_expires_at: DateTime,
    /// Good for one refresh within 30 days. Null unless you asked for it: browsers get it as a cookie that pages cannot read.
    pub refresh_token: Option<String>,
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

/// Who signs in.
#[derive(InputObject)]
pub struct UserSignInInput {
    /// The username or the address.
    pub login: String,
    /// The password.
    pub password: String,
    /// A code of your authenticator or a recovery code, after `SECOND_FACTOR_REQUIRED`.
    pub second_factor: Option<String>,
    /// The id of a captcha, after `CAPTCHA_REQUIRED`.
    pub captcha_id: Option<Uuid>,
    /// What that captcha shows; capitals do not matter.
    pub captcha_answer: Option<String>,
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
    /// Signs in. An unknown name and a wrong password are told apart by nothing. After three failures a captcha is asked for, and further ones
    /// have to wait longer and longer, up to a minute.
    async fn user_sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who signs in.")] input: UserSignInInput,
    ) -> Result<Option<UserSignInPayload>> {
        let UserSignInInput {
            login,
            password,
            second_factor,
            captcha_id,
            captcha_answer,
            return_refresh_token,
        } = input;
        let captcha = captcha_id.map(|id| Answer {
            id: id.0,
            text: captcha_answer.unwrap_or_default(),
        });
        let made = account::sign_in(
            ctx.env(),
            &SignIn {
                login,
                password: password.into(),
                second: second_factor.map(Into::into),
                captcha,
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

    /// Trades a refresh token for new tokens. Each is good once; one that comes again ends the session, but for a twin within ten seconds, which is only refused.
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

/// What the client calls itself.
pub(super) fn client(ctx: &Context<'_>) -> String {
    ctx.data_opt::<ClientName>().map(|name| name.0.clone()).unwrap_or_default()
}

/// Where the caller is.
pub(super) fn from(ctx: &Context<'_>) -> IpAddr {
    ctx.data_opt::<ClientAddress>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |address| address.0)
}

/// The tokens as the client wants them: the refresh token in the answer, or in a cookie that pages cannot read.
pub(super) fn hand_out(ctx: &Context<'_>, tokens: Tokens, in_answer: bool) -> SessionTokens {
    if !in_answer {
        set_cookie(ctx, tokens.refresh.expose(), REFRESH_DAYS * 24 * 60 * 60);
    }
    SessionTokens {
        access_token: tokens.access.expose().to_owned(),
        access_token_expires_at: DateTime(tokens.access_ends),
        refresh_token: in_answer.then(|| tokens.refresh.expose().to_owned()),
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
