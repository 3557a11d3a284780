//! Debts: what comes in pays them first, once, in their order; advance, waiver and write-off move what they should and no more. M2.

use std::time::Duration;

use futures::future::join_all;
use handover::{
    kernel::policy::System,
    wallet::{debt, decision, ledger::AccountKey},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Person, TestApp, wallet::refusal};

const HOUR: u64 = 60 * 60;

async fn pass_on(app: &TestApp) -> u64 {
    debt::pass_on(app.env(), System::new()).await.unwrap()
}

async fn available(person: &Person<'_>) -> String {
    person.money().await.0
}

/// An admin pair, with so much in the platform's compensation.
async fn funded<'a>(app: &'a TestApp, amount: &str) -> (Person<'a>, Person<'a>) {
    let (ada, bob) = (app.admin("ada").await, app.admin("bob").await);
    app.earns(amount).await;
    let decision = ada.proposes_to_fund(amount).await;
    let done = bob.seconds(&decision, None, Uuid::new_v4()).await;
    assert_eq!(done["decision"]["state"], "DONE", "{done}");
    (ada, bob)
}

#[tokio::test]
async fn a_debt_takes_what_is_there_and_whatever_comes_in_and_blocks_its_debtor_until_it_is_paid() {
    let app = TestApp::new().await;
    let (sam, account) = app.cashier("sam", "30.00").await;
    let (bea, tom) = (app.verified("bea").await, app.verified("tom").await);
    tom.has("100.00").await;
    let offered = tom.sells("10.00").await;
    let debt = app.owes(&sam, Some(&bea), "50.00").await;
    assert_eq!(
        (available(&sam).await, available(&bea).await),
        ("0.00".to_owned(), "30.00".to_owned())
    );
    assert_eq!(sam.left("DEBTOR").await, ["20.00"]);
    assert_eq!(refusal(&sam.withdraws_by("10.00", &account, Uuid::new_v4()).await), "DEBT_OPEN");
    assert_eq!(refusal(&sam.asks_for(&offered, Uuid::new_v4()).await), "DEBT_OPEN");

    let order = tom.buys(&sam.sells("20.00").await).await;
    sam.delivers(&order, "secret word 1").await;
    tom.confirms(&order).await;
    assert_eq!(available(&bea).await, "49.00", "proceeds pay at once, settled or not");
    assert_eq!(sam.wallet().await["settling"]["amount"], "0.00");
    let sam = sam.with_balance("5.00").await;
    assert_eq!(
        (available(&sam).await, available(&bea).await),
        ("4.00".to_owned(), "50.00".to_owned())
    );
    let paid = &sam.debts("DEBTOR").await[0];
    assert_eq!((&paid["id"], &paid["remaining"]["amount"]), (&json!(debt), &json!("0.00")));
    assert!(paid["endedAt"].is_string(), "{paid}");
    assert_eq!(paid["changes"].as_array().unwrap().len(), 3, "{paid}");
    app.advance(Duration::from_secs(8 * 24 * HOUR));
    assert_eq!(handover::order::timers::settle(app.env(), System::new()).await.unwrap(), 1);
    let sam = app.sign_in("sam").await;
    assert_eq!(available(&sam).await, "4.00", "what was taken out of settling does not settle");
    sam.has("6.00").await;
    sam.withdraws("10.00", &account).await;
    statement_names_the_debt(&app.sign_in("bea").await, &debt).await;
    app.close().await;
}

async fn statement_names_the_debt(creditor: &Person<'_>, debt: &str) {
    let query = "query S { walletStatement { nodes { cause amount { amount } subject { __typename ... on Debt { id } } } } }";
    let answer = creditor.sends(query, json!({})).await;
    let lines = answer["data"]["walletStatement"]["nodes"]
        .as_array()
        .unwrap_or_else(|| panic!("{answer}"))
        .clone();
    assert_eq!(
        lines[0],
        json!({ "cause": "DEBT_PAID", "amount": { "amount": "1.00" }, "subject": { "__typename": "Debt", "id": debt } })
    );
}

#[tokio::test]
async fn users_are_paid_before_the_platform_and_the_oldest_first() {
    let app = TestApp::new().await;
    let (sam, bea, tom) = (app.verified("sam").await, app.verified("bea").await, app.verified("tom").await);
    app.owes(&sam, None, "10.00").await;
    app.owes(&sam, Some(&bea), "10.00").await;
    app.owes(&sam, Some(&tom), "10.00").await;
    sam.has("15.00").await;
    assert_eq!(
        (available(&bea).await, available(&tom).await),
        ("10.00".to_owned(), "5.00".to_owned())
    );
    assert_eq!(sam.left("DEBTOR").await, ["10.00", "0.00", "5.00"]);
    sam.has("16.00").await;
    assert_eq!(sam.left("DEBTOR").await, ["0.00", "0.00", "0.00"]);
    assert_eq!(
        (available(&tom).await, available(&sam).await),
        ("10.00".to_owned(), "1.00".to_owned())
    );
    app.close().await;
}

