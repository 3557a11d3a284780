//! Servers of one test alone, which it may stop, pause and start again. They run where `tests/with-servers.sh` runs the tests.

use std::{
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// Whether servers are to be had.
fn to_be_had() -> bool {
    std::env::var_os("HANDOVER_TEST_POSTGRES").is_some()
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn wait_for(port: u16, what: &str) {
    let start = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(start.elapsed() < Duration::from_secs(30), "{what} does not start");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A Redis.
pub struct Redis {
    port: u16,
    process: Option<Child>,
}

impl Redis {
    /// Starts one; `None` where there are no servers.
    pub fn start() -> Option<Self> {
        to_be_had().then(|| {
            let mut server = Self {
                port: free_port(),
                process: None,
            };
            server.start_again();
            server
        })
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Ends it as a power cut would.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    pub fn start_again(&mut self) {
        let port = self.port.to_string();
        let command = [
            "--port",
            &port,
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            "/tmp",
        ];
        let process = Command::new("redis-server").args(command).stdout(Stdio::null()).spawn();
        self.process = Some(process.unwrap());
        wait_for(self.port, "redis-server");
    }

    /// Says a command to it, beside whoever else talks.
    pub fn say(&self, words: &[&str]) {
        let client = redis::Client::open(self.url()).unwrap();
        let mut connection = client.get_connection().unwrap();
        let mut command = redis::cmd(words[0]);
        command.arg(&words[1..]);
        command.query::<()>(&mut connection).unwrap();
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A PostgreSQL.
pub struct Postgres {
    folder: TempDir,
    port: u16,
    /// Who runs it: `initdb` refuses root.
    servant: Option<&'static str>,
    tools: PathBuf,
}

impl Postgres {
    /// Starts one; `None` where there are no servers.
    pub fn start() -> Option<Self> {
        if !to_be_had() {
            return None;
        }
        let root = text_of(Command::new("id").arg("-u")).trim() == "0";
        let servant = root.then(|| {
            let known = Command::new("getent").args(["passwd", "postgres"]).stdout(Stdio::null()).status();
            if known.unwrap().success() { "postgres" } else { "nobody" }
        });
        let server = Self {
            folder: tempfile::Builder::new().prefix("handover-pg").tempdir_in("/tmp").unwrap(),
            port: free_port(),
            servant,
            tools: tools(),
        };
        if let Some(servant) = servant {
            let given = Command::new("chown").arg(servant).arg(server.folder.path()).status();
            assert!(given.unwrap().success());
        }
        let data = server.data();
        server.run(
            "initdb",
            &[
                "-D",
                &data,
                "-U",
                "handover",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync",
                "--no-instructions",
            ],
        );
        server.start_again();
        Some(server)
    }

    pub fn url(&self) -> String {
        format!("postgres://handover@127.0.0.1:{}/postgres", self.port)
    }

    /// Ends it as a power cut would.
    pub fn kill(&self) {
        self.run("pg_ctl", &["stop", "-D", &self.data(), "-m", "immediate", "-s"]);
    }

    pub fn start_again(&self) {
        let place = self.folder.path().display();
        let options = format!(
            "-c listen_addresses=127.0.0.1 -c port={} -c unix_socket_directories={place}",
            self.port
        );
        let log = format!("{place}/log");
        self.run(
            "pg_ctl",
            &["start", "-D", &self.data(), "-l", &log, "-w", "-t", "60", "-s", "-o", &options],
        );
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    fn run(&self, tool: &str, arguments: &[&str]) {
        let tool = self.tools.join(tool);
        let mut command = match self.servant {
            Some(servant) => {
                let mut command = Command::new("runuser");
                command.args(["-u", servant, "--"]).arg(&tool);
                command
            }
            None => Command::new(&tool),
        };
        let ended = command
            .args(arguments)
            .current_dir(self.folder.path())
            .stdout(Stdio::null())
            .status();
        assert!(ended.unwrap().success(), "{} {arguments:?}", tool.display());
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if Path::new(&self.data()).join("postmaster.pid").exists() {
            self.kill();
        }
    }
}

/// Where PostgreSQL's own programs are.
fn tools() -> PathBuf {
    let found = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut found: Vec<PathBuf> = found.filter_map(|entry| Some(entry.ok()?.path().join("bin"))).collect();
    found.retain(|folder| folder.join("initdb").exists());
    found.sort();
    found.pop().unwrap_or_else(|| {
        let initdb = text_of(Command::new("sh").args(["-c", "readlink -f \"$(command -v initdb)\""]));
        Path::new(initdb.trim()).parent().unwrap().to_owned()
    })
}

fn text_of(command: &mut Command) -> String {
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}
