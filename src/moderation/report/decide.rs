//! An admin decides on a report.

use entity::{
    kinds::{ListingState, ReportOutcome, SubjectKind},
    report,
    value::{ListingId, ReportId, UserId},
};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{Subject, store};
use crate::{
    account::face,
    blacklist, chat,
    kernel::{
        Claim, Env, Event, Fault, Tx,
        claim::other,
        policy::{Admin, Proven},
        text::{TextError, clean_text},
    },
    market::state::NotNow,
    moderation::review::{self, REASON, ReviewError},
    standing::BlacklistError,
};

/// What an admin makes of a report.
#[derive(Debug, Clone, Copy)]
pub enum Verdict {
    /// Nothing follows.
    Dismiss,
    /// Whom it is about is warned.
    Warn,
    /// The listing or the message is taken away.
    Remove,
    /// Whom it is about is blacklisted, which takes a fresh proof.
    Blacklist(Proven<Admin>),
}

impl Verdict {
    /// How it stands on record.
    #[must_use]
    pub const fn outcome(&self) -> ReportOutcome {
        match self {
            Self::Dismiss => ReportOutcome::Dismissed,
            Self::Warn => ReportOutcome::Warned,
            Self::Remove => ReportOutcome::ContentRemoved,
            Self::Blacklist(_) => ReportOutcome::Blacklisted,
        }
    }
}

/// A decision.
#[derive(Debug, Clone)]
pub struct Decision {
    /// On which report.
    pub report: ReportId,
    /// What follows.
    pub verdict: Verdict,
    /// Why, 2 to 500 characters: both sides are told.
    pub reason: String,
    /// The admin's idempotency key.
    pub key: Uuid,
}

/// What makes two decisions the same.
#[derive(Serialize)]
struct Input<'a> {
    report: ReportId,
    outcome: ReportOutcome,
    reason: &'a str,
}

