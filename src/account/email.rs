//! Mail addresses.

/// A mail address that could be one. Whether it is, only a code proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email {
    /// As written.
    pub shown: String,
    /// Folded, for comparing.
    pub key: String,
}

impl Email {
    /// Reads an address: one `@`, a name before it, a domain with a dot behind it, plain characters, at most 254.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let shown = text.trim();
        let (name, domain) = shown.split_once('@')?;
        let plain = |part: &str, also: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || also.contains(c));
        let dots = |part: &str| !part.starts_with('.') && !part.ends_with('.') && !part.contains("..");
        let fits = shown.len() <= 254 && name.len() <= 64 && domain.contains('.');
        (fits && plain(name, "._%+-") && plain(domain, ".-") && dots(name) && dots(domain)).then(|| Self {
            shown: shown.to_owned(),
            key: shown.to_lowercase(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_and_a_domain() {
        for text in ["a@b.cn", "first.last+tag@mail.example.com", " A@B.cn "] {
            assert!(Email::parse(text).is_some(), "{text}");
        }
        for text in [
            "",
            "a",
            "a@b",
            "@b.cn",
            "a@@b.cn",
            "a b@c.cn",
            "a@b..cn",
            ".a@b.cn",
            "a@b.cn\nBcc: c@d.cn",
            "甲@b.cn",
            "a@.cn",
        ] {
            assert!(Email::parse(text).is_none(), "{text}");
        }
    }
}
