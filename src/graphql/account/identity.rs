//! Real-name verification.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use entity::kinds;

use super::Viewer;
use crate::{
    account::{
        identity,
        verify_identity::{self, HandIn},
    },
    graphql::{
        auth::{Auth, Need, auth},
        context::Ask,
        errors::{Failure, payload, upload_missing},
        id,
        media::Upload,
        scalars::DateTime,
    },
    kernel::policy::{self, Member},
    media, payload_type,
};

/// Where a real-name verification stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::IdentityState")]
pub enum IdentityState {
    /// Waits for a decision.
    Pending,
    /// The name is verified.
    Approved,
    /// Refused; another try is open.
    Rejected,
}

/// Your real-name verification, masked.
#[derive(Debug, SimpleObject)]
#[graphql(serial)]
pub struct Identity {
    /// Where it stands.
    pub state: IdentityState,
    /// The first character of your name, and stars.
    pub name: String,
    /// The first and last two characters of your number, and stars between them.
    pub number: String,
    /// When you handed it in.
    pub submitted_at: DateTime,
    /// When it was decided.
    pub decided_at: Option<DateTime>,
    /// Why an administrator rejected it. Null: he did not.
    pub reject_reason: Option<String>,
    /// When it is given up if nobody decides; you are told then and can hand it in again. Null: it does not wait.
    pub lapses_at: Option<DateTime>,
}

impl From<identity::Identity> for Identity {
    fn from(identity: identity::Identity) -> Self {
        Self {
            state: identity.state.into(),
            name: identity.name,
            number: identity.number,
            submitted_at: DateTime(identity.submitted_at),
            decided_at: identity.decided_at.map(DateTime),
            reject_reason: identity.reason,
            lapses_at: identity.lapses_at.map(DateTime),
        }
    }
}

/// Who you really are.
#[derive(InputObject)]
pub struct IdentityVerifyInput {
    /// Your name as on your identity card: 2 to 40 letters or Chinese characters.
    pub name: String,
    /// The 18 characters of your identity card's number.
    pub number: String,
    /// The photograph of your identity card, from `identityPhotoUpload`. Where an administrator decides, both photographs are needed.
    pub card_photo_id: Option<ID>,
    /// The photograph of yourself with your identity card, from `identityPhotoUpload`.
    pub person_photo_id: Option<ID>,
}

/// A photograph for your real-name verification.
#[derive(InputObject)]
pub struct IdentityPhotoUploadInput {
    /// Which of the two.
    pub part: IdentityPhotoPart,
    /// A PNG, JPEG or WebP of at most 10 MB and some 24 million pixels.
    pub file: Upload,
}

/// Which photograph of a real-name verification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum IdentityPhotoPart {
    /// The identity card.
    Card,
    /// The person with the card.
    Person,
}

impl From<IdentityPhotoPart> for media::IdentityPhoto {
    fn from(part: IdentityPhotoPart) -> Self {
        match part {
            IdentityPhotoPart::Card => Self::Card,
            IdentityPhotoPart::Person => Self::Person,
        }
    }
}

payload_type! {
    /// What `identityPhotoUpload` answers.
    IdentityPhotoUploadPayload {
        /// The photograph's id, for `identityVerify`. It is gone after 24 hours if that does not take it.
        photo_id: ID
    }
}
payload_type! {
    /// What `identityVerify` answers.
    IdentityVerifyPayload {
        /// You: verified at once, or waiting for an administrator, as your `identity` says.
        viewer: Viewer
    }
}

/// Mutations of real-name verification.
#[derive(Default)]
pub struct IdentityMutation;

#[Object]
impl IdentityMutation {
    /// Uploads a photograph for your real-name verification, by a multipart request. It lies sealed: only the administrator who decides sees
    /// it, and it is destroyed after the decision.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn identity_photo_upload(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The photograph, and which it is.")] input: IdentityPhotoUploadInput,
    ) -> Result<Option<IdentityPhotoUploadPayload>> {
        let member = policy::member(ctx.actor())?;
        let Some(file) = input.file.file(ctx) else {
            return payload(ctx, Err(upload_missing()));
        };
        let done = media::upload_photo(ctx.env(), member, input.part.into(), Box::new(file.into_read())).await;
        payload(ctx, done.map(|image| id::encode(image.id)).map_err(Failure::from))
    }

    /// Verifies your real name, which everything with money needs. One person, one account; adults only. Ten tries a day. Where an
    /// administrator decides, it waits for him for at most 30 days; what nobody looks at yet can be handed in anew.
    #[graphql(guard = "Auth(Need::Member)", directive = auth::apply(Need::Member))]
    async fn identity_verify(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who you really are.")] input: IdentityVerifyInput,
    ) -> Result<Option<IdentityVerifyPayload>> {
        payload(ctx, verify(ctx, &input).await.map(Viewer::new))
    }
}

async fn verify(ctx: &Context<'_>, input: &IdentityVerifyInput) -> Result<Member, Failure> {
    let member = policy::member(ctx.actor())?;
    let given = HandIn {
        name: &input.name,
        number: &input.number,
        card: input.card_photo_id.as_ref().map(id::decode).transpose()?,
        person: input.person_photo_id.as_ref().map(id::decode).transpose()?,
    };
    Ok(match verify_identity::verify(ctx.env(), member, given).await? {
        kinds::IdentityState::Approved => member.verified(),
        kinds::IdentityState::Pending | kinds::IdentityState::Rejected => member,
    })
}
