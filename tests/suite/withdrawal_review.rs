//! Large withdrawals wait for admins, who decide once, never in their own matter, and prove afresh who they are.

use std::time::Duration;

use entity::value::UserId;
use futures::future::join_all;
use handover::{kernel::policy::System, wallet::withdrawal};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{
    PASSWORD, TestApp,
    wallet::{WITHDRAW, approves, refusal, rejects},
};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

async fn send(app: &TestApp) -> u64 {
    withdrawal::send(app.env(), System::new()).await.unwrap()
}

#[tokio::test]
async fn a_large_one_waits_for_an_admin_who_decides_once() {
    let app = TestApp::new().await;
    let (bea, account) = app.cashier("bea", "30000.00").await;
    let (ada, bob) = (app.admin("ada").await, app.admin("bob").await);
    let first = bea.withdraws("5000.01", &account).await;
    assert_eq!(bea.withdrawal(&first).await["state"], "REQUESTED");
    assert_eq!(send(&app).await, 0);
    assert_eq!(refusal(&rejects(&ada, &first, " ", Uuid::new_v4()).await), "INVALID_INPUT");
    let keys = [Uuid::new_v4(), Uuid::new_v4()];
    let rejected = join_all((0..20).map(|at| rejects(&ada, &first, "Call us first.", keys[at % 2]))).await;
    let done = rejected.iter().filter(|one| refusal(one) == "none").count();
    assert_eq!(done, 10, "one key did it and its repeats say so: {rejected:?}");
    let late = approves(&bob, &first, Uuid::new_v4()).await;
    assert_eq!(refusal(&late), "ALREADY_DECIDED");
    assert!(late["userErrors"][0]["message"].as_str().unwrap().contains("ada"), "{late}");
    assert_eq!(bea.withdrawal(&first).await["rejectReason"], "Call us first.");
    assert_eq!(bea.money().await, ("30000.00".to_owned(), "0.00".to_owned()));

    let second = bea.withdraws("5000.01", &account).await;
    let (yes, no) = tokio::join!(
        approves(&ada, &second, Uuid::new_v4()),
        rejects(&bob, &second, "No.", Uuid::new_v4())
    );
    let codes = [refusal(&yes), refusal(&no)];
    assert!(codes.contains(&"none") && codes.contains(&"ALREADY_DECIDED"), "{codes:?}");

    let third = bea.withdraws("5000.01", &account).await;
    let (taken, decided) = tokio::join!(bea.takes_back(&third, Uuid::new_v4()), rejects(&bob, &third, "No.", Uuid::new_v4()));
    assert!((refusal(&taken) == "none") != (refusal(&decided) == "none"), "{taken} {decided}");
    app.close().await;
}

#[tokio::test]
async fn above_twenty_thousand_two_admins_must_agree_within_three_days() {
    let app = TestApp::new().await;
    let (bea, account) = app.cashier("bea", "40000.00").await;
    let ada = app.admin("ada").await;
    app.admin("bob").await;
    let id = bea.withdraws("20000.01", &account).await;
    let key = Uuid::new_v4();
    for _ in 0..2 {
        let once = approves(&ada, &id, key).await;
        assert_eq!(once["review"]["withdrawal"]["state"], "REQUESTED", "{once}");
        assert_eq!(once["review"]["firstApprovedByYou"], true);
    }
    assert_eq!(refusal(&approves(&ada, &id, Uuid::new_v4()).await), "OWN_MATTER");
    app.advance(Duration::from_secs(72 * HOUR));
    let (ada, bob) = (app.sign_in("ada").await, app.sign_in("bob").await);
    let anew = approves(&bob, &id, Uuid::new_v4()).await;
    assert_eq!(
        anew["review"]["withdrawal"]["state"], "REQUESTED",
        "the first approval was too old: {anew}"
    );
    let done = approves(&ada, &id, Uuid::new_v4()).await;
    assert_eq!(done["review"]["withdrawal"]["state"], "APPROVED", "{done}");
    assert_eq!(send(&app).await, 1);
    app.close().await;
}

#[tokio::test]
async fn no_admin_decides_his_own_and_no_stranger_decides() {
    let app = TestApp::new().await;
    let (bea, account) = app.cashier("bea", "9000.00").await;
    let id = bea.withdraws("6000.00", &account).await;
    make_admin(&app, bea.id().await).await;
    // Her token is a trader's.
    let bea = app.sign_in("bea").await;
    assert_eq!(refusal(&approves(&bea, &id, Uuid::new_v4()).await), "OWN_MATTER");
    assert_eq!(refusal(&rejects(&bea, &id, "Mine.", Uuid::new_v4()).await), "OWN_MATTER");
    let tom = app.verified("tom").await;
    let query = "mutation A($input: WithdrawalApproveInput!) { withdrawalApprove(input: $input) { userErrors { code } } }";
    let answer = tom
        .sends(query, json!({ "input": { "id": id, "idempotencyKey": Uuid::new_v4() } }))
        .await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN", "{answer}");
    app.close().await;
}

async fn make_admin(app: &TestApp, user: UserId) {
    use sea_orm::{ActiveModelTrait, ActiveValue::Set};
    let tx = app.env().begin().await.unwrap();
    let row = entity::standing::ActiveModel {
        user_id: Set(user),
        role: Set(entity::kinds::Role::Admin),
        ..Default::default()
    };
    row.update(tx.db()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn taking_money_out_and_deciding_about_it_need_a_fresh_proof() {
    let app = TestApp::new().await;
    let (bea, account) = app.cashier("bea", "9000.00").await;
    let ada = app.admin("ada").await;
    let id = bea.withdraws("6000.00", &account).await;
    app.advance(Duration::from_secs(6 * MINUTE));
    let key = Uuid::new_v4();
    let refused = bea.withdraws_by("10.00", &account, key).await;
    assert_eq!(refusal(&refused), "FRESH_PROOF_REQUIRED");
    assert_eq!(refusal(&approves(&ada, &id, key).await), "FRESH_PROOF_REQUIRED");
    assert_eq!(refusal(&rejects(&ada, &id, "No.", key).await), "FRESH_PROOF_REQUIRED");
    assert_eq!(bea.proves("not the password").await["provenUntil"], Value::Null);
    assert_eq!(refusal(&bea.withdraws_by("10.00", &account, key).await), "FRESH_PROOF_REQUIRED");
    for person in [&bea, &ada] {
        assert!(person.proves(PASSWORD).await["provenUntil"].is_string());
    }
    assert_eq!(refusal(&bea.withdraws_by("10.00", &account, key).await), "none");
    assert_eq!(refusal(&approves(&ada, &id, key).await), "none");
    let stranger = app.send(
        None,
        WITHDRAW,
        json!({ "input": { "amount": "10.00", "payoutAccountId": account, "idempotencyKey": key } }),
    );
    assert_eq!(stranger.await["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    app.close().await;
}
