//! What an admin reads of a conversation in which a message was reported.

use entity::{image, message, value::MessageId};
use sea_orm::EntityTrait;

use super::{
    images,
    line::{self, Line},
};
use crate::{
    account::face::{self, FaceRow},
    kernel::{Env, Fault, policy::Admin},
};

/// How many lines before and after it he reads.
pub const AROUND: i64 = 5;

/// A message with what it said, taken back or not, and the lines around it as the members see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// The message as it was written.
    pub message: message::Model,
    /// Who wrote it.
    pub sender: Option<FaceRow>,
    /// Its images.
    pub images: Vec<image::Model>,
    /// The lines around it, in their order, itself among them.
    pub around: Vec<Line>,
}

/// Reads it. None: there is no such message.
pub async fn witness(env: &Env, _: Admin, id: MessageId) -> Result<Option<Witness>, Fault> {
    let Some(message) = message::Entity::find_by_id(id).one(env.db()).await? else {
        return Ok(None);
    };
    let sender = match message.sender_id {
        Some(sender) => face::read(env.db(), sender).await?,
        None => None,
    };
    let values = vec![
        message.conversation_id.into(),
        (message.seq - AROUND).into(),
        (message.seq + AROUND).into(),
    ];
    let condition = "WHERE m.conversation_id = $1 AND m.seq BETWEEN $2 AND $3 ORDER BY m.seq";
    Ok(Some(Witness {
        images: images::of(env.db(), &[id]).await?.remove(&id).unwrap_or_default(),
        around: line::all(env.db(), condition, values).await?,
        sender,
        message,
    }))
}
