//! The audit log's chain: each row is numbered and linked to the one before it by a keyed hash, so that nobody who writes to the database
//! alone can change, remove or reorder rows without being found.
//!
//! Rows are written by whoever acts, in his own transaction ([`Tx::audit`]), and chained a moment later by one chainer at a time, in the order
//! in which they became visible: a chain within the acting transactions would make all of them wait for each other.

use std::fmt::{self, Write};

use entity::{
    audit::{self, Column, Entity},
    meta,
    value::AuditId,
};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Env, Fault, Tx, policy::System, port::Seal, sql};

/// The turn that the working chainer has.
const TURN: i64 = 4_712;
/// How many rows one transaction chains, and how many are read at once.
const BATCH: u64 = 500;
/// The name of the chain's head among the facts about the database.
const HEAD: &str = "audit_head";

/// The newest link of a chain. Noted elsewhere, it shows later that nothing up to it was changed or cut off.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// Its number; 0: nothing is chained yet.
    pub seq: i64,
    /// Its link.
    pub chain: Vec<u8>,
}

/// Prints `NUMBER:LINK`, the link in hexadecimal.
impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, hex(&self.chain))
    }
}

impl Head {
    /// Reads what [`Display`](fmt::Display) prints.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (seq, link) = text.trim().split_once(':')?;
        let seq = seq.parse().ok()?;
        let plain = link.len() % 2 == 0 && link.bytes().all(|byte| byte.is_ascii_hexdigit());
        let chain = (0..link.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(link.get(at..at + 2)?, 16).ok())
            .collect::<Option<Vec<_>>>()?;
        plain.then_some(Self { seq, chain })
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Chains what is not chained yet. Answers how many rows.
pub async fn chain(env: &Env, _: System) -> Result<u64, Fault> {
    let mut done = 0;
    // A look without a transaction, since mostly there is nothing.
    while unchained(env.db()).await? > 0 {
        let tx = env.begin().await?;
        if !sql::take_turn(tx.db(), TURN).await? {
            return Ok(done);
        }
        let some = chain_some(&tx).await?;
        tx.commit().await?;
        done += some;
        if some == 0 {
            break;
        }
    }
    Ok(done)
}

async fn unchained<C: ConnectionTrait>(db: &C) -> Result<u64, Fault> {
    Ok(Entity::find().filter(Column::Seq.is_null()).count(db).await?)
}

async fn chain_some(tx: &Tx) -> Result<u64, Fault> {
    let mut head = read_head(tx.db()).await?;
    let rows = Entity::find()
        .filter(Column::Seq.is_null())
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id)
        .limit(BATCH);
    let rows = rows.all(tx.db()).await?;
    let count = rows.len() as u64;
    for row in rows {
        let seq = head.seq + 1;
        let chain = link(tx.env().seal(), &head.chain, seq, &row)?;
        let update = Entity::update_many()
            .col_expr(Column::Seq, Expr::value(seq))
            .col_expr(Column::Chain, Expr::value(chain.clone()))
            .filter(Column::Id.eq(row.id))
            .filter(Column::Seq.is_null());
        if update.exec(tx.db()).await?.rows_affected != 1 {
            return Err(Fault::internal("an audit row was chained by somebody without the turn"));
        }
        head = Head { seq, chain };
    }
    write_head(tx, &head).await?;
    Ok(count)
}

async fn read_head<C: ConnectionTrait>(db: &C) -> Result<Head, Fault> {
    let Some(row) = meta::Entity::find_by_id(HEAD).one(db).await? else {
        return Ok(Head::default());
    };
    Head::parse(&row.value).ok_or_else(|| Fault::internal("the head of the audit chain is malformed"))
}

