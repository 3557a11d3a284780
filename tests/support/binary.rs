//! The real binary, run as an operator runs it.

use std::{
    fs::File,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
};

use serde_json::{Value, json};

use super::CAPTCHA;

/// The HTTP client of the tests wants one, though it speaks no TLS here. A server in this process may have been first.
pub fn install_tls() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// A server in a process of its own, with embedded parts in one folder. It dies with this handle.
pub struct Binary {
    child: Child,
    /// Where it listens.
    pub address: String,
    /// Where its log goes.
    pub log: PathBuf,
}

/// What a command printed, and how it ended.
pub struct Ended {
    pub status: ExitStatus,
    pub out: String,
    pub err: String,
}

fn program(folder: &Path, settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_handover"));
    // Whatever the tests were started with is not meant for this server.
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("HANDOVER_") || name == "RUST_LOG") {
        command.env_remove(name);
    }
    command
        .env("HANDOVER_DATA_DIR", folder)
        .env("HANDOVER_LISTEN", "127.0.0.1:0")
        .env("HANDOVER_ACCOUNT__CAPTCHA", format!("fixed:{CAPTCHA}"))
        .env("HANDOVER_ACCOUNT__ARGON2_MEMORY_KIB", "8")
        .env("HANDOVER_ACCOUNT__ARGON2_PASSES", "1")
        .envs(settings.iter().copied());
    command
}

impl Binary {
    /// Starts it and waits until it says where it is.
    pub fn start(folder: &Path, settings: &[(&str, &str)]) -> Self {
        install_tls();
        let log = folder.join("log");
        let mut child = program(folder, settings)
            .arg("serve")
            .stdout(Stdio::piped())
            .stderr(File::options().create(true).append(true).open(&log).unwrap())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).and_then(|rest| rest.split(',').next());
        let address = address.unwrap_or_else(|| panic!("it did not start: {}", std::fs::read_to_string(&log).unwrap()));
        Self {
            child,
            address: address.to_owned(),
            log,
        }
    }

    /// Runs a command to its end.
    pub fn run(folder: &Path, settings: &[(&str, &str)], words: &[&str], typed: &str) -> Ended {
        let mut child = program(folder, settings)
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // It may end without reading.
        let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
        let ended = child.wait_with_output().unwrap();
        Ended {
            status: ended.status,
            out: String::from_utf8(ended.stdout).unwrap(),
            err: String::from_utf8(ended.stderr).unwrap(),
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Sends an operation and answers the whole response body.
    pub async fn send(&self, token: Option<&str>, query: &str, variables: Value) -> Value {
        let mut request = reqwest::Client::new().post(self.url("/graphql"));
        request = request.json(&json!({ "query": query, "variables": variables }));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        request.send().await.unwrap().json().await.unwrap()
    }

    /// Asks it to stop, as whoever deploys does.
    pub fn ask_to_stop(&self) {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(asked.unwrap().success());
    }

    /// Waits until it has stopped.
    pub async fn stopped(mut self) -> ExitStatus {
        tokio::task::spawn_blocking(move || self.child.wait().unwrap()).await.unwrap()
    }

    /// Stops it in good order.
    pub async fn ask_to_stop_and_wait(self) {
        self.ask_to_stop();
        assert!(self.stopped().await.success());
    }
}

impl Drop for Binary {
    fn drop(&mut self) {
        // It may have stopped already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
