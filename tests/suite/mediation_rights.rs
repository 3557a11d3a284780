//! Refused returns (case B): who reads what in them, who gives the final ruling, and what becomes of a cheat who is an admin.

use handover::{app::Act, wallet::ledger::AccountKey};
use serde_json::{Value, json};

use crate::{
    live::cursor,
    support::{
        Person, TestApp,
        disputes::{DAY, Dispute, HOUR, is_banned, later, order_state, told},
        orders::code,
    },
};

async fn in_review<'a>(app: &'a TestApp, price: &str) -> Dispute<'a> {
    let dispute = app.disputed(price).await;
    both_are_done(&dispute).await;
    dispute
}

async fn both_are_done(dispute: &Dispute<'_>) {
    for party in [&dispute.sam, &dispute.bea] {
        party.argues("caseEvidenceDone", &dispute.case, json!({})).await;
    }
}

/// The id of the ruling that waits in a case.
async fn waiting(admin: &Person<'_>, case: &str) -> Value {
    let query = "query R($id: ID!) { caseReview(id: $id) { rulings { id state } } }";
    let answer = admin.sends(query, json!({ "id": case })).await;
    let rulings = answer["data"]["caseReview"]["rulings"]
        .as_array()
        .unwrap_or_else(|| panic!("{answer}"));
    rulings.iter().find(|ruling| ruling["state"] == "PENDING").expect("a ruling")["id"].clone()
}

