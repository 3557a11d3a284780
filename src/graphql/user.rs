//! Users, as others see them.

use async_graphql::{Context, ID, SimpleObject};

use super::{context::Ask, id, scalars::DateTime};
use crate::{
    account::face::{FaceRow, face},
    kernel::words,
};

/// A user, as you may see him.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct User {
    /// His id.
    #[graphql(owned)]
    pub id: ID,
    /// The name he chose. For a banned user, words that say so, in your language.
    pub nickname: String,
    /// Whether he is banned, as far as you may know.
    pub banned: bool,
    /// Whether he closed his account. His name is gone then, and words stand in its place.
    pub closed: bool,
    /// What he says of himself, at most 300 characters; may be empty.
    pub bio: String,
    /// Where his picture is, at most 480 pixels along an edge; relative to this server. Null: he shows none.
    pub avatar_url: Option<String>,
    /// When he signed up.
    pub created_at: DateTime,
}

impl User {
    /// A user as the caller may see him.
    pub fn new(ctx: &Context<'_>, user: FaceRow) -> Self {
        let face = face(user, ctx.actor());
        let unnamed = if face.closed { "face-closed" } else { "face-banned" };
        Self {
            id: id::encode(face.id),
            banned: face.nickname.is_none() && !face.closed,
            closed: face.closed,
            bio: face.bio,
            avatar_url: face.avatar.map(|key| format!("/media/{key}/thumbnail")),
            nickname: face.nickname.unwrap_or_else(|| words::say(ctx.locale(), unnamed, &[])),
            created_at: DateTime(face.since),
        }
    }
}
