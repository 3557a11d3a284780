//! The socket's protocol, close codes, limits and fairness.

use std::{
    collections::HashMap,
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use super::Server;

struct Client(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Client {
    /// Opens a socket with these headers beside those of the handshake.
    async fn open(server: &Server, headers: &[(&'static str, &str)]) -> Result<Self, u16> {
        let mut request = format!("ws://{}/graphql", server.address).into_client_request().unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        match connect_async(request).await {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(tokio_tungstenite::tungstenite::Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    async fn plain(server: &Server) -> Self {
        Self::open(server, &[("sec-websocket-protocol", "graphql-transport-ws")])
            .await
            .unwrap()
    }

    async fn ready(server: &Server, payload: Value) -> Self {
        let mut client = Self::plain(server).await;
        client.say(json!({"type": "connection_init", "payload": payload})).await;
        assert_eq!(client.hear().await["type"], "connection_ack");
        client
    }

    async fn say(&mut self, message: Value) {
        self.0.send(Message::text(message.to_string())).await.unwrap();
    }

    async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(json!({"type": "subscribe", "id": id, "payload": {"query": query}})).await;
    }

    /// The next message.
    async fn hear(&mut self) -> Value {
        match timeout(Duration::from_secs(20), self.0.next()).await.expect("a message in time") {
            Some(Ok(Message::Text(text))) => serde_json::from_str(&text).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    /// The code with which the socket is closed; what comes before is dropped.
    async fn closed(&mut self) -> u16 {
        loop {
            match timeout(Duration::from_secs(20), self.0.next()).await.expect("a close in time") {
                Some(Ok(Message::Close(frame))) => return frame.map_or(1005, |frame| frame.code.into()),
                Some(Ok(_)) => {}
                other => panic!("{other:?}"),
            }
        }
    }
}

#[tokio::test]
async fn breaches_close_with_the_protocol_s_codes() {
    let server = Server::start().await;
    let init = json!({"type": "connection_init"});
    let never = |id: &str| json!({"type": "subscribe", "id": id, "payload": {"query": "subscription{never}"}});
    for (messages, code) in [
        (vec![json!({"type": "start"})], 4400),
        (vec![json!([1])], 4400),
        (vec![never("1")], 4401),
        (
            vec![json!({"type": "connection_init", "payload": {"authorization": "Bearer bad"}})],
            4403,
        ),
        (vec![json!({"type": "connection_init", "payload": {"Authorization": "good"}})], 4403),
        (
            vec![json!({"type": "connection_init", "payload": {"authorization": "Bearer away"}})],
            1013,
        ),
        (vec![init.clone(), never("1"), never("1")], 4409),
        (vec![init.clone(), init.clone()], 4429),
        (
            vec![init.clone(), json!({"type": "ping", "payload": {"x": "x".repeat(70_000)}})],
            1009,
        ),
    ] {
        let mut client = Client::plain(&server).await;
        for message in messages {
            // A peer that closed already does not take more.
            let _ = client.0.send(Message::text(message.to_string())).await;
        }
        assert_eq!(client.closed().await, code);
    }
    let mut client = Client::ready(&server, json!({})).await;
    client.0.send(Message::binary(b"{}".to_vec())).await.unwrap();
    assert_eq!(client.closed().await, 4400);
}

#[tokio::test]
async fn the_subprotocol_and_the_origin_are_checked() {
    let server = Server::start().await;
    assert_eq!(Client::open(&server, &[]).await.unwrap().closed().await, 4406);
    let with = |origin: &'static str| [("sec-websocket-protocol", "graphql-transport-ws"), ("origin", origin)];
    assert_eq!(Client::open(&server, &with("https://evil.example")).await.err(), Some(403));
    assert!(Client::open(&server, &with("http://localhost:3000")).await.is_ok());
    assert!(Client::open(&server, &with("https://shop.example")).await.is_ok());
}

#[tokio::test]
async fn a_socket_without_init_closes_after_ten_seconds() {
    let server = Server::start().await;
    let start = Instant::now();
    assert_eq!(Client::plain(&server).await.closed().await, 4408);
    assert!(start.elapsed() >= Duration::from_secs(9), "{:?}", start.elapsed());
}

#[tokio::test]
async fn operations_of_all_kinds_run_over_a_socket() {
    let server = Server::start().await;
    let mut client = Client::ready(&server, json!({"authorization": "Bearer good"})).await;
    client.subscribe("q", "{hello who}").await;
    let expected = json!({"hello": "hi", "who": server.user.to_string()});
    assert_eq!(
        client.hear().await,
        json!({"id": "q", "type": "next", "payload": {"data": expected}})
    );
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
    let server = Server::start().await;
    let mut client = Client::ready(&server, Value::Null).await;
    for (query, code) in [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{nothing}", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription{nothing}", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription{refuses}", "BAD_USER_INPUT"),
        ("{panic}", "INTERNAL_SERVER_ERROR"),
        ("{slow}", "UNAVAILABLE"),
    ] {
        client.subscribe("1", query).await;
        let said = client.hear().await;
        assert_eq!((&said["type"], &said["id"]), (&json!("error"), &json!("1")), "{query}: {said}");
        assert_eq!(said["payload"][0]["extensions"]["code"], code, "{query}: {said}");
        assert!(said["payload"][0]["extensions"]["requestId"].is_string());
    }
    client.subscribe("1", "{fails}").await;
    assert_eq!(client.hear().await["payload"]["data"], json!({"fails": null}));
}

#[tokio::test]
async fn a_stream_that_panics_ends_alone() {
    let server = Server::start().await;
    let mut client = Client::ready(&server, Value::Null).await;
    client.subscribe("1", "subscription{breaks}").await;
    assert_eq!(client.hear().await["type"], "next");
    let said = client.hear().await;
    assert_eq!(
        (&said["type"], &said["payload"][0]["extensions"]["code"]),
        (&json!("error"), &json!("INTERNAL_SERVER_ERROR"))
    );
    client.subscribe("1", "{hello}").await;
    assert_eq!(client.hear().await["type"], "next");
}

#[tokio::test]
async fn the_twenty_first_operation_is_refused_and_a_completed_one_makes_room() {
    let server = Server::start().await;
    let mut client = Client::ready(&server, Value::Null).await;
    for id in 0..20 {
        client.subscribe(&id.to_string(), "subscription{never}").await;
    }
    client.subscribe("20", "{hello}").await;
    let said = client.hear().await;
    assert_eq!(
        (&said["type"], &said["payload"][0]["extensions"]["code"]),
        (&json!("error"), &json!("LIMIT_REACHED"))
    );
    client.say(json!({"type": "complete", "id": "7"})).await;
    client.subscribe("7", "{hello}").await;
    assert_eq!(client.hear().await["payload"]["data"]["hello"], "hi");
}

#[tokio::test]
async fn a_mutation_over_a_socket_ends_though_the_socket_does_not_wait() {
    let server = Server::start().await;
    let mut client = Client::ready(&server, Value::Null).await;
    client.subscribe("1", "mutation{slow}").await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    drop(client);
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    assert_eq!(server.facts.done.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_socket_ends_with_its_session_or_its_rights() {
    for demoted in [false, true] {
        let server = Server::start().await;
        let mut client = Client::ready(&server, json!({"authorization": "Bearer good"})).await;
        client.subscribe("1", "subscription{never}").await;
        server.facts.bell.notify_one();
        client.say(json!({"type": "ping"})).await;
        assert_eq!(client.hear().await["type"], "pong");
        let fact = if demoted { &server.facts.demoted } else { &server.facts.ended };
        fact.store(true, Ordering::SeqCst);
        let start = Instant::now();
        server.facts.bell.notify_one();
        assert_eq!(client.closed().await, 4403);
        assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    }
}

#[tokio::test]
async fn a_stopping_server_says_so() {
    let server = Server::start().await;
    let mut client = Client::ready(&server, Value::Null).await;
    client.subscribe("1", "subscription{ticks}").await;
    server.stop.send(true).unwrap();
    assert_eq!(client.closed().await, 1001);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_busy_stream_starves_nobody() {
    let server = Server::start().await;
    let mut client = Client::ready(&server, Value::Null).await;
    for id in 0..3 {
        client.subscribe(&format!("flood{id}"), "subscription{flood}").await;
    }
    for id in 0..10 {
        client.subscribe(&format!("tick{id}"), "subscription{ticks}").await;
    }
    let mut heard: HashMap<String, usize> = HashMap::new();
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(2) {
        let said = client.hear().await;
        *heard.entry(said["id"].as_str().unwrap_or("ping").to_owned()).or_default() += 1;
    }
    for id in 0..10 {
        assert!(heard.get(&format!("tick{id}")).is_some_and(|count| *count >= 20), "{heard:?}");
    }
    // The socket still listens.
    client.say(json!({"type": "complete", "id": "flood0"})).await;
    client
        .say(json!({"type": "subscribe", "id": "flood0", "payload": {"query": "{hello}"}}))
        .await;
    let answered = async { while client.hear().await["payload"]["data"]["hello"] != "hi" {} };
    timeout(Duration::from_secs(5), answered).await.expect("an answer among the floods");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_peer_that_does_not_read_is_closed_and_costs_nobody_else() {
    let server = Server::start().await;
    let mut deaf = Client::ready(&server, Value::Null).await;
    deaf.subscribe("1", "subscription{flood}").await;
    let start = Instant::now();
    let mut other = Client::ready(&server, Value::Null).await;
    other.subscribe("1", "subscription{ticks}").await;
    while start.elapsed() < Duration::from_secs(12) {
        let _ = other.hear().await;
    }
    // What was on its way is still read; then the wire is cut.
    let rest = async { while let Some(Ok(_)) = deaf.0.next().await {} };
    timeout(Duration::from_secs(5), rest).await.expect("the wire is cut");
}
