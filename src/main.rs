//! The commands.

use std::{io::Write, net::Ipv4Addr, process::ExitCode};

use anyhow::Result;
use clap::{Parser, Subcommand};
use handover::{
    app::{self, Act, database_url, migrate},
    config::Config,
    graphql::schema,
};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// A marketplace where people buy and sell used game accounts in safety.
#[derive(Debug, Parser)]
#[command(name = "handover", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the server.
    Serve,
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
    /// Asks a running server whether it is ready; exit code 0 says yes.
    Health,
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
    tracing_subscriber::fmt()
        .with_env_filter(filter())
        .with_writer(std::io::stderr)
        .init();
    match run(Cli::parse().command).await {
        Ok(code) => code,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// What is logged: our own at `info`, unless `RUST_LOG` says otherwise.
fn filter() -> EnvFilter {
    EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,handover=info"))
}

async fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Serve => serve().await?,
        Command::Migrate => migrate(&database_url(&Config::load()?)).await?,
        Command::Schema => say(schema::sdl().trim_end())?,
        Command::Admin { command } => admin(command).await?,
        Command::Ledger {
            command: LedgerCommand::Verify,
        } => return verify().await,
        Command::Health => return health().await,
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints a line for whoever called.
fn say(line: &str) -> Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

/// Serves until it is told to stop.
async fn serve() -> Result<()> {
    let server = app::start(Config::load()?).await?;
    say(&format!(
        "Handover is at http://{0}, its API at http://{0}/graphql, GraphiQL at http://{0}/graphiql",
        server.address
    ))?;
    stop_signal().await?;
    server.stop().await;
    Ok(())
}

async fn stop_signal() -> Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        asked = tokio::signal::ctrl_c() => Ok(asked?),
    }
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
    say(&app::operate(Config::load()?, &username, &act).await?)
}

async fn create_admin(username: &str, email: &str) -> Result<()> {
    let mut password = String::new();
    std::io::stdin().read_line(&mut password)?;
    app::create_admin(Config::load()?, username, email, password.trim_end_matches(['\r', '\n'])).await?;
    say(&format!("{username} is an administrator."))
}

async fn verify() -> Result<ExitCode> {
    let report = app::verify_ledger(&Config::load()?).await?;
    for problem in &report.problems {
        say(problem)?;
    }
    say(&format!("{} transfers, {} problems", report.transfers, report.problems.len()))?;
    Ok(if report.problems.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn health() -> Result<ExitCode> {
    let mut address = Config::load()?.listen;
    if address.ip().is_unspecified() {
        address.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    let url = format!("http://{address}/readyz");
    let ready = reqwest::get(&url).await.is_ok_and(|answer| answer.status().is_success());
    Ok(if ready { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
