//! The rule of case B: a return that the seller refused. Every pair of place and step is listed, so that a new one does not compile until somebody
//! has decided. Admins move it on, and if they do not, its timers do.

/// Where such a case stands. After a finding that is offered, what was found is part of it: the two go on differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// Both bring evidence.
    Gathering,
    /// An admin examines the account.
    InReview,
    /// Found damaged: both may consent or object.
    Damaged,
    /// Found intact: the seller may consent or object.
    Intact,
    /// Both look for a settlement, with an admin.
    Mediation,
    /// Waits for the final ruling.
    FinalRuling,
    /// Over.
    Closed,
}

/// What somebody or a timer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// The second of both says that he has brought everything.
    BothDone,
    /// The time to bring evidence has run out.
    GatherTimer,
    /// An admin finds the account damaged.
    FindDamaged,
    /// An admin finds it worthless, or not handed back.
    FindWorthless,
    /// An admin finds it intact.
    FindIntact,
    /// An admin finds that the seller took it back while the order ran.
    FindTakenBack,
    /// Nobody has found anything in time.
    FindingTimer,
    /// The buyer consents to what was found.
    BuyerConsents,
    /// The seller consents to what was found.
    SellerConsents,
    /// Both have consented: whoever takes the step has looked.
    BothConsent,
    /// The buyer asks for mediation.
    BuyerObjects,
    /// The seller refuses what was found.
    SellerObjects,
    /// The time to object has run out.
    ConsentTimer,
    /// Buyer and seller have accepted the same version of a settlement.
    Agree,
    /// There was no settlement in time.
    MediationTimer,
    /// An admin who did not make the finding rules.
    Rule,
    /// There was no ruling in time.
    RulingTimer,
}

/// How the escrow is divided in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// By what was found: the share of a damaged account, nothing for the seller of an intact one.
    Finding,
    /// All of it goes to the seller, and the buyer is blacklisted.
    Worthless,
    /// All of it goes to the buyer, and the seller is blacklisted.
    TakenBack,
    /// By what both agreed on.
    Agreement,
    /// By the final ruling.
    Ruling,
}

/// Where a step leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// On, without money moving.
    To(Place),
    /// To the end: the escrow is divided.
    End(Basis),
}

/// The step is not possible there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{step:?} is not possible in {place:?}")]
pub struct IllegalStep {
    /// Where the case stands.
    pub place: Place,
    /// What was wanted.
    pub step: Step,
}

/// The step that the end of a wait takes by itself. None: the case is over.
#[must_use]
pub const fn timer(place: Place) -> Option<Step> {
    match place {
        Place::Gathering => Some(Step::GatherTimer),
        Place::InReview => Some(Step::FindingTimer),
        Place::Damaged | Place::Intact => Some(Step::ConsentTimer),
        Place::Mediation => Some(Step::MediationTimer),
        Place::FinalRuling => Some(Step::RulingTimer),
        Place::Closed => None,
    }
}

/// Where a step leads.
pub const fn advance(place: Place, step: Step) -> Result<Next, IllegalStep> {
    let next = match place {
        Place::Gathering => gathering(step),
        Place::InReview => in_review(step),
        Place::Damaged => damaged(step),
        Place::Intact => intact(step),
        Place::Mediation => mediation(step),
        Place::FinalRuling => final_ruling(step),
        Place::Closed => None,
    };
    match next {
        Some(next) => Ok(next),
        None => Err(IllegalStep { place, step }),
    }
}

const fn gathering(step: Step) -> Option<Next> {
    match step {
        Step::BothDone | Step::GatherTimer => Some(Next::To(Place::InReview)),
        Step::FindDamaged
        | Step::FindWorthless
        | Step::FindIntact
        | Step::FindTakenBack
        | Step::FindingTimer
        | Step::BuyerConsents
        | Step::SellerConsents
        | Step::BothConsent
        | Step::BuyerObjects
        | Step::SellerObjects
        | Step::ConsentTimer
        | Step::Agree
        | Step::MediationTimer
        | Step::Rule
        | Step::RulingTimer => None,
    }
}

