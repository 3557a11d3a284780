//! A bank that runs outside the server, the line to it, and webhooks in its name.

use std::net::SocketAddr;

use base64::{Engine, prelude::BASE64_STANDARD};
use handover::{
    config::Config,
    sandbox_bank::{self, SandboxBank, SandboxBankConfig},
};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::StatusCode;
use serde_json::{Value, json};
use sha2::Sha256;
use tempfile::TempDir;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy, copy_bidirectional},
    net::{TcpListener, TcpStream},
    sync::watch,
};
use uuid::Uuid;

use super::{TestApp, wallet::eventually};

/// The secret of webhooks in tests that sign their own.
pub const SECRET: &str = "a secret of the tests";
/// The key of every bank in tests.
pub const API_KEY: &str = "a key of the tests";

/// How the line to the bank is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// It works.
    Open,
    /// Nobody answers.
    Cut,
    /// The bank hears and acts, and its answers are lost.
    AnswersLost,
    /// The bank hears and acts, and its answers name other amounts.
    WrongAmounts,
}

/// A sandbox bank behind a line that can be cut.
pub struct OutsideBank {
    pub bank: SandboxBank,
    line: watch::Sender<Line>,
    address: SocketAddr,
    _folder: TempDir,
}

impl OutsideBank {
    pub async fn start(line: Line) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = SandboxBankConfig {
            payout_delay: std::time::Duration::from_millis(10),
            ..SandboxBankConfig::new(folder.path(), API_KEY, SECRET)
        };
        let bank = sandbox_bank::start(config).await.unwrap();
        let (line, state) = watch::channel(line);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(serve(listener, bank.address(), state));
        Self {
            bank,
            line,
            address,
            _folder: folder,
        }
    }

    /// Settings of a server that uses this bank.
    pub fn configure(&self, config: &mut Config) {
        config.bank.url = Some(format!("http://{}", self.address));
        config.bank.api_key = Some(API_KEY.into());
        config.bank.webhook_secret = Some(SECRET.into());
    }

    /// Tells the bank where the server is.
    pub fn knows(&self, app: &TestApp) {
        self.bank.set_webhook_url(app.url("/bank/webhook"));
    }

    /// Changes the line. Connections that were open are cut.
    pub fn set_line(&self, line: Line) {
        self.line.send_replace(line);
    }

    /// Gives the bank the server's clock.
    pub fn follow(&self, app: &TestApp) {
        self.bank.set_clock_offset(app.env().clock().offset());
    }

    /// The bank's own balance sheet.
    pub async fn books(&self) -> Value {
        books_of(&format!("http://{}", self.bank.address())).await
    }
}

async fn books_of(bank: &str) -> Value {
    let request = reqwest::Client::new().get(format!("{bank}/v1/books"));
    request.bearer_auth(API_KEY).send().await.unwrap().json().await.unwrap()
}

async fn serve(listener: TcpListener, bank: SocketAddr, line: watch::Receiver<Line>) {
    while let Ok((client, _)) = listener.accept().await {
        let mut line = line.clone();
        let now = *line.borrow_and_update();
        tokio::spawn(async move {
            tokio::select! {
                () = carry(client, bank, now) => {}
                _ = line.changed() => {}
            }
        });
    }
}

/// Carries one connection. Whatever fails ends it, as a bad line does.
async fn carry(mut client: TcpStream, bank: SocketAddr, line: Line) {
    if line == Line::Cut {
        return;
    }
    let Ok(mut server) = TcpStream::connect(bank).await else { return };
    if line == Line::Open {
        let _ = copy_bidirectional(&mut client, &mut server).await;
        return;
    }
    let (mut from_client, mut to_client) = client.split();
    let (mut from_server, mut to_server) = server.split();
    if line == Line::WrongAmounts {
        tokio::select! {
            _ = copy(&mut from_client, &mut to_server) => {}
            () = spoil(&mut from_server, &mut to_client) => {}
        }
        return;
    }
    let mut first = [0];
    tokio::select! {
        _ = copy(&mut from_client, &mut to_server) => {}
        // The first byte of the answer says that the bank has acted.
        _ = from_server.read(&mut first) => {}
    }
}

/// Carries answers of the bank; each amount in them begins with another digit.
async fn spoil(from: &mut (impl AsyncRead + Unpin), to: &mut (impl AsyncWrite + Unpin)) {
    const AMOUNT: &[u8] = b"\"amount\":";
    let (mut part, mut seen) = ([0; 4096], 0);
    while let Ok(length @ 1..) = from.read(&mut part).await {
        for byte in &mut part[..length] {
            if seen == AMOUNT.len() {
                *byte = if *byte == b'9' { b'1' } else { *byte + 1 };
                seen = 0;
            } else if *byte == AMOUNT[seen] {
                seen += 1;
            } else {
                seen = usize::from(*byte == AMOUNT[0]);
            }
        }
        if to.write_all(&part[..length]).await.is_err() {
            return;
        }
    }
}

/// A webhook that the tests made.
#[derive(Clone)]
pub struct Webhook {
    pub id: String,
    pub timestamp: String,
    pub signature: String,
    pub body: String,
}

impl TestApp {
    /// The balance sheet of the embedded bank, which is found by the page of any deposit.
    pub async fn books(&self, deposit: &Value) -> Value {
        let page = deposit["checkoutUrl"].as_str().unwrap();
        books_of(page.split("/checkout/").next().unwrap()).await
    }

    /// Waits until the embedded bank has this many payouts in one of its totals.
    pub async fn bank_has(&self, deposit: &Value, total: &str, count: u64) {
        eventually(&format!("{count} {total} at the bank"), || async {
            (self.books(deposit).await[total]["count"] == count).then_some(())
        })
        .await;
    }

    /// A webhook about a payment or payout as the bank would sign it now.
    pub fn webhook(&self, kind: &str, subject: Uuid, reference: &str, amount: i64) -> Webhook {
        let data = json!({ "id": subject, "reference": reference, "amount": amount, "currency": "CNY" });
        self.signed(SECRET, &json!({ "type": kind, "data": data }).to_string(), 0)
    }

    /// Some body, signed with some secret and a clock that is off by some seconds.
    pub fn signed(&self, secret: &str, body: &str, seconds: i64) -> Webhook {
        let id = format!("msg_{}", Uuid::new_v4().simple());
        let timestamp = (self.env().now().0 / 1_000 + seconds).to_string();
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
        Webhook {
            signature: format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes())),
            id,
            timestamp,
            body: body.to_owned(),
        }
    }

    /// Brings a webhook to the server and answers the status and the body.
    pub async fn receives(&self, webhook: &Webhook) -> (StatusCode, String) {
        let request = self
            .http
            .post(self.url("/bank/webhook"))
            .header("content-type", "application/json")
            .header("webhook-id", &webhook.id)
            .header("webhook-timestamp", &webhook.timestamp)
            .header("webhook-signature", &webhook.signature);
        let response = request.body(webhook.body.clone()).send().await.unwrap();
        (response.status(), response.text().await.unwrap())
    }
}
