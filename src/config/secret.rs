//! Secrets: settings, passwords, codes, tokens, numbers of cards and accounts. No log line, debug output or `config check` ever shows one, and
//! its memory is wiped when it is dropped.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// What stands in the place of a secret.
const MASK: &str = "***";

/// A secret. Only [`Secret::expose`] gives it away; `Debug` and `Serialize` write `***`.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// The secret itself, for whoever must use it.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Eq for Secret {}

impl<T: Into<String>> From<T> for Secret {
    fn from(text: T) -> Self {
        let text: String = text.into();
        Self(text.into())
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // What serde says of a value of another kind repeats the value.
        let text = String::deserialize(deserializer).map_err(|_| D::Error::custom("must be a text in quotes"))?;
        Ok(Self::from(text))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(MASK)
    }
}

/// An address that may carry a password, as `postgres://user:password@host/name`. `Debug`, `Display` and `Serialize` leave the password out.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Address(String);

impl Address {
    /// The address as it was set, password included, for whoever must connect.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What stands before `:`, in small letters.
    #[must_use]
    pub fn scheme(&self) -> String {
        self.0.split(':').next().unwrap_or_default().to_ascii_lowercase()
    }
}

impl<T: Into<String>> From<T> for Address {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&masked(&self.0))
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for Address {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The address without the password of its user part, and without its query when that names one.
fn masked(address: &str) -> String {
    let (front, query) = match address.split_once('?') {
        Some((front, query)) if query.to_ascii_lowercase().contains("password") => (front, format!("?{MASK}")),
        Some((front, query)) => (front, format!("?{query}")),
        None => (address, String::new()),
    };
    let Some((scheme, rest)) = front.split_once("://") else {
        return format!("{front}{query}");
    };
    // A password may hold an unescaped `/`, so the last `@` ends the user part.
    let Some((user, place)) = rest.rsplit_once('@') else {
        return format!("{front}{query}");
    };
    let user = user
        .split_once(':')
        .map_or_else(|| user.to_owned(), |(name, _)| format!("{name}:{MASK}"));
    format!("{scheme}://{user}@{place}{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_shows_nowhere_but_where_it_is_exposed() {
        let secret = Secret::from("hunter2");
        assert_eq!(format!("{secret:?}"), "***");
        assert_eq!(serde_json::to_string(&secret).unwrap(), "\"***\"");
        assert_eq!(secret.expose(), "hunter2");
        let refused = serde_json::from_str::<Secret>("77770000").unwrap_err().to_string();
        assert!(!refused.contains("7777"), "{refused}");
    }

    #[test]
    fn an_address_shows_all_but_its_password() {
        for (address, shown) in [
            ("sqlite:data/handover.db", "sqlite:data/handover.db"),
            ("postgres://db/handover", "postgres://db/handover"),
            ("postgres://ann@db/handover", "postgres://ann@db/handover"),
            ("postgres://ann:p4ss@db:5432/handover", "postgres://ann:***@db:5432/handover"),
            ("postgres://ann:p4/s@s@db/handover", "postgres://ann:***@db/handover"),
            ("redis://:p4ss@cache/0", "redis://:***@cache/0"),
            ("smtp://a:p4ss@mail?tls=required", "smtp://a:***@mail?tls=required"),
            ("postgres://db/handover?user=ann&password=p4ss", "postgres://db/handover?***"),
        ] {
            let address = Address::from(address);
            assert_eq!(format!("{address} {address:?}"), format!("{shown} {shown}"));
            assert_eq!(serde_json::to_value(&address).unwrap(), shown);
        }
    }
}
