//! What the parties of a case do.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::value::CaseId;

use super::view::Case;
use crate::{
    dispute::{
        file,
        refusal::{accept, answer, done, propose, room},
    },
    graphql::{
        auth::{Auth, Need, auth},
        context::Ask,
        errors::{Failure, payload},
        id,
        scalars::Uuid,
    },
    kernel::policy,
    payload_type,
};

/// A case to which you have nothing to add.
#[derive(InputObject)]
pub struct CaseEvidenceDoneInput {
    /// Which.
    pub id: ID,
}

/// A finding to which you consent.
#[derive(InputObject)]
pub struct CaseConsentInput {
    /// In which case.
    pub id: ID,
    /// Made by you for this one act: sending it again answers the same case.
    pub idempotency_key: Uuid,
}

/// A finding that you do not accept.
#[derive(InputObject)]
pub struct CaseObjectInput {
    /// In which case.
    pub id: ID,
    /// Made by you for this one act: sending it again answers the same case.
    pub idempotency_key: Uuid,
}

/// What you write in the room of a mediation.
#[derive(InputObject)]
pub struct CaseMessageSendInput {
    /// In which case.
    pub id: ID,
    /// What: 1 to 2,000 characters.
    pub text: String,
    /// Made by you for this one message: sending it again writes no second one.
    pub idempotency_key: Uuid,
}

/// A settlement that you propose.
#[derive(InputObject)]
pub struct CaseProposalMakeInput {
    /// In which case.
    pub id: ID,
    /// What of the money the seller would get, in whole percent, 0 to 100.
    pub seller_share: i32,
    /// Made by you for this one proposal: sending it again makes no second one.
    pub idempotency_key: Uuid,
}

/// A settlement that you accept.
#[derive(InputObject)]
pub struct CaseProposalAcceptInput {
    /// In which case.
    pub id: ID,
    /// The version that you saw.
    pub version: i32,
    /// Made by you for this one act: sending it again answers the same case.
    pub idempotency_key: Uuid,
}

/// A case whose file you want.
#[derive(InputObject)]
pub struct CaseFileCreateInput {
    /// Which.
    pub id: ID,
}

payload_type! {
    /// What `caseEvidenceDone` answers.
    CaseEvidenceDonePayload {
        /// The case; in review, if the other side has nothing to add either.
        case: Case
    }
}
payload_type! {
    /// What `caseConsent` answers.
    CaseConsentPayload {
        /// The case; closed, if nobody else may object.
        case: Case
    }
}
payload_type! {
    /// What `caseObject` answers.
    CaseObjectPayload {
        /// The case, in mediation.
        case: Case
    }
}
payload_type! {
    /// What `caseMessageSend` answers.
    CaseMessageSendPayload {
        /// The case, with your message in its room.
        case: Case
    }
}
payload_type! {
    /// What `caseProposalMake` answers.
    CaseProposalMakePayload {
        /// The case, with your proposal.
        case: Case
    }
}
payload_type! {
    /// What `caseProposalAccept` answers.
    CaseProposalAcceptPayload {
        /// The case; closed, if the other side accepts the same.
        case: Case
    }
}
payload_type! {
    /// What `caseFileCreate` answers.
    CaseFileCreatePayload {
        /// Where the file is, as a ZIP; relative to this server. Good for 10 to 20 minutes and for you alone: fetch it with your access token, or
        /// from a page of this server.
        url: String
    }
}

/// Mutations of the parties of cases, and of the admin in the room with them.
#[derive(Default)]
pub struct PartyMutation;

