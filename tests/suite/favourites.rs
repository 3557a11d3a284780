//! Favourites: kept, listed, and told of a lower price and a sale.

use futures::future::join_all;
use serde_json::{Value, json};

use crate::support::{Offered, Person, TestApp};

const LIST: &str = "query F($first: Int, $after: String, $filter: FavouriteFilterInput) { favourites(first: $first, after: $after, filter: $filter) { nodes { id favourite state } pageInfo { hasNextPage endCursor } } }";

async fn keeps(person: &Person<'_>, listing: &Offered) -> Value {
    person.lists("favouriteAdd", json!({ "listingId": listing.id })).await
}

async fn drops(person: &Person<'_>, id: &str) -> Value {
    let query = "mutation R($input: FavouriteRemoveInput!) { favouriteRemove(input: $input) { listingId userErrors { code } } }";
    person.sends(query, json!({ "input": { "listingId": id } })).await
}

async fn ids(person: &Person<'_>, filter: Value) -> Vec<Value> {
    let answer = person.sends(LIST, json!({ "filter": filter })).await;
    let nodes = answer["data"]["favourites"]["nodes"]
        .as_array()
        .unwrap_or_else(|| panic!("{answer}"))
        .clone();
    assert!(nodes.iter().all(|node| node["favourite"] == true), "{answer}");
    nodes.into_iter().map(|node| node["id"].clone()).collect()
}

async fn counts(person: &Person<'_>) -> Value {
    let answer = person.sends("query C { favouriteCounts { total onSale } }", json!({})).await;
    answer["data"]["favouriteCounts"].clone()
}

async fn told(person: &Person<'_>, kind: &str) -> usize {
    person.app.relayed().await;
    person.notice_kinds().await.iter().filter(|told| *told == kind).count()
}

#[tokio::test]
async fn a_favourite_is_kept_once_listed_and_taken_off() {
    let app = TestApp::new().await;
    let (sam, bea, tom) = (app.verified("sam").await, app.person("bea").await, app.verified("tom").await);
    let (one, two) = (sam.sells("20.00").await, sam.sells("9.00").await);
    let hidden = sam.creates(&sam.draft("7.00").await).await["listing"]["id"].clone();
    let answers = join_all((0..4).map(|_| keeps(&bea, &one))).await;
    assert!(answers.iter().all(|answer| answer["userErrors"] == json!([])), "{answers:?}");
    keeps(&bea, &two).await;
    assert_eq!(keeps(&sam, &one).await["userErrors"][0]["code"], "OWN_MATTER");
    let foreign = bea.lists("favouriteAdd", json!({ "listingId": hidden })).await;
    assert_eq!(foreign["errors"][0]["extensions"]["code"], "NOT_FOUND");
    assert_eq!(ids(&bea, json!({})).await, [two.id(), one.id()]);
    let first = bea.sends(LIST, json!({ "first": 1 })).await["data"]["favourites"].clone();
    assert_eq!(first["pageInfo"]["hasNextPage"], true);
    let next = bea
        .sends(LIST, json!({ "first": 1, "after": first["pageInfo"]["endCursor"] }))
        .await;
    assert_eq!(next["data"]["favourites"]["nodes"][0]["id"], one.id(), "{next}");
    assert_eq!(bea.sees(&one.id()).await["favourite"], true);
    assert_eq!(tom.sees(&one.id()).await["favourite"], false, "each has his own");
    tom.has("30.00").await;
    tom.buys(&two).await;
    assert_eq!(ids(&bea, json!({ "onSale": true })).await, [one.id()]);
    assert_eq!(ids(&bea, json!({})).await, [two.id(), one.id()]);
    assert_eq!(counts(&bea).await, json!({ "total": 2, "onSale": 1 }));
    assert_eq!(counts(&tom).await, json!({ "total": 0, "onSale": 0 }));
    for _ in 0..2 {
        assert_eq!(drops(&bea, &one.id).await["data"]["favouriteRemove"]["listingId"], one.id());
    }
    assert_eq!(
        drops(&bea, hidden.as_str().unwrap()).await["errors"][0]["extensions"]["code"],
        "NOT_FOUND"
    );
    assert_eq!(ids(&bea, json!({})).await, [two.id()]);
    assert_eq!(counts(&bea).await, json!({ "total": 1, "onSale": 0 }));
    app.close().await;
}

