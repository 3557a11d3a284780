//! The commands.

use std::{io::Write, net::Ipv4Addr, path::PathBuf, process::ExitCode};

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use handover::{
    app::{self, Act},
    config::{Config, ConfigError},
    demo::{ADMINS, PASSWORD, TRADERS},
    graphql::schema,
    kernel::audit::Head,
};
use tokio::signal::unix::{SignalKind, signal};

/// A marketplace where people buy and sell used game accounts in safety.
#[derive(Debug, Parser)]
#[command(name = "handover", version)]
struct Cli {
    /// Without one, the server runs.
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the server.
    Serve,
    /// Fills an empty house with demonstration data. In demo mode only.
    Demo,
    /// Brings the database up to date.
    Migrate,
    /// Prints the schema in GraphQL's schema language.
    Schema,
    /// Keeps administrators.
    Admin {
        #[command(subcommand)]
        command: AdminCommand,
    },
    /// Looks after the ledger.
    Ledger {
        #[command(subcommand)]
        command: LedgerCommand,
    },
    /// Looks after the audit log.
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// Looks after the keys that seal secrets at rest.
    Keys {
        #[command(subcommand)]
        command: KeysCommand,
    },
    /// Copies the database, the files and the embedded bank's books into a folder, while the server runs.
    Backup {
        /// The folder, empty or not there yet.
        folder: PathBuf,
    },
    /// Looks after the event log.
    Epoch {
        #[command(subcommand)]
        command: EpochCommand,
    },
    /// Looks at the settings.
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// Asks a running server whether it is ready; exit code 0 says yes.
    Health,
}