/// The texts in the room of a case, as he sees it.
async fn reads(person: &Person<'_>, case: &str) -> Vec<String> {
    let case = person.case(case).await;
    let nodes = case["refusal"]["messages"]["nodes"].as_array().unwrap_or_else(|| panic!("{case}"));
    nodes.iter().map(|node| node["text"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_room_of_a_mediation_is_read_by_its_three_and_by_no_other_admin() {
    let app = TestApp::new().await;
    let (ada, abe) = (app.admin("ada").await, app.admin("abe").await);
    let dispute = in_review(&app, "20.03").await;
    let case = &dispute.case;
    ada.finds_in(case, "INTACT", None).await;
    dispute.sam.argues("caseObject", case, json!({})).await;
    dispute.bea.argues("caseMessageSend", case, json!({ "text": "It was so." })).await;
    for reader in [&dispute.sam, &dispute.bea, &ada] {
        assert_eq!(reads(reader, case).await, ["It was so."], "{}", reader.name);
    }
    assert!(reads(&abe, case).await.is_empty(), "he is not in the room");
    assert_eq!(abe.case(case).await["refusal"]["finding"], "INTACT", "the finding he may see");
    app.advance(HOUR * 4);
    let (ada, abe) = (app.sign_in("ada").await, app.sign_in("abe").await);
    assert!(reads(&ada, case).await.is_empty(), "her claim has lapsed");
    abe.takes_up(case).await;
    assert_eq!(reads(&abe, case).await, ["It was so."]);
    app.close().await;
}

#[tokio::test]
async fn whoever_made_or_seconded_the_finding_does_not_give_the_final_ruling() {
    let app = TestApp::new().await;
    for name in ["ada", "abe", "eva"] {
        app.admin(name).await;
    }
    let (ada, eva) = (app.sign_in("ada").await, app.sign_in("eva").await);
    let dispute = in_review(&app, "20000.01").await;
    ada.finds_in(&dispute.case, "INTACT", None).await;
    eva.decides_on(&waiting(&eva, &dispute.case).await, None).await;
    dispute.sam.argues("caseObject", &dispute.case, json!({})).await;
    // In the room she may help as before.
    assert_eq!(code(&eva.takes_up(&dispute.case).await), "CLAIMED_BY_OTHER");
    app.advance(DAY * 7);
    app.cases_run_out().await;
    for name in ["ada", "eva"] {
        let admin = app.sign_in(name).await;
        assert_eq!(code(&admin.takes_up(&dispute.case).await), "OWN_MATTER", "{name}");
    }
    let abe = app.sign_in("abe").await;
    let ruled = abe.rules_in(&dispute.case, 33).await;
    assert_eq!(code(&ruled), "ok", "{ruled}");
    let eva = app.sign_in("eva").await;
    let done = eva.decides_on(&waiting(&eva, &dispute.case).await, None).await;
    assert_eq!(
        done["review"]["case"]["state"], "CLOSED",
        "to agree to another's ruling she may: {done}"
    );
    app.close().await;
}

#[tokio::test]
async fn whoever_made_the_finding_and_still_has_the_case_cannot_keep_it_from_the_final_ruling() {
    let app = TestApp::new().await;
    let (ada, abe) = (app.admin("ada").await, app.admin("abe").await);
    let dispute = in_review(&app, "20.03").await;
    ada.finds_in(&dispute.case, "INTACT", None).await;
    dispute.sam.argues("caseObject", &dispute.case, json!({})).await;
    app.advance(DAY * 7 - HOUR);
    let ada = app.sign_in(&ada.name).await;
    assert_eq!(code(&ada.takes_up(&dispute.case).await), "ok");
    app.advance(HOUR);
    app.cases_run_out().await;
    let (ada, abe) = (app.sign_in(&ada.name).await, app.sign_in(&abe.name).await);
    let word = ada.argues("caseMessageSend", &dispute.case, json!({ "text": "Still mine." })).await;
    assert_eq!(code(&word), "OWN_MATTER", "{word}");
    assert_eq!(code(&ada.takes_up(&dispute.case).await), "OWN_MATTER");
    app.advance(HOUR * 3);
    let abe = app.sign_in(&abe.name).await;
    let ruled = abe.rules_in(&dispute.case, 33).await;
    assert_eq!(code(&ruled), "ok", "her claim has lapsed: {ruled}");
    app.close().await;
}

#[tokio::test]
async fn a_cheat_who_is_an_admin_is_not_spared_in_silence() {
    let app = TestApp::new().await;
    let (abe, eva, tom) = (app.admin("abe").await, app.admin("eva").await, app.verified("tom").await);
    let dispute = app.disputed_between(tom, eva, "20.03").await;
    both_are_done(&dispute).await;
    let refused = abe.finds_in(&dispute.case, "WORTHLESS", None).await;
    assert_eq!(code(&refused), "WRONG_STATE");
    assert!(
        refused["userErrors"][0]["message"].as_str().unwrap().contains("administrator"),
        "{refused}"
    );
    assert_eq!(app.escrow(&dispute.order).await, "20.03", "and nothing moved");
    assert_eq!(app.case_of(&dispute.order).await.found_by, None);
    app.operates("eva", Act::Revoke).await;
    let found = abe.says_found(&dispute.case, "WORTHLESS", None).await;
    assert_eq!(found["review"]["case"]["state"], "CLOSED", "{found}");
    assert!(is_banned(&app, &dispute.bea).await);
    app.close().await;
}

#[tokio::test]
async fn of_much_money_too_an_admin_loses_the_role_before_he_is_found_to_have_cheated() {
    let app = TestApp::new().await;
    let (abe, ada) = (app.admin("abe").await, app.admin("ada").await);
    let dispute = in_review(&app, "20000.01").await;
    app.operates("sam", Act::Grant).await;
    assert_eq!(code(&abe.finds_in(&dispute.case, "TAKEN_BACK", None).await), "WRONG_STATE");
    app.operates("sam", Act::Revoke).await;
    abe.says_found(&dispute.case, "TAKEN_BACK", None).await;
    let ruling = waiting(&ada, &dispute.case).await;
    // He becomes one while the ruling waits.
    app.operates("sam", Act::Grant).await;
    assert_eq!(code(&ada.decides_on(&ruling, None).await), "WRONG_STATE");
    assert_eq!(app.escrow(&dispute.order).await, "20000.01");
    app.operates("sam", Act::Revoke).await;
    assert_eq!(code(&ada.decides_on(&ruling, None).await), "ok", "it waited on");
    assert!(is_banned(&app, &dispute.sam).await);
    assert_eq!(dispute.bea.holds(AccountKey::available).await, "20000.01");
    app.close().await;
}

#[tokio::test]
async fn of_the_order_that_a_finding_ends_nobody_hears_that_it_goes_on() {
    let app = TestApp::new().await;
    let (ada, tom) = (app.admin("ada").await, app.verified("tom").await);
    let dispute = in_review(&app, "20.03").await;
    // Another order of hers, which does go on: she has looked at it.
    dispute.bea.has("9.00").await;
    let other = dispute.bea.buys(&tom.sells("9.00").await).await;
    tom.delivers(&other, "word").await;
    dispute.bea.reveals(&other, None).await;
    ada.finds_in(&dispute.case, "WORTHLESS", None).await;
    app.relayed().await;
    assert!(told(&dispute.sam, "CASE_FOUND_WORTHLESS").await && told(&dispute.sam, "ORDER_SPLIT").await);
    assert!(!told(&dispute.sam, "BUYER_BANNED").await, "his order has ended");
    assert_eq!(tom.notice_words("BUYER_BANNED").await.len(), 1);
    assert_eq!(order_state(&app, &other).await, "DELIVERED");
    // And the other way round.
    let (kim, lea) = (app.verified("kim").await, app.verified("lea").await);
    let taken = app.disputed_between(kim, lea, "5.00").await;
    both_are_done(&taken).await;
    ada.finds_in(&taken.case, "TAKEN_BACK", None).await;
    app.relayed().await;
    assert!(is_banned(&app, &taken.sam).await && told(&taken.bea, "REFUNDED_TO_YOU").await);
    assert!(!told(&taken.bea, "SELLER_BANNED").await);
    app.close().await;
}

#[tokio::test]
async fn both_hear_at_once_that_an_admin_reads_what_was_handed_over() {
    const HEARS: &str =
        "subscription O($after: Cursor) { orderEvents(after: $after) { ... on CaseChanged { case { id timeline { kind by } } } } }";
    let app = TestApp::new().await;
    let ada = app.admin("ada").await;
    let dispute = in_review(&app, "20.03").await;
    ada.takes_up(&dispute.case).await;
    let mut sockets = Vec::new();
    for party in [&dispute.sam, &dispute.bea] {
        let mut socket = party.connects().await;
        let after = cursor(party).await;
        socket.subscribe("o", HEARS, json!({ "after": after })).await;
        sockets.push(socket);
    }
    let read = ada.reads_in(&dispute.case).await;
    assert_eq!(read["credentials"]["delivered"][0]["password"], "first", "{read}");
    for socket in &mut sockets {
        let heard = socket.data().await["orderEvents"]["case"].take();
        assert_eq!(heard["id"], json!(dispute.case));
        let last = heard["timeline"].as_array().unwrap().last().unwrap();
        assert_eq!(*last, json!({ "kind": "REVEALED", "by": "ADMIN" }), "{heard}");
    }
    app.relayed().await;
    let dispute = later(&app, dispute).await;
    assert!(told(&dispute.sam, "CASE_REVEALED").await && told(&dispute.bea, "CASE_REVEALED").await);
    app.close().await;
}
