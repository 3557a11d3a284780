//! Whose account a request is counted on.

use std::{
    fmt,
    net::{IpAddr, Ipv6Addr},
};

use entity::value::UserId;

use crate::{graphql::request::ClientAddress, kernel::policy::Actor};

/// Whose account a request is counted on: the user's, or a stranger's address'.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Payer {
    /// Somebody who signed in.
    User(UserId),
    /// An address. Of version 6 the network alone: whoever has one address of it has them all.
    Address(IpAddr),
}

impl Payer {
    /// Who pays for what this actor asks from there.
    #[must_use]
    pub fn of(actor: &Actor, address: ClientAddress) -> Self {
        actor.user().map_or_else(|| Self::at(address), Self::User)
    }

    /// The address pays, whoever asks.
    #[must_use]
    pub fn at(ClientAddress(address): ClientAddress) -> Self {
        Self::Address(match address.to_canonical() {
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
            address @ IpAddr::V4(_) => address,
        })
    }
}

impl fmt::Display for Payer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(user) => write!(f, "user:{user}"),
            Self::Address(address) => write!(f, "address:{address}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_s_network_pays_once() {
        let payer = |text: &str| Payer::at(ClientAddress(text.parse().unwrap())).to_string();
        assert_eq!(payer("192.0.2.7"), "address:192.0.2.7");
        assert_eq!(payer("::ffff:192.0.2.7"), "address:192.0.2.7");
        assert_eq!(payer("2001:db8:1:2:3:4:5:6"), payer("2001:db8:1:2::1"));
        assert_ne!(payer("2001:db8:1:2::1"), payer("2001:db8:1:3::1"));
    }
}
