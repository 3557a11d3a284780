//! What happens by itself: the relay of events, mails, timers, retention. Safe on many replicas, because each due row is taken by a guarded
//! statement in a transaction of its own.

use std::time::Duration;

use futures::{FutureExt, future::BoxFuture, future::join_all};

use crate::{
    account, dispute,
    kernel::{Env, Fault, Shutdown, audit, event::OUTBOX_TOPIC, mailbox::MAIL_TOPIC, policy::System},
    market, media, notification, order, staff,
    wallet::{debt, decision, deposit, freeze, ledger, reconcile, withdrawal},
};

mod relay;
mod retention;

pub use relay::relay;
pub use retention::forget;

/// Work that looks for what is due, does it, and answers how much it did.
type Work = for<'a> fn(&'a Env) -> BoxFuture<'a, Result<u64, Fault>>;

/// Timers: what is looked at each tick, each in a loop of its own, so that a slow one holds up no other.
const TIMERS: &[(&str, Work)] = &[
    ("orders", |env| order::timers::run_out(env, System::new()).boxed()),
    ("offers", |env| order::offer::run_out(env, System::new()).boxed()),
    ("reminders", |env| order::remind(env, System::new()).boxed()),
    ("keys", |env| order::keys::destroy_due(env, System::new()).boxed()),
    ("claims", |env| dispute::recovery::timers::run_out(env, System::new()).boxed()),
    ("refused returns", |env| {
        dispute::refusal::timers::run_out(env, System::new()).boxed()
    }),
    ("rulings to void", |env| dispute::ruling::lapse(env, System::new()).boxed()),
    ("settling", |env| order::timers::settle(env, System::new()).boxed()),
    ("withdrawals to send", |env| withdrawal::send(env, System::new()).boxed()),
    ("withdrawals to ask about", |env| withdrawal::ask(env, System::new()).boxed()),
    ("deposits to ask about", |env| deposit::ask(env, System::new()).boxed()),
    ("deposits to lapse", |env| deposit::lapse(env, System::new()).boxed()),
    ("books to compare", |env| reconcile::run(env, System::new()).boxed()),
    ("identities to lapse", |env| {
        account::review_identity::lapse(env, System::new()).boxed()
    }),
    ("audit chain", |env| audit::chain(env, System::new()).boxed()),
    ("views", |env| market::view::pour(env, System::new()).boxed()),
    ("search words", |env| market::search::catch_up(env, System::new()).boxed()),
    ("money decisions to void", |env| decision::lapse(env, System::new()).boxed()),
    ("freezes to end", |env| freeze::lapse(env, System::new()).boxed()),
    ("days to roll up", |env| ledger::roll_up(env, System::new()).boxed()),
    ("claims to give back", |env| staff::give_back_lapsed(env, System::new()).boxed()),
    ("queues to tell of", |env| staff::tell_overdue(env, System::new()).boxed()),
    ("debts to pass on", |env| debt::pass_on(env, System::new()).boxed()),
    ("unattached images", |env| {
        async { Ok(media::sweep(env, System::new()).await? as u64) }.boxed()
    }),
];

/// Work that the bus wakes, and that looks each tick all the same: the bus may lose a word.
const WOKEN: &[(&str, &str, Work)] = &[
    ("relay", OUTBOX_TOPIC, |env| relay(env, System::new()).boxed()),
    ("mails", MAIL_TOPIC, |env| notification::send_mails(env, System::new()).boxed()),
    ("letters", MAIL_TOPIC, |env| account::send_letters(env, System::new()).boxed()),
];

/// How often old rows are looked for, at most.
const FORGET_EVERY: Duration = Duration::from_secs(600);
/// How long woken work sleeps at most while the bus is away.
const WITHOUT_BUS: Duration = Duration::from_secs(1);

/// Does all of it until the server stops.
pub async fn run(env: Env, shutdown: Shutdown) {
    let tick = Duration::from_millis(env.config().worker.tick_ms);
    let timers = TIMERS.iter().map(|(name, work)| each(&env, &shutdown, name, tick, *work));
    let woken = WOKEN
        .iter()
        .map(|(name, topic, work)| woken(&env, &shutdown, (name, topic), tick, *work));
    let forgetting = each(&env, &shutdown, "retention", tick.max(FORGET_EVERY), |env| {
        forget(env, System::new()).boxed()
    });
    tokio::join!(join_all(timers), join_all(woken), forgetting);
}

async fn each(env: &Env, shutdown: &Shutdown, name: &str, tick: Duration, work: Work) {
    loop {
        tokio::select! {
            () = shutdown.wait() => return,
            () = tokio::time::sleep(tick) => {}
        }
        report(name, work(env).await);
    }
}

async fn woken(env: &Env, shutdown: &Shutdown, (name, topic): (&str, &str), tick: Duration, work: Work) {
    let mut wake = env.bus().listen(&[topic.to_owned()]).await;
    loop {
        report(name, work(env).await);
        let at_most = if env.bus().healthy() { tick } else { tick.min(WITHOUT_BUS) };
        tokio::select! {
            () = shutdown.wait() => return,
            () = wake.wait(at_most) => {}
        }
    }
}

/// Work that fails is told, and done again with the next look.
fn report(name: &str, outcome: Result<u64, Fault>) {
    match outcome {
        Ok(0) => {}
        Ok(done) => tracing::info!(name, done, "work done"),
        Err(error) => tracing::error!(name, %error, "work failed"),
    }
}
