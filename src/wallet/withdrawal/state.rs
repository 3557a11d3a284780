//! What a withdrawal becomes. The rule, without a database.

use entity::{
    kinds::WithdrawalState::{self, Approved, Failed, Paid, Rejected, Requested, Returned, Sent, TakenBack},
    value::{Money, Time, UserId},
    withdrawal,
};

/// What happens to a withdrawal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// An admin lets it go out.
    Approve,
    /// An admin refuses it.
    Reject,
    /// Its owner wants it back.
    TakeBack,
    /// The worker hands it to the bank.
    Send,
    /// The bank says that it arrived.
    Pay,
    /// The bank says that it refused it.
    Fail,
    /// The bank says that it came back.
    Return,
}

/// What a step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// It goes to another state, and the money moves so.
    To(WithdrawalState, Move),
    /// It tells nothing new, or comes too late.
    Nothing,
    /// The bank speaks of a thing that, by our record, cannot be.
    Contradiction,
}

/// Where the money of a withdrawal goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Move {
    /// It stays in the hold.
    None,
    /// From the hold to the bank.
    Out,
    /// From the hold back to its owner.
    Back,
    /// From the bank back to its owner.
    BackFromBank,
}

/// The effect of a step on a withdrawal in some state. The bank's words may come late, twice and in any order.
pub(super) const fn advance(state: WithdrawalState, step: Step) -> Effect {
    match (state, step) {
        (Requested, Step::Approve) => Effect::To(Approved, Move::None),
        (Requested, Step::Reject) => Effect::To(Rejected, Move::Back),
        (Requested | Approved, Step::TakeBack) => Effect::To(TakenBack, Move::Back),
        (Approved, Step::Send) => Effect::To(Sent, Move::None),
        (Sent, Step::Pay) => Effect::To(Paid, Move::Out),
        (Sent, Step::Fail) => Effect::To(Failed, Move::Back),
        (Sent, Step::Return) => Effect::To(Returned, Move::Back),
        (Paid, Step::Return) => Effect::To(Returned, Move::BackFromBank),
        // It came back before the word that it had arrived did.
        (Returned, Step::Pay | Step::Return) | (Paid, Step::Pay) | (Failed, Step::Fail) => Effect::Nothing,
        (Paid | Returned, Step::Fail) | (Failed, Step::Pay | Step::Return) => Effect::Contradiction,
        // The bank was never asked.
        (Requested | Approved | Rejected | TakenBack, Step::Pay | Step::Fail | Step::Return) => Effect::Contradiction,
        (Approved | Sent | Paid | Rejected | TakenBack | Failed | Returned, Step::Approve | Step::Reject)
        | (Sent | Paid | Rejected | TakenBack | Failed | Returned, Step::TakeBack)
        | (Requested | Sent | Paid | Rejected | TakenBack | Failed | Returned, Step::Send) => Effect::Nothing,
    }
}

/// How long a first approval waits for the second.
const SECOND_WITHIN_HOURS: i64 = 72;

/// What an admin's approval does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Approval {
    /// It goes out.
    Whole,
    /// It waits for another admin.
    First,
    /// The same admin approved before; another has to.
    NeedsAnother,
}

/// Whether `admin`'s approval lets a withdrawal go out: above `second_above` it takes two. A first approval that found no second in 72
/// hours counts no more.
pub(super) fn approval(withdrawal: &withdrawal::Model, admin: UserId, now: Time, second_above: Money) -> Approval {
    if withdrawal.amount <= second_above {
        return Approval::Whole;
    }
    let first = withdrawal.first_approved_by.zip(withdrawal.first_approved_at);
    match first.filter(|(_, at)| now < at.plus_hours(SECOND_WITHIN_HOURS)) {
        None => Approval::First,
        Some((first, _)) if first == admin => Approval::NeedsAnother,
        Some(_) => Approval::Whole,
    }
}

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// How long after it was sent we ask about a withdrawal; after the first day daily, until the thirtieth.
const ASKS: [i64; 3] = [5 * MINUTE, 30 * MINUTE, 120 * MINUTE];
const LAST_ASK: i64 = 30 * DAY;
/// How many days after it was paid we still ask whether it came back.
const ASKS_AFTER_PAID: i64 = 7;

/// When the bank is asked next about a withdrawal sent at `since`: the first moment of the plan after `now`. None: no more; a person has to look.
pub(super) fn next_ask(since: Time, now: Time) -> Option<Time> {
    let age = now.since(since);
    let early = ASKS.into_iter().find(|at| *at > age);
    let next = early.unwrap_or((age.max(0) / DAY + 1) * DAY);
    (next <= LAST_ASK).then(|| since.plus_millis(next))
}

