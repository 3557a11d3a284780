//! A server dies after any of the writes that a call makes, or between its commit and its answer. What it did then is whole or nothing, and the
//! same call again, to a server that lives, ends as if nothing had happened.
//!
//! The point of death is the same for every use-case ("written", after each statement that writes and after the commit), so a new write is tried
//! as soon as it is there.

use std::os::unix::process::ExitStatusExt;

use handover::wallet::ledger;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{
    Binary, Person, TestApp,
    bank::{SECRET, Webhook},
    wallet::bare,
};

/// More writes than any call makes.
const MOST: usize = 90;

/// A call that is prepared, and what it must come to.
pub enum Call {
    /// A mutation, its input and a selection that says what came of it.
    Mutation {
        token: String,
        query: String,
        input: Value,
    },
    Webhook(Webhook),
}

/// What came of a call: `None`, nobody answered.
async fn calls(http: &reqwest::Client, base: &str, call: &Call) -> Option<Value> {
    match call {
        Call::Mutation { token, query, input } => {
            let body = json!({ "query": query, "variables": { "input": input } });
            let request = http.post(format!("{base}/graphql")).bearer_auth(token).json(&body);
            request.send().await.ok()?.json().await.ok()
        }
        Call::Webhook(webhook) => {
            let request = http
                .post(format!("{base}/bank/webhook"))
                .header("content-type", "application/json")
                .header("webhook-id", &webhook.id)
                .header("webhook-timestamp", &webhook.timestamp)
                .header("webhook-signature", &webhook.signature)
                .body(webhook.body.clone());
            Some(json!(request.send().await.ok()?.status().as_u16()))
        }
    }
}

async fn books_are_right(app: &TestApp, point: usize) {
    let report = ledger::verify(app.env().db()).await.unwrap();
    assert!(report.problems.is_empty(), "after point {point}: {:#?}", report.problems);
}

/// Lets a server die at each point of a call. `prepare` makes what the call needs; `judge` looks at what it came to in the end, and how much of it
/// there is.
pub async fn at_each_point<P>(app: &TestApp, prepare: impl AsyncFn(usize) -> (Call, P), judge: impl AsyncFn(P, Value)) {
    let mut died = 0;
    for point in 0..MOST {
        let (call, prepared) = prepare(point).await;
        let server = app.child(&[("FAILPOINTS", &format!("written={point}*off->return"))]);
        let answer = calls(&app.http, &server.url(""), &call).await;
        let survived = answer.is_some();
        if survived {
            server.ask_to_stop_and_wait().await;
        } else {
            assert_eq!(server.stopped().await.signal(), Some(6), "it did not die where it should");
            died += 1;
        }
        books_are_right(app, point).await;
        // Another server, as after a restart; the same call again.
        let again = calls(&app.http, &app.url(""), &call).await.expect("an answer");
        if let Some(answer) = answer {
            assert_eq!(answer["data"], again["data"], "point {point}");
        }
        judge(prepared, again).await;
        books_are_right(app, point).await;
        if survived {
            eprintln!("{died} points");
            assert!(died > 4, "it died at {died} points only");
            return;
        }
    }
    panic!("more than {MOST} writes");
}

pub fn mutation(person: &Person<'_>, field: &str, input: Value, selection: &str) -> Call {
    let kind = format!("{}{}Input", field[..1].to_uppercase(), &field[1..]);
    Call::Mutation {
        token: person.token.clone(),
        query: format!("mutation M($input: {kind}!) {{ {field}(input: $input) {{ {selection} userErrors {{ code message }} }} }}"),
        input,
    }
}

pub fn went_well(answer: &Value, field: &str) {
    assert_eq!(answer["data"][field]["userErrors"], json!([]), "{answer}");
}

/// How many rows there are of a table, perhaps with a condition.
pub async fn rows(app: &TestApp, table: &str) -> i64 {
    let row = handover::kernel::sql::one(app.env().db(), &format!("SELECT COUNT(*) AS count FROM {table}"), vec![]).await;
    row.unwrap().unwrap().try_get("", "count").unwrap()
}

