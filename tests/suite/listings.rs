//! Listings from the first draft to the last change: who sees what, what goes back to review, what a buyer can rely on.

use futures::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Offered, Person, TestApp};

/// A draft with nothing but what must be there.
async fn begun(seller: &Person<'_>) -> Value {
    let (game, servers) = seller.app.game().await;
    json!({ "gameId": game, "serverId": servers[0], "imageIds": [seller.image().await["id"]], "idempotencyKey": Uuid::new_v4() })
}

fn code(answer: &Value) -> &Value {
    &answer["errors"][0]["extensions"]["code"]
}

fn first_error(payload: &Value) -> &Value {
    &payload["userErrors"][0]["code"]
}

#[tokio::test]
async fn a_draft_is_its_seller_s_until_it_is_whole_reviewed_and_on_sale() {
    let app = TestApp::new().await;
    let (sam, bea, ada) = (app.verified("sam").await, app.verified("bea").await, app.admin("ada").await);
    let input = begun(&sam).await;
    let draft = sam.lists_well("listingDraftCreate", input.clone()).await;
    assert_eq!((&draft["state"], &draft["title"]), (&json!("DRAFT"), &json!("")));
    assert_eq!(
        sam.lists_well("listingDraftCreate", input).await,
        draft,
        "the same key, the same draft"
    );
    let id = &draft["id"];
    assert!(bea.sees(id).await.is_null(), "a draft is nobody else's");
    let card = json!({ "input": { "clientId": Uuid::new_v4(), "to": bea.public_id().await, "text": "Look", "listingId": id } });
    let query = "mutation S($input: ChatMessageSendInput!) { chatMessageSend(input: $input) { userErrors { code } } }";
    let shown = sam.sends(query, card).await;
    assert!(shown["data"]["chatMessageSend"].is_null(), "and shown to nobody: {shown}");

    let unfinished = sam.lists("listingSubmit", json!({ "id": id, "seenVersion": 1 })).await;
    assert_eq!(unfinished["userErrors"][0]["field"], json!(["title"]), "{unfinished}");
    let words = json!({ "title": "Level 60, all heroes", "description": "Played since the first season.", "price": "30.00" });
    let changed = sam.changes(id, 1, words).await["listing"].clone();
    assert_eq!((&changed["state"], &changed["version"]), (&json!("DRAFT"), &json!(2)));
    let stale = sam.lists("listingSubmit", json!({ "id": id, "seenVersion": 1 })).await;
    assert_eq!(first_error(&stale), "PRICE_CHANGED", "{stale}");
    let sent = sam.lists_well("listingSubmit", json!({ "id": id, "seenVersion": 2 })).await;
    assert_eq!(sent["state"], "IN_REVIEW");
    assert_eq!(
        first_error(&sam.lists("listingSubmit", json!({ "id": id, "seenVersion": 2 })).await),
        "WRONG_STATE"
    );
    assert_eq!(ada.approves_version(id, 2).await["listing"]["state"], "ON_SALE");
    assert_eq!(bea.sees(id).await["title"], "Level 60, all heroes");
    app.close().await;
}

#[tokio::test]
async fn a_draft_is_thrown_away_with_its_pictures_and_what_was_on_sale_is_not() {
    let app = TestApp::new().await;
    let (sam, tom) = (app.verified("sam").await, app.verified("tom").await);
    let draft = sam.lists_well("listingDraftCreate", begun(&sam).await).await;
    let query = "mutation D($input: ListingDiscardInput!) { listingDiscard(input: $input) { discardedId userErrors { code } } }";
    let input = json!({ "input": { "id": draft["id"] } });
    assert_eq!(code(&tom.sends(query, input.clone()).await), "NOT_FOUND", "another's draft");
    let gone = sam.sends(query, input.clone()).await;
    assert_eq!(gone["data"]["listingDiscard"]["discardedId"], draft["id"], "{gone}");
    assert_eq!(code(&sam.sends(query, input).await), "NOT_FOUND");
    assert!(sam.sees(&draft["id"]).await.is_null());
    let mut again = begun(&sam).await;
    again["imageIds"] = json!([draft["images"][0]["id"]]);
    sam.lists_well("listingDraftCreate", again).await;
    let on_sale = sam.sells("20.00").await;
    let refused = sam.sends(query, json!({ "input": { "id": on_sale.id } })).await;
    assert_eq!(first_error(&refused["data"]["listingDiscard"]), "WRONG_STATE", "{refused}");
    app.close().await;
}

