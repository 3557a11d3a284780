//! Claims that a seller took a sold account back: how each of them ends, for the money, the parties and the books.

use handover::{kernel::policy::System, order};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{
    Person, TestApp,
    cases::{freeze_stage, in_hold, is_blacklisted, on_record, purse, state, steps},
    orders::code,
    wallet::refusal,
};

/// Sam sold Bea an account at 20.00, and Ada decides.
async fn trade(app: &TestApp) -> (Person<'_>, Person<'_>, Person<'_>, String) {
    let (sam, bea, ada) = (app.verified("sam").await, app.verified("bea").await, app.admin("ada").await);
    bea.has("50.00").await;
    let order = app.sold(&sam, &bea, "20.00").await;
    (sam, bea, ada, order)
}

/// The notices of cases that somebody has, the oldest first.
async fn told(app: &TestApp, person: &Person<'_>) -> Vec<String> {
    app.relayed().await;
    let mut kinds = person.notice_kinds().await;
    kinds.reverse();
    kinds.retain(|kind| kind.starts_with("CASE_") || kind.starts_with("WALLET_") || kind.starts_with("DEBT") || kind == "BLACKLISTED");
    kinds
}

#[tokio::test]
async fn a_claim_that_is_true_gives_the_buyer_his_money_back_out_of_what_has_not_settled() {
    let app = TestApp::new().await;
    let (sam, bea, ada, order) = trade(&app).await;
    sam.has("100.00").await;
    assert_eq!(sam.purse().await, purse("100.00", "19.00"));
    let case = bea.claims(&order).await;
    assert!(sam.frozen().await["frozenSinceAt"].is_string(), "at once");
    assert_eq!(refusal(&ada.upholds(&case).await), "WRONG_STATE", "nobody has taken it");
    assert_eq!(refusal(&ada.takes(&case).await), "none");
    assert_eq!(refusal(&ada.upholds(&case).await), "WRONG_STATE", "the seller is heard first");
    assert_eq!(state(&sam.answers(&case).await), "IN_REVIEW");
    assert_eq!(refusal(&sam.answers(&case).await), "WRONG_STATE", "once");
    let preview = ada.previews(&case, None).await;
    assert_eq!(
        (
            &preview["wallet"]["amount"],
            &preview["toBuyer"]["amount"],
            &preview["rest"]["amount"],
            &preview["needsSecond"]
        ),
        (&json!("119.00"), &json!("20.00"), &json!("0.00"), &json!(false)),
        "{preview}"
    );
    let upheld = ada.upholds(&case).await;
    assert_eq!(state(&upheld), "UPHELD", "{upheld}");
    assert_eq!(upheld["review"]["case"]["recovery"]["recovered"]["amount"], "20.00");
    // Its own proceeds first, then what is available. The platform keeps its fee.
    assert_eq!(sam.purse().await, purse("99.00", "0.00"));
    assert_eq!(bea.purse().await, purse("50.00", "0.00"));
    assert!(is_blacklisted(&app, &sam).await);
    assert_eq!(sam.frozen().await["frozenSinceAt"], Value::Null);
    everybody_was_told(&app, &sam, &bea, &case).await;
    app.hours_later(8 * 24);
    assert_eq!(
        order::timers::settle(app.env(), System::new()).await.unwrap(),
        0,
        "what was taken does not settle"
    );
    let bea = app.sign_in("bea").await;
    assert_eq!(bea.purse().await, purse("50.00", "0.00"));
    app.close().await;
}