const fn in_review(step: Step) -> Option<Next> {
    match step {
        Step::FindDamaged => Some(Next::To(Place::Damaged)),
        Step::FindWorthless => Some(Next::End(Basis::Worthless)),
        Step::FindIntact | Step::FindingTimer => Some(Next::To(Place::Intact)),
        Step::FindTakenBack => Some(Next::End(Basis::TakenBack)),
        Step::BothDone
        | Step::GatherTimer
        | Step::BuyerConsents
        | Step::SellerConsents
        | Step::BothConsent
        | Step::BuyerObjects
        | Step::SellerObjects
        | Step::ConsentTimer
        | Step::Agree
        | Step::MediationTimer
        | Step::Rule
        | Step::RulingTimer => None,
    }
}

/// The seller's consent alone ends nothing: the buyer may ask for mediation in the same time.
const fn damaged(step: Step) -> Option<Next> {
    match step {
        Step::BuyerConsents | Step::SellerConsents => Some(Next::To(Place::Damaged)),
        Step::BothConsent | Step::ConsentTimer => Some(Next::End(Basis::Finding)),
        Step::BuyerObjects | Step::SellerObjects => Some(Next::To(Place::Mediation)),
        Step::BothDone
        | Step::GatherTimer
        | Step::FindDamaged
        | Step::FindWorthless
        | Step::FindIntact
        | Step::FindTakenBack
        | Step::FindingTimer
        | Step::Agree
        | Step::MediationTimer
        | Step::Rule
        | Step::RulingTimer => None,
    }
}

/// The buyer is given everything: there is nothing to which he could consent or object.
const fn intact(step: Step) -> Option<Next> {
    match step {
        Step::SellerConsents | Step::ConsentTimer => Some(Next::End(Basis::Finding)),
        Step::SellerObjects => Some(Next::To(Place::Mediation)),
        Step::BothDone
        | Step::GatherTimer
        | Step::FindDamaged
        | Step::FindWorthless
        | Step::FindIntact
        | Step::FindTakenBack
        | Step::FindingTimer
        | Step::BuyerConsents
        | Step::BothConsent
        | Step::BuyerObjects
        | Step::Agree
        | Step::MediationTimer
        | Step::Rule
        | Step::RulingTimer => None,
    }
}

const fn mediation(step: Step) -> Option<Next> {
    match step {
        Step::Agree => Some(Next::End(Basis::Agreement)),
        Step::MediationTimer => Some(Next::To(Place::FinalRuling)),
        Step::BothDone
        | Step::GatherTimer
        | Step::FindDamaged
        | Step::FindWorthless
        | Step::FindIntact
        | Step::FindTakenBack
        | Step::FindingTimer
        | Step::BuyerConsents
        | Step::SellerConsents
        | Step::BothConsent
        | Step::BuyerObjects
        | Step::SellerObjects
        | Step::ConsentTimer
        | Step::Rule
        | Step::RulingTimer => None,
    }
}

