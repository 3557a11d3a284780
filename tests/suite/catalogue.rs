//! Games, what they ask of their listings, how listings are found, and who reviews them.

use std::time::Duration;

use handover::{kernel::policy::System, market};
use serde_json::{Value, json};

use crate::support::{Person, TestApp};

const HOUR: Duration = Duration::from_secs(60 * 60);
const GAMES: &str = "query G { games { id slug nameEn nameZh aliases servers { id nameEn nameZh } checklist { key textEn textZh } attributes { key name kind required least most unit choices { key name } } } }";
const BROWSE: &str = "query B($first: Int, $after: String, $filter: ListingFilterInput, $sort: ListingSortInput) { listings(first: $first, after: $after, filter: $filter, sort: $sort) { nodes { id price { amount } } pageInfo { hasNextPage endCursor } } }";

async fn games(app: &TestApp) -> Vec<Value> {
    app.send(None, GAMES, json!({})).await["data"]["games"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_new_market_begins_with_well_known_games_in_both_languages() {
    let app = TestApp::new().await;
    let games = games(&app).await;
    assert!(games.len() >= 12, "{}", games.len());
    for game in &games {
        let has = |list: &str| !game[list].as_array().unwrap().is_empty();
        assert!(has("servers") && has("checklist") && has("attributes"), "{}", game["slug"]);
        let han = |text: &Value| !text.as_str().unwrap().is_ascii();
        let checklist = game["checklist"].as_array().unwrap();
        assert!(checklist.iter().all(|step| han(&step["textZh"]) && !han(&step["textEn"])), "{game}");
    }
    assert_eq!(
        market::seed_catalogue(app.env(), System::new()).await,
        Ok(0),
        "a second start adds nothing"
    );
    assert_eq!(self::games(&app).await.len(), games.len());
    app.close().await;
}

/// A good listing of the game whose attributes are put to the test.
async fn draft(seller: &Person<'_>) -> Value {
    let games = games(seller.app).await;
    let kings = games.iter().find(|game| game["slug"] == "honor-of-kings").unwrap();
    let mut draft = seller.draft("20.00").await;
    draft["gameId"] = kings["id"].clone();
    draft["serverId"] = kings["servers"][0]["id"].clone();
    draft["attributes"] = json!([
        { "key": "skins", "number": 120 },
        { "key": "rank", "choices": ["diamond"] },
        { "key": "heroes", "number": 90 },
        { "key": "adult", "yes": true },
        { "key": "rare_skins", "text": " Summer " },
    ]);
    draft["bindings"] = json!(["phone", "email"]);
    draft["penalties"] = json!("None.");
    draft
}

#[tokio::test]
async fn a_listing_says_what_its_game_asks_and_the_order_keeps_it() {
    let app = TestApp::new().await;
    let (sam, bea, ada) = (app.verified("sam").await, app.verified("bea").await, app.admin("ada").await);
    bea.has("50.00").await;
    let made = sam.creates(&draft(&sam).await).await;
    assert_eq!(made["userErrors"], json!([]), "{made}");
    let id = &made["listing"]["id"];
    ada.approves(id).await;
    let fields = "attributes { key name kind number yes text unit choices { key name } } bindings { key } penalties";
    let query = format!("query L($id: ID!) {{ listing(id: $id) {{ {fields} }} }}");
    let seen = app.send(None, &query, json!({ "id": id })).await["data"]["listing"].clone();
    let none = json!([]);
    let said = json!([
        { "key": "rank", "name": "Rank", "kind": "CHOICE", "number": null, "yes": null, "text": null, "unit": "", "choices": [{ "key": "diamond", "name": "Diamond" }] },
        { "key": "heroes", "name": "Heroes", "kind": "NUMBER", "number": 90, "yes": null, "text": null, "unit": "heroes", "choices": none },
        { "key": "skins", "name": "Skins", "kind": "NUMBER", "number": 120, "yes": null, "text": null, "unit": "pieces", "choices": none },
        { "key": "adult", "name": "Registered to an adult", "kind": "YES_NO", "number": null, "yes": true, "text": null, "unit": "", "choices": none },
        { "key": "rare_skins", "name": "Rare skins", "kind": "TEXT", "number": null, "yes": null, "text": "Summer", "unit": "", "choices": none },
    ]);
    assert_eq!(seen["attributes"], said);
    assert_eq!(
        (&seen["bindings"], &seen["penalties"]),
        (&json!([{ "key": "phone" }, { "key": "email" }]), &json!("None."))
    );
    let offered = crate::support::Offered {
        id: id.as_str().unwrap().to_owned(),
        version: 1,
        price: "20.00".to_owned(),
    };
    let order = bea.buys(&offered).await;
    let query = format!("query O($id: ID!) {{ order(id: $id) {{ listing {{ {fields} }} }} }}");
    let kept = bea.sends(&query, json!({ "id": order })).await["data"]["order"]["listing"].clone();
    assert_eq!(kept, seen, "as it was when it was bought");
    app.close().await;
}

#[tokio::test]
async fn what_does_not_fit_the_game_is_named() {
    let app = TestApp::new().await;
    let sam = app.verified("sam").await;
    let good = draft(&sam).await;
    let change = |key: &str, value: Value| {
        let mut draft = good.clone();
        let list = draft["attributes"].as_array_mut().unwrap();
        list.retain(|attribute| attribute["key"] != key);
        if value.is_object() {
            list.push(value);
        }
        draft
    };
    for (key, value) in [
        ("rank", Value::Null),
        ("rank", json!({ "key": "rank", "choices": ["wood"] })),
        ("rank", json!({ "key": "rank", "choices": ["gold", "king"] })),
        ("heroes", json!({ "key": "heroes", "number": 201 })),
        ("heroes", json!({ "key": "heroes", "number": -1 })),
        ("heroes", json!({ "key": "heroes", "text": "many" })),
        ("adult", json!({ "key": "adult", "number": 1 })),
        ("rare_skins", json!({ "key": "rare_skins", "text": "a\u{202E}b" })),
        ("pet", json!({ "key": "pet", "text": "cat" })),
    ] {
        let refused = sam.creates(&change(key, value)).await;
        assert_eq!(refused["userErrors"][0]["code"], "INVALID_INPUT", "{key}: {refused}");
        assert_eq!(refused["userErrors"][0]["field"], json!(["attributes", key]));
    }
    assert_eq!(sam.creates(&good).await["userErrors"], json!([]), "the picture is still free");
    app.close().await;
}

/// All listings, page by page of two; their prices.
async fn prices(app: &TestApp, filter: Value, sort: &str) -> Vec<String> {
    let (mut prices, mut after) = (Vec::new(), Value::Null);
    loop {
        let ask = json!({ "first": 2, "after": after, "filter": filter, "sort": { "by": sort } });
        let answer = app.send(None, BROWSE, ask).await;
        let page = &answer["data"]["listings"];
        for node in page["nodes"].as_array().unwrap_or_else(|| panic!("{answer}")) {
            prices.push(node["price"]["amount"].as_str().unwrap().to_owned());
        }
        if page["pageInfo"]["hasNextPage"] == json!(false) {
            return prices;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

#[tokio::test]
async fn listings_are_found_by_game_server_and_price_and_sorted() {
    let app = TestApp::new().await;
    let sam = app.verified("sam").await;
    for price in ["20.00", "5.00", "9.99", "5.00", "100.00"] {
        sam.sells(price).await;
    }
    let (game, servers) = app.game().await;
    let all = json!({});
    assert_eq!(
        prices(&app, all.clone(), "NEWEST").await,
        ["100.00", "5.00", "9.99", "5.00", "20.00"]
    );
    assert_eq!(
        prices(&app, all.clone(), "CHEAPEST").await,
        ["5.00", "5.00", "9.99", "20.00", "100.00"]
    );
    assert_eq!(prices(&app, all, "DEAREST").await, ["100.00", "20.00", "9.99", "5.00", "5.00"]);
    let middle = json!({ "gameId": game, "priceFrom": "9.99", "priceTo": "20" });
    assert_eq!(prices(&app, middle.clone(), "CHEAPEST").await, ["9.99", "20.00"]);
    assert_eq!(prices(&app, middle, "NEWEST").await, ["9.99", "20.00"]);
    assert_eq!(prices(&app, json!({ "serverId": servers[1] }), "DEAREST").await.len(), 5);
    assert!(prices(&app, json!({ "serverId": servers[0] }), "NEWEST").await.is_empty());
    let first = app.send(None, BROWSE, json!({ "first": 1 })).await;
    let cursor = &first["data"]["listings"]["pageInfo"]["endCursor"];
    let other = app
        .send(None, BROWSE, json!({ "after": cursor, "sort": { "by": "CHEAPEST" } }))
        .await;
    assert_eq!(
        other["errors"][0]["extensions"]["code"], "BAD_USER_INPUT",
        "a cursor is of one order"
    );
    app.close().await;
}

async fn review(admin: &Person<'_>, mutation: &str, id: &Value) -> Value {
    let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
    let query = format!(
        "mutation R($input: {kind}!) {{ {mutation}(input: $input) {{ listing {{ state reviewClaim {{ by {{ nickname }} until }} }} userErrors {{ code message }} }} }}"
    );
    admin.sends(&query, json!({ "input": { "id": id } })).await["data"][mutation].clone()
}

#[tokio::test]
async fn a_listing_under_review_is_one_admin_s_until_he_decides_gives_it_back_or_forgets_it() {
    let app = TestApp::new().await;
    let (sam, ada, bob) = (app.verified("sam").await, app.admin("ada").await, app.admin("bob").await);
    let id = sam.creates(&sam.draft("20.00").await).await["listing"]["id"].clone();
    let (one, other) = tokio::join!(review(&ada, "listingReviewClaim", &id), review(&bob, "listingReviewClaim", &id));
    let taken = |payload: &Value| payload["userErrors"] == json!([]);
    assert!(taken(&one) != taken(&other), "{one} {other}");
    let (first, second) = if taken(&one) { (&ada, &bob) } else { (&bob, &ada) };
    let refused = second.approves(&id).await;
    assert_eq!(refused["userErrors"][0]["code"], "CLAIMED_BY_OTHER", "{refused}");
    assert!(refused["userErrors"][0]["message"].as_str().unwrap().contains(&first.name));
    let seen = "query L($id: ID!) { listing(id: $id) { reviewClaim { by { nickname } } } }";
    assert_eq!(
        second.sends(seen, json!({ "id": id })).await["data"]["listing"]["reviewClaim"]["by"]["nickname"],
        json!(first.name)
    );
    assert!(
        sam.sends(seen, json!({ "id": id })).await["data"]["listing"]["reviewClaim"].is_null(),
        "staff only"
    );
    assert!(taken(&review(second, "listingReviewRelease", &id).await), "what is not his stays");
    assert!(!taken(&review(second, "listingReviewClaim", &id).await));
    assert!(taken(&review(first, "listingReviewRelease", &id).await));
    assert!(taken(&review(second, "listingReviewClaim", &id).await));
    app.advance(HOUR * 4);
    let (ada, bob) = (app.sign_in("ada").await, app.sign_in("bob").await);
    let forgotten = if first.name == "ada" { ada } else { bob };
    let approved = forgotten.approves(&id).await;
    assert_eq!(
        approved["listing"]["state"], "ON_SALE",
        "a claim lapses after four hours: {approved}"
    );
    let late = review(&forgotten, "listingReviewClaim", &id).await;
    assert!(!taken(&late), "nothing is left to look at: {late}");
    app.close().await;
}
