use async_trait::async_trait;

/// One mail, in plain text.
#[derive(Debug, Clone)]
pub struct Mail {
    /// The receiver's address.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// A mail could not be handed on.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The address can never work.
    #[error("the address is not a mail address")]
    BadAddress,
    /// The server did not take it; try again later.
    #[error("the mail was not accepted: {0}")]
    NotAccepted(String),
}

/// Sends mail: to a folder and the log, or by SMTP.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands the mail on. Returned means accepted.
    async fn send(&self, mail: &Mail) -> Result<(), MailError>;
}
