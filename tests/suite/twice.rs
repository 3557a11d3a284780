//! Everything that moves money, or that a nervous thumb presses twice: fired 2 and 20 times at once, with one key and with many. The mutations are
//! looked up in the schema, so a new one without a row here fails.

use std::collections::BTreeSet;

use futures::{FutureExt, future::BoxFuture, future::join_all};
use handover::{kernel::sql, wallet::ledger::AccountKey};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    contract::{fields_of, types},
    support::{Person, TestApp},
    twice_cases, twice_disputes, twice_money, twice_staff,
    world::named,
};

/// A call that is ready to be made.
pub struct Ask<'a> {
    pub person: Person<'a>,
    /// The input without its key.
    pub input: Value,
}

/// How a mutation behaves when it is called again.
pub struct Row {
    pub mutation: &'static str,
    pub prepare: for<'a> fn(&'a TestApp, String) -> BoxFuture<'a, Ask<'a>>,
    /// What each effect leaves one more row of: a table, perhaps with a condition.
    pub leaves: &'static str,
    /// How many of many calls with keys of their own may have an effect.
    pub most: usize,
    /// Makes the input another one.
    pub other: fn(&mut Value),
}

/// The mutations with an idempotency key; the other `twice_…` files have rows as well.
pub const ROWS: &[Row] = &[
    Row {
        mutation: "depositCreate",
        prepare: |app, name| {
            async move {
                let person = app.verified(&name).await;
                Ask {
                    person,
                    input: json!({ "amount": "20.00" }),
                }
            }
            .boxed()
        },
        leaves: "deposits",
        most: 20,
        other: |input| input["amount"] = json!("21.00"),
    },
    Row {
        mutation: "listingCreate",
        prepare: |app, name| {
            async move {
                let person = app.verified(&name).await;
                let input = person.draft("20.00").await;
                Ask { person, input }
            }
            .boxed()
        },
        leaves: "listings",
        // The picture is used up by the first.
        most: 1,
        other: |input| input["price"] = json!("21.00"),
    },
    Row {
        mutation: "orderPlace",
        prepare: |app, name| {
            async move {
                let seller = app.verified(&format!("{name}_seller")).await;
                let offered = seller.sells("20.00").await;
                let person = app.verified(&name).await;
                person.has("1000.00").await;
                let input = json!({ "listingId": offered.id, "seenVersion": offered.version, "seenPrice": "20.00" });
                Ask { person, input }
            }
            .boxed()
        },
        leaves: "orders",
        most: 1,
        other: |input| input["seenPrice"] = json!("21.00"),
    },
    Row {
        mutation: "offerMake",
        prepare: |app, name| {
            async move {
                let offered = app.verified(&format!("{name}_seller")).await.sells("20.00").await;
                let person = app.verified(&name).await;
                let input = json!({ "listingId": offered.id, "seenVersion": offered.version, "price": "15.00" });
                Ask { person, input }
            }
            .boxed()
        },
        leaves: "offers",
        most: 1,
        other: |input| input["price"] = json!("16.00"),
    },
    Row {
        mutation: "orderPay",
        prepare: |app, name| {
            async move {
                let seller = app.verified(&format!("{name}_seller")).await;
                let person = app.verified(&name).await;
                person.has("1000.00").await;
                let input = json!({ "id": seller.agrees_to(&person.offers(&seller.sells("20.00").await, "15.00").await).await });
                Ask { person, input }
            }
            .boxed()
        },
        leaves: "ledger_transfers WHERE cause = 'ORDER_HOLD'",
        most: 1,
        other: |input| input["id"] = json!(handover::graphql::id::encode(entity::value::OrderId::new()).to_string()),
    },
    Row {
        mutation: "withdrawalRequest",
        prepare: |app, name| {
            async move {
                let (person, account) = app.cashier(&name, "1000.00").await;
                let input = json!({ "amount": "20.00", "payoutAccountId": account });
                Ask { person, input }
            }
            .boxed()
        },
        leaves: "withdrawals",
        // So many may be under way.
        most: 5,
        other: |input| input["amount"] = json!("21.00"),
    },
    Row {
        mutation: "withdrawalTakeBack",
        prepare: |app, name| {
            async move {
                let (person, account) = app.cashier(&name, "1000.00").await;
                let input = json!({ "id": person.withdraws("20.00", &account).await });
                Ask { person, input }
            }
            .boxed()
        },
        leaves: "ledger_transfers WHERE cause = 'WITHDRAWAL_GIVEN_BACK'",
        most: 1,
        other: |input| input["id"] = json!(another_withdrawal()),
    },
    Row {
        mutation: "withdrawalApprove",
        prepare: |app, name| {
            async move {
                let input = json!({ "id": large_withdrawal(app, &name).await });
                Ask {
                    person: app.reviewer().await,
                    input,
                }
            }
            .boxed()
        },
        leaves: "withdrawals WHERE state = 'APPROVED'",
        most: 1,
        other: |input| input["id"] = json!(another_withdrawal()),
    },
    Row {
        mutation: "withdrawalReject",
        prepare: |app, name| {
            async move {
                let input = json!({ "id": large_withdrawal(app, &name).await, "reason": "Not this one" });
                Ask {
                    person: app.reviewer().await,
                    input,
                }
            }
            .boxed()
        },
        leaves: "ledger_transfers WHERE cause = 'WITHDRAWAL_GIVEN_BACK'",
        most: 1,
        other: |input| input["reason"] = json!("Another reason"),
    },
];

