//! What one user may see of another. Names are read here and nowhere else.

use std::collections::HashMap;

use entity::value::{Time, UserId};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, QueryResult};

use crate::kernel::{
    Fault,
    policy::{self, Actor, Admin},
    sql::{self, Cells},
};

/// The columns of [`FaceRow`], for statements that join `users u` and `standing s` of the same user.
pub const COLUMNS: &str = "u.id AS u_id, u.nickname AS u_nickname, u.created_at AS u_created_at, s.blacklisted AS u_blacklisted, \
     s.closed_at IS NOT NULL AS u_closed, \
     u.bio AS u_bio, (SELECT avatar.file_key FROM images avatar WHERE avatar.id = u.avatar_id) AS u_avatar";
/// The prefix of [`COLUMNS`].
pub const PREFIX: &str = "u_";

/// [`COLUMNS`] for statements that join a second user under other aliases. Their prefix is the alias of `users` and `_`.
#[must_use]
pub fn columns(user: &str, standing: &str) -> String {
    COLUMNS
        .replace("u.", &format!("{user}."))
        .replace(PREFIX, &format!("{user}_"))
        .replace("s.", &format!("{standing}."))
}

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
    /// Whether he closed his account.
    closed: bool,
    /// What he says of himself.
    bio: String,
    /// The key of his picture's file.
    avatar: Option<String>,
}

/// A user as one viewer sees him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// Who.
    pub id: UserId,
    /// His name. None: he is banned, and the viewer is neither he nor an admin; or he is gone.
    pub nickname: Option<String>,
    /// Whether he is gone: he closed his account.
    pub closed: bool,
    /// What he says of himself. Empty for a banned one.
    pub bio: String,
    /// The key of his picture's file. None: he has none, or is banned.
    pub avatar: Option<String>,
    /// Since when he is here.
    pub since: Time,
}

/// Turns a user into what `viewer` may see of him.
#[must_use]
pub fn face(user: FaceRow, viewer: &Actor) -> Face {
    let named = !user.closed && (!user.blacklisted || viewer.user() == Some(user.id) || policy::admin(viewer).is_ok());
    Face {
        id: user.id,
        nickname: named.then_some(user.nickname),
        closed: user.closed,
        bio: if named { user.bio } else { String::new() },
        avatar: user.avatar.filter(|_| named),
        since: user.created_at,
    }
}

/// Reads what a user's face is made from.
pub async fn read<C: ConnectionTrait>(db: &C, user: UserId) -> Result<Option<FaceRow>, Fault> {
    Ok(read_all(db, &[user]).await?.remove(&user))
}

/// Reads what some users' faces are made from. Those who do not exist are missing.
pub async fn read_all<C: ConnectionTrait>(db: &C, users: &[UserId]) -> Result<HashMap<UserId, FaceRow>, Fault> {
    let places: Vec<String> = (1..=users.len()).map(|place| format!("${place}")).collect();
    let select = format!(
        "SELECT {COLUMNS} FROM users u JOIN standing s ON s.user_id = u.id WHERE u.id IN ({})",
        places.join(", ")
    );
    let rows: Vec<Named> = sql::all(db, &select, users.iter().map(|user| (*user).into()).collect()).await?;
    Ok(rows.into_iter().map(|Named(row)| (row.id, row)).collect())
}

/// A face among [`COLUMNS`].
struct Named(FaceRow);

impl FromQueryResult for Named {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        FaceRow::from_query_result(row, PREFIX).map(Self)
    }
}

impl FaceRow {
    /// Reads [`COLUMNS`] by their places.
    pub fn read(cells: &mut Cells<'_>) -> Result<Self, DbErr> {
        Ok(Self {
            id: cells.read()?,
            nickname: cells.read()?,
            created_at: cells.read()?,
            blacklisted: cells.read()?,
            closed: cells.read()?,
            bio: cells.read()?,
            avatar: cells.read()?,
        })
    }

    /// His name, banned or not: an admin may see it.
    #[must_use]
    pub fn name(self, _right: Admin) -> String {
        self.nickname
    }
}
