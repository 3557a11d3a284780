//! A user reports a user, a listing or a message.

use entity::{
    kinds::{ImagePurpose, ReportCause},
    value::{ComplaintId, ImageId},
};
use serde::Serialize;
use uuid::Uuid;

use super::{
    Subject,
    store::{self, By, Words},
    subject,
};
use crate::{
    kernel::{
        Claim, Env, Fault, Tx,
        policy::Trader,
        text::{TextError, clean_text},
    },
    media::{self, AttachError},
    standing,
};

/// Characters of what a reporter says.
pub const TEXT: std::ops::RangeInclusive<usize> = 2..=2_000;
/// How many images he may show.
pub const IMAGES: usize = 9;
/// How many reports a user may make in 24 hours.
pub const A_DAY: u64 = 20;

/// What a user reports.
#[derive(Debug, Clone, Serialize)]
pub struct NewReport {
    /// The thing.
    pub subject: Subject,
    /// What is the matter.
    pub cause: ReportCause,
    /// In his words.
    pub text: String,
    /// His own unused images of evidence, at most [`IMAGES`].
    pub images: Vec<ImageId>,
    /// His idempotency key.
    #[serde(skip)]
    pub key: Uuid,
}

/// Why it was not reported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReportError {
    /// There is no such user, listing or message for him, or an image is not his.
    #[error("no such thing")]
    NotFound,
    /// It is he himself, or his own.
    #[error("one does not report oneself")]
    Oneself,
    /// He has reported it, and it is not decided yet.
    #[error("reported already")]
    Already,
    /// [`A_DAY`] were made in the last 24 hours.
    #[error("too many reports; again in {minutes} min")]
    TooMany {
        /// Minutes until the next one.
        minutes: i64,
    },
    /// The text is not taken.
    #[error("text: {0}")]
    Text(TextError),
    /// Over [`IMAGES`] images.
    #[error("too many images")]
    ImageCount,
    /// An image is named twice, for something else, or in use.
    #[error("an image cannot be used")]
    ImageNotUsable,
    /// Since the request began he lost the right to.
    #[error("the reporter may not report any more")]
    MayNotReport,
    /// The key was used for something else.
    #[error("the key was used for other input")]
    KeyReused,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<AttachError> for ReportError {
    fn from(error: AttachError) -> Self {
        match error {
            AttachError::NotFound => Self::NotFound,
            AttachError::NotUsable => Self::ImageNotUsable,
            AttachError::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// Reports something. What others reported and nobody decided yet becomes one report with several complaints. Once a reporter and report.
pub async fn create(env: &Env, reporter: Trader, ask: &NewReport) -> Result<ComplaintId, ReportError> {
    let text = clean_text(&ask.text, TEXT).map_err(ReportError::Text)?;
    if ask.images.len() > IMAGES {
        return Err(ReportError::ImageCount);
    }
    let tx = env.begin().await?;
    let id = match tx.claim(reporter.id(), "reportCreate", ask.key, ask).await? {
        Claim::First(id) => ComplaintId(id),
        Claim::Repeat(id) => return Ok(ComplaintId(id)),
        Claim::UsedForOther => return Err(ReportError::KeyReused),
    };
    // His standing is held whole: of two reports at once the second counts the first.
    let held = standing::hold_whole(&tx, &[reporter.id()]).await?;
    if held.iter().any(|standing| standing.blacklisted) {
        return Err(ReportError::MayNotReport);
    }
    let user = subject::whom(tx.db(), ask.subject, reporter.id()).await?;
    let user = user.ok_or(ReportError::NotFound)?;
    if user == reporter.id() {
        return Err(ReportError::Oneself);
    }
    check_pace(&tx, reporter).await?;
    if !ask.images.is_empty() {
        media::attach(&tx, reporter.id(), &ask.images, ImagePurpose::Evidence).await?;
    }
    let report = store::open(&tx, ask.subject, user).await?;
    let words = Words {
        cause: ask.cause,
        text: &text,
        images: &ask.images,
        about: None,
    };
    if !store::add(&tx, &report, id, By::User(reporter.id()), &words).await? {
        return Err(ReportError::Already);
    }
    tx.commit().await?;
    // Not who: the log is read by more people than the queue.
    tracing::info!(report = %report.id, subject = ask.subject.kind().as_str(), cause = ask.cause.as_str(), "reported");
    Ok(id)
}

async fn check_pace(tx: &Tx, reporter: Trader) -> Result<(), ReportError> {
    let oldest = store::nth_of(tx, reporter.id(), A_DAY).await?;
    let wait = oldest.map_or(0, |oldest| oldest.plus_hours(24).since(tx.now()));
    if wait > 0 {
        return Err(ReportError::TooMany {
            minutes: wait.div_euclid(60_000) + 1,
        });
    }
    Ok(())
}
