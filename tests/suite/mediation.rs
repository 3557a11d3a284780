//! Refused returns (case B): how they end by silence, by consent and by a settlement, and that somebody ends each of them.

use entity::kinds::ListingState;
use handover::wallet::ledger::AccountKey;
use serde_json::json;

use crate::support::{
    Person, TestApp,
    disputes::{DAY, Dispute, HOUR, case_state, is_banned, keys_are_as_they_should, later, listing_state, money, order_state, state, told},
    orders::code,
};

#[tokio::test]
async fn when_nobody_says_anything_the_account_counts_as_intact_and_the_money_goes_back() {
    let app = TestApp::new().await;
    let dispute = app.disputed("20.03").await;
    assert_eq!(case_state(&dispute.bea, &dispute.case).await, "GATHERING");
    assert_eq!(case_state(&dispute.sam, &dispute.case).await, "GATHERING");
    app.advance(HOUR * 47);
    assert_eq!(app.cases_run_out().await, 0, "nothing early");
    app.advance(HOUR);
    assert_eq!(app.cases_run_out().await, 1, "once, however many look");
    app.advance(DAY * 5 - HOUR);
    assert_eq!(app.cases_run_out().await, 0, "seven days from the refusal, not from the evidence");
    app.advance(HOUR);
    assert_eq!(app.cases_run_out().await, 1);
    let dispute = later(&app, dispute).await;
    let case = dispute.sam.case(&dispute.case).await;
    assert_eq!(
        (case["state"].as_str(), case["refusal"]["finding"].as_str()),
        (Some("AWAITING_CONSENT"), Some("INTACT"))
    );
    assert!(told(&dispute.sam, "CASE_FOUND_INTACT").await && told(&dispute.bea, "CASE_FOUND_FOR_YOU").await);
    assert_eq!(order_state(&app, &dispute.order).await, "IN_DISPUTE");
    app.advance(HOUR * 48);
    assert_eq!(app.cases_run_out().await, 1);
    let dispute = later(&app, dispute).await;
    assert_eq!(money(&app, &dispute).await, ["0.00", "20.03", "0.00"]);
    assert_eq!(order_state(&app, &dispute.order).await, "REFUNDED");
    assert_eq!(listing_state(&app, &dispute.order).await, ListingState::Draft);
    keys_are_as_they_should(&app, &dispute.order).await;
    let case = dispute.bea.case(&dispute.case).await;
    assert_eq!((case["state"].as_str(), case["dueAt"].is_null()), (Some("CLOSED"), true));
    assert!(told(&dispute.bea, "REFUNDED_TO_YOU").await && told(&dispute.sam, "REFUNDED_TO_BUYER").await);
    assert!(!is_banned(&app, &dispute.sam).await && !is_banned(&app, &dispute.bea).await);
    assert_eq!(app.on_record(&dispute.case).await, Vec::<String>::new(), "no admin did anything");
    app.close().await;
}

