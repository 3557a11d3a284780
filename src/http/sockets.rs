//! How many sockets one caller may have: on this server, and a user on all servers together.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::sleep;
use uuid::Uuid;

use super::payer::Payer;
use crate::{
    graphql::request::ClientAddress,
    kernel::port::{Cache, CacheError},
};

/// Sockets that one user may have at once.
pub const OF_A_USER: usize = 5;
/// Sockets of strangers from one address.
pub const OF_AN_ADDRESS: usize = 100;
/// Sockets from one address that were not let in yet: nobody knows whose they will be.
pub const SILENT: usize = 50;

/// Who has how many of something on this server. Cheap to clone.
#[derive(Clone, Default)]
pub struct Seats(Arc<Mutex<HashMap<Payer, usize>>>);

impl Seats {
    /// A seat, until the answer is dropped. `None`: this caller has as many as he may.
    #[must_use]
    pub fn take(&self, payer: Payer, most: usize) -> Option<Seat> {
        let mut seats = lock(&self.0);
        let taken = seats.entry(payer).or_default();
        if *taken >= most {
            return None;
        }
        *taken += 1;
        Some(Seat {
            seats: Self::clone(self),
            payer,
        })
    }
}

/// Who has how many sockets on this server. Cheap to clone.
#[derive(Clone)]
pub struct Sockets {
    seats: Seats,
    silent: Seats,
    scale: usize,
}

impl Sockets {
    /// None so far. `scale`: how many times the usual number of strangers may come from one address.
    #[must_use]
    pub fn new(scale: u32) -> Self {
        Self {
            seats: Seats::default(),
            silent: Seats::default(),
            scale: usize::try_from(scale).unwrap_or(usize::MAX),
        }
    }

    /// A seat for a socket that has yet to say whose it is.
    #[must_use]
    pub fn silent(&self, address: ClientAddress) -> Option<Seat> {
        self.silent.take(Payer::at(address), SILENT.saturating_mul(self.scale))
    }

    /// A seat for a socket of this caller, until the answer is dropped. `None`: he has as many as he may.
    #[must_use]
    pub fn seat(&self, payer: Payer) -> Option<Seat> {
        let most = match payer {
            Payer::User(_) => OF_A_USER,
            Payer::Address(_) => OF_AN_ADDRESS.saturating_mul(self.scale),
        };
        self.seats.take(payer, most)
    }
}

fn lock(seats: &Mutex<HashMap<Payer, usize>>) -> MutexGuard<'_, HashMap<Payer, usize>> {
    // Each change is one step: nobody leaves it half done.
    seats.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A seat that is taken.
pub struct Seat {
    seats: Seats,
    payer: Payer,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = lock(&self.seats.0);
        if let Some(taken) = seats.get_mut(&self.payer) {
            *taken -= 1;
            if *taken == 0 {
                seats.remove(&self.payer);
            }
        }
    }
}

/// How long a place is kept for a socket of which its server says nothing more. Each ping renews it.
pub const LEASE: Duration = Duration::from_secs(50);

/// How often a place is asked for again, and after how long.
const TRIES: usize = 30;
const BREATH: Duration = Duration::from_millis(100);

/// One of the places that a user has on all servers together, leased in the cache that they share. While the cache is away each server counts
/// for itself.
pub struct Place {
    payer: Payer,
    /// Which socket has it.
    holder: Uuid,
    /// Which place; none: the cache was away, or the caller is a stranger, who is counted by each server alone.
    at: Option<usize>,
}

impl Place {
    /// A place for a new socket of this caller. `None`: all are taken. One that was closed a moment ago may still be on its way out, so it is
    /// asked for some times.
    pub async fn take(cache: &dyn Cache, payer: Payer) -> Option<Self> {
        let holder = Uuid::now_v7();
        let mut found = free(cache, payer, holder).await;
        for _ in 0..TRIES {
            if !matches!((&found, payer), (Ok(None), Payer::User(_))) {
                break;
            }
            sleep(BREATH).await;
            found = free(cache, payer, holder).await;
        }
        match found {
            Ok(None) if matches!(payer, Payer::User(_)) => None,
            found => Some(Self {
                payer,
                holder,
                at: found.unwrap_or_default(),
            }),
        }
    }

    /// Keeps the place for a while longer. A socket that lost its place, because the cache forgot it, takes another one if there is; it is not
    /// closed for that.
    pub async fn renew(&mut self, cache: &dyn Cache) {
        if let Some(at) = self.at {
            match self.is_its_own(cache, at).await {
                Ok(true) => drop(cache.set(&key(self.payer, at), self.holder.as_bytes(), LEASE).await),
                Ok(false) => self.at = None,
                Err(_) => {}
            }
        }
        if self.at.is_none() {
            self.at = free(cache, self.payer, self.holder).await.unwrap_or_default();
        }
    }

    /// Gives the place to whoever comes next.
    pub async fn leave(self, cache: &dyn Cache) {
        if let Some(at) = self.at
            && self.is_its_own(cache, at).await.unwrap_or(false)
        {
            // Else the lease ends by itself.
            let _ = cache.delete(&key(self.payer, at)).await;
        }
    }

    async fn is_its_own(&self, cache: &dyn Cache, at: usize) -> Result<bool, CacheError> {
        let holder = cache.get(&key(self.payer, at)).await?;
        Ok(holder.is_some_and(|holder| holder == self.holder.as_bytes()))
    }
}

/// The first free place of a user, taken. Strangers have none.
async fn free(cache: &dyn Cache, payer: Payer, holder: Uuid) -> Result<Option<usize>, CacheError> {
    if let Payer::User(_) = payer {
        for at in 0..OF_A_USER {
            if cache.set_new(&key(payer, at), holder.as_bytes(), LEASE).await? {
                return Ok(Some(at));
            }
        }
    }
    Ok(None)
}

fn key(payer: Payer, at: usize) -> String {
    format!("socket:{payer}:{at}")
}

#[cfg(test)]
mod tests {
    use entity::value::UserId;

    use super::*;

    #[test]
    fn a_user_has_five_seats_and_gets_one_back_for_each_he_leaves() {
        let (sockets, payer) = (Sockets::new(1), Payer::User(UserId::new()));
        let mut seats: Vec<_> = (0..OF_A_USER).map(|_| sockets.seat(payer).unwrap()).collect();
        assert!(sockets.seat(payer).is_none());
        assert!(sockets.seat(Payer::User(UserId::new())).is_some());
        seats.pop();
        let last = sockets.seat(payer);
        assert!(last.is_some() && sockets.seat(payer).is_none());
        drop((seats, last));
        assert!(lock(&sockets.seats.0).is_empty());
    }
}