#[tokio::test]
async fn a_creditor_who_owes_passes_it_on_and_a_circle_comes_to_rest() {
    let app = TestApp::new().await;
    let (sam, bea, tom) = (app.verified("sam").await, app.verified("bea").await, app.verified("tom").await);
    app.owes(&sam, Some(&bea), "10.00").await;
    app.owes(&bea, Some(&tom), "10.00").await;
    app.owes(&tom, Some(&sam), "8.00").await;
    sam.has("10.00").await;
    assert_eq!(available(&bea).await, "10.00", "he was paid");
    let mut rounds = 0;
    while pass_on(&app).await > 0 {
        rounds += 1;
        assert!(rounds < 10);
    }
    let has = (available(&sam).await, available(&bea).await, available(&tom).await);
    assert_eq!(has, ("8.00".to_owned(), "0.00".to_owned(), "2.00".to_owned()));
    for person in [&sam, &bea, &tom] {
        assert_eq!(person.left("DEBTOR").await, ["0.00"], "{}", person.name);
    }
    app.close().await;
}

/// Credits, new debts and opposite payments at once: nothing is paid twice, nothing stays while there is money for it.
#[tokio::test]
async fn whatever_comes_at_once_each_debt_is_paid_once() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    let credit = async |person: &Person<'_>| person.has("5.00").await;
    let owe = async |debtor: &Person<'_>, creditor: &Person<'_>| drop(app.owes(debtor, Some(creditor), "5.00").await);
    for _ in 0..4 {
        tokio::join!(
            credit(&sam),
            owe(&sam, &bea),
            credit(&bea),
            owe(&bea, &sam),
            credit(&sam),
            owe(&sam, &bea),
            async {
                pass_on(&app).await;
            },
            credit(&bea),
        );
    }
    while pass_on(&app).await > 0 {}
    for person in [&sam, &bea] {
        let left = person.left("DEBTOR").await;
        assert!(left.iter().all(|left| left == "0.00"), "{}: {left:?}", person.name);
    }
    assert_eq!(
        (available(&sam).await, available(&bea).await),
        ("20.00".to_owned(), "60.00".to_owned())
    );
    app.close().await;
}

#[tokio::test]
async fn compensation_is_funded_by_two_admins_out_of_what_was_earned() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.admin("ada").await, app.admin("bob").await);
    app.earns("100.00").await;
    let key = Uuid::new_v4();
    let made = join_all((0..20).map(|_| ada.funds("80.00", key))).await;
    let id = made[0]["decision"]["id"].clone();
    assert!(
        made.iter()
            .all(|one| one["decision"]["id"] == id && one["decision"]["state"] == "OPEN"),
        "{made:?}"
    );
    assert_eq!(refusal(&ada.funds("81.00", key).await), "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(
        refusal(&bob.funds("5.00", Uuid::new_v4()).await),
        "WRONG_STATE",
        "one waits at a time"
    );
    assert_eq!(refusal(&ada.seconds(&id, None, Uuid::new_v4()).await), "OWN_MATTER");
    assert_eq!(ada.platform().await.1, "0.00");
    let done = join_all((0..20).map(|_| bob.seconds(&id, None, Uuid::new_v4()))).await;
    assert_eq!(done.iter().filter(|one| refusal(one) == "none").count(), 1, "{done:?}");
    assert!(done.iter().all(|one| ["none", "ALREADY_DECIDED"].contains(&refusal(one))));
    assert_eq!(
        (ada.platform().await.0, ada.platform().await.1),
        ("20.00".to_owned(), "80.00".to_owned())
    );

    let more = ada.proposes_to_fund("20.01").await;
    assert_eq!(refusal(&bob.seconds(&more, None, Uuid::new_v4()).await), "INSUFFICIENT_FUNDS");
    let refused = bob.seconds(&more, Some("There is less."), Uuid::new_v4()).await;
    assert_eq!(
        (&refused["decision"]["state"], &refused["decision"]["refusal"]),
        (&json!("REFUSED"), &json!("There is less."))
    );
    app.close().await;
}

