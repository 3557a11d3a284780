//! Who acts, and what he may do. A right is a type: a use-case takes it as an argument and cannot run without.
//!
//! Only this file makes rights, out of the rows that transport read for the request.

use std::ops::Deref;

use entity::{
    kinds::Role,
    value::{SessionId, Time, UserId},
};

/// How long a proof by password or second factor counts as fresh.
pub const FRESH_MINUTES: i64 = 5;

/// What the database said of a signed-in user when the request began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rights {
    /// Who.
    pub user: UserId,
    /// By which session.
    pub session: SessionId,
    /// Trader or admin.
    pub role: Role,
    /// Left with deposit, withdrawal and system messages.
    pub blacklisted: bool,
    /// Real name verified.
    pub verified: bool,
    /// The version of his standing; a socket whose actor has an older one asks again.
    pub version: i64,
    /// When he last proved, in this session, by password or second factor that it is he.
    pub proven_at: Option<Time>,
}

/// Who sends a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Actor {
    /// Nobody we know.
    #[default]
    Anonymous,
    /// Somebody who signed in.
    User(Rights),
}

impl Actor {
    /// The user, if signed in.
    #[must_use]
    pub const fn user(&self) -> Option<UserId> {
        match self {
            Self::Anonymous => None,
            Self::User(rights) => Some(rights.user),
        }
    }

    /// The session, if signed in.
    #[must_use]
    pub const fn session(&self) -> Option<SessionId> {
        match self {
            Self::Anonymous => None,
            Self::User(rights) => Some(rights.session),
        }
    }
}

/// Why a right was not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// Sign in first.
    #[error("not signed in")]
    Unauthenticated,
    /// A blacklisted user may not do this.
    #[error("blacklisted")]
    Blacklisted,
    /// Real-name verification comes first.
    #[error("not verified")]
    Unverified,
    /// Not for this user.
    #[error("forbidden")]
    Forbidden,
    /// A fresh proof by password or second factor comes first.
    #[error("no fresh proof")]
    Unproven,
}

macro_rules! rights {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name(Rights);

        impl $name {
            /// Who holds the right.
            #[must_use]
            pub const fn id(&self) -> UserId {
                self.0.user
            }

            /// The session it was given to.
            #[must_use]
            pub const fn session(&self) -> SessionId {
                self.0.session
            }
        }

        impl Right for $name {
            fn rights(&self) -> &Rights {
                &self.0
            }
        }
    )+};
}

/// A right of somebody who signed in.
pub trait Right: Copy {
    /// What the database said of its holder when the request began.
    fn rights(&self) -> &Rights;
}

/// A right whose holder proved within the last [`FRESH_MINUTES`] that it is he: a stolen session alone does not have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proven<R>(R);

impl<R> Deref for Proven<R> {
    type Target = R;
    fn deref(&self) -> &R {
        &self.0
    }
}

/// The same right with a fresh proof. Without one, [`Denied::Unproven`].
pub fn proven<R: Right>(right: R, now: Time) -> Result<Proven<R>, Denied> {
    match right.rights().proven_at {
        Some(at) if now < at.plus_minutes(FRESH_MINUTES) => Ok(Proven(right)),
        Some(_) | None => Err(Denied::Unproven),
    }
}

rights! {
    /// Signed in, blacklisted or not.
    Member,
    /// Signed in and verified, blacklisted or not: may deposit and withdraw.
    Payee,
    /// Signed in and not blacklisted.
    Trader,
    /// A verified trader: may buy and sell.
    Verified,
    /// Reviews and decides.
    Admin,
}

/// The right of timers, webhooks and the relay. The worker and the webhook route make it, nobody else.
#[derive(Debug, Clone, Copy)]
pub struct System(());

impl System {
    /// Acts for the platform itself.
    #[must_use]
    pub const fn new() -> Self {
        Self(())
    }
}

impl Default for System {
    fn default() -> Self {
        Self::new()
    }
}

const fn rights(actor: &Actor) -> Result<Rights, Denied> {
    match actor {
        Actor::Anonymous => Err(Denied::Unauthenticated),
        Actor::User(rights) => Ok(*rights),
    }
}

/// Signed in, blacklisted or not.
pub fn member(actor: &Actor) -> Result<Member, Denied> {
    rights(actor).map(Member)
}

/// Signed in and verified, blacklisted or not.
pub fn payee(actor: &Actor) -> Result<Payee, Denied> {
    let rights = rights(actor)?;
    if rights.verified {
        Ok(Payee(rights))
    } else {
        Err(Denied::Unverified)
    }
}

/// Signed in and not blacklisted.
pub fn trader(actor: &Actor) -> Result<Trader, Denied> {
    let rights = rights(actor)?;
    if rights.blacklisted {
        Err(Denied::Blacklisted)
    } else {
        Ok(Trader(rights))
    }
}

/// A verified trader.
pub fn verified(actor: &Actor) -> Result<Verified, Denied> {
    let Trader(rights) = trader(actor)?;
    if rights.verified {
        Ok(Verified(rights))
    } else {
        Err(Denied::Unverified)
    }
}

/// An admin.
pub fn admin(actor: &Actor) -> Result<Admin, Denied> {
    let Trader(rights) = trader(actor)?;
    match rights.role {
        Role::Admin => Ok(Admin(rights)),
        Role::Trader => Err(Denied::Forbidden),
    }
}

impl Member {
    /// The same member after his verification was written.
    #[must_use]
    pub const fn verified(self) -> Self {
        Self(Rights { verified: true, ..self.0 })
    }
}

impl From<Verified> for Trader {
    fn from(verified: Verified) -> Self {
        Self(verified.0)
    }
}

impl From<Trader> for Member {
    fn from(trader: Trader) -> Self {
        Self(trader.0)
    }
}

impl From<Payee> for Member {
    fn from(payee: Payee) -> Self {
        Self(payee.0)
    }
}

impl From<Admin> for Trader {
    fn from(admin: Admin) -> Self {
        Self(admin.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_fresh_for_five_minutes() {
        let rights = |proven_at| Rights {
            user: UserId::new(),
            session: SessionId::new(),
            role: Role::Trader,
            blacklisted: true,
            verified: false,
            version: 1,
            proven_at,
        };
        let at = Time(1_000);
        for (proven_at, now, fresh) in [
            (None, at, false),
            (Some(at), at, true),
            (Some(at), at.plus_minutes(FRESH_MINUTES).plus_millis(-1), true),
            (Some(at), at.plus_minutes(FRESH_MINUTES), false),
            (Some(at), at.plus_days(1), false),
            // Two clocks may disagree a little.
            (Some(at), Time(900), true),
        ] {
            let right = member(&Actor::User(rights(proven_at))).unwrap();
            assert_eq!(proven(right, now).is_ok(), fresh, "{proven_at:?} at {now:?}");
        }
    }
}
