//! Real-name verification by name and ID number. In the sandbox the number decides.

use std::{ops::RangeInclusive, time::Duration};

use entity::{
    identity,
    kinds::IdentityState,
    standing,
    value::{Time, UserId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::OnConflict};

use super::{
    id_number::{IdNumber, IdNumberError, today_in_china},
    identity::{name_place, number_place},
    throttle::{self, Throttled},
};
use crate::kernel::{
    Env, Event, Fault, Tx,
    policy::Member,
    sql,
    text::{clean_line, is_han},
};

/// Characters of a name.
pub const NAME: RangeInclusive<usize> = 2..=40;
/// How often a user may try in a day, so that nobody can look for numbers that are here.
const A_DAY: u64 = 10;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Why somebody is not verified.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// The name is none that an identity card could bear.
    #[error("this is no name")]
    Name,
    /// The number is none.
    #[error("{0}")]
    Number(#[from] IdNumberError),
    /// He is not 18 yet.
    #[error("not an adult")]
    Minor,
    /// He is verified already.
    #[error("already verified")]
    Already,
    /// This person is verified under another account.
    #[error("verified elsewhere")]
    Taken,
    /// [`A_DAY`] tries were made.
    #[error("too many tries")]
    TooMany {
        /// Seconds until the next is let in.
        seconds: u64,
    },
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<Throttled> for VerifyError {
    fn from(throttled: Throttled) -> Self {
        match throttled {
            Throttled::Wait { seconds } => Self::TooMany { seconds },
            Throttled::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// Verifies a member, blacklisted or not. Of several accounts that bring one number at once, one gets it.
pub async fn verify(env: &Env, member: Member, name: &str, number: &str) -> Result<(), VerifyError> {
    throttle::ration(env, &format!("identity:{}", member.id()), A_DAY, DAY).await?;
    let (name, number) = check(name, number, env.now())?;
    let tx = env.begin().await?;
    // Two tries of one user wait for each other here.
    let standing = standing::Entity::find_by_id(member.id()).lock_exclusive().one(tx.db()).await;
    let standing = standing
        .map_err(Fault::from)?
        .ok_or_else(|| Fault::internal("a user has no standing"))?;
    if standing.verified {
        return Err(VerifyError::Already);
    }
    if !write(&tx, member.id(), &name, &number).await? {
        tracing::info!(user = %member.id(), "an identity that is verified elsewhere was refused");
        return Err(VerifyError::Taken);
    }
    let raise = "UPDATE standing SET verified = TRUE, version = version + 1 WHERE user_id = $1";
    sql::run(tx.db(), raise, vec![member.id().into()]).await?;
    tx.emit(Event::IdentityDecided {
        user: member.id(),
        approved: true,
    });
    tx.commit().await?;
    tracing::info!(user = %member.id(), "identity verified");
    Ok(())
}

fn check(name: &str, number: &str, now: Time) -> Result<(String, IdNumber), VerifyError> {
    let name = clean_line(name, NAME).map_err(|_| VerifyError::Name)?;
    let fits = |letter: char| is_han(letter) || letter.is_alphabetic() || matches!(letter, '·' | '•' | ' ' | '-' | '\'');
    if !name.chars().all(fits) || !name.chars().any(char::is_alphabetic) {
        return Err(VerifyError::Name);
    }
    let number = IdNumber::parse(number)?;
    let today = today_in_china(now).ok_or_else(|| Fault::internal("the clock is beyond the year 9999"))?;
    if number.is_adult(today) {
        Ok((name, number))
    } else {
        Err(VerifyError::Minor)
    }
}

/// Writes the approved row in the place of one that was not. `false`: the number is approved for somebody else.
async fn write(tx: &Tx, user: UserId, name: &str, number: &IdNumber) -> Result<bool, Fault> {
    let undecided = identity::Entity::delete_many().filter(identity::Column::UserId.eq(user));
    undecided
        .filter(identity::Column::State.ne(IdentityState::Approved))
        .exec(tx.db())
        .await?;
    let seal = tx.env().seal();
    let row = identity::ActiveModel {
        user_id: Set(user),
        state: Set(IdentityState::Approved),
        name_sealed: Set(seal.seal(&name_place(user), name.as_bytes())),
        number_sealed: Set(seal.seal(&number_place(user), number.as_str().as_bytes())),
        number_index: Set(seal.fingerprint("identity-number", number.as_str().as_bytes())),
        reason: Set(None),
        submitted_at: Set(tx.now()),
        decided_at: Set(Some(tx.now())),
    };
    let free = OnConflict::new().do_nothing().to_owned();
    let written = identity::Entity::insert(row)
        .on_conflict(free)
        .exec_without_returning(tx.db())
        .await?;
    Ok(written == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_cards_bear() {
        let check = |name: &str| check(name, "11010519491231002X", Time(1_700_000_000_000));
        for name in ["王小明", "买买提·艾力", "Anna-Maria O'Neil"] {
            assert!(check(name).is_ok(), "{name}");
        }
        for name in ["王", "", "王小明1", "a\u{202E}b", "· ·", "😀😀", &"王".repeat(41)] {
            assert_eq!(check(name).err(), Some(VerifyError::Name), "{name}");
        }
    }

    #[test]
    fn minors_and_wrong_numbers_are_refused() {
        let at = |number: &str, now| check("王小明", number, now).err();
        // Born on 31 December 1949: an adult from 1967 on.
        assert_eq!(at("11010519491231002X", Time(-63_200_000_000)), None);
        assert_eq!(at("11010519491231002X", Time(-70_000_000_000)), Some(VerifyError::Minor));
        assert_eq!(
            at("110105194912310021", Time(0)),
            Some(VerifyError::Number(IdNumberError::WrongCheckDigit))
        );
    }
}
