//! Refused returns (case B): how they end by what an admin found, or ruled at last.

use entity::kinds::ListingState;
use serde_json::{Value, json};

use crate::support::{
    TestApp,
    disputes::{DAY, Dispute, HOUR, case_state, is_banned, keys_are_as_they_should, later, listing_state, money, order_state, state, told},
    orders::code,
};

#[tokio::test]
async fn a_worthless_account_costs_the_buyer_everything_and_his_place() {
    let app = TestApp::new().await;
    let ada = app.admin("ada").await;
    let dispute = app.disputed("20.03").await;
    let Dispute { sam, bea, case, .. } = &dispute;
    // Something else of hers, which is undone with her ban.
    bea.has("9.00").await;
    let other = bea.buys(&app.verified("tom").await.sells("9.00").await).await;
    for party in [sam, bea] {
        party.argues("caseEvidenceDone", case, json!({})).await;
    }
    let preview = "query P($id: ID!) { caseDivisionPreview(caseId: $id, finding: WORTHLESS) { toSeller { amount } toBuyer { amount } atOnce bans needsSecond } }";
    let preview = ada.sends(preview, json!({ "id": case })).await["data"]["caseDivisionPreview"].clone();
    assert_eq!(
        preview,
        json!({ "toSeller": { "amount": "20.03" }, "toBuyer": { "amount": "0.00" }, "atOnce": true, "bans": "BUYER", "needsSecond": false })
    );
    assert_eq!(
        code(&ada.finds_in(case, "WORTHLESS", Some(50)).await),
        "INVALID_INPUT",
        "there is nothing to weigh"
    );
    let found = ada.says_found(case, "WORTHLESS", None).await;
    assert_eq!(found["review"]["case"]["state"], "CLOSED", "{found}");
    app.relayed().await;
    assert_eq!(
        money(&app, &dispute).await,
        ["20.03", "9.00", "0.00"],
        "no fee, and what she had elsewhere is hers"
    );
    assert_eq!(
        (
            order_state(&app, &dispute.order).await.as_str(),
            order_state(&app, &other).await.as_str()
        ),
        ("SPLIT", "CANCELLED")
    );
    assert!(is_banned(&app, bea).await && !is_banned(&app, sam).await);
    keys_are_as_they_should(&app, &dispute.order).await;
    assert_eq!(listing_state(&app, &dispute.order).await, ListingState::Draft);
    assert!(told(bea, "CASE_FOUND_WORTHLESS").await && told(bea, "BLACKLISTED").await && told(sam, "CASE_FOUND_WORTHLESS").await);
    assert_eq!(
        bea.case(case).await,
        Value::Null,
        "she reads her notices and her wallet, and nothing else"
    );
    assert_eq!(app.on_record(case).await, ["case_claim", "case_rule"]);
    app.close().await;
}

#[tokio::test]
async fn who_takes_an_account_back_while_its_order_runs_loses_it_all_at_once() {
    let app = TestApp::new().await;
    let ada = app.admin("ada").await;
    let dispute = app.disputed("20.03").await;
    let Dispute { sam, bea, case, .. } = &dispute;
    let shelf = sam.sells("7.00").await;
    for party in [sam, bea] {
        party.argues("caseEvidenceDone", case, json!({})).await;
    }
    let found = ada.finds_in(case, "TAKEN_BACK", None).await;
    assert_eq!(found["review"]["case"]["state"], "CLOSED", "{found}");
    app.relayed().await;
    assert_eq!(money(&app, &dispute).await, ["0.00", "20.03", "0.00"]);
    assert_eq!(order_state(&app, &dispute.order).await, "REFUNDED");
    assert!(is_banned(&app, sam).await && !is_banned(&app, bea).await);
    assert_eq!(
        listing_state(&app, &dispute.order).await,
        ListingState::OffShelf,
        "of a banned seller nothing is a draft"
    );
    assert!(app.finds(json!({}), "NEWEST").await.iter().all(|id| *id != shelf.id));
    assert!(told(sam, "BLACKLISTED").await && told(bea, "CASE_FOUND_TAKEN_BACK").await && told(bea, "REFUNDED_TO_YOU").await);
    app.close().await;
}

