//! The log: lines on standard error, for people or for machines.

use std::io::IsTerminal;

use tracing_subscriber::{
    EnvFilter,
    filter::{Directive, LevelFilter},
};

use crate::config::{Log, LogFormat};

/// Libraries that would write what travels (frames, mails, statements) into the log, and the most they may say.
const QUIET: [&str; 9] = [
    "tungstenite=warn",
    "tokio_tungstenite=warn",
    "lettre=warn",
    "hyper=warn",
    "hyper_util=warn",
    "h2=warn",
    "reqwest=warn",
    "object_store=warn",
    "sqlx=warn",
];

/// Begins to log. `RUST_LOG`, if it is there and makes sense, goes before the settings.
pub fn start(log: &Log) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(&log.filter));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(quieted(filter))
        // Colours are for eyes.
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    match log.format {
        LogFormat::Text => lines.init(),
        LogFormat::Json => lines.json().flatten_event(true).with_span_list(false).init(),
    }
}

/// The filter with the quiet ones held down, if it lets anybody talk that much.
fn quieted(filter: EnvFilter) -> EnvFilter {
    if filter.max_level_hint().is_some_and(|most| most < LevelFilter::DEBUG) {
        return filter;
    }
    let lines = QUIET.iter().filter_map(|line| line.parse::<Directive>().ok());
    lines.fold(filter, EnvFilter::add_directive)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quiet_ones_are_directives() {
        for line in QUIET {
            assert!(line.parse::<Directive>().is_ok(), "{line}");
        }
        let loud = quieted(EnvFilter::new("trace")).to_string();
        assert!(QUIET.iter().all(|line| loud.contains(line)), "{loud}");
        assert_eq!(
            quieted(EnvFilter::new("warn,handover=info")).to_string(),
            EnvFilter::new("warn,handover=info").to_string()
        );
    }
}
