//! How long the wire may take for each thing, and how much of it there may be.

use std::time::Duration;

/// How long the wire may take for each thing, and how much of it there may be. Tests have less patience.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// A client to send the head of a request, or the next one on a connection that is kept.
    pub head: Duration,
    /// A client to send a body.
    pub body: Duration,
    /// A client to take any part of an answer.
    pub take: Duration,
    /// A socket's `connection_init`.
    pub init: Duration,
    /// Between two pings to a socket.
    pub ping: Duration,
    /// A socket's peer that says nothing at all.
    pub silence: Duration,
    /// A socket's peer to read what was sent.
    pub read: Duration,
    /// A socket's peer to say goodbye.
    pub goodbye: Duration,
    /// How often a socket's rights are read again though nobody rang,
    pub look: Duration,
    /// and how often while the bell is broken.
    pub look_often: Duration,
    /// Connections at once, sockets among them.
    pub connections: usize,
    /// Those of one peer, unless it is a trusted proxy or on this machine.
    pub of_a_peer: usize,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(15),
            body: Duration::from_secs(60),
            take: Duration::from_secs(30),
            init: Duration::from_secs(10),
            ping: Duration::from_secs(20),
            silence: Duration::from_secs(60),
            read: Duration::from_secs(10),
            goodbye: Duration::from_secs(2),
            look: Duration::from_secs(60),
            look_often: Duration::from_secs(4),
            connections: 20_000,
            of_a_peer: 1_000,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::answer::PATIENCE;

    #[test]
    fn a_deaf_socket_is_let_go_after_ten_seconds_before_the_wire_would() {
        let pace = Pace::default();
        assert_eq!(pace.read, Duration::from_secs(10));
        assert!(pace.read < pace.take && pace.ping * 2 < pace.silence);
    }

    #[test]
    fn the_wire_takes_as_long_as_the_api_promises() {
        let (pace, seconds) = (Pace::default(), Duration::from_secs);
        assert_eq!((pace.init, pace.ping, pace.silence), (seconds(10), seconds(20), seconds(60)));
        assert_eq!((pace.head, pace.body, PATIENCE), (seconds(15), seconds(60), seconds(15)));
        // Rights that are gone close a socket within five seconds, even while nobody rings.
        assert!(pace.look_often < seconds(5) && pace.goodbye < seconds(5));
    }
}
