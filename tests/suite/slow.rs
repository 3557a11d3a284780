//! Clients that send slowly, or take slowly, or nothing at all: each is let go.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::support::{speaker::Speaker, wire::Server};

const SOON: Duration = Duration::from_millis(100);
/// A deadline for what must come: reaching it fails the test.
const NEVER: Duration = Duration::from_secs(30);

async fn connect(server: &Server) -> TcpStream {
    TcpStream::connect(server.address).await.unwrap()
}

/// Everything until the server hangs up.
async fn all(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    // It may hang up with a reset, when it has not read all that was sent.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_head_that_does_not_come_ends_the_connection() {
    let server = Server::with(|ways| ways.pace.head = SOON).await;
    for part in ["", "GET / HTT", "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-ty"] {
        let mut stream = connect(&server).await;
        stream.write_all(part.as_bytes()).await.unwrap();
        let answer = all(stream).await;
        assert!(!answer.contains("200 OK"), "{part}: {answer}");
    }
}

#[tokio::test]
async fn a_connection_that_is_kept_and_not_used_ends() {
    // Long enough for a request on a busy machine to come in time.
    let server = Server::with(|ways| ways.pace.head = 20 * SOON).await;
    let mut stream = connect(&server).await;
    stream
        .write_all(b"GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nhost: x\r\n\r\n")
        .await
        .unwrap();
    let answer = all(stream).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn a_body_that_does_not_come_is_answered_408() {
    let server = Server::with(|ways| ways.pace.body = SOON).await;
    let head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{\"query\":";
    let mut stream = connect(&server).await;
    stream.write_all(head.as_bytes()).await.unwrap();
    let answer = all(stream).await;
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("REQUEST_TIMEOUT"), "{answer}");
}

#[tokio::test]
async fn a_body_without_end_is_cut_off() {
    let server = Server::start().await;
    let mut stream = connect(&server).await;
    let head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
    // It goes on until the server reads no more.
    while stream.write_all(chunk.as_bytes()).await.is_ok() {}
}

#[tokio::test]
async fn an_answer_that_nobody_takes_is_not_kept() {
    let server = Server::with(|ways| ways.pace.take = SOON).await;
    let body = r#"{"query":"{large(bytes:50000000)}"}"#;
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = connect(&server).await;
    stream.write_all(head.as_bytes()).await.unwrap();
    // The server stops by itself only when no connection is left: the deaf one was given up.
    let mut first = [0; 15];
    stream.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200 OK");
    server.stop.send(true).unwrap();
    timeout(NEVER, server.serving).await.expect("the deaf one is never let go").unwrap();
}

#[tokio::test]
async fn one_connection_too_many_is_closed_at_once_and_a_socket_is_one_as_well() {
    let server = Server::with(|ways| ways.pace.connections = 2).await;
    let (socket, quiet) = (Speaker::plain(server.address).await, connect(&server).await);
    let answer = timeout(NEVER, all(connect(&server).await)).await.expect("it is kept open");
    assert!(answer.is_empty(), "{answer}");
    drop(socket);
    let served = async {
        // Its place is free when the server has seen it go.
        loop {
            let mut stream = connect(&server).await;
            let request = b"GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
            // It may be closed before it says anything.
            let _ = stream.write_all(request).await;
            if all(stream).await.starts_with("HTTP/1.1 200") {
                break;
            }
        }
    };
    timeout(NEVER, served).await.expect("a socket that is gone keeps its place");
    drop(quiet);
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused() {
    let server = Server::start().await;
    let mut stream = connect(&server).await;
    let head = format!(
        "GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nhost: x\r\nx-large: {}\r\n\r\n",
        "x".repeat(300_000)
    );
    // The server answers before it has read all of it, and may hang up.
    let _ = stream.write_all(head.as_bytes()).await;
    let answer = all(stream).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
}
