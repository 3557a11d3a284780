//! Claims under attack, by sellers, by buyers and by chance: abuse 7, 18, 19, 20b, 20c, 22, 24, 25, 27a and 27b.

use std::time::Duration;

use entity::value::UserId;
use handover::{
    app::Act,
    kernel::{event::user_stream, policy::System, sql},
    order,
    wallet::withdrawal,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Person, TestApp, orders::code, wallet::refusal};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn trade(app: &TestApp) -> (Person<'_>, Person<'_>, Person<'_>, String) {
    let (sam, bea, ada) = (app.verified("sam").await, app.verified("bea").await, app.admin("ada").await);
    bea.has("100.00").await;
    let order = app.sold(&sam, &bea, "20.00").await;
    (sam, bea, ada, order)
}

/// Abuse 7: wholly before the freeze, or refused; and what was not sent comes back.
#[tokio::test]
async fn a_withdrawal_comes_wholly_before_a_claim_or_is_refused() {
    let app = TestApp::new().await;
    let (sam, account) = app.cashier("sam", "400.00").await;
    let bea = app.verified("bea").await;
    bea.has("400.00").await;
    for _ in 0..6 {
        let order = app.sold(&sam, &bea, "20.00").await;
        let (case, asked, sent, other) = tokio::join!(
            bea.claims_by(&order, Uuid::new_v4()),
            sam.withdraws_by("10.00", &account, Uuid::new_v4()),
            withdrawal::send(app.env(), System::new()),
            sam.withdraws_by("10.00", &account, Uuid::new_v4()),
        );
        sent.unwrap();
        assert_eq!(case["userErrors"], json!([]), "{case}");
        for one in [asked, other] {
            if refusal(&one) == "none" {
                let id = &one["withdrawal"]["id"];
                match sam.withdrawal(id).await["state"].as_str().unwrap() {
                    "TAKEN_BACK" | "PAID" => {}
                    "SENT" => drop(sam.withdrawal_becomes(id, "PAID").await),
                    state => panic!("{state} in a frozen wallet: {one}"),
                }
            } else {
                assert_eq!(refusal(&one), "WALLET_FROZEN", "{one}");
            }
        }
        assert_eq!(withdrawal::send(app.env(), System::new()).await.unwrap(), 0);
        bea.withdraws_claim(&case["case"]["id"]).await;
    }
    app.close().await;
}

/// Abuse 18.
#[tokio::test]
async fn of_two_admins_one_has_the_case_and_decides_and_the_other_is_told_who() {
    let app = TestApp::new().await;
    let (sam, bea, ada, order) = trade(&app).await;
    let abe = app.admin("abe").await;
    let case = bea.claims(&order).await;
    sam.answers(&case).await;
    let (one, other) = tokio::join!(ada.takes(&case), abe.takes(&case));
    let (first, second, late) = if refusal(&one) == "none" {
        (&ada, &abe, other)
    } else {
        (&abe, &ada, one)
    };
    assert_eq!(refusal(&late), "CLAIMED_BY_OTHER");
    assert!(late["userErrors"][0]["message"].as_str().unwrap().contains(&first.name), "{late}");
    let outsider = second.upholds(&case).await;
    assert_eq!(refusal(&outsider), "CLAIMED_BY_OTHER", "{outsider}");
    let (one, two, three, four) = tokio::join!(
        first.upholds(&case),
        first.turns_down(&case),
        first.upholds(&case),
        first.turns_down(&case)
    );
    let answers = [one, two, three, four];
    assert_eq!(answers.iter().filter(|answer| refusal(answer) == "none").count(), 1, "{answers:?}");
    let late = second.turns_down(&case).await;
    assert_eq!(refusal(&late), "ALREADY_DECIDED");
    assert!(late["userErrors"][0]["message"].as_str().unwrap().contains(&first.name), "{late}");
    app.close().await;
}

