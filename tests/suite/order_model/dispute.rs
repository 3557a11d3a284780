//! The case about a refused return, in the model.

use entity::kinds::Finding;
use handover::{dispute::refusal::state as case, order::Side};

use super::{Act, World};

/// Where the case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dispute {
    Evidence {
        buyer_done: bool,
        seller_done: bool,
    },
    Examined,
    Damaged {
        percent: i32,
        buyer_consents: bool,
        seller_consents: bool,
    },
    Intact,
    Mediated {
        percent: i32,
    },
    ToBeRuled {
        percent: i32,
    },
}

impl World {
    /// What comes of an act in a dispute.
    pub(super) fn disputed(&self, dispute: Dispute, act: Act) -> Option<Self> {
        let mut next = self.clone();
        match (dispute, act) {
            (Dispute::Evidence { buyer_done, seller_done }, Act::SaysDone(side)) => {
                next.dispute = Some(done(buyer_done, seller_done, side)?)
            }
            (Dispute::Evidence { .. }, Act::TimePasses) => next.dispute = Some(Dispute::Examined),
            (Dispute::Examined, Act::Finds(Finding::Damaged, percent)) => {
                next.dispute = Some(Dispute::Damaged {
                    percent,
                    buyer_consents: false,
                    seller_consents: false,
                });
            }
            (Dispute::Examined, Act::Finds(Finding::Intact, _) | Act::TimePasses) => next.dispute = Some(Dispute::Intact),
            (Dispute::Examined, Act::Finds(Finding::Worthless, _)) => next.divide(100),
            (Dispute::Examined, Act::Finds(Finding::TakenBack, _)) => next.divide(0),
            (damaged @ Dispute::Damaged { .. }, Act::Consents(_) | Act::Objects(_)) => return self.answered(damaged, act),
            (Dispute::Damaged { percent, .. } | Dispute::ToBeRuled { percent }, Act::TimePasses) => next.divide(percent),
            (Dispute::Intact, Act::Consents(Side::Sold) | Act::TimePasses) => next.divide(0),
            (Dispute::Intact, Act::Objects(Side::Sold)) => next.dispute = Some(Dispute::Mediated { percent: 0 }),
            (Dispute::Mediated { .. } | Dispute::ToBeRuled { .. }, Act::Settle(percent))
            | (Dispute::ToBeRuled { .. }, Act::Rules(percent)) => next.divide(percent),
            (Dispute::Mediated { percent }, Act::TimePasses) => next.dispute = Some(Dispute::ToBeRuled { percent }),
            _ => return None,
        }
        Some(next)
    }

    /// What comes of a word on damage that was found. Whoever has consented says nothing more.
    fn answered(&self, damaged: Dispute, act: Act) -> Option<Self> {
        let Dispute::Damaged {
            percent,
            buyer_consents,
            seller_consents,
        } = damaged
        else {
            return None;
        };
        let (Act::Consents(side) | Act::Objects(side)) = act else {
            return None;
        };
        let (has, other) = match side {
            Side::Bought => (buyer_consents, seller_consents),
            Side::Sold => (seller_consents, buyer_consents),
        };
        if has {
            return None;
        }
        let mut next = self.clone();
        match act {
            Act::Objects(_) => next.dispute = Some(Dispute::Mediated { percent }),
            _ if other => next.divide(percent),
            _ => {
                next.dispute = Some(Dispute::Damaged {
                    percent,
                    buyer_consents: buyer_consents || side == Side::Bought,
                    seller_consents: seller_consents || side == Side::Sold,
                });
            }
        }
        Some(next)
    }
}

/// Somebody has brought what he has. None: he had said so before.
fn done(buyer_done: bool, seller_done: bool, side: Side) -> Option<Dispute> {
    let (has, other) = match side {
        Side::Bought => (buyer_done, seller_done),
        Side::Sold => (seller_done, buyer_done),
    };
    if has {
        return None;
    }
    Some(if other {
        Dispute::Examined
    } else {
        Dispute::Evidence {
            buyer_done: buyer_done || side == Side::Bought,
            seller_done: seller_done || side == Side::Sold,
        }
    })
}

/// The machine's word for where a case stands.
pub(super) fn place(dispute: Dispute) -> case::Place {
    match dispute {
        Dispute::Evidence { .. } => case::Place::Gathering,
        Dispute::Examined => case::Place::InReview,
        Dispute::Damaged { .. } => case::Place::Damaged,
        Dispute::Intact => case::Place::Intact,
        Dispute::Mediated { .. } => case::Place::Mediation,
        Dispute::ToBeRuled { .. } => case::Place::FinalRuling,
    }
}

/// The machine's word for an act in a dispute. None: it depends on what both said before, which whoever takes the step looks at.
pub(super) fn case_step(dispute: Dispute, act: Act) -> Option<case::Step> {
    use case::Step;
    Some(match (dispute, act) {
        (Dispute::Evidence { .. }, Act::SaysDone(_)) | (Dispute::Damaged { .. }, Act::Consents(_) | Act::Objects(_)) => return None,
        (_, Act::SaysDone(_)) => Step::BothDone,
        (_, Act::Finds(Finding::Damaged, _)) => Step::FindDamaged,
        (_, Act::Finds(Finding::Worthless, _)) => Step::FindWorthless,
        (_, Act::Finds(Finding::Intact, _)) => Step::FindIntact,
        (_, Act::Finds(Finding::TakenBack, _)) => Step::FindTakenBack,
        (_, Act::Consents(Side::Bought)) => Step::BuyerConsents,
        (_, Act::Consents(Side::Sold)) => Step::SellerConsents,
        (_, Act::Objects(Side::Bought)) => Step::BuyerObjects,
        (_, Act::Objects(Side::Sold)) => Step::SellerObjects,
        (_, Act::Settle(_)) => Step::Agree,
        (_, Act::Rules(_)) => Step::Rule,
        (_, Act::TimePasses) => return case::timer(place(dispute)),
        _ => return None,
    })
}
