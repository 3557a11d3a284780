//! Sending a message.

use async_graphql::{Context, Enum, ID, InputObject, SimpleObject};
use entity::{kinds, value::UserId};

use super::{
    super::{
        context::Ask,
        errors::{Failure, Payload, UserError},
        id::{self, Global},
        scalars::Uuid,
    },
    Message,
};
use crate::{
    chat::{self, SendMessage, To},
    kernel::{policy, words},
};

/// A message to send.
#[derive(InputObject)]
pub struct ChatMessageSendInput {
    /// The id of a user, or of a conversation of yours.
    pub to: ID,
    /// Made by you for this one message: sending it again answers the same message.
    pub client_id: Uuid,
    /// Plain text of up to 2,000 characters. Empty only beside images, a listing or an order.
    #[graphql(default)]
    pub text: String,
    /// Ids of up to 9 images that you uploaded for a chat and have not used.
    #[graphql(default)]
    pub image_ids: Vec<ID>,
    /// The listing it is about, if you can see it.
    pub listing_id: Option<ID>,
    /// The order of you two that it is about.
    pub order_id: Option<ID>,
}

impl ChatMessageSendInput {
    fn message(&self) -> Result<SendMessage, Failure> {
        Ok(SendMessage {
            to: to(&self.to)?,
            client_id: self.client_id.0,
            text: self.text.clone(),
            images: self.image_ids.iter().map(id::decode).collect::<Result<_, Failure>>()?,
            listing: self.listing_id.as_ref().map(id::decode).transpose()?,
            order: self.order_id.as_ref().map(id::decode).transpose()?,
        })
    }
}

/// Reads the id of a user or of a conversation.
fn to(id: &ID) -> Result<To, Failure> {
    match id::open(id) {
        Some((UserId::TAG, user)) => Ok(To::User(UserId(user))),
        _ => id::decode(id).map(To::Conversation),
    }
}

/// Why you are warned of what you wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::FlagKind", name = "ChatWarningKind")]
pub enum WarningKind {
    /// It looks like a way to be reached outside: an account of a messenger, a number, a link.
    Contact,
    /// It holds a word that has no place here.
    ListedWord,
}

/// A warning to the sender of a message. The message was sent; who is warned again and again is looked at by an admin.
#[derive(Debug, SimpleObject)]
#[graphql(serial)]
pub struct ChatWarning {
    /// Why, for programs.
    pub kind: WarningKind,
    /// What is wrong and what to do, in your language.
    pub text: String,
}

/// What `chatMessageSend` answers.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ChatMessageSendPayload {
    /// The message.
    pub message: Option<Message>,
    /// A warning about it, for you alone.
    pub warning: Option<ChatWarning>,
    /// What the caller can mend. Empty when it was done.
    pub user_errors: Vec<UserError>,
}

impl Payload for ChatMessageSendPayload {
    type Of = (Message, Option<ChatWarning>);
    fn done((message, warning): Self::Of) -> Self {
        Self {
            message: Some(message),
            warning,
            user_errors: Vec::new(),
        }
    }
    fn refused(user_errors: Vec<UserError>) -> Self {
        Self {
            message: None,
            warning: None,
            user_errors,
        }
    }
}

/// Sends it, and says what its sender is warned of.
pub(super) async fn send(ctx: &Context<'_>, input: &ChatMessageSendInput) -> Result<(Message, Option<ChatWarning>), Failure> {
    let sender = policy::trader(ctx.actor())?;
    let sent = chat::send(ctx.env(), sender, &input.message()?).await?;
    let warning = sent.warning.map(|kind| ChatWarning {
        kind: kind.into(),
        text: words::say(ctx.locale(), warning_words(kind), &[]),
    });
    Ok((sent.line.into(), warning))
}

const fn warning_words(kind: kinds::FlagKind) -> &'static str {
    match kind {
        kinds::FlagKind::Contact => "chat-warning-contact",
        kinds::FlagKind::ListedWord => "chat-warning-listed-word",
    }
}
