//! Refused returns (case B) and the admins: two of them at once, a second one for much money, one's own matter, and the file of a case.

use std::io::Cursor;

use handover::wallet::ledger::AccountKey;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::support::{
    Person, TestApp,
    disputes::{DAY, Dispute, HOUR},
    orders::code,
};

/// A case that waits for a finding.
async fn in_review<'a>(app: &'a TestApp, price: &str) -> Dispute<'a> {
    let dispute = app.disputed(price).await;
    for party in [&dispute.sam, &dispute.bea] {
        party.argues("caseEvidenceDone", &dispute.case, json!({})).await;
    }
    dispute
}

async fn state_of(app: &TestApp, order: &str) -> &'static str {
    app.case_of(order).await.state.as_str()
}

async fn ruling(admin: &Person<'_>, case: &str) -> Value {
    let query = "query R($id: ID!) { caseReview(id: $id) { rulings { id state refusal ruledByYou finding division { toSeller { amount } toBuyer { amount } bans atOnce } } } }";
    let answer = admin.sends(query, json!({ "id": case })).await;
    let rulings = answer["data"]["caseReview"]["rulings"]
        .as_array()
        .unwrap_or_else(|| panic!("{answer}"));
    rulings.last().cloned().unwrap_or_default()
}

#[tokio::test]
async fn of_two_admins_at_one_case_one_decides_and_the_other_is_told_who() {
    let app = TestApp::new().await;
    let (ada, abe) = (app.admin("ada").await, app.admin("abe").await);
    let dispute = in_review(&app, "20.03").await;
    let case = &dispute.case;
    ada.takes_up(case).await;
    let told = abe.takes_up(case).await;
    assert_eq!(code(&told), "CLAIMED_BY_OTHER");
    assert!(told["userErrors"][0]["message"].as_str().unwrap().contains("ada"), "{told}");
    for told in [abe.says_found(case, "INTACT", None).await, abe.reads_in(case).await] {
        assert_eq!(code(&told), "CLAIMED_BY_OTHER", "{told}");
    }
    // A claim lapses after four hours; then the other may, and the first is told.
    app.advance(HOUR * 4);
    let (ada, abe) = (app.sign_in("ada").await, app.sign_in("abe").await);
    assert_eq!(
        code(&ada.says_found(case, "INTACT", None).await),
        "WRONG_STATE",
        "she has it no longer"
    );
    abe.finds_in(case, "WORTHLESS", None).await;
    let told = ada.says_found(case, "INTACT", None).await;
    assert_eq!(code(&told), "ALREADY_DECIDED");
    assert!(told["userErrors"][0]["message"].as_str().unwrap().contains("abe"), "{told}");
    // And where the case goes on after a finding.
    let (tom, tia) = (app.verified("tom").await, app.verified("tia").await);
    let other = app.disputed_between(tom, tia, "1.00").await;
    for party in [&other.sam, &other.bea] {
        party.argues("caseEvidenceDone", &other.case, json!({})).await;
    }
    ada.finds_in(&other.case, "INTACT", None).await;
    let again = ada.says_found(&other.case, "WORTHLESS", None).await;
    assert_eq!(code(&again), "ALREADY_DECIDED", "{again}");
    app.close().await;
}

#[tokio::test]
async fn nobody_decides_in_his_own_matter() {
    let app = TestApp::new().await;
    let (ada, tom) = (app.admin("ada").await, app.verified("tom").await);
    let ada_buys = app.disputed_between(tom, ada, "20.03").await;
    let (ada, case) = (&ada_buys.bea, &ada_buys.case);
    for party in [&ada_buys.sam, ada] {
        party.argues("caseEvidenceDone", case, json!({})).await;
    }
    assert_eq!(code(&ada.takes_up(case).await), "OWN_MATTER");
    assert_eq!(code(&ada.says_found(case, "INTACT", None).await), "OWN_MATTER");
    assert_eq!(code(&ada.reads_in(case).await), "OWN_MATTER");
    let preview = "query P($id: ID!) { caseDivisionPreview(caseId: $id, finding: INTACT) { atOnce } }";
    assert!(ada.sends(preview, json!({ "id": case })).await["data"]["caseDivisionPreview"].is_null());
    app.admin("abe").await.finds_in(case, "DAMAGED", Some(50)).await;
    ada_buys.sam.argues("caseObject", case, json!({})).await;
    let said = ada.argues("caseMessageSend", case, json!({ "text": "As a buyer." })).await;
    assert_eq!(said["case"]["refusal"]["messages"]["nodes"][0]["by"], "BUYER", "{said}");
    // An admin who loses such a case must lose the role before he can be banned; the money moves all the same.
    app.close().await;
}

