//! Hearing of commands. Where the bus is in the server alone, a command in a process of its own cannot ring; but what it did is on record.

use std::time::Duration;

use entity::value::SessionId;
use sea_orm::FromQueryResult;
use tokio::{task::JoinHandle, time::timeout};
use uuid::Uuid;

use crate::kernel::{Env, Fault, Shutdown, event::session_topic, sql};

/// How often the record is looked at.
const LOOK: Duration = Duration::from_secs(3);
/// How far back: a command's clock may be a little behind, and a look may fail.
const BACK_SECONDS: i64 = 15;

/// Rings for the sessions of those about whom the operator has just decided, until the server stops. Nothing, where the bus is between processes.
pub(super) fn hear(env: &Env, shutdown: Shutdown) -> Option<JoinHandle<()>> {
    if env.config().redis.url.is_some() {
        return None;
    }
    let env = env.clone();
    Some(tokio::spawn(async move {
        while timeout(LOOK, shutdown.wait()).await.is_err() {
            if let Err(fault) = ring(&env).await {
                tracing::warn!(%fault, "what commands did is not heard");
            }
        }
    }))
}

#[derive(FromQueryResult)]
struct Touched {
    id: SessionId,
}

/// The operator acts as nobody, which the platform itself does too: a ring too many costs one look.
async fn ring(env: &Env) -> Result<(), Fault> {
    let touched: Vec<Touched> = sql::all(
        env.db(),
        "SELECT DISTINCT s.id FROM audit a JOIN sessions s ON s.user_id = a.subject_id \
         WHERE a.actor_id = $1 AND a.at > $2 AND a.subject_kind = 'USER' AND s.ended_at IS NULL",
        vec![Uuid::nil().into(), env.now().plus_seconds(-BACK_SECONDS).into()],
    )
    .await?;
    let topics: Vec<String> = touched.into_iter().map(|row| session_topic(row.id)).collect();
    if !topics.is_empty() {
        env.bus().wake(&topics).await;
    }
    Ok(())
}
