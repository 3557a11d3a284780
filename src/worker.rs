//! What happens by itself: timers. Safe on many replicas, because each due row is taken by a guarded statement in a transaction of its own.

use std::time::Duration;

use crate::{
    kernel::{Env, Fault, Shutdown, policy::System},
    media, order,
    wallet::{deposit, withdrawal},
};

/// Looks at all timers, once each tick, until the server stops.
pub async fn run(env: Env, shutdown: Shutdown) {
    let tick = Duration::from_millis(env.config().worker.tick_ms);
    loop {
        tokio::select! {
            () = shutdown.wait() => return,
            () = tokio::time::sleep(tick) => look(&env).await,
        }
    }
}

/// One look. A timer that fails is logged and looked at again with the next tick.
async fn look(env: &Env) {
    report("orders", order::timers::run_out(env, System::new()).await);
    report("reminders", order::remind(env, System::new()).await);
    report("keys", order::keys::destroy_due(env, System::new()).await);
    report("settling", order::timers::settle(env, System::new()).await);
    report("withdrawals to send", withdrawal::send(env, System::new()).await);
    report("withdrawals to ask about", withdrawal::ask(env, System::new()).await);
    report("deposits to ask about", deposit::ask(env, System::new()).await);
    report("deposits to lapse", deposit::lapse(env, System::new()).await);
    report(
        "unattached images",
        media::sweep(env, System::new()).await.map(|swept| swept as u64),
    );
}

fn report(timer: &str, outcome: Result<u64, Fault>) {
    match outcome {
        Ok(0) => {}
        Ok(done) => tracing::info!(timer, done, "timer ran out"),
        Err(error) => tracing::error!(timer, %error, "timer failed"),
    }
}
