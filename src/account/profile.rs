//! What a user says of himself.

use entity::user;
use sea_orm::EntityTrait;

use crate::kernel::{Env, Fault, policy::Member};

/// The caller's own row.
pub async fn own(env: &Env, member: Member) -> Result<user::Model, Fault> {
    let row = user::Entity::find_by_id(member.id()).one(env.db()).await?;
    row.ok_or_else(|| Fault::internal("a member has no row"))
}
