//! What one user may see of another. Names are read here and nowhere else.

use std::collections::HashMap;

use entity::value::{Time, UserId};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, QueryResult};

use crate::kernel::{
    Fault,
    policy::{self, Actor, Admin},
    sql,
};

/// The columns of [`FaceRow`], for statements that join `users` and `standing` of the same user under these aliases. They are named with the
/// alias of `users` and `_` before them.
#[must_use]
pub fn columns(user: &str, standing: &str) -> String {
    let own = ["id", "nickname", "created_at"].map(|column| format!("{user}.{column} AS {user}_{column}"));
    format!("{}, {standing}.blacklisted AS {user}_blacklisted", own.join(", "))
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

/// Reads what a user's face is made from.
pub async fn read<C: ConnectionTrait>(db: &C, user: UserId) -> Result<Option<FaceRow>, Fault> {
    let select = format!(
        "SELECT {} FROM users u JOIN standing s ON s.user_id = u.id WHERE u.id = $1",
        columns("u", "s")
    );
    match sql::one(db, &select, vec![user.into()]).await? {
        Some(row) => Ok(Some(FaceRow::from_query_result(&row, "u_")?)),
        None => Ok(None),
    }
}

/// Reads what some users' faces are made from. Those who do not exist are missing.
pub async fn read_all<C: ConnectionTrait>(db: &C, users: &[UserId]) -> Result<HashMap<UserId, FaceRow>, Fault> {
    let places: Vec<String> = (1..=users.len()).map(|place| format!("${place}")).collect();
    let select = format!(
        "SELECT {} FROM users u JOIN standing s ON s.user_id = u.id WHERE u.id IN ({})",
        columns("u", "s"),
        places.join(", ")
    );
    let rows: Vec<Named> = sql::all(db, &select, users.iter().map(|user| (*user).into()).collect()).await?;
    Ok(rows.into_iter().map(|Named(row)| (row.id, row)).collect())
}

/// A face among columns that are named as [`columns`] names them.
struct Named(FaceRow);

impl FromQueryResult for Named {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        FaceRow::from_query_result(row, "u_").map(Self)
    }
}

impl FaceRow {
    /// His name, banned or not: an admin may see it.
    #[must_use]
    pub fn name(self, _right: Admin) -> String {
        self.nickname
    }
}
