//! What a user sees of his money.

use std::time::Duration;

use handover::{kernel::policy::System, wallet::withdrawal};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{
    Person, TestApp,
    wallet::{PAYOUT_ADD, refusal},
};

const STATEMENT: &str = "query S($first: Int, $after: String, $filter: WalletStatementFilter) { walletStatement(first: $first, after: $after, filter: $filter) { nodes { at cause amount { amount } balance { amount } subject { __typename ... on Order { id } ... on Deposit { id state } ... on Withdrawal { id } } } pageInfo { hasNextPage endCursor } } }";

async fn lines(person: &Person<'_>, variables: Value) -> Vec<Value> {
    let answer = person.sends(STATEMENT, variables).await;
    let nodes = answer["data"]["walletStatement"]["nodes"].as_array();
    nodes.unwrap_or_else(|| panic!("{answer}")).clone()
}

/// Cause, amount and balance of each line.
fn short(lines: &[Value]) -> Vec<String> {
    let text = |line: &Value, part: &str| line[part]["amount"].as_str().unwrap().to_owned();
    lines
        .iter()
        .map(|line| {
            format!(
                "{} {} {}",
                line["cause"].as_str().unwrap(),
                text(line, "amount"),
                text(line, "balance")
            )
        })
        .collect()
}

#[tokio::test]
async fn a_statement_tells_each_movement_with_its_cause_and_the_balance_after_it() {
    let app = TestApp::new().await;
    let (bea, account) = app.cashier("bea", "100.00").await;
    let taken = bea.withdraws("40.00", &account).await;
    bea.takes_back(&taken, Uuid::new_v4()).await;
    let paid = bea.withdraws("30.00", &account).await;
    withdrawal::send(app.env(), System::new()).await.unwrap();
    bea.withdrawal_becomes(&paid, "PAID").await;
    let all = lines(&bea, json!({})).await;
    assert_eq!(
        short(&all),
        [
            "WITHDRAWAL_HOLD -30.00 70.00",
            "WITHDRAWAL_GIVEN_BACK 40.00 100.00",
            "WITHDRAWAL_HOLD -40.00 60.00",
            "DEPOSIT 100.00 100.00"
        ]
    );
    assert_eq!(all[0]["subject"], json!({ "__typename": "Withdrawal", "id": paid }));
    assert_eq!(
        (&all[3]["subject"]["__typename"], &all[3]["subject"]["state"]),
        (&json!("Deposit"), &json!("CREDITED"))
    );

    let held = lines(&bea, json!({ "filter": { "part": "HELD" } })).await;
    assert_eq!(
        short(&held),
        [
            "WITHDRAWAL_PAID -30.00 0.00",
            "WITHDRAWAL_HOLD 30.00 30.00",
            "WITHDRAWAL_GIVEN_BACK -40.00 0.00",
            "WITHDRAWAL_HOLD 40.00 40.00"
        ]
    );
    filters_and_pages(&bea, &all).await;
    let tom = app.person("tom").await;
    assert_eq!(lines(&tom, json!({})).await, Vec::<Value>::new());
    let answer = bea.sends(STATEMENT, json!({ "first": 1 })).await;
    let hers = answer["data"]["walletStatement"]["pageInfo"]["endCursor"].clone();
    assert_eq!(lines(&bea, json!({ "after": hers })).await.len(), 3);
    assert_eq!(
        lines(&tom, json!({ "after": hers })).await.len(),
        0,
        "another's cursor opens nothing"
    );
    app.close().await;
}

async fn filters_and_pages(bea: &Person<'_>, all: &[Value]) {
    let by_cause = lines(
        bea,
        json!({ "filter": { "causes": ["DEPOSIT", "WITHDRAWAL_GIVEN_BACK", "DEPOSIT"] } }),
    )
    .await;
    assert_eq!(short(&by_cause), ["WITHDRAWAL_GIVEN_BACK 40.00 100.00", "DEPOSIT 100.00 100.00"]);
    let (first, next) = (all[3]["at"].clone(), all[2]["at"].clone());
    assert_eq!(lines(bea, json!({ "filter": { "before": next } })).await.len(), 1);
    assert_eq!(lines(bea, json!({ "filter": { "from": next } })).await.len(), 3);
    assert_eq!(lines(bea, json!({ "filter": { "from": first, "before": first } })).await.len(), 0);

    let (mut seen, mut after) = (Vec::new(), Value::Null);
    loop {
        let answer = bea.sends(STATEMENT, json!({ "first": 3, "after": after })).await;
        let page = answer["data"]["walletStatement"].clone();
        seen.extend(page["nodes"].as_array().unwrap_or_else(|| panic!("{answer}")).clone());
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == json!(false) {
            break;
        }
    }
    assert_eq!(seen, all);
}

