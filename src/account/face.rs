//! What one user may see of another. Names are read here and nowhere else.

use entity::value::{Time, UserId};
use sea_orm::FromQueryResult;

use crate::kernel::policy::{self, Actor};

/// The columns of [`FaceRow`], for statements that join `users u` and `standing s` of the same user.
pub const COLUMNS: &str = "u.id AS u_id, u.nickname AS u_nickname, u.created_at AS u_created_at, s.blacklisted AS u_blacklisted";
/// The prefix of [`COLUMNS`].
pub const PREFIX: &str = "u_";

/// What a face is made from.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct FaceRow {
    /// Who.
    pub id: UserId,
    /// The name he chose. Not for those to whom he is banned.
    nickname: String,
    /// Since when he is here.
    created_at: Time,
    /// Whether he is blacklisted.
    blacklisted: bool,
}

/// A user as one viewer sees him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// Who.
    pub id: UserId,
    /// His name. None: he is banned, and the viewer is neither he nor an admin.
    pub nickname: Option<String>,
    /// Since when he is here.
    pub since: Time,
}

/// Turns a user into what `viewer` may see of him.
#[must_use]
pub fn face(user: FaceRow, viewer: &Actor) -> Face {
    let named = !user.blacklisted || viewer.user() == Some(user.id) || policy::admin(viewer).is_ok();
    Face {
        id: user.id,
        nickname: named.then_some(user.nickname),
        since: user.created_at,
    }
}