#[tokio::test]
async fn above_twenty_thousand_a_second_admin_approves_what_he_sees() {
    let app = TestApp::new().await;
    let (ada, abe) = (app.admin("ada").await, app.admin("abe").await);
    let dispute = in_review(&app, "20000.01").await;
    let Dispute { sam, bea, case, order } = &dispute;
    let found = ada.finds_in(case, "WORTHLESS", None).await;
    assert_eq!(found["review"]["case"]["state"], "IN_REVIEW", "{found}");
    let waits = ruling(&abe, case).await;
    assert_eq!(
        (&waits["state"], &waits["finding"], &waits["division"]),
        (
            &json!("PENDING"),
            &json!("WORTHLESS"),
            &json!({ "toSeller": { "amount": "20000.01" }, "toBuyer": { "amount": "0.00" }, "bans": "BUYER", "atOnce": true })
        )
    );
    assert!(
        bea.case(case).await["timeline"]
            .as_array()
            .unwrap()
            .iter()
            .all(|step| step["kind"] != "RULING_MADE"),
        "not for parties"
    );
    assert_eq!(code(&ada.decides_on(&waits["id"], None).await), "OWN_MATTER", "not she herself");
    assert_eq!(
        code(&ada.says_found(case, "INTACT", None).await),
        "WRONG_STATE",
        "one waits at a time"
    );
    assert_eq!(
        code(&abe.decides_on(&waits["id"], Some("")).await),
        "INVALID_INPUT",
        "whoever refuses says why"
    );
    assert_eq!(app.escrow(order).await, "20000.01");
    let done = abe.decides_on(&waits["id"], None).await;
    assert_eq!(done["review"]["case"]["state"], "CLOSED", "{done}");
    assert_eq!(
        code(&app.admin("eva").await.decides_on(&waits["id"], None).await),
        "ALREADY_DECIDED"
    );
    assert_eq!(
        (
            sam.holds(AccountKey::available).await.as_str(),
            bea.holds(AccountKey::available).await.as_str()
        ),
        ("20000.01", "0.00")
    );
    assert_eq!(
        app.on_record(case).await,
        ["case_claim", "case_rule_propose", "case_ruling_approve"]
    );
    app.close().await;
}

