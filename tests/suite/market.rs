//! Accounts are offered, reviewed and shown.

use std::time::Duration;

use entity::{
    image as image_table,
    kinds::ImagePurpose,
    standing,
    value::{ImageId, Time, UserId},
};
use futures::future::join_all;
use handover::{kernel::policy::System, market, media};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Person, TestApp, game_seed, png};

const UPLOAD: &str = "mutation U($input: ImageUploadInput!) { imageUpload(input: $input) { image { id } userErrors { code } } }";
const APPROVE: &str = "mutation A($input: ListingApproveInput!) { listingApprove(input: $input) { listing { state publishedAt } userErrors { code message } } }";
const REJECT: &str =
    "mutation R($input: ListingRejectInput!) { listingReject(input: $input) { listing { state } userErrors { code field } } }";
const LISTING: &str = "query L($id: ID!) { listing(id: $id) { id title description price { amount currency } game { slug name servers { name } } server { name } images { url } cover { url } seller { nickname banned } state version deliveryHours warrantyDays rejectReason } }";
const LISTINGS: &str = "query Ls($first: Int, $after: String, $game: ID) { listings(first: $first, after: $after, filter: { gameId: $game }) { nodes { id title images { id } } pageInfo { hasNextPage endCursor } } }";
const GAMES: &str = "query G { games { id slug name servers { id name } } }";

/// A server with two games of its own before the others.
async fn with_games() -> TestApp {
    let app = TestApp::new().await;
    let (sky, sea) = (game_seed("sky", "Sky", "天空", -2), game_seed("sea", "Sea", "海洋", -1));
    for seed in [&sky, &sea, &sky] {
        market::seed_game(app.env(), System::new(), seed).await.unwrap();
    }
    app
}

async fn games(app: &TestApp) -> Value {
    app.send(None, GAMES, json!({})).await["data"]["games"].clone()
}

async fn offers(seller: &Person<'_>) -> Value {
    let made = seller.creates(&seller.draft("120.5").await).await;
    assert_eq!(made["userErrors"], json!([]));
    made["listing"]["id"].clone()
}

fn code(answer: &Value) -> &Value {
    &answer["errors"][0]["extensions"]["code"]
}

#[tokio::test]
async fn an_account_goes_from_its_picture_through_review_to_the_market() {
    let app = with_games().await;
    let (sam, ada) = (app.verified("sam").await, app.admin("ada").await);
    let id = offers(&sam).await;
    let ask = json!({ "id": id });
    assert_eq!(code(&app.send(None, LISTING, ask.clone()).await), "NOT_FOUND");
    assert_eq!(sam.sends(LISTING, ask.clone()).await["data"]["listing"]["state"], "IN_REVIEW");
    let queue = ada.sends("query Q { reviewQueue { nodes { id } } }", json!({})).await;
    assert_eq!(queue["data"]["reviewQueue"]["nodes"][0]["id"], id, "{queue}");

    let approved = ada.approves(&id).await;
    assert_eq!(approved["listing"]["state"], "ON_SALE", "{approved}");
    let again = ada.approves(&id).await;
    assert_eq!(again["userErrors"][0]["code"], "ALREADY_DECIDED");
    assert!(again["userErrors"][0]["message"].as_str().unwrap().contains("ada"), "{again}");

    let seen = app.send(None, LISTING, ask).await["data"]["listing"].clone();
    assert_eq!(seen["price"], json!({ "amount": "120.50", "currency": "CNY" }));
    assert_eq!((&seen["deliveryHours"], &seen["warrantyDays"]), (&json!(24), &json!(30)));
    assert_eq!((&seen["game"]["name"], &seen["server"]["name"]), (&json!("Sky"), &json!("West")));
    assert_eq!(seen["game"]["servers"], json!([{ "name": "East" }, { "name": "West" }]));
    assert_eq!(seen["images"][0], seen["cover"]);
    assert_eq!(seen["seller"], json!({ "nickname": "sam", "banned": false }));
    let market = app.send(None, LISTINGS, json!({})).await;
    assert_eq!(market["data"]["listings"]["nodes"][0]["id"], id, "{market}");
    app.close().await;
}