/// Why nothing was decided.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecideError {
    /// There is no such report.
    #[error("no such report")]
    NotFound,
    /// It is about the admin, or he reported it.
    #[error("the admin's own matter")]
    Own,
    /// Another admin looks at it.
    #[error("another looks at it")]
    Claimed {
        /// Who.
        by: String,
    },
    /// Another was first.
    #[error("already decided")]
    AlreadyDecided {
        /// Who.
        by: String,
    },
    /// A user himself cannot be taken away.
    #[error("there is nothing to take away")]
    NothingToRemove,
    /// The listing cannot be taken away now: an order holds it, or it is over.
    #[error(transparent)]
    NotNow(#[from] NotNow),
    /// Whom it is about is an admin, who must lose the role first.
    #[error("an admin must lose the role first")]
    Admin,
    /// The reason is not taken.
    #[error("reason: {0}")]
    Reason(#[from] TextError),
    /// The key was used for something else.
    #[error("the key was used for other input")]
    KeyReused,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Decides on a report, with all that follows from it, in one transaction; both sides are told. Of two admins at once one decides.
pub async fn decide(env: &Env, admin: Admin, decision: &Decision) -> Result<ReportId, DecideError> {
    let reason = clean_text(&decision.reason, REASON)?;
    let (id, outcome) = (decision.report, decision.verdict.outcome());
    let tx = env.begin().await?;
    let input = Input {
        report: id,
        outcome,
        reason: &reason,
    };
    match tx.claim(admin.id(), "reportDecide", decision.key, &input).await? {
        Claim::First(_) => {}
        Claim::Repeat(_) => return Ok(id),
        Claim::UsedForOther => return Err(DecideError::KeyReused),
    }
    let report = store::get(tx.db(), id).await?.ok_or(DecideError::NotFound)?;
    if is_own_matter(&tx, &report, admin).await? {
        return Err(DecideError::Own);
    }
    if let Some(by) = report.decided_by {
        return Err(decided(&tx, admin, by).await?);
    }
    // What follows locks standing, listings and orders, so it comes before the report's own row. If another was first, nothing of it stays.
    let already = follow(&tx, admin, &report, decision.verdict, &reason).await?;
    let report = hold(&tx, id, admin).await?;
    store::decide(&tx, id, admin.id(), outcome, &reason).await?;
    tx.emit(Event::ReportDecided {
        report: id,
        user: report.user_id,
        subject: report.subject_kind,
        outcome,
    });
    let detail = json!({ "outcome": outcome, "reason": reason, "was_so": already });
    tx.audit(admin.id().0, "report.decide", (SubjectKind::Report, id.0), &detail)
        .await?;
    tx.commit().await?;
    tracing::info!(report = %id, admin = %admin.id(), outcome = outcome.as_str(), "report decided");
    Ok(id)
}

/// Does what the verdict says. What is so already, by another decision, stays so, with the reason and the notice that it had: `true`, for the record.
async fn follow(tx: &Tx, admin: Admin, report: &report::Model, verdict: Verdict, reason: &str) -> Result<bool, DecideError> {
    match verdict {
        Verdict::Dismiss | Verdict::Warn => Ok(false),
        Verdict::Remove => match Subject::of(report.subject_kind, report.subject_id) {
            Subject::User(_) => Err(DecideError::NothingToRemove),
            Subject::Listing(listing) => remove_listing(tx, admin, listing, reason).await,
            Subject::Message(message) => {
                let removed = chat::remove(tx, message).await?;
                Ok(!removed)
            }
        },
        Verdict::Blacklist(proof) => match blacklist::blacklist(tx, proof.id().0, report.user_id, reason).await {
            Ok(()) => Ok(false),
            Err(BlacklistError::Already) => Ok(true),
            Err(BlacklistError::Admin) => Err(DecideError::Admin),
            Err(BlacklistError::Reason(why)) => Err(DecideError::Reason(why)),
            Err(BlacklistError::NotFound) => Err(Fault::internal("a report about nobody").into()),
            Err(BlacklistError::Fault(fault)) => Err(fault.into()),
        },
    }
}

/// `true`: it was removed already.
async fn remove_listing(tx: &Tx, admin: Admin, listing: ListingId, reason: &str) -> Result<bool, DecideError> {
    let row = crate::market::store::lock(tx, listing).await?;
    let row = row.ok_or_else(|| Fault::internal("a reported listing is missing"))?;
    if row.state == ListingState::Removed {
        return Ok(true);
    }
    match review::take_away(tx, admin, &row, reason).await {
        Ok(()) => Ok(false),
        Err(ReviewError::NotNow(why)) => Err(DecideError::NotNow(why)),
        Err(ReviewError::Fault(fault)) => Err(fault.into()),
        Err(other) => Err(Fault::internal(other).into()),
    }
}

/// Whether a report is about the admin, or his own.
pub(super) async fn is_own_matter(tx: &Tx, report: &report::Model, admin: Admin) -> Result<bool, Fault> {
    Ok(report.user_id == admin.id() || store::has_reported(tx.db(), report.id, admin.id()).await?)
}

/// The report, held, if it is open and no other admin looks at it: from here on nobody claims it or gives it back.
pub(super) async fn hold(tx: &Tx, id: ReportId, admin: Admin) -> Result<report::Model, DecideError> {
    let report = store::lock(tx, id).await?.ok_or(DecideError::NotFound)?;
    if let Some(by) = report.decided_by {
        return Err(decided(tx, admin, by).await?);
    }
    match other((report.claimed_by, report.claimed_at), admin.id(), tx.now()) {
        None => Ok(report),
        Some(by) => Err(DecideError::Claimed {
            by: name(tx, admin, by).await?,
        }),
    }
}

async fn decided(tx: &Tx, admin: Admin, by: UserId) -> Result<DecideError, Fault> {
    let by = name(tx, admin, by).await?;
    Ok(DecideError::AlreadyDecided { by })
}

async fn name(tx: &Tx, admin: Admin, whose: UserId) -> Result<String, Fault> {
    let face = face::read(tx.db(), whose).await?;
    Ok(face.map(|face| face.name(admin)).unwrap_or_default())
}
