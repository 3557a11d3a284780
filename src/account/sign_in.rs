//! Signing in with a name or an address, and a password.

use std::time::Duration;

use entity::{standing, user};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};

use super::{
    session::{self, Tokens},
    username,
};
use crate::kernel::{Env, Fault};

/// How many failures in a quarter of an hour one name bears.
const FAILURES: u64 = 10;
const WINDOW: Duration = Duration::from_secs(15 * 60);

/// What somebody signs in with.
pub struct SignIn {
    /// His username or address.
    pub login: String,
    /// His password.
    pub password: String,
    /// His client, as it names itself.
    pub client: String,
}

/// Why he is not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Name or password are wrong; which, is never said.
    #[error("name or password are wrong")]
    Wrong,
    /// Too many failures for this name; try again within a quarter of an hour.
    #[error("too many failures")]
    TooMany,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Signs in. An unknown name costs the same work and gets the same words as a wrong password.
pub async fn sign_in(env: &Env, ask: &SignIn) -> Result<Tokens, SignInError> {
    let name = ask.login.trim();
    let counter = format!(
        "sign-in:{}",
        hex(&env.seal().fingerprint("sign-in", name.to_lowercase().as_bytes()))
    );
    if env.cache().count(&counter, WINDOW).await.map_err(Fault::from)? > FAILURES {
        return Err(SignInError::TooMany);
    }
    let by_name = Condition::any()
        .add(user::Column::UsernameKey.eq(username::key(name)))
        .add(user::Column::EmailKey.eq(name.to_lowercase()));
    let found = user::Entity::find().filter(by_name).one(env.db()).await.map_err(Fault::from)?;
    let hash = found.as_ref().map(|user| user.password_hash.as_str());
    if !env.passwords().verify(&ask.password, hash).await.map_err(Fault::from)? {
        return Err(SignInError::Wrong);
    }
    let user = found.ok_or(SignInError::Wrong)?;
    env.cache().delete(&counter).await.map_err(Fault::from)?;
    let tx = env.begin().await?;
    let standing = standing::Entity::find_by_id(user.id).one(tx.db()).await.map_err(Fault::from)?;
    let standing = standing.ok_or_else(|| Fault::internal("a user has no standing"))?;
    let tokens = session::open(&tx, user.id, standing.role, standing.version, &ask.client).await?;
    tx.commit().await?;
    tracing::info!(user = %user.id, "signed in");
    Ok(tokens)
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