#[tokio::test]
async fn who_keeps_an_eye_on_a_listing_hears_of_each_lower_price_once() {
    let app = TestApp::new().await;
    let (sam, bea, ada) = (app.verified("sam").await, app.person("bea").await, app.admin("ada").await);
    let offered = sam.sells("20.00").await;
    let id = &offered.id();
    keeps(&bea, &offered).await;
    sam.changes(id, 1, json!({ "price": "18.00" })).await;
    assert_eq!(told(&bea, "FAVOURITE_CHEAPER").await, 1);
    let read = bea
        .sends("query N { notices { nodes { text subjectKind subjectId } } }", json!({}))
        .await;
    let notice = &read["data"]["notices"]["nodes"][0];
    assert_eq!(notice["text"], "“Level 60, all heroes” now costs CNY 18.00.");
    assert_eq!((&notice["subjectKind"], &notice["subjectId"]), (&json!("LISTING"), id));
    sam.changes(id, 2, json!({ "price": "30.00" })).await;
    ada.approves_version(id, 3).await;
    assert_eq!(told(&bea, "FAVOURITE_CHEAPER").await, 1, "a higher price is no news");
    sam.changes(id, 3, json!({ "price": "25.00", "title": "Level 61, all heroes" }))
        .await;
    assert_eq!(told(&bea, "FAVOURITE_CHEAPER").await, 1, "not before it is approved");
    ada.approves_version(id, 4).await;
    assert_eq!(told(&bea, "FAVOURITE_CHEAPER").await, 2, "lower than what she knew of");
    assert_eq!(told(&sam, "FAVOURITE_CHEAPER").await, 0);
    app.close().await;
}

#[tokio::test]
async fn a_price_lowered_off_the_shelf_is_told_when_the_listing_is_put_on_again() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.person("bea").await);
    let offered = sam.sells("20.00").await;
    let id = &offered.id();
    keeps(&bea, &offered).await;
    let shelve = async |mutation: &str| sam.lists_well(mutation, json!({ "id": id })).await["state"].clone();
    assert_eq!(shelve("listingTakeOff").await, "OFF_SHELF");
    let lower = sam.changes(id, 1, json!({ "price": "18.00" })).await;
    assert_eq!(lower["listing"]["state"], "OFF_SHELF", "{lower}");
    assert_eq!(told(&bea, "FAVOURITE_CHEAPER").await, 0, "nobody can buy it");
    assert_eq!(shelve("listingPutOn").await, "ON_SALE");
    assert_eq!(told(&bea, "FAVOURITE_CHEAPER").await, 1);
    for mutation in ["listingPutOn", "listingTakeOff", "listingPutOn"] {
        shelve(mutation).await;
    }
    assert_eq!(told(&bea, "FAVOURITE_CHEAPER").await, 1, "she knows that price");
    app.close().await;
}

#[tokio::test]
async fn who_keeps_an_eye_on_a_listing_hears_when_it_is_sold_and_the_buyer_does_not() {
    let app = TestApp::new().await;
    let (sam, bea, tom) = (app.verified("sam").await, app.verified("bea").await, app.person("tom").await);
    bea.has("50.00").await;
    let offered = sam.sells("20.00").await;
    keeps(&bea, &offered).await;
    keeps(&tom, &offered).await;
    let order = bea.buys(&offered).await;
    assert_eq!(told(&tom, "FAVOURITE_SOLD").await, 0, "it may come back");
    sam.delivers(&order, "hunter2hunter2").await;
    bea.confirms(&order).await;
    assert_eq!((told(&tom, "FAVOURITE_SOLD").await, told(&bea, "FAVOURITE_SOLD").await), (1, 0));
    app.close().await;
}