#[tokio::test]
async fn the_last_draft_of_fifty_is_given_once() {
    let app = TestApp::new().await;
    let sam = app.verified("sam").await;
    for _ in 0..49 {
        sam.lists_well("listingDraftCreate", begun(&sam).await).await;
    }
    let inputs = [begun(&sam).await, begun(&sam).await, begun(&sam).await];
    let answers = join_all(inputs.into_iter().map(|input| sam.lists("listingDraftCreate", input))).await;
    let made = answers.iter().filter(|answer| answer["listing"].is_object()).count();
    let full = answers.iter().filter(|answer| first_error(answer) == "LIMIT_REACHED").count();
    assert_eq!((made, full), (1, 2), "{answers:?}");
    app.close().await;
}

#[tokio::test]
async fn any_change_but_a_lower_price_goes_back_to_review_and_each_raises_the_version() {
    let app = TestApp::new().await;
    let (sam, bea, ada) = (app.verified("sam").await, app.verified("bea").await, app.admin("ada").await);
    let offered = sam.sells("20.00").await;
    let id = &offered.id();
    let lower = sam.changes(id, 1, json!({ "price": "18.00" })).await["listing"].clone();
    assert_eq!(
        (&lower["state"], &lower["version"], &lower["price"]["amount"]),
        (&json!("ON_SALE"), &json!(2), &json!("18.00"))
    );
    assert_eq!(
        first_error(&sam.changes(id, 1, json!({ "price": "17.00" })).await),
        "PRICE_CHANGED",
        "an old version"
    );
    let nothing = sam.changes(id, 2, json!({ "price": "18.00" })).await["listing"].clone();
    assert_eq!(nothing["version"], 2, "a change that changes nothing");
    let higher = sam.changes(id, 2, json!({ "price": "19.00" })).await["listing"].clone();
    assert_eq!((&higher["state"], &higher["version"]), (&json!("IN_REVIEW"), &json!(3)));
    assert!(bea.sees(id).await.is_null(), "off the market until it is approved");
    let better = sam.changes(id, 3, json!({ "title": "Level 61, all heroes" })).await["listing"].clone();
    assert_eq!((&better["state"], &better["version"]), (&json!("IN_REVIEW"), &json!(4)));
    assert_eq!(
        first_error(&ada.approves_version(id, 3).await),
        "PRICE_CHANGED",
        "what he saw is not what waits"
    );
    assert_eq!(ada.approves_version(id, 4).await["listing"]["state"], "ON_SALE");
    for (change, field) in [
        (json!({ "title": "abc" }), "title"),
        (json!({ "price": "0.99" }), "price"),
        (json!({ "warrantyDays": 8 }), "warrantyDays"),
        (json!({ "imageIds": [] }), "imageIds"),
    ] {
        let refused = sam.changes(id, 4, change).await;
        assert_eq!(refused["userErrors"][0]["field"], json!(["change", field]), "{refused}");
    }
    assert_eq!(sam.sees(id).await["version"], 4, "nothing was written");
    let foreign = bea.changes(id, 4, json!({ "price": "1.00" })).await;
    assert_eq!(code(&foreign), "NOT_FOUND");
    app.close().await;
}

#[tokio::test]
async fn pictures_are_kept_added_and_put_in_order() {
    let app = TestApp::new().await;
    let sam = app.verified("sam").await;
    let made = sam.creates(&sam.draft("20.00").await).await["listing"]["id"].clone();
    let old = sam.sees(&made).await["images"][0]["id"].clone();
    let new = sam.image().await["id"].clone();
    let changed = sam.changes(&made, 1, json!({ "imageIds": [new, old] })).await["listing"].clone();
    assert_eq!(changed["images"], json!([{ "id": new }, { "id": old }]));
    let twice = sam.changes(&made, 2, json!({ "imageIds": [new, new] })).await;
    assert_eq!(first_error(&twice), "IMAGE_NOT_USABLE", "{twice}");
    let other = sam.creates(&sam.draft("9.00").await).await["listing"]["id"].clone();
    let stolen = sam.changes(&other, 1, json!({ "imageIds": [old] })).await;
    assert_eq!(first_error(&stolen), "IMAGE_NOT_USABLE", "it is another listing's: {stolen}");
    app.close().await;
}

