//! What a deposit becomes. The rule, without a database.

use entity::{
    kinds::DepositState::{self, Credited, Failed, Lapsed, Open, Reversed},
    value::Time,
};

/// What happens to a deposit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The bank has the money.
    Succeed,
    /// The bank says that the payer failed.
    Fail,
    /// The bank took the money back.
    Reverse,
    /// Nobody paid in time.
    Lapse,
}

/// What a step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// It goes to another state.
    To(DepositState),
    /// It tells nothing new: a repeat, or one that a later word has overtaken.
    Nothing,
    /// It cannot be true after what the bank said before.
    Contradiction,
}

/// The effect of a step on a deposit in some state. The bank's words may come late, twice and in any order.
pub(super) const fn advance(state: DepositState, step: Step) -> Effect {
    match (state, step) {
        (Open | Lapsed | Failed, Step::Succeed) => Effect::To(Credited),
        (Open, Step::Fail) => Effect::To(Failed),
        (Open, Step::Lapse) => Effect::To(Lapsed),
        // A reversal that overtook its success: the success, when it comes, must credit nothing.
        (Open | Lapsed | Failed | Credited, Step::Reverse) => Effect::To(Reversed),
        (Credited, Step::Fail) => Effect::Contradiction,
        (Credited | Reversed, Step::Succeed)
        | (Failed | Lapsed | Reversed, Step::Fail)
        | (Reversed, Step::Reverse)
        | (Credited | Failed | Lapsed | Reversed, Step::Lapse) => Effect::Nothing,
    }
}

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// How long after it was opened we ask about a deposit; after the first day, daily until the thirtieth.
const ASKS: [i64; 3] = [5 * MINUTE, 30 * MINUTE, 2 * HOUR];
const LAST_ASK: i64 = 30 * DAY;

/// When the bank is asked next about a deposit opened at `since`: the first moment of the plan after `now`. None: no more.
pub(super) fn next_ask(since: Time, now: Time) -> Option<Time> {
    let age = now.since(since);
    let early = ASKS.into_iter().find(|at| *at > age);
    let daily = (age.max(0) / DAY + 1) * DAY;
    let next = early.unwrap_or(daily);
    (next <= LAST_ASK).then(|| since.plus_millis(next))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATES: [DepositState; 5] = [Open, Credited, Failed, Lapsed, Reversed];
    const STEPS: [Step; 4] = [Step::Succeed, Step::Fail, Step::Reverse, Step::Lapse];

    fn run(steps: &[Step]) -> (DepositState, i32) {
        let mut state = Open;
        let mut balance = 0;
        for step in steps {
            if let Effect::To(next) = advance(state, *step) {
                balance += i32::from(next == Credited);
                balance -= i32::from(state == Credited);
                state = next;
            }
        }
        (state, balance)
    }

    #[test]
    fn in_whatever_order_the_words_come_it_is_credited_once_or_not_at_all() {
        for first in STEPS {
            for second in STEPS {
                for third in STEPS {
                    for fourth in STEPS {
                        let steps = [first, second, third, fourth];
                        let (state, balance) = run(&steps);
                        assert_eq!(balance, i32::from(state == Credited), "{steps:?}");
                        assert!(state != Reversed || steps.contains(&Step::Reverse));
                        let paid = steps.contains(&Step::Succeed) && !steps.contains(&Step::Reverse);
                        assert_eq!(state == Credited, paid, "{steps:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn every_state_bears_every_step_twice() {
        for state in STATES {
            for step in STEPS {
                if let Effect::To(next) = advance(state, step) {
                    assert_ne!(next, state);
                    assert_eq!(advance(next, step), Effect::Nothing, "{state:?} {step:?}");
                }
            }
        }
    }

    #[test]
    fn the_bank_is_asked_after_five_minutes_half_an_hour_two_hours_and_then_daily() {
        let since = Time(1_000);
        let mut now = since;
        let mut asked = Vec::new();
        while let Some(next) = next_ask(since, now) {
            assert!(next > now);
            asked.push(next.since(since));
            now = next;
        }
        assert_eq!(asked[..5], [5 * MINUTE, 30 * MINUTE, 2 * HOUR, DAY, 2 * DAY]);
        assert_eq!((asked.len(), asked.last()), (33, Some(&LAST_ASK)));
        assert_eq!(
            next_ask(since, since.plus_millis(3 * DAY + 1)),
            Some(since.plus_millis(4 * DAY)),
            "a long sleep skips"
        );
    }
}
