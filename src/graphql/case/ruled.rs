//! Rulings that need two admins, as admins see them.

use async_graphql::{Context, Enum, ID, Object, Result};
use entity::{case_ruling, kinds, value::CaseRulingId};

use super::{decide::CaseDivisionPreview, kinds::CaseFinding};
use crate::{
    account::face::{self, FaceRow},
    dispute::{refusal::preview, ruling},
    graphql::{
        context::Ask,
        errors::{Failure, FieldCode},
        id,
        scalars::{DateTime, Money},
        user::User,
    },
    kernel::policy,
};

/// What a ruling says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::RulingKind")]
pub enum CaseRulingKind {
    /// A claim is true.
    Uphold,
    /// A claim is not proven.
    Reject,
    /// What a returned account is worth.
    Finding,
    /// How the escrow of a disputed order is divided for good.
    Final,
}

/// Where a ruling stands that needs two admins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::RulingState")]
pub enum CaseRulingState {
    /// Waits up to 72 hours for the second admin.
    Pending,
    /// The second admin approved; it was carried out.
    Approved,
    /// The second admin refused.
    Refused,
    /// No second admin came in time, or the case ended meanwhile.
    Lapsed,
}

/// A ruling about more than 20,000.00, which needs a second admin.
#[derive(Debug, Clone)]
pub struct CaseRuling {
    row: case_ruling::Model,
    first: Option<FaceRow>,
    second: Option<FaceRow>,
}

impl CaseRuling {
    /// Rulings with the faces of those who made them.
    pub(super) async fn all(ctx: &Context<'_>, rows: Vec<case_ruling::Model>) -> Result<Vec<Self>, Failure> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let admins: Vec<_> = rows.iter().flat_map(|row| [Some(row.ruled_by), row.decided_by]).flatten().collect();
        let faces = face::read_all(ctx.env().db(), &admins).await?;
        let with = |row: case_ruling::Model| Self {
            first: faces.get(&row.ruled_by).cloned(),
            second: row.decided_by.and_then(|second| faces.get(&second).cloned()),
            row,
        };
        Ok(rows.into_iter().map(with).collect())
    }

    /// A ruling, for an admin; to others there is none.
    pub async fn find(ctx: &Context<'_>, id: CaseRulingId) -> Result<Self, Failure> {
        let missing = Failure::Field(FieldCode::NotFound);
        let Ok(admin) = policy::admin(ctx.actor()) else {
            return Err(missing);
        };
        let row = ruling::find(ctx.env(), admin, id).await?;
        Self::all(ctx, row.into_iter().collect()).await?.pop().ok_or(missing)
    }
}

/// A ruling about more than 20,000.00, which needs a second admin.
#[Object(serial)]
impl CaseRuling {
    /// Its id.
    pub async fn id(&self) -> ID {
        id::encode(self.row.id)
    }
    /// What it says.
    async fn kind(&self) -> CaseRulingKind {
        self.row.kind.into()
    }
    /// What was found. Null: it says nothing of the account.
    async fn finding(&self) -> Option<CaseFinding> {
        self.row.finding.map(CaseFinding::from)
    }
    /// How it would divide the money of a refused return. Null: it does not wait any more, or is about a claim.
    async fn division(&self, ctx: &Context<'_>) -> Result<Option<CaseDivisionPreview>> {
        let admin = policy::admin(ctx.actor())?;
        Ok(preview::of_ruling(ctx.env(), admin, &self.row)
            .await?
            .map(CaseDivisionPreview::from))
    }
    /// What it gives the seller of the escrow, in whole percent. Null: it gives no share.
    async fn seller_share(&self) -> Option<i32> {
        self.row.seller_share
    }
    /// What the platform advances with it at most. Null: it upholds no claim.
    async fn advance(&self) -> Option<Money> {
        self.row.advance.map(Money::from)
    }
    /// Why, in the first admin's words.
    async fn reason(&self) -> &str {
        &self.row.reason
    }
    /// Where it stands.
    async fn state(&self) -> CaseRulingState {
        self.row.state.into()
    }
    /// The first admin.
    async fn ruled_by(&self, ctx: &Context<'_>) -> Option<User> {
        self.first.clone().map(|first| User::new(ctx, first))
    }
    /// Whether that was you, so that another has to follow.
    async fn ruled_by_you(&self, ctx: &Context<'_>) -> bool {
        ctx.actor().user() == Some(self.row.ruled_by)
    }
    /// When he ruled.
    async fn ruled_at(&self) -> DateTime {
        DateTime(self.row.ruled_at)
    }
    /// When it is void without a second admin. Null: it does not wait.
    async fn void_at(&self) -> Option<DateTime> {
        self.row.due_at.map(DateTime)
    }
    /// The second admin, if one decided.
    async fn decided_by(&self, ctx: &Context<'_>) -> Option<User> {
        self.second.clone().map(|second| User::new(ctx, second))
    }
    /// When it was approved, refused or void. Null: it waits.
    async fn decided_at(&self) -> Option<DateTime> {
        self.row.decided_at.map(DateTime)
    }
    /// Why the second admin refused.
    async fn refusal(&self) -> Option<&str> {
        self.row.refusal.as_deref()
    }
}