pub async fn traders(app: &TestApp) -> (Person<'_>, Person<'_>) {
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("5000.00").await;
    (sam, bea)
}

/// M4.
#[tokio::test]
async fn a_server_that_dies_while_it_places_an_order_places_it_whole_or_not_at_all() {
    let app = TestApp::new().await;
    let (sam, bea) = traders(&app).await;
    let prepare = async |point: usize| {
        let offered = sam.sells("20.00").await;
        let input =
            json!({ "listingId": offered.id, "seenVersion": offered.version, "seenPrice": "20.00", "idempotencyKey": Uuid::new_v4() });
        (mutation(&bea, "orderPlace", input, "order { id state }"), point)
    };
    at_each_point(&app, prepare, async |point, answer| {
        went_well(&answer, "orderPlace");
        let order = answer["data"]["orderPlace"]["order"]["id"].as_str().unwrap().to_owned();
        assert_eq!(rows(&app, "orders").await, i64::try_from(point).unwrap() + 1, "one order each time");
        assert_eq!(app.escrow(&order).await, "20.00");
    })
    .await;
    app.close().await;
}

/// M4.
#[tokio::test]
async fn a_server_that_dies_while_it_completes_an_order_pays_once() {
    let app = TestApp::new().await;
    let (sam, bea) = traders(&app).await;
    let prepare = async |_| {
        let order = bea.buys(&sam.sells("20.00").await).await;
        sam.delivers(&order, "word").await;
        let before = sam.holds(ledger::AccountKey::settling).await;
        let input = json!({ "id": order, "acknowledgeOpenSteps": true });
        (mutation(&bea, "orderConfirm", input, "order { id state }"), (order, before))
    };
    at_each_point(&app, prepare, async |(order, before), answer| {
        went_well(&answer, "orderConfirm");
        assert_eq!(answer["data"]["orderConfirm"]["order"]["state"], "COMPLETED");
        assert_eq!(app.escrow(&order).await, "0.00");
        let now = sam.holds(ledger::AccountKey::settling).await;
        assert_eq!(fen(&now) - fen(&before), 1_900, "paid once");
    })
    .await;
    app.close().await;
}

/// M4.
#[tokio::test]
async fn a_server_that_dies_while_it_cancels_an_order_refunds_once() {
    let app = TestApp::new().await;
    let (sam, bea) = traders(&app).await;
    let prepare = async |_| {
        let before = bea.holds(ledger::AccountKey::available).await;
        let order = bea.buys(&sam.sells("20.00").await).await;
        (
            mutation(&bea, "orderCancel", json!({ "id": order }), "order { id state }"),
            (order, before),
        )
    };
    at_each_point(&app, prepare, async |(order, before), answer| {
        went_well(&answer, "orderCancel");
        assert_eq!(answer["data"]["orderCancel"]["order"]["state"], "CANCELLED");
        assert_eq!(
            (app.escrow(&order).await.as_str(), bea.holds(ledger::AccountKey::available).await),
            ("0.00", before)
        );
    })
    .await;
    app.close().await;
}

/// M4.
#[tokio::test]
async fn a_server_that_dies_while_it_takes_a_withdrawal_holds_the_money_once_and_gives_it_back_once() {
    let app = TestApp::new().await;
    let (bea, account) = app.cashier("bea", "1000.00").await;
    let prepare = async |_| {
        let input = json!({ "amount": "10.00", "payoutAccountId": account, "idempotencyKey": Uuid::new_v4() });
        (mutation(&bea, "withdrawalRequest", input, "withdrawal { id state }"), ())
    };
    at_each_point(&app, prepare, async |(), answer| {
        went_well(&answer, "withdrawalRequest");
        assert_eq!(bea.money().await, ("990.00".to_owned(), "10.00".to_owned()));
        let taken = bea
            .takes_back(&answer["data"]["withdrawalRequest"]["withdrawal"]["id"], Uuid::new_v4())
            .await;
        assert_eq!(taken["userErrors"], json!([]), "{taken}");
    })
    .await;
    let prepare = async |_| {
        let id = bea.withdraws("10.00", &account).await;
        let input = json!({ "id": id, "idempotencyKey": Uuid::new_v4() });
        (mutation(&bea, "withdrawalTakeBack", input, "withdrawal { id state }"), ())
    };
    at_each_point(&app, prepare, async |(), answer| {
        went_well(&answer, "withdrawalTakeBack");
        assert_eq!(bea.money().await, ("1000.00".to_owned(), "0.00".to_owned()));
    })
    .await;
    app.close().await;
}

