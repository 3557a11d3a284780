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
    match step {
        CaseStep::Opened => vec![(seller, Kind::CaseOpened)],
        CaseStep::Answered => vec![(buyer, Kind::CaseAnswered)],
        CaseStep::EvidenceAdded => vec![(buyer, Kind::CaseEvidence), (seller, Kind::CaseEvidence)],
        CaseStep::FreezeKept => vec![(seller, Kind::CaseFreezeKept)],
        CaseStep::FreezeNarrowed => vec![(seller, Kind::CaseFreezeNarrowed)],
        CaseStep::FreezeEnded => vec![(seller, Kind::CaseFreezeEnded)],
        CaseStep::Withdrawn => vec![(seller, Kind::CaseWithdrawn)],
        CaseStep::Upheld => vec![(buyer, Kind::CaseUpheldForYou), (seller, Kind::CaseUpheldAgainstYou)],
        CaseStep::Rejected => vec![(buyer, Kind::CaseRejected), (seller, Kind::CaseDismissed)],
        // These are seen in the case, by whoever has it open.
        CaseStep::EvidenceDone
        | CaseStep::ReviewBegan
        | CaseStep::RulingMade
        | CaseStep::RulingRefused
        | CaseStep::RulingLapsed
        | CaseStep::Revealed
        | CaseStep::FoundDamaged
        | CaseStep::FoundWorthless
        | CaseStep::FoundIntact
        | CaseStep::FoundTakenBack
        | CaseStep::Consented
        | CaseStep::MediationBegan
        | CaseStep::MessageSent
        | CaseStep::ProposalMade
        | CaseStep::ProposalAccepted
        | CaseStep::FinalRulingBegan
        | CaseStep::Closed => Vec::new(),
    }
}