/// A withdrawal that waits for an admin, of somebody new.
async fn large_withdrawal(app: &TestApp, name: &str) -> Value {
    let person = app.verified(name).await;
    person.has("9000.00").await;
    let account = person.adds_account("6222020200112345").await;
    person.withdraws("6000.00", &account).await
}

fn another_withdrawal() -> String {
    handover::graphql::id::encode(entity::value::WithdrawalId::new()).to_string()
}

pub async fn count(app: &TestApp, what: &str) -> usize {
    let row = sql::one(app.env().db(), &format!("SELECT COUNT(*) AS count FROM {what}"), vec![]).await;
    let count: i64 = row.unwrap().unwrap().try_get("", "count").unwrap();
    usize::try_from(count).unwrap()
}

/// Calls with these keys, all at once; each payload.
async fn fires(ask: &Ask<'_>, mutation: &str, keys: &[Uuid]) -> Vec<Value> {
    let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
    let object = object_of(mutation);
    let query = format!("mutation M($input: {kind}!) {{ {mutation}(input: $input) {{ {object} userErrors {{ code message }} }} }}");
    let calls = keys.iter().map(|key| {
        let mut input = ask.input.clone();
        input["idempotencyKey"] = json!(key);
        ask.person.sends(&query, json!({ "input": input }))
    });
    let answers = join_all(calls).await;
    answers
        .into_iter()
        .map(|answer| {
            if answer["data"][mutation].is_object() {
                answer["data"][mutation].clone()
            } else {
                answer
            }
        })
        .collect()
}

/// The field of a payload that is the changed object, asked for its id where it has one.
pub fn object_of(mutation: &str) -> String {
    let types = types();
    let find = |name: &str| types.iter().find(|definition| definition.name.node == name).unwrap();
    let root = fields_of(find("Mutation"))
        .into_iter()
        .find(|field| field.name.node == mutation)
        .unwrap();
    let payload = fields_of(find(named(&root.ty.node)));
    let object = payload.into_iter().find(|field| field.name.node != "userErrors").unwrap();
    let selection = fields_of(find(named(&object.ty.node)));
    let selection = if selection.iter().any(|field| field.name.node == "id") {
        "id"
    } else {
        "__typename"
    };
    format!("{} {{ {selection} }}", object.name.node)
}

fn refusal(payload: &Value) -> &str {
    payload["userErrors"][0]["code"]
        .as_str()
        .or_else(|| payload["errors"][0]["extensions"]["code"].as_str())
        .unwrap_or("ok")
}

/// The mutations of the schema whose input has an idempotency key.
fn keyed() -> BTreeSet<String> {
    let types = types();
    let is_keyed = |name: &str| {
        let definition = types.iter().find(|definition| definition.name.node == name);
        definition.is_some_and(|definition| match &definition.kind {
            async_graphql_parser::types::TypeKind::InputObject(input) => {
                input.fields.iter().any(|field| field.node.name.node == "idempotencyKey")
            }
            _ => false,
        })
    };
    let root = types.iter().find(|definition| definition.name.node == "Mutation").unwrap();
    let mutations = fields_of(root).into_iter();
    let mutations = mutations.filter(|field| field.arguments.iter().any(|argument| is_keyed(named(&argument.node.ty.node))));
    mutations.map(|field| field.name.node.to_string()).collect()
}

/// M2 and M3: one key has one effect and gives everybody the same; other input under it is refused; keys of their own have as many effects as the
/// business allows, and never one more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_has_a_key_happens_once_for_one_key_and_as_often_as_it_may_for_many() {
    let rows = ROWS
        .iter()
        .chain(twice_money::ROWS)
        .chain(twice_cases::ROWS)
        .chain(twice_disputes::ROWS)
        .chain(twice_staff::ROWS);
    let rows: BTreeSet<String> = rows.map(|row| row.mutation.to_owned()).collect();
    assert_eq!(keyed(), rows, "each mutation with an idempotency key has a row, and no other");
    each_row_holds(ROWS).await;
}

