//! How listings are found: by words, by what they say of their game, by how often they are looked at; and what else there would be.

use std::time::Duration;

use handover::{kernel::policy::System, market};
use serde_json::{Value, json};

use crate::support::{Person, TestApp};

/// A listing of the game of this slug with these words and attributes, on sale.
async fn offers(seller: &Person<'_>, slug: &str, title: &str, price: &str, attributes: Value) -> String {
    let query = "query G { games { id slug servers { id } } }";
    let games = seller.app.send(None, query, json!({})).await["data"]["games"].clone();
    let game = games.as_array().unwrap().iter().find(|game| game["slug"] == slug).unwrap().clone();
    let mut draft = seller.draft(price).await;
    draft["gameId"] = game["id"].clone();
    draft["serverId"] = game["servers"][0]["id"].clone();
    draft["title"] = json!(title);
    draft["attributes"] = attributes;
    let made = seller.creates(&draft).await;
    assert_eq!(made["userErrors"], json!([]), "{made}");
    let id = made["listing"]["id"].clone();
    assert_eq!(seller.app.reviewer().await.approves(&id).await["listing"]["state"], "ON_SALE");
    id.as_str().unwrap().to_owned()
}

fn kings(rank: &str, skins: i32, adult: bool) -> Value {
    json!([
        { "key": "rank", "choices": [rank] },
        { "key": "heroes", "number": 90 },
        { "key": "skins", "number": skins },
        { "key": "adult", "yes": adult },
    ])
}

async fn game(app: &TestApp, slug: &str) -> Value {
    let games = app.send(None, "query G { games { id slug } }", json!({})).await["data"]["games"].clone();
    games.as_array().unwrap().iter().find(|game| game["slug"] == slug).unwrap()["id"].clone()
}

#[tokio::test]
async fn listings_are_found_by_all_words_of_title_game_server_and_attributes() {
    let app = TestApp::new().await;
    let sam = app.verified("sam").await;
    let one = offers(&sam, "honor-of-kings", "满皮肤贵族号 自用", "300.00", kings("diamond", 300, true)).await;
    let two = offers(
        &sam,
        "honor-of-kings",
        "Starter account, few skins",
        "30.00",
        kings("gold", 12, true),
    )
    .await;
    for (words, found) in [
        ("皮肤", vec![&one]),
        ("王者荣耀", vec![&two, &one]),
        ("农药", vec![&two, &one]),
        ("ＨＯＫ", vec![&two, &one]),
        ("hok diamond", vec![&one]),
        ("永恒钻石", vec![&one]),
        ("SKINS starter", vec![&two]),
        ("皮肤 starter", vec![]),
        ("！？", vec![]),
        ("没有这样的词", vec![]),
    ] {
        assert_eq!(
            app.finds(json!({ "words": words }), "NEWEST").await.iter().collect::<Vec<_>>(),
            found,
            "{words}"
        );
    }
    assert_eq!(
        app.finds(json!({ "words": " " }), "CHEAPEST").await,
        [two.clone(), one.clone()],
        "blank is no word"
    );
    assert_eq!(app.finds(json!({ "words": "王者", "priceFrom": "100" }), "CHEAPEST").await, [one]);
    let query = "query F($filter: ListingFilterInput) { listings(filter: $filter) { nodes { id } } }";
    for wrong in [
        json!({ "words": "x".repeat(101) }),
        json!({ "words": "a\u{202E}b" }),
        json!({ "attributes": [{ "key": "rank", "choices": ["gold"] }] }),
    ] {
        let refused = app.send(None, query, json!({ "filter": wrong })).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{wrong}: {refused}");
    }
    app.close().await;
}

#[tokio::test]
async fn words_that_have_no_rows_yet_are_written_by_the_worker() {
    let app = TestApp::new().await;
    let sam = app.verified("sam").await;
    let id = offers(&sam, "honor-of-kings", "满皮肤贵族号 自用", "300.00", kings("diamond", 300, true)).await;
    let all = app.env().begin().await.unwrap();
    handover::kernel::sql::run(all.db(), "DELETE FROM listing_terms", vec![])
        .await
        .unwrap();
    all.commit().await.unwrap();
    assert!(app.finds(json!({ "words": "皮肤" }), "NEWEST").await.is_empty());
    assert_eq!(market::search::catch_up(app.env(), System::new()).await, Ok(1));
    assert_eq!(app.finds(json!({ "words": "皮肤" }), "NEWEST").await, [id]);
    assert_eq!(market::search::catch_up(app.env(), System::new()).await, Ok(0), "once");
    app.close().await;
}

