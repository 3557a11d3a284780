//! Sessions: one sign-in on one device. A short signed access token, and a refresh token that is good for one use.

use std::cmp::Ordering;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::{
    kinds::Role,
    refresh_token, session, standing,
    value::{SessionId, Time, UserId},
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use sea_orm::{ActiveValue::Set, EntityTrait, FromQueryResult};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::config::Mode;
use crate::kernel::{
    Env, Fault, Secret, Tx,
    policy::{Actor, Rights},
    sql,
};

/// How long an access token is good.
pub const ACCESS_MINUTES: i64 = 10;
/// How long a refresh token is good.
pub const REFRESH_DAYS: i64 = 30;
const ISSUER: &str = "handover";
const AUDIENCE: &str = "handover-api";

/// What an access token says. A token that lacks any of it is none.
#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: UserId,
    sid: SessionId,
    #[serde(flatten)]
    granted: Granted,
    /// Seconds, as the standard wants.
    exp: i64,
}

/// The rights that a token carries: those of its owner when it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Granted {
    /// Trader or admin.
    pub role: Role,
    /// Real name verified.
    pub verified: bool,
    /// Left with deposit, withdrawal and system messages.
    pub blacklisted: bool,
    /// The version of his standing that said so.
    pub ver: i64,
}

impl Granted {
    /// Those of a user who has just signed up.
    pub const NEW: Self = Self {
        role: Role::Trader,
        verified: false,
        blacklisted: false,
        ver: 1,
    };

    /// What a token opens: of one version of his standing, what it and the database both give. Of an older version standing itself counts, so that
    /// a change takes effect at once; but where an admin's role is in it, the token is refused, and its owner refreshes it.
    fn opens(self, now: Rights) -> Option<Rights> {
        let admin = Role::Admin == self.role || Role::Admin == now.role;
        match self.ver.cmp(&now.version) {
            Ordering::Equal => Some(Rights {
                role: if self.role == now.role { now.role } else { Role::Trader },
                verified: self.verified && now.verified,
                blacklisted: self.blacklisted || now.blacklisted,
                ..now
            }),
            Ordering::Less if !admin => Some(now),
            Ordering::Less | Ordering::Greater => None,
        }
    }
}

impl From<&standing::Model> for Granted {
    fn from(row: &standing::Model) -> Self {
        Self {
            role: row.role,
            verified: row.verified,
            blacklisted: row.blacklisted,
            ver: row.version,
        }
    }
}

/// What a client gets when he signs in or refreshes.
#[derive(Clone)]
pub struct Tokens {
    /// For whom.
    pub user: UserId,
    /// In which session.
    pub session: SessionId,
    /// The access token.
    pub access: Secret,
    /// When the access token ends.
    pub access_ends: Time,
    /// The refresh token, shown this once.
    pub refresh: Secret,
}

