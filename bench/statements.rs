//! Which statements the house runs, taken down as it tells them. What is measured beside it then runs the very same, and not what somebody
//! remembers of them.

use std::{
    fmt::Debug,
    sync::{Arc, Mutex, PoisonError},
};

use handover::infra::db::STATEMENTS;
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
    instrument::WithSubscriber,
};
use tracing_subscriber::{
    Layer,
    filter::{LevelFilter, Targets},
    layer::{Context, SubscriberExt},
};

/// Each statement in its order.
#[derive(Clone, Default)]
struct Tape(Arc<Mutex<Vec<String>>>);

struct Text<'a>(&'a mut Vec<String>);

impl Visit for Text<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "sql" {
            self.0.push(value.to_owned());
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}

impl<S: Subscriber> Layer<S> for Tape {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        event.record(&mut Text(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner)));
    }
}

/// The statements that `work` runs. They are told on this thread while it waits for `work`, so `work` spawns no tasks.
pub async fn of<T>(work: impl Future<Output = T>) -> (T, Vec<String>) {
    let tape = Tape::default();
    let only = Targets::new().with_target(STATEMENTS, LevelFilter::TRACE);
    let subscriber = tracing_subscriber::registry().with(tape.clone().with_filter(only));
    let done = work.with_subscriber(subscriber).await;
    let told = std::mem::take(&mut *tape.0.lock().unwrap_or_else(PoisonError::into_inner));
    (done, told)
}