#[tokio::test]
async fn payout_accounts_are_added_listed_and_removed_and_nobody_sees_their_numbers() {
    let app = TestApp::new().await;
    let (bea, mia) = (app.verified("bea").await, app.person("mia").await);
    assert_eq!(
        refusal(&adds(&mia, "6222020200112345", Uuid::new_v4()).await),
        "VERIFICATION_REQUIRED"
    );
    for wrong in ["1234567", "622202020011234x", "６２２２０２０２００１１", "12345678\u{202e}"] {
        let refused = adds(&bea, wrong, Uuid::new_v4()).await;
        assert_eq!(
            (refusal(&refused), &refused["userErrors"][0]["field"]),
            ("INVALID_INPUT", &json!(["number"])),
            "{wrong}"
        );
    }
    let key = Uuid::new_v4();
    let first = adds(&bea, "6222 0202 0011 2345", key).await["payoutAccount"].clone();
    assert_eq!(first["lastFour"], "2345");
    assert_eq!(
        adds(&bea, "6222020200112345", key).await["payoutAccount"],
        first,
        "another spelling of the same number"
    );
    assert_eq!(refusal(&adds(&bea, "6222020200119999", key).await), "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(refusal(&adds(&bea, "6222020200112345", Uuid::new_v4()).await), "INVALID_INPUT");
    let racing = futures::future::join_all((0..8).map(|at| {
        let number = format!("622202020011000{at}");
        let bea = &bea;
        async move { adds(bea, &number, Uuid::new_v4()).await }
    }))
    .await;
    assert_eq!(
        racing.iter().filter(|one| refusal(one) == "none").count(),
        4,
        "five in all: {racing:?}"
    );
    assert_eq!(racing.iter().filter(|one| refusal(one) == "LIMIT_REACHED").count(), 4);

    is_removed(&app, &bea, &first).await;
    let rows = entity::payout_account::Entity::find().all(app.env().db()).await.unwrap();
    for row in rows {
        for sealed in [&row.number_sealed, &row.holder_sealed, &row.number_index] {
            assert!(!String::from_utf8_lossy(sealed).contains("62220202"));
        }
    }
    app.close().await;
}

async fn is_removed(app: &TestApp, bea: &Person<'_>, first: &Value) {
    let remove = "mutation R($input: PayoutAccountRemoveInput!) { payoutAccountRemove(input: $input) { payoutAccount { removedAt } userErrors { code } } }";
    let tom = app.verified("tom").await;
    let ask = json!({ "input": { "id": first["id"] } });
    assert_eq!(tom.sends(remove, ask.clone()).await["errors"][0]["extensions"]["code"], "NOT_FOUND");
    let removed = bea.sends(remove, ask.clone()).await;
    assert!(
        removed["data"]["payoutAccountRemove"]["payoutAccount"]["removedAt"].is_string(),
        "{removed}"
    );
    assert_eq!(bea.sends(remove, ask).await["errors"][0]["extensions"]["code"], "NOT_FOUND");
    let mine = bea.sends("query P { payoutAccounts { id lastFour } }", json!({})).await;
    assert_eq!(mine["data"]["payoutAccounts"].as_array().unwrap().len(), 4, "{mine}");
    assert!(!mine.to_string().contains("62220202"), "{mine}");
    // What was removed may be added again.
    assert_eq!(refusal(&adds(bea, "6222020200112345", Uuid::new_v4()).await), "none");
}

async fn adds(person: &Person<'_>, number: &str, key: Uuid) -> Value {
    let input = json!({ "number": number, "idempotencyKey": key });
    let answer = person.sends(PAYOUT_ADD, json!({ "input": input })).await;
    assert!(answer["data"]["payoutAccountAdd"].is_object(), "{answer}");
    answer["data"]["payoutAccountAdd"].clone()
}

#[tokio::test]
async fn a_blacklisted_user_pays_in_and_takes_out_as_before() {
    let app = TestApp::new().await;
    let (bea, account) = app.cashier("bea", "100.00").await;
    let tx = app.env().begin().await.unwrap();
    let row = entity::standing::ActiveModel {
        user_id: Set(bea.id().await),
        blacklisted: Set(true),
        ..Default::default()
    };
    row.update(tx.db()).await.unwrap();
    tx.commit().await.unwrap();
    let bea = bea.with_balance("20.00").await;
    let id = bea.withdraws("110.00", &account).await;
    withdrawal::send(app.env(), System::new()).await.unwrap();
    bea.withdrawal_becomes(&id, "PAID").await;
    assert_eq!(bea.money().await.0, "10.00");
    let other = bea.adds_account("6222020200118888").await;
    app.advance(Duration::from_secs(25 * 60 * 60));
    let bea = app.sign_in("bea").await;
    let last = bea.withdraws("10.00", &other).await;
    assert_eq!(refusal(&bea.takes_back(&last, Uuid::new_v4()).await), "none");
    assert_eq!(lines(&bea, json!({})).await.len(), 5);
    app.close().await;
}

#[tokio::test]
async fn proceeds_that_settle_are_shown_with_their_orders_and_dates() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await.with_balance("30.00").await);
    let order = bea.buys(&sam.sells("20.00").await).await;
    sam.delivers(&order, "first").await;
    bea.confirms(&order).await;
    let query =
        "query W { wallet { available { amount } settling { amount } settlingEntries { amount { amount } settlesAt order { id } } } }";
    let wallet = sam.sends(query, json!({})).await["data"]["wallet"].clone();
    assert_eq!(
        (&wallet["available"]["amount"], &wallet["settling"]["amount"]),
        (&json!("0.00"), &json!("19.00"))
    );
    let entry = &wallet["settlingEntries"][0];
    assert_eq!(
        (&entry["amount"]["amount"], &entry["order"]["id"]),
        (&json!("19.00"), &json!(order))
    );
    assert_eq!(entry["settlesAt"], sam.looks_at(&order).await["data"]["order"]["settlesAt"]);
    let hers = lines(&bea, json!({})).await;
    assert_eq!(short(&hers), ["ORDER_HOLD -20.00 10.00", "DEPOSIT 30.00 30.00"]);
    assert_eq!(hers[0]["subject"], json!({ "__typename": "Order", "id": order }));
    app.advance(Duration::from_secs(8 * 24 * 60 * 60));
    handover::order::timers::settle(app.env(), System::new()).await.unwrap();
    let sam = app.sign_in("sam").await;
    let wallet = sam.sends(query, json!({})).await["data"]["wallet"].clone();
    assert_eq!(
        (&wallet["available"]["amount"], &wallet["settlingEntries"]),
        (&json!("19.00"), &json!([]))
    );
    let his = lines(&sam, json!({ "filter": { "part": "SETTLING" } })).await;
    assert_eq!(short(&his), ["SETTLE -19.00 0.00", "ORDER_PAYOUT 19.00 19.00"]);
    app.close().await;
}