/// Why a token does not admit anybody.
#[derive(Debug, thiserror::Error)]
pub enum AdmitError {
    /// It is no access token of ours, has expired, or tells of a role that has changed since.
    #[error("no valid access token")]
    BadToken,
    /// Its session has ended.
    #[error("the session has ended")]
    Ended,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

#[derive(FromQueryResult)]
struct Row {
    user_id: UserId,
    role: Role,
    blacklisted: bool,
    verified: bool,
    version: i64,
    proven_at: Option<Time>,
    second_factor: bool,
}

/// For whom an access token speaks, with his rights as they are now, and none that the token does not carry.
pub async fn admit(env: &Env, token: &str) -> Result<Actor, AdmitError> {
    let claims = read_token(env, token)?;
    let now = rights(env, claims.sid, claims.sub).await?;
    claims.granted.opens(now).map(Actor::User).ok_or(AdmitError::BadToken)
}

/// The rights of an admitted actor as they are now.
pub async fn recheck(env: &Env, actor: &Actor) -> Result<Actor, AdmitError> {
    match actor {
        Actor::Anonymous => Ok(Actor::Anonymous),
        Actor::User(known) => rights(env, known.session, known.user).await.map(Actor::User),
    }
}

pub(super) async fn rights(env: &Env, session: SessionId, user: UserId) -> Result<Rights, AdmitError> {
    let rows: Vec<Row> = sql::all(
        env.db(),
        "SELECT t.user_id, t.role, t.blacklisted, t.verified, t.version, s.proven_at, \
         EXISTS (SELECT 1 FROM second_factors f WHERE f.user_id = s.user_id AND f.confirmed_at IS NOT NULL) AS second_factor \
         FROM sessions s JOIN standing t ON t.user_id = s.user_id \
         WHERE s.id = $1 AND s.user_id = $2 AND s.ended_at IS NULL AND s.expires_at > $3",
        vec![session.into(), user.into(), env.now().into()],
    )
    .await?;
    let row = rows.into_iter().next().ok_or(AdmitError::Ended)?;
    let Row {
        user_id: user,
        role,
        blacklisted,
        verified,
        version,
        proven_at,
        second_factor,
    } = row;
    let strict = env.config().mode == Mode::Production;
    Ok(Rights {
        user,
        session,
        role: effective(role, second_factor, strict),
        blacklisted,
        verified,
        version,
        proven_at,
    })
}

/// The role that somebody has at present. Where it is strict, an admin without a second factor is a trader until he has one.
const fn effective(role: Role, second_factor: bool, strict: bool) -> Role {
    match role {
        Role::Admin if strict && !second_factor => Role::Trader,
        role => role,
    }
}

/// Checks signature, issuer and audience by the library, that it says all that a token says, and the time by our own clock.
fn read_token(env: &Env, token: &str) -> Result<Claims, AdmitError> {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.validate_exp = false;
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE]);
    let key = DecodingKey::from_secret(env.token_secret());
    let claims = jsonwebtoken::decode::<Claims>(token, &key, &validation)
        .map_err(|_| AdmitError::BadToken)?
        .claims;
    if Time(claims.exp.saturating_mul(1_000)) > env.now() {
        Ok(claims)
    } else {
        Err(AdmitError::BadToken)
    }
}

/// Opens a session for somebody who has proved who he is.
pub(super) async fn open(tx: &Tx, user: UserId, granted: Granted, client: &str) -> Result<Tokens, Fault> {
    let id = SessionId::new();
    let row = session::ActiveModel {
        id: Set(id),
        user_id: Set(user),
        client: Set(client_name(client)),
        created_at: Set(tx.now()),
        used_at: Set(tx.now()),
        expires_at: Set(tx.now().plus_days(REFRESH_DAYS)),
        proven_at: Set(Some(tx.now())),
        ended_at: Set(None),
    };
    session::Entity::insert(row).exec_without_returning(tx.db()).await?;
    issue(tx, user, id, granted).await
}

/// A client's name as it is kept.
pub(super) fn client_name(client: &str) -> String {
    client.chars().take(200).collect()
}

/// A new pair of tokens for a session.
pub(super) async fn issue(tx: &Tx, user: UserId, session: SessionId, granted: Granted) -> Result<Tokens, Fault> {
    let refresh = BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
    let row = refresh_token::ActiveModel {
        hash: Set(hash(&refresh)),
        session_id: Set(session),
        created_at: Set(tx.now()),
        spent_at: Set(None),
    };
    refresh_token::Entity::insert(row).exec_without_returning(tx.db()).await?;
    let access_ends = tx.now().plus_minutes(ACCESS_MINUTES);
    let claims = Claims {
        iss: ISSUER.to_owned(),
        aud: AUDIENCE.to_owned(),
        sub: user,
        sid: session,
        granted,
        exp: access_ends.0 / 1_000,
    };
    let key = EncodingKey::from_secret(tx.env().token_secret());
    let access = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key).map_err(Fault::internal)?;
    Ok(Tokens {
        user,
        session,
        access: access.into(),
        access_ends,
        refresh: refresh.into(),
    })
}

pub(super) fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}
