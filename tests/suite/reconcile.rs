//! Both books, the bank's and ours: what asking again does not settle waits for an admin.

use std::time::Duration;

use handover::{
    kernel::policy::System,
    wallet::{decision, deposit as deposits, reconcile, withdrawal},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{
    Person, TestApp,
    bank::{API_KEY, Line, OutsideBank},
    wallet::{approves, bare, refusal},
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const DIFFERENCE: &str = "difference { id kind resolvedAt resolution claimedBy { nickname } }";

async fn run(app: &TestApp) -> u64 {
    reconcile::run(app.env(), System::new()).await.unwrap()
}

async fn queue(admin: &Person<'_>, resolved: bool) -> Vec<Value> {
    let query = "query B($resolved: Boolean!) { bankDifferences(resolved: $resolved) { nodes { id kind subject ours theirs webhookId resolution } } }";
    let answer = admin.sends(query, json!({ "resolved": resolved })).await;
    let nodes = answer["data"]["bankDifferences"]["nodes"].as_array();
    nodes.unwrap_or_else(|| panic!("{answer}")).clone()
}

async fn resolves(admin: &Person<'_>, id: &Value, outcome: &str, key: Uuid) -> Value {
    let input = json!({ "id": id, "outcome": outcome, "reason": "The bank wrote to us.", "idempotencyKey": key });
    admin.calls("bankDifferenceResolve", DIFFERENCE, input).await
}

#[tokio::test]
async fn what_a_lost_webhook_left_open_is_settled_by_asking_again_and_nothing_waits() {
    let app = TestApp::with(|config| config.bank.faults.drop_percent = 100).await;
    let (ada, bea) = (app.admin("ada").await, app.verified("bea").await);
    let deposit = bea.asks_to_pay_in("20.00").await;
    bea.presses(&deposit, "pay").await;
    assert_eq!(bea.deposit(&deposit["id"]).await["state"], "OPEN");
    assert_eq!(run(&app).await, 0);
    assert_eq!(bea.deposit(&deposit["id"]).await["state"], "CREDITED");
    assert!(queue(&ada, false).await.is_empty() && queue(&ada, true).await.is_empty());
    let other = bea.asks_to_pay_in("5.00").await;
    bea.presses(&other, "pay").await;
    assert_eq!(run(&app).await, 0);
    assert_eq!(bea.deposit(&other["id"]).await["state"], "OPEN", "once a day is often enough");
    app.close().await;
}

#[tokio::test]
async fn what_the_bank_has_and_we_do_not_waits_for_one_admin_who_explains_it_once() {
    let app = TestApp::new().await;
    let bea = app.verified("bea").await;
    let (ada, bob) = (app.admin("ada").await, app.admin("bob").await);
    let page = bea.asks_to_pay_in("20.00").await["checkoutUrl"].as_str().unwrap().to_owned();
    let ask = json!({ "id": Uuid::now_v7(), "amount": 700, "currency": "CNY", "return_url": "https://shop.example/" });
    let bank = page.split("/checkout/").next().unwrap();
    let opened = app.http.post(format!("{bank}/v1/payments")).bearer_auth(API_KEY).json(&ask);
    assert_eq!(opened.send().await.unwrap().status(), 201);
    assert_eq!(run(&app).await, 1);
    let found = queue(&ada, false).await;
    assert_eq!(
        (&found[0]["kind"], &found[0]["subject"], &found[0]["theirs"], &found[0]["ours"]),
        (&json!("UNKNOWN_TO_US"), &ask["id"], &json!("open"), &Value::Null)
    );
    let id = &found[0]["id"];
    let claimed = ada.calls("bankDifferenceClaim", DIFFERENCE, json!({ "id": id })).await;
    assert_eq!(claimed["difference"]["claimedBy"]["nickname"], "ada", "{claimed}");
    for refused in [
        bob.calls("bankDifferenceClaim", DIFFERENCE, json!({ "id": id })).await,
        resolves(&bob, id, "NOTED", Uuid::new_v4()).await,
    ] {
        assert_eq!(refusal(&refused), "CLAIMED_BY_OTHER");
        assert!(refused["userErrors"][0]["message"].as_str().unwrap().contains("ada"), "{refused}");
    }
    assert_eq!(
        refusal(&resolves(&ada, id, "PAID", Uuid::new_v4()).await),
        "WRONG_STATE",
        "no withdrawal"
    );
    let key = Uuid::new_v4();
    for _ in 0..2 {
        let done = resolves(&ada, id, "NOTED", key).await;
        assert_eq!(done["difference"]["resolution"], "The bank wrote to us.", "{done}");
    }
    let late = resolves(&bob, id, "NOTED", Uuid::new_v4()).await;
    assert_eq!(refusal(&late), "ALREADY_DECIDED");
    assert!(late["userErrors"][0]["message"].as_str().unwrap().contains("ada"), "{late}");
    app.advance(DAY);
    assert_eq!(run(&app).await, 0, "what was explained is not found again");
    app.close().await;
}

#[tokio::test]
async fn a_quarantined_webhook_waits_in_the_same_queue_and_is_gone_when_both_books_agree() {
    let app = TestApp::with(|config| config.bank.faults.wrong_amount_percent = 100).await;
    let (ada, bea) = (app.admin("ada").await, app.verified("bea").await);
    let deposit = bea.asks_to_pay_in("20.00").await;
    bea.presses(&deposit, "pay").await;
    let found = crate::support::wallet::eventually("a quarantined webhook", || async { queue(&ada, false).await.pop() }).await;
    assert_eq!((&found["kind"], &found["theirs"]), (&json!("WEBHOOK"), &json!("payment.succeeded")));
    assert_eq!(found["subject"], json!(bare(&deposit["id"])));
    let asked = ada.calls("bankDifferenceAsk", DIFFERENCE, json!({ "id": found["id"] })).await;
    assert!(asked["difference"]["resolvedAt"].is_string(), "{asked}");
    assert_eq!(bea.deposit(&deposit["id"]).await["state"], "CREDITED");
    assert_eq!(bea.money().await.0, "20.00");
    app.close().await;
}

/// M10.
#[tokio::test]
async fn what_the_bank_answers_with_another_amount_is_not_credited_and_waits_for_an_admin() {
    let bank = OutsideBank::start(Line::Open).await;
    // It does not know where we are, so that only asking tells.
    let app = TestApp::with(|config| bank.configure(config)).await;
    let bea = app.verified("bea").await;
    let deposit = bea.asks_to_pay_in("20.00").await;
    assert_eq!(bea.presses(&deposit, "pay").await.status(), 303);
    bank.set_line(Line::WrongAmounts);
    let ada = app.admin("ada").await;
    for minutes in [5, 25] {
        app.advance(Duration::from_secs(minutes * 60));
        assert_eq!(deposits::ask(app.env(), System::new()).await, Ok(1));
    }
    let (ada, bea) = (app.sign_in(&ada.name).await, app.sign_in("bea").await);
    assert_eq!(bea.deposit(&deposit["id"]).await["state"], "OPEN");
    assert_eq!(bea.money().await.0, "0.00");
    let found = queue(&ada, false).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (&found[0]["kind"], &found[0]["ours"], &found[0]["theirs"]),
        (&json!("MISMATCH"), &json!("OPEN"), &json!("succeeded"))
    );
    let id = json!({ "id": found[0]["id"] });
    let asked = ada.calls("bankDifferenceAsk", DIFFERENCE, id.clone()).await;
    assert_eq!(asked["difference"]["resolvedAt"], Value::Null, "{asked}");
    assert_eq!(bea.money().await.0, "0.00", "asking again credits no more than the timer");
    bank.set_line(Line::Open);
    let bea = app.sign_in("bea").await;
    let asked = ada.calls("bankDifferenceAsk", DIFFERENCE, id).await;
    assert!(asked["difference"]["resolvedAt"].is_string(), "{asked}");
    assert_eq!(bea.deposit(&deposit["id"]).await["state"], "CREDITED");
    assert_eq!(bea.money().await.0, "20.00");
    app.close().await;
}

/// Writes a deposit's state, as no use-case does.
async fn is_written(app: &TestApp, deposit: &Value, state: &str) {
    let tx = app.env().begin().await.unwrap();
    let write = "UPDATE deposits SET state = $2 WHERE id = $1";
    handover::kernel::sql::run(tx.db(), write, vec![bare(deposit).into(), state.into()])
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn is_paid(bea: &Person<'_>) -> Value {
    let deposit = bea.asks_to_pay_in("20.00").await;
    assert_eq!(bea.presses(&deposit, "pay").await.status(), 303);
    deposit["id"].clone()
}

#[tokio::test]
async fn what_cannot_be_settled_keeps_nothing_else_waiting_and_is_tried_again_in_an_hour() {
    let app = TestApp::with(|config| config.bank.faults.drop_percent = 100).await;
    let bea = app.verified("bea").await;
    let first = is_paid(&bea).await;
    assert_eq!(run(&app).await, 0);
    // Credited, and written as if it were not: to credit it again fails.
    is_written(&app, &first, "OPEN").await;
    app.advance(DAY);
    let bea = app.sign_in("bea").await;
    let second = is_paid(&bea).await;
    assert_eq!(run(&app).await, 1);
    assert_eq!(bea.deposit(&second).await["state"], "CREDITED");
    assert_eq!(bea.money().await.0, "40.00", "the first one once");
    is_written(&app, &first, "CREDITED").await;
    let third = is_paid(&bea).await;
    assert_eq!(run(&app).await, 0);
    assert_eq!(bea.deposit(&third).await["state"], "OPEN", "the hour is not over");
    app.advance(Duration::from_secs(60 * 60));
    let bea = app.sign_in("bea").await;
    assert_eq!(run(&app).await, 0);
    assert_eq!(bea.deposit(&third).await["state"], "CREDITED");
    assert_eq!(bea.money().await.0, "60.00");
    app.close().await;
}

/// Hands over what is approved, over a line that is cut, and asks as long as it asks by itself.
async fn is_never_answered(app: &TestApp) {
    assert_eq!(withdrawal::send(app.env(), System::new()).await.unwrap(), 0);
    for _ in 0..32 {
        app.advance(DAY);
        withdrawal::ask(app.env(), System::new()).await.unwrap();
    }
}

#[tokio::test]
async fn a_withdrawal_of_which_the_bank_never_says_a_word_ends_with_an_admin() {
    let bank = OutsideBank::start(Line::Open).await;
    let app = TestApp::with(|config| bank.configure(config)).await;
    bank.knows(&app);
    let (bea, account) = app.cashier("bea", "100.00").await;
    let id = bea.withdraws("40.00", &account).await;
    bank.set_line(Line::Cut);
    is_never_answered(&app).await;
    let (ada, bea) = (app.admin("ada").await, app.sign_in("bea").await);
    let found = queue(&ada, false).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((&found[0]["kind"], &found[0]["ours"]), (&json!("SILENCE"), &json!("SENT")));
    app.advance(DAY);
    assert_eq!(
        withdrawal::ask(app.env(), System::new()).await.unwrap(),
        0,
        "it is not asked for ever"
    );
    let (ada, bea) = (app.sign_in(&ada.name).await, app.sign_in(&bea.name).await);
    assert_eq!(
        refusal(&ada.calls("bankDifferenceAsk", DIFFERENCE, json!({ "id": found[0]["id"] })).await),
        "BANK_UNAVAILABLE"
    );
    let noted = resolves(&ada, &found[0]["id"], "NOTED", Uuid::new_v4()).await;
    assert_eq!(
        refusal(&noted),
        "WRONG_STATE",
        "a note would leave the money where it is for ever: {noted}"
    );
    let done = resolves(&ada, &found[0]["id"], "FAILED", Uuid::new_v4()).await;
    assert!(done["difference"]["resolvedAt"].is_string(), "{done}");
    assert_eq!(bea.withdrawal(&id).await["state"], "FAILED");
    assert_eq!(bea.money().await, ("100.00".to_owned(), "0.00".to_owned()));
    app.close().await;
}

/// What waits for a second admin: its id, its kind and the difference that it settles.
async fn waits(admin: &Person<'_>) -> Vec<(Value, String, Value)> {
    let query = "query D { moneyDecisionQueue { nodes { id kind amount { amount } debt { id } difference { id } } } }";
    let answer = admin.sends(query, json!({})).await;
    let nodes = answer["data"]["moneyDecisionQueue"]["nodes"].as_array();
    let nodes = nodes.unwrap_or_else(|| panic!("{answer}")).iter();
    nodes
        .map(|node| {
            assert_eq!((&node["amount"]["amount"], &node["debt"]), (&json!("20000.01"), &Value::Null));
            let kind = node["kind"].as_str().unwrap().to_owned();
            (node["id"].clone(), kind, node["difference"]["id"].clone())
        })
        .collect()
}

#[tokio::test]
async fn where_a_large_withdrawal_is_of_which_the_bank_says_nothing_two_admins_say() {
    let bank = OutsideBank::start(Line::Open).await;
    let app = TestApp::with(|config| bank.configure(config)).await;
    bank.knows(&app);
    let (bea, account) = app.cashier("bea", "30000.00").await;
    let id = bea.withdraws("20000.01", &account).await;
    for name in ["ada", "bob"] {
        let approved = approves(&app.admin(name).await, &id, Uuid::new_v4()).await;
        assert_eq!(refusal(&approved), "none", "{approved}");
    }
    bank.set_line(Line::Cut);
    is_never_answered(&app).await;
    let (ada, bob, bea) = (app.sign_in("ada").await, app.sign_in("bob").await, app.sign_in("bea").await);
    let difference = queue(&ada, false).await[0]["id"].clone();
    let proposed = resolves(&ada, &difference, "PAID", Uuid::new_v4()).await;
    assert_eq!(
        proposed["difference"]["resolvedAt"],
        Value::Null,
        "one alone does not move it: {proposed}"
    );
    assert_eq!(bea.withdrawal(&id).await["state"], "SENT");
    let waiting = waits(&bob).await;
    assert_eq!(waiting.len(), 1);
    let (decision, kind, about) = &waiting[0];
    assert_eq!((kind.as_str(), about), ("SETTLE_PAID", &difference));
    for outcome in ["PAID", "FAILED", "NOTED"] {
        let again = resolves(&bob, &difference, outcome, Uuid::new_v4()).await;
        assert_eq!(refusal(&again), "WRONG_STATE", "one waits at a time: {again}");
    }
    assert_eq!(refusal(&ada.seconds(decision, None, Uuid::new_v4()).await), "OWN_MATTER");
    let refused = bob.seconds(decision, Some("They told me it came back."), Uuid::new_v4()).await;
    assert_eq!(refused["decision"]["state"], "REFUSED", "{refused}");
    // Silence makes it void as well.
    resolves(&bob, &difference, "FAILED", Uuid::new_v4()).await;
    app.advance(DAY * 3);
    assert_eq!(decision::lapse(app.env(), System::new()).await.unwrap(), 1);
    let (ada, bob) = (app.sign_in("ada").await, app.sign_in("bob").await);
    assert!(waits(&ada).await.is_empty());
    assert_eq!(queue(&ada, false).await.len(), 1, "and the difference is open");
    resolves(&bob, &difference, "FAILED", Uuid::new_v4()).await;
    let (decision, kind, _) = waits(&ada).await.remove(0);
    assert_eq!(kind, "SETTLE_FAILED");
    let done = ada.seconds(&decision, None, Uuid::new_v4()).await;
    assert_eq!(done["decision"]["state"], "DONE", "{done}");
    let bea = app.sign_in("bea").await;
    assert_eq!(bea.withdrawal(&id).await["state"], "FAILED");
    assert_eq!(bea.money().await, ("30000.00".to_owned(), "0.00".to_owned()));
    assert_eq!(queue(&ada, true).await[0]["resolution"], "The bank wrote to us.");
    app.close().await;
}

/// What another road has settled meanwhile is not settled again.
#[tokio::test]
async fn what_the_bank_has_answered_meanwhile_no_second_admin_settles() {
    let bank = OutsideBank::start(Line::Open).await;
    let app = TestApp::with(|config| bank.configure(config)).await;
    bank.knows(&app);
    let (bea, account) = app.cashier("bea", "30000.00").await;
    let id = bea.withdraws("20000.01", &account).await;
    for name in ["ada", "bob"] {
        approves(&app.admin(name).await, &id, Uuid::new_v4()).await;
    }
    bank.set_line(Line::Cut);
    is_never_answered(&app).await;
    let (ada, bob) = (app.sign_in("ada").await, app.sign_in("bob").await);
    let difference = queue(&ada, false).await[0]["id"].clone();
    resolves(&ada, &difference, "FAILED", Uuid::new_v4()).await;
    let (decision, _, _) = waits(&bob).await.remove(0);
    let tx = app.env().begin().await.unwrap();
    let paid = "UPDATE bank_differences SET resolved_at = 1 WHERE id = $1";
    handover::kernel::sql::run(tx.db(), paid, vec![bare(&difference).into()])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(refusal(&bob.seconds(&decision, None, Uuid::new_v4()).await), "WRONG_STATE");
    let refused = bob.seconds(&decision, Some("It is settled."), Uuid::new_v4()).await;
    assert_eq!(refused["decision"]["state"], "REFUSED", "{refused}");
    app.close().await;
}
