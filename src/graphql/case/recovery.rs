//! Claims that a seller took a sold account back: what is special about them, and what their parties do.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use entity::{
    kinds,
    value::{CaseId, ImageId, OrderId},
};

use super::view::Case;
use crate::{
    dispute::{
        self, CaseCard,
        recovery::{self as domain, Statement},
    },
    graphql::{
        auth::{Auth, Need, auth},
        context::Ask,
        errors::{Failure, payload},
        id::{self, Global},
        scalars::{DateTime, Money, Uuid},
    },
    kernel::policy,
    order::Side,
    payload_type,
};

/// How far the freeze of a seller's wallet for a claim has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::FreezeStage")]
pub enum CaseFreezeStage {
    /// The whole wallet is frozen, for 72 hours from the opening.
    Whole,
    /// The whole wallet stays frozen up to day 14, by an admin's word.
    Kept,
    /// What the claim asks for is held; the wallet is free.
    Narrowed,
    /// Nothing is frozen or held.
    Ended,
}

/// What is special about a claim that a seller took a sold account back. What becomes of the seller's wallet while it is open, he and admins see.
#[derive(Debug, Clone)]
pub struct CaseRecovery {
    card: CaseCard,
    side: Option<Side>,
}

impl CaseRecovery {
    /// Of a case of this kind, as somebody on this side sees it; none: an admin.
    pub(super) fn of(card: &CaseCard, side: Option<Side>) -> Option<Self> {
        (card.case.kind == kinds::CaseKind::Recovery).then(|| Self { card: card.clone(), side })
    }

    fn sees_wallet(&self) -> bool {
        self.side != Some(Side::Bought)
    }
}

/// What is special about a claim that a seller took a sold account back. What becomes of the seller's wallet while it is open, he and admins see.
#[Object(serial)]
impl CaseRecovery {
    /// Until when the seller may answer. No admin rules before he did, or that time is over.
    async fn answer_due_at(&self) -> Option<DateTime> {
        self.card.case.answer_due_at.map(DateTime)
    }
    /// When the seller answered. Null: he did not.
    async fn answered_at(&self) -> Option<DateTime> {
        self.card.case.answered_at.map(DateTime)
    }
    /// How far the freeze of the seller's wallet has come. Null for the buyer.
    async fn freeze_stage(&self) -> Option<CaseFreezeStage> {
        let stage = self.card.case.freeze_stage.filter(|_| self.sees_wallet());
        stage.map(CaseFreezeStage::from)
    }
    /// When that stage ends by itself. Null: nothing is frozen or held; and for the buyer.
    async fn freeze_due_at(&self) -> Option<DateTime> {
        self.card.case.freeze_due_at.filter(|_| self.sees_wallet()).map(DateTime)
    }
    /// Why an admin keeps the whole wallet frozen. Null: none does; and for the buyer.
    async fn kept_reason(&self) -> Option<&str> {
        self.card.case.kept_reason.as_deref().filter(|_| self.sees_wallet())
    }
    /// What is held of the seller's wallet. Null for the buyer.
    async fn held(&self) -> Option<Money> {
        self.sees_wallet().then(|| self.card.case.held.into())
    }
    /// What the buyer was given out of the seller's wallet. Null: the claim was not upheld.
    async fn recovered(&self) -> Option<Money> {
        self.card.case.recovered.map(Money::from)
    }
    /// What the platform advanced of the rest. Null: the claim was not upheld.
    async fn advanced(&self) -> Option<Money> {
        self.card.case.advanced.map(Money::from)
    }
}

/// What you claim.
#[derive(InputObject)]
pub struct CaseOpenInput {
    /// About which order: one that you bought, completed, and under warranty.
    pub order_id: ID,
    /// What happened: 2 to 2,000 characters, which the seller reads.
    pub text: String,
    /// Ids of up to 20 images that you uploaded as evidence and have not used.
    #[graphql(default)]
    pub image_ids: Vec<ID>,
    /// Made by you for this one act: sending it again answers the same case.
    pub idempotency_key: Uuid,
}

/// What you answer to a claim.
#[derive(InputObject)]
pub struct CaseAnswerInput {
    /// Which case.
    pub id: ID,
    /// What you say: 2 to 2,000 characters, which the buyer reads.
    pub text: String,
    /// Ids of up to 20 images that you uploaded as evidence and have not used.
    #[graphql(default)]
    pub image_ids: Vec<ID>,
    /// Made by you for this one act: sending it again answers the same case.
    pub idempotency_key: Uuid,
}

