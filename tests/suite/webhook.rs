//! The bank's webhooks: believed only when signed, taken in once, and never against our own record. Abuse 10 and 11, M10.

use std::time::Duration;

use entity::{
    bank_event,
    kinds::{AccountKind, DepositState},
    ledger_account,
    value::{DepositId, Money},
};
use futures::future::join_all;
use handover::{kernel::policy::System, wallet::deposit};
use reqwest::StatusCode;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{
    Person, TestApp,
    bank::{SECRET, Webhook},
    wallet::bare,
};

/// A server whose bank sends no webhooks of its own, so that ours are the only ones.
async fn quiet() -> TestApp {
    TestApp::with(|config| {
        config.bank.webhook_secret = Some(SECRET.into());
        config.bank.faults.drop_percent = 100;
    })
    .await
}

async fn heard(app: &TestApp) -> u64 {
    bank_event::Entity::find().count(app.env().db()).await.unwrap()
}

/// The bank's own name of a deposit's payment: the last part of its page's address.
fn reference(deposit: &Value) -> String {
    let page = deposit["checkoutUrl"].as_str().unwrap();
    page.rsplit('/').next().unwrap().to_owned()
}

/// The webhook that the bank sends when a deposit of this many fen was paid.
fn success(app: &TestApp, deposit: &Value, fen: i64) -> Webhook {
    app.webhook("payment.succeeded", bare(&deposit["id"]), &reference(deposit), fen)
}

async fn accepted(app: &TestApp, webhook: &Webhook) {
    assert_eq!(app.receives(webhook).await, (StatusCode::NO_CONTENT, String::new()));
}

async fn quarantine(app: &TestApp) -> Vec<Value> {
    let ada = app.admin(&format!("ada{}", &Uuid::new_v4().simple().to_string()[..8])).await;
    let query = "query B { bankQuarantine { webhookId subject told amount { amount } at } }";
    let answer = ada.sends(query, json!({})).await;
    answer["data"]["bankQuarantine"]
        .as_array()
        .unwrap_or_else(|| panic!("{answer}"))
        .clone()
}

async fn balance(person: &Person<'_>) -> String {
    person.money().await.0
}

#[tokio::test]
async fn a_webhook_that_comes_twenty_times_at_once_credits_once() {
    let app = quiet().await;
    let bea = app.verified("bea").await;
    let deposit = bea.asks_to_pay_in("20.00").await;
    let webhook = success(&app, &deposit, 2_000);
    join_all((0..20).map(|_| accepted(&app, &webhook))).await;
    assert_eq!((balance(&bea).await.as_str(), heard(&app).await), ("20.00", 1));
    accepted(&app, &webhook).await;
    // The same news under another id, as a bank sends it after a mishap of its own.
    join_all((0..5).map(|_| async { accepted(&app, &success(&app, &deposit, 2_000)).await })).await;
    assert_eq!((balance(&bea).await.as_str(), heard(&app).await), ("20.00", 6));
    assert!(quarantine(&app).await.is_empty());
    app.close().await;
}