/// What listeners are told, in order.
async fn told(app: &TestApp, person: &Person<'_>) -> Vec<String> {
    use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
    let stream = handover::kernel::event::user_stream(person.id().await);
    let rows = entity::event::Entity::find()
        .filter(entity::event::Column::Stream.eq(stream))
        .order_by_asc(entity::event::Column::Seq)
        .all(app.env().db())
        .await
        .unwrap();
    let kind = |row: &entity::event::Model| {
        let event: Value = serde_json::from_str(&row.event).unwrap();
        event["kind"].as_str().unwrap().to_owned()
    };
    let money = |kind: &String| kind.starts_with("deposit_") || kind.starts_with("withdrawal_");
    rows.iter().map(kind).filter(money).collect()
}

#[tokio::test]
async fn each_step_of_money_is_told_once_and_seen_by_its_owner_alone() {
    let app = TestApp::new().await;
    let (bea, account) = app.cashier_at("bea", "100.00", "6222020200110002").await;
    let failed = bea.asks_to_pay_in("5.00").await;
    bea.presses(&failed, "fail").await;
    bea.deposit_becomes(&failed["id"], "FAILED").await;
    let taken = bea.withdraws("10.00", &account).await;
    bea.takes_back(&taken, Uuid::new_v4()).await;
    let sent = bea.withdraws("10.00", &account).await;
    withdrawal::send(app.env(), System::new()).await.unwrap();
    bea.withdrawal_becomes(&sent, "RETURNED").await;
    assert_eq!(
        told(&app, &bea).await,
        [
            "deposit_credited",
            "deposit_failed",
            "withdrawal_requested",
            "withdrawal_given_back",
            "withdrawal_requested",
            "withdrawal_sent",
            "withdrawal_paid",
            "withdrawal_given_back"
        ]
    );
    let tom = app.verified("tom").await;
    let ids = json!({ "ids": [failed["id"], sent, account] });
    let query = "query N($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";
    let hers = bea.sends(query, ids.clone()).await;
    let kinds: Vec<_> = hers["data"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["__typename"].clone())
        .collect();
    assert_eq!(kinds, ["Deposit", "Withdrawal", "PayoutAccount"], "{hers}");
    for answer in [tom.sends(query, ids.clone()).await, app.send(None, query, ids).await] {
        assert_eq!(answer["data"]["nodes"], json!([null, null, null]), "{answer}");
    }
    app.close().await;
}
