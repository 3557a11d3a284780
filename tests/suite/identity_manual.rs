//! Real names where an admin decides: by two photographs that he alone sees, and that are destroyed with his decision.

use std::time::Duration;

use entity::{image, image_key, kinds::IdentityState};
use futures::future::join_all;
use handover::{account::review_identity::lapse, app::Act, kernel::policy::System, media};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};

use crate::support::{
    Person, TestApp,
    account::{code, fresh_id_number, id_number},
};

const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const ME: &str = "query Me { me { verified identity { state rejectReason lapsesAt } } }";
const QUEUE: &str = "query Q { identityQueue { nodes { user { nickname } claimedBy { nickname } details { number } } } }";
const DEPOSIT: &str = "mutation D($input: DepositCreateInput!) { depositCreate(input: $input) { userErrors { code } } }";

async fn me(person: &Person<'_>) -> Value {
    person.sends(ME, json!({})).await["data"]["me"].clone()
}

/// Every stored file, the database aside.
fn files(app: &TestApp) -> Vec<Vec<u8>> {
    let folder = std::fs::read_dir(app.folder.path().join("files")).unwrap();
    folder.map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
}

async fn photographs(app: &TestApp) -> (u64, u64) {
    let db = app.env().db();
    let kinds = [
        entity::kinds::ImagePurpose::IdentityCard,
        entity::kinds::ImagePurpose::IdentityPerson,
    ];
    let rows = image::Entity::find()
        .filter(image::Column::Purpose.is_in(kinds))
        .count(db)
        .await
        .unwrap();
    (image_key::Entity::find().count(db).await.unwrap(), rows)
}

fn photographs_lie_sealed(app: &TestApp) {
    let files = files(app);
    assert!(files.len() >= 4);
    let open = |file: &Vec<u8>| file.starts_with(&[0xFF, 0xD8]) || file.starts_with(b"RIFF");
    assert!(!files.iter().any(open), "a photograph lies open");
}

/// Each photograph opens for the admin who claimed it, and for nobody else.
async fn only_the_claimant_looks(details: &Value, claimant: &Person<'_>, strangers: [&Person<'_>; 2]) {
    for address in [&details["cardUrl"], &details["personUrl"]] {
        let (status, cache, body) = claimant.gets(address).await;
        assert_eq!((status, cache.as_str()), (200, "no-store"));
        assert!(body.starts_with(&[0xFF, 0xD8]));
        for stranger in strangers {
            assert_eq!(stranger.gets(address).await.0, 404, "{}", stranger.name);
        }
        let plain = address.as_str().unwrap().split('?').next().unwrap().replace("/graphql", "");
        assert_eq!(claimant.gets(&json!(plain)).await.0, 404, "not by the open road");
    }
}

#[tokio::test]
async fn photographs_are_seen_by_the_admin_who_claimed_them_and_destroyed_with_his_decision() {
    let app = TestApp::manual().await;
    let (ann, ada, ben) = (app.person("ann").await, app.admin("ada").await, app.admin("ben").await);
    let number = fresh_id_number();
    let done = ann.hands_in("王小明", &number).await;
    assert_eq!(
        (&done["viewer"]["verified"], &done["viewer"]["identity"]["state"]),
        (&json!(false), &json!("PENDING")),
        "{done}"
    );
    let refused = ann
        .sends(
            DEPOSIT,
            json!({ "input": { "amount": "20.00", "idempotencyKey": uuid::Uuid::new_v4() } }),
        )
        .await;
    assert_eq!(code(&refused["data"]["depositCreate"]), "VERIFICATION_REQUIRED", "{refused}");
    photographs_lie_sealed(&app);

    let queue = ada.sends(QUEUE, json!({})).await["data"]["identityQueue"]["nodes"].clone();
    assert_eq!(
        queue,
        json!([{ "user": { "nickname": "ann" }, "claimedBy": null, "details": null }])
    );
    let claimed = ada.reviews("identityReviewClaim", &ann, None).await["review"].clone();
    assert_eq!(
        (&claimed["details"]["name"], &claimed["details"]["number"]),
        (&json!("王小明"), &json!(number))
    );
    let other = ben.reviews("identityReviewClaim", &ann, None).await;
    assert_eq!(code(&other), "CLAIMED_BY_OTHER");
    assert!(other["userErrors"][0]["message"].as_str().unwrap().contains("ada"), "{other}");
    assert_eq!(code(&ben.reviews("identityApprove", &ann, None).await), "CLAIMED_BY_OTHER");
    let queue = ben.sends(QUEUE, json!({})).await["data"]["identityQueue"]["nodes"].clone();
    assert_eq!(
        (&queue[0]["claimedBy"]["nickname"], &queue[0]["details"]),
        (&json!("ada"), &Value::Null)
    );

    let card = &claimed["details"]["cardUrl"];
    only_the_claimant_looks(&claimed["details"], &ada, [&ben, &ann]).await;
    let id = ann.id().await;
    assert_eq!(app.audits(id).await, ["identity.claim", "identity.look", "identity.look"]);

    assert_eq!(ada.reviews("identityApprove", &ann, None).await["review"]["state"], "APPROVED");
    assert_eq!(me(&ann).await["verified"], true);
    assert_eq!(ada.gets(card).await.0, 404);
    assert_eq!(photographs(&app).await, (0, 2), "their keys are gone at once");
    media::sweep(app.env(), System::new()).await.unwrap();
    assert_eq!(photographs(&app).await, (0, 0));
    assert!(files(&app).is_empty());
    assert_eq!(code(&ada.reviews("identityReject", &ann, Some("Late")).await), "ALREADY_DECIDED");
    assert_eq!(app.audits(id).await.last().unwrap(), "identity.approve");
    app.close().await;
}

