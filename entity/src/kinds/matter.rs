//! The closed lists of cases.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

kinds! {
    /// What a case is about.
    CaseKind {
        /// The seller took an account back after the order had completed.
        Recovery = "RECOVERY",
        /// The seller refused a return.
        Return = "RETURN",
    }

    /// Where a case stands.
    CaseState {
        /// A recovery: the seller has 48 hours to answer the claim.
        AwaitingAnswer = "AWAITING_ANSWER",
        /// A return: both sides may bring evidence.
        Gathering = "GATHERING",
        /// It waits for an admin.
        InReview = "IN_REVIEW",
        /// A return: an admin found something, and whom it concerns may consent or not.
        AwaitingConsent = "AWAITING_CONSENT",
        /// A return: the parties look for a settlement.
        Mediation = "MEDIATION",
        /// A return: no settlement was found, and an admin has to rule.
        FinalRuling = "FINAL_RULING",
        /// A recovery: the claim is true.
        Upheld = "UPHELD",
        /// A recovery: the claim is not proven.
        Rejected = "REJECTED",
        /// A recovery: the buyer took his claim back.
        Withdrawn = "WITHDRAWN",
        /// A return: the escrow was given back or divided.
        Closed = "CLOSED",
    }

    /// How far the freeze of a seller's wallet for a case has come.
    FreezeStage {
        /// The whole wallet, for 72 hours.
        Whole = "WHOLE",
        /// The whole wallet, up to day 14, by an admin's word.
        Kept = "KEPT",
        /// What the claim asks for is held; the wallet is free.
        Narrowed = "NARROWED",
        /// Nothing is frozen or held.
        Ended = "ENDED",
    }

    /// What an admin found when he looked at a returned account.
    Finding {
        /// It was damaged: the seller gets a share.
        Damaged = "DAMAGED",
        /// It is worth nothing any more, or was not handed back.
        Worthless = "WORTHLESS",
        /// It is as it was.
        Intact = "INTACT",
        /// The seller took it back while the order ran.
        TakenBack = "TAKEN_BACK",
    }

    /// What a ruling says.
    RulingKind {
        /// A claim is true.
        Uphold = "UPHOLD",
        /// A claim is not proven.
        Reject = "REJECT",
        /// What a returned account is worth.
        Finding = "FINDING",
        /// How the escrow of a disputed order is divided for good.
        Final = "FINAL",
    }

    /// Where a ruling stands that needs two admins.
    RulingState {
        /// Waits for the second admin.
        Pending = "PENDING",
        /// The second admin approved; it was carried out.
        Approved = "APPROVED",
        /// The second admin refused.
        Refused = "REFUSED",
        /// No second admin came in time, or the case ended meanwhile.
        Lapsed = "LAPSED",
    }

    /// What happened to a case.
    CaseStep {
        /// It was opened.
        Opened = "OPENED",
        /// A side brought evidence.
        EvidenceAdded = "EVIDENCE_ADDED",
        /// A side has nothing to add.
        EvidenceDone = "EVIDENCE_DONE",
        /// The seller answered the claim.
        Answered = "ANSWERED",
        /// The time for evidence or for an answer is over; it waits for an admin.
        ReviewBegan = "REVIEW_BEGAN",
        /// An admin keeps the wallet frozen.
        FreezeKept = "FREEZE_KEPT",
        /// What the claim asks for is held, and the wallet is free.
        FreezeNarrowed = "FREEZE_NARROWED",
        /// Day 14 came without a ruling: nothing is frozen or held any more.
        FreezeEnded = "FREEZE_ENDED",
        /// A ruling waits for a second admin.
        RulingMade = "RULING_MADE",
        /// The second admin refused a ruling.
        RulingRefused = "RULING_REFUSED",
        /// No second admin came in time: a ruling is void.
        RulingLapsed = "RULING_LAPSED",
        /// The buyer took his claim back.
        Withdrawn = "WITHDRAWN",
        /// The claim was upheld.
        Upheld = "UPHELD",
        /// The claim was rejected.
        Rejected = "REJECTED",
        /// An admin read credentials.
        Revealed = "REVEALED",
        /// An admin found that the account was damaged.
        FoundDamaged = "FOUND_DAMAGED",
        /// An admin found that the account is worth nothing, or was not handed back.
        FoundWorthless = "FOUND_WORTHLESS",
        /// An admin found, or nobody denied in time, that the account is as it was.
        FoundIntact = "FOUND_INTACT",
        /// An admin found that the seller took the account back.
        FoundTakenBack = "FOUND_TAKEN_BACK",
        /// A side consents to the finding.
        Consented = "CONSENTED",
        /// A side does not consent: the parties look for a settlement.
        MediationBegan = "MEDIATION_BEGAN",
        /// Somebody wrote in the room of the case.
        MessageSent = "MESSAGE_SENT",
        /// Somebody proposed a settlement.
        ProposalMade = "PROPOSAL_MADE",
        /// A side accepted a settlement.
        ProposalAccepted = "PROPOSAL_ACCEPTED",
        /// No settlement was found in time: an admin rules.
        FinalRulingBegan = "FINAL_RULING_BEGAN",
        /// An admin ruled for good.
        Ruled = "RULED",
        /// It ended: the escrow was given back or divided.
        Closed = "CLOSED",
    }
}

impl CaseStep {
    /// Whether the parties hear of it. What admins have not agreed on yet is theirs alone.
    #[must_use]
    pub const fn is_for_parties(self) -> bool {
        match self {
            Self::RulingMade | Self::RulingRefused | Self::RulingLapsed => false,
            Self::Opened
            | Self::EvidenceAdded
            | Self::EvidenceDone
            | Self::Answered
            | Self::ReviewBegan
            | Self::FreezeKept
            | Self::FreezeNarrowed
            | Self::FreezeEnded
            | Self::Withdrawn
            | Self::Upheld
            | Self::Rejected
            | Self::Revealed
            | Self::FoundDamaged
            | Self::FoundWorthless
            | Self::FoundIntact
            | Self::FoundTakenBack
            | Self::Consented
            | Self::MediationBegan
            | Self::MessageSent
            | Self::ProposalMade
            | Self::ProposalAccepted
            | Self::FinalRulingBegan
            | Self::Ruled
            | Self::Closed => true,
        }
    }
}
