//! Real-name verification by name and ID number. In the sandbox the number decides; else an admin, by two photographs.

use std::{ops::RangeInclusive, time::Duration};

use entity::{
    identity,
    kinds::{IdentityState, ImagePurpose, QueueKind},
    standing,
    value::{ImageId, Time, UserId},
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, sea_query::OnConflict};

use super::{
    id_number::{IdNumber, IdNumberError, today_in_china},
    identity::{name_place, number_place},
    throttle::{self, Throttled},
};
use crate::{
    config,
    kernel::{
        Env, Event, Fault, Tx, claim,
        policy::Member,
        sql,
        text::{clean_line, is_han},
    },
    media::{self, AttachError},
};

/// Characters of a name.
pub const NAME: RangeInclusive<usize> = 2..=40;
/// How often a user may try in a day, so that nobody can look for numbers that are here.
const A_DAY: u64 = 10;
/// Days after which an undecided verification is given up, and its photographs with it.
pub const LAPSES_AFTER_DAYS: i64 = 30;
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
    /// There is no such photograph of his.
    #[error("no such photograph")]
    NoSuchPhoto,
    /// An admin decides here, and the photographs are not both there.
    #[error("photographs are missing")]
    PhotosMissing,
    /// A photograph is the other one, or in use.
    #[error("a photograph cannot be used")]
    PhotoNotUsable,
    /// An admin looks at what he handed in before.
    #[error("an admin looks at it")]
    Looked,
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

/// The photographs that an admin decides by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Photos {
    /// Of the card.
    pub card: ImageId,
    /// Of the person with the card.
    pub person: ImageId,
}

/// What a member hands in.
#[derive(Clone, Copy)]
pub struct HandIn<'a> {
    /// His name.
    pub name: &'a str,
    /// His ID number.
    pub number: &'a str,
    /// The photographs. In the sandbox nobody needs them, and they are not kept.
    pub card: Option<ImageId>,
    /// As the card.
    pub person: Option<ImageId>,
}

