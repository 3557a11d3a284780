//! Signing in with a name or an address, a password, and the second factor of those who have one.

use std::net::IpAddr;

use entity::{session as session_row, standing, user};
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};

use super::{
    captcha::Answer,
    gate::{Gate, Shut},
    letter, second_factor,
    session::{self, Granted, Tokens},
    throttle::Throttled,
    tries::{self, By},
    username,
};
use crate::kernel::{Env, Event, Fault, Secret, Tx};

/// What somebody signs in with.
pub struct SignIn {
    /// His username or address.
    pub login: String,
    /// His password.
    pub password: Secret,
    /// A code of his authenticator, or a recovery code.
    pub second: Option<Secret>,
    /// An answered captcha, when one was asked for.
    pub captcha: Option<Answer>,
    /// His client, as it names itself.
    pub client: String,
    /// Where he is.
    pub from: IpAddr,
}

/// Why he is not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Name or password are wrong; which, is never said.
    #[error("name or password are wrong")]
    Wrong,
    /// Three tries failed: a captcha comes first.
    #[error("a captcha is asked for")]
    CaptchaRequired,
    /// The captcha was answered wrongly, used or has expired.
    #[error("wrong captcha")]
    CaptchaWrong,
    /// The password is right; a code of the second factor is missing.
    #[error("a second factor is asked for")]
    SecondFactorRequired,
    /// The code of the second factor is wrong or was used before.
    #[error("the second factor is wrong")]
    SecondFactorWrong,
    /// Too many tries.
    #[error("too many tries")]
    TooMany {
        /// Seconds until the next is let in.
        seconds: u64,
    },
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<Shut> for SignInError {
    fn from(shut: Shut) -> Self {
        match shut {
            Shut::CaptchaRequired => Self::CaptchaRequired,
            Shut::CaptchaWrong => Self::CaptchaWrong,
            Shut::Throttled(throttled) => throttled.into(),
        }
    }
}

impl From<Throttled> for SignInError {
    fn from(throttled: Throttled) -> Self {
        match throttled {
            Throttled::Wait { seconds } => Self::TooMany { seconds },
            Throttled::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// Signs in. An unknown name costs the same work and gets the same words as a wrong password.
pub async fn sign_in(env: &Env, ask: &SignIn) -> Result<Tokens, SignInError> {
    let name = ask.login.trim();
    let gate = Gate::new(env, name, ask.from);
    gate.enter(ask.captcha.as_ref()).await?;
    let found = find(env, name).await?;
    let hash = found.as_ref().map(|user| user.password_hash.as_str());
    match env.passwords().verify(ask.password.expose(), hash).await {
        Ok(true) => {}
        Ok(false) => return Err(SignInError::Wrong),
        Err(busy) => {
            gate.take_back().await?;
            return Err(Fault::from(busy).into());
        }
    }
    let user = found.ok_or(SignInError::Wrong)?;
    let (tokens, anew) = open(env, ask, &user).await?;
    gate.settle().await;
    tracing::info!(user = %user.id, anew, "signed in");
    Ok(tokens)
}

/// The user of this name or address.
async fn find(env: &Env, name: &str) -> Result<Option<user::Model>, Fault> {
    // Nobody is called so, and PostgreSQL refuses to look for a text with a zero in it.
    if name.contains(char::is_control) {
        return Ok(None);
    }
    let by_name = Condition::any()
        .add(user::Column::UsernameKey.eq(username::key(name)))
        .add(user::Column::EmailKey.eq(name.to_lowercase()));
    Ok(user::Entity::find().filter(by_name).one(env.db()).await?)
}

/// Opens the session, if his password is still the one that was compared and his second factor is right. Also answers whether the client is new.
async fn open(env: &Env, ask: &SignIn, user: &user::Model) -> Result<(Tokens, bool), SignInError> {
    if second_factor::asks(env.db(), user.id).await? {
        let code = ask.second.as_ref().ok_or(SignInError::SecondFactorRequired)?;
        tries::enter(env, user.id, By::SecondFactor).await?;
        let tx = env.begin().await?;
        if !second_factor::spend(&tx, user.id, code.expose()).await? {
            return Err(SignInError::SecondFactorWrong);
        }
        return opened(tx, ask, user).await;
    }
    opened(env.begin().await?, ask, user).await
}

async fn opened(tx: Tx, ask: &SignIn, user: &user::Model) -> Result<(Tokens, bool), SignInError> {
    // Held until the session is there: a password that changes meanwhile ends this session with the others, or this finds it changed.
    let now = user::Entity::find_by_id(user.id)
        .lock_shared()
        .one(tx.db())
        .await
        .map_err(Fault::from)?;
    if now.is_none_or(|now| now.password_hash != user.password_hash) {
        return Err(SignInError::Wrong);
    }
    let standing = standing::Entity::find_by_id(user.id).one(tx.db()).await.map_err(Fault::from)?;
    let standing = standing.ok_or_else(|| Fault::internal("a user has no standing"))?;
    let anew = is_new_client(&tx, user, &ask.client).await?;
    let tokens = session::open(&tx, user.id, Granted::from(&standing), &ask.client).await?;
    if anew {
        let client = if ask.client.is_empty() {
            "?".to_owned()
        } else {
            session::client_name(&ask.client)
        };
        letter::post(&tx, &user.email, user.locale, "signed-in", &[("client", client)]).await?;
        tx.emit(Event::SignedInAnew {
            user: user.id,
            session: tokens.session,
        });
    }
    tx.commit().await?;
    Ok((tokens, anew))
}

/// Whether he had sessions before, and none by this client.
async fn is_new_client(tx: &Tx, user: &user::Model, client: &str) -> Result<bool, Fault> {
    let of_user = || session_row::Entity::find().filter(session_row::Column::UserId.eq(user.id));
    let by_client = of_user().filter(session_row::Column::Client.eq(session::client_name(client)));
    Ok(by_client.count(tx.db()).await? == 0 && of_user().count(tx.db()).await? > 0)
}
