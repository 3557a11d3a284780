//! The rule of claims that a seller took an account back. Every state, stage of the freeze and step is listed, so that a new one does not compile
//! until somebody has decided.

use entity::{
    case,
    kinds::{CaseState, FreezeStage},
    value::Time,
};

use crate::config::Recovery;

/// What somebody or a timer wants done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The seller answers.
    Answer,
    /// The time to answer has run out.
    AnswerTimer,
    /// An admin keeps the whole wallet frozen.
    Keep,
    /// An admin narrows the freeze to what is claimed.
    Narrow,
    /// The present stage of the freeze has run out.
    FreezeTimer,
    /// The buyer takes his claim back.
    Withdraw,
    /// An admin upholds the claim.
    Uphold,
    /// An admin rejects the claim.
    Reject,
}

/// Where a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Its state.
    pub state: CaseState,
    /// How far the freeze of the seller's wallet has come.
    pub freeze: FreezeStage,
}

/// What a step does to the seller's wallet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    Untouched,
    /// What is claimed goes into the case's hold, as far as the wallet goes; the freeze ends.
    Held,
    /// The freeze ends, or what is held goes back.
    Freed,
    /// What is claimed goes to the buyer, the rest is owed; the freeze ends.
    Paid,
}

/// The step is not possible where the claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{step:?} is not possible in {place:?}")]
pub struct IllegalStep {
    /// Where the claim stands.
    pub place: Place,
    /// What was wanted.
    pub step: Step,
}

/// Where a step leads, and what it does.
pub const fn advance(place: Place, step: Step) -> Result<(Place, Effect), IllegalStep> {
    let next = match place.state {
        CaseState::AwaitingAnswer => awaiting_answer(place.freeze, step),
        CaseState::InReview => in_review(place.freeze, step),
        CaseState::Upheld
        | CaseState::Rejected
        | CaseState::Withdrawn
        | CaseState::Gathering
        | CaseState::AwaitingConsent
        | CaseState::Mediation
        | CaseState::FinalRuling
        | CaseState::Closed => None,
    };
    match next {
        Some(next) => Ok(next),
        None => Err(IllegalStep { place, step }),
    }
}

/// Where a step leads from here. None: nowhere.
type Next = Option<(Place, Effect)>;

const fn to(state: CaseState, freeze: FreezeStage, effect: Effect) -> Next {
    Some((Place { state, freeze }, effect))
}

const fn awaiting_answer(freeze: FreezeStage, step: Step) -> Next {
    match step {
        Step::Answer | Step::AnswerTimer => to(CaseState::InReview, freeze, Effect::Untouched),
        Step::Keep | Step::Narrow | Step::FreezeTimer => frozen(CaseState::AwaitingAnswer, freeze, step),
        Step::Withdraw => to(CaseState::Withdrawn, FreezeStage::Ended, Effect::Freed),
        // The seller is heard first.
        Step::Uphold | Step::Reject => None,
    }
}

const fn in_review(freeze: FreezeStage, step: Step) -> Next {
    match step {
        Step::Keep | Step::Narrow | Step::FreezeTimer => frozen(CaseState::InReview, freeze, step),
        Step::Withdraw => to(CaseState::Withdrawn, FreezeStage::Ended, Effect::Freed),
        Step::Uphold => to(CaseState::Upheld, FreezeStage::Ended, Effect::Paid),
        Step::Reject => to(CaseState::Rejected, FreezeStage::Ended, Effect::Freed),
        Step::Answer | Step::AnswerTimer => None,
    }
}

