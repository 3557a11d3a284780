//! The closed lists of cases, as clients see them.

use async_graphql::Enum;
use entity::kinds;

use crate::dispute::list::Claimed;

/// What a case is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::CaseKind")]
pub enum CaseKind {
    /// The seller took an account back after the order had completed.
    Recovery,
    /// The seller refused a return.
    Return,
}

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::CaseState")]
pub enum CaseState {
    /// A recovery: the seller has 48 hours to answer the claim.
    AwaitingAnswer,
    /// A return: both sides may bring evidence.
    Gathering,
    /// It waits for an admin.
    InReview,
    /// A return: an admin found something, and whom it concerns may consent or not.
    AwaitingConsent,
    /// A return: the parties look for a settlement.
    Mediation,
    /// A return: no settlement was found, and an admin has to rule.
    FinalRuling,
    /// A recovery: the claim is true.
    Upheld,
    /// A recovery: the claim is not proven.
    Rejected,
    /// A recovery: the buyer took his claim back.
    Withdrawn,
    /// A return: the escrow was given back or divided.
    Closed,
}

/// What happened to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::CaseStep")]
pub enum CaseStepKind {
    /// It was opened.
    Opened,
    /// A side brought evidence.
    EvidenceAdded,
    /// A side has nothing to add.
    EvidenceDone,
    /// The seller answered the claim.
    Answered,
    /// The time for evidence or for an answer is over; it waits for an admin.
    ReviewBegan,
    /// An admin keeps the wallet frozen.
    FreezeKept,
    /// What the claim asks for is held, and the wallet is free.
    FreezeNarrowed,
    /// Day 14 came without a ruling: nothing is frozen or held any more.
    FreezeEnded,
    /// A ruling waits for a second admin.
    RulingMade,
    /// The second admin refused a ruling.
    RulingRefused,
    /// No second admin came in time: a ruling is void.
    RulingLapsed,
    /// The buyer took his claim back.
    Withdrawn,
    /// The claim was upheld.
    Upheld,
    /// The claim was rejected.
    Rejected,
    /// An admin read credentials.
    Revealed,
    /// An admin found that the account was damaged.
    FoundDamaged,
    /// An admin found that the account is worth nothing, or was not handed back.
    FoundWorthless,
    /// An admin found, or nobody denied in time, that the account is as it was.
    FoundIntact,
    /// An admin found that the seller took the account back.
    FoundTakenBack,
    /// A side consents to the finding.
    Consented,
    /// A side does not consent: the parties look for a settlement.
    MediationBegan,
    /// Somebody wrote in the room of the case.
    MessageSent,
    /// Somebody proposed a settlement.
    ProposalMade,
    /// A side accepted a settlement.
    ProposalAccepted,
    /// No settlement was found in time: an admin rules.
    FinalRulingBegan,
    /// An admin ruled for good.
    Ruled,
    /// It ended: the escrow was given back or divided.
    Closed,
}

/// What an admin found when he examined a returned account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::Finding")]
pub enum CaseFinding {
    /// It was damaged: the seller gets a share, 1 to 99 percent. Both may consent or object.
    Damaged,
    /// It is worth nothing any more, or was not handed back: everything goes to the seller at once, and the buyer is banned.
    Worthless,
    /// It is as it was: the buyer gets everything, unless the seller objects.
    Intact,
    /// The seller took it back while the order ran: everything goes to the buyer at once, and the seller is banned.
    TakenBack,
}

/// What somebody is in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum CaseRole {
    /// Its buyer.
    Buyer,
    /// Its seller.
    Seller,
    /// An admin.
    Admin,
}

/// By who looks at a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Claimed")]
pub enum CaseClaimFilter {
    /// Nobody does.
    ByNobody,
    /// You do.
    ByMe,
    /// Another does.
    ByOther,
}
