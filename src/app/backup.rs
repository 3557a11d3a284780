//! A copy of everything that a new machine needs, made while the server runs; and the new epoch after such a copy was put back.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use entity::meta;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use tokio::task::spawn_blocking;

use super::{
    open::{EPOCH, fresh_epoch},
    secrets,
};
use crate::{config::Config, infra::db, wallet::ledger};

/// What was copied, and what the operator has still to do, a line each.
pub type Told = Vec<String>;

/// Copies the database, the files and the embedded bank's books into `to`, which must be empty or not there yet. The copied database is checked
/// before this returns.
///
/// Keys are listed and never copied: a backup and the keys that open it do not belong in one place.
///
/// # Errors
/// When something cannot be copied, or the copy is not whole.
pub async fn backup(config: &Config, to: &Path) -> Result<Told> {
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    ensure!(
        fs::read_dir(to)?.next().is_none(),
        "{} is not empty; each backup has a folder of its own",
        to.display()
    );
    let mut told = Vec::new();
    // The database first: each file is there before the row that names it.
    if config.database.is_postgres() {
        told.push(format!(
            "The database is PostgreSQL and not in this copy. Run: pg_dump --format=custom --file={}/handover.dump DATABASE",
            to.display()
        ));
    } else {
        told.push(copy_sqlite(config, &to.join("handover.db")).await?);
    }
    if let Some((bucket, _)) = config.storage.bucket() {
        told.push(format!(
            "The files lie in the bucket {bucket} and not in this copy. Let the bucket keep versions, or copy it."
        ));
    } else {
        told.push(copy_folder(config, to, "files").await?);
    }
    if config.bank.url.is_none() {
        told.push(copy_folder(config, to, "bank").await?);
    }
    let keys = keys(config)?;
    write(&to.join("KEYS.txt"), &keys.join("\n"))?;
    told.extend(keys);
    File::open(to)?.sync_all()?;
    Ok(told)
}

/// Copies the database as it is at one moment, and reads the copy through.
async fn copy_sqlite(config: &Config, to: &Path) -> Result<String> {
    let from = db::connect(&config.database_url(), 1).await?;
    let place = to.to_str().context("the folder's name must be plain text")?.replace('\'', "''");
    let copied = from.write.execute_unprepared(&format!("VACUUM INTO '{place}'")).await;
    from.close().await;
    copied.context("the database cannot be copied")?;
    File::open(to)?.sync_all()?;
    let copy = db::connect(&format!("sqlite:{}", to.display()), 1).await?;
    let report = check(&copy).await;
    copy.close().await;
    let report = report?;
    ensure!(
        report.problems.is_empty(),
        "the ledger in the copy is not in order: {}",
        report.problems.join("; ")
    );
    Ok(format!(
        "handover.db: {} bytes, whole, {} transfers in order",
        fs::metadata(to)?.len(),
        report.transfers
    ))
}

async fn check(copy: &db::Databases) -> Result<ledger::Report> {
    let row = crate::kernel::sql::one(&copy.read, "PRAGMA integrity_check", vec![]).await?;
    let word: String = row.context("the check said nothing")?.try_get("", "integrity_check")?;
    ensure!(word == "ok", "the copy is damaged: {word}");
    Ok(ledger::verify(&copy.read).await?)
}

async fn copy_folder(config: &Config, to: &Path, name: &'static str) -> Result<String> {
    let (from, to) = (config.data_dir.join(name), to.join(name));
    let (files, bytes) = spawn_blocking(move || copy(&from, &to))
        .await?
        .with_context(|| format!("cannot copy the folder {name}"))?;
    Ok(format!("{name}: {files} files, {bytes} bytes"))
}

/// Copies a folder whole; names that begin with a dot are drafts. Answers how many files and bytes.
fn copy(from: &Path, to: &Path) -> io::Result<(u64, u64)> {
    fs::create_dir_all(to)?;
    let (mut files, mut bytes) = (0, 0);
    let entries = match fs::read_dir(from) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((0, 0)),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            let inner = copy(&entry.path(), &target)?;
            (files, bytes) = (files + inner.0, bytes + inner.1);
        } else if let Some(size) = copy_file(&entry.path(), &target)? {
            (files, bytes) = (files + 1, bytes + size);
        }
    }
    File::open(to)?.sync_all()?;
    Ok((files, bytes))
}

/// `None`: somebody removed it meanwhile, as the server does with what nobody attached.
fn copy_file(from: &Path, to: &Path) -> io::Result<Option<u64>> {
    match fs::copy(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        copied => {
            let size = copied?;
            File::open(to)?.sync_all()?;
            Ok(Some(size))
        }
    }
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, format!("{text}\n"))?;
    Ok(File::open(path)?.sync_all()?)
}

/// Which keys the copy needs and where they are, without the keys.
fn keys(config: &Config) -> Result<Told> {
    let ring = secrets::seal(config)?;
    let place = |set: bool, variable: &str, file: Option<&PathBuf>, name: &str| match (set, file) {
        (true, _) => format!("the setting {variable}"),
        (false, Some(file)) => file.display().to_string(),
        (false, None) => config.data_dir.join(name).display().to_string(),
    };
    let (set, bank) = (&config.keys, &config.bank);
    let mut all = vec![
        "Keep these keys apart from the backup; without them it does not open:".to_owned(),
        format!(
            "  seal keys {} (mark {}): {}",
            ring.ids().iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            ring.mark(),
            place(set.seal.is_some(), "HANDOVER_KEYS__SEAL", set.seal_file.as_ref(), "seal.keys")
        ),
        format!(
            "  token secret (a new one only signs everybody out): {}",
            place(set.token.is_some(), "HANDOVER_KEYS__TOKEN", set.token_file.as_ref(), "token.secret")
        ),
    ];
    for (what, set, variable, name) in [
        ("bank key", bank.api_key.is_some(), "HANDOVER_BANK__API_KEY", "bank-api-key.secret"),
        (
            "bank webhook secret",
            bank.webhook_secret.is_some(),
            "HANDOVER_BANK__WEBHOOK_SECRET",
            "bank-webhook.secret",
        ),
    ] {
        all.push(format!("  {what}: {}", place(set, variable, None, name)));
    }
    Ok(all)
}

/// Begins a new epoch of the event log: every cursor given out before is answered RESYNC_REQUIRED. Needed after a backup was put back, because
/// clients hold cursors of events that are no more. Servers read the epoch when they start.
///
/// # Errors
/// When the database is away or was never served.
pub async fn new_epoch(config: &Config) -> Result<String> {
    let databases = db::connect(&config.database_url(), 1).await?;
    let epoch = fresh_epoch();
    let update = meta::Entity::update_many()
        .col_expr(meta::Column::Value, Expr::value(epoch.clone()))
        .filter(meta::Column::Name.eq(EPOCH));
    let changed = update.exec(&databases.write).await;
    databases.close().await;
    ensure!(changed?.rows_affected == 1, "this database has no epoch yet; it was never served");
    Ok(epoch)
}
