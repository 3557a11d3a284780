//! Who somebody really is: kept sealed, shown masked.

use entity::{
    identity,
    kinds::IdentityState,
    value::{Time, UserId},
};
use sea_orm::{ConnectionTrait, EntityTrait};

use crate::kernel::{Env, Fault, Secret, policy::Member, rewrap::SealedColumn};

/// One's own verification, as far as a screen may show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Where it stands.
    pub state: IdentityState,
    /// The name without its middle.
    pub name: String,
    /// The number without its middle.
    pub number: String,
    /// When it was handed in.
    pub submitted_at: Time,
    /// When it was decided.
    pub decided_at: Option<Time>,
    /// Why it was rejected, if an admin did.
    pub reason: Option<String>,
    /// When it is given up undecided.
    pub lapses_at: Option<Time>,
}

/// The same with all of it, for the export of one's data alone. It has no `Debug`, so that no log line shows it.
pub struct Whole {
    /// What a screen may show.
    pub shown: Identity,
    /// The whole name.
    pub name: Secret,
    /// The whole number.
    pub number: Secret,
}

/// The caller's own verification, if he handed one in.
pub async fn own(env: &Env, member: Member) -> Result<Option<Identity>, Fault> {
    Ok(whole(env, member).await?.map(|whole| whole.shown))
}

/// The caller's own verification, nothing masked.
pub async fn whole(env: &Env, member: Member) -> Result<Option<Whole>, Fault> {
    let Some(row) = identity::Entity::find_by_id(member.id()).one(env.db()).await? else {
        return Ok(None);
    };
    let name = open(env, &name_place(row.user_id), &row.name_sealed)?;
    let number = open(env, &number_place(row.user_id), &row.number_sealed)?;
    let shown = Identity {
        state: row.state,
        name: mask(&name, 1, 0),
        number: mask(&number, 2, 2),
        submitted_at: row.submitted_at,
        decided_at: row.decided_at,
        reason: row.reason,
        lapses_at: row.lapses_at,
    };
    Ok(Some(Whole {
        shown,
        name: name.into(),
        number: number.into(),
    }))
}

/// The verified name of a user in full, for the bank alone. `None`: he is not verified by a number.
pub async fn verified_name<C: ConnectionTrait>(env: &Env, db: &C, user: UserId) -> Result<Option<String>, Fault> {
    let row = identity::Entity::find_by_id(user).one(db).await?;
    let approved = row.filter(|row| row.state == IdentityState::Approved);
    approved.map(|row| open(env, &name_place(user), &row.name_sealed)).transpose()
}

pub(super) fn open(env: &Env, place: &str, sealed: &[u8]) -> Result<String, Fault> {
    String::from_utf8(env.seal().open(place, sealed)?).map_err(Fault::internal)
}

/// What lies sealed here.
pub(super) const SEALED: [SealedColumn; 2] = [
    SealedColumn {
        table: "identities",
        column: "name_sealed",
        keys: ["user_id", "user_id"],
        place: |user, _| name_place(UserId(user)),
    },
    SealedColumn {
        table: "identities",
        column: "number_sealed",
        keys: ["user_id", "user_id"],
        place: |user, _| number_place(UserId(user)),
    },
];

/// Where a name is sealed for.
pub(super) fn name_place(user: UserId) -> String {
    format!("identities:name:{user}")
}

/// Where a number is sealed for.
pub(super) fn number_place(user: UserId) -> String {
    format!("identities:number:{user}")
}

/// Stars for all but the first and last few characters.
fn mask(text: &str, first: usize, last: usize) -> String {
    let length = text.chars().count();
    let seen = |at: usize| at < first || at + last >= length;
    text.chars()
        .enumerate()
        .map(|(at, letter)| if seen(at) { letter } else { '*' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn little_is_left_of_a_name_or_number() {
        assert_eq!(mask("王小明", 1, 0), "王**");
        assert_eq!(mask("11010519491231002X", 2, 2), "11**************2X");
        assert_eq!(mask("", 1, 0), "");
    }
}