#[tokio::test]
async fn both_bring_evidence_an_admin_finds_damage_both_consent_and_the_money_is_divided() {
    let app = TestApp::new().await;
    let (ada, eve) = (app.admin("ada").await, app.verified("eve").await);
    let dispute = app.disputed("1047.29").await;
    let Dispute { sam, bea, case, .. } = &dispute;
    let picture = bea.evidence_image().await["id"].clone();
    let more = json!({ "text": "It was so when I got it.", "imageIds": [picture] });
    let added = bea.argues("caseEvidenceAdd", case, more.clone()).await;
    assert_eq!(added["case"]["evidence"].as_array().unwrap().len(), 2, "{added}");
    assert_eq!(
        code(&bea.argues("caseEvidenceAdd", case, more).await),
        "IMAGE_NOT_USABLE",
        "a picture is used once"
    );
    assert_eq!(
        code(&eve.argues("caseEvidenceAdd", case, json!({ "text": "I saw it." })).await),
        "NOT_FOUND"
    );
    for _ in 0..2 {
        assert_eq!(state(&bea.argues("caseEvidenceDone", case, json!({})).await), "GATHERING");
    }
    assert_eq!(
        code(&bea.argues("caseEvidenceAdd", case, json!({ "text": "One thing more." })).await),
        "WRONG_STATE"
    );
    assert_eq!(state(&sam.argues("caseEvidenceDone", case, json!({})).await), "IN_REVIEW");
    assert_eq!(
        code(&sam.argues("caseEvidenceAdd", case, json!({ "text": "One thing more." })).await),
        "WRONG_STATE"
    );
    app.relayed().await;
    assert!(told(sam, "CASE_EVIDENCE").await);
    an_admin_examines(&app, &dispute, &ada, &eve).await;
    assert_eq!(
        state(&sam.argues("caseConsent", case, json!({})).await),
        "AWAITING_CONSENT",
        "she may still object"
    );
    assert_eq!(
        code(&sam.argues("caseObject", case, json!({})).await),
        "WRONG_STATE",
        "a word is a word"
    );
    assert_eq!(money(&app, &dispute).await, ["0.00", "0.00", "1047.29"]);
    let closed = bea.argues("caseConsent", case, json!({})).await;
    assert_eq!(state(&closed), "CLOSED");
    assert_eq!(
        closed["case"]["refusal"]["division"],
        json!({ "sellerShare": 37, "toSeller": { "amount": "387.49" }, "toBuyer": { "amount": "659.80" } })
    );
    assert_eq!(money(&app, &dispute).await, ["387.49", "659.80", "0.00"]);
    assert_eq!(order_state(&app, &dispute.order).await, "SPLIT");
    keys_are_as_they_should(&app, &dispute.order).await;
    assert_eq!(app.on_record(case).await, ["case_claim", "case_reveal", "case_rule"]);
    app.relayed().await;
    assert!(told(sam, "ORDER_SPLIT").await && told(bea, "ORDER_SPLIT").await);
    assert!(eve.case(case).await.is_null());
    app.close().await;
}

/// She takes the case, looks at everything, and finds damage.
async fn an_admin_examines(app: &TestApp, dispute: &Dispute<'_>, ada: &Person<'_>, eve: &Person<'_>) {
    let Dispute { sam, bea, case, .. } = dispute;
    assert!(ada.case(case).await["evidence"].is_null(), "not before she has taken it");
    assert_eq!(code(&ada.reads_in(case).await), "WRONG_STATE", "nor what was handed over");
    assert_eq!(code(&ada.says_found(case, "DAMAGED", Some(37)).await), "WRONG_STATE");
    ada.takes_up(case).await;
    let seen = ada.case(case).await;
    let url = seen["evidence"][1]["images"][0]["url"].clone();
    assert_eq!(ada.gets(&url).await.0, 200, "the picture, for whoever decides");
    assert_eq!(eve.gets(&url).await.0, 404);
    let read = ada.reads_in(case).await["credentials"].clone();
    assert_eq!(
        (read["delivered"][0]["password"].as_str(), read["handedBack"]["password"].as_str()),
        (Some("first"), Some("second"))
    );
    app.relayed().await;
    assert!(
        told(sam, "CASE_REVEALED").await && told(bea, "CASE_REVEALED").await,
        "both are told"
    );
    for wrong in [None, Some(0), Some(100), Some(101), Some(-1)] {
        assert_eq!(code(&ada.says_found(case, "DAMAGED", wrong).await), "INVALID_INPUT", "{wrong:?}");
    }
    let found = ada.says_found(case, "DAMAGED", Some(37)).await;
    assert_eq!(found["review"]["case"]["state"], "AWAITING_CONSENT", "{found}");
    app.relayed().await;
    assert!(told(sam, "CASE_FOUND_DAMAGED").await && told(bea, "CASE_FOUND_DAMAGED").await);
}

