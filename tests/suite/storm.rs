//! Many who listen, and servers and wires that break under them.

use std::time::Duration;

use futures::future::join_all;
use handover::{kernel::policy::System, worker};
use serde_json::{Value, json};

use crate::{
    live::{LISTEN, cursor, hears, ids},
    support::{Person, Said, Socket, TestApp, live::tells},
};

/// Somebody who follows his notices, whatever happens to his wire.
struct Follower {
    user: entity::value::UserId,
    token: String,
    after: String,
    heard: Vec<Value>,
}

impl Follower {
    async fn connects(&self, url: &str) -> Socket {
        let mut socket = Socket::connect(url, Some(&self.token)).await;
        socket.subscribe("n", LISTEN, json!({ "after": self.after })).await;
        socket
    }

    /// Connects again and hears `most` more. Then the socket is dropped without a word, as when a wire is cut.
    async fn follows(&mut self, url: &str, most: usize) {
        let mut socket = self.connects(url).await;
        self.hears(&mut socket, most).await;
    }

    /// Hears up to `most` more, or all until the server closes.
    async fn hears(&mut self, socket: &mut Socket, most: usize) {
        for _ in 0..most {
            match socket.next().await {
                Said::Next(_, payload) => {
                    let event = &payload["data"]["noticeEvents"];
                    self.heard.push(event["notice"]["id"].clone());
                    self.after = event["cursor"].as_str().unwrap().to_owned();
                }
                Said::Closed(_) => return,
                said => panic!("{said:?}"),
            }
        }
    }
}

async fn all_follow(followers: &mut [Follower], url: &str, most: usize) {
    join_all(followers.iter_mut().map(|follower| follower.follows(url, most))).await;
}

async fn all_are_told(app: &TestApp, followers: &[entity::value::UserId], count: usize) {
    join_all(followers.iter().map(|user| tells(app.env(), *user, count))).await;
}

/// T2, short: 20 clients, each cut twice, and the server stops and starts once; all of them hear 1 to n in order, each once.
#[tokio::test]
async fn twenty_clients_hear_everything_once_and_in_order_through_cuts_and_a_restart() {
    let app = TestApp::new().await;
    let mut followers = Vec::new();
    for number in 0..20 {
        let person = app.person(&format!("person{number}")).await;
        followers.push(Follower {
            user: person.id().await,
            after: cursor(&person).await,
            token: person.token,
            heard: Vec::new(),
        });
    }
    let users: Vec<_> = followers.iter().map(|follower| follower.user).collect();
    let url = app.url("/graphql");
    for cut in [5, 7] {
        tokio::join!(all_are_told(&app, &users, 10), all_follow(&mut followers, &url, cut));
    }
    // The server stops while they listen; what was told meanwhile waits in the log.
    all_are_told(&app, &users, 10).await;
    let mut sockets = join_all(followers.iter().map(|follower| follower.connects(&url))).await;
    let pairs = followers.iter_mut().zip(&mut sockets);
    join_all(pairs.map(|(follower, socket)| follower.hears(socket, 1))).await;
    let pairs = followers.iter_mut().zip(&mut sockets);
    let last_words = join_all(pairs.map(|(follower, socket)| follower.hears(socket, usize::MAX)));
    let (app, _) = tokio::join!(app.restart(), last_words);
    all_are_told(&app, &users, 10).await;
    let url = app.url("/graphql");
    for follower in &mut followers {
        let missing = 40 - follower.heard.len();
        follower.follows(&url, missing).await;
        assert_eq!(follower.heard, ids(&app.told(follower.user).await));
    }
    app.close().await;
}

async fn catches_up(person: &Person<'_>, after: &str, told: &[Value]) -> Socket {
    let mut socket = person.connects().await;
    socket.subscribe("n", LISTEN, json!({ "after": after })).await;
    assert_eq!(hears(&mut socket, told.len()).await.0, told);
    socket
}

/// T8, short: 200 sockets at once, each with something to catch up on.
#[tokio::test]
async fn two_hundred_sockets_reconnect_at_once_and_each_catches_up() {
    let app = TestApp::new().await;
    let mut people = Vec::new();
    for number in 0..40 {
        let person = app.person(&format!("person{number}")).await;
        let after = cursor(&person).await;
        let told = ids(&app.tells(person.id().await, 3).await);
        people.push((person, after, told));
    }
    let five_times = people.iter().flat_map(|person| [person; 5]);
    let reconnects = five_times.map(|(person, after, told)| catches_up(person, after, told));
    let sockets = join_all(reconnects).await;
    assert_eq!(sockets.len(), 200);
    app.close().await;
}

/// Two servers on one database and one Redis: what is made through one is heard on the other at once.
#[tokio::test]
async fn with_servers_what_one_server_makes_is_heard_on_the_other() {
    if !TestApp::has_servers() {
        return;
    }
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    let twin = app.twin(|_| {}).await;
    let url = format!("http://{}/graphql", twin.address);
    let (start, said_from) = (cursor(&sam).await, cursor(&sam).await);
    let mut socket = Socket::connect(&url, Some(&sam.token)).await;
    socket.subscribe("n", LISTEN, json!({ "after": start })).await;
    let told = app.tells(sam.id().await, 3).await;
    assert_eq!(hears(&mut socket, 3).await.0, ids(&told), "notices");
    socket.complete("n").await;
    let chat =
        "subscription C($after: Cursor) { chatEvents(after: $after) { ... on ChatLineWritten { line { ... on Message { text } } } } }";
    socket.subscribe("c", chat, json!({ "after": said_from })).await;
    bea.says(&sam.public_id().await, "hello through the other").await;
    assert_eq!(socket.data().await["chatEvents"]["line"]["text"], "hello through the other");
    // Both relay; each effect is there once.
    let user = bea.id().await;
    app.relayed().await;
    let before = app.told(user).await.len();
    for _ in 0..40 {
        let tx = app.env().begin().await.unwrap();
        tx.emit(handover::kernel::Event::IdentityDecided { user, approved: true });
        tx.commit().await.unwrap();
    }
    let (one, other) = (app.env().clone(), twin.env.clone());
    let both = (0..3).flat_map(|_| [worker::relay(&one, System::new()), worker::relay(&other, System::new())]);
    for done in join_all(both).await {
        done.unwrap();
    }
    app.relayed().await;
    assert_eq!(app.told(user).await.len() - before, 40);
    twin.stop().await;
    app.close().await;
}

/// Without Redis there are no wake-ups from other servers: listeners look each second, and nothing is lost.
#[tokio::test]
async fn with_servers_without_redis_listeners_look_by_themselves() {
    if !TestApp::has_servers() {
        return;
    }
    let app = TestApp::new().await;
    let sam = app.person("sam").await;
    let away = |config: &mut handover::config::Config| config.redis.url = Some("redis://127.0.0.1:9".into());
    let (one, other) = (app.twin(away).await, app.twin(away).await);
    let start = cursor(&sam).await;
    let mut socket = Socket::connect(&format!("http://{}/graphql", one.address), Some(&sam.token)).await;
    socket.subscribe("n", LISTEN, json!({ "after": start })).await;
    let first = tells(&other.env, sam.id().await, 1).await;
    assert_eq!(hears(&mut socket, 1).await.0, ids(&first));
    // The second finds him asleep; the bell cannot ring.
    let second = tells(&other.env, sam.id().await, 1).await;
    let heard = tokio::time::timeout(Duration::from_secs(15), hears(&mut socket, 1)).await;
    assert_eq!(heard.expect("he looks each second, not each twenty").0, ids(&second));
    one.stop().await;
    other.stop().await;
    app.close().await;
}