#[derive(Debug, Subcommand)]
enum AuditCommand {
    /// Checks the chain; exit code 1, and the place, if a row was changed, removed or moved. Prints the newest link, to be noted elsewhere.
    Verify {
        /// A link that was noted before, as it was printed: it must still be in the chain.
        #[arg(long)]
        knows: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
enum KeysCommand {
    /// Makes a new key, which seals from now on. Older ones still open.
    New,
    /// Seals everything anew that older keys sealed, while the servers run; may be stopped and begun again. Exit code 1 if something does not open.
    Rewrap,
}

#[derive(Debug, Subcommand)]
enum EpochCommand {
    /// Makes all cursors worthless that were given out so far. Run it after a backup was put back, before the server starts.
    New,
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Prints every setting in force, secrets masked, and what deserves a second look; exit code 1 if the server would refuse them.
    Check,
}

#[derive(Debug, Subcommand)]
enum AdminCommand {
    /// Makes an administrator. The password is read from the first line of standard input.
    Create {
        /// The name to sign in with.
        username: String,
        /// The mail address.
        email: String,
    },
    /// Makes a user an administrator.
    Grant {
        /// His username.
        username: String,
    },
    /// Takes the role of an administrator from a user.
    Revoke {
        /// His username.
        username: String,
    },
    /// Takes a user's second factor away, so that he can set up another.
    ResetTotp {
        /// His username.
        username: String,
    },
    /// Prints the present code of a user's second factor. In demo mode only.
    Totp {
        /// His username.
        username: String,
    },
    /// Blacklists a user: he is left with deposit, withdrawal and system messages.
    Blacklist {
        /// His username.
        username: String,
        /// Why; he is told.
        reason: String,
    },
    /// Takes a user off the blacklist.
    Reinstate {
        /// His username.
        username: String,
        /// Why, for the record.
        reason: String,
    },
}

#[derive(Debug, Subcommand)]
enum LedgerCommand {
    /// Checks every transfer and balance; exit code 1 if anything is wrong.
    Verify,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Cli::parse().command.unwrap_or(Command::Serve)).await {
        Ok(code) => code,
        Err(error) => {
            // Not through the log: the settings that say how to log may be what is wrong.
            let _ = writeln!(std::io::stderr(), "handover: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Serve => serve(settings()?).await?,
        Command::Demo => demo(settings()?).await?,
        Command::Migrate => app::migrate(&settings()?).await?,
        Command::Schema => say(schema::sdl().trim_end())?,
        Command::Config {
            command: ConfigCommand::Check,
        } => return check_settings(Config::load()),
        Command::Admin { command } => admin(command).await?,
        Command::Ledger {
            command: LedgerCommand::Verify,
        } => return verify().await,
        Command::Audit {
            command: AuditCommand::Verify { knows },
        } => return verify_audit(knows.as_deref()).await,
        Command::Keys { command: KeysCommand::New } => say(&app::new_key(&settings()?)?)?,
        Command::Keys {
            command: KeysCommand::Rewrap,
        } => return rewrap().await,
        Command::Backup { folder } => {
            for line in app::backup(&settings()?, &folder).await? {
                say(&line)?;
            }
        }
        Command::Epoch {
            command: EpochCommand::New,
        } => {
            let epoch = app::new_epoch(&settings()?).await?;
            say(&format!("The event log's epoch is {epoch}. Start the servers now, or again."))?;
        }
        Command::Health => return health().await,
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints a line for whoever called.
fn say(line: &str) -> Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

/// The settings, with the log begun as they say.
fn settings() -> Result<Config> {
    let config = Config::load()?;
    app::log(&config);
    Ok(config)
}

fn check_settings(read: Result<Config, ConfigError>) -> Result<ExitCode> {
    let config = match read {
        Ok(config) => config,
        Err(error) => {
            say(&error.to_string())?;
            return Ok(ExitCode::FAILURE);
        }
    };
    for (name, value) in config.in_force() {
        say(&value.map_or_else(|| format!("# {name} is not set"), |value| format!("{name}={value}")))?;
    }
    for warning in config.warnings() {
        say(&format!("# Look at {warning}"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Serves until it is told to stop.
async fn serve(config: Config) -> Result<()> {
    for warning in config.warnings() {
        tracing::warn!(setting = %warning.name, "{}", warning.why);
    }
    // Listened to before anybody knows that we run, so that no word to stop comes too early to be heard.
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let server = app::start(config).await?;
    // Test builds die at the point that `FAILPOINTS` names; others have no such points.
    let _points = fail::has_failpoints().then(fail::FailScenario::setup);
    say(&format!(
        "Handover is at http://{0}, its API at http://{0}/graphql, GraphiQL at http://{0}/graphiql",
        server.address
    ))?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    server.stop().await;
    Ok(())
}

async fn admin(command: AdminCommand) -> Result<()> {
    let (username, act) = match command {
        AdminCommand::Create { username, email } => return create_admin(&username, &email).await,
        AdminCommand::Grant { username } => (username, Act::Grant),
        AdminCommand::Revoke { username } => (username, Act::Revoke),
        AdminCommand::ResetTotp { username } => (username, Act::ResetTotp),
        AdminCommand::Totp { username } => (username, Act::Totp),
        AdminCommand::Blacklist { username, reason } => (username, Act::Blacklist(reason)),
        AdminCommand::Reinstate { username, reason } => (username, Act::Reinstate(reason)),
    };
    say(&app::operate(settings()?, &username, &act).await?)
}

async fn create_admin(username: &str, email: &str) -> Result<()> {
    let mut password = String::new();
    std::io::stdin().read_line(&mut password)?;
    app::create_admin(settings()?, username, email, password.trim_end_matches(['\r', '\n'])).await?;
    say(&format!("{username} is an administrator."))
}

/// Fills an empty house and tells who lives there.
async fn demo(config: Config) -> Result<()> {
    if !app::fill_for_demonstration(config).await? {
        return say("There are people here already, so no demonstration data was added.");
    }
    let traders: Vec<&str> = TRADERS.iter().map(|trader| trader.username).collect();
    say(&format!(
        "Sign in as {} (traders) or {} (admins) with the password {PASSWORD}",
        traders.join(", "),
        ADMINS.join(", ")
    ))
}

async fn verify() -> Result<ExitCode> {
    let report = app::verify_ledger(&settings()?).await?;
    for problem in &report.problems {
        say(problem)?;
    }
    say(&format!("{} transfers, {} problems", report.transfers, report.problems.len()))?;
    Ok(code(report.problems.is_empty()))
}

async fn rewrap() -> Result<ExitCode> {
    let done = app::rewrap(settings()?).await?;
    for line in &done.told {
        say(line)?;
    }
    Ok(code(done.whole))
}

async fn verify_audit(knows: Option<&str>) -> Result<ExitCode> {
    let known = match knows {
        Some(text) => Some(Head::parse(text).context("--knows takes NUMBER:LINK, as `audit verify` prints it")?),
        None => None,
    };
    let found = app::verify_audit(&settings()?, known.as_ref()).await?;
    if let Some(broken) = &found.broken {
        say(broken)?;
    }
    say(&format!("{} rows hold, {} are not chained yet", found.head.seq, found.tail))?;
    say(&format!("The newest link that holds: {}", found.head))?;
    Ok(code(found.broken.is_none()))
}

/// The exit code for good or bad news.
fn code(good: bool) -> ExitCode {
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn health() -> Result<ExitCode> {
    let mut address = Config::load()?.listen;
    if address.ip().is_unspecified() {
        address.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    let url = format!("http://{address}/readyz");
    let ready = reqwest::get(&url).await.is_ok_and(|answer| answer.status().is_success());
    Ok(code(ready))
}