#[tokio::test]
async fn what_is_forged_or_stale_is_refused_without_a_word_and_leaves_no_trace() {
    let app = quiet().await;
    let bea = app.verified("bea").await;
    let deposit = bea.asks_to_pay_in("20.00").await;
    let good = success(&app, &deposit, 2_000);
    let with = |change: fn(&mut Webhook)| {
        let mut webhook = good.clone();
        change(&mut webhook);
        webhook
    };
    let refused = [
        app.signed("another secret", &good.body, 0),
        app.signed(SECRET, &good.body, -301 - 5),
        app.signed(SECRET, &good.body, 301 + 5),
        app.signed(SECRET, "{", 0),
        app.signed(SECRET, "{}", 0),
        with(|webhook| webhook.id = "msg_other".to_owned()),
        with(|webhook| webhook.body = webhook.body.replace("2000", "9000")),
        with(|webhook| webhook.timestamp = (webhook.timestamp.parse::<i64>().unwrap() + 1).to_string()),
        with(|webhook| webhook.signature = webhook.signature.replace("v1,", "v2,")),
        with(|webhook| webhook.signature.clear()),
        with(|webhook| webhook.timestamp.clear()),
        with(|webhook| webhook.id.clear()),
    ];
    for (at, webhook) in refused.iter().enumerate() {
        let answer = app.receives(webhook).await;
        assert_eq!(answer, (StatusCode::UNAUTHORIZED, String::new()), "the {at}th");
    }
    let bare_call = app.http.post(app.url("/bank/webhook")).body("x").send().await.unwrap();
    assert_eq!(bare_call.status(), 401);
    let long = app.signed(SECRET, &" ".repeat(17 * 1024), 0);
    assert_eq!(app.receives(&long).await.0, 413);
    assert_eq!(app.http.get(app.url("/bank/webhook")).send().await.unwrap().status(), 405);
    assert_eq!((balance(&bea).await.as_str(), heard(&app).await), ("0.00", 0));
    accepted(&app, &good).await;
    assert_eq!(balance(&bea).await, "20.00");
    app.close().await;
}

#[tokio::test]
async fn an_old_webhook_that_is_played_again_changes_nothing() {
    let app = quiet().await;
    let bea = app.verified("bea").await;
    let deposit = bea.asks_to_pay_in("20.00").await;
    let webhook = success(&app, &deposit, 2_000);
    accepted(&app, &webhook).await;
    app.advance(Duration::from_secs(6 * 60));
    assert_eq!(app.receives(&webhook).await.0, 401);
    assert_eq!(balance(&bea).await, "20.00");
    app.close().await;
}

#[tokio::test]
async fn both_secrets_are_believed_while_the_bank_changes_over() {
    let app = TestApp::with(|config| {
        config.bank.webhook_secret = Some("the new secret".into());
        config.bank.previous_webhook_secret = Some(SECRET.into());
        config.bank.faults.drop_percent = 100;
    })
    .await;
    let bea = app.verified("bea").await;
    let (old, new) = (bea.asks_to_pay_in("20.00").await, bea.asks_to_pay_in("30.00").await);
    accepted(&app, &success(&app, &old, 2_000)).await;
    let body = success(&app, &new, 3_000).body;
    accepted(&app, &app.signed("the new secret", &body, 0)).await;
    assert_eq!(app.receives(&app.signed("the newest secret", &body, 0)).await.0, 401);
    assert_eq!(balance(&bea).await, "50.00");
    app.close().await;
}

#[tokio::test]
async fn what_does_not_fit_our_record_is_kept_for_a_person_and_moves_nothing() {
    let app = quiet().await;
    let (bea, tom) = (app.verified("bea").await, app.verified("tom").await);
    let (hers, his) = (bea.asks_to_pay_in("20.00").await, tom.asks_to_pay_in("20.00").await);
    let id = bare(&hers["id"]);
    let dollars = success(&app, &hers, 2_000).body.replace("CNY", "USD");
    let wrong = [
        ("too much", success(&app, &hers, 2_001)),
        ("too little", success(&app, &hers, 1)),
        ("nothing", success(&app, &hers, 0)),
        ("less than nothing", success(&app, &hers, -2_000)),
        (
            "nobody's",
            app.webhook("payment.succeeded", Uuid::new_v4(), &reference(&hers), 2_000),
        ),
        ("another's payment", app.webhook("payment.succeeded", id, &reference(&his), 2_000)),
        (
            "a payout that is a deposit",
            app.webhook("payout.returned", id, &reference(&hers), 2_000),
        ),
        ("an unknown word", app.webhook("payment.exploded", id, &reference(&hers), 2_000)),
        ("another currency", app.signed(SECRET, &dollars, 0)),
    ];
    for (_, webhook) in &wrong {
        accepted(&app, webhook).await;
        accepted(&app, webhook).await;
    }
    assert_eq!((balance(&bea).await.as_str(), balance(&tom).await.as_str()), ("0.00", "0.00"));
    let kept = quarantine(&app).await;
    assert_eq!(kept.len(), wrong.len());
    for (what, webhook) in &wrong {
        assert!(kept.iter().any(|row| row["webhookId"] == webhook.id), "{what}: {kept:?}");
    }
    assert!(kept.iter().any(|row| row["told"] == "payment.succeeded in USD"), "{kept:?}");

    accepted(&app, &success(&app, &hers, 2_000)).await;
    assert_eq!(balance(&bea).await, "20.00", "the right word still counts");
    assert_eq!(quarantine(&app).await.len(), wrong.len());
    app.close().await;
}