#[tokio::test]
async fn a_second_admin_who_refuses_or_is_silent_leaves_the_case_to_others_and_its_timers_run_on() {
    let app = TestApp::new().await;
    let (ada, abe) = (app.admin("ada").await, app.admin("abe").await);
    let dispute = in_review(&app, "20000.01").await;
    let case = &dispute.case;
    ada.finds_in(case, "TAKEN_BACK", None).await;
    let waits = ruling(&abe, case).await;
    let refused = abe.decides_on(&waits["id"], Some("I see no sign of it.")).await;
    assert_eq!(refused["review"]["case"]["state"], "IN_REVIEW", "{refused}");
    assert!(refused["review"]["claimedBy"].is_null(), "open to others: {refused}");
    assert_eq!(ruling(&ada, case).await["refusal"], "I see no sign of it.");
    // Another says something else, and nobody seconds it.
    abe.finds_in(case, "DAMAGED", Some(60)).await;
    app.advance(HOUR * 72);
    app.cases_run_out().await;
    let ada = app.sign_in("ada").await;
    assert_eq!(ruling(&ada, case).await["state"], "LAPSED");
    assert_eq!(
        code(&ada.decides_on(&ruling(&ada, case).await["id"], None).await),
        "ALREADY_DECIDED",
        "void"
    );
    assert_eq!(state_of(&app, &dispute.order).await, "IN_REVIEW");
    // A third ruling waits when the seven days are over: the account counts as intact.
    app.advance(DAY * 3);
    let ada = app.sign_in("ada").await;
    ada.finds_in(case, "WORTHLESS", None).await;
    app.advance(DAY);
    app.cases_run_out().await;
    assert_eq!(state_of(&app, &dispute.order).await, "AWAITING_CONSENT");
    let abe = app.sign_in("abe").await;
    let void = ruling(&abe, case).await;
    assert_eq!(void["state"], "LAPSED");
    assert_eq!(code(&abe.decides_on(&void["id"], None).await), "ALREADY_DECIDED");
    app.advance(HOUR * 48);
    app.cases_run_out().await;
    assert_eq!(state_of(&app, &dispute.order).await, "CLOSED");
    assert_eq!(app.sign_in("bea").await.holds(AccountKey::available).await, "20000.01");
    app.close().await;
}

#[tokio::test]
async fn a_final_ruling_about_much_money_needs_two_who_did_not_make_the_finding() {
    let app = TestApp::new().await;
    let (ada, _, _) = (app.admin("ada").await, app.admin("abe").await, app.admin("eva").await);
    let dispute = in_review(&app, "20000.01").await;
    let case = dispute.case.clone();
    ada.finds_in(&case, "INTACT", None).await;
    let eva = app.sign_in("eva").await;
    eva.decides_on(&ruling(&eva, &case).await["id"], None).await;
    assert_eq!(state_of(&app, &dispute.order).await, "AWAITING_CONSENT");
    dispute.sam.argues("caseObject", &case, json!({})).await;
    app.advance(DAY * 7);
    app.cases_run_out().await;
    let (ada, abe, eva) = (app.sign_in("ada").await, app.sign_in("abe").await, app.sign_in("eva").await);
    let ruled = abe.rules_in(&case, 33).await;
    assert_eq!(ruled["review"]["case"]["state"], "FINAL_RULING", "{ruled}");
    let waits = ruling(&eva, &case).await;
    assert_eq!(
        code(&ada.decides_on(&waits["id"], None).await),
        "OWN_MATTER",
        "she made the finding"
    );
    let done = eva.decides_on(&waits["id"], None).await;
    assert_eq!(done["review"]["case"]["state"], "CLOSED", "{done}");
    let (sam, bea) = (app.sign_in("sam").await, app.sign_in("bea").await);
    assert_eq!(
        [sam.holds(AccountKey::available).await, bea.holds(AccountKey::available).await],
        ["6600.00", "13400.01"]
    );
    app.close().await;
}

#[tokio::test]
async fn a_blacklisted_party_adds_nothing_and_silence_answers_for_him() {
    let app = TestApp::new().await;
    let ada = app.admin("ada").await;
    let dispute = in_review(&app, "20.03").await;
    let case = &dispute.case;
    app.bans(&dispute.sam).await;
    for mutation in ["caseEvidenceDone", "caseConsent", "caseObject"] {
        let answer = dispute.sam.argues(mutation, case, json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BLACKLISTED", "{answer}");
    }
    ada.finds_in(case, "DAMAGED", Some(90)).await;
    app.advance(HOUR * 48);
    app.cases_run_out().await;
    assert_eq!(state_of(&app, &dispute.order).await, "CLOSED");
    let (sam, bea) = (app.sign_in("sam").await, app.sign_in("bea").await);
    assert_eq!(
        [sam.holds(AccountKey::available).await, bea.holds(AccountKey::available).await],
        ["18.02", "2.01"],
        "what is his is his"
    );
    app.close().await;
}

/// The files of a ZIP, by name.
fn files(bytes: Vec<u8>) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

async fn file_of(person: &Person<'_>, case: &str) -> Value {
    person.calls("caseFileCreate", "url", json!({ "id": case })).await
}

/// Neither what was handed over nor who of the platform decided.
fn no_secret_is_in(files: &std::collections::BTreeMap<String, Vec<u8>>) {
    for secret in ["first", "second", "ada"] {
        for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".json")) {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains(&format!("\"{secret}\"")), "{secret} in {name}");
        }
    }
}

