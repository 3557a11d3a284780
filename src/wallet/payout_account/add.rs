//! Adds a payout account.

use std::ops::RangeInclusive;

use entity::value::PayoutAccountId;
use serde::Serialize;
use uuid::Uuid;

use super::{Destination, PayoutAccount, store};
use crate::{
    account::identity::verified_name,
    kernel::{Claim, Env, Fault, policy::Payee},
    standing::{self, hold_withdrawals::HOURS},
    wallet::hold_owner::hold_owner,
};

/// How many payout accounts a user may have.
pub const ACCOUNTS: u64 = 5;
/// How many digits a number has.
pub const DIGITS: RangeInclusive<usize> = 8..=32;

/// Why no account was added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddError {
    /// The number has not [`DIGITS`] digits.
    #[error("the number is not one of a bank account")]
    Number,
    /// He has one of this number.
    #[error("the account is there already")]
    Known,
    /// He has [`ACCOUNTS`].
    #[error("too many payout accounts")]
    TooMany,
    /// His name is not known, so that no account can be in it.
    #[error("no verified name")]
    NoName,
    /// The key was used for something else.
    #[error("the key was used for other input")]
    KeyReused,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Adds an account in the caller's verified name, and makes his withdrawals wait 24 hours: a thief adds one first.
/// Asking again with the same key answers the same account.
pub async fn add(env: &Env, payee: Payee, number: &str, key: Uuid) -> Result<PayoutAccount, AddError> {
    let number = digits(number).ok_or(AddError::Number)?;
    let tx = env.begin().await?;
    let id = match tx.claim(payee.id(), "payoutAccountAdd", key, &Ask { number: &number }).await? {
        Claim::First(id) => PayoutAccountId(id),
        Claim::Repeat(id) => return Ok(store::get(&tx, PayoutAccountId(id)).await?.into()),
        Claim::UsedForOther => return Err(AddError::KeyReused),
    };
    hold_owner(&tx, payee.id()).await?;
    if store::count(&tx, payee.id()).await? >= ACCOUNTS {
        return Err(AddError::TooMany);
    }
    let holder = verified_name(env, tx.db(), payee.id()).await?.ok_or(AddError::NoName)?;
    if !store::insert(
        &tx,
        id,
        payee.id(),
        &Destination {
            holder: holder.into(),
            number: number.into(),
        },
    )
    .await?
    {
        return Err(AddError::Known);
    }
    standing::hold_withdrawals(&tx, payee.id(), tx.now().plus_hours(HOURS)).await?;
    let added = store::get(&tx, id).await?;
    tx.commit().await?;
    tracing::info!(payout_account = %id, user = %payee.id(), "payout account added");
    Ok(added.into())
}

#[derive(Serialize)]
struct Ask<'a> {
    number: &'a str,
}

/// The number without the spaces and dashes it is written with, if it is one.
fn digits(raw: &str) -> Option<String> {
    let number: String = raw.chars().filter(|letter| !matches!(letter, ' ' | '-')).collect();
    let fits = DIGITS.contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    fits.then_some(number)
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn a_number_is_8_to_32_digits_however_they_are_grouped() {
        assert_eq!(digits(" 6222 0202-0011 2345 ").as_deref(), Some("6222020200112345"));
        assert_eq!(digits("12345678").as_deref(), Some("12345678"));
        let long = "1".repeat(33);
        for wrong in [
            "",
            "1234567",
            "６２２２０２０２",
            "6222a0202001",
            "6222\n02020011",
            "12345678\u{202e}",
            &long,
        ] {
            assert_eq!(digits(wrong), None, "{wrong:?}");
        }
    }
}
