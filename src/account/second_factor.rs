//! The second factor: codes of an authenticator (TOTP), and recovery codes for when it is lost.

use entity::{
    recovery_code, second_factor,
    value::{Time, UserId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr};
use totp_rs::{Builder, Totp};

use super::tries::{self, By};
use crate::kernel::{Env, Fault, Tx, rewrap::SealedColumn};

/// How many recovery codes one gets.
pub const RECOVERY_CODES: usize = 10;
/// Without the characters that are taken for others.
const ALPHABET: &[u8; 31] = b"23456789abcdefghjkmnpqrstuvwxyz";

/// Whether a user has confirmed a second factor, and so needs it.
pub(super) async fn asks<C: ConnectionTrait>(db: &C, user: UserId) -> Result<bool, Fault> {
    let row = second_factor::Entity::find_by_id(user).one(db).await?;
    Ok(row.is_some_and(|row| row.confirmed_at.is_some()))
}

/// How many recovery codes a user has left.
pub(super) async fn left<C: ConnectionTrait>(db: &C, user: UserId) -> Result<u64, Fault> {
    let unspent = recovery_code::Entity::find()
        .filter(recovery_code::Column::UserId.eq(user))
        .filter(recovery_code::Column::SpentAt.is_null());
    Ok(unspent.count(db).await?)
}

/// Uses up a code of the authenticator or a recovery code, and forgives the tries before it. `false`: it is none of his, or was used before. Of many
/// at once, one takes it. The try was counted before.
pub(super) async fn spend(tx: &Tx, user: UserId, code: &str) -> Result<bool, Fault> {
    let right = take(tx, user, code).await?;
    if right {
        tries::forgive(tx, user, By::SecondFactor).await?;
    }
    Ok(right)
}

async fn take(tx: &Tx, user: UserId, code: &str) -> Result<bool, Fault> {
    let code: String = code.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let row = second_factor::Entity::find_by_id(user).one(tx.db()).await?;
    let Some(row) = row.filter(|row| row.confirmed_at.is_some()) else {
        return Ok(false);
    };
    if let Some(step) = step_of(tx.env(), &row, &code, tx.now())? {
        return take_step(tx, user, step).await;
    }
    let update = recovery_code::Entity::update_many().col_expr(recovery_code::Column::SpentAt, Expr::value(Some(tx.now())));
    let taken = update
        .filter(recovery_code::Column::Hash.eq(recovery_print(tx.env(), user, &code)))
        .filter(recovery_code::Column::SpentAt.is_null());
    Ok(taken.exec(tx.db()).await?.rows_affected == 1)
}

/// Marks a step as used, unless it or a newer one was.
pub(super) async fn take_step(tx: &Tx, user: UserId, step: i64) -> Result<bool, Fault> {
    let update = second_factor::Entity::update_many().col_expr(second_factor::Column::LastStep, Expr::value(step));
    let taken = update
        .filter(second_factor::Column::UserId.eq(user))
        .filter(second_factor::Column::LastStep.lt(step));
    Ok(taken.exec(tx.db()).await?.rows_affected == 1)
}

/// Which step's code it is: this one's, the one before or the one after.
pub(super) fn step_of(env: &Env, row: &second_factor::Model, code: &str, now: Time) -> Result<Option<i64>, Fault> {
    if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    let step = open(env, row)?.check(code, seconds(now));
    step.map(i64::try_from).transpose().map_err(Fault::internal)
}

/// The code of this moment, for the operator of a demonstration.
pub fn current(env: &Env, row: &second_factor::Model, now: Time) -> Result<String, Fault> {
    Ok(open(env, row)?.generate(seconds(now)).to_string())
}

fn seconds(now: Time) -> u64 {
    u64::try_from(now.0 / 1_000).unwrap_or_default()
}

fn open(env: &Env, row: &second_factor::Model) -> Result<Totp, Fault> {
    authenticator(env.seal().open(&place(row.user_id), &row.secret_sealed)?, "")
}

/// An authenticator over this secret, as all the usual apps understand it: SHA-1, six digits, thirty seconds.
pub(super) fn authenticator(secret: Vec<u8>, name: &str) -> Result<Totp, Fault> {
    Builder::new()
        .with_secret(secret)
        .with_issuer(Some("Handover"))
        .with_account_name(name)
        .build()
        .map_err(Fault::internal)
}

/// What lies sealed here.
pub(super) const SEALED: [SealedColumn; 1] = [SealedColumn {
    table: "second_factors",
    column: "secret_sealed",
    keys: ["user_id", "user_id"],
    place: |user, _| place(UserId(user)),
}];

/// Where a secret is sealed for.
pub(super) fn place(user: UserId) -> String {
    format!("second_factors:secret:{user}")
}

/// Ten fresh recovery codes in the place of all older ones. They are told once and kept as fingerprints.
pub(super) async fn write_recovery_codes(tx: &Tx, user: UserId) -> Result<Vec<String>, Fault> {
    delete_recovery_codes(tx, user).await?;
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| recovery_code()).collect();
    let rows = codes.iter().map(|code| recovery_code::ActiveModel {
        hash: Set(recovery_print(tx.env(), user, &code.replace('-', ""))),
        user_id: Set(user),
        spent_at: Set(None),
    });
    recovery_code::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    Ok(codes)
}

/// Removes the factor and its recovery codes. `false`: there was none.
pub async fn remove(tx: &Tx, user: UserId) -> Result<bool, Fault> {
    delete_recovery_codes(tx, user).await?;
    Ok(second_factor::Entity::delete_by_id(user).exec(tx.db()).await?.rows_affected == 1)
}

async fn delete_recovery_codes(tx: &Tx, user: UserId) -> Result<(), Fault> {
    let old = recovery_code::Entity::delete_many().filter(recovery_code::Column::UserId.eq(user));
    old.exec(tx.db()).await?;
    Ok(())
}

/// Two groups of five: some 49 bits.
fn recovery_code() -> String {
    let letter = || char::from(ALPHABET[rand::random_range(0..ALPHABET.len())]);
    let group = || (0..5).map(|_| letter()).collect::<String>();
    format!("{}-{}", group(), group())
}

fn recovery_print(env: &Env, user: UserId, code: &str) -> Vec<u8> {
    env.seal()
        .fingerprint("recovery-code", format!("{user}:{}", code.to_lowercase()).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recovery_codes_are_two_groups_that_can_be_read_aloud() {
        for _ in 0..100 {
            let code = recovery_code();
            let (first, second) = code.split_once('-').unwrap();
            assert!([first, second].iter().all(|group| group.len() == 5));
            assert!(code.bytes().all(|byte| byte == b'-' || ALPHABET.contains(&byte)), "{code}");
        }
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, the last six of its eight digits.
        let totp = authenticator(b"12345678901234567890".to_vec(), "ann").unwrap();
        for (time, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(totp.generate(time).to_string(), code);
            assert_eq!(totp.check(code, time), Some(time / 30));
        }
        assert!(totp.to_url().unwrap().starts_with("otpauth://totp/Handover:ann?secret="));
    }
}
