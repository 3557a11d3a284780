//! The transport over real HTTP and real sockets, with a tiny schema and a door of its own: what no honest schema would do, these resolvers do.

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
use axum::Router;
use entity::{
    kinds::{Locale, Role},
    value::{SessionId, UserId},
};
use futures::{Stream, StreamExt, future, stream};
use handover::{
    config::Introspection,
    graphql::{
        limits::rates::Rates,
        request::{ClientAddress, RefreshCookie, RequestId},
    },
    http::{
        self, HttpState,
        answer::Engine,
        door::{Door, Refusal},
        origin::Origins,
        pace::Pace,
        serve::serve,
        sockets::Sockets,
    },
    infra::cache::MemoryCache,
    kernel::{
        Meters, Shutdown,
        policy::{Actor, Rights},
        port::{Cache, Wake},
    },
};
use tokio::{
    net::TcpListener,
    sync::{Notify, Semaphore, watch},
    task::JoinHandle,
};

/// What the tests may ask and the resolvers may tell.
pub struct Facts {
    /// How often a slow mutation has begun, and ended.
    pub begun: Notify,
    pub done: Notify,
    pub times_done: AtomicUsize,
    /// A slow mutation goes on when there is a permit.
    pub gate: Semaphore,
    pub ended: AtomicBool,
    pub demoted: AtomicBool,
    pub bell: Notify,
    /// How many messages the floods have made.
    pub flooded: AtomicUsize,
    pub cache: MemoryCache,
    rights: Rights,
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
    /// Never answers.
    async fn hangs(&self) -> i32 {
        future::pending().await
    }
    async fn large(&self, bytes: usize) -> String {
        "x".repeat(bytes)
    }
    async fn rows(&self, first: Option<i32>) -> Vec<i32> {
        (0..first.unwrap_or(20)).collect()
    }
}

struct Mutation;

#[Object]
impl Mutation {
    /// Waits for the gate.
    async fn slow(&self, ctx: &Context<'_>) -> Result<i32> {
        let facts = ctx.data::<Arc<Facts>>()?;
        facts.begun.notify_one();
        facts.gate.acquire().await.map_err(|error| error.to_string())?.forget();
        facts.times_done.fetch_add(1, Ordering::SeqCst);
        facts.done.notify_one();
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
    async fn flood(&self, ctx: &Context<'_>) -> Result<impl Stream<Item = String> + use<>> {
        let facts = Arc::clone(ctx.data::<Arc<Facts>>()?);
        Ok(stream::repeat_with(move || {
            facts.flooded.fetch_add(1, Ordering::SeqCst);
            "x".repeat(8 * 1024)
        }))
    }
    async fn never(&self) -> impl Stream<Item = i32> {
        stream::pending()
    }
    async fn refuses(&self) -> Result<stream::Pending<i32>> {
        Err("planted".into())
    }
    async fn breaks(&self) -> impl Stream<Item = i32> {
        stream::iter(0..2).map(|at| if at == 1 { panic!("planted") } else { at })
    }
}

/// Knows the token `good`, and one more user for each token `user-…`.
struct TestDoor(Arc<Facts>);

#[async_trait]
impl Door for TestDoor {
    async fn admit(&self, token: &str) -> Result<Actor, Refusal> {
        match token {
            "good" => Ok(Actor::User(self.0.rights)),
            "away" => Err(Refusal::Unavailable),
            "ended" => Err(Refusal::Ended),
            other if other.starts_with("user-") => Ok(Actor::User(Rights {
                user: UserId::new(),
                ..self.0.rights
            })),
            _ => Err(Refusal::BadToken),
        }
    }
    async fn recheck(&self, actor: &Actor) -> Result<Actor, Refusal> {
        if self.0.ended.load(Ordering::SeqCst) {
            return Err(Refusal::Ended);
        }
        match *actor {
            Actor::User(rights) if self.0.demoted.load(Ordering::SeqCst) => Ok(Actor::User(Rights {
                blacklisted: true,
                ..rights
            })),
            actor => Ok(actor),
        }
    }
    async fn watch(&self, _: &Actor) -> Box<dyn Wake> {
        Box::new(Bell(Arc::clone(&self.0)))
    }
    fn rings(&self) -> bool {
        true
    }
    fn cache(&self) -> &dyn Cache {
        &self.0.cache
    }
}

struct Bell(Arc<Facts>);

#[async_trait]
impl Wake for Bell {
    async fn wait(&mut self, at_most: Duration) {
        // Whether it rang or the time is over, its owner looks.
        let _ = tokio::time::timeout(at_most, self.0.bell.notified()).await;
    }
}

/// How a test's server differs from the real one.
pub struct Ways {
    pub pace: Pace,
    /// How long a caller waits for his answer.
    pub patience: Duration,
    pub introspection: Introspection,
    pub scale: u32,
}

impl Default for Ways {
    fn default() -> Self {
        Self {
            pace: Pace::default(),
            patience: Duration::from_secs(15),
            introspection: Introspection::Everyone,
            scale: 1,
        }
    }
}

/// A server of its own for each test.
pub struct Server {
    pub address: SocketAddr,
    pub facts: Arc<Facts>,
    pub user: UserId,
    pub meters: Arc<Meters>,
    pub stop: watch::Sender<bool>,
    pub serving: JoinHandle<()>,
}

impl Server {
    pub async fn start() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(change: impl FnOnce(&mut Ways)) -> Self {
        let mut ways = Ways::default();
        change(&mut ways);
        // The client of the tests wants one, though it speaks no TLS here. Another test may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let facts = facts();
        let schema = Schema::build(Query, Mutation, Events).data(Arc::clone(&facts)).finish();
        let (stop, stopping) = watch::channel(false);
        let (shutdown, meters) = (Shutdown(stopping), Arc::new(Meters::default()));
        let state = HttpState {
            engine: Engine::new(schema).patient(ways.patience).metered(Arc::clone(&meters)),
            door: Arc::new(TestDoor(Arc::clone(&facts))),
            origins: Origins {
                listed: vec!["https://shop.example".into()],
                localhost: true,
            },
            trusted_proxies: vec![],
            rates: Rates { scale: ways.scale },
            introspection: ways.introspection,
            pace: ways.pace,
            sockets: Sockets::new(ways.scale),
            shutdown: shutdown.clone(),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let routes = http::router(state, Router::new());
        Self {
            address,
            user: facts.rights.user,
            facts,
            stop,
            meters,
            serving: tokio::spawn(serve(listener, routes, ways.pace, shutdown)),
        }
    }

    pub fn url(&self) -> String {
        format!("http://{}/graphql", self.address)
    }
}

fn facts() -> Arc<Facts> {
    let rights = Rights {
        user: UserId::new(),
        session: SessionId::new(),
        role: Role::Trader,
        blacklisted: false,
        verified: true,
        version: 1,
        proven_at: None,
    };
    Arc::new(Facts {
        begun: Notify::new(),
        done: Notify::new(),
        times_done: AtomicUsize::new(0),
        gate: Semaphore::new(0),
        ended: AtomicBool::new(false),
        demoted: AtomicBool::new(false),
        bell: Notify::new(),
        flooded: AtomicUsize::new(0),
        cache: MemoryCache::new(10_000),
        rights,
    })
}