#[tokio::test]
async fn an_advance_pays_the_creditor_and_the_platform_is_owed_it_instead() {
    let app = TestApp::new().await;
    let (ada, bob) = funded(&app, "100.00").await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    let debt = app.owes(&sam, Some(&bea), "60.00").await;
    assert_eq!(refusal(&ada.advances(&debt, "60.01", Uuid::new_v4()).await), "INVALID_INPUT");
    let key = Uuid::new_v4();
    let made = join_all((0..20).map(|_| ada.advances(&debt, "40.00", key))).await;
    assert!(made.iter().all(|one| one["decision"]["state"] == "DONE"), "{made:?}");
    assert_eq!(
        (available(&bea).await, ada.platform().await.1),
        ("40.00".to_owned(), "60.00".to_owned())
    );
    assert_eq!(sam.left("DEBTOR").await, ["20.00", "40.00"], "he owes the same in all");
    // More than is left, under keys of their own: what was advanced is not advanced again.
    let racing = join_all((0..10).map(|at| if at % 2 == 0 { &ada } else { &bob }.advances(&debt, "15.00", Uuid::new_v4()))).await;
    assert_eq!(racing.iter().filter(|one| refusal(one) == "none").count(), 1, "{racing:?}");
    assert_eq!(sam.left("DEBTOR").await, ["5.00", "40.00", "15.00"]);

    sam.has("50.00").await;
    assert_eq!(
        sam.left("DEBTOR").await,
        ["0.00", "0.00", "10.00"],
        "the user first, then the platform"
    );
    assert_eq!(
        (available(&bea).await, ada.platform().await.1),
        ("60.00".to_owned(), "90.00".to_owned())
    );
    let advance = sam.debts("DEBTOR").await[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(refusal(&ada.advances(&advance, "1.00", Uuid::new_v4()).await), "WRONG_STATE");
    let written = ada.writes_off(&advance, Uuid::new_v4()).await;
    assert_eq!(written["decision"]["state"], "DONE", "{written}");
    assert_eq!(sam.left("DEBTOR").await, ["0.00", "0.00", "0.00"]);
    assert_eq!(
        app.balance(AccountKey::COMPENSATION).await,
        "90.00",
        "a loss that was borne when it was advanced"
    );
    app.close().await;
}

#[tokio::test]
async fn a_debt_to_a_user_ends_by_his_own_waiver_and_not_by_the_platform_s() {
    let app = TestApp::new().await;
    let (sam, account) = app.cashier("sam", "20.00").await;
    let ada = app.admin("ada").await;
    let (bea, eve) = (app.verified("bea").await, app.verified("eve").await);
    let debt = app.owes(&sam, Some(&bea), "60.00").await;
    assert_eq!(refusal(&ada.writes_off(&debt, Uuid::new_v4()).await), "WRONG_STATE");
    for stranger in [&sam, &eve, &ada] {
        let answer = stranger.waives(&debt, Uuid::new_v4()).await;
        assert_eq!(
            answer["errors"][0]["extensions"]["code"], "NOT_FOUND",
            "{}: {answer}",
            stranger.name
        );
    }
    let waived = join_all((0..20).map(|_| bea.waives(&debt, Uuid::new_v4()))).await;
    assert_eq!(waived.iter().filter(|one| refusal(one) == "none").count(), 1, "{waived:?}");
    let changes: Vec<Value> = sam.debts("DEBTOR").await[0]["changes"].as_array().unwrap().clone();
    assert_eq!(changes[1], json!({ "kind": "WAIVED", "amount": { "amount": "40.00" } }));
    sam.has("10.00").await;
    sam.withdraws("10.00", &account).await;
    app.close().await;
}

#[tokio::test]
async fn above_twenty_thousand_a_second_admin_agrees_within_three_days_or_it_is_void() {
    let app = TestApp::new().await;
    let (ada, bob) = funded(&app, "50000.00").await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    let debt = app.owes(&sam, Some(&bea), "30000.00").await;
    let first = ada.advances(&debt, "20000.01", Uuid::new_v4()).await;
    assert_eq!(
        (&first["decision"]["state"], &first["decision"]["proposedByYou"]),
        (&json!("OPEN"), &json!(true))
    );
    assert_eq!(first["decision"]["debt"]["remaining"]["amount"], "30000.00");
    let id = first["decision"]["id"].clone();
    app.advance(Duration::from_secs(72 * HOUR));
    let (ada, bob) = (app.sign_in(&ada.name).await, app.sign_in(&bob.name).await);
    assert_eq!(
        refusal(&bob.seconds(&id, None, Uuid::new_v4()).await),
        "WRONG_STATE",
        "too late, timer or not"
    );
    assert_eq!(decision::lapse(app.env(), System::new()).await.unwrap(), 1);
    assert_eq!(decision::lapse(app.env(), System::new()).await.unwrap(), 0);

    let again = ada.advances(&debt, "20000.01", Uuid::new_v4()).await["decision"]["id"].clone();
    let (yes, no) = tokio::join!(
        bob.seconds(&again, None, Uuid::new_v4()),
        bob.seconds(&again, Some("No."), Uuid::new_v4())
    );
    assert!((refusal(&yes) == "none") != (refusal(&no) == "none"), "{yes} {no}");
    let advanced = refusal(&yes) == "none";
    let bea = app.sign_in("bea").await;
    assert_eq!(available(&bea).await, if advanced { "20000.01" } else { "0.00" });
    app.close().await;
}

#[tokio::test]
async fn the_list_of_debts_is_for_admins_and_filtered() {
    let app = TestApp::new().await;
    let ada = app.admin("ada").await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    let (hers, ours) = (app.owes(&sam, Some(&bea), "10.00").await, app.owes(&sam, None, "10.00").await);
    app.owes(&bea, None, "1.00").await;
    bea.has("1.00").await;
    let query = "query L($filter: DebtFilter) { debts(filter: $filter) { nodes { id } } }";
    let ids = async |filter: Value| -> Vec<String> {
        let answer = ada.sends(query, json!({ "filter": filter })).await;
        let nodes = answer["data"]["debts"]["nodes"]
            .as_array()
            .unwrap_or_else(|| panic!("{answer}"))
            .clone();
        nodes.iter().map(|node| node["id"].as_str().unwrap().to_owned()).collect()
    };
    let (sam_id, bea_id) = (sam.public_id().await, bea.public_id().await);
    assert_eq!(ids(json!({})).await.len(), 3);
    assert_eq!(ids(json!({ "debtorId": sam_id })).await, [ours.clone(), hers.clone()]);
    assert_eq!(ids(json!({ "creditorId": bea_id })).await, std::slice::from_ref(&hers));
    assert_eq!(ids(json!({ "toPlatform": true, "open": true })).await, [ours]);
    assert_eq!(ids(json!({ "open": false })).await.len(), 1);
    assert_eq!(ids(json!({ "cause": "DEPOSIT_REVERSED" })).await.len(), 0);
    let stranger = sam.sends(query, json!({ "filter": {} })).await;
    assert_eq!(stranger["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let node = "query N($id: ID!) { node(id: $id) { __typename ... on Debt { remaining { amount } } } }";
    for person in [&sam, &bea, &ada] {
        let seen = person.sends(node, json!({ "id": hers })).await;
        assert_eq!(seen["data"]["node"]["remaining"]["amount"], "10.00", "{seen}");
    }
    let eve = app.verified("eve").await;
    let unseen = eve.sends(node, json!({ "id": hers })).await;
    assert_eq!(unseen["errors"][0]["extensions"]["code"], "NOT_FOUND", "{unseen}");
    app.close().await;
}

#[tokio::test]
async fn the_proof_of_the_ledger_finds_debts_and_freezes_that_do_not_add_up() {
    use sea_orm::ConnectionTrait;
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    app.owes(&sam, Some(&bea), "10.00").await;
    sam.has("4.00").await;
    for (spoil, mend, says) in [
        (
            "UPDATE debts SET remaining = remaining - 1",
            "UPDATE debts SET remaining = remaining + 1",
            "what remains of a debt",
        ),
        (
            "UPDATE ledger_accounts SET owed = owed + 1 WHERE owed > 0",
            "UPDATE ledger_accounts SET owed = owed - 1 WHERE owed > 0",
            "what its owner owes",
        ),
        (
            "UPDATE ledger_accounts SET frozen = 1 WHERE owed > 0",
            "UPDATE ledger_accounts SET frozen = 0 WHERE owed > 0",
            "its freezes",
        ),
        (
            "UPDATE debt_changes SET kind = 'ADVANCED'",
            "UPDATE debt_changes SET kind = 'PAID'",
            "did not move its money",
        ),
    ] {
        for (statement, found) in [(spoil, true), (mend, false)] {
            let tx = app.env().begin().await.unwrap();
            tx.db().execute_unprepared(statement).await.unwrap();
            tx.commit().await.unwrap();
            let report = handover::wallet::ledger::verify(app.env().db()).await.unwrap();
            let problem = report.problems.iter().any(|problem| problem.contains(says));
            assert_eq!(problem, found, "{statement}: {:?}", report.problems);
        }
    }
    app.close().await;
}
