//! The unit of work: everything of one use-case happens, or nothing.

use std::sync::Mutex;

use entity::{
    audit, event, idempotency_key,
    kinds::SubjectKind,
    outbox,
    value::{AuditId, EventId, Time, UserId},
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, SqliteTransactionMode, TransactionOptions, TransactionTrait,
    TryInsertResult,
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    Env, Event, Fault,
    event::{OUTBOX_TOPIC, user_stream},
    sql,
};

/// A running transaction, its clock reading and the events it will leave behind. Dropped without commit, it leaves nothing.
pub struct Tx {
    inner: DatabaseTransaction,
    env: Env,
    now: Time,
    events: Mutex<Vec<(EventId, Event)>>,
    wakes: Mutex<Vec<String>>,
    shared: Mutex<Vec<(&'static str, Event)>>,
}

/// What a claim on an idempotency key found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// Nobody used it: do the work and make the object with this id.
    First(Uuid),
    /// The same call was done before and made this object.
    Repeat(Uuid),
    /// It was used with other input.
    UsedForOther,
}

tokio::task_local! {
    /// Set where only reading is done.
    static READS: ();
}

/// Runs what only reads. It may be cancelled wherever it waits, so a transaction may not begin in it: a build with assertions panics.
pub async fn reading<F: Future>(work: F) -> F::Output {
    if cfg!(debug_assertions) {
        READS.scope((), work).await
    } else {
        work.await
    }
}

impl Env {
    /// Begins a transaction that may write. On SQLite it takes the one writer's place at once, so it never fails half-way for being late.
    pub async fn begin(&self) -> Result<Tx, Fault> {
        debug_assert!(READS.try_with(|()| ()).is_err(), "a transaction begins where only reading is done");
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        let inner = self.db_write().begin_with_options(options).await?;
        let now = read_clock(self, &inner).await?;
        Ok(Tx {
            inner,
            env: self.clone(),
            now,
            events: Mutex::default(),
            wakes: Mutex::default(),
            shared: Mutex::default(),
        })
    }
}

/// The database's clock where it has one of its own, so that all processes agree.
async fn read_clock(env: &Env, db: &DatabaseTransaction) -> Result<Time, Fault> {
    if db.get_database_backend() != DbBackend::Postgres {
        return Ok(env.now());
    }
    let row = sql::one(db, "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now", vec![]).await?;
    let millis: i64 = row.ok_or_else(|| Fault::internal("the clock gave no row"))?.try_get("", "now")?;
    Ok(Time(millis + env.clock().offset()))
}

impl Tx {
    /// The moment at which everything in this transaction happens.
    pub const fn now(&self) -> Time {
        self.now
    }

    /// The connection, for statements.
    pub const fn db(&self) -> &DatabaseTransaction {
        &self.inner
    }

    /// The handles it was begun with.
    pub const fn env(&self) -> &Env {
        &self.env
    }

    /// Claims a key of `user` for one `operation`, before anything is read: a twin that comes at the same time waits here, then gets the same object.
    /// Of the input a keyed fingerprint is kept: it may hold a bank card's number, which whoever has the rows could find by trying.
    pub async fn claim<I: Serialize + Sync>(&self, user: UserId, operation: &'static str, key: Uuid, input: &I) -> Result<Claim, Fault> {
        let said = serde_json::to_vec(input).map_err(Fault::internal)?;
        let input_hash = self.env.seal().fingerprint("idempotency-input", &said);
        let result_id = Uuid::now_v7();
        let row = idempotency_key::ActiveModel {
            user_id: Set(user),
            operation: Set(operation.to_owned()),
            key: Set(key),
            input_hash: Set(input_hash.clone()),
            result_id: Set(result_id),
            created_at: Set(self.now),
        };
        // A conflict answers `Inserted(0)` here, not `Conflicted`: the row count alone tells.
        let first = idempotency_key::Entity::insert(row)
            .on_conflict_do_nothing()
            .exec_without_returning(&self.inner)
            .await?;
        if let TryInsertResult::Inserted(1) = first {
            return Ok(Claim::First(result_id));
        }
        let found = idempotency_key::Entity::find_by_id((user, operation.to_owned(), key))
            .one(&self.inner)
            .await?;
        let found = found.ok_or_else(|| Fault::internal("a claimed key has no row"))?;
        // Servers of before kept a plain hash; what they did a week ago at most may be asked for again.
        let plain = || Sha256::digest(&said).as_slice() == found.input_hash;
        Ok(if found.input_hash == input_hash || plain() {
            Claim::Repeat(found.result_id)
        } else {
            Claim::UsedForOther
        })
    }

    /// Leaves an event: for reactions through the outbox, and for those who listen.
    pub fn emit(&self, event: Event) {
        self.events.lock().expect("no holder panics").push((EventId::new(), event));
    }