#[tokio::test]
async fn a_price_edited_between_view_and_buy_is_refused_and_nothing_is_charged() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("50.00").await;
    let seen = sam.sells("20.00").await;
    sam.changes(&seen.id(), 1, json!({ "price": "15.00" })).await;
    let refused = bea.asks_for(&seen, Uuid::new_v4()).await;
    assert_eq!(first_error(&refused), "PRICE_CHANGED", "{refused}");
    let new = Offered {
        version: 2,
        price: "15.00".to_owned(),
        ..seen
    };
    let order = bea.buys(&new).await;
    assert_eq!(app.escrow(&order).await, "15.00", "and only the price he saw");
    app.close().await;
}

#[tokio::test]
async fn a_change_and_a_purchase_at_once_leave_one_of_both() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("500.00").await;
    for round in 0..6 {
        let offered = sam.sells("20.00").await;
        let id = offered.id();
        let change = sam.changes(&id, 1, json!({ "title": format!("Another title {round}") }));
        let (changed, bought) = tokio::join!(change, bea.asks_for(&offered, Uuid::new_v4()));
        let (changed, bought) = (changed["listing"].is_object(), bought["order"].is_object());
        assert!(changed != bought, "changed {changed}, bought {bought}");
    }
    app.close().await;
}

#[tokio::test]
async fn the_order_keeps_what_was_bought_whatever_the_listing_says_later() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("50.00").await;
    let offered = sam.sells("20.00").await;
    let order = bea.buys(&offered).await;
    let busy = sam.changes(&offered.id(), 1, json!({ "title": "Something else" })).await;
    assert_eq!(first_error(&busy), "WRONG_STATE", "an order runs: {busy}");
    bea.cancels(&order).await;
    let new = sam.image().await["id"].clone();
    let changed = sam
        .changes(&offered.id(), 1, json!({ "title": "Something else", "imageIds": [new] }))
        .await;
    assert_eq!(changed["listing"]["version"], 2, "{changed}");
    let query = "query O($id: ID!) { order(id: $id) { listing { title version images { url } } } }";
    let kept = bea.sends(query, json!({ "id": order })).await["data"]["order"]["listing"].clone();
    assert_eq!(
        (&kept["title"], &kept["version"]),
        (&json!("Level 60, all heroes"), &json!(1)),
        "{kept}"
    );
    let picture = app.url(kept["images"][0]["url"].as_str().unwrap());
    app.advance(std::time::Duration::from_secs(25 * 60 * 60));
    handover::media::sweep(app.env(), handover::kernel::policy::System::new())
        .await
        .unwrap();
    assert_eq!(app.http.get(picture).send().await.unwrap().status(), 200, "its picture as well");
    app.close().await;
}

#[tokio::test]
async fn a_listing_goes_off_the_shelf_and_back_as_it_was_approved() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("50.00").await;
    let offered = sam.sells("20.00").await;
    let input = json!({ "id": offered.id });
    assert_eq!(sam.lists_well("listingTakeOff", input.clone()).await["state"], "OFF_SHELF");
    assert_eq!(
        sam.lists_well("listingTakeOff", input.clone()).await["state"],
        "OFF_SHELF",
        "twice is once"
    );
    assert!(app.finds(json!({ "words": "heroes" }), "NEWEST").await.is_empty());
    assert!(bea.sees(&offered.id()).await.is_null());
    assert_eq!(code(&bea.lists("listingPutOn", input.clone()).await), "NOT_FOUND");
    let back = sam.lists_well("listingPutOn", input.clone()).await;
    assert_eq!((&back["state"], &back["version"]), (&json!("ON_SALE"), &json!(1)));
    assert_eq!(
        app.finds(json!({ "words": "heroes" }), "NEWEST").await,
        std::slice::from_ref(&offered.id)
    );
    bea.buys(&offered).await;
    assert_eq!(
        first_error(&sam.lists("listingTakeOff", input).await),
        "WRONG_STATE",
        "an order runs"
    );
    app.close().await;
}