#[tokio::test]
async fn the_file_of_a_case_has_everything_but_the_credentials_and_is_for_those_who_may_read_it() {
    let app = TestApp::new().await;
    let (ada, eve) = (app.admin("ada").await, app.verified("eve").await);
    let dispute = in_review(&app, "20.03").await;
    let Dispute { sam, bea, case, .. } = &dispute;
    let said = sam.says(&bea.public_id().await, "You broke it.").await;
    sam.recalls(&said["id"]).await;
    for stranger in [&eve, &ada] {
        let answer = file_of(stranger, case).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "NOT_FOUND", "{answer}");
    }
    ada.takes_up(case).await;
    ada.reads_in(case).await;
    ada.says_found(case, "DAMAGED", Some(37)).await;
    bea.argues("caseObject", case, json!({})).await;
    bea.argues("caseMessageSend", case, json!({ "text": "It was so." })).await;
    bea.argues("caseProposalMake", case, json!({ "sellerShare": 7 })).await;
    for reader in [sam, bea, &ada] {
        let url = file_of(reader, case).await["url"].clone();
        let (status, cache, bytes) = reader.gets(&url).await;
        assert_eq!((status, cache.as_str()), (200, "no-store"), "{}", reader.name);
        assert_eq!(eve.gets(&url).await.0, 404, "a link is one reader's");
        let files = files(bytes);
        let json = |name: &str| serde_json::from_slice::<Value>(&files[name]).unwrap_or_else(|_| panic!("no {name}"));
        let hashes = json("hashes.json");
        for (name, bytes) in files.iter().filter(|(name, _)| *name != "hashes.json") {
            let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(hashes[name], json!(hash), "{name}");
        }
        assert_eq!(json("listing.json")["price"], "20.03");
        assert_eq!(
            json("chat.json").as_array().unwrap().last().unwrap()["text"],
            "You broke it.",
            "what was taken back stays for cases"
        );
        let evidence = json("evidence.json");
        let picture = evidence[0]["pictures"][0]["file"].as_str().unwrap();
        assert!(
            files[picture].len() > 100 && evidence[0]["sha256"].as_str().unwrap().len() == 64,
            "{evidence}"
        );
        assert_eq!(json("rulings.json")["findingShare"], 37);
        assert_eq!(json("mediation.json")["messages"][0]["text"], "It was so.");
        assert_eq!(json("mediation.json")["proposals"][0]["sellerShare"], 7);
        let looks = json("hand-over.json")["looks"].clone();
        assert_eq!(looks[0]["by"], "admin", "{looks}");
        assert!(
            json("timeline.json")
                .as_array()
                .unwrap()
                .iter()
                .any(|step| step["step"] == "REVEALED")
        );
        no_secret_is_in(&files);
    }
    app.close().await;
}

#[tokio::test]
async fn a_key_is_good_for_one_decision() {
    let app = TestApp::new().await;
    let ada = app.admin("ada").await;
    let dispute = in_review(&app, "20.03").await;
    ada.takes_up(&dispute.case).await;
    let key = Uuid::new_v4();
    let input = |share: i32| json!({ "id": dispute.case, "finding": "DAMAGED", "sellerShare": share, "reason": "Looked at it.", "idempotencyKey": key });
    for _ in 0..2 {
        let found = ada.calls("caseFind", "review { case { state } }", input(40)).await;
        assert_eq!(found["review"]["case"]["state"], "AWAITING_CONSENT", "{found}");
    }
    assert_eq!(
        code(&ada.calls("caseFind", "review { case { state } }", input(41)).await),
        "IDEMPOTENCY_KEY_REUSED"
    );
    app.close().await;
}
