//! The personal centre: what somebody bought and sold, offered and was offered, by states and with counts.

use serde_json::{Value, json};

use crate::support::{Offered, Person, TestApp};

/// A seller with a listing at 20.00, and a buyer with 50.00.
async fn trade(app: &TestApp) -> (Person<'_>, Person<'_>, Offered) {
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("50.00").await;
    let listing = sam.sells("20.00").await;
    (sam, bea, listing)
}

/// Counts of states, in the order of the alphabet.
fn by_state(counts: &Value) -> Vec<String> {
    let rows = counts.as_array().unwrap_or_else(|| panic!("no counts: {counts}"));
    let row = |row: &Value| format!("{} {}", row["state"].as_str().unwrap(), row["count"]);
    let mut told: Vec<String> = rows.iter().map(row).collect();
    told.sort();
    told
}

#[tokio::test]
async fn a_trader_sees_his_orders_by_states_with_counts() {
    let app = TestApp::new().await;
    let (sam, bea, listing) = trade(&app).await;
    let paid = bea.buys(&listing).await;
    let cancelled = bea.buys(&sam.sells("5.00").await).await;
    let done = bea.buys(&sam.sells("6.00").await).await;
    bea.cancels(&cancelled).await;
    sam.delivers(&done, "first").await;
    bea.confirms(&done).await;
    let query = "query O($filter: OrderFilterInput) { boughtOrders(filter: $filter) { nodes { id } } orderCounts { bought { state count } sold { state count } } }";
    for (filter, found) in [
        (json!({}), vec![&done, &cancelled, &paid]),
        (json!({ "states": [] }), vec![&done, &cancelled, &paid]),
        (json!({ "states": ["PAID", "CANCELLED"] }), vec![&cancelled, &paid]),
        (json!({ "state": "PAID", "states": ["PAID", "COMPLETED"] }), vec![&paid]),
        (json!({ "state": "PAID", "states": ["COMPLETED"] }), vec![]),
    ] {
        let found: Vec<Value> = found.into_iter().map(|id| json!({ "id": id })).collect();
        let answer = bea.sends(query, json!({ "filter": filter })).await;
        assert_eq!(answer["data"]["boughtOrders"]["nodes"], json!(found), "{filter}: {answer}");
    }
    for (person, has, has_not) in [(&bea, "bought", "sold"), (&sam, "sold", "bought")] {
        let counts = person.sends(query, json!({})).await["data"]["orderCounts"].clone();
        assert_eq!(by_state(&counts[has]), ["CANCELLED 1", "COMPLETED 1", "PAID 1"]);
        assert_eq!(counts[has_not], json!([]), "{counts}");
    }
    app.close().await;
}

#[tokio::test]
async fn offers_are_counted_in_each_state_on_both_sides() {
    let app = TestApp::new().await;
    let (sam, bea, first) = trade(&app).await;
    let (second, third) = (sam.sells("9.00").await, sam.sells("8.00").await);
    let declined = bea.offers(&first, "15.00").await;
    sam.deals("offerDecline", json!({ "id": declined })).await;
    let countered = bea.offers(&second, "7.00").await;
    sam.counters(&countered, "8.00").await;
    bea.offers(&third, "7.00").await;
    let query = "query C { offerCounts { madeWaitingForSeller madeWaitingForYou receivedWaitingForYou receivedWaitingForBuyer made { state count } received { state count } } }";
    for (person, has, has_not, waiting) in [
        (&bea, "made", "received", ["madeWaitingForSeller", "madeWaitingForYou"]),
        (&sam, "received", "made", ["receivedWaitingForYou", "receivedWaitingForBuyer"]),
    ] {
        let counts = person.sends(query, json!({})).await["data"]["offerCounts"].clone();
        assert_eq!(by_state(&counts[has]), ["COUNTERED 1", "DECLINED 1", "OPEN 1"]);
        assert_eq!(counts[has_not], json!([]), "{counts}");
        assert_eq!(waiting.map(|field| &counts[field]), [&json!(1), &json!(1)], "{counts}");
    }
    app.close().await;
}
