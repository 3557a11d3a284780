//! Money comes in: asked for, paid on the bank's page, credited once.

use std::time::Duration;

use futures::future::join_all;
use handover::{kernel::policy::System, wallet::deposit};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{
    Person, TestApp,
    bank::{Line, OutsideBank},
    wallet::{DEPOSIT_CREATE, eventually, refusal},
};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

async fn ask(app: &TestApp) -> u64 {
    deposit::ask(app.env(), System::new()).await.unwrap()
}

#[tokio::test]
async fn a_deposit_paid_on_the_bank_s_page_is_in_the_wallet() {
    let app = TestApp::new().await;
    let bea = app.verified("bea").await;
    let deposit = bea.asks_to_pay_in("50.5").await;
    assert_eq!((&deposit["state"], &deposit["amount"]["amount"]), (&json!("OPEN"), &json!("50.50")));

    let page = app.http.get(deposit["checkoutUrl"].as_str().unwrap());
    let page = page.header("accept-language", "en").send().await.unwrap();
    assert_eq!(page.status(), 200);
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("default-src 'none'") && policy.contains(&app.url("")), "{policy}");
    let html = page.text().await.unwrap();
    assert!(html.contains("¥50.50") && html.contains(r#"name="decision" value="pay""#), "{html}");

    let pressed = bea.presses(&deposit, "pay").await;
    assert_eq!(pressed.status(), 303);
    assert_eq!(pressed.headers()["location"].to_str().unwrap(), app.url("/wallet"));
    let credited = bea.deposit_becomes(&deposit["id"], "CREDITED").await;
    assert!(credited["decidedAt"].is_string(), "{credited}");
    assert_eq!(bea.money().await, ("50.50".to_owned(), "0.00".to_owned()));
    assert_eq!(bea.presses(&deposit, "fail").await.status(), 200, "a decided payment stays decided");
    app.close().await;
}

#[tokio::test]
async fn a_payer_who_fails_or_leaves_pays_nothing() {
    let app = TestApp::new().await;
    let bea = app.verified("bea").await;
    let (failed, left) = (bea.asks_to_pay_in("10").await, bea.asks_to_pay_in("11").await);
    assert_eq!(bea.presses(&left, "leave").await.status(), 303);
    assert_eq!(bea.presses(&failed, "fail").await.status(), 303);
    bea.deposit_becomes(&failed["id"], "FAILED").await;
    assert_eq!(bea.deposit(&left["id"]).await["state"], "OPEN");
    assert_eq!(bea.money().await.0, "0.00");
    assert_eq!(bea.presses(&left, "nonsense").await.status(), 422);
    app.close().await;
}

#[tokio::test]
async fn twenty_calls_at_once_with_one_key_make_one_deposit() {
    let app = TestApp::new().await;
    let bea = app.verified("bea").await;
    let key = Uuid::new_v4();
    let made = join_all((0..20).map(|_| bea.creates_deposit("20.00", key))).await;
    let id = made[0]["deposit"]["id"].clone();
    assert!(id.is_string() && made.iter().all(|one| one["deposit"]["id"] == id), "{made:?}");
    let page = bea.deposit(&id).await["checkoutUrl"].clone();
    assert!(page.is_string());
    assert_eq!(
        bea.creates_deposit("20", key).await["deposit"]["checkoutUrl"],
        page,
        "another spelling, the same amount"
    );
    assert_eq!(refusal(&bea.creates_deposit("20.01", key).await), "IDEMPOTENCY_KEY_REUSED");
    let mine = bea.sends("query D { deposits { nodes { id } } }", json!({})).await;
    assert_eq!(mine["data"]["deposits"]["nodes"], json!([{ "id": id }]));
    app.close().await;
}

#[tokio::test]
async fn twenty_calls_with_keys_of_their_own_make_twenty_and_then_it_is_enough() {
    let app = TestApp::new().await;
    let bea = app.verified("bea").await;
    let made = join_all((0..25).map(|_| bea.creates_deposit("1.00", Uuid::new_v4()))).await;
    let (done, refused): (Vec<_>, Vec<_>) = made.iter().partition(|one| one["deposit"].is_object());
    assert_eq!((done.len(), refused.len()), (20, 5));
    assert!(refused.iter().all(|one| refusal(one) == "LIMIT_REACHED"), "{refused:?}");
    let first_to_lapse = done.iter().map(|one| one["deposit"]["lapsesAt"].as_str().unwrap()).min().unwrap();
    let message = refused[0]["userErrors"][0]["message"].as_str().unwrap();
    assert!(message.contains(first_to_lapse), "{message} says when again: {first_to_lapse}");
    bea.presses(&done[0]["deposit"], "fail").await;
    bea.deposit_becomes(&done[0]["deposit"]["id"], "FAILED").await;
    assert_eq!(bea.creates_deposit("1.00", Uuid::new_v4()).await["userErrors"], json!([]));
    app.close().await;
}

/// Abuse 6.
#[tokio::test]
async fn an_amount_has_one_form_and_anything_else_is_refused_with_one_message() {
    let app = TestApp::new().await;
    let bea = app.verified("bea").await;
    let mut messages = Vec::new();
    for amount in [
        json!("-1"),
        json!("+1"),
        json!("1.001"),
        json!("1e3"),
        json!("1,000"),
        json!(" 5"),
        json!("５"),
        json!("NaN"),
        json!("0x10"),
        json!(""),
        json!("1000000000000"),
        json!(5),
        json!(5.5),
        json!(true),
        json!(["5"]),
    ] {
        let input = json!({ "amount": amount, "idempotencyKey": Uuid::new_v4() });
        let answer = bea.sends(DEPOSIT_CREATE, json!({ "input": input })).await;
        let message = answer["errors"][0]["message"]
            .as_str()
            .unwrap_or_else(|| panic!("{amount}: {answer}"));
        assert!(message.contains("An amount is a string of 1 to 12 digits"), "{amount}: {message}");
        messages.push(message.to_owned());
    }
    messages.dedup();
    assert_eq!(messages.len(), 1, "{messages:?}");
    let key = Uuid::new_v4();
    for amount in ["0", "0.00", "0.99", "50000.01", "999999999999.99"] {
        let refused = bea.creates_deposit(amount, key).await;
        assert_eq!(refusal(&refused), "INVALID_INPUT", "{amount}");
        assert_eq!(refused["userErrors"][0]["field"], json!(["amount"]));
    }
    assert_eq!(
        bea.creates_deposit("50000.00", key).await["userErrors"],
        json!([]),
        "a refused call left no claim"
    );
    app.close().await;
}

#[tokio::test]
async fn only_the_verified_pay_in_and_everybody_sees_his_own() {
    let app = TestApp::new().await;
    let (bea, mia) = (app.verified("bea").await, app.person("mia").await);
    assert_eq!(refusal(&mia.creates_deposit("5.00", Uuid::new_v4()).await), "VERIFICATION_REQUIRED");
    let deposit = bea.asks_to_pay_in("5.00").await;
    let query = "query D($id: ID!) { deposit(id: $id) { id } }";
    for id in [deposit["id"].clone(), json!("AAAA"), json!("")] {
        let answer = mia.sends(query, json!({ "id": id })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "NOT_FOUND", "{answer}");
    }
    app.close().await;
}

#[tokio::test]
async fn my_deposits_are_paged_newest_first() {
    let app = TestApp::new().await;
    let bea = app.verified("bea").await;
    let mut ids: Vec<Value> = Vec::new();
    for _ in 0..5 {
        ids.insert(0, bea.asks_to_pay_in("5.00").await["id"].clone());
    }
    let query = "query D($after: String) { deposits(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }";
    let (mut seen, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = bea.sends(query, json!({ "after": after })).await["data"]["deposits"].clone();
        seen.extend(page["nodes"].as_array().unwrap().iter().map(|node| node["id"].clone()));
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == json!(false) {
            break;
        }
    }
    assert_eq!(seen, ids);
    app.close().await;
}

#[tokio::test]
async fn a_bank_that_is_away_leaves_the_deposit_open_and_its_page_comes_later() {
    let bank = OutsideBank::start(Line::Cut).await;
    let app = TestApp::with(|config| bank.configure(config)).await;
    bank.knows(&app);
    let bea = app.verified("bea").await;
    let key = Uuid::new_v4();
    let made = bea.creates_deposit("30.00", key).await["deposit"].clone();
    assert_eq!((&made["state"], &made["checkoutUrl"]), (&json!("OPEN"), &Value::Null));
    assert_eq!(bea.creates_deposit("30.00", key).await["deposit"], made, "still away");

    bank.set_line(Line::AnswersLost);
    assert_eq!(bea.creates_deposit("30.00", key).await["deposit"]["checkoutUrl"], Value::Null);
    bank.set_line(Line::Open);
    let found = bea.creates_deposit("30.00", key).await["deposit"].clone();
    assert_eq!(found["id"], made["id"]);
    assert_eq!(bank.books().await["payments_open"]["count"], 1, "the bank knows one payment");
    bea.presses(&found, "pay").await;
    bea.deposit_becomes(&found["id"], "CREDITED").await;
    assert_eq!(bea.money().await.0, "30.00");
    app.close().await;
}

#[tokio::test]
async fn the_timer_fetches_the_page_that_was_not_to_be_had() {
    let bank = OutsideBank::start(Line::Cut).await;
    let app = TestApp::with(|config| bank.configure(config)).await;
    let bea = app.verified("bea").await;
    let made = bea.creates_deposit("30.00", Uuid::new_v4()).await["deposit"].clone();
    assert_eq!(ask(&app).await, 0, "five minutes have not passed");
    bank.set_line(Line::Open);
    app.advance(Duration::from_secs(5 * MINUTE));
    assert_eq!(ask(&app).await, 1);
    assert!(bea.deposit(&made["id"]).await["checkoutUrl"].is_string());
    app.close().await;
}

async fn with_lost_webhooks() -> TestApp {
    TestApp::with(|config| config.bank.faults.drop_percent = 100).await
}

async fn is_paid(person: &Person<'_>, amount: &str) -> Value {
    let deposit = person.asks_to_pay_in(amount).await;
    assert_eq!(person.presses(&deposit, "pay").await.status(), 303);
    deposit["id"].clone()
}

#[tokio::test]
async fn when_the_webhook_is_lost_we_ask_and_many_askers_credit_once() {
    let app = with_lost_webhooks().await;
    let bea = app.verified("bea").await;
    let id = is_paid(&bea, "12.34").await;
    app.advance(Duration::from_secs(5 * MINUTE));
    let asked: u64 = join_all((0..8).map(|_| ask(&app))).await.into_iter().sum();
    assert_eq!(asked, 1);
    assert_eq!(bea.deposit(&id).await["state"], "CREDITED");
    assert_eq!(bea.money().await.0, "12.34");
    app.close().await;
}

#[tokio::test]
async fn an_unpaid_deposit_lapses_after_a_day_and_a_late_success_is_still_credited() {
    let app = with_lost_webhooks().await;
    let bea = app.verified("bea").await;
    let deposit = bea.asks_to_pay_in("40.00").await;
    let lapse = || deposit::lapse(app.env(), System::new());
    app.advance(Duration::from_secs(23 * HOUR));
    assert_eq!(lapse().await, Ok(0));
    app.advance(Duration::from_secs(HOUR));
    let lapsed: u64 = join_all((0..5).map(|_| lapse())).await.into_iter().map(Result::unwrap).sum();
    assert_eq!(lapsed, 1);
    let bea = app.sign_in("bea").await;
    assert_eq!(bea.deposit(&deposit["id"]).await["state"], "LAPSED");
    bea.presses(&deposit, "pay").await;
    app.advance(Duration::from_secs(24 * HOUR));
    assert_eq!(ask(&app).await, 1);
    let bea = app.sign_in("bea").await;
    assert_eq!(bea.deposit(&deposit["id"]).await["state"], "CREDITED");
    assert_eq!(bea.money().await.0, "40.00");
    assert_eq!(lapse().await, Ok(0));
    app.close().await;
}

/// M9, short: whoever hangs up in mid-request spoils nothing.
#[tokio::test]
async fn callers_who_hang_up_leave_whole_deposits_or_none() {
    use tokio::{io::AsyncWriteExt, net::TcpStream};
    let app = TestApp::new().await;
    let bea = app.verified("bea").await;
    let keys: Vec<Uuid> = (0..10).map(|_| Uuid::new_v4()).collect();
    let calls = keys.iter().enumerate().map(|(at, key)| {
        let body = json!({ "query": DEPOSIT_CREATE, "variables": { "input": { "amount": "3.00", "idempotencyKey": key } } }).to_string();
        let head = format!(
            "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nauthorization: Bearer {}\r\ncontent-length: {}\r\n\r\n",
            bea.token,
            body.len()
        );
        let whole = (head + &body).into_bytes();
        // Half of them are cut in the middle; the others hang up before the answer.
        let length = if at % 2 == 0 { whole.len() * (at + 1) / 10 } else { whole.len() };
        let bytes = whole[..length].to_vec();
        let address = app.url("").trim_start_matches("http://").to_owned();
        async move {
            let mut line = TcpStream::connect(address).await.unwrap();
            line.write_all(&bytes).await.unwrap();
        }
    });
    join_all(calls).await;
    let again = join_all(keys.iter().map(|key| bea.creates_deposit("3.00", *key))).await;
    assert!(again.iter().all(|one| one["userErrors"] == json!([])), "{again:?}");
    let mine = eventually("ten deposits and no more", || async {
        let mine = bea.sends("query D { deposits { nodes { id } } }", json!({})).await;
        let count = mine["data"]["deposits"]["nodes"].as_array().unwrap().len();
        (count == 10).then_some(count)
    });
    assert_eq!(mine.await, 10);
    app.close().await;
}