/// What a claim that was upheld leaves with its parties and on record.
async fn everybody_was_told(app: &TestApp, sam: &Person<'_>, bea: &Person<'_>, case: &Value) {
    let seen = bea.looks_at_case(case).await;
    assert_eq!(
        (&seen["order"]["state"], &seen["reason"], &seen["recovery"]["held"]),
        (&json!("COMPLETED"), &json!("The log shows it."), &Value::Null),
        "{seen}"
    );
    assert!(seen["order"]["recoveredAt"].is_string(), "{seen}");
    assert_eq!(steps(&seen), ["OPENED BUYER", "ANSWERED SELLER", "UPHELD ADMIN"]);
    assert_eq!(seen["evidence"].as_array().unwrap().len(), 2);
    assert_eq!(told(app, bea).await, ["CASE_ANSWERED", "CASE_UPHELD_FOR_YOU"]);
    let sams = told(app, sam).await;
    for kind in [
        "WALLET_FROZEN",
        "CASE_OPENED",
        "BLACKLISTED",
        "WALLET_THAWED",
        "CASE_UPHELD_AGAINST_YOU",
    ] {
        assert_eq!(sams.iter().filter(|told| *told == kind).count(), 1, "{kind} in {sams:?}");
    }
    assert_eq!(on_record(app, case).await, ["case_claim", "case_rule"]);
}

/// Sam, who has taken out all but 5.00 since he sold Bea an account at 100.00, his payout account, and the claim that Ada has taken and he answered.
/// The platform has 30.00 to advance.
async fn nearly_gone(app: &TestApp) -> (Person<'_>, Value, Person<'_>, Person<'_>, Value) {
    let (sam, account) = app.cashier("sam", "10.00").await;
    let (bea, ada, abe) = (app.verified("bea").await, app.admin("ada").await, app.admin("abe").await);
    bea.has("100.00").await;
    app.earns("30.00").await;
    let fund = ada.proposes_to_fund("30.00").await;
    abe.seconds(&fund, None, Uuid::new_v4()).await;
    let order = app.sold(&sam, &bea, "100.00").await;
    app.hours_later(8 * 24);
    order::timers::settle(app.env(), System::new()).await.unwrap();
    let (sam, bea, ada) = (app.sign_in("sam").await, app.sign_in("bea").await, app.sign_in("ada").await);
    let gone = sam.withdraws("100.00", &account).await;
    handover::wallet::withdrawal::send(app.env(), System::new()).await.unwrap();
    sam.withdrawal_becomes(&gone, "PAID").await;
    assert_eq!(sam.purse().await, purse("5.00", "0.00"));
    let case = bea.claims(&order).await;
    ada.takes(&case).await;
    sam.answers(&case).await;
    (sam, account, bea, ada, case)
}

#[tokio::test]
async fn an_advance_is_within_the_claim_and_within_what_the_platform_has() {
    let app = TestApp::new().await;
    let (sam, _, _, ada, case) = nearly_gone(&app).await;
    let preview = ada.previews(&case, Some("40.00")).await;
    assert_eq!(
        (
            &preview["rest"]["amount"],
            &preview["advance"]["amount"],
            &preview["compensation"]["amount"]
        ),
        (&json!("95.00"), &json!("40.00"), &json!("30.00")),
        "{preview}"
    );
    assert_eq!(
        refusal(&ada.upholds_with(&case, Some("40.00"), Uuid::new_v4()).await),
        "INSUFFICIENT_FUNDS",
        "and nothing has happened"
    );
    assert!(!is_blacklisted(&app, &sam).await);
    let too_much = ada.upholds_with(&case, Some("100.01"), Uuid::new_v4()).await;
    assert_eq!(refusal(&too_much), "INVALID_INPUT");
    let negative = ada.upholds_with(&case, Some("-1.00"), Uuid::new_v4()).await;
    assert!(negative["errors"].is_array(), "{negative}");
    app.close().await;
}

