//! What sockets promise, on the real schema and the real log: busy streams share, a deaf peer is let go, and whatever breaks, everybody hears
//! everything once and in order.

use std::{
    collections::{BTreeMap, HashMap},
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use entity::{
    event,
    kinds::{NoticeKind, SubjectKind},
    value::{EventId, UserId},
};
use futures::future::join_all;
use handover::{
    graphql::id,
    http::pace::Pace,
    kernel::{Event, event::user_stream},
    notification::{self, Params, Tell},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use tokio::task::block_in_place;
use uuid::Uuid;

use crate::{
    live::{LISTEN, cursor, follows, hears, ids},
    support::{
        Binary, Redis, Said, Socket, TestApp,
        remote::{Place, Remote},
        wallet::eventually,
    },
};

/// T5 and T7: twenty streams on one socket, each with everything to catch up on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_busy_streams_of_the_real_log_share_their_socket_and_each_hears_all() {
    const EVENTS: usize = 200;
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    let start = cursor(&ann).await;
    let told = ids(&app.tells(ann.id().await, EVENTS).await);
    let mut socket = ann.connects().await;
    for stream in 0..20 {
        socket.subscribe(&stream.to_string(), LISTEN, json!({ "after": start })).await;
    }
    let mut heard: HashMap<String, Vec<Value>> = HashMap::new();
    let mut since_all_spoke = HashMap::<String, usize>::new();
    let mut window = 0;
    while heard.len() < 20 || heard.values().any(|notices| notices.len() < EVENTS) {
        let Said::Next(stream, payload) = socket.next().await else {
            panic!("a stream ended")
        };
        let notices = heard.entry(stream.clone()).or_default();
        notices.push(payload["data"]["noticeEvents"]["notice"]["id"].clone());
        if heard.len() == 20 && window < 1_000 {
            window += 1;
            *since_all_spoke.entry(stream).or_default() += 1;
        }
    }
    for (stream, notices) in &heard {
        assert_eq!(*notices, told, "stream {stream} hears all, in order");
    }
    // Of a thousand messages an equal share is fifty.
    let least = (0..20)
        .map(|stream| since_all_spoke.get(&stream.to_string()).copied().unwrap_or_default())
        .min();
    assert!(least >= Some(25), "{since_all_spoke:?}");
    app.close().await;
}

/// A long notice.
async fn shouts(app: &TestApp, user: UserId) {
    let words = "x".repeat(480);
    let params = Params::from([("title".to_owned(), words.clone()), ("reason".to_owned(), words)]);
    let tx = app.env().begin().await.unwrap();
    let tell = Tell {
        event: EventId::new(),
        user,
        kind: NoticeKind::ListingRejected,
        subject: (SubjectKind::Listing, Uuid::now_v7()),
        params: &params,
    };
    notification::notify(&tx, &tell).await.unwrap();
    tx.commit().await.unwrap();
}

/// T5 on the real schema.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_peer_that_never_reads_is_let_go_costs_nobody_else_and_resumes_without_a_gap() {
    const SHOUTS: usize = 60;
    let app = TestApp::new().await;
    let (ann, bob) = (app.person("ann").await, app.person("bob").await);
    let (start, other) = (cursor(&ann).await, cursor(&bob).await);
    let mut deaf = ann.connects().await;
    let texts: String = (0..25).map(|number| format!("t{number}: text ")).collect();
    let fat = format!(
        "subscription F($after: Cursor) {{ noticeEvents(after: $after) {{ ... on NoticeCreated {{ cursor notice {{ {texts} }} }} }} }}"
    );
    for stream in 0..20 {
        deaf.subscribe(&stream.to_string(), &fat, json!({ "after": start })).await;
    }
    let mut bobs = follows(&bob, Some(&other)).await;
    for number in 0..SHOUTS {
        shouts(&app, ann.id().await).await;
        if number % 10 == 0 {
            let told = app.tells(bob.id().await, 1).await;
            assert_eq!(hears(&mut bobs, 1).await.0, ids(&told), "others hear as before");
        }
    }
    let (sockets, began) = (&app.env().meters().sockets, Instant::now());
    eventually("a deaf peer that is let go", async || (sockets.now() == 1).then_some(())).await;
    // Ten seconds after he took nothing more; the wire below would have waited thirty.
    assert!(began.elapsed() < Pace::default().read * 2, "{:?}", began.elapsed());
    let told = app.tells(bob.id().await, 3).await;
    assert_eq!(hears(&mut bobs, 3).await.0, ids(&told));
    let mut again = follows(&ann, Some(&start)).await;
    assert_eq!(hears(&mut again, SHOUTS).await.0, ids(&app.told(ann.id().await).await));
    drop(deaf);
    app.close().await;
}