impl From<AttachError> for VerifyError {
    fn from(error: AttachError) -> Self {
        match error {
            AttachError::NotFound => Self::NoSuchPhoto,
            AttachError::NotUsable => Self::PhotoNotUsable,
            AttachError::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// Verifies a member, blacklisted or not, or lets him wait for an admin. Of several accounts that bring one number at once, one gets it.
/// Answers where his verification stands now.
pub async fn verify(env: &Env, member: Member, given: HandIn<'_>) -> Result<IdentityState, VerifyError> {
    for photo in [given.card, given.person].into_iter().flatten() {
        if !media::is_own(env.db(), photo, member.id()).await? {
            return Err(VerifyError::NoSuchPhoto);
        }
    }
    throttle::ration(env, &format!("identity:{}", member.id()), A_DAY, DAY).await?;
    let (name, number) = check(given.name, given.number, env.now())?;
    let photos = match (env.config().account.identity, given.card, given.person) {
        (config::Identity::Sandbox, ..) => None,
        (config::Identity::Manual, Some(card), Some(person)) => Some(Photos { card, person }),
        (config::Identity::Manual, ..) => return Err(VerifyError::PhotosMissing),
    };
    let tx = env.begin().await?;
    // Two tries of one user wait for each other here.
    let standing = standing::Entity::find_by_id(member.id()).lock_exclusive().one(tx.db()).await;
    let standing = standing
        .map_err(Fault::from)?
        .ok_or_else(|| Fault::internal("a user has no standing"))?;
    if standing.verified {
        return Err(VerifyError::Already);
    }
    if standing.closed_at.is_some() {
        return Err(Fault::Unavailable("the account was closed meanwhile".to_owned()).into());
    }
    let state = match photos {
        None => decide(&tx, member, &name, &number).await?,
        Some(photos) => wait(&tx, member, &name, &number, photos).await?,
    };
    tx.commit().await?;
    tracing::info!(user = %member.id(), ?state, "identity handed in");
    Ok(state)
}

/// The sandbox: the number decides.
async fn decide(tx: &Tx, member: Member, name: &str, number: &IdNumber) -> Result<IdentityState, VerifyError> {
    forget_undecided(tx, member.id()).await?;
    let row = identity::Model {
        state: IdentityState::Approved,
        decided_at: Some(tx.now()),
        ..draft(tx, member.id(), name, number)
    };
    if !write(tx, row).await? {
        tracing::info!(user = %member.id(), "an identity that is verified elsewhere was refused");
        return Err(VerifyError::Taken);
    }
    let raise = "UPDATE standing SET verified = TRUE, version = version + 1 WHERE user_id = $1";
    sql::run(tx.db(), raise, vec![member.id().into()]).await?;
    tx.emit(Event::IdentityDecided {
        user: member.id(),
        approved: true,
    });
    Ok(IdentityState::Approved)
}

/// An admin decides: whether the number is here already, he is told and nobody else.
async fn wait(tx: &Tx, member: Member, name: &str, number: &IdNumber, photos: Photos) -> Result<IdentityState, VerifyError> {
    let before = identity::Entity::find_by_id(member.id()).one(tx.db()).await.map_err(Fault::from)?;
    if before.is_some_and(|row| row.state == IdentityState::Pending && is_claimed(&row, tx.now())) {
        return Err(VerifyError::Looked);
    }
    forget_undecided(tx, member.id()).await?;
    for (photo, purpose) in [
        (photos.card, ImagePurpose::IdentityCard),
        (photos.person, ImagePurpose::IdentityPerson),
    ] {
        media::attach(tx, member.id(), &[photo], purpose).await?;
        if !media::sealed::has_key(tx, photo).await? {
            return Err(VerifyError::PhotoNotUsable);
        }
    }
    let row = identity::Model {
        card_id: Some(photos.card),
        person_id: Some(photos.person),
        lapses_at: Some(tx.now().plus_days(LAPSES_AFTER_DAYS)),
        ..draft(tx, member.id(), name, number)
    };
    if !write(tx, row).await? {
        return Err(Fault::internal("a verification that waits met another").into());
    }
    tx.emit(IDENTITIES_MOVED);
    Ok(IdentityState::Pending)
}

/// What waits of real names is not what it was.
pub(super) const IDENTITIES_MOVED: Event = Event::queue_moved(QueueKind::Verifications);

/// Whether an admin looks at it at present.
pub(super) fn is_claimed(row: &identity::Model, now: Time) -> bool {
    row.claimed_by.is_some() && row.claimed_at.is_some_and(|at| at > claim::lapsed(now))
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

/// Makes room for another try: photographs of the last one are destroyed.
async fn forget_undecided(tx: &Tx, user: UserId) -> Result<(), Fault> {
    let Some(row) = identity::Entity::find_by_id(user).one(tx.db()).await? else {
        return Ok(());
    };
    let undecided = identity::Entity::delete_many()
        .filter(identity::Column::UserId.eq(user))
        .filter(identity::Column::State.ne(IdentityState::Approved));
    undecided.exec(tx.db()).await?;
    let photos: Vec<ImageId> = [row.card_id, row.person_id].into_iter().flatten().collect();
    media::destroy(tx, &photos).await
}

fn draft(tx: &Tx, user: UserId, name: &str, number: &IdNumber) -> identity::Model {
    let seal = tx.env().seal();
    identity::Model {
        user_id: user,
        state: IdentityState::Pending,
        name_sealed: seal.seal(&name_place(user), name.as_bytes()),
        number_sealed: seal.seal(&number_place(user), number.as_str().as_bytes()),
        number_index: seal.fingerprint("identity-number", number.as_str().as_bytes()),
        reason: None,
        submitted_at: tx.now(),
        decided_at: None,
        card_id: None,
        person_id: None,
        claimed_by: None,
        claimed_at: None,
        decided_by: None,
        lapses_at: None,
    }
}

/// Writes a row. `false`: the number is approved for somebody else.
async fn write(tx: &Tx, row: identity::Model) -> Result<bool, Fault> {
    let free = OnConflict::new().do_nothing().to_owned();
    let written = identity::Entity::insert(row.into_active_model())
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