#[tokio::test]
async fn what_the_wallet_does_not_have_is_owed_advanced_in_part_and_paid_off_by_what_comes_in() {
    let app = TestApp::new().await;
    let (sam, account, bea, ada, case) = nearly_gone(&app).await;
    let upheld = ada.upholds_with(&case, Some("30.00"), Uuid::new_v4()).await;
    let recovery = &upheld["review"]["case"]["recovery"];
    assert_eq!(
        (&recovery["recovered"]["amount"], &recovery["advanced"]["amount"]),
        (&json!("5.00"), &json!("30.00")),
        "{upheld}"
    );
    assert_eq!(
        (bea.purse().await, sam.purse().await),
        (purse("35.00", "0.00"), purse("0.00", "0.00"))
    );
    assert_eq!(
        sam.left("DEBTOR").await,
        ["65.00", "30.00"],
        "to the buyer, and to the platform what it advanced"
    );
    assert_eq!(bea.left("CREDITOR").await, ["65.00"]);
    assert_eq!(refusal(&sam.withdraws_by("10.00", &account, Uuid::new_v4()).await), "DEBT_OPEN");
    let told_bea = told(&app, &bea).await;
    assert!(
        told_bea.contains(&"DEBT_CLAIMED".to_owned()) && told_bea.contains(&"CASE_UPHELD_FOR_YOU".to_owned()),
        "{told_bea:?}"
    );
    // A blacklisted user may pay in; it pays the buyer first, then the platform.
    let sam = sam.with_balance("70.00").await;
    assert_eq!((bea.purse().await.0.as_str(), sam.purse().await.0.as_str()), ("100.00", "0.00"));
    assert_eq!(sam.left("DEBTOR").await, ["0.00", "25.00"]);
    let sam = sam.with_balance("26.00").await;
    assert_eq!(sam.left("DEBTOR").await, ["0.00", "0.00"]);
    assert_eq!((sam.purse().await.0.as_str(), ada.platform().await.1.as_str()), ("1.00", "30.00"));
    app.close().await;
}

#[tokio::test]
async fn a_claim_that_is_not_proven_leaves_the_seller_as_he_was() {
    let app = TestApp::new().await;
    let (_, bea, ada, order) = trade(&app).await;
    let case = bea.claims(&order).await;
    ada.takes(&case).await;
    app.hours_later(48);
    // Time that is over is over, whether or not the worker has come by.
    let (sam, ada) = (app.sign_in("sam").await, app.sign_in("ada").await);
    assert_eq!(refusal(&sam.answers(&case).await), "WRONG_STATE");
    assert_eq!(refusal(&ada.takes(&case).await), "none");
    assert_eq!(
        refusal(&sam.brings(&case, "And yet I say no.").await),
        "none",
        "evidence is taken while it is open"
    );
    let turned_down = ada.turns_down(&case).await;
    assert_eq!(
        (state(&turned_down), freeze_stage(&turned_down)),
        ("REJECTED", "ENDED"),
        "{turned_down}"
    );
    assert_eq!(sam.purse().await, purse("0.00", "19.00"));
    assert_eq!(sam.frozen().await["frozenSinceAt"], Value::Null);
    assert!(!is_blacklisted(&app, &sam).await);
    let bea = app.sign_in("bea").await;
    let seen = bea.looks_at_case(&case).await;
    assert_eq!(
        steps(&seen),
        ["OPENED BUYER", "REVIEW_BEGAN -", "EVIDENCE_ADDED SELLER", "REJECTED ADMIN"]
    );
    assert_eq!(seen["order"]["recoveredAt"], Value::Null);
    assert!(told(&app, &bea).await.contains(&"CASE_REJECTED".to_owned()));
    assert!(told(&app, &sam).await.contains(&"CASE_DISMISSED".to_owned()));
    assert_eq!(on_record(&app, &case).await, ["case_claim", "case_claim", "case_rule"]);
    app.hours_later(8 * 24);
    assert_eq!(order::timers::settle(app.env(), System::new()).await.unwrap(), 1);
    assert_eq!(app.sign_in("sam").await.purse().await, purse("19.00", "0.00"));
    app.close().await;
}

