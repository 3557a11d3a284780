//! The transport over real HTTP and real sockets, with a tiny schema and a door of its own.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_graphql::{Context, Object, Result, Schema, Subscription, Upload};
use async_trait::async_trait;
use entity::{
    kinds::{Locale, Role},
    value::{SessionId, UserId},
};
use futures::{Stream, StreamExt, stream};
use tokio::{net::TcpListener, sync::watch, time::sleep};

use crate::kernel::Shutdown;

use super::{HttpState, answer::Engine, door::Door, door::Refusal, origin::Origins, router};
use crate::{
    graphql::{
        limits::Limits,
        nulls::Nulls,
        request::{ClientAddress, RefreshCookie, RequestId},
    },
    kernel::{
        policy::{Actor, Rights},
        port::Wake,
    },
};

mod http;
mod socket;

/// What the tests may ask and the resolvers may tell.
#[derive(Default)]
struct Facts {
    done: AtomicUsize,
    ended: AtomicBool,
    demoted: AtomicBool,
    bell: tokio::sync::Notify,
}

struct Query;

#[Object]
impl Query {
    async fn hello(&self) -> &str {
        "hi"
    }
    async fn who(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let actor = ctx.data::<Actor>()?;
        Ok(actor.user().map(|user| user.to_string()))
    }
    async fn request(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        Ok(vec![
            ctx.data::<RequestId>()?.0.to_string(),
            format!("{:?}", ctx.data::<Locale>()?),
            ctx.data::<ClientAddress>()?.0.to_string(),
            ctx.data::<RefreshCookie>()?.0.clone().unwrap_or_default(),
        ])
    }
    async fn panic(&self) -> Option<i32> {
        None::<i32>.map_or_else(|| panic!("planted"), Some)
    }
    async fn fails(&self) -> Result<Option<i32>> {
        Err("planted".into())
    }
    async fn slow(&self, ctx: &Context<'_>) -> Result<i32> {
        sleep(Duration::from_secs(2)).await;
        ctx.data::<Arc<Facts>>()?.done.fetch_add(1, Ordering::SeqCst);
        Ok(1)
    }
}

struct Mutation;

#[Object]
impl Mutation {
    async fn slow(&self, ctx: &Context<'_>) -> Result<i32> {
        sleep(Duration::from_secs(2)).await;
        ctx.data::<Arc<Facts>>()?.done.fetch_add(1, Ordering::SeqCst);
        Ok(1)
    }
    async fn sign_in(&self, ctx: &Context<'_>) -> bool {
        ctx.append_http_header("set-cookie", "a=1");
        ctx.append_http_header("set-cookie", "b=2");
        true
    }
    async fn upload(&self, ctx: &Context<'_>, file: Upload) -> Result<String> {
        let file = file.value(ctx).map_err(|error| error.to_string())?;
        let size = file.size().map_err(|error| error.to_string())?;
        Ok(format!("{} {} {size}", file.filename, file.content_type.unwrap_or_default()))
    }
}

struct Events;

#[Subscription]
impl Events {
    async fn count(&self, to: i32) -> impl Stream<Item = i32> {
        stream::iter(0..to)
    }
    /// As fast as it goes, 8 KiB each.
    async fn flood(&self) -> impl Stream<Item = String> {
        stream::repeat_with(|| "x".repeat(8 * 1024))
    }
    async fn never(&self) -> impl Stream<Item = i32> {
        stream::pending()
    }
    async fn ticks(&self) -> impl Stream<Item = i32> {
        stream::iter(0..).then(|tick| async move {
            sleep(Duration::from_millis(10)).await;
            tick
        })
    }
    async fn refuses(&self) -> Result<stream::Pending<i32>> {
        Err("planted".into())
    }
    async fn breaks(&self) -> impl Stream<Item = i32> {
        stream::iter(0..2).map(|at| if at == 1 { panic!("planted") } else { at })
    }
}

/// Knows the token `good`.
struct TestDoor {
    facts: Arc<Facts>,
    rights: Rights,
}

#[async_trait]
impl Door for TestDoor {
    async fn admit(&self, token: &str) -> Result<Actor, Refusal> {
        match token {
            "good" => Ok(Actor::User(self.rights)),
            "away" => Err(Refusal::Unavailable),
            _ => Err(Refusal::BadToken),
        }
    }
    async fn recheck(&self, actor: &Actor) -> Result<Actor, Refusal> {
        if self.facts.ended.load(Ordering::SeqCst) {
            return Err(Refusal::Ended);
        }
        match *actor {
            Actor::User(rights) if self.facts.demoted.load(Ordering::SeqCst) => Ok(Actor::User(Rights {
                blacklisted: true,
                ..rights
            })),
            actor => Ok(actor),
        }
    }
    async fn watch(&self, _: &Actor) -> Box<dyn Wake> {
        Box::new(Bell(Arc::clone(&self.facts)))
    }
    fn rings(&self) -> bool {
        true
    }
    async fn ready(&self) -> bool {
        !self.facts.ended.load(Ordering::SeqCst)
    }
}

struct Bell(Arc<Facts>);

#[async_trait]
impl Wake for Bell {
    async fn wait(&mut self, at_most: Duration) {
        let _ = tokio::time::timeout(at_most, self.0.bell.notified()).await;
    }
}

/// A server of its own for each test.
struct Server {
    address: SocketAddr,
    facts: Arc<Facts>,
    user: UserId,
    stop: watch::Sender<bool>,
}

impl Server {
    async fn start() -> Self {
        // The client of the tests wants one, though it speaks no TLS here. Another test may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let facts = Arc::new(Facts::default());
        let rights = Rights {
            user: UserId::new(),
            session: SessionId::new(),
            role: Role::Trader,
            blacklisted: false,
            verified: true,
            version: 1,
            proven_at: None,
        };
        let schema = Schema::build(Query, Mutation, Events)
            .extension(Limits)
            .extension(Nulls::default())
            .data(Arc::clone(&facts))
            .finish();
        let (stop, stopping) = watch::channel(false);
        let state = HttpState {
            engine: Engine::new(schema).patient(Duration::from_secs(1)),
            door: Arc::new(TestDoor {
                facts: Arc::clone(&facts),
                rights,
            }),
            origins: Origins {
                listed: vec!["https://shop.example".into()],
                localhost: true,
            },
            trusted_proxies: vec![],
            shutdown: Shutdown(stopping),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = router(state, axum::Router::new()).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        let user = rights.user;
        Self {
            address,
            facts,
            user,
            stop,
        }
    }

    fn url(&self) -> String {
        format!("http://{}/graphql", self.address)
    }
}

/// By hand, for `auditServer` of the npm package graphql-http: serves until killed and prints its address.
#[tokio::test]
#[ignore = "a server for audits by hand"]
async fn serve_for_audits() {
    let server = Server::start().await;
    std::fs::write(std::env::var("ADDRESS_FILE").unwrap(), server.url()).unwrap();
    sleep(Duration::from_secs(600)).await;
}
