//! The operator's work with keys and with the audit log.

use anyhow::{Context, Result};

use super::{open::open_beside, secrets};
use crate::{
    account,
    config::Config,
    infra::{db, seal},
    kernel::{
        audit::{self, Head, Verified},
        env::Parts,
        policy::System,
        rewrap::{self, SealedColumn},
    },
    media, order, wallet,
};

/// Every column whose values are sealed under the server's keys.
#[must_use]
pub fn sealed_columns() -> Vec<SealedColumn> {
    [
        account::sealed(),
        wallet::sealed(),
        order::keys::SEALED.to_vec(),
        media::sealed::SEALED.to_vec(),
    ]
    .concat()
}

/// Makes a new sealing key where the keys are. Answers what to tell the operator.
///
/// # Errors
/// When the keys cannot be read, or their file cannot be replaced.
pub fn new_key(config: &Config) -> Result<String> {
    let keys = &config.keys;
    if let Some(set) = &keys.seal {
        let (id, line) = seal::new_line(&set.expose().replace(';', "\n")).context("HANDOVER_KEYS__SEAL")?;
        return Ok(format!(
            "The keys are in HANDOVER_KEYS__SEAL, so nothing was written. Append this to it, and keep it secret:\n;{line}\n\
             With several servers set HANDOVER_KEYS__SEAL_WITH to the present id first, give all of them key {id}, then unset it."
        ));
    }
    // Made, if this is the first run.
    secrets::seal(config)?;
    let path = keys.seal_file.clone().unwrap_or_else(|| config.data_dir.join(seal::FILE));
    let id = seal::add_key(&path)?;
    Ok(format!(
        "Key {id} was added to {}. Servers that share the file use it from now on. Bring it to your backup of keys, then run `handover keys rewrap`.",
        path.display()
    ))
}

/// What came of [`rewrap`].
pub struct Rewrapped {
    /// What to tell the operator, a line each.
    pub told: Vec<String>,
    /// Whether everything is under the present key now.
    pub whole: bool,
}

/// Seals everything anew that an older key sealed, while servers run.
///
/// # Errors
/// When the house does not open, or the database fails.
pub async fn rewrap(config: Config) -> Result<Rewrapped> {
    let patient = db::connect_patiently(&config.database_url()).await?.write;
    let within = |parts: Parts| Parts {
        db_write: patient,
        ..parts
    };
    let env = open_beside(config, within).await?;
    let (mut told, mut broken) = (Vec::new(), 0);
    for column in sealed_columns() {
        let done = rewrap::rewrap(&env, System::new(), &column).await?;
        told.push(format!("{}.{}: {} sealed anew", column.table, column.column, done.done));
        broken += done.broken.len();
        told.extend(
            done.broken
                .iter()
                .map(|id| format!("  {id} does not open: its key is gone, or it was tampered with")),
        );
    }
    let whole = broken == 0;
    told.push(if whole {
        "Everything is under the newest key. Once every server has it, older keys but the lowest may be removed.".to_owned()
    } else {
        format!("{broken} values do not open. Remove no key before that is understood.")
    });
    Ok(Rewrapped { told, whole })
}

/// Checks the whole audit log, reading alone.
///
/// # Errors
/// When the database or the keys cannot be read.
pub async fn verify_audit(config: &Config, known: Option<&Head>) -> Result<Verified> {
    let ring = secrets::seal(config)?;
    let db = db::connect_patiently(&config.database_url()).await?.read;
    Ok(audit::verify(&db, &ring, known).await?)
}
