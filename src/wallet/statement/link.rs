//! The address of a statement's table: good for some minutes, and for its owner alone.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::{
    kinds::Locale,
    value::{Time, UserId},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Filter;
use crate::kernel::{Env, Fault, policy::Member};

/// How many minutes an address is good.
const MINUTES: i64 = 10;

/// What an address stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// Whose statement.
    pub user: UserId,
    /// Which lines.
    pub filter: Filter,
    /// In which language its heading is.
    pub locale: Locale,
    /// Until when it is good.
    pub until: Time,
}

/// The last part of an address for the caller's own statement, and until when it is good.
pub fn sign(env: &Env, member: Member, filter: &Filter, locale: Locale) -> Result<(String, Time), Fault> {
    let ticket = Ticket {
        user: member.id(),
        filter: filter.clone(),
        locale,
        until: env.now().plus_minutes(MINUTES),
    };
    let said = BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(&ticket).map_err(Fault::internal)?);
    let signature = signature(env, &said);
    Ok((format!("{said}.{signature}"), ticket.until))
}

/// What an address stands for, if it is ours, still good, and the caller's.
#[must_use]
pub fn open(env: &Env, member: Member, address: &str) -> Option<Ticket> {
    let (said, given) = address.split_once('.')?;
    // Compared by their hashes: how long that takes tells nothing of the signature.
    if Sha256::digest(signature(env, said)) != Sha256::digest(given) {
        return None;
    }
    let ticket: Ticket = serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(said).ok()?).ok()?;
    (ticket.user == member.id() && ticket.until > env.now()).then_some(ticket)
}

fn signature(env: &Env, said: &str) -> String {
    let print = env.seal().fingerprint("wallet.statement", said.as_bytes());
    print.iter().map(|byte| format!("{byte:02x}")).collect()
}