/// Tries each row, twice and twenty times at once.
pub async fn each_row_holds(rows: &[Row]) {
    let app = TestApp::new().await;
    for row in rows {
        for times in [2, 20] {
            one_key(&app, row, times).await;
            many_keys(&app, row, times).await;
        }
    }
    app.close().await;
}

/// A name of somebody new.
fn name() -> String {
    format!("u{}", &Uuid::new_v4().simple().to_string()[..12])
}

async fn one_key(app: &TestApp, row: &Row, times: usize) {
    let mut ask = (row.prepare)(app, name()).await;
    let (before, key) = (count(app, row.leaves).await, Uuid::new_v4());
    let payloads = fires(&ask, row.mutation, &vec![key; times]).await;
    assert!(
        payloads.iter().all(|payload| refusal(payload) == "ok"),
        "{}: {payloads:?}",
        row.mutation
    );
    assert!(
        payloads.iter().all(|payload| *payload == payloads[0]),
        "{}: {payloads:?}",
        row.mutation
    );
    assert_eq!(count(app, row.leaves).await, before + 1, "{} under one key", row.mutation);
    (row.other)(&mut ask.input);
    let reused = fires(&ask, row.mutation, &[key]).await;
    assert_eq!(refusal(&reused[0]), "IDEMPOTENCY_KEY_REUSED", "{}: {reused:?}", row.mutation);
    assert_eq!(count(app, row.leaves).await, before + 1, "{} with other input", row.mutation);
}

async fn many_keys(app: &TestApp, row: &Row, times: usize) {
    let ask = (row.prepare)(app, name()).await;
    let before = count(app, row.leaves).await;
    let keys: Vec<Uuid> = (0..times).map(|_| Uuid::new_v4()).collect();
    let payloads = fires(&ask, row.mutation, &keys).await;
    let done = payloads.iter().filter(|payload| refusal(payload) == "ok").count();
    assert!(
        payloads
            .iter()
            .all(|payload| !["INTERNAL_SERVER_ERROR", "UNAVAILABLE"].contains(&refusal(payload))),
        "{}: {payloads:?}",
        row.mutation
    );
    let most = row.most.min(times);
    assert_eq!(
        count(app, row.leaves).await,
        before + most,
        "{} under many keys: {payloads:?}",
        row.mutation
    );
    // A second approval by the same admin is a success that changes nothing, so successes may be more than effects.
    assert!(done >= most, "{}: {payloads:?}", row.mutation);
}

/// M3: a refused call leaves its key free, and a key is one user's and one mutation's.
#[tokio::test]
async fn a_refused_call_leaves_its_key_free_and_a_key_is_one_user_s_and_one_mutation_s() {
    let app = TestApp::new().await;
    let (sam, bea, tom) = (app.verified("sam").await, app.verified("bea").await, app.verified("tom").await);
    let (first, second) = (sam.sells("20.00").await, sam.sells("20.00").await);
    let key = Uuid::new_v4();
    assert_eq!(refusal(&bea.asks_for(&first, key).await), "INSUFFICIENT_FUNDS");
    for buyer in [&bea, &tom] {
        buyer.has("20.00").await;
    }
    assert_eq!(refusal(&bea.asks_for(&first, key).await), "ok", "refused before, and free");
    assert_eq!(refusal(&tom.asks_for(&second, key).await), "ok", "another user's key");
    assert_eq!(refusal(&bea.creates_deposit("20.00", key).await), "ok", "another mutation's key");
    app.close().await;
}

/// Abuse 1, by name: the thumb that presses twenty times.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn abuse_1_confirm_pressed_twenty_times_at_once_pays_the_seller_once() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("40.00").await;
    for (paid, times) in [("19.00", 2), ("38.00", 20)] {
        let order = bea.buys(&sam.sells("20.00").await).await;
        sam.delivers(&order, "word").await;
        let confirmed = join_all((0..times).map(|_| bea.confirms(&order))).await;
        assert!(
            confirmed
                .iter()
                .all(|payload| refusal(payload) == "ok" && payload["order"]["state"] == "COMPLETED"),
            "{confirmed:?}"
        );
        assert_eq!(sam.holds(AccountKey::settling).await, paid);
        assert_eq!(app.escrow(&order).await, "0.00");
    }
    app.close().await;
}

/// The same for cancelling, by both sides at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cancel_pressed_twenty_times_at_once_by_both_sides_refunds_once() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("20.00").await;
    for times in [1, 10] {
        let order = bea.buys(&sam.sells("20.00").await).await;
        let cancelled = join_all((0..times).flat_map(|_| [bea.cancels(&order), sam.cancels(&order)])).await;
        assert!(cancelled.iter().all(|payload| refusal(payload) == "ok"), "{cancelled:?}");
        assert_eq!(bea.holds(AccountKey::available).await, "20.00");
        assert_eq!(app.escrow(&order).await, "0.00");
    }
    app.close().await;
}
