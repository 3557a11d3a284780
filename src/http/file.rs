//! What stands around each file that is given out, as around an operation: its caller pays, and waits only so long. It is found in a task of
//! its own, because a look at some files is written down: a caller who hangs up cancels nothing half-way.

use std::{net::SocketAddr, time::Duration};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};
use tracing::Instrument;

use super::{
    answer::PATIENCE,
    context,
    gate::{Wait, pour},
    payer::Payer,
};
use crate::{
    graphql::{
        limits::rates::Rates,
        request::{ClientAddress, RequestId},
    },
    kernel::{Env, Fault, policy::Actor},
};

/// Archives that are put together or wait for their turn.
static ARCHIVES: Semaphore = Semaphore::const_new(4);

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An image for everybody who knows its address.
    PublicImage,
    /// An image for one viewer.
    PrivateImage,
    /// A table, written when it is asked for.
    Table,
    /// An archive, put together when it is asked for.
    Archive,
}

impl Kind {
    /// How many drops of its caller's bucket it takes.
    const fn drops(self) -> u64 {
        match self {
            Self::PublicImage | Self::PrivateImage => 1,
            Self::Table => 50,
            Self::Archive => 200,
        }
    }

    /// How long whoever asks waits at most: an archive has many images, and others may be before it.
    const fn patience(self) -> Duration {
        match self {
            Self::PublicImage | Self::PrivateImage | Self::Table => PATIENCE,
            Self::Archive => Duration::from_secs(180),
        }
    }

    /// Whether it matters who asks.
    const fn is_for_somebody(self) -> bool {
        match self {
            Self::PublicImage => false,
            Self::PrivateImage | Self::Table | Self::Archive => true,
        }
    }
}

/// A request for a file.
pub struct Visit {
    id: RequestId,
    address: ClientAddress,
    headers: HeaderMap,
}

impl FromRequestParts<Env> for Visit {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, env: &Env) -> Result<Self, StatusCode> {
        let extensions = &parts.extensions;
        let (Some(id), Some(ConnectInfo(peer))) = (extensions.get::<RequestId>(), extensions.get::<ConnectInfo<SocketAddr>>()) else {
            return Err(StatusCode::INTERNAL_SERVER_ERROR);
        };
        Ok(Self {
            id: *id,
            address: context::client_address(*peer, &parts.headers, &env.config().trusted_proxies),
            headers: parts.headers.clone(),
        })
    }
}

/// Answers with the file that `find` finds for whoever asks, or with what is said in its place.
pub async fn give<F>(env: Env, visit: Visit, kind: Kind, find: impl FnOnce(Env, Actor) -> F + Send + 'static) -> Response
where
    F: Future<Output = Result<Option<Response>, Fault>> + Send + 'static,
{
    let span = tracing::info_span!("file", id = %visit.id.0);
    let work = async move {
        let _running = env.meters().running.enter();
        match paid(env, visit, kind, find).await {
            Ok(Some(found)) => found,
            Ok(None) => not_found(),
            Err(fault) => failed(&fault),
        }
    };
    let task = tokio::spawn(work.instrument(span.clone()));
    match timeout(kind.patience(), task).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => span.in_scope(|| failed(&Fault::internal(error))),
        Err(_) => span.in_scope(|| failed(&Fault::Unavailable("a file takes too long".to_owned()))),
    }
}

async fn paid<F>(env: Env, visit: Visit, kind: Kind, find: impl FnOnce(Env, Actor) -> F + Send) -> Result<Option<Response>, Fault>
where
    F: Future<Output = Result<Option<Response>, Fault>> + Send,
{
    let actor = if kind.is_for_somebody() {
        context::actor(&env, &visit.headers).await?
    } else {
        Actor::Anonymous
    };
    let payer = Payer::of(&actor, visit.address);
    let rates = Rates {
        scale: env.config().limits.scale,
    };
    let key = format!("files:{payer}");
    let poured = pour(env.cache(), &key, rates.files(), kind.drops(), visit.id).await;
    match poured {
        Ok(_) => find(env, actor).await,
        Err(wait) => Ok(Some(too_many(wait))),
    }
}

/// A place among those who have an archive put together, until it is dropped.
///
/// # Errors
/// There is none: who would wait behind them would wait in vain.
pub fn archive() -> Result<SemaphorePermit<'static>, Fault> {
    ARCHIVES
        .try_acquire()
        .map_err(|_| Fault::Unavailable("too many archives at once".to_owned()))
}

/// There is nothing here for whoever asks.
pub fn not_found() -> Response {
    (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, "no-store")], "Not found").into_response()
}

fn too_many(Wait(seconds): Wait) -> Response {
    let headers = [
        (header::RETRY_AFTER, seconds.to_string()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (StatusCode::TOO_MANY_REQUESTS, headers, "Too many requests").into_response()
}

fn failed(fault: &Fault) -> Response {
    tracing::error!(%fault, "a file was not read");
    match fault {
        Fault::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, "Try again").into_response(),
        Fault::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong").into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_archives_are_put_together_at_once_and_no_more() {
        let places: Vec<_> = (0..4).map(|_| archive()).collect();
        assert!(places.iter().all(Result::is_ok));
        assert!(matches!(archive(), Err(Fault::Unavailable(_))));
        drop(places);
        assert!(archive().is_ok());
    }
}