/// When the bank is asked next whether a withdrawal paid at `since` came back. None: no more.
pub(super) fn next_ask_after_paid(since: Time, now: Time) -> Option<Time> {
    let day = now.since(since).max(0) / DAY + 1;
    (day <= ASKS_AFTER_PAID).then(|| since.plus_days(day))
}

#[cfg(test)]
mod tests {
    use entity::value::{PayoutAccountId, WithdrawalId};

    use super::*;

    const STATES: [WithdrawalState; 8] = [Requested, Approved, Sent, Paid, Rejected, TakenBack, Failed, Returned];
    const STEPS: [Step; 7] = [
        Step::Approve,
        Step::Reject,
        Step::TakeBack,
        Step::Send,
        Step::Pay,
        Step::Fail,
        Step::Return,
    ];

    /// Where the money of a withdrawal is in each state: in the hold, at the bank, or with its owner.
    fn place(state: WithdrawalState) -> &'static str {
        match state {
            Requested | Approved | Sent => "hold",
            Paid => "bank",
            Rejected | TakenBack | Failed | Returned => "owner",
        }
    }

    #[test]
    fn the_money_is_where_the_state_says_it_is() {
        for state in STATES {
            for step in STEPS {
                if let Effect::To(next, moved) = advance(state, step) {
                    let way = match moved {
                        Move::None => ("hold", "hold"),
                        Move::Out => ("hold", "bank"),
                        Move::Back => ("hold", "owner"),
                        Move::BackFromBank => ("bank", "owner"),
                    };
                    assert_eq!((place(state), place(next)), way, "{state:?} {step:?}");
                }
            }
        }
    }

    #[test]
    fn money_that_is_back_with_its_owner_stays_there_and_nothing_is_sent_twice() {
        for state in STATES.into_iter().filter(|state| place(*state) == "owner") {
            for step in STEPS {
                assert!(!matches!(advance(state, step), Effect::To(..)), "{state:?} {step:?}");
            }
        }
        let sendable: Vec<_> = STATES
            .into_iter()
            .filter(|state| matches!(advance(*state, Step::Send), Effect::To(..)))
            .collect();
        assert_eq!(sendable, [Approved]);
    }

    const SECOND_ABOVE: Money = Money::yuan(20_000);

    fn large(first: Option<(UserId, Time)>) -> withdrawal::Model {
        withdrawal::Model {
            id: WithdrawalId::new(),
            user_id: UserId::new(),
            payout_account_id: PayoutAccountId::new(),
            amount: SECOND_ABOVE + Money(1),
            state: Requested,
            reason: None,
            created_at: Time(0),
            approved_at: None,
            sent_at: None,
            ended_at: None,
            due_at: None,
            asks: 0,
            quick_turn: false,
            first_approved_by: first.map(|(by, _)| by),
            first_approved_at: first.map(|(_, at)| at),
            decided_by: None,
            claimed_by: None,
            claimed_at: None,
        }
    }

    #[test]
    fn a_large_one_needs_two_admins_within_three_days() {
        let (ada, bob) = (UserId::new(), UserId::new());
        let small = withdrawal::Model {
            amount: SECOND_ABOVE,
            ..large(None)
        };
        let approval = |row: &withdrawal::Model, admin, now| approval(row, admin, now, SECOND_ABOVE);
        assert_eq!(approval(&small, ada, Time(0)), Approval::Whole);
        assert_eq!(approval(&large(None), ada, Time(0)), Approval::First);
        let once = large(Some((ada, Time(0))));
        assert_eq!(approval(&once, ada, Time(1)), Approval::NeedsAnother);
        assert_eq!(approval(&once, bob, Time(1)), Approval::Whole);
        let late = Time(0).plus_hours(SECOND_WITHIN_HOURS);
        assert_eq!(approval(&once, bob, late), Approval::First);
        assert_eq!(approval(&once, ada, late), Approval::First);
    }

    #[test]
    fn the_bank_is_asked_for_a_month_and_after_its_word_a_week_longer() {
        let since = Time(7);
        let mut now = since;
        let mut asked = Vec::new();
        while let Some(next) = next_ask(since, now) {
            now = next;
            asked.push(now.since(since));
        }
        assert_eq!(asked[..6], [5 * MINUTE, 30 * MINUTE, 120 * MINUTE, DAY, 2 * DAY, 3 * DAY]);
        assert_eq!((asked.len(), asked.last()), (33, Some(&LAST_ASK)));
        let after = |days| next_ask_after_paid(since, since.plus_days(days)).map(|at| at.since(since) / DAY);
        assert_eq!((after(0), after(6), after(7)), (Some(1), Some(7), None));
    }
}