#[tokio::test]
async fn a_wrong_word_does_not_keep_us_from_asking_and_crediting_by_our_own_record() {
    let app = TestApp::with(|config| config.bank.faults.wrong_amount_percent = 100).await;
    let bea = app.verified("bea").await;
    let deposit = bea.asks_to_pay_in("20.00").await;
    bea.presses(&deposit, "pay").await;
    let kept = crate::support::wallet::eventually("a webhook in quarantine", || async {
        let kept = quarantine(&app).await;
        (!kept.is_empty()).then_some(kept)
    });
    assert_eq!(kept.await[0]["amount"]["amount"], "20.01");
    assert_eq!(balance(&bea).await, "0.00");
    app.advance(Duration::from_secs(5 * 60));
    assert_eq!(deposit::ask(app.env(), System::new()).await, Ok(1));
    assert_eq!(balance(&bea).await, "20.00");
    app.close().await;
}

#[tokio::test]
async fn words_about_a_payment_may_come_in_any_order() {
    let app = quiet().await;
    let bea = app.verified("bea").await;
    // What comes, and where the deposit is in the end.
    for (words, state, total) in [
        (["payment.failed", "payment.succeeded"], "CREDITED", "20.00"),
        (["payment.succeeded", "payment.failed"], "CREDITED", "40.00"),
        (["payment.succeeded", "payment.reversed"], "REVERSED", "40.00"),
        (["payment.reversed", "payment.succeeded"], "REVERSED", "40.00"),
    ] {
        let deposit = bea.asks_to_pay_in("20.00").await;
        for word in words {
            accepted(&app, &app.webhook(word, bare(&deposit["id"]), &reference(&deposit), 2_000)).await;
        }
        assert_eq!(bea.deposit(&deposit["id"]).await["state"], state, "{words:?}");
        assert_eq!(balance(&bea).await, total, "{words:?}");
    }
    let told: Vec<Value> = quarantine(&app).await.iter().map(|row| row["told"].clone()).collect();
    assert_eq!(told, ["payment.failed"], "what contradicts the books is shown to a person");
    app.close().await;
}

#[tokio::test]
async fn different_words_at_once_end_the_same_as_one_after_the_other() {
    let app = quiet().await;
    let bea = app.verified("bea").await;
    for _ in 0..5 {
        let deposit = bea.asks_to_pay_in("20.00").await;
        let word = |word: &str| app.webhook(word, bare(&deposit["id"]), &reference(&deposit), 2_000);
        let words = [
            word("payment.succeeded"),
            word("payment.failed"),
            word("payment.succeeded"),
            word("payment.reversed"),
        ];
        join_all(words.iter().map(|word| accepted(&app, word))).await;
        assert_eq!(bea.deposit(&deposit["id"]).await["state"], "REVERSED");
        assert_eq!(balance(&bea).await, "0.00");
    }
    app.close().await;
}

