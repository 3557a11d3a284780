//! Money is neither made nor lost, and nobody falls below zero, whatever everybody does at once. The totals are read while the storm rages.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::support::{
    TestApp,
    storm::{ENDS, FLOWS, Storm, watches},
};

/// M1, short: eight clients, each acts forty times.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eight_who_trade_all_at_once_neither_make_nor_lose_money() {
    let app = TestApp::new().await;
    let storm = Storm::of(&app, 8, 3, true).await;
    let over = AtomicBool::new(false);
    let raging = async {
        storm.rages(40).await;
        over.store(true, Ordering::SeqCst);
    };
    let (looked, ()) = tokio::join!(watches(&app, 100, || over.load(Ordering::SeqCst)), raging);
    is_whole(&storm, &everything()).await;
    assert!(looked >= 100, "{looked}");
    app.close().await;
}

/// All that there is to do, and every end that a claim may have; but for what comes by chance alone.
pub fn everything() -> Vec<&'static str> {
    let by_chance = ["take back", "sell", "timers"];
    let flows = FLOWS.iter().map(|flow| flow.name).filter(|name| !by_chance.contains(name));
    flows.chain(ENDS).collect()
}

/// What was done was done, and each of `flows` was among it.
pub async fn is_whole(storm: &Storm<'_>, flows: &[&str]) {
    let (done, told) = (storm.done(), storm.place.told());
    eprintln!("done: {done:?}\ntold: {told:?}");
    for flow in flows {
        assert!(done.contains_key(flow), "nobody came to {flow}: {done:?}");
    }
    storm.was_true().await;
}
