//! What a user says of himself.

use std::ops::RangeInclusive;

use entity::{
    kinds::{ImagePurpose, Locale},
    standing, user,
    value::ImageId,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, QuerySelect};

use super::username::{self, NameRefused};
use crate::{
    kernel::{
        Env, Fault, Tx,
        policy::{Member, Trader},
        text::{TextError, clean_text},
    },
    media::{self, AttachError},
};

/// Characters of what somebody says of himself.
pub const BIO: RangeInclusive<usize> = 0..=300;

/// What to change; the rest stays.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// The name others see.
    pub nickname: Option<String>,
    /// What he says of himself.
    pub bio: Option<String>,
    /// The language of his notices and mails.
    pub locale: Option<Locale>,
    /// His picture, or none.
    pub avatar: Option<Option<ImageId>>,
    /// Whether he wants his important notices by mail as well.
    pub mail_notices: Option<bool>,
}

/// Why nothing changed.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// The nickname is not allowed.
    #[error("the nickname is not allowed: {0}")]
    Nickname(#[from] NameRefused),
    /// The text is not taken.
    #[error("bio: {0}")]
    Bio(#[from] TextError),
    /// The image is no avatar, or in use.
    #[error("the image cannot be used")]
    Avatar,
    /// He has no such image.
    #[error("no such image")]
    NoSuchImage,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<AttachError> for ProfileError {
    fn from(error: AttachError) -> Self {
        match error {
            AttachError::NotUsable => Self::Avatar,
            AttachError::NotFound => Self::NoSuchImage,
            AttachError::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// The caller's own row.
pub async fn own(env: &Env, member: Member) -> Result<user::Model, Fault> {
    let row = user::Entity::find_by_id(member.id()).one(env.db()).await?;
    row.ok_or_else(|| Fault::internal("a member has no row"))
}

/// The caller's own standing.
pub async fn standing(env: &Env, member: Member) -> Result<standing::Model, Fault> {
    let row = standing::Entity::find_by_id(member.id()).one(env.db()).await?;
    row.ok_or_else(|| Fault::internal("a member has no standing"))
}

/// Changes what a user shows of himself.
pub async fn update(env: &Env, trader: Trader, changes: Changes) -> Result<(), ProfileError> {
    let nickname = changes.nickname.as_deref().map(username::parse_nickname).transpose()?;
    let bio = changes.bio.as_deref().map(|bio| clean_text(bio, BIO)).transpose()?;
    let tx = env.begin().await?;
    let row = user::Entity::find_by_id(trader.id()).lock_exclusive().one(tx.db()).await;
    let row = row.map_err(Fault::from)?.ok_or_else(|| Fault::internal("a member has no row"))?;
    let old = row.avatar_id;
    let mut row = row.into_active_model();
    if let Some(nickname) = nickname {
        row.nickname = Set(nickname);
    }
    if let Some(bio) = bio {
        row.bio = Set(bio);
    }
    if let Some(locale) = changes.locale {
        row.locale = Set(locale);
    }
    if let Some(wanted) = changes.mail_notices {
        row.mail_notices = Set(wanted);
    }
    if let Some(avatar) = changes.avatar
        && avatar != old
    {
        swap(&tx, trader, old, avatar).await?;
        row.avatar_id = Set(avatar);
    }
    if row.is_changed() {
        row.update(tx.db()).await.map_err(Fault::from)?;
    }
    tx.commit().await?;
    tracing::info!(user = %trader.id(), "profile updated");
    Ok(())
}

/// Takes the new picture and gives the old one up.
async fn swap(tx: &Tx, trader: Trader, old: Option<ImageId>, new: Option<ImageId>) -> Result<(), ProfileError> {
    if let Some(new) = new {
        media::attach(tx, trader.id(), &[new], ImagePurpose::Avatar).await?;
    }
    if let Some(old) = old {
        media::detach(tx, old).await?;
    }
    Ok(())
}
