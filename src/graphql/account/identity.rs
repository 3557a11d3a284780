//! Real-name verification.

use async_graphql::{Context, Enum, InputObject, Object, Result, SimpleObject};
use entity::kinds;

use super::Viewer;
use crate::{
    account::{identity, verify_identity},
    graphql::{
        auth::{Auth, Need, auth},
        context::Ask,
        errors::{Failure, payload},
        scalars::DateTime,
    },
    kernel::policy::{self, Member},
    payload_type,
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
}

impl From<identity::Identity> for Identity {
    fn from(identity: identity::Identity) -> Self {
        Self {
            state: identity.state.into(),
            name: identity.name,
            number: identity.number,
            submitted_at: DateTime(identity.submitted_at),
            decided_at: identity.decided_at.map(DateTime),
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
}

payload_type! {
    /// What `identityVerify` answers.
    IdentityVerifyPayload {
        /// You, verified.
        viewer: Viewer
    }
}

/// Mutations of real-name verification.
#[derive(Default)]
pub struct IdentityMutation;

#[Object]
impl IdentityMutation {
    /// Verifies your real name, which everything with money needs. One person, one account; adults only. Ten tries a day.
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
    verify_identity::verify(ctx.env(), member, &input.name, &input.number).await?;
    Ok(member.verified())
}