/// M4.
#[tokio::test]
async fn a_server_that_dies_while_it_credits_a_deposit_credits_it_once() {
    // The bank keeps its own word to itself, so that ours is the only one.
    let app = TestApp::with(|config| {
        config.bank.webhook_secret = Some(SECRET.into());
        config.bank.faults.drop_percent = 100;
    })
    .await;
    let bea = app.verified("bea").await;
    let prepare = async |point: usize| {
        let deposit = bea.asks_to_pay_in("20.00").await;
        let reference = deposit["checkoutUrl"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        let webhook = app.webhook("payment.succeeded", bare(&deposit["id"]), &reference, 2_000);
        (Call::Webhook(webhook), (deposit["id"].clone(), point))
    };
    at_each_point(&app, prepare, async |(deposit, point), answer| {
        assert_eq!(answer, 204);
        assert_eq!(bea.deposit(&deposit).await["state"], "CREDITED");
        let credited = i64::try_from(point).unwrap() + 1;
        assert_eq!(fen(&bea.money().await.0), credited * 2_000, "credited once each");
    })
    .await;
    app.close().await;
}

/// M4, and abuse 21: a ruling that stops half-way was never there.
#[tokio::test]
async fn a_server_that_dies_while_it_upholds_a_claim_does_all_of_it_or_nothing() {
    let app = TestApp::new().await;
    app.admin("ada").await;
    let prepare = async |point: usize| {
        let (sam, bea) = (
            app.verified(&format!("sam{point}")).await,
            app.verified(&format!("bea{point}")).await,
        );
        bea.has("30.00").await;
        sam.sells("9.00").await;
        let order = app.sold(&sam, &bea, "30.00").await;
        let case = bea.claims(&order).await;
        sam.answers(&case).await;
        let ada = app.sign_in("ada").await;
        ada.takes(&case).await;
        let input = json!({ "id": case, "reason": "The log shows it.", "idempotencyKey": Uuid::new_v4() });
        let selection = "review { case { id state recovery { recovered { amount } } } }";
        (mutation(&ada, "caseUphold", input, selection), (sam, bea))
    };
    at_each_point(&app, prepare, async |(sam, bea), answer| {
        went_well(&answer, "caseUphold");
        let case = &answer["data"]["caseUphold"]["review"]["case"];
        assert_eq!(
            (&case["state"], &case["recovery"]["recovered"]["amount"]),
            (&json!("UPHELD"), &json!("28.50")),
            "{answer}"
        );
        assert_eq!(
            (bea.purse().await.0.as_str(), bea.left("CREDITOR").await),
            ("28.50", vec!["1.50".to_owned()])
        );
        assert_eq!(sam.purse().await, ("0.00".to_owned(), "0.00".to_owned()));
        let standing = entity::standing::Entity::find_by_id(sam.id().await)
            .one(app.env().db())
            .await
            .unwrap();
        assert!(standing.unwrap().blacklisted);
    })
    .await;
    app.close().await;
}

/// M4: the ruling that moves the most at once, and what follows for whoever loses it.
#[tokio::test]
async fn a_server_that_dies_while_it_rules_divides_the_escrow_and_bans_the_buyer_or_does_neither() {
    let app = TestApp::new().await;
    let sam = app.verified("sam").await;
    let prepare = async |point: usize| {
        let bea = app.verified(&format!("bea{point}")).await;
        let before = fen(&sam.holds(ledger::AccountKey::available).await);
        let dispute = app.disputed_between(app.sign_in("sam").await, bea, "20.00").await;
        for party in [&dispute.sam, &dispute.bea] {
            party.argues("caseEvidenceDone", &dispute.case, json!({})).await;
        }
        let admin = app.reviewer().await;
        admin.takes_up(&dispute.case).await;
        let input = json!({ "id": dispute.case, "finding": "WORTHLESS", "reason": "It is gone.", "idempotencyKey": Uuid::new_v4() });
        (
            mutation(&admin, "caseFind", input, "review { case { id state } }"),
            (dispute, before),
        )
    };
    at_each_point(&app, prepare, async |(dispute, before), answer| {
        went_well(&answer, "caseFind");
        assert_eq!(answer["data"]["caseFind"]["review"]["case"]["state"], "CLOSED");
        assert_eq!(app.escrow(&dispute.order).await, "0.00");
        assert_eq!(fen(&sam.holds(ledger::AccountKey::available).await) - before, 2_000, "once");
        let standing = entity::standing::Entity::find_by_id(dispute.bea.id().await)
            .one(app.env().db())
            .await
            .unwrap();
        assert!(standing.unwrap().blacklisted);
    })
    .await;
    app.close().await;
}

/// M4: a settlement that both accept.
#[tokio::test]
async fn a_server_that_dies_while_a_settlement_is_accepted_divides_the_escrow_once() {
    let app = TestApp::new().await;
    let sam = app.verified("sam").await;
    app.verified("bea").await;
    let prepare = async |_| {
        let before = fen(&sam.holds(ledger::AccountKey::available).await);
        let dispute = app
            .disputed_between(app.sign_in("sam").await, app.sign_in("bea").await, "20.00")
            .await;
        for party in [&dispute.sam, &dispute.bea] {
            party.argues("caseEvidenceDone", &dispute.case, json!({})).await;
        }
        app.reviewer().await.finds_in(&dispute.case, "INTACT", None).await;
        dispute.sam.argues("caseObject", &dispute.case, json!({})).await;
        dispute
            .bea
            .argues("caseProposalMake", &dispute.case, json!({ "sellerShare": 25 }))
            .await;
        let input = json!({ "id": dispute.case, "version": 1, "idempotencyKey": Uuid::new_v4() });
        (mutation(&sam, "caseProposalAccept", input, "case { id state }"), (dispute, before))
    };
    at_each_point(&app, prepare, async |(dispute, before), answer| {
        went_well(&answer, "caseProposalAccept");
        assert_eq!(answer["data"]["caseProposalAccept"]["case"]["state"], "CLOSED");
        assert_eq!(app.escrow(&dispute.order).await, "0.00");
        assert_eq!(fen(&sam.holds(ledger::AccountKey::available).await) - before, 500, "once");
    })
    .await;
    app.close().await;
}

/// The operator's own look at the books, after a server died.
#[tokio::test]
async fn after_a_death_in_mid_purchase_the_operator_finds_the_books_in_order() {
    let app = TestApp::new().await;
    let (sam, bea) = traders(&app).await;
    let offered = sam.sells("20.00").await;
    let server = app.child(&[("FAILPOINTS", "written=5*off->return")]);
    let input = json!({ "listingId": offered.id, "seenVersion": offered.version, "seenPrice": "20.00", "idempotencyKey": Uuid::new_v4() });
    let call = mutation(&bea, "orderPlace", input, "order { id }");
    assert_eq!(calls(&app.http, &server.url(""), &call).await, None);
    assert_eq!(server.stopped().await.signal(), Some(6));
    let settings = app.settings();
    let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let verified = Binary::run(app.folder.path(), &settings, &["ledger", "verify"], "");
    assert!(verified.status.success(), "{}", verified.out);
    assert_eq!(rows(&app, "orders").await, 0, "nothing is left of what was half done");
    app.close().await;
}

pub fn fen(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap()
}
