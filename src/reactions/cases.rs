//! Who is told of the steps of a case.

use entity::{
    kinds::{CaseStep, NoticeKind},
    value::UserId,
};

use crate::kernel::Event;

/// Who is told what of a case's step. Whoever took it knows.
pub(super) fn notices(event: &Event) -> Vec<(UserId, NoticeKind)> {
    let Event::CaseMoved {
        buyer, seller, step, by, ..
    } = *event
    else {
        return Vec::new();
    };
    let mut told = of_step(step, buyer, seller);
    told.retain(|(user, _)| Some(*user) != by);
    told
}

fn of_step(step: CaseStep, buyer: UserId, seller: UserId) -> Vec<(UserId, NoticeKind)> {
    use NoticeKind as Kind;
    let both = |kind: Kind| vec![(buyer, kind), (seller, kind)];
    match step {
        CaseStep::Opened => vec![(seller, Kind::CaseOpened)],
        CaseStep::Answered => vec![(buyer, Kind::CaseAnswered)],
        CaseStep::EvidenceAdded => both(Kind::CaseEvidence),
        CaseStep::FreezeKept => vec![(seller, Kind::CaseFreezeKept)],
        CaseStep::FreezeNarrowed => vec![(seller, Kind::CaseFreezeNarrowed)],
        CaseStep::FreezeEnded => vec![(seller, Kind::CaseFreezeEnded)],
        CaseStep::Withdrawn => vec![(seller, Kind::CaseWithdrawn)],
        CaseStep::Upheld => vec![(buyer, Kind::CaseUpheldForYou), (seller, Kind::CaseUpheldAgainstYou)],
        CaseStep::Rejected => vec![(buyer, Kind::CaseRejected), (seller, Kind::CaseDismissed)],
        CaseStep::Revealed => both(Kind::CaseRevealed),
        CaseStep::FoundDamaged => both(Kind::CaseFoundDamaged),
        CaseStep::FoundWorthless => both(Kind::CaseFoundWorthless),
        CaseStep::FoundIntact => vec![(buyer, Kind::CaseFoundForYou), (seller, Kind::CaseFoundIntact)],
        CaseStep::FoundTakenBack => both(Kind::CaseFoundTakenBack),
        CaseStep::MediationBegan => both(Kind::CaseMediationBegan),
        CaseStep::ProposalMade => both(Kind::CaseProposalMade),
        CaseStep::ProposalAccepted => both(Kind::CaseProposalAccepted),
        CaseStep::FinalRulingBegan => both(Kind::CaseFinalRulingBegan),
        CaseStep::Ruled => both(Kind::CaseRuled),
        // These are seen in the case, by whoever has it open; of its end the order's own notices tell.
        CaseStep::EvidenceDone
        | CaseStep::ReviewBegan
        | CaseStep::RulingMade
        | CaseStep::RulingRefused
        | CaseStep::RulingLapsed
        | CaseStep::Consented
        | CaseStep::MessageSent
        | CaseStep::Closed => Vec::new(),
    }
}