#[tokio::test]
async fn what_was_rejected_is_mended_and_sent_again() {
    let app = TestApp::new().await;
    let (sam, ada) = (app.verified("sam").await, app.admin("ada").await);
    let id = sam.creates(&sam.draft("20.00").await).await["listing"]["id"].clone();
    let reject = json!({ "id": id, "version": 1, "reason": "Show the level." });
    assert_eq!(ada.lists_well("listingReject", reject).await["state"], "REJECTED");
    let mended = sam.changes(&id, 1, json!({ "title": "Level 60, see the picture" })).await["listing"].clone();
    assert_eq!(
        (&mended["state"], &mended["rejectReason"]),
        (&json!("REJECTED"), &json!("Show the level."))
    );
    let sent = sam.lists_well("listingSubmit", json!({ "id": id, "seenVersion": 2 })).await;
    assert_eq!((&sent["state"], &sent["rejectReason"]), (&json!("IN_REVIEW"), &Value::Null));
    assert_eq!(ada.approves_version(&id, 2).await["listing"]["state"], "ON_SALE");
    app.close().await;
}

#[tokio::test]
async fn an_admin_takes_a_listing_away_for_good_and_its_seller_reads_why() {
    let app = TestApp::new().await;
    let (sam, bea, ada) = (app.verified("sam").await, app.verified("bea").await, app.admin("ada").await);
    bea.has("50.00").await;
    let (offered, reserved) = (sam.sells("20.00").await, sam.sells("9.00").await);
    bea.buys(&reserved).await;
    let remove = |id: &str| json!({ "id": id, "version": 1, "reason": "A stolen account." });
    assert_eq!(code(&bea.lists("listingRemove", remove(&offered.id)).await), "FORBIDDEN");
    let removed = ada.lists_well("listingRemove", remove(&offered.id)).await;
    assert_eq!(
        (&removed["state"], &removed["rejectReason"]),
        (&json!("REMOVED"), &json!("A stolen account."))
    );
    assert_eq!(
        first_error(&ada.lists("listingRemove", remove(&offered.id)).await),
        "ALREADY_DECIDED"
    );
    assert_eq!(
        first_error(&ada.lists("listingRemove", remove(&reserved.id)).await),
        "WRONG_STATE",
        "an order runs"
    );
    assert!(bea.sees(&offered.id()).await.is_null());
    let again = sam.lists("listingSubmit", json!({ "id": offered.id, "seenVersion": 1 })).await;
    assert_eq!(first_error(&again), "WRONG_STATE", "for good");
    assert_eq!(sam.sees(&offered.id()).await["rejectReason"], "A stolen account.");
    app.relayed().await;
    assert!(sam.notice_kinds().await.contains(&"LISTING_REMOVED".to_owned()));
    app.close().await;
}

#[tokio::test]
async fn a_seller_sees_his_listings_by_state_with_counts() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("50.00").await;
    sam.lists_well("listingDraftCreate", begun(&sam).await).await;
    sam.creates(&sam.draft("7.00").await).await;
    let (one, _two) = (sam.sells("5.00").await, sam.sells("6.00").await);
    bea.buys(&one).await;
    let query =
        "query M($filter: MyListingFilterInput) { myListings(filter: $filter) { nodes { state } } myListingCounts { state count } }";
    let all = sam.sends(query, json!({})).await["data"].clone();
    assert_eq!(all["myListings"]["nodes"].as_array().unwrap().len(), 4, "{all}");
    let mut counts: Vec<String> = all["myListingCounts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| format!("{} {}", row["state"].as_str().unwrap(), row["count"]))
        .collect();
    counts.sort();
    assert_eq!(counts, ["DRAFT 1", "IN_REVIEW 1", "ON_SALE 1", "RESERVED 1"]);
    let some = sam.sends(query, json!({ "filter": { "states": ["DRAFT", "RESERVED"] } })).await;
    assert_eq!(
        some["data"]["myListings"]["nodes"],
        json!([{ "state": "RESERVED" }, { "state": "DRAFT" }]),
        "{some}"
    );
    app.close().await;
}
