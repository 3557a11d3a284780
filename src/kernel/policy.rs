//! Who acts, and what he may do. A right is a type: a use-case takes it as an argument and cannot run without.
//!
//! Only this file makes rights, out of the rows that transport read for the request.

use entity::{
    kinds::Role,
    value::{SessionId, UserId},
};

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
    )+};
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
