//! A ruling that needs two admins, as admins see it.

use async_graphql::{Context, ID, Object, Result};
use entity::value::CaseRulingId;

use super::{
    decide::CasePreview,
    kinds::{CaseFinding, CaseRulingKind, CaseRulingState},
};
use crate::{
    dispute::{
        refusal::preview,
        ruling::{self, Ruling, RulingCard},
    },
    graphql::{
        context::Ask,
        errors::{Failure, FieldCode},
        id,
        scalars::{DateTime, Money},
        user::User,
    },
    kernel::policy,
};

/// A ruling about more than 20,000.00, which waits, or waited, for a second admin.
#[derive(Debug, Clone)]
pub struct CaseRuling(pub(super) RulingCard);

impl CaseRuling {
    /// A ruling, for an admin; to others there is none.
    pub async fn find(ctx: &Context<'_>, id: CaseRulingId) -> Result<Self, Failure> {
        let Ok(admin) = policy::admin(ctx.actor()) else {
            return Err(Failure::Field(FieldCode::NotFound));
        };
        let found = ruling::find(ctx.env(), admin, id).await?;
        found.map(Self).ok_or(Failure::Field(FieldCode::NotFound))
    }
}

/// A ruling about more than 20,000.00, which waits, or waited, for a second admin.
#[Object]
impl CaseRuling {
    /// Its id.
    pub async fn id(&self) -> ID {
        id::encode(self.0.ruling.id)
    }
    /// What it says.
    async fn kind(&self) -> CaseRulingKind {
        self.0.ruling.kind.into()
    }
    /// What was found. Null where the kind says all.
    async fn finding(&self) -> Option<CaseFinding> {
        self.0.ruling.finding.map(CaseFinding::from)
    }
    /// The seller's share in whole percent, where it gives one.
    async fn seller_share(&self) -> Option<i32> {
        self.0.ruling.seller_share
    }
    /// What the platform advances with it, where it upholds a claim.
    async fn advance(&self) -> Option<Money> {
        self.0.ruling.advance.map(Money::from)
    }
    /// Why.
    async fn reason(&self) -> &str {
        &self.0.ruling.reason
    }
    /// Where it stands.
    async fn state(&self) -> CaseRulingState {
        self.0.ruling.state.into()
    }
    /// The first admin.
    async fn ruled_by(&self, ctx: &Context<'_>) -> Option<User> {
        self.0.by.clone().map(|by| User::new(ctx, by))
    }
    /// Whether that was you, so that another has to follow.
    async fn ruled_by_you(&self, ctx: &Context<'_>) -> bool {
        ctx.actor().user() == Some(self.0.ruling.ruled_by)
    }
    /// When.
    async fn ruled_at(&self) -> DateTime {
        DateTime(self.0.ruling.ruled_at)
    }
    /// When it is void without a second admin. Null: it does not wait.
    async fn void_at(&self) -> Option<DateTime> {
        self.0.ruling.due_at.map(DateTime)
    }
    /// The second admin, if one decided.
    async fn decided_by(&self, ctx: &Context<'_>) -> Option<User> {
        self.0.decider.clone().map(|decider| User::new(ctx, decider))
    }
    /// When it was approved, refused or void. Null: it waits.
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.ruling.decided_at.map(DateTime)
    }
    /// Why the second admin refused.
    async fn refusal(&self) -> Option<&str> {
        self.0.ruling.refusal.as_deref()
    }
    /// What it would do. Null: it does not wait any more, or is about a recovery.
    async fn preview(&self) -> Result<Option<CasePreview>> {
        if self.0.ruling.due_at.is_none() {
            return Ok(None);
        }
        let ruling = Ruling::try_from(&self.0.ruling)?;
        Ok(preview::of_ruling(&self.0.case, &ruling).ok().map(CasePreview::from))
    }
}