/// The steps of the freeze: whole for a while, then narrowed, unless an admin keeps it; over on day 14. The state of the claim stays.
const fn frozen(state: CaseState, freeze: FreezeStage, step: Step) -> Next {
    match (freeze, step) {
        (FreezeStage::Whole, Step::Keep) => to(state, FreezeStage::Kept, Effect::Untouched),
        (FreezeStage::Whole, Step::Narrow | Step::FreezeTimer) | (FreezeStage::Kept, Step::Narrow) => {
            to(state, FreezeStage::Narrowed, Effect::Held)
        }
        (FreezeStage::Kept | FreezeStage::Narrowed, Step::FreezeTimer) => to(state, FreezeStage::Ended, Effect::Freed),
        (FreezeStage::Kept | FreezeStage::Narrowed, Step::Keep)
        | (FreezeStage::Narrowed, Step::Narrow)
        | (FreezeStage::Ended, Step::Keep | Step::Narrow | Step::FreezeTimer)
        | (
            FreezeStage::Whole | FreezeStage::Kept | FreezeStage::Narrowed | FreezeStage::Ended,
            Step::Answer | Step::AnswerTimer | Step::Withdraw | Step::Uphold | Step::Reject,
        ) => None,
    }
}

/// Whether a claim in this state is open.
#[must_use]
pub const fn is_open(state: CaseState) -> bool {
    matches!(state, CaseState::AwaitingAnswer | CaseState::InReview)
}

/// When the present stage of the freeze of an open claim runs out. None: nothing is frozen or held.
#[must_use]
pub fn freeze_until(opened: Time, freeze: FreezeStage, rules: &Recovery) -> Option<Time> {
    match freeze {
        FreezeStage::Whole => Some(opened.plus_hours(i64::from(rules.freeze_hours))),
        FreezeStage::Kept | FreezeStage::Narrowed => Some(opened.plus_days(i64::from(rules.hold_days))),
        FreezeStage::Ended => None,
    }
}

/// The timer of an open claim that runs out first, and when.
#[must_use]
pub fn timer(case: &case::Model) -> Option<(Step, Time)> {
    if !is_open(case.state) {
        return None;
    }
    let answer = case.answer_due_at.filter(|_| case.state == CaseState::AwaitingAnswer);
    let timers = [(Step::AnswerTimer, answer), (Step::FreezeTimer, case.freeze_due_at)];
    let running = timers.into_iter().filter_map(|(step, at)| Some((step, at?)));
    running.min_by_key(|(_, at)| *at)
}