#[tokio::test]
async fn a_picture_is_made_anew_and_served_so_that_it_is_only_a_picture() {
    let app = with_games().await;
    let sam = app.verified("sam").await;
    let answer = sam.uploads(png(600, 300)).await;
    let image = answer["data"]["imageUpload"]["image"].clone();
    assert_eq!((&image["width"], &image["height"]), (&json!(600), &json!(300)));
    for (field, width) in [("url", 600), ("thumbnailUrl", 480)] {
        let answer = app.http.get(app.url(image[field].as_str().unwrap())).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-type"), "image/jpeg");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert!(header("cache-control").contains("immutable"));
        let bytes = answer.bytes().await.unwrap();
        assert_eq!(image::load_from_memory(&bytes).unwrap().width(), width);
    }
    let guessed = app.url("/media/0123456789abcdef0123456789abcdef");
    assert_eq!(app.http.get(guessed).send().await.unwrap().status(), 404);
    for bytes in [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(),
        png(9, 9)[..40].to_vec(),
        Vec::new(),
    ] {
        let refused = sam.uploads(bytes).await;
        assert_eq!(
            refused["data"]["imageUpload"]["userErrors"][0]["code"], "IMAGE_REFUSED",
            "{refused}"
        );
    }
    app.close().await;
}

