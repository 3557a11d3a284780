//! Sessions, and proofs within them.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use entity::{
    session,
    value::{SessionId, Time},
};

use crate::{
    account::{self, Proof, sessions},
    graphql::{
        auth::{Auth, Need, auth},
        connection::{Connection, ask, connection},
        context::Ask,
        errors::{Failure, FieldCode, one_proof, payload},
        id,
        scalars::DateTime,
    },
    kernel::policy::{self, Member},
    payload_type,
};

/// One sign-in on one device.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct Session {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// The client as it named itself, at most 200 characters.
    pub client: String,
    /// When you signed in.
    pub created_at: DateTime,
    /// When it was last refreshed.
    pub used_at: DateTime,
    /// When it ends unless it is refreshed.
    pub expires_at: DateTime,
    /// Whether it is the session of this request.
    pub current: bool,
}

impl Session {
    /// The session, if it is one of the caller's that has not ended; else `NOT_FOUND`.
    pub async fn find(ctx: &Context<'_>, id: SessionId) -> Result<Self, Failure> {
        let member = policy::member(ctx.actor())?;
        let found = sessions::find(ctx.env(), member, id).await?;
        found.map(|row| Self::new(row, member)).ok_or(Failure::Field(FieldCode::NotFound))
    }

    fn new(row: session::Model, member: Member) -> Self {
        Self {
            id: id::encode(row.id),
            current: row.id == member.session(),
            client: row.client,
            created_at: DateTime(row.created_at),
            used_at: DateTime(row.used_at),
            expires_at: DateTime(row.expires_at),
        }
    }
}

/// A session to be ended.
#[derive(InputObject)]
pub struct SessionRevokeInput {
    /// Which of yours.
    pub session_id: ID,
}

payload_type! {
    /// What `sessionRevoke` answers.
    SessionRevokePayload {
        /// The id of the session that ended.
        session_id: ID
    }
}
payload_type! {
    /// What `sessionRevokeOthers` answers.
    SessionRevokeOthersPayload {
        /// How many sessions ended.
        ended: i32
    }
}

/// What shows that it is you: one of the two.
#[derive(InputObject)]
pub struct SessionProveInput {
    /// Your password; or
    pub password: Option<String>,
    /// A code of your authenticator, or a recovery code.
    pub second_factor: Option<String>,
}

payload_type! {
    /// What `sessionProve` answers.
    SessionProvePayload {
        /// Until when the proof counts as fresh: five minutes.
        proven_until: DateTime
    }
}

/// Queries about sessions.
#[derive(Default)]
pub struct SessionQuery;

#[Object]
impl SessionQuery {
    /// Your sessions that have not ended, the newest first.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn my_sessions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
    ) -> Result<Option<Connection<Session>>> {
        let member = policy::member(ctx.actor())?;
        let rows = sessions::list(ctx.env(), member, &ask(first, after.as_deref())?).await?;
        Ok(Some(connection(rows, after.is_some(), sessions::place, |row| {
            Session::new(row, member)
        })))
    }
}

/// Mutations of sessions.
#[derive(Default)]
pub struct SessionMutation;

#[Object]
impl SessionMutation {
    /// Proves afresh that it is you. What answers `FRESH_PROOF_REQUIRED` can be done for five minutes after. Signing in is a proof as well.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn session_prove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What shows that it is you: one of the two.")] input: SessionProveInput,
    ) -> Result<Option<SessionProvePayload>> {
        payload(ctx, prove(ctx, &input).await.map(DateTime))
    }

    /// Ends one of your sessions, its tokens and its sockets.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn session_revoke(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which session.")] input: SessionRevokeInput,
    ) -> Result<Option<SessionRevokePayload>> {
        payload(ctx, revoke(ctx, input.session_id).await)
    }

    /// Ends your sessions but this one, their tokens and their sockets.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn session_revoke_others(&self, ctx: &Context<'_>) -> Result<Option<SessionRevokeOthersPayload>> {
        let member = policy::member(ctx.actor())?;
        let ended = sessions::revoke_others(ctx.env(), member).await.map_err(Failure::from);
        payload(ctx, ended.map(|ended| i32::try_from(ended).unwrap_or(i32::MAX)))
    }
}

async fn prove(ctx: &Context<'_>, input: &SessionProveInput) -> Result<Time, Failure> {
    let member = policy::member(ctx.actor())?;
    let proof = match (&input.password, &input.second_factor) {
        (Some(password), None) => Proof::Password(password),
        (None, Some(code)) => Proof::SecondFactor(code),
        (Some(_), Some(_)) | (None, None) => return Err(one_proof()),
    };
    Ok(account::prove(ctx.env(), member, proof).await?)
}

async fn revoke(ctx: &Context<'_>, id: ID) -> Result<ID, Failure> {
    let member = policy::member(ctx.actor())?;
    if sessions::revoke(ctx.env(), member, id::decode(&id)?).await? {
        Ok(id)
    } else {
        Err(Failure::Field(FieldCode::NotFound))
    }
}