/// Every step there is, for tests that try all of them.
pub const STEPS: [Step; 8] = [
    Step::Answer,
    Step::AnswerTimer,
    Step::Keep,
    Step::Narrow,
    Step::FreezeTimer,
    Step::Withdraw,
    Step::Uphold,
    Step::Reject,
];

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use sea_orm::Iterable;

    use super::*;

    const FIRST: Place = Place {
        state: CaseState::AwaitingAnswer,
        freeze: FreezeStage::Whole,
    };

    fn reachable() -> Vec<Place> {
        let mut found = vec![FIRST];
        let mut at = 0;
        while let Some(place) = found.get(at).copied() {
            at += 1;
            for (next, _) in STEPS.iter().filter_map(|step| advance(place, *step).ok()) {
                if !found.contains(&next) {
                    found.push(next);
                }
            }
        }
        found
    }

    #[test]
    fn the_whole_table() {
        let mut table = String::new();
        for state in CaseState::iter() {
            for freeze in FreezeStage::iter() {
                for step in STEPS {
                    if let Ok((next, effect)) = advance(Place { state, freeze }, step) {
                        let _ = writeln!(
                            table,
                            "{state:?} {freeze:?} + {step:?} -> {:?} {:?}, {effect:?}",
                            next.state, next.freeze
                        );
                    }
                }
            }
        }
        insta::assert_snapshot!(table, @r"
        AwaitingAnswer Whole + Answer -> InReview Whole, Untouched
        AwaitingAnswer Whole + AnswerTimer -> InReview Whole, Untouched
        AwaitingAnswer Whole + Keep -> AwaitingAnswer Kept, Untouched
        AwaitingAnswer Whole + Narrow -> AwaitingAnswer Narrowed, Held
        AwaitingAnswer Whole + FreezeTimer -> AwaitingAnswer Narrowed, Held
        AwaitingAnswer Whole + Withdraw -> Withdrawn Ended, Freed
        AwaitingAnswer Kept + Answer -> InReview Kept, Untouched
        AwaitingAnswer Kept + AnswerTimer -> InReview Kept, Untouched
        AwaitingAnswer Kept + Narrow -> AwaitingAnswer Narrowed, Held
        AwaitingAnswer Kept + FreezeTimer -> AwaitingAnswer Ended, Freed
        AwaitingAnswer Kept + Withdraw -> Withdrawn Ended, Freed
        AwaitingAnswer Narrowed + Answer -> InReview Narrowed, Untouched
        AwaitingAnswer Narrowed + AnswerTimer -> InReview Narrowed, Untouched
        AwaitingAnswer Narrowed + FreezeTimer -> AwaitingAnswer Ended, Freed
        AwaitingAnswer Narrowed + Withdraw -> Withdrawn Ended, Freed
        AwaitingAnswer Ended + Answer -> InReview Ended, Untouched
        AwaitingAnswer Ended + AnswerTimer -> InReview Ended, Untouched
        AwaitingAnswer Ended + Withdraw -> Withdrawn Ended, Freed
        InReview Whole + Keep -> InReview Kept, Untouched
        InReview Whole + Narrow -> InReview Narrowed, Held
        InReview Whole + FreezeTimer -> InReview Narrowed, Held
        InReview Whole + Withdraw -> Withdrawn Ended, Freed
        InReview Whole + Uphold -> Upheld Ended, Paid
        InReview Whole + Reject -> Rejected Ended, Freed
        InReview Kept + Narrow -> InReview Narrowed, Held
        InReview Kept + FreezeTimer -> InReview Ended, Freed
        InReview Kept + Withdraw -> Withdrawn Ended, Freed
        InReview Kept + Uphold -> Upheld Ended, Paid
        InReview Kept + Reject -> Rejected Ended, Freed
        InReview Narrowed + FreezeTimer -> InReview Ended, Freed
        InReview Narrowed + Withdraw -> Withdrawn Ended, Freed
        InReview Narrowed + Uphold -> Upheld Ended, Paid
        InReview Narrowed + Reject -> Rejected Ended, Freed
        InReview Ended + Withdraw -> Withdrawn Ended, Freed
        InReview Ended + Uphold -> Upheld Ended, Paid
        InReview Ended + Reject -> Rejected Ended, Freed
        ");
    }

    /// While anything is frozen or held, a timer ends that; and the buyer may end the claim himself wherever it stands. Admins do not count.
    #[test]
    fn no_money_waits_for_an_admin() {
        for mut place in reachable() {
            if !is_open(place.state) {
                assert_eq!(place.freeze, FreezeStage::Ended, "{place:?}");
                continue;
            }
            let (end, _) = advance(place, Step::Withdraw).unwrap();
            assert!(!is_open(end.state) && end.freeze == FreezeStage::Ended);
            let mut fired = 0;
            while place.freeze != FreezeStage::Ended {
                assert!(freeze_until(Time(0), place.freeze, &Recovery::default()).is_some(), "{place:?}");
                (place, _) = advance(place, Step::FreezeTimer).unwrap();
                fired += 1;
                assert!(fired <= 2, "{place:?}");
            }
        }
    }

    #[test]
    fn each_way_the_hold_is_filled_once_and_emptied_once() {
        // What is held is held by one step alone, and whatever ends the freeze after it empties the hold.
        for place in reachable() {
            for step in STEPS {
                let Ok((next, effect)) = advance(place, step) else { continue };
                match effect {
                    Effect::Held => assert_eq!((place.freeze == FreezeStage::Narrowed, next.freeze), (false, FreezeStage::Narrowed)),
                    Effect::Freed | Effect::Paid => assert_eq!(next.freeze, FreezeStage::Ended),
                    Effect::Untouched => assert_eq!(
                        place.freeze == FreezeStage::Narrowed,
                        next.freeze == FreezeStage::Narrowed,
                        "{place:?} {step:?}"
                    ),
                }
            }
        }
    }

    #[test]
    fn nobody_is_ruled_against_before_he_was_heard() {
        for freeze in FreezeStage::iter() {
            let place = Place {
                state: CaseState::AwaitingAnswer,
                freeze,
            };
            assert!(advance(place, Step::Uphold).is_err() && advance(place, Step::Reject).is_err());
        }
    }
}
