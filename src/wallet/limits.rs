//! The limits of money that are settings, as amounts.

use std::ops::RangeInclusive;

use entity::value::Money;

use crate::kernel::Env;

/// Least and most amount of one deposit.
#[must_use]
pub fn deposit(env: &Env) -> RangeInclusive<Money> {
    let rules = &env.config().wallet;
    yuan(rules.deposit_least_yuan)..=yuan(rules.deposit_most_yuan)
}

/// Least and most amount of one withdrawal; the most is also what a user's withdrawals of 24 hours may sum to.
#[must_use]
pub fn withdrawal(env: &Env) -> RangeInclusive<Money> {
    let rules = &env.config().wallet;
    yuan(rules.withdrawal_least_yuan)..=yuan(rules.withdrawal_day_yuan)
}

/// Above this an admin must approve a withdrawal.
#[must_use]
pub fn review_above(env: &Env) -> Money {
    yuan(env.config().wallet.withdrawal_review_yuan)
}

/// Above this a second admin must agree: to a withdrawal, and to a decision about money.
#[must_use]
pub fn second_above(env: &Env) -> Money {
    yuan(env.config().wallet.second_admin_yuan)
}

fn yuan(set: u32) -> Money {
    Money::yuan(i64::from(set))
}