#[tokio::test]
async fn silence_is_consent_to_damage_and_the_seller_s_word_alone_waits_for_the_buyer_s_time() {
    let app = TestApp::new().await;
    let (mut sam, mut bea) = (app.verified("sam").await, app.verified("bea").await);
    app.admin("ada").await;
    for says in [false, true] {
        let before = [sam.holds(AccountKey::available).await, bea.holds(AccountKey::available).await];
        assert_eq!(before, if says { ["0.49", "0.52"] } else { ["0.00", "0.00"] });
        let dispute = app.disputed_between(sam, bea, if says { "1.03" } else { "1.01" }).await;
        app.advance(HOUR * 48);
        app.cases_run_out().await;
        let dispute = later(&app, dispute).await;
        let ada = app.sign_in("ada").await;
        ada.finds_in(&dispute.case, "DAMAGED", Some(49)).await;
        if says {
            assert_eq!(
                state(&dispute.sam.argues("caseConsent", &dispute.case, json!({})).await),
                "AWAITING_CONSENT"
            );
        }
        app.advance(HOUR * 48);
        assert_eq!(
            code_or_state(&later(&app, dispute).await, "caseObject").await,
            "WRONG_STATE",
            "the time is over, whether or not a worker came"
        );
        assert_eq!(app.cases_run_out().await, 1);
        (sam, bea) = (app.sign_in("sam").await, app.sign_in("bea").await);
    }
    assert_eq!(
        [sam.holds(AccountKey::available).await, bea.holds(AccountKey::available).await],
        ["0.99", "1.05"],
        "49 % of 1.01 and of 1.03, rounded down"
    );
    app.close().await;
}

async fn code_or_state(dispute: &Dispute<'_>, mutation: &str) -> String {
    state(&dispute.bea.argues(mutation, &dispute.case, json!({})).await).to_owned()
}

#[tokio::test]
async fn what_was_damaged_and_refused_is_settled_in_the_room_by_the_version_that_both_saw() {
    let app = TestApp::new().await;
    let (ada, abe, eve) = (app.admin("ada").await, app.admin("abe").await, app.verified("eve").await);
    let dispute = app.disputed("20.03").await;
    let Dispute { sam, bea, case, .. } = &dispute;
    for party in [sam, bea] {
        party.argues("caseEvidenceDone", case, json!({})).await;
    }
    assert_eq!(
        code(&sam.argues("caseMessageSend", case, json!({ "text": "Hello" })).await),
        "WRONG_STATE",
        "there is no room yet"
    );
    ada.finds_in(case, "DAMAGED", Some(30)).await;
    assert_eq!(
        state(&bea.argues("caseObject", case, json!({})).await),
        "MEDIATION",
        "the buyer may ask for it, too"
    );
    app.relayed().await;
    assert!(told(sam, "CASE_MEDIATION_BEGAN").await);
    three_speak_in_the_room_and_no_more(&dispute, &ada, &abe, &eve).await;
    a_consent_is_to_one_version(&dispute, &eve).await;
    let made = ada.argues("caseProposalMake", case, json!({ "sellerShare": 33 })).await;
    assert_eq!(made["case"]["refusal"]["proposals"][2]["by"], "ADMIN", "{made}");
    assert_eq!(
        code(&sam.argues("caseProposalAccept", case, json!({ "version": 2 })).await),
        "PRICE_CHANGED"
    );
    assert_eq!(
        state(&sam.argues("caseProposalAccept", case, json!({ "version": 3 })).await),
        "MEDIATION"
    );
    assert_eq!(
        state(&sam.argues("caseProposalAccept", case, json!({ "version": 3 })).await),
        "MEDIATION",
        "once more changes nothing"
    );
    app.relayed().await;
    assert!(told(bea, "CASE_PROPOSAL_MADE").await && told(bea, "CASE_PROPOSAL_ACCEPTED").await);
    assert_eq!(money(&app, &dispute).await, ["0.00", "0.00", "20.03"]);
    let closed = bea.argues("caseProposalAccept", case, json!({ "version": 3 })).await;
    assert_eq!(state(&closed), "CLOSED", "{closed}");
    assert_eq!(money(&app, &dispute).await, ["6.60", "13.43", "0.00"]);
    assert_eq!(order_state(&app, &dispute.order).await, "SPLIT");
    assert_eq!(
        code(&sam.argues("caseMessageSend", case, json!({ "text": "Thanks" })).await),
        "WRONG_STATE"
    );
    assert_eq!(
        app.on_record(case).await,
        ["case_claim", "case_rule", "case_message", "case_propose"]
    );
    app.close().await;
}

