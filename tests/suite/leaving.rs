//! Those who leave: their data come along, nothing of theirs is open, and afterwards nobody can tell who they were.

use std::{io::Cursor, io::Read, time::Duration};

use entity::{kinds::ListingState, listing, payout_account, standing, user, value::UserId};
use futures::future::join_all;
use handover::kernel::policy::System;
use handover::{app::Act, order::timers};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{
    PASSWORD, Person, TestApp,
    account::{Caller, code, fresh_id_number, payload},
};

const EXPORT: &str = "mutation E { dataExportCreate { url userErrors { code } } }";

async fn export(person: &Person<'_>) -> Value {
    payload(&person.sends(EXPORT, json!({})).await, "dataExportCreate")
}

/// The files of an archive, by name.
fn files(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

#[tokio::test]
async fn one_s_data_are_all_there_and_others_only_by_their_faces() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.person("sam").await, app.verified("bea").await);
    let number = fresh_id_number();
    sam.verifies("王小明", &number).await;
    bea.has("40.00").await;
    let order = bea.buys(&sam.sells("20.00").await).await;
    sam.delivers(&order, "Planted-credential-77").await;
    bea.says(&sam.public_id().await, "Is it still yours?").await;
    sam.says(&bea.public_id().await, "It is, as my word.").await;
    app.relayed().await;
    let link = export(&sam).await["url"].clone();
    let (status, cache, bytes) = sam.gets(&link).await;
    assert_eq!((status, cache.as_str()), (200, "no-store"));
    let files = files(bytes);
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    for name in [
        "account.json",
        "orders.json",
        "cases.json",
        "wallet.json",
        "messages.json",
        "reports.json",
        "listings.json",
        "notices.json",
        "images.json",
        "acts.json",
    ] {
        assert!(names.contains(&name), "{names:?}");
    }
    let all: String = files.iter().map(|(_, text)| text.as_str()).collect();
    for own in [
        "sam@example.com",
        "王小明",
        &number,
        "Level 60, all heroes",
        "It is, as my word.",
        "Is it still yours?",
        "\"bea\"",
    ] {
        assert!(all.contains(own), "{own} is missing");
    }
    for foreign in ["bea@example.com", "Planted-credential-77", "password_hash", "argon2"] {
        assert!(!all.contains(foreign), "{foreign} is in it");
    }
    // Others see each other as the platform shows them.
    app.operates("bea", Act::Blacklist("Fraud".into())).await;
    let (_, _, bytes) = sam.gets(&link).await;
    let (_, orders) = self::files(bytes).into_iter().find(|(name, _)| name == "orders.json").unwrap();
    assert!(!orders.contains("\"bea\""), "{orders}");
    app.close().await;
}

#[tokio::test]
async fn a_link_to_one_s_data_is_one_s_own_short_lived_and_needs_a_fresh_proof() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.person("ann").await, app.person("bob").await);
    let link = export(&ann).await["url"].clone();
    assert_eq!(bob.gets(&link).await.0, 404, "another's");
    assert_eq!(
        app.http.get(app.url(link.as_str().unwrap())).send().await.unwrap().status(),
        404,
        "a stranger's"
    );
    for changed in [link.as_str().unwrap().replace("until=1", "until=2"), "/graphql/export".to_owned()] {
        assert_eq!(ann.gets(&json!(changed)).await.0, 404, "{changed}");
    }
    for _ in 0..4 {
        export(&ann).await;
    }
    assert_eq!(code(&export(&ann).await), "LIMIT_REACHED");
    let own = export(&bob).await["url"].clone();
    assert_eq!(bob.gets(&own).await.0, 200);
    app.advance(Duration::from_secs(21 * 60));
    let (ann, bob) = (app.sign_in("ann").await, app.sign_in("bob").await);
    assert_eq!((ann.gets(&link).await.0, bob.gets(&own).await.0), (404, 404));
    app.advance(Duration::from_secs(6 * 60));
    assert_eq!(code(&export(&bob).await), "FRESH_PROOF_REQUIRED");
    assert_eq!(code(&bob.closes("bob").await), "FRESH_PROOF_REQUIRED");
    app.close().await;
}