#[tokio::test]
async fn a_claim_is_withdrawn_by_its_buyer_and_may_be_made_again() {
    let app = TestApp::new().await;
    let (sam, bea, ada, order) = trade(&app).await;
    let case = bea.claims(&order).await;
    assert_eq!(
        refusal(&bea.claims_by(&order, Uuid::new_v4()).await),
        "WRONG_STATE",
        "one at a time"
    );
    assert_eq!(code(&sam.withdraws_claim(&case).await), "NOT_FOUND", "the buyer's alone");
    let withdrawn = bea.withdraws_claim(&case).await;
    assert_eq!(state(&withdrawn), "WITHDRAWN", "{withdrawn}");
    assert_eq!(sam.frozen().await["frozenSinceAt"], Value::Null);
    assert_eq!(refusal(&sam.answers(&case).await), "WRONG_STATE");
    assert_eq!(refusal(&sam.brings(&case, "Never mind.").await), "WRONG_STATE");
    assert_eq!(refusal(&ada.takes(&case).await), "ALREADY_DECIDED");
    let again = bea.claims(&order).await;
    assert_ne!(again, case);
    assert!(sam.frozen().await["frozenSinceAt"].is_string());
    assert!(told(&app, &sam).await.contains(&"CASE_WITHDRAWN".to_owned()));
    let query = "query O($id: ID!) { order(id: $id) { cases { id state } } me { cases(filter: { open: true }) { nodes { id state } } } }";
    let listed = bea.sends(query, json!({ "id": order })).await["data"].clone();
    assert_eq!(
        listed["order"]["cases"],
        json!([{ "id": case, "state": "WITHDRAWN" }, { "id": again, "state": "AWAITING_ANSWER" }]),
        "{listed}"
    );
    assert_eq!(listed["me"]["cases"]["nodes"], json!([{ "id": again, "state": "AWAITING_ANSWER" }]));
    app.close().await;
}

#[tokio::test]
async fn after_72_hours_the_freeze_narrows_to_the_claim_and_on_day_14_the_hold_goes_back() {
    let app = TestApp::new().await;
    let (sam, account) = app.cashier("sam", "100.00").await;
    let bea = app.verified("bea").await;
    app.admin("ada").await;
    bea.has("50.00").await;
    let order = app.sold(&sam, &bea, "20.00").await;
    let case = bea.claims(&order).await;
    app.hours_later(71);
    app.cases_wait_over().await;
    let sam = app.sign_in("sam").await;
    assert!(sam.frozen().await["frozenSinceAt"].is_string());
    assert_eq!(sam.looks_at_case(&case).await["state"], "IN_REVIEW", "48 hours are over");
    app.hours_later(1);
    assert_eq!(app.cases_wait_over().await, 1);
    assert_eq!(app.cases_wait_over().await, 0, "once");
    let (sam, ada) = (app.sign_in("sam").await, app.sign_in("ada").await);
    let seen = sam.looks_at_case(&case).await;
    assert_eq!(
        (&seen["recovery"]["freezeStage"], &seen["recovery"]["held"]["amount"]),
        (&json!("NARROWED"), &json!("20.00")),
        "{seen}"
    );
    assert_eq!(sam.purse().await, purse("99.00", "0.00"), "its own proceeds and one yuan");
    assert_eq!(in_hold(&app, &case).await, "20.00");
    assert_eq!(sam.frozen().await["frozenSinceAt"], Value::Null);
    assert_eq!(
        refusal(&sam.withdraws_by("99.00", &account, Uuid::new_v4()).await),
        "none",
        "the rest is free"
    );
    assert_eq!(refusal(&ada.takes(&case).await), "none");
    app.hours_later(10 * 24);
    app.cases_wait_over().await;
    assert_eq!(in_hold(&app, &case).await, "20.00", "day 13");
    app.hours_later(24);
    assert_eq!(app.cases_wait_over().await, 1);
    assert_eq!(in_hold(&app, &case).await, "0.00");
    let sam = app.sign_in("sam").await;
    assert_eq!(sam.purse().await, purse("20.00", "0.00"), "it would have settled by now");
    let seen = sam.looks_at_case(&case).await;
    assert_eq!(
        (&seen["state"], &seen["recovery"]["freezeStage"], &seen["dueAt"]),
        (&json!("IN_REVIEW"), &json!("ENDED"), &Value::Null),
        "the claim stays open: {seen}"
    );
    assert_eq!(
        steps(&seen),
        ["OPENED BUYER", "REVIEW_BEGAN -", "FREEZE_NARROWED -", "FREEZE_ENDED -"]
    );
    let notices = told(&app, &sam).await;
    assert!(notices.contains(&"CASE_FREEZE_NARROWED".to_owned()) && notices.contains(&"CASE_FREEZE_ENDED".to_owned()));
    // And is upheld all the same, out of what is there then.
    let (ada, bea) = (app.sign_in("ada").await, app.sign_in("bea").await);
    ada.takes(&case).await;
    assert_eq!(state(&ada.upholds(&case).await), "UPHELD");
    assert_eq!((bea.purse().await.0.as_str(), sam.purse().await.0.as_str()), ("50.00", "0.00"));
    app.close().await;
}

