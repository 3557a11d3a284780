//! Who has how many connections: each costs a file handle and memory before its first byte is read.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{
    pace::Pace,
    payer::Payer,
    sockets::{Seat, Seats},
};
use crate::graphql::request::ClientAddress;

/// All connections of one listener.
pub struct Crowd {
    all: Arc<Semaphore>,
    peers: Seats,
    of_a_peer: usize,
}

/// The place of a connection, until it is dropped.
pub struct Place {
    _of_all: OwnedSemaphorePermit,
    /// How it is counted with its peer's others. Whoever comes from this machine is not: proxies do, and whoever works on it.
    pub arrival: Option<Arrival>,
}

/// How a connection is counted with its peer's others. Each of its requests carries it.
#[derive(Clone)]
pub struct Arrival(Arc<Mutex<Option<Seat>>>);

impl Arrival {
    /// Counts it no more with its peer's others: a trusted proxy speaks for many.
    pub fn forget(&self) {
        // Nobody panics between taking it and dropping it.
        drop(self.0.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

impl Crowd {
    /// Nobody so far.
    #[must_use]
    pub fn new(pace: Pace) -> Self {
        Self {
            all: Arc::new(Semaphore::new(pace.connections)),
            peers: Seats::default(),
            of_a_peer: pace.of_a_peer,
        }
    }

    /// A place for a connection from there. `None`: there are too many, of all or of this peer.
    #[must_use]
    pub fn enter(&self, peer: SocketAddr) -> Option<Place> {
        let of_all = Arc::clone(&self.all).try_acquire_owned().ok()?;
        let address = peer.ip().to_canonical();
        let arrival = if address.is_loopback() {
            None
        } else {
            let seat = self.peers.take(Payer::at(ClientAddress(address)), self.of_a_peer)?;
            Some(Arrival(Arc::new(Mutex::new(Some(seat)))))
        };
        Some(Place { _of_all: of_all, arrival })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crowd() -> Crowd {
        Crowd::new(Pace {
            connections: 5,
            of_a_peer: 2,
            ..Pace::default()
        })
    }

    fn enter(crowd: &Crowd, peer: &str) -> Option<Place> {
        crowd.enter(SocketAddr::new(peer.parse().unwrap(), 1))
    }

    #[test]
    fn a_peer_has_so_many_places_and_gets_one_back_for_each_he_leaves() {
        let crowd = crowd();
        let (first, second) = (enter(&crowd, "192.0.2.7").unwrap(), enter(&crowd, "::ffff:192.0.2.7").unwrap());
        assert!(enter(&crowd, "192.0.2.7").is_none());
        assert!(enter(&crowd, "192.0.2.8").is_some());
        drop(first);
        let third = enter(&crowd, "192.0.2.7");
        assert!(third.is_some() && enter(&crowd, "192.0.2.7").is_none());
        drop((second, third));
    }

    #[test]
    fn a_trusted_proxy_and_this_machine_take_what_all_together_may_have() {
        for peer in ["192.0.2.7", "127.0.0.1", "::1", "::ffff:127.0.0.1"] {
            let crowd = crowd();
            let places: Vec<Place> = (0..5)
                .map(|_| {
                    let place = enter(&crowd, peer).unwrap();
                    assert_eq!(place.arrival.is_none(), peer != "192.0.2.7", "{peer}");
                    if let Some(arrival) = &place.arrival {
                        arrival.forget();
                    }
                    place
                })
                .collect();
            assert!(enter(&crowd, peer).is_none() && enter(&crowd, "192.0.2.9").is_none());
            drop(places);
            assert!(enter(&crowd, peer).is_some());
        }
    }
}