/// Somebody who follows his conversations, over a wire that is cut and to a server that dies.
struct Listener {
    remote: Remote,
    user: UserId,
    token: String,
    after: String,
    heard: Vec<Value>,
}

const CHAT: &str =
    "subscription C($after: Cursor) { chatEvents(after: $after) { ... on ChatLineWritten { cursor line { ... on Message { id } } } } }";

impl Listener {
    /// Listens until he has heard `all`, and cuts his own wire so often on the way.
    async fn listens(&mut self, place: &Place, all: usize, cuts: usize, heard: &AtomicUsize) {
        let each = all / (cuts + 1);
        while self.heard.len() < all {
            let Some(mut socket) = Socket::reach(&format!("{}/graphql", place.url()), &self.token).await else {
                tokio::time::sleep(Duration::from_millis(25)).await;
                continue;
            };
            socket.subscribe("c", CHAT, json!({ "after": self.after })).await;
            let cut = (self.heard.len() / each + 1) * each;
            while self.heard.len() < all.min(cut) {
                match socket.next().await {
                    Said::Next(_, payload) => {
                        let event = &payload["data"]["chatEvents"];
                        self.heard.push(event["line"]["id"].clone());
                        event["cursor"].as_str().unwrap().clone_into(&mut self.after);
                        heard.fetch_add(1, Ordering::SeqCst);
                    }
                    Said::Closed(_) => break,
                    Said::Error(_, errors) => {
                        assert_eq!(errors[0]["extensions"]["code"], "UNAVAILABLE", "{errors}");
                        break;
                    }
                    Said::Complete(_) => panic!("the stream ended by itself"),
                }
            }
        }
    }

    /// Writes so many lines to somebody, each until it is answered.
    async fn writes(&self, to: &Value, lines: usize) {
        for number in 0..lines {
            let input = json!({ "to": to, "clientId": Uuid::new_v4(), "text": format!("Line {number}") });
            let sent = self.remote.does("chatMessageSend", input, "message { id }").await;
            assert!(sent["message"]["id"].is_string(), "{sent}");
        }
    }
}

/// T2, short, with a real death: twenty clients, each cut twice, and the server is killed once while they write and listen.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_clients_hear_every_line_once_and_in_order_though_their_server_is_killed() {
    everybody_hears_everything(&Faults {
        people: 20,
        lines: 10,
        cuts: 2,
        kills: 1,
        redis: 1,
    })
    .await;
}

/// What goes wrong.
pub struct Faults {
    pub people: usize,
    /// How many lines each writes.
    pub lines: usize,
    /// How often each wire is cut,
    pub cuts: usize,
    /// the server killed,
    pub kills: usize,
    /// and Redis, where there is one, killed and started again.
    pub redis: usize,
}