/// Neither is among what is left to him (A7), not even by a link that he had before.
#[tokio::test]
async fn a_blacklisted_user_takes_no_data_along_and_does_not_leave() {
    let app = TestApp::new().await;
    let bob = app.person("bob").await;
    let link = export(&bob).await["url"].clone();
    app.operates("bob", Act::Blacklist("Fraud".into())).await;
    let close = "mutation C { accountClose(input: { username: \"bob\" }) { userErrors { code } } }";
    for refused in [bob.sends(EXPORT, json!({})).await, bob.sends(close, json!({})).await] {
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BLACKLISTED", "{refused}");
    }
    assert_eq!(bob.gets(&link).await.0, 404);
    app.operates("bob", Act::Reinstate("It was somebody else".into())).await;
    let bob = app.sign_in("bob").await;
    assert_eq!(bob.gets(&link).await.0, 200, "with his rights");
    app.close().await;
}

#[tokio::test]
async fn abuse_40_an_account_with_something_open_stays_and_each_thing_is_named() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    app.admin("ada").await;
    bea.has("40.00").await;
    let order = bea.buys(&sam.sells("20.00").await).await;
    bea.asks_to_pay_in("20.00").await;
    bea.offers(&sam.sells("30.00").await, "15.00").await;
    let codes = |payload: &Value| -> Vec<Value> {
        payload["userErrors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|error| error["code"].clone())
            .collect()
    };
    assert_eq!(bea.obstacles().await, json!(["ORDER", "OFFER", "BALANCE", "PAYMENT"]));
    let refused = bea.closes("bea").await;
    assert_eq!(codes(&refused), vec![json!("OPEN_MATTER"); 4], "{refused}");
    let messages: Vec<&str> = refused["userErrors"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|error| error["message"].as_str())
        .collect();
    for (message, word) in messages.iter().zip(["order", "offer", "wallet", "deposit"]) {
        assert!(message.contains(word), "{messages:?}");
    }
    assert_eq!(code(&bea.closes("sam").await), "INVALID_INPUT", "not his name");
    sam.delivers(&order, "a secret password").await;
    bea.orders("orderConfirm", json!({ "id": order, "acknowledgeOpenSteps": true }))
        .await;
    assert_eq!(sam.obstacles().await, json!(["OFFER", "WARRANTY", "SETTLING"]));
    app.advance(Duration::from_secs(8 * 24 * 60 * 60));
    timers::settle(app.env(), System::new()).await.unwrap();
    let sam = app.sign_in("sam").await;
    assert_eq!(sam.obstacles().await, json!(["WARRANTY", "BALANCE"]));
    assert_eq!(codes(&sam.closes("sam").await).len(), 2, "abuse 27b: not under warranty");
    assert_eq!(app.sign_in("ada").await.obstacles().await, json!(["ADMIN"]));
    assert_eq!(code(&app.sign_in("ada").await.closes("ada").await), "OPEN_MATTER");
    app.person("bob").await;
    app.operates("bob", Act::Blacklist("Fraud".into())).await;
    assert_eq!(app.sign_in("bob").await.obstacles().await, json!(["BLACKLISTED"]));
    app.close().await;
}

#[tokio::test]
async fn abuse_27b_whoever_sold_something_under_warranty_cannot_leave() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("20.00").await;
    let order = bea.buys(&sam.sells("20.00").await).await;
    sam.delivers(&order, "a secret password").await;
    bea.orders("orderConfirm", json!({ "id": order, "acknowledgeOpenSteps": true }))
        .await;
    assert_eq!(code(&sam.closes("sam").await), "OPEN_MATTER");
    assert!(sam.obstacles().await.as_array().unwrap().contains(&json!("WARRANTY")));
    assert_eq!(bea.closes("bea").await["closed"], true, "the buyer may");
    app.close().await;
}

/// What the database holds of a closed account.
async fn nothing_tells_who_it_was(app: &TestApp, id: UserId) {
    let db = app.env().db();
    let row = user::Entity::find_by_id(id).one(db).await.unwrap().unwrap();
    assert!(!format!("{row:?}").contains("ann@"), "{row:?}");
    assert!(standing::Entity::find_by_id(id).one(db).await.unwrap().unwrap().closed_at.is_some());
    let accounts = payout_account::Entity::find()
        .filter(payout_account::Column::UserId.eq(id))
        .all(db)
        .await
        .unwrap();
    assert!(
        accounts
            .iter()
            .all(|row| row.number_sealed.is_empty() && row.holder_sealed.is_empty() && row.last_four.is_empty())
    );
    let on_sale = listing::Entity::find()
        .filter(listing::Column::SellerId.eq(id))
        .filter(listing::Column::State.eq(ListingState::OnSale));
    assert_eq!(on_sale.count(db).await.unwrap(), 0);
    assert_eq!(app.audits(id).await, ["user.close"]);
}

