//! Reviews both ways, and the level of a seller.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{
    Person, TestApp,
    orders::{code, delivered},
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn reviews(person: &Person<'_>, order: &str, stars: i32, text: &str) -> Value {
    let query = "mutation R($input: OrderReviewInput!) { orderReview(input: $input) { reviews { myStars otherStars otherText writableUntilAt } userErrors { code field } } }";
    let answer = person
        .sends(query, json!({ "input": { "id": order, "stars": stars, "text": text } }))
        .await;
    if answer["data"]["orderReview"].is_object() {
        answer["data"]["orderReview"].clone()
    } else {
        answer
    }
}

async fn sees(person: &Person<'_>, order: &str) -> Value {
    let query = "query R($id: ID!) { orderReviews(orderId: $id) { myStars otherStars otherText writableUntilAt } }";
    person.sends(query, json!({ "id": order })).await["data"]["orderReviews"].clone()
}

async fn record(app: &TestApp, of: &Value) -> Value {
    let query = "query S($id: ID!) { sellerRecord(userId: $id) { level rating reviewCount completedOrders } seller(id: $id) { record { level rating reviewCount completedOrders } } userReviews(userId: $id) { nodes { stars text asSeller by { nickname } } } }";
    app.send(None, query, json!({ "id": of })).await["data"].clone()
}

#[tokio::test]
async fn reviews_are_shown_when_both_have_written() {
    let app = TestApp::new().await;
    let (sam, bea, id) = delivered(&app).await;
    assert_eq!(code(&reviews(&bea, &id, 5, "").await), "WRONG_STATE", "of a completed order only");
    bea.confirms(&id).await;
    for stars in [0, 6, -1] {
        assert_eq!(code(&reviews(&bea, &id, stars, "").await), "INVALID_INPUT");
    }
    assert_eq!(code(&reviews(&bea, &id, 4, "Quick and honest").await), "ok");
    assert_eq!(
        code(&reviews(&bea, &id, 4, "Quick and honest").await),
        "ok",
        "the same once more changes nothing"
    );
    assert_eq!(code(&reviews(&bea, &id, 1, "").await), "WRONG_STATE", "once");
    assert_eq!(sees(&sam, &id).await["otherStars"], Value::Null, "not before he has written");
    let public = sam.public_id().await;
    assert_eq!(record(&app, &public).await["sellerRecord"]["rating"], Value::Null);
    let eve = app.verified("eve").await;
    assert_eq!(code(&reviews(&eve, &id, 1, "").await), "NOT_FOUND");
    let his = reviews(&sam, &id, 5, "").await;
    assert_eq!(
        (&his["reviews"]["otherStars"], &his["reviews"]["otherText"]),
        (&json!(4), &json!("Quick and honest")),
        "{his}"
    );
    let seen = record(&app, &public).await;
    assert_eq!(
        seen["sellerRecord"],
        json!({ "level": 0, "rating": 4.0, "reviewCount": 1, "completedOrders": 1 }),
        "{seen}"
    );
    assert_eq!(seen["seller"]["record"], seen["sellerRecord"], "his page says the same");
    assert_eq!(seen["userReviews"]["nodes"][0]["by"]["nickname"], "bea");
    let hers = record(&app, &bea.public_id().await).await;
    assert_eq!(
        hers["sellerRecord"]["reviewCount"], 0,
        "what is said of a buyer is no seller's rating"
    );
    assert_eq!(hers["userReviews"]["nodes"][0]["asSeller"], false);
    app.close().await;
}

#[tokio::test]
async fn a_review_alone_is_shown_after_a_week_when_nobody_can_answer_any_more() {
    let app = TestApp::new().await;
    let (sam, bea, id) = delivered(&app).await;
    bea.confirms(&id).await;
    reviews(&bea, &id, 2, "Slow").await;
    app.advance(DAY * 7);
    let sam = app.sign_in(&sam.name).await;
    assert_eq!(sees(&sam, &id).await["otherStars"], 2);
    assert_eq!(code(&reviews(&sam, &id, 1, "Revenge").await), "WRONG_STATE");
    app.close().await;
}

#[tokio::test]
async fn five_kept_promises_are_the_first_level_and_a_missed_one_takes_it() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("50.00").await;
    for _ in 0..5 {
        let id = bea.buys(&sam.sells("2.00").await).await;
        sam.delivers(&id, "word").await;
        bea.confirms(&id).await;
    }
    let public = sam.public_id().await;
    let level = |seen: Value| seen["sellerRecord"]["level"].clone();
    assert_eq!(level(record(&app, &public).await), 1);
    bea.buys(&sam.sells("2.00").await).await;
    app.advance(DAY);
    handover::order::timers::run_out(app.env(), handover::kernel::policy::System::new())
        .await
        .unwrap();
    assert_eq!(level(record(&app, &public).await), 0);
    app.advance(DAY * 31);
    let seen = record(&app, &public).await;
    assert_eq!(
        (level(seen.clone()), &seen["sellerRecord"]["completedOrders"]),
        (json!(0), &json!(5))
    );
    app.close().await;
}
