//! What every operation passes before it runs, over HTTP and over sockets alike: its document is found and weighed, its caller pays.
//!
//! A [`Call`] is made here alone, so nothing that was not weighed and paid for can run.

use async_graphql::{Request, ServerError, Value, parser::types::OperationType, value};
use entity::kinds::Locale;
use tracing::Span;

use super::{
    HttpState,
    payer::Payer,
    persisted::{self, Keep},
};
use crate::{
    config::Introspection,
    graphql::{
        errors::FieldCode,
        limits::{Class, Plan, examine, rates::Rates},
        request::{ClientAddress, ClientName, RefreshCookie, RequestId},
        said::Said,
    },
    kernel::{
        policy::Actor,
        port::{Bucket, Cache, Poured},
    },
};

/// The schema is not shown to this caller.
const NOT_SHOWN: &str = "INTROSPECTION_DISABLED";

/// Who asks, and whence.
pub struct Visitor {
    /// The request's id.
    pub id: RequestId,
    /// Who.
    pub actor: Actor,
    /// In which language he reads.
    pub locale: Locale,
    /// Where he is.
    pub address: ClientAddress,
    /// What his client calls itself.
    pub name: ClientName,
    /// The refresh token that his browser sent along.
    pub cookie: RefreshCookie,
}

/// A request whose document is known and within its limits.
pub struct Weighed {
    request: Request,
    plan: Plan,
    keep: Option<Keep>,
}

impl Weighed {
    /// The operation's kind; `None` when the document does not say which is meant.
    #[must_use]
    pub const fn kind(&self) -> Option<OperationType> {
        self.plan.kind
    }
}

/// What an operation cost, and what its caller has left.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    requested: u64,
    remaining: u64,
    restore_rate: u64,
}

impl Cost {
    /// As it stands in the answer's `extensions.cost`, in points and points a second.
    #[must_use]
    pub fn told(self) -> Value {
        value!({ "requested": (self.requested), "remaining": (self.remaining), "restoreRate": (self.restore_rate) })
    }
}

/// An operation that may run.
pub struct Call {
    /// The request with all its data.
    pub request: Request,
    /// The request's id.
    pub id: RequestId,
    /// Who asks.
    pub actor: Actor,
    /// In which language he reads.
    pub locale: Locale,
    /// What runs; `None` when the document does not say, and then the schema refuses it.
    pub kind: Option<OperationType>,
    /// What it cost.
    pub cost: Cost,
    _passed: Passed,
}

/// Only this file can write it.
struct Passed;

impl Call {
    /// What the log tells of it. Never its variables.
    pub fn span(&self) -> Span {
        tracing::info_span!(
            "request",
            id = %self.id.0,
            operation = self.request.operation_name.as_deref().map(|name| name.chars().take(80).collect::<String>()),
            kind = self.kind.map(tracing::field::display),
            user = self.actor.user().map(tracing::field::display),
            cost = self.cost.requested,
        )
    }
}

/// Finds the document and weighs it.
///
/// # Errors
/// What is wrong with it, with its code.
pub async fn weigh(state: &HttpState, mut request: Request) -> Result<Weighed, ServerError> {
    let keep = persisted::complete(state.door.cache(), &mut request).await?;
    let plan = examine(&mut request, state.engine.shape(), state.engine.known())?;
    Ok(Weighed { request, plan, keep })
}

/// Lets a visitor's operation run, once he has paid for it.
///
/// # Errors
/// He may not, or has nothing left; then the error says when again.
pub async fn pass(state: &HttpState, weighed: Weighed, visitor: Visitor) -> Result<Call, ServerError> {
    let Weighed { request, plan, keep } = weighed;
    if plan.introspects && !shows(state.introspection, &visitor.actor) {
        return Err(Said::new("request-introspection").refusal(NOT_SHOWN));
    }
    let (cache, rates) = (state.door.cache(), state.rates);
    let payer = Payer::of(&visitor.actor, visitor.address);
    let cost = charge(cache, rates, &plan, payer, &visitor).await.map_err(too_many)?;
    if let Some(keep) = keep {
        persisted::keep(cache, keep, &request.query, payer, rates).await;
    }
    let Visitor {
        id,
        actor,
        locale,
        address,
        name,
        cookie,
    } = visitor;
    let request = request.data(actor).data(id).data(locale).data(address).data(name).data(cookie);
    Ok(Call {
        request,
        id,
        actor,
        locale,
        kind: plan.kind,
        cost,
        _passed: Passed,
    })
}

const fn shows(introspection: Introspection, actor: &Actor) -> bool {
    match introspection {
        Introspection::Everyone => true,
        Introspection::Members => actor.user().is_some(),
        Introspection::Nobody => false,
    }
}

async fn charge(cache: &dyn Cache, rates: Rates, plan: &Plan, payer: Payer, visitor: &Visitor) -> Result<Cost, Wait> {
    for (name, class) in &plan.mutations {
        // What is open to everybody is counted by address even for those who signed in, or one account would open it to a flood.
        let payer = match class {
            Class::Door => Payer::at(visitor.address),
            Class::Delicate | Class::Plain => payer,
        };
        pour(cache, &format!("calls:{name}:{payer}"), rates.calls(*class), 1, visitor.id).await?;
    }
    let points = rates.points();
    let remaining = pour(cache, &format!("points:{payer}"), points, plan.cost, visitor.id).await?;
    Ok(Cost {
        requested: plan.cost,
        remaining,
        restore_rate: u64::try_from(1_000_000 / points.drop_in.as_micros().max(1)).unwrap_or(u64::MAX),
    })
}

fn too_many(Wait(seconds): Wait) -> ServerError {
    let said = Said::new("request-rate").with("seconds", seconds);
    let mut error = said.refusal(FieldCode::RateLimited.as_str());
    error.extensions.get_or_insert_default().set("retryAfter", seconds);
    error
}

/// Seconds until it is worth asking again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait(pub u64);

/// Pours for a request, and tells how much room is left. A cache that is away refuses nobody: what must be counted for safety's sake is counted
/// again where it is done, and fails closed there.
pub async fn pour(cache: &dyn Cache, key: &str, bucket: Bucket, drops: u64, id: RequestId) -> Result<u64, Wait> {
    match cache.pour(key, bucket, drops).await {
        Ok(Poured { room, wait: None }) => Ok(room),
        Ok(Poured { wait: Some(wait), .. }) => {
            let seconds = wait.as_secs().saturating_add(1);
            tracing::info!(id = %id.0, key, seconds, "too many");
            Err(Wait(seconds))
        }
        Err(error) => {
            tracing::warn!(%error, "nobody counts");
            Ok(bucket.holds)
        }
    }
}
