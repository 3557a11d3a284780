//! Who is an admin.

use entity::{
    kinds::{Role, SubjectKind},
    value::UserId,
};
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
