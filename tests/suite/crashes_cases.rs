//! The rows of [`crate::twice_cases`] and [`crate::twice_disputes`] once more: whatever has a key and moves a case, by a server that dies at each of
//! its writes (M4). Each has its effect once or not at all, and the same key again ends well.

use serde_json::json;
use uuid::Uuid;

use crate::{
    crashes::{at_each_point, mutation, went_well},
    support::TestApp,
    twice::{Row, count, object_of},
    twice_cases, twice_disputes,
};

async fn each_survives(rows: &[Row]) {
    // Some two hundred servers die here, each of them once: on PostgreSQL alone.
    if !TestApp::has_servers() {
        return;
    }
    let app = TestApp::new().await;
    for row in rows.iter().filter(|row| !APART.contains(&row.mutation)) {
        let prepare = async |point: usize| {
            let name = format!("c{}{point}", &Uuid::new_v4().simple().to_string()[..10]);
            let mut ask = (row.prepare)(&app, name).await;
            ask.input["idempotencyKey"] = json!(Uuid::new_v4());
            let before = count(&app, row.leaves).await;
            (mutation(&ask.person, row.mutation, ask.input, &object_of(row.mutation)), before)
        };
        at_each_point(&app, prepare, async |before, answer| {
            went_well(&answer, row.mutation);
            assert_eq!(count(&app, row.leaves).await, before + 1, "{} has its effect once", row.mutation);
        })
        .await;
        eprintln!("{}", row.mutation);
    }
    app.close().await;
}

/// Tried by a test of its own, which looks at more.
const APART: [&str; 2] = ["caseUphold", "caseProposalAccept"];

/// Those of a claim.
#[tokio::test]
async fn with_servers_a_server_that_dies_at_any_step_of_a_claim_takes_it_once_or_not_at_all() {
    each_survives(twice_cases::ROWS).await;
}

/// Those of a refused return.
#[tokio::test]
async fn with_servers_a_server_that_dies_at_any_step_of_a_refused_return_takes_it_once_or_not_at_all() {
    each_survives(twice_disputes::ROWS).await;
}