/// The room of the mediation.
async fn three_speak_in_the_room_and_no_more(dispute: &Dispute<'_>, ada: &Person<'_>, abe: &Person<'_>, eve: &Person<'_>) {
    let Dispute { sam, bea, case, .. } = dispute;
    for person in [sam, bea, ada] {
        let said = person
            .argues("caseMessageSend", case, json!({ "text": format!("{} speaks", person.name) }))
            .await;
        assert_eq!(said["userErrors"], json!([]), "{said}");
    }
    assert_eq!(
        code(&abe.argues("caseMessageSend", case, json!({ "text": "And I" })).await),
        "CLAIMED_BY_OTHER"
    );
    assert_eq!(
        code(&eve.argues("caseMessageSend", case, json!({ "text": "And I" })).await),
        "NOT_FOUND"
    );
    let room = sam.case(case).await["refusal"]["messages"]["nodes"].clone();
    assert_eq!(
        room,
        json!([
            { "by": "ADMIN", "text": "ada speaks" }, { "by": "BUYER", "text": "bea speaks" }, { "by": "SELLER", "text": "sam speaks" },
        ])
    );
}

/// What is proposed may change under somebody's consent.
async fn a_consent_is_to_one_version(dispute: &Dispute<'_>, eve: &Person<'_>) {
    let Dispute { sam, bea, case, .. } = dispute;
    for wrong in [-1, 101] {
        assert_eq!(
            code(&sam.argues("caseProposalMake", case, json!({ "sellerShare": wrong })).await),
            "INVALID_INPUT"
        );
    }
    assert_eq!(
        code(&bea.argues("caseProposalAccept", case, json!({ "version": 1 })).await),
        "PRICE_CHANGED",
        "there is none"
    );
    sam.argues("caseProposalMake", case, json!({ "sellerShare": 50 })).await;
    assert_eq!(
        code(&eve.argues("caseProposalAccept", case, json!({ "version": 1 })).await),
        "NOT_FOUND"
    );
    bea.argues("caseProposalMake", case, json!({ "sellerShare": 10 })).await;
    assert_eq!(
        code(&bea.argues("caseProposalAccept", case, json!({ "version": 1 })).await),
        "PRICE_CHANGED",
        "it changed under her consent"
    );
}

#[tokio::test]
async fn a_settlement_may_give_everything_or_nothing() {
    let app = TestApp::new().await;
    let ada = app.admin("ada").await;
    let (mut sam, mut bea) = (app.verified("sam").await, app.verified("bea").await);
    for (share, ends, has) in [(0, "REFUNDED", ["0.00", "1.00"]), (100, "SPLIT", ["1.00", "1.00"])] {
        let dispute = app.disputed_between(sam, bea, "1.00").await;
        for party in [&dispute.sam, &dispute.bea] {
            party.argues("caseEvidenceDone", &dispute.case, json!({})).await;
        }
        ada.finds_in(&dispute.case, "INTACT", None).await;
        dispute.sam.argues("caseObject", &dispute.case, json!({})).await;
        dispute
            .sam
            .argues("caseProposalMake", &dispute.case, json!({ "sellerShare": share }))
            .await;
        assert_eq!(
            state(
                &dispute
                    .bea
                    .argues("caseProposalAccept", &dispute.case, json!({ "version": 1 }))
                    .await
            ),
            "CLOSED"
        );
        assert_eq!(order_state(&app, &dispute.order).await, ends);
        let [sams, beas, escrow] = money(&app, &dispute).await;
        assert_eq!(([sams.as_str(), beas.as_str()], escrow.as_str()), (has, "0.00"));
        (sam, bea) = (dispute.sam, dispute.bea);
    }
    app.close().await;
}
