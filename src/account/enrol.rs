//! A trader whom the platform itself lets in: for demonstration data.

use entity::{
    kinds::{Locale, Role},
    value::UserId,
};

use super::{
    create_admin::{CreateAdminError, NewUser},
    password, username,
};
use crate::kernel::{Env, Fault, policy::System};

/// Who is let in.
#[derive(Debug, Clone, Copy)]
pub struct Newcomer<'a> {
    /// The name to sign in with.
    pub username: &'a str,
    /// The name others see.
    pub nickname: &'a str,
    /// His address, taken as proved.
    pub email: &'a str,
    /// His password.
    pub password: &'a str,
    /// His language.
    pub locale: Locale,
}

/// Makes a trader without a code by mail. `None`: the name or the address is taken.
pub async fn enrol(env: &Env, _right: System, who: Newcomer<'_>) -> Result<Option<UserId>, CreateAdminError> {
    let name = username::parse(who.username)?;
    password::check(who.password)?;
    let password_hash = env.passwords().hash(who.password).await.map_err(Fault::from)?;
    let tx = env.begin().await?;
    let row = NewUser {
        name: name.shown,
        name_key: name.key,
        nickname: Some(who.nickname.to_owned()),
        email: who.email.to_owned(),
        password_hash,
        locale: who.locale,
        role: Role::Trader,
        verified: false,
    };
    let made = row.write(&tx).await?;
    tx.commit().await?;
    Ok(made)
}
