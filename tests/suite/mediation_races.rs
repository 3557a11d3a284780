//! Refused returns (case B) when several act at once: one of them moves the money, once.

use futures::future::join_all;
use handover::{dispute::refusal::timers, kernel::policy::System, wallet::ledger::AccountKey};
use serde_json::json;

use crate::support::{
    Person, TestApp,
    disputes::{Dispute, HOUR},
    orders::code,
};

/// What all have together, in fen: sellers, buyers and the escrow.
async fn together(app: &TestApp, dispute: &Dispute<'_>) -> (i64, i64, i64) {
    let fen = |text: String| text.replace('.', "").parse::<i64>().unwrap();
    (
        fen(dispute.sam.holds(AccountKey::available).await),
        fen(dispute.bea.holds(AccountKey::available).await),
        fen(app.escrow(&dispute.order).await),
    )
}

async fn found<'a>(app: &'a TestApp, ada: &Person<'_>, finding: &str, share: Option<i32>) -> Dispute<'a> {
    let dispute = app.disputed("20.03").await;
    for party in [&dispute.sam, &dispute.bea] {
        party.argues("caseEvidenceDone", &dispute.case, json!({})).await;
    }
    ada.finds_in(&dispute.case, finding, share).await;
    dispute
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn consents_and_timers_that_come_together_end_a_case_once() {
    let app = TestApp::new().await;
    let ada = app.admin("ada").await;
    let dispute = found(&app, &ada, "DAMAGED", Some(37)).await;
    app.advance(HOUR * 48 - std::time::Duration::from_millis(500));
    let (sam, bea) = (app.sign_in("sam").await, app.sign_in("bea").await);
    let (says, looks) = tokio::join!(
        join_all([&sam, &bea, &sam, &bea].map(|party| party.argues("caseConsent", &dispute.case, json!({})))),
        join_all((0..3).map(|_| async {
            app.advance(std::time::Duration::from_millis(300));
            timers::run_out(app.env(), System::new()).await.unwrap()
        }))
    );
    while app.case_of(&dispute.order).await.state.as_str() != "CLOSED" {
        app.advance(HOUR);
        timers::run_out(app.env(), System::new()).await.unwrap();
    }
    assert!(looks.iter().sum::<u64>() <= 1, "{looks:?} {says:?}");
    assert_eq!(together(&app, &Dispute { sam, bea, ..dispute }).await, (741, 1_262, 0));
    app.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_consent_and_objection_one_counts() {
    let app = TestApp::new().await;
    let ada = app.admin("ada").await;
    let dispute = found(&app, &ada, "INTACT", None).await;
    let answers = join_all((0..8).map(|turn| {
        let mutation = if turn % 2 == 0 { "caseConsent" } else { "caseObject" };
        dispute.sam.argues(mutation, &dispute.case, json!({}))
    }))
    .await;
    let state = app.case_of(&dispute.order).await.state.as_str();
    let (sams, beas, escrow) = together(&app, &dispute).await;
    assert_eq!(sams + beas + escrow, 2_003);
    match state {
        "CLOSED" => assert_eq!((sams, beas), (0, 2_003)),
        "MEDIATION" => assert_eq!(escrow, 2_003),
        other => panic!("{other}: {answers:?}"),
    }
    app.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_findings_at_once_one_is_made() {
    let app = TestApp::new().await;
    let ada = app.admin("ada").await;
    let dispute = app.disputed("20.03").await;
    for party in [&dispute.sam, &dispute.bea] {
        party.argues("caseEvidenceDone", &dispute.case, json!({})).await;
    }
    ada.takes_up(&dispute.case).await;
    let findings = ["WORTHLESS", "TAKEN_BACK", "WORTHLESS", "TAKEN_BACK", "WORTHLESS", "TAKEN_BACK"];
    let made = join_all(findings.map(|finding| ada.says_found(&dispute.case, finding, None))).await;
    let won: Vec<_> = made.iter().filter(|made| code(made) == "ok").collect();
    assert_eq!(won.len(), 1, "{made:?}");
    assert!(made.iter().all(|made| ["ok", "ALREADY_DECIDED"].contains(&code(made))), "{made:?}");
    let (sams, beas, escrow) = together(&app, &dispute).await;
    assert!(
        (sams, beas, escrow) == (2_003, 0, 0) || (sams, beas, escrow) == (0, 2_003, 0),
        "{sams} {beas} {escrow}"
    );
    app.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_acceptance_counts_for_the_version_it_names_however_fast_another_comes() {
    let app = TestApp::new().await;
    let ada = app.admin("ada").await;
    let dispute = found(&app, &ada, "INTACT", None).await;
    let Dispute { sam, bea, case, .. } = &dispute;
    sam.argues("caseObject", case, json!({})).await;
    bea.argues("caseProposalMake", case, json!({ "sellerShare": 10 })).await;
    // He accepts ten percent while she proposes none.
    let (accepted, proposed) = tokio::join!(
        sam.argues("caseProposalAccept", case, json!({ "version": 1 })),
        bea.argues("caseProposalMake", case, json!({ "sellerShare": 0 }))
    );
    let (sams, beas, escrow) = together(&app, &dispute).await;
    if code(&accepted) == "ok" {
        assert_eq!((sams, beas, escrow), (200, 1_803, 0), "{accepted} {proposed}");
        assert_eq!(code(&proposed), "WRONG_STATE");
    } else {
        assert_eq!((code(&accepted), escrow), ("PRICE_CHANGED", 2_003), "{accepted} {proposed}");
    }
    app.close().await;
}
