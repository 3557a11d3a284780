//! Mail: into a folder, or by SMTP.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use async_trait::async_trait;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use tokio::task::spawn_blocking;
use uuid::Uuid;

use super::storage;
use crate::kernel::port::{Mail, MailError, Mailer};

/// How long a mail server may take for one step.
const PATIENCE: Duration = Duration::from_secs(15);

/// Writes each mail as one `.eml` file, named so that names sort by time. For trying out and for tests.
pub struct FolderMailer {
    folder: PathBuf,
    from: Mailbox,
}

impl FolderMailer {
    /// Mails into `folder`, from the address `from` (`Name <a@b>`).
    ///
    /// # Errors
    /// When `from` is not an address or the folder cannot be made.
    pub fn new(folder: &Path, from: &str) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
            from: sender(from)?,
        })
    }
}

#[async_trait]
impl Mailer for FolderMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let id = Uuid::now_v7();
        let bytes = compose(&self.from, mail, id)?.formatted();
        let path = self.folder.join(format!("{id}.eml"));
        let written = spawn_blocking(move || storage::write(&path, &bytes)).await;
        written.map_err(not_accepted)?.map_err(not_accepted)?;
        // Never the body, which carries codes, nor to whom: addresses are nobody's to read in a log.
        tracing::info!(%id, subject = %mail.subject, "mail written");
        Ok(())
    }
}

/// Sends mail through an SMTP server.
pub struct SmtpMailer {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl SmtpMailer {
    /// Mails through the server at `url`, from the address `from` (`Name <a@b>`).
    ///
    /// `smtps://user:password@host` speaks TLS from the start, `smtp://…?tls=required` begins it after the greeting, `smtp://…` never.
    ///
    /// # Errors
    /// When `url` is not an SMTP address or `from` is not a mail address.
    pub fn new(url: &str, from: &str) -> Result<Self> {
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).context("not an SMTP address")?;
        Ok(Self {
            server: server.timeout(Some(PATIENCE)).build(),
            from: sender(from)?,
        })
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let id = Uuid::new_v4();
        let message = compose(&self.from, mail, id)?;
        self.server.send(message).await.map_err(not_accepted)?;
        tracing::info!(%id, subject = %mail.subject, "mail handed to the server");
        Ok(())
    }
}

fn sender(from: &str) -> Result<Mailbox> {
    from.parse().with_context(|| format!("{from} is not a mail address"))
}

fn not_accepted(error: impl std::fmt::Display) -> MailError {
    MailError::NotAccepted(error.to_string())
}

/// The mail as it is sent. Its `Message-ID` begins with the id that the log tells.
fn compose(from: &Mailbox, mail: &Mail, id: Uuid) -> Result<Message, MailError> {
    let to = mail.to.parse::<Address>().map_err(|_| MailError::BadAddress)?;
    // A line break in a subject could begin a header of its own.
    let subject = mail.subject.replace(char::is_control, " ");
    Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(subject)
        .message_id(Some(format!("<{id}@{}>", from.email.domain())))
        .header(ContentType::TEXT_PLAIN)
        .body(mail.body.clone())
        .map_err(not_accepted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(to: &str, subject: &str, body: &str) -> Mail {
        Mail {
            to: to.into(),
            subject: subject.into(),
            body: body.into(),
        }
    }

    fn text_of(mail: &Mail) -> String {
        let from = sender("Handover <no-reply@handover.example>").unwrap();
        String::from_utf8(compose(&from, mail, Uuid::nil()).unwrap().formatted()).unwrap()
    }

    #[test]
    fn chinese_is_encoded_to_plain_ascii() {
        let text = text_of(&mail("bea@example.com", "您的验证码", "验证码：123456\n十分钟内有效。\n"));
        assert!(text.is_ascii());
        assert!(text.contains("Subject: =?utf-8?"), "{text}");
        assert!(text.contains("Content-Type: text/plain; charset=utf-8"), "{text}");
        assert!(text.contains("\r\nDate: ") && text.contains("@handover.example>"), "{text}");
    }

    #[test]
    fn a_subject_cannot_begin_a_header() {
        let text = text_of(&mail("bea@example.com", "hello\r\nBcc: eve@example.com", "text"));
        assert!(!text.contains("\nBcc"), "{text}");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let from = sender("no-reply@handover.example").unwrap();
        for to in [
            "",
            "bea",
            "a@b, c@d",
            "bea@exa mple.com",
            "bea@example.com\r\nBcc: eve@example.com",
            "Bea <bea@example.com>",
        ] {
            let composed = compose(&from, &mail(to, "s", "b"), Uuid::nil());
            assert!(matches!(composed, Err(MailError::BadAddress)), "{to:?}");
        }
        assert!(sender("nobody").is_err());
        assert!(SmtpMailer::new("http://example.com", "a@example.com").is_err());
    }

    #[tokio::test]
    async fn mails_in_a_folder_sort_by_time() {
        let dir = tempfile::tempdir().unwrap();
        let mailer = FolderMailer::new(&dir.path().join("mail"), "no-reply@handover.example").unwrap();
        for subject in ["first", "second", "third"] {
            mailer.send(&mail("bea@example.com", subject, "text")).await.unwrap();
        }
        let files = std::fs::read_dir(dir.path().join("mail")).unwrap().map(|file| file.unwrap().path());
        let mut files = files.collect::<Vec<_>>();
        files.sort();
        let texts = files.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect::<Vec<_>>();
        assert_eq!(texts.len(), 3);
        for (text, subject) in texts.iter().zip(["first", "second", "third"]) {
            assert!(text.contains(&format!("Subject: {subject}\r\n")), "{text}");
        }
    }

    #[tokio::test]
    async fn a_server_that_is_away_is_an_error_to_try_again() {
        let mailer = SmtpMailer::new("smtp://127.0.0.1:1", "no-reply@handover.example").unwrap();
        let sent = mailer.send(&mail("bea@example.com", "s", "b")).await;
        assert!(matches!(sent, Err(MailError::NotAccepted(_))));
    }
}
