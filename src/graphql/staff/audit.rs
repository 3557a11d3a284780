//! The audit log, for admins.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use entity::value::{AuditId, UserId};

use crate::{
    account::face,
    graphql::{
        auth::{Auth, Need, auth},
        connection::{Connection, ask, connection},
        context::Ask,
        errors::{Failure, FieldCode},
        id,
        notification::{SubjectKind, subject_id},
        scalars::DateTime,
        user::User,
    },
    kernel::policy,
    staff::audit_log::{self as domain, Entry, Filter},
};

/// An act of an admin or of the operator, a reveal, or what the platform did by itself. It is never changed.
#[derive(Debug, Clone)]
pub struct AuditEntry(Entry);

/// An act of an admin or of the operator, a reveal, or what the platform did by itself. It is never changed.
#[Object(serial)]
impl AuditEntry {
    /// Its id.
    pub async fn id(&self) -> ID {
        id::encode(self.0.row.id)
    }
    /// Its number in the chain. Null: it gets one in a few seconds.
    async fn number(&self) -> Option<i32> {
        self.0.row.seq.and_then(|seq| i32::try_from(seq).ok())
    }
    /// Its link in the chain, in hexadecimal: a keyed hash of the link before it and of this entry.
    async fn link(&self) -> Option<String> {
        self.0.row.chain.as_deref().map(hex)
    }
    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.row.at)
    }
    /// Who acted. Null: the platform by itself, or the operator at its command line.
    async fn actor(&self, ctx: &Context<'_>) -> Option<User> {
        self.0.actor.clone().map(|actor| User::new(ctx, actor))
    }
    /// What was done, a word or some: `listing_approve`.
    async fn action(&self) -> &str {
        &self.0.row.action
    }
    /// To what kind of thing.
    async fn subject_kind(&self) -> SubjectKind {
        self.0.row.subject_kind.into()
    }
    /// The id of the thing.
    async fn subject_id(&self) -> ID {
        subject_id(self.0.row.subject_kind, self.0.row.subject_id)
    }
    /// The facts, without secrets: an object of JSON, as text.
    async fn detail(&self) -> &str {
        &self.0.row.detail
    }
}

impl AuditEntry {
    /// An entry, for an admin; to others there is none.
    pub async fn find(ctx: &Context<'_>, id: AuditId) -> Result<Self, Failure> {
        let Ok(admin) = policy::admin(ctx.actor()) else {
            return Err(Failure::Field(FieldCode::NotFound));
        };
        let found = domain::entry(ctx.env(), admin, id).await?;
        found.map(Self).ok_or(Failure::Field(FieldCode::NotFound))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How the chain of the audit log stands. Whether it holds, the operator's `handover audit verify` says.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct AuditChain {
    /// The number of the newest link. 0: nothing is chained yet.
    pub number: i32,
    /// The newest link, in hexadecimal. Noted elsewhere it shows later that nothing before it was changed.
    pub link: String,
    /// How many entries wait for their links. More than some means that the worker does not run.
    pub waiting_count: i32,
}

/// A thing that was acted on.
#[derive(InputObject)]
pub struct AuditSubjectInput {
    /// What kind of thing.
    pub kind: SubjectKind,
    /// Its id.
    pub id: ID,
}

/// Which entries. All of it must fit.
#[derive(InputObject, Default)]
pub struct AuditFilterInput {
    /// Of what this user did.
    pub actor_id: Option<ID>,
    /// Of what the platform did by itself, or its operator.
    #[graphql(default)]
    pub by_system: bool,
    /// Of this act, by its whole name, at most 60 characters.
    pub action: Option<String>,
    /// About this thing.
    pub subject: Option<AuditSubjectInput>,
    /// From this moment on.
    pub from: Option<DateTime>,
    /// Before this moment.
    pub to: Option<DateTime>,
}

/// Queries about the audit log.
#[derive(Default)]
pub struct AuditQuery;

#[Object]
impl AuditQuery {
    /// The audit log, newest first.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn audit_log(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
        #[graphql(desc = "Which entries; without it all.")] filter: Option<AuditFilterInput>,
    ) -> Result<Option<Connection<AuditEntry>>> {
        let admin = policy::admin(ctx.actor())?;
        let filter = read(ctx, filter.unwrap_or_default()).await?;
        let page = domain::audit_log(ctx.env(), admin, &filter, &ask(first, after.as_deref())?).await?;
        Ok(Some(connection(page, after.is_some(), Entry::place, AuditEntry)))
    }

    /// How the chain of the audit log stands.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn audit_chain(&self, ctx: &Context<'_>) -> Result<Option<AuditChain>> {
        let admin = policy::admin(ctx.actor())?;
        let (head, waiting) = domain::chain(ctx.env(), admin).await?;
        Ok(Some(AuditChain {
            number: i32::try_from(head.seq).unwrap_or(i32::MAX),
            link: hex(&head.chain),
            waiting_count: i32::try_from(waiting).unwrap_or(i32::MAX),
        }))
    }
}

async fn read(ctx: &Context<'_>, filter: AuditFilterInput) -> Result<Filter, Failure> {
    let actor = match &filter.actor_id {
        Some(actor) => Some(user(ctx, actor).await?),
        None => None,
    };
    let subject = match filter.subject {
        Some(subject) => Some(named(subject.kind.into(), &subject.id)?),
        None => None,
    };
    Ok(Filter {
        actor,
        by_system: filter.by_system,
        // No act has a longer name.
        action: filter.action.map(|action| action.chars().take(60).collect()),
        subject,
        from: filter.from.map(|from| from.0),
        to: filter.to.map(|to| to.0),
    })
}

/// A user who is there.
async fn user(ctx: &Context<'_>, named: &ID) -> Result<UserId, Failure> {
    let user: UserId = id::decode(named)?;
    let found = face::read(ctx.env().db(), user).await?;
    found.map(|_| user).ok_or(Failure::Field(FieldCode::NotFound))
}

/// A thing of this kind, by its bare id. Whether there is one, the log says.
fn named(kind: entity::kinds::SubjectKind, of: &ID) -> Result<(entity::kinds::SubjectKind, uuid::Uuid), Failure> {
    let (_, bare) = id::open(of).ok_or(Failure::Field(FieldCode::NotFound))?;
    if subject_id(kind, bare) == *of {
        Ok((kind, bare))
    } else {
        Err(Failure::Field(FieldCode::NotFound))
    }
}