#[tokio::test]
async fn an_admin_keeps_the_wallet_frozen_to_day_14_and_no_longer() {
    let app = TestApp::new().await;
    let (_, bea, ada, order) = trade(&app).await;
    let case = bea.claims(&order).await;
    assert_eq!(refusal(&ada.keeps_frozen(&case).await), "WRONG_STATE", "not claimed");
    ada.takes(&case).await;
    let kept = ada.keeps_frozen(&case).await;
    assert_eq!((state(&kept), freeze_stage(&kept)), ("AWAITING_ANSWER", "KEPT"), "{kept}");
    assert_eq!(refusal(&ada.keeps_frozen(&case).await), "WRONG_STATE");
    app.hours_later(13 * 24);
    app.cases_wait_over().await;
    let sam = app.sign_in("sam").await;
    assert!(sam.frozen().await["frozenSinceAt"].is_string(), "day 13");
    app.hours_later(24);
    assert_eq!(app.cases_wait_over().await, 1);
    let sam = app.sign_in("sam").await;
    assert_eq!(sam.frozen().await["frozenSinceAt"], Value::Null);
    assert_eq!(in_hold(&app, &case).await, "0.00");
    let seen = sam.looks_at_case(&case).await;
    assert_eq!(
        (&seen["state"], &seen["recovery"]["freezeStage"], &seen["recovery"]["keptReason"]),
        (&json!("IN_REVIEW"), &json!("ENDED"), &json!("He sold five of them."))
    );
    assert!(told(&app, &sam).await.contains(&"CASE_FREEZE_KEPT".to_owned()));
    assert_eq!(on_record(&app, &case).await, ["case_claim", "case_freeze_keep"]);
    app.close().await;
}

#[tokio::test]
async fn what_an_admin_narrowed_settles_on_when_the_claim_ends_before_its_time() {
    let app = TestApp::new().await;
    let (sam, bea, ada, order) = trade(&app).await;
    let case = bea.claims(&order).await;
    ada.takes(&case).await;
    let narrowed = ada.narrows(&case).await;
    assert_eq!(freeze_stage(&narrowed), "NARROWED", "{narrowed}");
    assert_eq!(
        (sam.purse().await, in_hold(&app, &case).await.as_str()),
        (purse("0.00", "0.00"), "19.00"),
        "all there is"
    );
    assert_eq!(refusal(&ada.narrows(&case).await), "WRONG_STATE");
    bea.withdraws_claim(&case).await;
    assert_eq!(
        (sam.purse().await, in_hold(&app, &case).await.as_str()),
        (purse("0.00", "19.00"), "0.00")
    );
    app.hours_later(7 * 24);
    assert_eq!(order::timers::settle(app.env(), System::new()).await.unwrap(), 1);
    assert_eq!(app.sign_in("sam").await.purse().await, purse("19.00", "0.00"));
    app.close().await;
}