#[tokio::test]
async fn a_closed_account_is_nobody_s_and_its_number_is_free_again() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.person("ann").await, app.person("bob").await);
    let number = fresh_id_number();
    ann.verifies("王小明", &number).await;
    ann.adds_account("6222020200112345").await;
    let selling = ann.sells("9.00").await;
    let (id, public) = (ann.id().await, ann.public_id().await);
    ann.says(&bob.public_id().await, "hello").await;
    let mut socket = ann.connects().await;
    assert_eq!(ann.closes(" Ann ").await, json!({ "closed": true, "userErrors": [] }));
    assert_eq!(socket.closed().await.0, 4403);
    let me = ann.sends("query Me { me { id } }", json!({})).await;
    assert_eq!(me["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    for login in ["ann", "ann@example.com"] {
        let again = app
            .signs_in(Caller::default(), json!({ "login": login, "password": PASSWORD }))
            .await;
        assert_eq!(code(&again), "CREDENTIALS_WRONG");
    }
    app.posted().await;
    assert_eq!(app.mails_saying("ann@example.com", "Your account is closed"), 1);

    let face = "query N($id: ID!) { node(id: $id) { ... on User { nickname banned closed bio avatarUrl } } }";
    let seen = bob.sends(face, json!({ "id": public })).await["data"]["node"].clone();
    assert_eq!(
        seen,
        json!({ "nickname": "Closed account", "banned": false, "closed": true, "bio": "", "avatarUrl": null })
    );
    let page = bob
        .sends("query C { conversations { nodes { other { nickname } } } }", json!({}))
        .await;
    assert_eq!(page["data"]["conversations"]["nodes"][0]["other"]["nickname"], "Closed account");
    assert_eq!(
        code(&bob.posts(json!({ "to": public, "text": "still there?" })).await),
        "RECEIVER_NOT_AVAILABLE"
    );

    nothing_tells_who_it_was(&app, id).await;

    // He may come again, under his old names and with his number.
    app.forget_code_pauses("ann@example.com").await;
    let again = app.person("ann").await;
    assert_eq!(again.verifies("王小明", &number).await["userErrors"], json!([]));
    assert_eq!(
        again.asks_for(&selling, Uuid::new_v4()).await["errors"][0]["extensions"]["code"],
        "NOT_FOUND"
    );
    app.close().await;
}

#[tokio::test]
async fn of_an_offer_and_a_closing_at_once_one_is_made() {
    let app = TestApp::new().await;
    let bea = app.verified("bea").await;
    for round in 0..6 {
        let name = format!("sam{round}");
        let sam = app.verified(&name).await;
        let offered = sam.sells("5.00").await;
        let both = futures::join!(bea.asks_to_offer(&offered, "3.00", Uuid::new_v4()), sam.closes(&name));
        let made = both.0["userErrors"] == json!([]);
        let left = both.1["closed"] == true;
        assert!(made != left, "{both:?}");
    }
    app.close().await;
}

#[tokio::test]
async fn of_a_purchase_and_a_closing_at_once_one_is_made() {
    let app = TestApp::new().await;
    let bea = app.verified("bea").await;
    bea.has("200.00").await;
    let (mut bought, mut closed) = (0, 0);
    for round in 0..8 {
        let name = format!("sam{round}");
        let sam = app.verified(&name).await;
        let offered = sam.sells("5.00").await;
        let both = futures::join!(bea.asks_for(&offered, Uuid::new_v4()), sam.closes(&name));
        let sold = both.0["userErrors"] == json!([]);
        let left = both.1["closed"] == true;
        assert!(sold != left, "{both:?}");
        (bought, closed) = (bought + usize::from(sold), closed + usize::from(left));
    }
    assert_eq!(bought + closed, 8);
    // The buyer himself: what he asks for while he leaves is made before, or not at all.
    let cal = app.verified("cal").await;
    let deposits = (0..4).map(|_| {
        let input = json!({ "amount": "20.00", "idempotencyKey": Uuid::new_v4() });
        cal.sends(
            "mutation D($input: DepositCreateInput!) { depositCreate(input: $input) { deposit { id } userErrors { code } } }",
            json!({ "input": input }),
        )
    });
    let (answers, left) = futures::join!(join_all(deposits), cal.closes("cal"));
    let made = answers
        .iter()
        .filter(|answer| answer["data"]["depositCreate"]["deposit"].is_object())
        .count();
    assert!(left["closed"] != true || made == 0, "{answers:?} {left}");
    app.close().await;
}
