//! A report that one admin gives back, or whose claim lapses, at the moment at which another decides on it.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use handover::{
    kernel::{policy::System, sql},
    staff,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Person, TestApp, orders::code};

const DECIDE: &str = "mutation D($input: ReportDecideInput!) { reportDecide(input: $input) { userErrors { code message } } }";

/// A report about somebody new that this admin has taken.
async fn taken_by(app: &TestApp, admin: &Person<'_>, round: usize) -> Value {
    let about = app.person(&format!("about{round}")).await;
    app.person(&format!("reporter{round}")).await.reports_user(&about).await;
    let report = admin.report_queue(json!({ "userId": about.public_id().await })).await[0]["id"].clone();
    assert_eq!(code(&admin.rules("reportReviewClaim", json!({ "id": report })).await), "ok");
    report
}

/// It is decided, or he is told that another looks at it; and then he decides.
async fn decided_or_told(abe: &Person<'_>, report: &Value, answer: &Value) {
    match code(answer) {
        "ok" => {}
        "CLAIMED_BY_OTHER" => assert_eq!(code(&abe.decides_report(report, "DISMISSED", "Nothing in it.").await), "ok"),
        other => panic!("{other}: {answer}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_decides_while_another_gives_back_decides_or_is_told_who_looks() {
    let app = TestApp::new().await;
    let (ada, abe) = (app.admin("ada").await, app.admin("abe").await);
    for round in 0..8 {
        let report = taken_by(&app, &ada, round).await;
        let again = ada.rules("reportReviewClaim", json!({ "id": report }));
        let (_, decided, claimed) = tokio::join!(
            ada.rules("reportReviewRelease", json!({ "id": report })),
            abe.decides_report(&report, "DISMISSED", "Nothing in it."),
            again
        );
        assert!(["ok", "ALREADY_DECIDED"].contains(&code(&claimed)), "{claimed}");
        ada.rules("reportReviewRelease", json!({ "id": report })).await;
        decided_or_told(&abe, &report, &decided).await;
    }
    app.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_decides_while_a_claim_lapses_decides() {
    let app = TestApp::new().await;
    let (ada, _) = (app.admin("ada").await, app.admin("abe").await);
    let report = taken_by(&app, &ada, 0).await;
    app.advance(Duration::from_secs(4 * 60 * 60));
    let abe = app.sign_in("abe").await;
    let (decided, given_back) = tokio::join!(
        abe.decides_report(&report, "WARNED", "Be polite."),
        staff::give_back_lapsed(app.env(), System::new())
    );
    given_back.unwrap();
    assert_eq!(code(&decided), "ok", "{decided}");
    app.close().await;
}

/// The moment forced: the deciding server rests after each write, and the claim is given back while its transaction has come to the report.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_servers_a_claim_given_back_between_the_looks_of_a_decision_is_no_failure() {
    if !TestApp::has_servers() {
        return;
    }
    let app = TestApp::new().await;
    let (ada, abe) = (app.admin("ada").await, app.admin("abe").await);
    let report = taken_by(&app, &ada, 0).await;
    let slow = app.child(&[("FAILPOINTS", "written=sleep(400)")]);
    let answered = AtomicBool::new(false);
    let decides = async {
        let input = json!({ "id": report, "outcome": "DISMISSED", "reason": "Nothing in it.", "idempotencyKey": Uuid::new_v4() });
        let request = app
            .http
            .post(format!("{}/graphql", slow.url("")))
            .bearer_auth(&abe.token)
            .json(&json!({ "query": DECIDE, "variables": { "input": input } }));
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        answered.store(true, Ordering::SeqCst);
        answer["data"]["reportDecide"].clone()
    };
    let gives_back = async {
        while !answered.load(Ordering::SeqCst) && !is_at_reports(&app).await {
            tokio::task::yield_now().await;
        }
        ada.rules("reportReviewRelease", json!({ "id": report })).await
    };
    let (decided, given_back) = tokio::join!(decides, gives_back);
    assert_eq!(code(&given_back), "ok", "{given_back}");
    assert!(decided.is_object(), "an answer with a code: {decided}");
    decided_or_told(&abe, &report, &decided).await;
    slow.ask_to_stop_and_wait().await;
    app.close().await;
}

/// Whether a transaction that has not ended has written, or locked, a report.
async fn is_at_reports(app: &TestApp) -> bool {
    let look = "SELECT COUNT(*) AS count FROM pg_locks l JOIN pg_class c ON c.oid = l.relation WHERE c.relname = 'reports' \
         AND l.mode IN ('RowExclusiveLock', 'RowShareLock') AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    let row = sql::one(app.env().db(), look, vec![]).await.unwrap().unwrap();
    row.try_get::<i64>("", "count").unwrap() > 0
}