#[tokio::test]
async fn listings_are_found_by_what_they_say_of_their_game() {
    let app = TestApp::new().await;
    let sam = app.verified("sam").await;
    let gold = offers(&sam, "honor-of-kings", "One of some accounts", "30.00", kings("gold", 12, true)).await;
    let king = offers(&sam, "honor-of-kings", "One of some accounts", "90.00", kings("king", 300, false)).await;
    let id = game(&app, "honor-of-kings").await;
    let with = |attributes: Value| json!({ "gameId": id, "attributes": attributes });
    for (attributes, found) in [
        (json!([{ "key": "rank", "choices": ["gold", "king"] }]), vec![&gold, &king]),
        (json!([{ "key": "rank", "choices": ["king"] }]), vec![&king]),
        (json!([{ "key": "skins", "from": 12, "to": 299 }]), vec![&gold]),
        (json!([{ "key": "skins", "from": 13 }]), vec![&king]),
        (json!([{ "key": "adult", "yes": true }]), vec![&gold]),
        (
            json!([{ "key": "adult", "yes": true }, { "key": "rank", "choices": ["king"] }]),
            vec![],
        ),
    ] {
        let ids = app.finds(with(attributes.clone()), "CHEAPEST").await;
        assert_eq!(ids.iter().collect::<Vec<_>>(), found, "{attributes}");
    }
    let query = "query F($filter: ListingFilterInput) { listings(filter: $filter) { nodes { id } } }";
    for wrong in [
        json!([{ "key": "pet", "choices": ["cat"] }]),
        json!([{ "key": "rank", "from": 1 }]),
        json!([{ "key": "rare_skins", "choices": ["x"] }]),
        json!([{ "key": "rank" }]),
    ] {
        let refused = app.send(None, query, json!({ "filter": with(wrong.clone()) })).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{wrong}: {refused}");
    }
    app.close().await;
}

const FACETS: &str = "query F($filter: ListingFilterInput) { listingFacets(filter: $filter) { games { game { slug } count { count more } } servers { server { id } count { count } } prices { from { amount } below { amount } count { count } } attributes { attribute { key } choices { choice { key } count { count } } yes { count } no { count } } } }";