#[tokio::test]
async fn a_claim_on_a_case_lapses_after_four_hours_without_a_step() {
    let app = TestApp::new().await;
    let (_, bea, ada, order) = trade(&app).await;
    app.admin("abe").await;
    let case = bea.claims(&order).await;
    ada.takes(&case).await;
    let queue = async |person: &Person<'_>, claimed: &str| {
        let query = "query Q($by: CaseClaimFilter) { caseQueue(filter: { kind: RECOVERY, claimed: $by }) { nodes { case { id } claimedBy { nickname } } } }";
        let answer = person.sends(query, json!({ "by": claimed })).await;
        answer["data"]["caseQueue"]["nodes"]
            .as_array()
            .unwrap_or_else(|| panic!("{answer}"))
            .len()
    };
    app.hours_later(3);
    let (ada, abe) = (app.sign_in("ada").await, app.sign_in("abe").await);
    assert_eq!(refusal(&abe.takes(&case).await), "CLAIMED_BY_OTHER");
    assert_eq!(
        (
            queue(&abe, "BY_OTHER").await,
            queue(&abe, "BY_NOBODY").await,
            queue(&ada, "BY_ME").await
        ),
        (1, 0, 1)
    );
    assert_eq!(refusal(&ada.keeps_frozen(&case).await), "none", "a step begins the time anew");
    app.hours_later(3);
    let abe = app.sign_in("abe").await;
    assert_eq!(refusal(&abe.takes(&case).await), "CLAIMED_BY_OTHER");
    app.hours_later(1);
    let (ada, abe) = (app.sign_in("ada").await, app.sign_in("abe").await);
    assert_eq!(queue(&abe, "BY_NOBODY").await, 1);
    assert_eq!(refusal(&abe.takes(&case).await), "none");
    assert_eq!(refusal(&ada.narrows(&case).await), "CLAIMED_BY_OTHER");
    let released = abe.calls("caseRelease", "review { claimedBy { id } }", json!({ "id": case })).await;
    assert_eq!(released["review"]["claimedBy"], Value::Null, "{released}");
    assert_eq!(refusal(&abe.narrows(&case).await), "WRONG_STATE", "given back");
    app.close().await;
}

