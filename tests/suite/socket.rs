//! The socket's protocol, close codes, limits and fairness.

use std::{
    collections::HashMap,
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use futures::{SinkExt, StreamExt};
use handover::http::{pace::Pace, sockets::SILENT};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::{Message, protocol::CloseFrame};

use crate::support::{memory, speaker::Speaker, wire::Server};

/// A deadline for what must come: reaching it fails the test.
const NEVER: Duration = Duration::from_secs(30);

fn good() -> Value {
    json!({"authorization": "Bearer good"})
}

#[tokio::test]
async fn breaches_close_with_the_protocol_s_codes() {
    let server = Server::start().await;
    let init = json!({"type": "connection_init"});
    let never = |id: &str| json!({"type": "subscribe", "id": id, "payload": {"query": "subscription{never}"}});
    let with = |token: &str| json!({"type": "connection_init", "payload": {"authorization": token}});
    for (messages, code) in [
        (vec![json!({"type": "start"})], 4400),
        (vec![json!([1])], 4400),
        (vec![init.clone(), json!({"type": "subscribe", "id": "1"})], 4400),
        (vec![init.clone(), json!({"type": "connection_ack"})], 4400),
        (vec![never("1")], 4401),
        (vec![with("Bearer bad")], 4403),
        (vec![with("Bearer ended")], 4403),
        (vec![with("good")], 4403),
        (vec![with("Bearer away")], 1013),
        (vec![init.clone(), never("1"), never("1")], 4409),
        (vec![init.clone(), init.clone()], 4429),
        (
            vec![init.clone(), json!({"type": "ping", "payload": {"x": "x".repeat(70_000)}})],
            1009,
        ),
    ] {
        let mut client = Speaker::plain(server.address).await;
        for message in &messages {
            client.try_say(message).await;
        }
        assert_eq!(client.closed().await, code, "{messages:?}");
    }
    let mut client = Speaker::ready(server.address, json!({})).await;
    client.0.send(Message::binary(b"{}".to_vec())).await.unwrap();
    assert_eq!(client.closed().await, 4400);
}

#[tokio::test]
async fn a_frame_of_64_kib_is_taken_and_one_byte_more_is_not() {
    let server = Server::start().await;
    let ping = |bytes: usize| {
        let bare = json!({"type": "ping", "payload": {"x": ""}}).to_string().len();
        json!({"type": "ping", "payload": {"x": "x".repeat(bytes - bare)}})
    };
    let mut client = Speaker::ready(server.address, json!({})).await;
    client.say(ping(64 * 1024)).await;
    assert_eq!(client.hear().await["type"], "pong");
    client.say(ping(64 * 1024 + 1)).await;
    assert_eq!(client.closed().await, 1009);
    // What is far too large is not read to its end.
    let mut client = Speaker::ready(server.address, json!({})).await;
    client.try_say(&ping(2 * 1024 * 1024)).await;
    client.cut().await;
}

#[tokio::test]
async fn the_subprotocol_and_the_origin_are_checked() {
    let server = Server::start().await;
    assert_eq!(Speaker::open(server.address, &[]).await.unwrap().closed().await, 4406);
    let both = [("sec-websocket-protocol", "graphql-ws, graphql-transport-ws")];
    assert!(Speaker::open(server.address, &both).await.is_ok());
    let with = |origin: &'static str| [("sec-websocket-protocol", "graphql-transport-ws"), ("origin", origin)];
    assert_eq!(Speaker::open(server.address, &with("https://evil.example")).await.err(), Some(403));
    assert!(Speaker::open(server.address, &with("http://localhost:3000")).await.is_ok());
    assert!(Speaker::open(server.address, &with("https://shop.example")).await.is_ok());
}

#[tokio::test]
async fn a_socket_without_init_is_closed_and_one_that_says_nothing_too() {
    let server = Server::with(|ways| ways.pace.init = Duration::from_millis(50)).await;
    assert_eq!(Speaker::plain(server.address).await.closed().await, 4408);
    let server = Server::with(|ways| ways.pace.silence = Duration::from_millis(50)).await;
    Speaker::ready(server.address, json!({})).await.cut().await;
}

#[tokio::test]
async fn a_goodbye_is_answered_with_its_own_code() {
    let server = Server::start().await;
    for code in [1000_u16, 4321] {
        let mut client = Speaker::ready(server.address, json!({})).await;
        client.subscribe("1", "subscription{never}").await;
        let goodbye = CloseFrame {
            code: code.into(),
            reason: "I have seen enough".into(),
        };
        client.0.close(Some(goodbye)).await.unwrap();
        assert_eq!(client.closed().await, code);
    }
    let mut client = Speaker::ready(server.address, json!({})).await;
    client.0.close(None).await.unwrap();
    assert_eq!(client.closed().await, 1005, "one without a code");
    server.meters.sockets.none().await;
}

#[tokio::test]
async fn sockets_that_said_nothing_yet_have_few_places() {
    let server = Server::with(|ways| ways.pace.init = NEVER).await;
    let mut silent = Vec::new();
    for _ in 0..SILENT {
        silent.push(Speaker::plain(server.address).await);
    }
    while server.meters.sockets.now() < SILENT {
        tokio::task::yield_now().await;
    }
    assert_eq!(Speaker::plain(server.address).await.closed().await, 4429);
    // Who is let in makes room for another.
    let talking = silent.pop().unwrap().init(json!({})).await;
    Speaker::ready(server.address, good()).await;
    drop(talking);
}

#[tokio::test]
async fn the_server_pings_and_whoever_answers_stays() {
    let server = Server::with(|ways| {
        ways.pace.ping = Duration::from_millis(20);
        ways.pace.silence = Duration::from_secs(5);
    })
    .await;
    let mut client = Speaker::ready(server.address, json!({})).await;
    for _ in 0..20 {
        assert_eq!(client.hear().await, json!({"type": "ping"}));
        client.say(json!({"type": "pong"})).await;
    }
    client.say(json!({"type": "ping", "payload": {"n": 1}})).await;
    while client.hear().await != json!({"type": "pong", "payload": {"n": 1}}) {}
}

#[tokio::test]
async fn operations_of_all_kinds_run_over_a_socket() {
    let server = Server::start().await;
    let mut client = Speaker::ready(server.address, good()).await;
    client.subscribe("q", "{hello who}").await;
    let said = client.hear().await;
    assert_eq!((&said["id"], &said["type"]), (&json!("q"), &json!("next")));
    assert_eq!(said["payload"]["data"], json!({"hello": "hi", "who": server.user.to_string()}));
    assert_eq!(said["payload"]["extensions"]["cost"]["requested"], 1);
    assert_eq!(client.hear().await, json!({"id": "q", "type": "complete"}));
    client.subscribe("q", "subscription{count(to:2)}").await;
    for count in 0..2 {
        assert_eq!(client.hear().await["payload"]["data"]["count"], json!(count));
    }
    assert_eq!(client.hear().await["type"], "complete");
    client.say(json!({"type": "ping", "payload": {"n": 1}})).await;
    assert_eq!(client.hear().await, json!({"type": "pong", "payload": {"n": 1}}));
}

#[tokio::test]
async fn what_never_started_answers_with_an_error() {
    let server = Server::with(|ways| ways.patience = Duration::from_millis(100)).await;
    let mut client = Speaker::ready(server.address, Value::Null).await;
    for (query, code) in [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{nothing}", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription{nothing}", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription{refuses}", "BAD_USER_INPUT"),
        ("mutation{signIn a:signIn}", "DOCUMENT_TOO_COMPLEX"),
        ("{panic}", "INTERNAL_SERVER_ERROR"),
        ("{hangs}", "UNAVAILABLE"),
    ] {
        let said = client.asks(query).await;
        assert_eq!((&said["type"], &said["id"]), (&json!("error"), &json!("asks")), "{query}: {said}");
        assert_eq!(said["payload"][0]["extensions"]["code"], code, "{query}: {said}");
        assert!(said["payload"][0]["extensions"]["requestId"].is_string());
    }
    assert_eq!(client.asks("{fails}").await["payload"]["data"], json!({"fails": null}));
}

#[tokio::test]
async fn a_stream_that_panics_ends_alone() {
    let server = Server::start().await;
    let mut client = Speaker::ready(server.address, Value::Null).await;
    client.subscribe("1", "subscription{breaks}").await;
    assert_eq!(client.hear().await["type"], "next");
    let said = client.hear().await;
    assert_eq!(
        (&said["type"], &said["payload"][0]["extensions"]["code"]),
        (&json!("error"), &json!("INTERNAL_SERVER_ERROR"))
    );
    assert_eq!(client.asks("{hello}").await["type"], "next");
}

#[tokio::test]
async fn the_twenty_first_operation_is_refused_and_a_completed_one_makes_room() {
    let server = Server::start().await;
    let mut client = Speaker::ready(server.address, Value::Null).await;
    for id in 0..20 {
        client.subscribe(&id.to_string(), "subscription{never}").await;
    }
    let said = client.asks("{hello}").await;
    assert_eq!(
        (&said["type"], &said["payload"][0]["extensions"]["code"]),
        (&json!("error"), &json!("LIMIT_REACHED"))
    );
    client.say(json!({"type": "complete", "id": "7"})).await;
    assert_eq!(client.asks("{hello}").await["payload"]["data"]["hello"], "hi");
}

#[tokio::test]
async fn a_user_has_five_sockets_and_a_closed_one_makes_room() {
    let server = Server::start().await;
    let mut open = Vec::new();
    for _ in 0..5 {
        open.push(Speaker::ready(server.address, good()).await);
    }
    let mut sixth = Speaker::plain(server.address).await;
    sixth.say(json!({"type": "connection_init", "payload": good()})).await;
    assert_eq!(sixth.closed().await, 4429);
    Speaker::ready(server.address, json!({"authorization": "Bearer user-2"})).await;
    open.pop().unwrap().0.close(None).await.unwrap();
    // His place is free when the server has seen him go.
    loop {
        let mut again = Speaker::plain(server.address).await;
        again.say(json!({"type": "connection_init", "payload": good()})).await;
        match again.0.next().await {
            Some(Ok(Message::Text(text))) if text.contains("connection_ack") => break,
            Some(Ok(Message::Close(Some(frame)))) => assert_eq!(u16::from(frame.code), 4429),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_mutation_over_a_socket_ends_though_the_socket_does_not_wait() {
    let server = Server::start().await;
    let mut client = Speaker::ready(server.address, Value::Null).await;
    client.subscribe("1", "mutation{slow}").await;
    server.facts.begun.notified().await;
    drop(client);
    server.facts.gate.add_permits(1);
    server.facts.done.notified().await;
    // So does one that its client completed.
    let mut client = Speaker::ready(server.address, Value::Null).await;
    client.subscribe("1", "mutation{slow}").await;
    server.facts.begun.notified().await;
    client.say(json!({"type": "complete", "id": "1"})).await;
    assert_eq!(client.asks("{hello}").await["type"], "next");
    server.facts.gate.add_permits(1);
    server.facts.done.notified().await;
}

#[tokio::test]
async fn a_socket_ends_with_its_session_or_its_rights() {
    for demoted in [false, true] {
        let server = Server::start().await;
        let mut client = Speaker::ready(server.address, good()).await;
        client.subscribe("1", "subscription{never}").await;
        server.facts.bell.notify_one();
        client.say(json!({"type": "ping"})).await;
        assert_eq!(client.hear().await["type"], "pong", "nothing had changed");
        let fact = if demoted { &server.facts.demoted } else { &server.facts.ended };
        fact.store(true, Ordering::SeqCst);
        server.facts.bell.notify_one();
        assert_eq!(client.closed().await, 4403);
    }
}

#[tokio::test]
async fn a_stopping_server_says_so_and_waits_until_it_was_heard() {
    let server = Server::with(|ways| ways.pace.goodbye = Duration::from_millis(50)).await;
    let mut client = Speaker::ready(server.address, Value::Null).await;
    client.subscribe("1", "subscription{never}").await;
    server.stop.send(true).unwrap();
    assert_eq!(client.closed().await, 1001);
    server.serving.await.unwrap();
    server.meters.sockets.none().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_busy_streams_share_their_socket() {
    let server = Server::start().await;
    let mut client = Speaker::ready(server.address, Value::Null).await;
    for id in 0..20 {
        client.subscribe(&id.to_string(), "subscription{flood}").await;
    }
    let mut heard: HashMap<String, usize> = HashMap::new();
    // Once all have spoken, they speak in turn.
    while heard.len() < 20 {
        *heard.entry(client.hear().await["id"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    heard.clear();
    for _ in 0..2_000 {
        *heard
            .entry(client.hear().await["id"].as_str().unwrap_or("ping").to_owned())
            .or_default() += 1;
    }
    for id in 0..20 {
        assert!(heard.get(&id.to_string()).is_some_and(|count| *count >= 50), "{heard:?}");
    }
    // The socket still listens, and a query finds its place among the floods.
    client.say(json!({"type": "complete", "id": "0"})).await;
    client.subscribe("query", "{hello}").await;
    while client.hear().await["payload"]["data"]["hello"] != "hi" {}
}

#[test]
fn a_peer_that_does_not_read_is_closed_and_costs_nobody_else() {
    const MOST: u64 = 2 * 1024 * 1024;
    memory::alone("socket::a_peer_that_does_not_read_is_closed_and_costs_nobody_else", || {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let server = Server::with(|ways| {
                ways.pace.read = Duration::from_millis(300);
                // It is the socket's own limit that lets him go, not that of the wire below.
                ways.pace.take = NEVER * 100;
            })
            .await;
            assert_eq!(
                Pace::default().read,
                Duration::from_secs(10),
                "and this is what a real peer is given"
            );
            // What a first stream needs, code and buffers, is no cost of a deaf one.
            let mut first = Speaker::ready(server.address, Value::Null).await;
            first.subscribe("1", "subscription{flood}").await;
            for _ in 0..200 {
                first.hear().await;
            }
            drop(first);
            server.meters.sockets.none().await;
            let mut other = Speaker::ready(server.address, Value::Null).await;
            assert_eq!(other.asks("{hello}").await["type"], "next");
            let (before, flooded) = (memory::now(), server.facts.flooded.load(Ordering::SeqCst));
            memory::forget_peak();
            let mut deaf = Speaker::ready(server.address, Value::Null).await;
            for id in 0..20 {
                deaf.subscribe(&id.to_string(), "subscription{flood}").await;
            }
            // The floods stop when the wire and the queue are full, and end when the socket is given up.
            let began = Instant::now();
            while server.meters.sockets.now() > 1 {
                assert!(began.elapsed() < NEVER, "he is never let go");
                assert_eq!(
                    other.asks("{hello}").await["payload"]["data"]["hello"],
                    "hi",
                    "others are served meanwhile"
                );
            }
            assert!(server.facts.flooded.load(Ordering::SeqCst) > flooded + 20, "it was flooded");
            let grown = memory::peak().saturating_sub(before);
            assert!(grown <= MOST, "{grown} bytes");
            deaf.cut().await;
        });
    });
}
