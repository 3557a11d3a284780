//! What is kept for a time only.

use crate::{
    account::session::REFRESH_DAYS,
    kernel::{Env, Fault, policy::System, sql},
    notification::KEPT_DAYS,
};

/// How many rows one transaction deletes. It stands in the statements as it is: of a limit that it does not know a planner thinks that it takes a tenth
/// of the table.
const BATCH: u64 = 1_000;

/// One kind of rows, and how long they are kept.
struct Kept {
    days: i64,
    /// `$1` is the moment before which rows are old; `{lock}` leaves rows alone that somebody else has.
    delete: &'static str,
}

/// In this order: what refers to other rows goes before them.
const ALL: [Kept; 11] = [
    Kept {
        days: 7,
        delete: "DELETE FROM events WHERE (stream, seq) IN (SELECT stream, seq FROM events WHERE at < $1 ORDER BY at LIMIT 1000{lock})",
    },
    Kept {
        days: 7,
        delete: "DELETE FROM idempotency_keys WHERE (user_id, operation, key) IN \
                 (SELECT user_id, operation, key FROM idempotency_keys WHERE created_at < $1 ORDER BY created_at LIMIT 1000{lock})",
    },
    Kept {
        days: 7,
        delete: "DELETE FROM outbox WHERE number IN (SELECT number FROM outbox WHERE done_at < $1 ORDER BY done_at LIMIT 1000{lock})",
    },
    Kept {
        days: 7,
        delete: "DELETE FROM letters WHERE id IN (SELECT id FROM letters WHERE created_at < $1 AND due_at IS NULL ORDER BY created_at LIMIT 1000{lock})",
    },
    // As long as a token is good, whoever brings a spent one ends its family.
    Kept {
        days: REFRESH_DAYS,
        delete: "DELETE FROM refresh_tokens WHERE hash IN (SELECT hash FROM refresh_tokens WHERE spent_at < $1 ORDER BY spent_at LIMIT 1000{lock})",
    },
    Kept {
        days: 30,
        delete: "DELETE FROM refresh_tokens WHERE hash IN (SELECT t.hash FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id \
                 WHERE s.ended_at < $1 OR s.expires_at < $1 LIMIT 1000{lock})",
    },
    Kept {
        days: 30,
        delete: "DELETE FROM sessions WHERE id IN (SELECT s.id FROM sessions s WHERE (s.ended_at < $1 OR s.expires_at < $1) \
                 AND NOT EXISTS (SELECT 1 FROM refresh_tokens t WHERE t.session_id = s.id) LIMIT 1000{lock})",
    },
    Kept {
        days: KEPT_DAYS,
        delete: "DELETE FROM announcement_reads WHERE (user_id, announcement_id) IN (SELECT r.user_id, r.announcement_id \
                 FROM announcement_reads r JOIN announcements a ON a.id = r.announcement_id WHERE a.created_at < $1 LIMIT 1000{lock})",
    },
    Kept {
        days: KEPT_DAYS,
        delete: "DELETE FROM queue_alarms WHERE (queue, subject_id, since) IN \
                 (SELECT queue, subject_id, since FROM queue_alarms WHERE told_at < $1 ORDER BY told_at LIMIT 1000{lock})",
    },
    Kept {
        days: KEPT_DAYS,
        delete: "DELETE FROM notice_mails WHERE notice_id IN (SELECT m.notice_id FROM notice_mails m JOIN notices n ON n.id = m.notice_id \
                 WHERE n.created_at < $1 LIMIT 1000{lock})",
    },
    Kept {
        days: KEPT_DAYS,
        delete: "DELETE FROM notices WHERE id IN (SELECT id FROM notices WHERE created_at < $1 ORDER BY created_at LIMIT 1000{lock})",
    },
];

/// Deletes what was kept long enough: events, idempotency keys and done outbox rows and letters after 7 days, spent refresh tokens after 30, sessions 30 days
/// after their end, notices after a year. Answers how many rows.
pub async fn forget(env: &Env, _: System) -> Result<u64, Fault> {
    let mut deleted = 0;
    for kept in &ALL {
        deleted += forget_one(env, kept).await?;
    }
    Ok(deleted)
}

async fn forget_one(env: &Env, kept: &Kept) -> Result<u64, Fault> {
    let mut deleted = 0;
    loop {
        let tx = env.begin().await?;
        let statement = kept.delete.replace("{lock}", sql::skip_locked(tx.db()));
        let old = tx.now().plus_days(-kept.days);
        let some = sql::run(tx.db(), &statement, vec![old.into()]).await?;
        tx.commit().await?;
        deleted += some;
        if some < BATCH {
            return Ok(deleted);
        }
    }
}