    /// Appends an event to a stream that many hear, the staff's or everybody's. For the relay alone: whoever
    /// trades must not wait for a head that all share. The same event again in one transaction tells nothing new and is left out.
    pub fn publish(&self, stream: &'static str, event: Event) {
        let mut shared = self.shared.lock().expect("no holder panics");
        if !shared.contains(&(stream, event)) {
            shared.push((stream, event));
        }
    }

    /// Wakes those who listen to this bus topic, once it is all true.
    pub fn wake(&self, topic: String) {
        self.wakes.lock().expect("no holder panics").push(topic);
    }

    /// Writes a row of the audit log; the worker chains it a moment later. `actor` is nil for the system; `detail` holds no secrets.
    pub async fn audit(&self, actor: Uuid, action: &str, subject: (SubjectKind, Uuid), detail: &impl Serialize) -> Result<(), Fault> {
        let row = audit::ActiveModel {
            id: Set(AuditId::new()),
            actor_id: Set(actor),
            action: Set(action.to_owned()),
            subject_kind: Set(subject.0),
            subject_id: Set(subject.1),
            detail: Set(serde_json::to_string(detail).map_err(Fault::internal)?),
            at: Set(self.now),
            seq: Set(None),
            chain: Set(None),
        };
        audit::Entity::insert(row).exec_without_returning(&self.inner).await?;
        Ok(())
    }

    /// Makes it all true, then wakes those who wait for it.
    pub async fn commit(self) -> Result<(), Fault> {
        let events = std::mem::take(&mut *self.events.lock().expect("no holder panics"));
        let mut topics = std::mem::take(&mut *self.wakes.lock().expect("no holder panics"));
        topics.extend(self.write_streams(&events).await?);
        // After the heads are raised: of two events of one user the later one then has the larger number and is seen after the other.
        let relayed = self.write_outbox(&events).await?;
        self.inner.commit().await?;
        // All is true, and nobody was told: the last moment at which tests let the process die.
        fail::fail_point!("written", |_| std::process::abort());
        if relayed {
            topics.push(OUTBOX_TOPIC.to_owned());
        }
        if !topics.is_empty() {
            self.env.bus().wake(&topics).await;
        }
        Ok(())
    }

    /// Gives everything up at once, locks included. Dropping it does so too, but only when its connection comes to it.
    pub async fn rollback(self) -> Result<(), Fault> {
        Ok(self.inner.rollback().await?)
    }

    async fn write_outbox(&self, events: &[(EventId, Event)]) -> Result<bool, Fault> {
        let mut rows = Vec::new();
        for (id, event) in events.iter().filter(|(_, event)| event.has_reactions()) {
            rows.push(outbox::ActiveModel {
                number: NotSet,
                id: Set(*id),
                event: Set(serde_json::to_string(event).map_err(Fault::internal)?),
                created_at: Set(self.now),
                due_at: Set(Some(self.now)),
                attempts: Set(0),
                done_at: Set(None),
            });
        }
        let any = !rows.is_empty();
        if any {
            outbox::Entity::insert_many(rows).exec_without_returning(&self.inner).await?;
        }
        Ok(any)
    }

    /// Appends each event to the streams of its audience. Heads are raised after all rows of the domains and in order, so that no two
    /// transactions wait for each other.
    async fn write_streams(&self, events: &[(EventId, Event)]) -> Result<Vec<String>, Fault> {
        let mut by_stream = std::collections::BTreeMap::<String, Vec<String>>::new();
        for (_, event) in events {
            let text = serde_json::to_string(event).map_err(Fault::internal)?;
            for user in event.audience() {
                by_stream.entry(user_stream(user)).or_default().push(text.clone());
            }
        }
        for (stream, event) in self.shared.lock().expect("no holder panics").drain(..) {
            let text = serde_json::to_string(&event).map_err(Fault::internal)?;
            by_stream.entry(stream.to_owned()).or_default().push(text);
        }
        for (stream, texts) in &by_stream {
            let head = self.raise_head(stream, texts.len()).await?;
            let first = head - i64::try_from(texts.len()).map_err(Fault::internal)? + 1;
            let rows = (first..).zip(texts).map(|(seq, text)| event::ActiveModel {
                stream: Set(stream.clone()),
                seq: Set(seq),
                event: Set(text.clone()),
                at: Set(self.now),
            });
            event::Entity::insert_many(rows).exec_without_returning(&self.inner).await?;
        }
        Ok(by_stream.into_keys().collect())
    }

    async fn raise_head(&self, stream: &str, by: usize) -> Result<i64, Fault> {
        let by = i64::try_from(by).map_err(Fault::internal)?;
        let row = sql::one(
            &self.inner,
            "INSERT INTO event_heads (stream, seq) VALUES ($1, $2) ON CONFLICT (stream) DO UPDATE SET seq = event_heads.seq + $2 RETURNING seq",
            vec![stream.into(), by.into()],
        );
        Ok(row
            .await?
            .ok_or_else(|| Fault::internal("a raised head gave no row"))?
            .try_get("", "seq")?)
    }
}