#[tokio::test]
async fn an_intact_account_s_money_goes_back_with_the_seller_s_consent() {
    let app = TestApp::new().await;
    let ada = app.admin("ada").await;
    let dispute = app.disputed("20.03").await;
    let Dispute { sam, bea, case, .. } = &dispute;
    for party in [sam, bea] {
        party.argues("caseEvidenceDone", case, json!({})).await;
    }
    ada.finds_in(case, "INTACT", None).await;
    for mutation in ["caseConsent", "caseObject"] {
        assert_eq!(
            code(&bea.argues(mutation, case, json!({})).await),
            "WRONG_STATE",
            "she gets everything: {mutation}"
        );
    }
    assert_eq!(state(&sam.argues("caseConsent", case, json!({})).await), "CLOSED");
    assert_eq!(money(&app, &dispute).await, ["0.00", "20.03", "0.00"]);
    assert_eq!(order_state(&app, &dispute.order).await, "REFUNDED");
    keys_are_as_they_should(&app, &dispute.order).await;
    app.close().await;
}

/// An intact account, refused by the seller, and a mediation that came to nothing.
async fn to_be_ruled<'a>(app: &'a TestApp, price: &str) -> Dispute<'a> {
    let ada = app.admin("ada").await;
    let dispute = app.disputed(price).await;
    for party in [&dispute.sam, &dispute.bea] {
        party.argues("caseEvidenceDone", &dispute.case, json!({})).await;
    }
    ada.finds_in(&dispute.case, "INTACT", None).await;
    assert_eq!(
        state(&dispute.sam.argues("caseObject", &dispute.case, json!({})).await),
        "MEDIATION"
    );
    app.advance(DAY * 7 - HOUR);
    assert_eq!(app.cases_run_out().await, 0, "nothing early");
    app.advance(HOUR);
    assert_eq!(app.cases_run_out().await, 1);
    later(app, dispute).await
}

#[tokio::test]
async fn a_final_ruling_is_another_admin_s() {
    let app = TestApp::new().await;
    let abe = app.admin("abe").await;
    let dispute = to_be_ruled(&app, "20.03").await;
    let case = &dispute.case;
    assert_eq!(case_state(&dispute.sam, case).await, "FINAL_RULING");
    assert!(told(&dispute.sam, "CASE_FINAL_RULING_BEGAN").await && told(&dispute.bea, "CASE_FINAL_RULING_BEGAN").await);
    let ada = app.sign_in("ada").await;
    assert_eq!(
        code(&ada.takes_up(case).await),
        "OWN_MATTER",
        "she made the finding, and keeps nobody from ruling"
    );
    let abe = app.sign_in(&abe.name).await;
    assert_eq!(code(&abe.rules_in(case, 101).await), "INVALID_INPUT");
    let ruled = abe.rules_in(case, 25).await;
    assert_eq!(ruled["review"]["case"]["state"], "CLOSED", "{ruled}");
    app.relayed().await;
    assert_eq!(money(&app, &dispute).await, ["5.00", "15.03", "0.00"]);
    let seen = dispute.bea.case(case).await;
    assert_eq!(seen["reason"], "Both have a point.");
    assert!(told(&dispute.sam, "CASE_RULED").await && told(&dispute.bea, "CASE_RULED").await);
    assert_eq!(
        app.on_record(case).await,
        ["case_claim", "case_rule", "case_claim", "case_claim", "case_rule"]
    );
    app.close().await;
}

#[tokio::test]
async fn without_a_final_ruling_the_refused_finding_takes_effect() {
    let app = TestApp::new().await;
    let dispute = to_be_ruled(&app, "20.03").await;
    app.advance(DAY * 7 - HOUR);
    assert_eq!(app.cases_run_out().await, 0, "nothing early");
    app.advance(HOUR);
    assert_eq!(app.cases_run_out().await, 1);
    let dispute = later(&app, dispute).await;
    assert_eq!(money(&app, &dispute).await, ["0.00", "20.03", "0.00"]);
    assert_eq!(order_state(&app, &dispute.order).await, "REFUNDED");
    app.close().await;
}

#[tokio::test]
async fn while_a_ruling_is_waited_for_both_may_still_agree() {
    let app = TestApp::new().await;
    let dispute = to_be_ruled(&app, "20.03").await;
    dispute
        .bea
        .argues("caseProposalMake", &dispute.case, json!({ "sellerShare": 1 }))
        .await;
    assert_eq!(
        state(
            &dispute
                .sam
                .argues("caseProposalAccept", &dispute.case, json!({ "version": 1 }))
                .await
        ),
        "CLOSED"
    );
    assert_eq!(money(&app, &dispute).await, ["0.20", "19.83", "0.00"]);
    app.close().await;
}