#[Object]
impl PartyMutation {
    /// Says that you have nothing to add to a case about a refused return. When both sides have, an admin examines the account. Saying it again
    /// answers the same case.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn case_evidence_done(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case.")] input: CaseEvidenceDoneInput,
    ) -> Result<Option<CaseEvidenceDonePayload>> {
        payload(ctx, evidence_done(ctx, &input).await)
    }

    /// Consents to what was found. An intact account's money goes back at once with the seller's consent; that of a damaged one is divided when
    /// both have consented, or after 48 hours without an objection.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn case_consent(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case.")] input: CaseConsentInput,
    ) -> Result<Option<CaseConsentPayload>> {
        payload(ctx, consent(ctx, &input).await)
    }

    /// Asks for mediation within 48 hours of a finding, unless you have consented to it: the seller, and of a damaged account the buyer, too.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn case_object(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case.")] input: CaseObjectInput,
    ) -> Result<Option<CaseObjectPayload>> {
        payload(ctx, object(ctx, &input).await)
    }

    /// Writes in the room of a mediation: as a party, or as the admin who claimed the case. At most 500 messages a person.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn case_message_send(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case and the message.")] input: CaseMessageSendInput,
    ) -> Result<Option<CaseMessageSendPayload>> {
        payload(ctx, message_send(ctx, &input).await)
    }

    /// Proposes a settlement in a mediation: as a party, who accepts it himself by that, or as the admin who claimed the case. The proposal before
    /// it is over. At most 100 a case.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn case_proposal_make(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case and the seller's share.")] input: CaseProposalMakeInput,
    ) -> Result<Option<CaseProposalMakePayload>> {
        payload(ctx, proposal_make(ctx, &input).await)
    }

    /// Accepts the newest proposal, if it is still the version that you saw. When both parties have, the case ends with it.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn case_proposal_accept(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case and the version.")] input: CaseProposalAcceptInput,
    ) -> Result<Option<CaseProposalAcceptPayload>> {
        payload(ctx, proposal_accept(ctx, &input).await)
    }

    /// Makes a link to the file of a case: what was bought, the chat, the log of the hand-over without credentials, evidence with hashes, rulings
    /// and timeline. For its parties and the admin who claimed it.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn case_file_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case.")] input: CaseFileCreateInput,
    ) -> Result<Option<CaseFileCreatePayload>> {
        payload(ctx, file_create(ctx, &input).await)
    }
}

async fn evidence_done(ctx: &Context<'_>, input: &CaseEvidenceDoneInput) -> Result<Case, Failure> {
    let party = policy::trader(ctx.actor())?;
    let case = done::done(ctx.env(), party, id::decode(&input.id)?).await?;
    Case::find(ctx, case).await
}

async fn consent(ctx: &Context<'_>, input: &CaseConsentInput) -> Result<Case, Failure> {
    let party = policy::trader(ctx.actor())?;
    let case = answer::consent(ctx.env(), party, id::decode(&input.id)?, input.idempotency_key.0).await?;
    Case::find(ctx, case).await
}

async fn object(ctx: &Context<'_>, input: &CaseObjectInput) -> Result<Case, Failure> {
    let party = policy::trader(ctx.actor())?;
    let case = answer::object(ctx.env(), party, id::decode(&input.id)?, input.idempotency_key.0).await?;
    Case::find(ctx, case).await
}

async fn message_send(ctx: &Context<'_>, input: &CaseMessageSendInput) -> Result<Case, Failure> {
    let case: CaseId = id::decode(&input.id)?;
    let say = room::Say {
        case,
        text: input.text.clone(),
        key: input.idempotency_key.0,
    };
    room::say(ctx.env(), room::speaker(ctx.env(), ctx.actor(), case).await?, &say).await?;
    Case::find(ctx, case).await
}

async fn proposal_make(ctx: &Context<'_>, input: &CaseProposalMakeInput) -> Result<Case, Failure> {
    let case: CaseId = id::decode(&input.id)?;
    let ask = propose::ProposeSettlement {
        case,
        share: input.seller_share,
        key: input.idempotency_key.0,
    };
    propose::propose(ctx.env(), room::speaker(ctx.env(), ctx.actor(), case).await?, &ask).await?;
    Case::find(ctx, case).await
}

async fn proposal_accept(ctx: &Context<'_>, input: &CaseProposalAcceptInput) -> Result<Case, Failure> {
    let party = policy::trader(ctx.actor())?;
    let ask = accept::AcceptSettlement {
        case: id::decode(&input.id)?,
        version: input.version,
        key: input.idempotency_key.0,
    };
    let case = accept::accept(ctx.env(), party, &ask).await?;
    Case::find(ctx, case).await
}

async fn file_create(ctx: &Context<'_>, input: &CaseFileCreateInput) -> Result<String, Failure> {
    let reader = policy::trader(ctx.actor())?;
    Ok(file::link(ctx.env(), reader, id::decode(&input.id)?).await?)
}