#[tokio::test]
async fn a_rejection_says_why_and_another_try_is_open() {
    let app = TestApp::manual().await;
    let (ann, ada) = (app.person("ann").await, app.admin("ada").await);
    ann.hands_in("王小明", &fresh_id_number()).await;
    assert_eq!(
        code(&ada.reviews("identityReject", &ann, Some("Blurred")).await),
        "WRONG_STATE",
        "claim first"
    );
    ada.reviews("identityReviewClaim", &ann, None).await;
    assert_eq!(code(&ada.reviews("identityReject", &ann, Some("x")).await), "INVALID_INPUT");
    assert_eq!(
        code(&ann.hands_in("王小明", &fresh_id_number()).await),
        "WRONG_STATE",
        "somebody looks at it"
    );
    let done = ada.reviews("identityReject", &ann, Some("The card is blurred.")).await;
    assert_eq!(
        (&done["review"]["state"], &done["review"]["details"]),
        (&json!("REJECTED"), &Value::Null),
        "{done}"
    );
    let seen = me(&ann).await["identity"].clone();
    assert_eq!(
        seen,
        json!({ "state": "REJECTED", "rejectReason": "The card is blurred.", "lapsesAt": null })
    );
    app.posted().await;
    assert_eq!(app.mails_saying("ann@example.com", "The card is blurred."), 1);
    assert_eq!(
        ann.hands_in("王小明", &fresh_id_number()).await["viewer"]["identity"]["state"],
        "PENDING"
    );
    assert_eq!(photographs(&app).await.0, 4, "two that wait, and two that were not taken");
    ada.reviews("identityReviewClaim", &ann, None).await;
    assert_eq!(ada.reviews("identityApprove", &ann, None).await["userErrors"], json!([]));
    app.close().await;
}

#[tokio::test]
async fn a_claim_lapses_after_four_hours_and_can_be_given_back() {
    let app = TestApp::manual().await;
    let ann = app.person("ann").await;
    let (ada, ben) = (app.admin("ada").await, app.admin("ben").await);
    ann.hands_in("王小明", &fresh_id_number()).await;
    ada.reviews("identityReviewClaim", &ann, None).await;
    ada.reviews("identityReviewRelease", &ann, None).await;
    assert_eq!(app.audits(ann.id().await).await, ["identity.claim", "identity.release"]);
    assert_eq!(ben.reviews("identityReviewClaim", &ann, None).await["userErrors"], json!([]));
    app.advance(4 * HOUR);
    let (ann, ada, ben) = (app.sign_in("ann").await, app.sign_in("ada").await, app.sign_in("ben").await);
    assert_eq!(
        code(&ben.reviews("identityApprove", &ann, None).await),
        "WRONG_STATE",
        "his claim has lapsed"
    );
    assert_eq!(ada.reviews("identityReviewClaim", &ann, None).await["userErrors"], json!([]));
    assert_eq!(code(&ben.reviews("identityApprove", &ann, None).await), "CLAIMED_BY_OTHER");
    assert_eq!(ada.reviews("identityApprove", &ann, None).await["userErrors"], json!([]));
    app.close().await;
}

#[tokio::test]
async fn what_nobody_decides_in_thirty_days_is_given_up_and_told() {
    let app = TestApp::manual().await;
    let ann = app.person("ann").await;
    ann.hands_in("王小明", &fresh_id_number()).await;
    app.advance(29 * DAY);
    assert_eq!(lapse(app.env(), System::new()).await.unwrap(), 0, "nothing early");
    app.advance(DAY);
    let both = futures::join!(lapse(app.env(), System::new()), lapse(app.env(), System::new()));
    assert_eq!(both.0.unwrap() + both.1.unwrap(), 1, "once");
    app.posted().await;
    assert_eq!(app.mails_saying("ann@example.com", "Nobody decided"), 1);
    assert_eq!(photographs(&app).await.0, 0);
    let ann = app.sign_in("ann").await;
    assert_eq!(me(&ann).await["identity"]["state"], "REJECTED");
    assert_eq!(
        ann.hands_in("王小明", &fresh_id_number()).await["viewer"]["identity"]["state"],
        "PENDING"
    );
    app.close().await;
}

