//! Settings of mail.

use serde::{Deserialize, Serialize};

use super::{Address, Findings};

/// Settings of mail.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// The SMTP server: `smtps://user:password@host` speaks TLS from the start, `smtp://…?tls=required` after the greeting, `smtp://…` never.
    /// `HANDOVER_MAIL__URL`, default none: each mail is a file in the folder `mail` in the data folder.
    pub url: Option<Address>,
    /// The sender of all mails. `HANDOVER_MAIL__FROM`, default Handover <no-reply@handover.example>.
    pub from: String,
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            url: None,
            from: "Handover <no-reply@handover.example>".to_owned(),
        }
    }
}

impl Mail {
    pub(super) fn check(&self, found: &mut Findings) {
        let smtp = |url: &Address| matches!(url.scheme().as_str(), "smtp" | "smtps");
        if self.url.as_ref().is_some_and(|url| !smtp(url)) {
            found.refuse("HANDOVER_MAIL__URL", "must begin with `smtp://` or `smtps://`");
        }
        if self.from.parse::<lettre::message::Mailbox>().is_err() {
            found.refuse(
                "HANDOVER_MAIL__FROM",
                "must be a mail address, as `Handover <no-reply@handover.example>`",
            );
        }
    }
}
