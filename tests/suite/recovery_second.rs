//! Rulings about claims of more than 20,000.00: a second admin approves, refuses, or does not come.

use serde_json::{Value, json};

use crate::support::{
    Person, TestApp,
    cases::{freeze_stage, in_hold, is_blacklisted, on_record, state, steps},
    wallet::refusal,
};

/// A claim of more than 20,000.00, answered, and taken by Ada.
async fn large<'a>(app: &'a TestApp) -> (Person<'a>, Person<'a>, Person<'a>, Person<'a>, Value) {
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    let (ada, abe) = (app.admin("ada").await, app.admin("abe").await);
    bea.has("25000.00").await;
    let order = app.sold(&sam, &bea, "20000.01").await;
    let case = bea.claims(&order).await;
    ada.takes(&case).await;
    sam.answers(&case).await;
    (sam, bea, ada, abe, case)
}

#[tokio::test]
async fn above_twenty_thousand_a_second_admin_approves() {
    let app = TestApp::new().await;
    let (sam, bea, ada, abe, case) = large(&app).await;
    let ruled = ada.upholds(&case).await;
    assert_eq!(state(&ruled), "IN_REVIEW", "it waits: {ruled}");
    let ruling = &ruled["review"]["rulings"][0];
    assert_eq!(
        (&ruling["kind"], &ruling["state"], &ruling["reason"], &ruling["ruledByYou"]),
        (&json!("UPHOLD"), &json!("PENDING"), &json!("The log shows it."), &json!(true))
    );
    let id = &ruling["id"];
    assert_eq!(refusal(&ada.turns_down(&case).await), "WRONG_STATE", "one ruling waits at a time");
    assert_eq!(refusal(&ada.decides_ruling(id, None).await), "OWN_MATTER");
    assert!(!is_blacklisted(&app, &sam).await && sam.frozen().await["frozenSinceAt"].is_string());
    let hidden = steps(&bea.looks_at_case(&case).await);
    assert!(!hidden.iter().any(|step| step.starts_with("RULING")), "{hidden:?}");
    assert_eq!(abe.previews(&case, None).await["needsSecond"], json!(true));
    let approved = abe.decides_ruling(id, None).await;
    assert_eq!(state(&approved), "UPHELD", "{approved}");
    assert_eq!(refusal(&abe.decides_ruling(id, None).await), "ALREADY_DECIDED");
    assert_eq!(
        bea.purse().await.0,
        "24000.00",
        "19,000.01 of 20,000.01 were there, and the rest is owed"
    );
    assert_eq!(bea.left("CREDITOR").await, ["1000.00"]);
    assert!(is_blacklisted(&app, &sam).await);
    assert_eq!(
        on_record(&app, &case).await,
        ["case_claim", "case_rule_propose", "case_ruling_approve"]
    );
    app.close().await;
}

#[tokio::test]
async fn a_second_admin_refuses_and_the_case_is_open_to_others() {
    let app = TestApp::new().await;
    let (sam, _, ada, abe, case) = large(&app).await;
    let id = ada.turns_down(&case).await["review"]["rulings"][0]["id"].clone();
    let nothing = abe.decides_ruling(&id, Some(" ")).await;
    assert_eq!(refusal(&nothing), "INVALID_INPUT", "whoever refuses says why");
    let refused = abe.decides_ruling(&id, Some("Look at the log again.")).await;
    let ruling = &refused["review"]["rulings"][0];
    assert_eq!(
        (&ruling["state"], &ruling["refusal"]),
        (&json!("REFUSED"), &json!("Look at the log again."))
    );
    assert_eq!((state(&refused), &refused["review"]["claimedBy"]), ("IN_REVIEW", &Value::Null));
    assert!(sam.frozen().await["frozenSinceAt"].is_string());
    abe.takes(&case).await;
    let other = abe.turns_down(&case).await["review"]["rulings"][1]["id"].clone();
    let done = ada.decides_ruling(&other, None).await;
    assert_eq!(state(&done), "REJECTED", "{done}");
    assert_eq!(sam.frozen().await["frozenSinceAt"], Value::Null);
    app.close().await;
}

#[tokio::test]
async fn a_ruling_without_a_second_admin_is_void_after_72_hours_and_the_other_timers_run_on() {
    let app = TestApp::new().await;
    let (_, _, ada, _, case) = large(&app).await;
    let id = ada.upholds(&case).await["review"]["rulings"][0]["id"].clone();
    app.hours_later(72);
    let abe = app.sign_in("abe").await;
    assert_eq!(
        refusal(&abe.decides_ruling(&id, None).await),
        "ALREADY_DECIDED",
        "time that is over is over"
    );
    assert_eq!(app.cases_wait_over().await, 2, "the ruling lapsed, the freeze narrowed");
    let seen = abe.takes(&case).await;
    assert_eq!(
        (&seen["review"]["rulings"][0]["state"], freeze_stage(&seen)),
        (&json!("LAPSED"), "NARROWED"),
        "{seen}"
    );
    let other = abe.upholds(&case).await["review"]["rulings"][1]["id"].clone();
    let ada = app.sign_in("ada").await;
    assert_eq!(state(&ada.decides_ruling(&other, None).await), "UPHELD");
    let bea = app.sign_in("bea").await;
    assert_eq!(
        (bea.purse().await.0.as_str(), in_hold(&app, &case).await.as_str()),
        ("24000.00", "0.00")
    );
    app.close().await;
}

#[tokio::test]
async fn a_ruling_that_waits_is_void_when_the_buyer_withdraws() {
    let app = TestApp::new().await;
    let (_, bea, ada, abe, case) = large(&app).await;
    let id = ada.upholds(&case).await["review"]["rulings"][0]["id"].clone();
    assert_eq!(state(&bea.withdraws_claim(&case).await), "WITHDRAWN");
    assert_eq!(refusal(&abe.decides_ruling(&id, None).await), "ALREADY_DECIDED");
    assert_eq!(bea.purse().await.0, "4999.99");
    app.close().await;
}