#[tokio::test]
async fn abuse_38_a_second_claim_of_one_number_is_shown_to_the_reviewer_and_approved_once() {
    let app = TestApp::manual().await;
    let names = ["ann", "bob", "cid", "dan"];
    let people: Vec<Person<'_>> = join_all(names.map(|name| app.person(name))).await;
    let number = fresh_id_number();
    for person in &people {
        let done = person.hands_in("王小明", &number).await;
        assert_eq!(
            done["viewer"]["identity"]["state"], "PENDING",
            "nobody learns that the number is here: {done}"
        );
    }
    // A blacklisted user may hand his name in, and stays known by his number.
    app.operates("dan", Act::Blacklist("Fraud".into())).await;
    let admins = join_all(["ada", "ben", "cam", "deb"].map(|name| app.admin(name))).await;
    let claims = join_all(
        admins
            .iter()
            .zip(&people)
            .map(|(admin, person)| admin.reviews("identityReviewClaim", person, None)),
    )
    .await;
    let seen = claims[0]["review"]["details"]["sameNumber"].as_array().unwrap();
    assert_eq!(seen.len(), 3, "{claims:?}");
    assert!(seen.iter().any(|claim| claim["user"]["nickname"] == "dan"), "{seen:?}");
    let decided = join_all(
        admins
            .iter()
            .zip(&people)
            .map(|(admin, person)| admin.reviews("identityApprove", person, None)),
    )
    .await;
    let (approved, taken): (Vec<_>, Vec<_>) = decided.iter().partition(|payload| payload["userErrors"] == json!([]));
    assert_eq!(approved.len(), 1, "{decided:?}");
    assert!(taken.iter().all(|payload| code(payload) == "IDENTITY_TAKEN"), "{taken:?}");
    let mut verified = 0;
    for person in &people {
        let approved = app.identity_of(person.id().await).await.state == IdentityState::Approved;
        assert_eq!(person.rights().await.verified, approved, "{}", person.name);
        verified += usize::from(approved);
    }
    assert_eq!(verified, 1);
    app.close().await;
}

#[tokio::test]
async fn what_is_handed_in_must_be_whole_one_s_own_and_an_adult_s() {
    let app = TestApp::manual().await;
    let (ann, bob) = (app.person("ann").await, app.person("bob").await);
    let (card, person) = (ann.photo("CARD").await, ann.photo("PERSON").await);
    let good = fresh_id_number();
    let none = Value::Null;
    for (number, card_given, person_given, expected) in [
        (&good, &none, &none, "INVALID_INPUT"),
        (&good, &card, &none, "INVALID_INPUT"),
        (&good, &person, &card, "IMAGE_NOT_USABLE"),
        (&good, &card, &card, "IMAGE_NOT_USABLE"),
        (&id_number("11010520200307001"), &card, &person, "IDENTITY_REFUSED"),
        (&"110105194912310021".to_owned(), &card, &person, "IDENTITY_REFUSED"),
    ] {
        assert_eq!(code(&ann.hands_in_with("王小明", number, card_given, person_given).await), expected);
    }
    assert_eq!(
        bob.hands_in_with("王小明", &good, &card, &person).await["code"],
        "NOT_FOUND",
        "another's"
    );
    assert_eq!(me(&ann).await["identity"], Value::Null);
    assert_eq!(ann.hands_in_with("王小明", &good, &card, &person).await["userErrors"], json!([]));
    // As long as nobody looks, it can be handed in anew.
    assert_eq!(ann.hands_in("王小明", &fresh_id_number()).await["userErrors"], json!([]));
    assert_eq!(
        ann.hands_in_with("王小明", &good, &card, &person).await["userErrors"][0]["code"],
        "IMAGE_NOT_USABLE",
        "their keys are gone"
    );
    app.close().await;
}

#[tokio::test]
async fn nobody_decides_on_himself_and_a_blacklisted_user_may_hand_in() {
    let app = TestApp::manual().await;
    let (ann, bob) = (app.person("ann").await, app.person("bob").await);
    ann.hands_in("王小明", &fresh_id_number()).await;
    app.operates("ann", Act::Grant).await;
    let ann = app.sign_in("ann").await;
    assert_eq!(code(&ann.reviews("identityReviewClaim", &ann, None).await), "OWN_MATTER");
    app.operates("bob", Act::Blacklist("Fraud".into())).await;
    assert_eq!(
        bob.hands_in("李雷", &fresh_id_number()).await["viewer"]["identity"]["state"],
        "PENDING"
    );
    ann.reviews("identityReviewClaim", &bob, None).await;
    assert_eq!(ann.reviews("identityApprove", &bob, None).await["userErrors"], json!([]));
    assert!(bob.rights().await.verified && bob.rights().await.blacklisted);
    app.close().await;
}