#[tokio::test]
async fn a_file_that_is_only_named_is_refused_and_stops_nothing() {
    let app = with_games().await;
    let sam = app.verified("sam").await;
    for file in ["#__graphql_file__:9", "#__graphql_file__:x"] {
        let answer = sam.sends(UPLOAD, json!({ "input": { "purpose": "LISTING", "file": file } })).await;
        assert!(answer["data"]["imageUpload"]["image"].is_null(), "{answer}");
    }
    sam.image().await;
    app.close().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_listing_is_said_at_its_field_and_nothing_is_written() {
    let app = with_games().await;
    let (sam, tom) = (app.verified("sam").await, app.verified("tom").await);
    let good = sam.draft("120.5").await;
    let other_server = games(&app).await[1]["servers"][0]["id"].clone();
    let foreign = tom.image().await["id"].clone();
    let image = good["imageIds"][0].clone();
    for (field, value, code) in [
        ("title", json!("abc"), "INVALID_INPUT"),
        ("description", json!("short"), "INVALID_INPUT"),
        ("price", json!("0.99"), "INVALID_INPUT"),
        ("price", json!("200000.01"), "INVALID_INPUT"),
        ("deliveryHours", json!(49), "INVALID_INPUT"),
        ("warrantyDays", json!(8), "INVALID_INPUT"),
        ("bindings", json!(["pet"]), "INVALID_INPUT"),
        ("bindings", json!(["email", "email"]), "INVALID_INPUT"),
        ("penalties", json!("x".repeat(501)), "INVALID_INPUT"),
        ("imageIds", json!([]), "INVALID_INPUT"),
        ("imageIds", json!([image, image]), "IMAGE_NOT_USABLE"),
        ("serverId", other_server, "INVALID_INPUT"),
    ] {
        let mut wrong = good.clone();
        wrong[field] = value;
        let refused = sam.creates(&wrong).await;
        assert_eq!(refused["userErrors"][0]["code"], code, "{field}: {refused}");
        assert_eq!(refused["userErrors"][0]["field"], json!([field]));
        assert!(refused["listing"].is_null());
    }
    let mut wrong = good.clone();
    wrong["imageIds"] = json!([foreign]);
    let query = "mutation C($input: ListingCreateInput!) { listingCreate(input: $input) { userErrors { code } } }";
    assert_eq!(code(&sam.sends(query, json!({ "input": wrong })).await), "NOT_FOUND");
    let made = sam.creates(&good).await;
    assert_eq!(made["listing"]["state"], "IN_REVIEW", "{made}");
    assert_eq!(sam.creates(&good).await, made, "the same key answers the same listing");
    let mut other = good.clone();
    other["title"] = json!("Something else");
    assert_eq!(sam.creates(&other).await["userErrors"][0]["code"], "IDEMPOTENCY_KEY_REUSED");
    other["idempotencyKey"] = json!(Uuid::new_v4());
    assert_eq!(
        sam.creates(&other).await["userErrors"][0]["code"],
        "IMAGE_NOT_USABLE",
        "an image is used once"
    );
    app.close().await;
}

#[tokio::test]
async fn only_the_verified_sell_and_no_admin_reviews_his_own() {
    let app = with_games().await;
    let (sam, mia, ada) = (app.verified("sam").await, app.person("mia").await, app.admin("ada").await);
    let unverified = mia.creates(&mia.draft("120.5").await).await;
    assert_eq!(unverified["userErrors"][0]["code"], "VERIFICATION_REQUIRED");
    let id = offers(&sam).await;
    let stranger = mia.sends(APPROVE, json!({ "input": { "id": id, "version": 1 } })).await;
    assert_eq!(code(&stranger), "FORBIDDEN");
    let old = ada.sends(APPROVE, json!({ "input": { "id": id, "version": 7 } })).await;
    assert_eq!(old["data"]["listingApprove"]["userErrors"][0]["code"], "PRICE_CHANGED", "{old}");
    let silent = ada
        .sends(REJECT, json!({ "input": { "id": id, "version": 1, "reason": " " } }))
        .await;
    assert_eq!(silent["data"]["listingReject"]["userErrors"][0]["field"], json!(["reason"]));
    let rejected = ada
        .sends(REJECT, json!({ "input": { "id": id, "version": 1, "reason": "Show the level." } }))
        .await;
    assert_eq!(rejected["data"]["listingReject"]["listing"]["state"], "REJECTED", "{rejected}");
    let mine = sam
        .sends("query M { myListings { nodes { id state rejectReason } } }", json!({}))
        .await;
    assert_eq!(
        mine["data"]["myListings"]["nodes"],
        json!([{ "id": id, "state": "REJECTED", "rejectReason": "Show the level." }])
    );
    assert_eq!(code(&mia.sends(LISTING, json!({ "id": id })).await), "NOT_FOUND");
    app.close().await;
}

#[tokio::test]
async fn the_market_is_paged_newest_first_and_by_game() {
    let app = with_games().await;
    let (sam, ada) = (app.verified("sam").await, app.admin("ada").await);
    let mut ids = Vec::new();
    for _ in 0..5 {
        let id = offers(&sam).await;
        ada.approves(&id).await;
        ids.insert(0, id);
    }
    let (mut seen, mut after) = (Vec::new(), Value::Null);
    loop {
        let answer = app.send(None, LISTINGS, json!({ "first": 2, "after": after })).await;
        let page = &answer["data"]["listings"];
        for node in page["nodes"].as_array().unwrap_or_else(|| panic!("{answer}")) {
            assert_eq!(node["images"].as_array().unwrap().len(), 1);
            seen.push(node["id"].clone());
        }
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == json!(false) {
            break;
        }
    }
    assert_eq!(seen, ids);
    let games = games(&app).await;
    let of = |game: &Value| app.send(None, LISTINGS, json!({ "game": game["id"] }));
    let (sky, sea) = (of(&games[0]).await, of(&games[1]).await);
    assert_eq!(sky["data"]["listings"]["nodes"].as_array().unwrap().len(), 5);
    assert_eq!(sea["data"]["listings"]["nodes"], json!([]));
    for wrong in [json!({ "first": 0 }), json!({ "first": 101 }), json!({ "after": "x" })] {
        assert_eq!(code(&app.send(None, LISTINGS, wrong).await), "BAD_USER_INPUT");
    }
    app.close().await;
}

#[tokio::test]
async fn what_nobody_used_is_swept_after_a_day_and_what_is_used_stays() {
    let app = with_games().await;
    let sam = app.verified("sam").await;
    let unused = sam.image().await;
    let used = sam.draft("120.5").await;
    sam.creates(&used).await;
    assert_eq!(media::sweep(app.env(), System::new()).await, Ok(0));
    app.advance(Duration::from_secs(24 * 60 * 60 + 1));
    assert_eq!(media::sweep(app.env(), System::new()).await, Ok(1));
    let gone = app.http.get(app.url(unused["url"].as_str().unwrap())).send().await.unwrap();
    assert_eq!(gone.status(), 404);
    assert_eq!(media::sweep(app.env(), System::new()).await, Ok(0));
    app.close().await;
}

#[tokio::test]
async fn of_two_that_come_at_once_one_decides_and_one_key_makes_one_listing() {
    let app = with_games().await;
    let (sam, ada, bob) = (app.verified("sam").await, app.admin("ada").await, app.admin("bob").await);
    let input = sam.draft("120.5").await;
    let twins = join_all((0..6).map(|_| sam.creates(&input))).await;
    let id = twins[0]["listing"]["id"].clone();
    assert!(id.is_string() && twins.iter().all(|twin| twin["listing"]["id"] == id), "{twins:?}");
    let refuse = json!({ "input": { "id": id, "version": 1, "reason": "Show the level." } });
    let (approved, rejected) = tokio::join!(ada.approves(&id), bob.sends(REJECT, refuse));
    let done = [&approved, &rejected["data"]["listingReject"]].map(|answer| answer["userErrors"] == json!([]));
    assert!(done[0] != done[1], "{approved} {rejected}");
    app.close().await;
}

#[tokio::test]
async fn what_a_blacklisted_seller_offers_is_not_shown_and_his_name_is_gone() {
    let app = with_games().await;
    let (sam, ada) = (app.verified("sam").await, app.admin("ada").await);
    let id = offers(&sam).await;
    ada.approves(&id).await;
    let tx = app.env().begin().await.unwrap();
    let blacklisted = standing::ActiveModel {
        user_id: Set(sam.id().await),
        blacklisted: Set(true),
        ..Default::default()
    };
    blacklisted.update(tx.db()).await.unwrap();
    tx.commit().await.unwrap();
    let market = app.send(None, LISTINGS, json!({})).await;
    assert_eq!(market["data"]["listings"]["nodes"], json!([]));
    let ask = json!({ "id": id });
    let stranger = app.send(None, LISTING, ask.clone()).await;
    assert_eq!(
        stranger["data"]["listing"]["seller"],
        json!({ "nickname": "Banned user", "banned": true }),
        "{stranger}"
    );
    let admin = ada.sends(LISTING, ask).await;
    assert_eq!(admin["data"]["listing"]["seller"]["nickname"], "sam");
    app.close().await;
}

#[tokio::test]
async fn the_last_upload_of_a_day_is_given_once() {
    let app = with_games().await;
    let sam = app.verified("sam").await;
    let owner = sam.id().await;
    let tx = app.env().begin().await.unwrap();
    let rows = (1..media::upload::A_DAY).map(|n| image_row(owner, n, tx.now()));
    image_table::Entity::insert_many(rows)
        .exec_without_returning(tx.db())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let answers = join_all((0..3).map(|_| sam.uploads(png(4, 4)))).await;
    let codes: Vec<_> = answers
        .iter()
        .map(|answer| &answer["data"]["imageUpload"]["userErrors"][0]["code"])
        .collect();
    assert_eq!(codes.iter().filter(|code| code.is_null()).count(), 1, "{answers:?}");
    assert_eq!(codes.iter().filter(|code| ***code == "LIMIT_REACHED").count(), 2, "{answers:?}");
    // All of them are of this moment, so there is room again in a day.
    let again = refused_until(&answers);
    let hours = (again.unix_timestamp() * 1_000 - app.env().now().0) / 3_600_000;
    assert!((23..=24).contains(&hours), "{again}");
    app.close().await;
}

/// When the first refusal says that it may be tried again.
fn refused_until(answers: &[Value]) -> time::OffsetDateTime {
    let errors = answers
        .iter()
        .map(|answer| &answer["data"]["imageUpload"]["userErrors"][0]["message"]);
    let message = errors.filter_map(Value::as_str).next().unwrap();
    let moment = message.split(' ').find(|word| word.contains('T') && word.ends_with("Z."));
    let moment = moment
        .unwrap_or_else(|| panic!("{message} does not say when again"))
        .trim_end_matches('.');
    time::OffsetDateTime::parse(moment, &time::format_description::well_known::Rfc3339).unwrap()
}

fn image_row(owner: UserId, number: u64, at: Time) -> image_table::ActiveModel {
    image_table::ActiveModel {
        id: Set(ImageId::new()),
        owner_id: Set(owner),
        purpose: Set(ImagePurpose::Listing),
        file_key: Set(format!("{number:032x}")),
        mime: Set("image/jpeg".to_owned()),
        width: Set(1),
        height: Set(1),
        bytes: Set(1),
        created_at: Set(at),
        attached_at: Set(None),
        sha256: Set(None),
    }
}
