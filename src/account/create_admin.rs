//! Making an administrator, from the command line only.

use entity::{
    kinds::{Locale, Role},
    standing, user,
    value::UserId,
};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::{
    password::{self, PasswordRefused},
    username::{self, NameRefused},
};
use crate::kernel::{Env, Fault, Tx};

/// Why there is no new administrator.
#[derive(Debug, thiserror::Error)]
pub enum CreateAdminError {
    /// The name is not allowed.
    #[error("the name is not allowed: {0}")]
    Name(#[from] NameRefused),
    /// The password is not allowed.
    #[error("the password is not allowed: {0}")]
    Password(#[from] PasswordRefused),
    /// Somebody has the name or the address.
    #[error("somebody has this name or address")]
    Taken,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Makes an administrator who can sign in with `name` and `secret`.
pub async fn create_admin(env: &Env, name: &str, email: &str, secret: &str) -> Result<UserId, CreateAdminError> {
    let name = username::parse(name)?;
    password::check(secret)?;
    let password_hash = env.passwords().hash(secret).await.map_err(Fault::from)?;
    let tx = env.begin().await?;
    let row = NewUser {
        name: name.shown,
        name_key: name.key,
        nickname: None,
        email: email.to_owned(),
        password_hash,
        locale: Locale::En,
        role: Role::Admin,
        verified: true,
    };
    let id = row.write(&tx).await?.ok_or(CreateAdminError::Taken)?;
    tx.commit().await?;
    tracing::info!(user = %id, "administrator made");
    Ok(id)
}

/// A user about to be.
pub(super) struct NewUser {
    pub name: String,
    pub name_key: String,
    /// What others see, if it is not the name to sign in with.
    pub nickname: Option<String>,
    pub email: String,
    pub password_hash: String,
    pub locale: Locale,
    pub role: Role,
    pub verified: bool,
}

impl NewUser {
    /// Writes him and his standing. `None`: the name or the address is taken.
    pub async fn write(self, tx: &Tx) -> Result<Option<UserId>, Fault> {
        let id = UserId::new();
        let row = user::ActiveModel {
            id: Set(id),
            nickname: Set(self.nickname.unwrap_or_else(|| self.name.chars().take(24).collect())),
            username: Set(self.name),
            username_key: Set(self.name_key),
            email_key: Set(self.email.to_lowercase()),
            email: Set(self.email),
            password_hash: Set(self.password_hash),
            locale: Set(self.locale),
            bio: Set(String::new()),
            avatar_id: Set(None),
            created_at: Set(tx.now()),
            mail_notices: Set(true),
        };
        let free = sea_orm::sea_query::OnConflict::new().do_nothing().to_owned();
        if user::Entity::insert(row).on_conflict(free).exec_without_returning(tx.db()).await? == 0 {
            return Ok(None);
        }
        let row = standing::ActiveModel {
            user_id: Set(id),
            role: Set(self.role),
            blacklisted: Set(false),
            verified: Set(self.verified),
            version: Set(1),
            withdraw_after: Set(None),
            blacklist_reason: Set(None),
            closed_at: Set(None),
        };
        standing::Entity::insert(row).exec_without_returning(tx.db()).await?;
        Ok(Some(id))
    }
}
