//! What a request's headers say.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, header};
use entity::kinds::Locale;

use crate::{
    account::{self, AdmitError},
    graphql::request::{ClientAddress, ClientName, REFRESH_COOKIE},
    kernel::{Env, Fault, policy::Actor, words},
};

/// The language of the answer.
#[must_use]
pub fn locale(headers: &HeaderMap) -> Locale {
    words::negotiate(headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()))
}

/// The bearer token, if there is one. `Some(None)`: an `Authorization` header that is no bearer token.
#[must_use]
pub fn bearer(headers: &HeaderMap) -> Option<Option<&str>> {
    let value = headers.get(header::AUTHORIZATION)?;
    Some(value.to_str().ok().and_then(bearer_in))
}

/// The token within `Bearer …`.
#[must_use]
pub fn bearer_in(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// Who asks for a file: by an access token, or by the cookie that a browser sends along. Whoever is refused is nobody.
pub async fn actor(env: &Env, headers: &HeaderMap) -> Result<Actor, Fault> {
    let admitted = match (bearer(headers), refresh_cookie(headers)) {
        (Some(Some(token)), _) => account::admit(env, token).await,
        (None, Some(cookie)) => account::recognise(env, &cookie).await,
        (Some(None), _) | (None, None) => return Ok(Actor::Anonymous),
    };
    match admitted {
        Ok(actor) => Ok(actor),
        Err(AdmitError::BadToken | AdmitError::Ended) => Ok(Actor::Anonymous),
        Err(AdmitError::Fault(fault)) => Err(fault),
    }
}

/// Where a request comes from: the peer, or, behind trusted proxies, the last address that is not one of them. Counted from the right, because the
/// left end of `X-Forwarded-For` is the client's own word. A listener for both versions of IP writes an address of version 4 as one of version 6:
/// all are made canonical before they are compared.
#[must_use]
pub fn client_address(peer: SocketAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> ClientAddress {
    let mut client = peer.ip().to_canonical();
    if !is_proxy(client, proxies) {
        return ClientAddress(client);
    }
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for text in forwarded.iter().rev() {
        let Ok(address) = text.trim().parse::<IpAddr>() else { break };
        client = address.to_canonical();
        if !is_proxy(client, proxies) {
            break;
        }
    }
    ClientAddress(client)
}

/// Whether an address is that of a proxy whose word is believed.
#[must_use]
pub fn is_proxy(address: IpAddr, proxies: &[IpAddr]) -> bool {
    proxies.iter().any(|proxy| proxy.to_canonical() == address.to_canonical())
}

/// What the client calls itself, cut to 200 characters.
#[must_use]
pub fn client_name(headers: &HeaderMap) -> ClientName {
    let name = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    ClientName(name.unwrap_or_default().chars().take(200).collect())
}

/// The refresh token that a browser sent along.
#[must_use]
pub fn refresh_cookie(headers: &HeaderMap) -> Option<String> {
    let cookies = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'));
    let mut found = cookies
        .filter_map(|cookie| cookie.trim().split_once('='))
        .filter(|(name, _)| *name == REFRESH_COOKIE);
    found.next().map(|(_, value)| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forwarded_addresses_count_from_the_right_and_only_behind_a_trusted_proxy() {
        let proxy: IpAddr = "10.0.0.1".parse().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "1.1.1.1, 2.2.2.2, 10.0.0.2".parse().unwrap());
        let from = |peer: &str, proxies: &[IpAddr]| {
            client_address(format!("{peer}:1").parse().unwrap(), &headers, proxies)
                .0
                .to_string()
        };
        assert_eq!(from("9.9.9.9", &[proxy]), "9.9.9.9");
        assert_eq!(from("10.0.0.1", &[proxy]), "10.0.0.2");
        assert_eq!(from("10.0.0.1", &[proxy, "10.0.0.2".parse().unwrap()]), "2.2.2.2");
    }

    #[test]
    fn an_address_is_the_same_however_the_listener_writes_it() {
        for (peer, proxy, forwarded, expected) in [
            ("10.0.0.1", "10.0.0.1", "2.2.2.2", "2.2.2.2"),
            ("::ffff:10.0.0.1", "10.0.0.1", "2.2.2.2", "2.2.2.2"),
            ("10.0.0.1", "::ffff:10.0.0.1", "2.2.2.2", "2.2.2.2"),
            ("::ffff:10.0.0.1", "10.0.0.1", "2.2.2.2, ::ffff:10.0.0.1", "2.2.2.2"),
            ("::ffff:10.0.0.1", "10.0.0.1", "::ffff:2.2.2.2", "2.2.2.2"),
            ("::ffff:10.0.0.1", "10.0.0.1", "not an address", "10.0.0.1"),
            ("::ffff:9.9.9.9", "10.0.0.1", "2.2.2.2", "9.9.9.9"),
            ("2001:db8::1", "2001:db8::1", "2001:db8:1::2", "2001:db8:1::2"),
            ("2001:db8::2", "2001:db8::1", "2.2.2.2", "2001:db8::2"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", forwarded.parse().unwrap());
            let (peer, proxy): (SocketAddr, IpAddr) = (SocketAddr::new(peer.parse().unwrap(), 1), proxy.parse().unwrap());
            let ClientAddress(found) = client_address(peer, &headers, &[proxy]);
            assert_eq!(found.to_string(), expected, "{peer} behind {proxy} for {forwarded}");
        }
    }
}