async fn write_head(tx: &Tx, head: &Head) -> Result<(), Fault> {
    let row = meta::ActiveModel {
        name: Set(HEAD.to_owned()),
        value: Set(head.to_string()),
    };
    let anew = OnConflict::column(meta::Column::Name).update_column(meta::Column::Value).to_owned();
    meta::Entity::insert(row).on_conflict(anew).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// A row's link. It is keyed: whoever has the database alone cannot make one.
fn link(seal: &dyn Seal, before: &[u8], seq: i64, row: &audit::Model) -> Result<Vec<u8>, Fault> {
    let audit::Model {
        id,
        actor_id,
        action,
        subject_kind,
        subject_id,
        detail,
        at,
        seq: _,
        chain: _,
    } = row;
    // As JSON each part has its bounds: no two different rows are the same text.
    let said = serde_json::to_vec(&(hex(before), seq, id, actor_id, action, subject_kind, subject_id, detail, at));
    Ok(seal.fingerprint("audit-chain", &said.map_err(Fault::internal)?))
}

/// How the chain stands: its newest link as it was written last, and how many rows wait for theirs.
pub async fn state<C: ConnectionTrait>(db: &C) -> Result<(Head, u64), Fault> {
    Ok((read_head(db).await?, unchained(db).await?))
}

/// What [`verify`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The newest link that holds.
    pub head: Head,
    /// Where the chain breaks first, in words; none: it is whole.
    pub broken: Option<String>,
    /// How many rows are not chained yet, which is a matter of seconds.
    pub tail: u64,
}

/// Looks through the whole chain, and names the first break: a row that was changed, removed, put in or moved. `known` is a head that was noted
/// before: it must still be in the chain.
pub async fn verify<C: ConnectionTrait>(db: &C, seal: &dyn Seal, known: Option<&Head>) -> Result<Verified, Fault> {
    // The head first: what is chained meanwhile only comes behind it.
    let written = read_head(db).await;
    let (mut head, mut broken) = (Head::default(), None);
    let mut missing = known.filter(|known| known.seq > 0);
    'pages: loop {
        let rows = Entity::find()
            .filter(Column::Seq.gt(head.seq))
            .order_by_asc(Column::Seq)
            .limit(BATCH);
        let rows = rows.all(db).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            broken = fault_of(seal, &head, &row)?;
            if broken.is_some() {
                break 'pages;
            }
            head = Head {
                seq: head.seq + 1,
                chain: row.chain.unwrap_or_default(),
            };
            missing = missing.filter(|known| **known != head);
        }
    }
    let broken = broken.or_else(|| cut(&head, written.as_ref().ok())).or_else(|| {
        missing.map(|known| {
            format!(
                "The head that was noted, number {}, is not in the chain: rows were exchanged or cut off.",
                known.seq
            )
        })
    });
    Ok(Verified {
        head,
        broken,
        tail: unchained(db).await?,
    })
}

/// What is wrong with the row after `head`.
fn fault_of(seal: &dyn Seal, head: &Head, row: &audit::Model) -> Result<Option<String>, Fault> {
    let (expected, found) = (head.seq + 1, row.seq.unwrap_or_default());
    if found != expected {
        return Ok(Some(format!(
            "Number {expected} is missing: the next row that is there has number {found}."
        )));
    }
    if row.chain.as_deref() == Some(link(seal, &head.chain, expected, row)?.as_slice()) {
        return Ok(None);
    }
    let AuditId(id) = row.id;
    Ok(Some(format!(
        "Number {expected} does not fit: row {id} (`{}`, time {}) was changed, moved or put in its place.",
        row.action, row.at.0
    )))
}

/// Whether rows are missing at the end, by the head that was written last.
fn cut(found: &Head, written: Option<&Head>) -> Option<String> {
    let Some(written) = written else {
        return Some("The head of the chain is not readable: it was changed.".to_owned());
    };
    if found.seq < written.seq {
        return Some(format!(
            "Number {} is missing: the chain ends at {} and once ended at {}.",
            found.seq + 1,
            found.seq,
            written.seq
        ));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_as_it_is_printed() {
        let head = Head {
            seq: 12,
            chain: vec![0, 0xAB, 0xFF],
        };
        assert_eq!(head.to_string(), "12:00abff");
        assert_eq!(Head::parse("12:00abff\n"), Some(head));
        assert_eq!(Head::parse("0:"), Some(Head::default()));
        for text in ["", "12", "x:00", "1:0", "1:0g", "1:é0"] {
            assert_eq!(Head::parse(text), None, "{text}");
        }
    }
}
