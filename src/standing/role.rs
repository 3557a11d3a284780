//! Who is an admin.

use entity::{
    kinds::{Role, SubjectKind},
    standing,
    value::UserId,
};
use sea_orm::EntityTrait;
use serde_json::json;
use uuid::Uuid;

use super::sessions;
use crate::kernel::{Fault, Tx, sql};

/// Gives a user a role; open sockets close. `false`: he has it already, or is blacklisted, and nobody on that list becomes an admin.
pub async fn give(tx: &Tx, by: Uuid, user: UserId, role: Role) -> Result<bool, Fault> {
    let change = "UPDATE standing SET role = $2, version = version + 1 WHERE user_id = $1 AND role <> $2 AND NOT blacklisted";
    if sql::run(tx.db(), change, vec![user.into(), role.as_str().into()]).await? == 0 {
        return Ok(false);
    }
    tx.audit(by, "user.role", (SubjectKind::User, user.0), &json!({ "role": role }))
        .await?;
    sessions::wake(tx, user).await?;
    Ok(true)
}

/// Whether a user is an admin. What hangs on it is decided while his standing is held.
pub async fn is_admin(tx: &Tx, user: UserId) -> Result<bool, Fault> {
    let row = standing::Entity::find_by_id(user).one(tx.db()).await?;
    let row = row.ok_or_else(|| Fault::internal("a user without standing"))?;
    Ok(row.role == Role::Admin)
}
