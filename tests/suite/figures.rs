//! Figures for admins agree with what people did, and with the ledger.

use std::{collections::HashMap, time::Duration};

use entity::value::Money;
use handover::{app::Act, wallet::ledger};
use serde_json::{Value, json};

use crate::support::{Person, TestApp};

const FIGURES: &str = "query F($from: DateTime, $to: DateTime) { figures(from: $from, to: $to) { \
    at completedCount volume { amount } fees { amount } orders { state count } \
    disputes { returnRequestedCount returnRefusedCount refundedCount splitCount } \
    days { from placedCount completedCount volume { amount } fees { amount } signedUpCount } \
    users { totalCount verifiedCount blacklistedCount adminCount frozenCount } \
    money { kind total { amount } } queues { kind waitingCount } } }";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const MINUTE: Duration = Duration::from_secs(60);

async fn figures(admin: &Person<'_>, range: Value) -> Value {
    let answer = admin.sends(FIGURES, range).await;
    assert!(answer["data"]["figures"].is_object(), "{answer}");
    answer["data"]["figures"].clone()
}

fn fen(amount: &Value) -> i64 {
    amount.as_str().unwrap().replace('.', "").parse().unwrap()
}

/// What is in the accounts of each kind, in fen.
fn money(figures: &Value) -> HashMap<&str, i64> {
    let accounts = figures["money"].as_array().unwrap().iter();
    accounts
        .map(|account| (account["kind"].as_str().unwrap(), fen(&account["total"]["amount"])))
        .collect()
}

#[tokio::test]
async fn they_say_what_people_did_and_agree_with_the_ledger() {
    let app = TestApp::new().await;
    let (ada, sam, bea) = (app.admin("ada").await, app.verified("sam").await, app.verified("bea").await);
    bea.has("100.00").await;
    let (one, two, three) = (sam.sells("20.00").await, sam.sells("30.00").await, sam.sells("10.00").await);
    let done = bea.buys(&one).await;
    sam.delivers(&done, "word").await;
    bea.confirms(&done).await;
    let cancelled = bea.buys(&three).await;
    bea.cancels(&cancelled).await;
    app.person("ban").await;
    app.operates("ban", Act::Blacklist("for the test".to_owned())).await;
    app.advance(MINUTE * 2);
    bea.buys(&two).await;
    sam.creates(&sam.draft("40.00").await).await;
    let found = figures(&ada, json!({})).await;

    let orders: HashMap<&str, i64> = found["orders"]
        .as_array()
        .unwrap()
        .iter()
        .map(|order| (order["state"].as_str().unwrap(), order["count"].as_i64().unwrap()))
        .collect();
    assert_eq!(orders, HashMap::from([("COMPLETED", 1), ("CANCELLED", 1), ("PAID", 1)]));
    assert_eq!(
        (&found["completedCount"], &found["volume"]["amount"], &found["fees"]["amount"]),
        (&json!(1), &json!("20.00"), &json!("1.00"))
    );
    let days = found["days"].as_array().unwrap();
    assert_eq!(
        (days.len(), &days[29]["placedCount"], &days[29]["completedCount"]),
        (30, &json!(3), &json!(1))
    );
    assert_eq!(days[0]["placedCount"], 0);
    // The reviewer is an admin, too; admins are verified.
    assert_eq!(
        found["users"],
        json!({ "totalCount": 5, "verifiedCount": 4, "blacklistedCount": 1, "adminCount": 2, "frozenCount": 0 })
    );
    let money = money(&found);
    assert_eq!(money.values().sum::<i64>(), 0, "{money:?}");
    assert_eq!(
        (money["ESCROW"], money["SETTLING"], money["AVAILABLE"]),
        (3_000, 1_900, 5_000),
        "{money:?}"
    );
    assert_eq!((money["FEES"], money["BANK_CLEARING"]), (100, -10_000));
    let by_kind = ledger::by_kind(app.env().db()).await.unwrap();
    assert_eq!(by_kind.iter().fold(Money::ZERO, |sum, (_, more)| sum + *more), Money::ZERO);
    let listings = found["queues"]
        .as_array()
        .unwrap()
        .iter()
        .find(|queue| queue["kind"] == "LISTINGS")
        .unwrap();
    assert_eq!(listings["waitingCount"], 1);
    app.close().await;
}

#[tokio::test]
async fn for_a_minute_the_same_are_told_and_the_days_are_counted_from_the_beginning() {
    let app = TestApp::new().await;
    let (ada, sam, bea) = (app.admin("ada").await, app.verified("sam").await, app.verified("bea").await);
    bea.has("100.00").await;
    let offered = [sam.sells("10.00").await, sam.sells("10.00").await, sam.sells("10.00").await];
    let start = app.env().now();
    let at = |days: i64| json!(handover::graphql::scalars::DateTime(start.plus_days(days)).to_string());
    bea.buys(&offered[0]).await;
    app.advance(DAY * 2);
    let (ada2, bea) = (app.sign_in("ada").await, app.sign_in("bea").await);
    bea.buys(&offered[1]).await;
    let range = json!({ "from": at(0), "to": at(3) });
    let first = figures(&ada2, range.clone()).await;
    let placed: Vec<i64> = first["days"]
        .as_array()
        .unwrap()
        .iter()
        .map(|day| day["placedCount"].as_i64().unwrap())
        .collect();
    assert_eq!(placed, [1, 0, 1]);
    bea.buys(&offered[2]).await;
    assert_eq!(figures(&ada2, range.clone()).await, first, "kept for a minute");
    for (from, to) in [(at(1), at(1)), (at(2), at(1)), (at(-400), at(0))] {
        let answer = ada2.sends(FIGURES, json!({ "from": from, "to": to })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{answer}");
    }
    drop(ada);
    app.close().await;
}