#[tokio::test]
async fn a_webhook_may_come_before_we_know_the_payment_s_name() {
    use crate::support::bank::{Line, OutsideBank};
    let bank = OutsideBank::start(Line::Cut).await;
    let app = TestApp::with(|config| bank.configure(config)).await;
    let bea = app.verified("bea").await;
    let deposit = bea.creates_deposit("20.00", Uuid::new_v4()).await["deposit"].clone();
    accepted(&app, &app.webhook("payment.succeeded", bare(&deposit["id"]), "pay_early", 2_000)).await;
    assert_eq!(balance(&bea).await, "20.00");
    app.close().await;
}

#[tokio::test]
async fn a_reversal_takes_what_is_there_and_the_rest_is_owed_to_the_platform() {
    let app = quiet().await;
    let bea = app.verified("bea").await;
    let deposit = bea.asks_to_pay_in("20.00").await;
    accepted(&app, &success(&app, &deposit, 2_000)).await;
    let account = bea.adds_account("6222020200112345").await;
    let under_way = bea.withdraws("15.00", &account).await;
    let reversal = app.webhook("payment.reversed", bare(&deposit["id"]), &reference(&deposit), 2_000);
    join_all((0..5).map(|_| accepted(&app, &reversal))).await;
    assert_eq!(bea.deposit(&deposit["id"]).await["state"], "REVERSED");
    assert_eq!(bea.money().await, ("0.00".to_owned(), "15.00".to_owned()));
    let owed = bea.debts("DEBTOR").await;
    assert_eq!(
        (owed.len(), &owed[0]["cause"], &owed[0]["remaining"]["amount"], &owed[0]["creditor"]),
        (1, &json!("DEPOSIT_REVERSED"), &json!("15.00"), &Value::Null)
    );
    let ada = app.admin("ada").await;
    let platform = ada.platform().await;
    assert_eq!(
        (platform.0.as_str(), platform.2.as_str()),
        ("-15.00", "0.00"),
        "the bank has it all back"
    );
    bea.takes_back(&under_way, Uuid::new_v4()).await;
    assert_eq!(bea.money().await, ("0.00".to_owned(), "0.00".to_owned()));
    assert_eq!(bea.left("DEBTOR").await, ["0.00"]);
    assert_eq!(ada.platform().await.0, "0.00");
    app.close().await;
}

#[tokio::test]
async fn what_is_paid_in_after_its_owner_has_left_waits_for_an_admin() {
    let app = quiet().await;
    let bea = app.verified("bea").await;
    let (paid, user) = (bea.asks_to_pay_in("20.00").await, bea.id().await);
    app.advance(Duration::from_secs(24 * 60 * 60));
    assert_eq!(deposit::lapse(app.env(), System::new()).await, Ok(1));
    // As long as we ask, he cannot leave.
    for _ in 0..30 {
        app.advance(Duration::from_secs(24 * 60 * 60));
        deposit::ask(app.env(), System::new()).await.unwrap();
    }
    let bea = app.sign_in("bea").await;
    let left = bea.closes("bea").await;
    assert_eq!(left["closed"], true, "{left}");
    for _ in 0..2 {
        accepted(&app, &success(&app, &paid, 2_000)).await;
    }
    let db = app.env().db();
    let row = entity::deposit::Entity::find_by_id(DepositId(bare(&paid["id"]))).one(db).await;
    assert_eq!(row.unwrap().unwrap().state, DepositState::Lapsed);
    let wallet = ledger_account::Entity::find_by_id((user.0, AccountKind::Available)).one(db).await;
    assert!(wallet.unwrap().is_none_or(|wallet| wallet.balance == Money::ZERO));
    let ada = app.admin("ada").await;
    let waiting = ada
        .sends("query B { bankDifferences { nodes { kind ours theirs } } }", json!({}))
        .await;
    assert_eq!(
        waiting["data"]["bankDifferences"]["nodes"],
        json!([{ "kind": "MISMATCH", "ours": "LAPSED", "theirs": "succeeded" }])
    );
    app.close().await;
}