/// How many there are in each price band.
fn in_bands(facets: &Value) -> Vec<i64> {
    let bands = facets["prices"].as_array().unwrap();
    bands.iter().map(|band| band["count"]["count"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn facets_count_what_another_choice_would_find() {
    let app = TestApp::new().await;
    let sam = app.verified("sam").await;
    offers(&sam, "honor-of-kings", "One of some accounts", "30.00", kings("gold", 12, true)).await;
    offers(&sam, "honor-of-kings", "One of some accounts", "90.00", kings("king", 300, false)).await;
    offers(&sam, "honor-of-kings", "Another of them", "95.00", kings("king", 30, false)).await;
    sam.sells("20.00").await;
    let id = game(&app, "honor-of-kings").await;
    let facets = async |filter: Value| {
        let answer = app.send(None, FACETS, json!({ "filter": filter })).await;
        let facets = answer["data"]["listingFacets"].clone();
        assert!(facets.is_object(), "{answer}");
        facets
    };
    let all = facets(json!({})).await;
    assert_eq!(
        all["games"],
        json!([
            { "game": { "slug": "sky" }, "count": { "count": 1, "more": false } },
            { "game": { "slug": "honor-of-kings" }, "count": { "count": 3, "more": false } },
        ])
    );
    assert_eq!((&all["servers"], &all["attributes"]), (&json!([]), &json!([])), "of a game only");
    assert_eq!(in_bands(&all), [2, 2, 0, 0, 0, 0, 0]);
    let chosen = json!({ "gameId": id, "attributes": [{ "key": "rank", "choices": ["king"] }], "words": "some", "priceTo": "92" });
    let some = facets(chosen).await;
    assert_eq!(
        some["games"].as_array().unwrap().len(),
        1,
        "another game has none with these words: {some}"
    );
    assert_eq!(some["servers"][0]["count"]["count"], 1);
    assert_eq!(
        some["attributes"],
        json!([
            { "attribute": { "key": "rank" }, "yes": null, "no": null, "choices": [
                { "choice": { "key": "gold" }, "count": { "count": 1 } },
                { "choice": { "key": "king" }, "count": { "count": 1 } },
            ] },
            { "attribute": { "key": "adult" }, "yes": { "count": 0 }, "no": { "count": 1 }, "choices": [] },
        ]),
        "as if no rank were chosen"
    );
    assert_eq!(in_bands(&some), [0, 1, 0, 0, 0, 0, 0], "as if no price were chosen");
    let adults = facets(json!({ "gameId": id, "attributes": [{ "key": "adult", "yes": true }] })).await;
    let adult = adults["attributes"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&adult["yes"]["count"], &adult["no"]["count"]),
        (&json!(1), &json!(2)),
        "as if no answer were chosen"
    );
    app.close().await;
}

#[tokio::test]
async fn what_is_on_sale_of_a_game_that_was_switched_off_is_counted_as_it_is_listed() {
    let app = TestApp::new().await;
    let listing = app.verified("sam").await.sells("20.00").await;
    let off = "mutation O($input: GameUpdateInput!) { gameUpdate(input: $input) { game { enabled } userErrors { code } } }";
    let input = json!({ "id": game(&app, "sky").await, "change": { "enabled": false } });
    let switched = app.reviewer().await.sends(off, json!({ "input": input })).await;
    assert_eq!(switched["data"]["gameUpdate"]["game"], json!({ "enabled": false }), "{switched}");
    assert_eq!(app.finds(json!({}), "NEWEST").await, [listing.id]);
    let answer = app.send(None, FACETS, json!({})).await;
    assert_eq!(
        answer["data"]["listingFacets"]["games"],
        json!([{ "game": { "slug": "sky" }, "count": { "count": 1, "more": false } }])
    );
    app.close().await;
}

#[tokio::test]
async fn looks_are_counted_once_a_visitor_and_a_day_and_poured_by_the_worker() {
    let app = TestApp::new().await;
    let (sam, bea, tom) = (app.verified("sam").await, app.verified("bea").await, app.verified("tom").await);
    let (one, two) = (sam.sells("20.00").await, sam.sells("9.00").await);
    for person in [&bea, &bea, &tom, &sam] {
        person.sees(&one.id()).await;
    }
    bea.sees(&two.id()).await;
    let list = app.finds(json!({}), "NEWEST").await;
    assert_eq!(list.len(), 2, "a list is no look");
    assert_eq!(sam.sees(&one.id()).await["views"], 0, "a reader writes nothing");
    app.advance(Duration::from_secs(20));
    assert_eq!(market::view::pour(app.env(), System::new()).await, Ok(3));
    assert_eq!(market::view::pour(app.env(), System::new()).await, Ok(0));
    assert_eq!(sam.sees(&one.id()).await["views"], 2);
    assert_eq!(app.finds(json!({}), "POPULAR").await, [one.id.clone(), two.id.clone()]);
    let query =
        "query P($after: String) { listings(first: 1, after: $after, sort: { by: POPULAR }) { nodes { id } pageInfo { endCursor } } }";
    let first = app.send(None, query, json!({})).await["data"]["listings"].clone();
    let next = app.send(None, query, json!({ "after": first["pageInfo"]["endCursor"] })).await;
    assert_eq!(next["data"]["listings"]["nodes"], json!([{ "id": two.id }]), "{next}");
    app.close().await;
}

#[tokio::test]
async fn what_is_alike_is_of_the_same_game_and_near_in_price() {
    let app = TestApp::new().await;
    let sam = app.verified("sam").await;
    let like = offers(&sam, "honor-of-kings", "One of some accounts", "100.00", kings("king", 12, true)).await;
    let far = offers(&sam, "honor-of-kings", "One of some accounts", "900.00", kings("gold", 12, true)).await;
    let near = offers(&sam, "honor-of-kings", "One of some accounts", "120.00", kings("gold", 12, true)).await;
    let same = offers(&sam, "honor-of-kings", "One of some accounts", "125.00", kings("king", 12, true)).await;
    sam.sells("100.00").await;
    let query = "query S($id: ID!) { listingSimilar(id: $id) { id } }";
    let found = app.send(None, query, json!({ "id": like })).await["data"]["listingSimilar"].clone();
    assert_eq!(found, json!([{ "id": same }, { "id": near }, { "id": far }]));
    app.close().await;
}

#[tokio::test]
async fn a_seller_s_page_shows_who_he_is_and_what_he_has_on_sale() {
    let app = TestApp::new().await;
    let (sam, tom) = (app.verified("sam").await, app.verified("tom").await);
    let (one, two) = (sam.sells("20.00").await, sam.sells("9.00").await);
    tom.sells("5.00").await;
    sam.creates(&sam.draft("7.00").await).await;
    let query = "query S($id: ID!) { seller(id: $id) { user { nickname createdAt } listings { nodes { id } } } }";
    let page = app.send(None, query, json!({ "id": sam.public_id().await })).await["data"]["seller"].clone();
    assert_eq!(page["user"]["nickname"], "sam");
    assert_eq!(page["listings"]["nodes"], json!([{ "id": two.id }, { "id": one.id }]));
    app.close().await;
}
