//! Serves connections, and has patience with none: a client that sends or takes nothing is let go.

use std::{convert::Infallible, io, net::SocketAddr, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
    response::Response,
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time::{Instant, sleep},
};
use tower::ServiceExt;

use super::{
    crowd::{Arrival, Crowd, Place},
    pace::Pace,
    patient::Patient,
};
use crate::kernel::Shutdown;

/// The most bytes of a request's head. An address alone may have 64 KiB.
const MAX_HEAD: usize = 128 * 1024;
/// How long to wait when no connection can be taken, for want of file handles as a rule.
const BREATH: Duration = Duration::from_millis(500);
/// How often the log tells that there are too many connections.
const COMPLAINT: Duration = Duration::from_secs(10);

/// Serves until the server stops, and then until the requests under way have ended. Sockets, which are no requests any more, are told to go
/// elsewhere by their own loops. One connection too many is closed at once.
pub async fn serve(listener: TcpListener, routes: Router, pace: Pace, shutdown: Shutdown) {
    let (crowd, mut complained) = (Crowd::new(pace), None);
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            () = shutdown.wait() => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => match crowd.enter(peer) {
                Some(place) => {
                    connections.spawn(connection(stream, peer, place, routes.clone(), pace, shutdown.clone()));
                }
                None if complained.is_none_or(|at: Instant| at.elapsed() > COMPLAINT) => {
                    complained = Some(Instant::now());
                    tracing::warn!(%peer, "too many connections");
                }
                None => {}
            },
            Err(error) if is_the_peer_s(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be taken");
                sleep(BREATH).await;
            }
        }
        while connections.try_join_next().is_some() {}
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

fn is_the_peer_s(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset
    )
}

async fn connection(stream: TcpStream, peer: SocketAddr, place: Place, routes: Router, pace: Pace, shutdown: Shutdown) {
    // Small answers leave at once. A socket that refuses it is served all the same.
    let _ = stream.set_nodelay(true);
    let arrival = place.arrival.clone();
    let service = service_fn(move |request| answer(routes.clone(), peer, arrival.clone(), request));
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(pace.head)
        .max_buf_size(MAX_HEAD);
    let io = TokioIo::new(Patient::new(stream, pace.take, place));
    let mut serving = std::pin::pin!(builder.serve_connection(io, service).with_upgrades());
    let ended = tokio::select! {
        ended = serving.as_mut() => ended,
        () = shutdown.wait() => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke off");
    }
}

async fn answer(
    routes: Router,
    peer: SocketAddr,
    arrival: Option<Arrival>,
    request: hyper::Request<Incoming>,
) -> Result<Response, Infallible> {
    let mut request: Request = request.map(Body::new);
    request.extensions_mut().insert(ConnectInfo(peer));
    if let Some(arrival) = arrival {
        request.extensions_mut().insert(arrival);
    }
    routes.oneshot(request).await
}