/// Abuse 19.
#[tokio::test]
async fn no_admin_decides_in_his_own_matter_nor_against_one_who_still_has_the_role() {
    let app = TestApp::new().await;
    let (sam, bea, ada, order) = trade(&app).await;
    let case = bea.claims(&order).await;
    sam.answers(&case).await;
    for name in ["sam", "bea"] {
        app.operates(name, Act::Grant).await;
        let party = app.sign_in(name).await;
        assert_eq!(refusal(&party.takes(&case).await), "OWN_MATTER", "{name}");
        let preview = party.previews(&case, None).await;
        assert_eq!(preview["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{preview}");
    }
    ada.takes(&case).await;
    assert_eq!(
        refusal(&ada.upholds(&case).await),
        "WRONG_STATE",
        "the operator takes the role away first"
    );
    app.operates("sam", Act::Revoke).await;
    assert_eq!(refusal(&ada.upholds(&case).await), "none");
    app.close().await;
}

/// Abuse 20b.
#[tokio::test]
async fn only_what_completed_can_be_claimed_and_only_under_warranty_and_by_its_buyer() {
    let app = TestApp::new().await;
    let (sam, bea, _, order) = trade(&app).await;
    let paid = bea.buys(&sam.sells("10.00").await).await;
    assert_eq!(refusal(&bea.claims_by(&paid, Uuid::new_v4()).await), "WRONG_STATE");
    sam.delivers(&paid, "word").await;
    bea.asks_back(&paid).await;
    bea.hands_back(&paid, "word").await;
    sam.refuses(&paid).await;
    assert_eq!(
        refusal(&bea.claims_by(&paid, Uuid::new_v4()).await),
        "WRONG_STATE",
        "that is another case"
    );
    for share in [order::Share::NONE, order::Share::percent(40).unwrap()] {
        let other = bea.buys(&sam.sells("10.00").await).await;
        sam.delivers(&other, "word").await;
        bea.asks_back(&other).await;
        bea.hands_back(&other, "word").await;
        sam.refuses(&other).await;
        let id = handover::graphql::id::decode(&other.clone().into()).unwrap_or_else(|_| panic!("{other}"));
        let tx = app.env().begin().await.unwrap();
        order::rule(&tx, System::new(), id, share).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(
            refusal(&bea.claims_by(&other, Uuid::new_v4()).await),
            "WRONG_STATE",
            "lost or divided"
        );
    }
    assert_eq!(
        code(&sam.claims_by(&order, Uuid::new_v4()).await),
        "NOT_FOUND",
        "the seller's own sale"
    );
    assert_eq!(
        code(&app.verified("eve").await.claims_by(&order, Uuid::new_v4()).await),
        "NOT_FOUND"
    );
    assert_eq!(sam.frozen().await["frozenSinceAt"], Value::Null);
    app.advance(DAY * 30);
    let bea = app.sign_in("bea").await;
    assert_eq!(
        refusal(&bea.claims_by(&order, Uuid::new_v4()).await),
        "WRONG_STATE",
        "the warranty is over"
    );
    app.close().await;
}

/// Abuse 20c: whoever sells, has it confirmed and wants to be gone finds that his proceeds settle first.
#[tokio::test]
async fn proceeds_settle_before_they_can_leave_and_a_claim_finds_them_there() {
    let app = TestApp::new().await;
    let (sam, account) = app.cashier("sam", "10.00").await;
    let (bea, ada) = (app.verified("bea").await, app.admin("ada").await);
    bea.has("50.00").await;
    let order = app.sold(&sam, &bea, "20.00").await;
    assert_eq!(
        refusal(&sam.withdraws_by("19.00", &account, Uuid::new_v4()).await),
        "INSUFFICIENT_FUNDS"
    );
    let case = bea.claims(&order).await;
    sam.answers(&case).await;
    ada.takes(&case).await;
    ada.upholds(&case).await;
    assert_eq!(bea.purse().await.0, "50.00");
    assert_eq!(sam.purse().await, ("9.00".to_owned(), "0.00".to_owned()));
    app.close().await;
}

/// Abuse 22, and 25: blacklisted and frozen takes nothing out; the claim against a blacklisted seller is taken.
#[tokio::test]
async fn whoever_is_claimed_against_moves_nothing_to_a_friend_and_blacklisted_takes_nothing_out() {
    let app = TestApp::new().await;
    let (sam, account) = app.cashier("sam", "100.00").await;
    let (bea, tom) = (app.verified("bea").await, app.verified("tom").await);
    bea.has("50.00").await;
    let order = app.sold(&sam, &bea, "20.00").await;
    let friendly = tom.sells("50.00").await;
    let case = bea.claims(&order).await;
    assert_eq!(refusal(&sam.asks_for(&friendly, Uuid::new_v4()).await), "WALLET_FROZEN");
    bea.withdraws_claim(&case).await;
    app.operates("sam", Act::Blacklist("for the test".into())).await;
    let again = bea.claims(&order).await;
    let sam = app.sign_in("sam").await;
    assert_eq!(refusal(&sam.withdraws_by("10.00", &account, Uuid::new_v4()).await), "WALLET_FROZEN");
    assert_eq!(code(&sam.answers(&again).await), "BLACKLISTED", "a blacklisted party adds nothing");
    let ada = app.admin("ada").await;
    ada.takes(&again).await;
    assert_eq!(refusal(&ada.upholds(&again).await), "WRONG_STATE", "silence counts after 48 hours");
    app.hours_later(48);
    let ada = app.sign_in("ada").await;
    ada.takes(&again).await;
    assert_eq!(refusal(&ada.upholds(&again).await), "none");
    let (sam, bea) = (app.sign_in("sam").await, app.sign_in("bea").await);
    assert_eq!((sam.purse().await.0.as_str(), bea.purse().await.0.as_str()), ("99.00", "50.00"));
    assert_eq!(
        refusal(&sam.withdraws_by("10.00", &account, Uuid::new_v4()).await),
        "none",
        "blacklisted alone may"
    );
    app.close().await;
}

/// How many events of a kind about a user wait for the relay or were relayed.
async fn suspected(app: &TestApp, user: UserId) -> usize {
    let rows = sql::one(
        app.env().db(),
        "SELECT COUNT(*) AS count FROM outbox WHERE event LIKE '%claimant_suspected%' AND event LIKE $1",
        vec![format!("%{user}%").into()],
    );
    let count: i64 = rows.await.unwrap().unwrap().try_get("", "count").unwrap();
    usize::try_from(count).unwrap()
}

/// Abuse 24.
#[tokio::test]
async fn whoever_claims_falsely_again_and_again_is_looked_into() {
    let app = TestApp::new().await;
    let (sam, bea, _, first) = trade(&app).await;
    let others = [app.sold(&sam, &bea, "20.00").await, app.sold(&sam, &bea, "20.00").await];
    let bea_id = bea.id().await;
    let turn_down = async |order: &str| {
        let (bea, sam, ada) = (app.sign_in("bea").await, app.sign_in("sam").await, app.sign_in("ada").await);
        let case = bea.claims(order).await;
        sam.answers(&case).await;
        ada.takes(&case).await;
        let done = ada.turns_down(&case).await;
        assert_eq!(done["userErrors"], json!([]), "{done}");
    };
    turn_down(&first).await;
    assert_eq!(suspected(&app, bea_id).await, 0);
    app.advance(DAY * 10);
    turn_down(&others[0]).await;
    assert_eq!(suspected(&app, bea_id).await, 1, "two in 90 days");
    let sam = app.sign_in("sam").await;
    assert_eq!(sam.frozen().await["frozenSinceAt"], Value::Null);
    // What the suspected hears is nothing.
    app.relayed().await;
    let stream = sql::one(
        app.env().db(),
        "SELECT COUNT(*) AS count FROM events WHERE stream = $1 AND event LIKE '%suspected%'",
        vec![user_stream(bea_id).into()],
    );
    let heard: i64 = stream.await.unwrap().unwrap().try_get("", "count").unwrap();
    assert_eq!(heard, 0);
    app.close().await;
}

/// Abuse 27a.
#[tokio::test]
async fn of_two_open_claims_one_is_rejected_and_the_wallet_stays_frozen() {
    let app = TestApp::new().await;
    let (sam, bea, ada, first) = trade(&app).await;
    let tom = app.verified("tom").await;
    tom.has("50.00").await;
    let second = app.sold(&sam, &tom, "30.00").await;
    let (one, other) = (bea.claims(&first).await, tom.claims(&second).await);
    sam.answers(&one).await;
    ada.takes(&one).await;
    assert_eq!(refusal(&ada.turns_down(&one).await), "none");
    let frozen = sam.frozen().await;
    assert_eq!(frozen["freezes"].as_array().unwrap().len(), 1, "{frozen}");
    assert_eq!(frozen["freezes"][0]["cause"], "CASE");
    tom.withdraws_claim(&other).await;
    assert_eq!(sam.frozen().await["frozenSinceAt"], Value::Null);
    app.close().await;
}

/// Abuse 27b.
#[tokio::test]
async fn nobody_closes_his_account_under_warranty_or_while_a_case_of_his_is_open() {
    let app = TestApp::new().await;
    let (_, bea, _, order) = trade(&app).await;
    let obstacles = async |name: &str| {
        let person = app.sign_in(name).await;
        let answer = person.sends("query O { me { closingObstacles } }", json!({})).await;
        answer["data"]["me"]["closingObstacles"].to_string()
    };
    assert!(obstacles("sam").await.contains("WARRANTY"));
    assert!(!obstacles("bea").await.contains("CASE"));
    bea.claims(&order).await;
    for name in ["sam", "bea"] {
        assert!(obstacles(name).await.contains("\"CASE\""), "{name}");
    }
    app.advance(DAY * 31);
    app.cases_wait_over().await;
    app.cases_wait_over().await;
    let after = obstacles("sam").await;
    assert!(
        !after.contains("WARRANTY") && after.contains("\"CASE\"") && !after.contains("FREEZE"),
        "{after}"
    );
    app.close().await;
}