/// Both may still agree; it is their money.
const fn final_ruling(step: Step) -> Option<Next> {
    match step {
        Step::Agree => Some(Next::End(Basis::Agreement)),
        Step::Rule => Some(Next::End(Basis::Ruling)),
        Step::RulingTimer => Some(Next::End(Basis::Finding)),
        Step::BothDone
        | Step::GatherTimer
        | Step::FindDamaged
        | Step::FindWorthless
        | Step::FindIntact
        | Step::FindTakenBack
        | Step::FindingTimer
        | Step::BuyerConsents
        | Step::SellerConsents
        | Step::BothConsent
        | Step::BuyerObjects
        | Step::SellerObjects
        | Step::ConsentTimer
        | Step::MediationTimer => None,
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, fmt::Write};

    use proptest::{
        prelude::{prop_assert, proptest},
        test_runner::Config,
    };

    use super::*;

    const PLACES: [Place; 7] = [
        Place::Gathering,
        Place::InReview,
        Place::Damaged,
        Place::Intact,
        Place::Mediation,
        Place::FinalRuling,
        Place::Closed,
    ];

    const STEPS: [Step; 17] = [
        Step::BothDone,
        Step::GatherTimer,
        Step::FindDamaged,
        Step::FindWorthless,
        Step::FindIntact,
        Step::FindTakenBack,
        Step::FindingTimer,
        Step::BuyerConsents,
        Step::SellerConsents,
        Step::BothConsent,
        Step::BuyerObjects,
        Step::SellerObjects,
        Step::ConsentTimer,
        Step::Agree,
        Step::MediationTimer,
        Step::Rule,
        Step::RulingTimer,
    ];

    fn place_after(place: Place, step: Step) -> Option<Place> {
        Some(match advance(place, step).ok()? {
            Next::To(place) => place,
            Next::End(_) => Place::Closed,
        })
    }

    #[test]
    fn the_machine_of_a_refused_return() {
        let mut table = String::new();
        for place in PLACES {
            for step in STEPS {
                if let Ok(next) = advance(place, step) {
                    writeln!(table, "{place:?} + {step:?} -> {next:?}").unwrap();
                }
            }
        }
        insta::assert_snapshot!(table, @r"
        Gathering + BothDone -> To(InReview)
        Gathering + GatherTimer -> To(InReview)
        InReview + FindDamaged -> To(Damaged)
        InReview + FindWorthless -> End(Worthless)
        InReview + FindIntact -> To(Intact)
        InReview + FindTakenBack -> End(TakenBack)
        InReview + FindingTimer -> To(Intact)
        Damaged + BuyerConsents -> To(Damaged)
        Damaged + SellerConsents -> To(Damaged)
        Damaged + BothConsent -> End(Finding)
        Damaged + BuyerObjects -> To(Mediation)
        Damaged + SellerObjects -> To(Mediation)
        Damaged + ConsentTimer -> End(Finding)
        Intact + SellerConsents -> End(Finding)
        Intact + SellerObjects -> To(Mediation)
        Intact + ConsentTimer -> End(Finding)
        Mediation + Agree -> End(Agreement)
        Mediation + MediationTimer -> To(FinalRuling)
        FinalRuling + Agree -> End(Agreement)
        FinalRuling + Rule -> End(Ruling)
        FinalRuling + RulingTimer -> End(Finding)
        ");
    }

    #[test]
    fn every_place_is_reached_and_from_each_the_timers_alone_come_to_the_end() {
        let mut reached = HashSet::from([Place::Gathering]);
        let mut look = vec![Place::Gathering];
        while let Some(place) = look.pop() {
            let next = STEPS.iter().filter_map(|step| place_after(place, *step));
            look.extend(next.filter(|next| reached.insert(*next)));
        }
        assert_eq!(reached.len(), PLACES.len());
        for start in PLACES {
            let mut place = start;
            for _ in 0..5 {
                if let Some(step) = timer(place) {
                    place = place_after(place, step).expect("a timer leads on");
                }
            }
            assert_eq!(place, Place::Closed, "from {start:?}");
        }
    }

    #[test]
    fn what_is_over_stays_over() {
        assert!(STEPS.iter().all(|step| advance(Place::Closed, *step).is_err()));
        assert_eq!(timer(Place::Closed), None);
    }

    proptest! {
        #![proptest_config(Config { cases: 10_000, failure_persistence: None, ..Config::default() })]
        /// Whatever anybody tries, in any order: nothing is found after mediation began, nobody rules who was not waited for, and the money moves once.
        #[test]
        fn ten_thousand_walks_end_once_and_never_go_back(tries in proptest::collection::vec(0..STEPS.len(), 1..40)) {
            let (mut place, mut ends) = (Place::Gathering, 0);
            let rank = |place: Place| match place {
                Place::Gathering => 0,
                Place::InReview => 1,
                Place::Damaged | Place::Intact => 2,
                Place::Mediation => 3,
                Place::FinalRuling => 4,
                Place::Closed => 5,
            };
            for step in tries.into_iter().map(|at| STEPS[at]) {
                let Ok(next) = advance(place, step) else { continue };
                ends += usize::from(matches!(next, Next::End(_)));
                let after = place_after(place, step).unwrap();
                prop_assert!(rank(after) >= rank(place), "{place:?} + {step:?} goes back");
                prop_assert!(step != Step::Rule || place == Place::FinalRuling);
                place = after;
            }
            prop_assert!(ends <= 1);
            prop_assert!((ends == 1) == (place == Place::Closed));
        }
    }
}
