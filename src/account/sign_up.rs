//! Signing up.

use std::net::IpAddr;

use entity::{
    kinds::{Locale, Role},
    user,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::{
    code::{self, Purpose},
    create_admin::NewUser,
    email::Email,
    gate::Gate,
    password::{self, PasswordRefused},
    session::{self, Granted, Tokens},
    username::{self, NameRefused},
};
use crate::kernel::{Env, Fault, Secret};

/// What somebody signs up with.
pub struct SignUp {
    /// The name to sign in with.
    pub username: String,
    /// His password.
    pub password: Secret,
    /// His address.
    pub email: String,
    /// The code that was mailed there.
    pub code: Secret,
    /// His language.
    pub locale: Locale,
    /// His client, as it names itself.
    pub client: String,
    /// Where he is.
    pub from: IpAddr,
}

/// Why he is not signed up.
#[derive(Debug, thiserror::Error)]
pub enum SignUpError {
    /// The name is not allowed.
    #[error("the name is not allowed: {0}")]
    Name(#[from] NameRefused),
    /// The password is not allowed.
    #[error("the password is not allowed: {0}")]
    Password(#[from] PasswordRefused),
    /// The code does not prove the address.
    #[error("the code is wrong")]
    Code,
    /// Somebody has the name. Told only to those whose code is right.
    #[error("the name is taken")]
    Taken,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Makes a user and signs him in.
pub async fn sign_up(env: &Env, ask: SignUp) -> Result<Tokens, SignUpError> {
    let name = username::parse(&ask.username)?;
    password::check(ask.password.expose())?;
    let email = Email::parse(&ask.email).ok_or(SignUpError::Code)?;
    if !code::prove(env, Purpose::SignUp, &email, ask.code.expose()).await? {
        return Err(SignUpError::Code);
    }
    if user::Entity::find()
        .filter(user::Column::UsernameKey.eq(&name.key))
        .count(env.db())
        .await
        .map_err(Fault::from)?
        > 0
    {
        return Err(SignUpError::Taken);
    }
    let password_hash = env.passwords().hash(ask.password.expose()).await.map_err(Fault::from)?;
    let tx = env.begin().await?;
    let row = NewUser {
        name: name.shown,
        name_key: name.key,
        nickname: None,
        email: email.shown,
        password_hash,
        locale: ask.locale,
        role: Role::Trader,
        verified: false,
    };
    let id = row.write(&tx).await?.ok_or(SignUpError::Taken)?;
    let tokens = session::open(&tx, id, Granted::NEW, &ask.client).await?;
    tx.commit().await?;
    for login in [&ask.username, &ask.email] {
        Gate::new(env, login, ask.from).settle().await;
    }
    tracing::info!(user = %id, "signed up");
    Ok(tokens)
}
