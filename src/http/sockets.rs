//! How many sockets one caller may have.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::payer::Payer;

/// Sockets that one user may have at once, on one server.
pub const OF_A_USER: usize = 5;
/// Sockets of strangers from one address.
pub const OF_AN_ADDRESS: usize = 100;

/// Who has how many sockets on this server. Cheap to clone.
#[derive(Clone)]
pub struct Sockets {
    seats: Arc<Mutex<HashMap<Payer, usize>>>,
    strangers: usize,
}

impl Sockets {
    /// None so far. `scale`: how many times the usual number of strangers may come from one address.
    #[must_use]
    pub fn new(scale: u32) -> Self {
        let scale = usize::try_from(scale).unwrap_or(usize::MAX);
        Self {
            seats: Arc::default(),
            strangers: OF_AN_ADDRESS.saturating_mul(scale),
        }
    }

    /// A seat for a socket of this caller, until the answer is dropped. `None`: he has as many as he may.
    #[must_use]
    pub fn seat(&self, payer: Payer) -> Option<Seat> {
        let most = match payer {
            Payer::User(_) => OF_A_USER,
            Payer::Address(_) => self.strangers,
        };
        let mut seats = lock(&self.seats);
        let taken = seats.entry(payer).or_default();
        if *taken >= most {
            return None;
        }
        *taken += 1;
        Some(Seat {
            seats: Arc::clone(&self.seats),
            payer,
        })
    }
}

fn lock(seats: &Mutex<HashMap<Payer, usize>>) -> MutexGuard<'_, HashMap<Payer, usize>> {
    // Each change is one step: nobody leaves it half done.
    seats.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A seat that is taken.
pub struct Seat {
    seats: Arc<Mutex<HashMap<Payer, usize>>>,
    payer: Payer,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = lock(&self.seats);
        if let Some(taken) = seats.get_mut(&self.payer) {
            *taken -= 1;
            if *taken == 0 {
                seats.remove(&self.payer);
            }
        }
    }
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
        assert!(lock(&sockets.seats).is_empty());
    }
}
