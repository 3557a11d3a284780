//! Mails about an account, in its reader's language.

use entity::kinds::Locale;

use crate::kernel::{
    Env,
    port::{Mail, MailError},
    words,
};

/// The mail `name` with its arguments, for `to`.
pub(super) fn write(to: &str, locale: Locale, name: &str, arguments: &[(&str, String)]) -> Mail {
    Mail {
        to: to.to_owned(),
        subject: words::say(locale, &format!("mail-{name}-subject"), arguments),
        body: words::say(locale, &format!("mail-{name}-body"), arguments),
    }
}

/// Sends a mail about what is done already: that it cannot be sent undoes nothing, and the log tells.
pub(super) async fn tell(env: &Env, mail: &Mail) {
    match env.mailer().send(mail).await {
        Ok(()) => {}
        Err(MailError::BadAddress) => tracing::warn!("a mail about an account has an address that cannot work"),
        Err(MailError::NotAccepted(why)) => tracing::warn!(%why, "a mail about an account was not accepted"),
    }
}
