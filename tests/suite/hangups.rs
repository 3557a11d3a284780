//! Clients that hang up at any byte: no connection to the database is left with a transaction open, and nothing that was acknowledged is lost.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::{session, value::SessionId};
use handover::infra::db;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::{PASSWORD, TestApp, dice::Dice};

/// A sign-in, which writes a session, as bytes of the wire.
fn sign_in(login: &str) -> Vec<u8> {
    let query = "mutation S($input: UserSignInInput!) { userSignIn(input: $input) { tokens { accessToken } userErrors { code } } }";
    let input = json!({ "login": login, "password": PASSWORD, "returnRefreshToken": true });
    let body = json!({ "query": query, "variables": { "input": input } }).to_string();
    let head = "POST /graphql HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json";
    format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// The session of an access token.
fn session_in(token: &str) -> SessionId {
    let claims = BASE64_URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    serde_json::from_value(claims["sid"].clone()).unwrap()
}

/// M9, short.
#[tokio::test]
async fn a_hundred_requests_cut_at_any_byte_lose_nothing_that_was_acknowledged() {
    requests_are_cut(100).await;
}

pub async fn requests_are_cut(requests: usize) {
    let app = TestApp::with(|config| config.database.pool = 2).await;
    let ann = app.person("ann").await;
    let (request, mut dice, mut acknowledged) = (sign_in("ann"), Dice::new(3), Vec::new());
    for _ in 0..requests {
        let mut stream = TcpStream::connect(app.host()).await.unwrap();
        let sent = dice.roll(request.len() * 3 / 2).min(request.len());
        stream.write_all(&request[..sent]).await.unwrap();
        // Of those that came whole, every third hangs up without waiting.
        if sent == request.len() && dice.roll(3) > 0 {
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await.unwrap();
            let body: Value = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
            acknowledged.push(body["data"]["userSignIn"]["tokens"]["accessToken"].as_str().unwrap().to_owned());
        }
    }
    assert!(acknowledged.len() > requests / 10, "{}", acknowledged.len());
    // Both connections serve, and what they write is there for others to see.
    for _ in 0..10 {
        app.sign_in("ann").await;
    }
    let fresh = db::connect(&app.env().config().database_url(), 1).await.unwrap();
    for token in acknowledged {
        let row = session::Entity::find_by_id(session_in(&token)).one(&fresh.read).await.unwrap();
        assert!(row.is_some(), "a session that was acknowledged is lost");
    }
    assert_eq!(ann.sends("query Me { me { id } }", json!({})).await.get("errors"), None);
    app.close().await;
}
