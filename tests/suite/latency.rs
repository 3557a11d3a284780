//! How long a word takes from its sender's call to its listener, among a thousand sockets. Run by `make proof`.

use std::time::{Duration, Instant};

use futures::future::join_all;
use serde_json::{Value, json};
use tokio::task::block_in_place;

use crate::{
    live::cursor,
    support::{Person, Redis, Said, Socket, TestApp},
};

const CHAT: &str =
    "subscription C($after: Cursor) { chatEvents(after: $after) { ... on ChatLineWritten { line { ... on Message { text } } } } }";

/// Sockets of one user.
const EACH: usize = 5;

/// T4. Answers the 99th of a hundred waits among so many sockets, and the longest wait while Redis is away, where there is one.
pub async fn measured(sockets: usize, words: usize) -> (Duration, Option<Duration>) {
    let mut redis = Redis::start();
    let app = TestApp::with(|config| {
        if let Some(redis) = &redis {
            config.redis.url = Some(redis.url().into());
        }
    })
    .await;
    let mut people = Vec::new();
    for number in 0..sockets / EACH {
        people.push(app.person(&format!("person{number}")).await);
    }
    // Where there are servers the listeners are on another one than the senders.
    let other = redis.is_some().then(|| block_in_place(|| app.child(&[])));
    let url = other.as_ref().map_or_else(|| app.url("/graphql"), |other| other.url("/graphql"));
    let listeners = join_all(people.iter().map(|person| listens(person, &url))).await;
    let mut listeners: Vec<Vec<Socket>> = listeners;
    let mut waits = Vec::new();
    for word in 0..words {
        waits.push(one_word(&people, &mut listeners, word).await);
    }
    waits.sort();
    let p99 = waits[waits.len() * 99 / 100];
    eprintln!(
        "{sockets} sockets, {words} words: median {:?}, p99 {p99:?}, longest {:?}",
        waits[waits.len() / 2],
        waits.last()
    );
    let mut without = None;
    if let Some(redis) = &mut redis {
        block_in_place(|| redis.kill());
        for word in 0..20 {
            without = without.max(Some(one_word(&people, &mut listeners, word * 7).await));
        }
        eprintln!("without Redis: longest {without:?}");
    }
    drop((listeners, other));
    app.close().await;
    (p99, without)
}

async fn listens(person: &Person<'_>, url: &str) -> Vec<Socket> {
    let after = cursor(person).await;
    let mut sockets = Vec::new();
    for _ in 0..EACH {
        let mut socket = Socket::connect(url, Some(&person.token)).await;
        socket.subscribe("c", CHAT, json!({ "after": after })).await;
        sockets.push(socket);
    }
    sockets
}

/// One writes to the next, who hears it on each of his sockets; so does the sender himself.
async fn one_word(people: &[Person<'_>], listeners: &mut [Vec<Socket>], word: usize) -> Duration {
    let (from, to) = (word % people.len(), (word + 1) % people.len());
    let receiver: Value = people[to].public_id().await;
    let text = format!("word {word}");
    let start = Instant::now();
    let heard = async {
        for socket in &mut listeners[to] {
            hears(socket, &text).await;
        }
        start.elapsed()
    };
    let (_, took) = tokio::join!(people[from].says(&receiver, &text), heard);
    for socket in &mut listeners[from] {
        hears(socket, &text).await;
    }
    took
}

async fn hears(socket: &mut Socket, text: &str) {
    let said = socket.next().await;
    let Said::Next(_, payload) = &said else { panic!("{said:?}") };
    assert_eq!(payload["data"]["chatEvents"]["line"]["text"], text, "{payload}");
}