pub async fn everybody_hears_everything(faults: &Faults) {
    let mut redis = Redis::start();
    let app = TestApp::with(|config| {
        if let Some(redis) = &redis {
            config.redis.url = Some(redis.url().into());
        }
    })
    .await;
    let server = block_in_place(|| app.child(&[]));
    let place = Place::new(server.url(""));
    let (mut listeners, mut names) = (Vec::new(), Vec::new());
    for number in 0..faults.people {
        let person = app.person(&format!("person{number}")).await;
        names.push(person.public_id().await);
        listeners.push(Listener {
            remote: Remote::of(&person, &place),
            user: person.id().await,
            token: person.token.clone(),
            after: cursor(&person).await,
            heard: Vec::new(),
        });
    }
    // Each writes to the next, so each hears his own lines and those of the one before.
    let all = faults.lines * 2;
    let heard = AtomicUsize::new(0);
    let writers: Vec<Listener> = listeners.iter().map(Listener::twin).collect();
    let to_the_next = writers.iter().zip(names.iter().cycle().skip(1));
    let writing = join_all(to_the_next.map(|(writer, to)| writer.writes(to, faults.lines)));
    let listening = join_all(
        listeners
            .iter_mut()
            .map(|listener| listener.listens(&place, all, faults.cuts, &heard)),
    );
    let breaking = breaks(&app, &place, faults, server, redis.as_mut(), &heard);
    let (_, _, server) = tokio::join!(writing, listening, breaking);
    for listener in &listeners {
        assert_eq!(listener.heard, lines_of(&app, listener.user).await, "each once, in order");
    }
    let heard = heard.load(Ordering::SeqCst);
    eprintln!("{} people heard {heard} lines; callers were told {:?}", faults.people, place.told());
    drop(server);
    app.close().await;
}

/// Kills the server and Redis in turn, spread over all that is to be heard. Answers the server that lives.
async fn breaks(
    app: &TestApp,
    place: &Place,
    faults: &Faults,
    mut server: Binary,
    mut redis: Option<&mut Redis>,
    heard: &AtomicUsize,
) -> Binary {
    let (steps, all) = (faults.kills + faults.redis + 1, faults.people * faults.lines * 2);
    let mut deaths = 0;
    for step in 1..steps {
        while heard.load(Ordering::SeqCst) < all * step / steps {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        // Deaths are spread evenly among the outages.
        if deaths * (steps - 1) < step * faults.kills {
            deaths += 1;
            server = block_in_place(|| dies_and_rises(app, server));
            place.is_now(server.url(""));
        } else if let Some(redis) = redis.as_deref_mut() {
            block_in_place(|| {
                redis.kill();
                redis.start_again();
            });
        }
    }
    assert_eq!(deaths, faults.kills);
    server
}

impl Listener {
    /// The same person at another device, where he writes.
    fn twin(&self) -> Self {
        Self {
            remote: self.remote.clone(),
            user: self.user,
            token: self.token.clone(),
            after: self.after.clone(),
            heard: Vec::new(),
        }
    }
}

fn dies_and_rises(app: &TestApp, server: Binary) -> Binary {
    drop(server);
    app.child(&[])
}

/// The lines that somebody's log tells of, oldest first.
async fn lines_of(app: &TestApp, user: UserId) -> Vec<Value> {
    let rows = event::Entity::find()
        .filter(event::Column::Stream.eq(user_stream(user)))
        .order_by_asc(event::Column::Seq);
    let rows = rows.all(app.env().db()).await.unwrap();
    let line = |row: event::Model| match serde_json::from_str(&row.event).unwrap() {
        Event::MessageSent { message, .. } => Some(json!(id::encode(message).as_str())),
        _ => None,
    };
    rows.into_iter().filter_map(line).collect()
}

/// T8: so many sockets at once, each with something to catch up on, of a server of its own.
pub async fn all_reconnect(sockets: usize) {
    let app = TestApp::new().await;
    let mut people = BTreeMap::new();
    for number in 0..sockets.div_ceil(5) {
        let person = app.person(&format!("person{number}")).await;
        let after = cursor(&person).await;
        let told = ids(&app.tells(person.id().await, 3).await);
        people.insert(number, (person.token.clone(), after, told));
    }
    let server = block_in_place(|| app.child(&[]));
    let url = server.url("/graphql");
    let start = Instant::now();
    let reconnects = (0..sockets).map(|number| {
        let (token, after, told) = &people[&(number / 5)];
        let url = &url;
        async move {
            let mut socket = Socket::connect(url, Some(token)).await;
            socket.subscribe("n", LISTEN, json!({ "after": after })).await;
            assert_eq!(hears(&mut socket, told.len()).await.0, *told);
            socket
        }
    });
    let open = join_all(reconnects).await;
    eprintln!("{} sockets had caught up after {:?}", open.len(), start.elapsed());
    drop(open);
    drop(server);
    app.close().await;
}