/// What you bring in a case.
#[derive(InputObject)]
pub struct CaseEvidenceAddInput {
    /// Which case.
    pub id: ID,
    /// What you say: 2 to 2,000 characters, which the other side reads.
    pub text: String,
    /// Ids of up to 20 images that you uploaded as evidence and have not used.
    #[graphql(default)]
    pub image_ids: Vec<ID>,
    /// Made by you for this one act: sending it again answers the same case.
    pub idempotency_key: Uuid,
}

/// A claim that you take back.
#[derive(InputObject)]
pub struct CaseWithdrawInput {
    /// Which case.
    pub id: ID,
    /// Made by you for this one act: sending it again answers the same case.
    pub idempotency_key: Uuid,
}

payload_type! {
    /// What `caseOpen` answers.
    CaseOpenPayload {
        /// The case, waiting for the seller's answer.
        case: Case
    }
}
payload_type! {
    /// What `caseAnswer` answers.
    CaseAnswerPayload {
        /// The case, waiting for an admin.
        case: Case
    }
}
payload_type! {
    /// What `caseEvidenceAdd` answers.
    CaseEvidenceAddPayload {
        /// The case.
        case: Case
    }
}
payload_type! {
    /// What `caseWithdraw` answers.
    CaseWithdrawPayload {
        /// The case, withdrawn.
        case: Case
    }
}

/// Mutations of claims by their parties.
#[derive(Default)]
pub struct ClaimantMutation;

#[Object]
impl ClaimantMutation {
    /// Says that the seller of an account took it back after you had confirmed the order, within its warranty. His wallet is frozen at once; he has
    /// 48 hours to answer; an admin decides. One claim an order is open or upheld at a time, and claims that are rejected again and again are
    /// looked into.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn case_open(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order, and what proves it.")] input: CaseOpenInput,
    ) -> Result<Option<CaseOpenPayload>> {
        payload(ctx, open(ctx, input).await)
    }

    /// Answers a claim against you, once and within 48 hours. More you may bring by `caseEvidenceAdd` while the case is open.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn case_answer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case, and what you say and show.")] input: CaseAnswerInput,
    ) -> Result<Option<CaseAnswerPayload>> {
        payload(ctx, answer(ctx, input).await)
    }

    /// Brings evidence in a case of yours, while it takes any: at most 20 pieces from each side. It cannot be changed.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn case_evidence_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case, and what you say and show.")] input: CaseEvidenceAddInput,
    ) -> Result<Option<CaseEvidenceAddPayload>> {
        payload(ctx, bring(ctx, input).await)
    }

    /// Takes your open claim back: nothing of the seller's is frozen or held for it any more.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn case_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case.")] input: CaseWithdrawInput,
    ) -> Result<Option<CaseWithdrawPayload>> {
        payload(ctx, withdraw(ctx, &input).await)
    }
}

fn statement<T: Global>(about: &ID, text: String, images: &[ID], key: Uuid) -> Result<Statement, Failure> {
    Ok(Statement {
        about: id::decode::<T>(about)?.uuid(),
        text,
        images: images.iter().map(id::decode::<ImageId>).collect::<Result<_, _>>()?,
        key: key.0,
    })
}

async fn open(ctx: &Context<'_>, input: CaseOpenInput) -> Result<Case, Failure> {
    let buyer = policy::trader(ctx.actor())?;
    let statement = statement::<OrderId>(&input.order_id, input.text, &input.image_ids, input.idempotency_key)?;
    let case = domain::open::open(ctx.env(), buyer, &statement).await?;
    Case::find(ctx, case).await
}

async fn answer(ctx: &Context<'_>, input: CaseAnswerInput) -> Result<Case, Failure> {
    let seller = policy::trader(ctx.actor())?;
    let statement = statement::<CaseId>(&input.id, input.text, &input.image_ids, input.idempotency_key)?;
    let case = domain::answer::answer(ctx.env(), seller, &statement).await?;
    Case::find(ctx, case).await
}

async fn bring(ctx: &Context<'_>, input: CaseEvidenceAddInput) -> Result<Case, Failure> {
    let party = policy::trader(ctx.actor())?;
    let statement = statement::<CaseId>(&input.id, input.text, &input.image_ids, input.idempotency_key)?;
    let case = dispute::evidence::bring(ctx.env(), party, &statement).await?;
    Case::find(ctx, case).await
}

async fn withdraw(ctx: &Context<'_>, input: &CaseWithdrawInput) -> Result<Case, Failure> {
    let buyer = policy::trader(ctx.actor())?;
    let case = domain::withdraw::withdraw(ctx.env(), buyer, id::decode(&input.id)?, input.idempotency_key.0).await?;
    Case::find(ctx, case).await
}
