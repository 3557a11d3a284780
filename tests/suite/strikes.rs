//! Strikes: at so many of them the platform reports whoever has them, once.

use std::time::Duration;

use handover::{kernel::policy::System, order::timers};
use serde_json::json;

use crate::{
    reports::{by_platform, seen},
    support::{TestApp, orders::code},
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[tokio::test]
async fn at_six_strikes_of_a_buyer_the_platform_reports_him_and_a_seventh_adds_nothing() {
    let app = TestApp::new().await;
    let (sam, bea, admin) = (app.verified("sam").await, app.verified("bea").await, app.admin("anna").await);
    bea.has("50.00").await;
    let unpaid = sam.agrees_to(&bea.offers(&sam.sells("20.00").await, "15.00").await).await;
    assert_eq!(code(&bea.cancels(&unpaid).await), "ok");
    let offered = sam.sells("5.00").await;
    for _ in 0..4 {
        let order = bea.buys(&offered).await;
        assert_eq!(code(&bea.cancels(&order).await), "ok");
    }
    app.relayed().await;
    assert_eq!(by_platform(&admin).await, []);
    // The sixth and the seventh at once: each counts the other.
    let (sixth, seventh) = (bea.buys(&offered).await, bea.buys(&sam.sells("5.00").await).await);
    let (one, other) = tokio::join!(bea.cancels(&sixth), bea.cancels(&seventh));
    assert_eq!((code(&one), code(&other)), ("ok", "ok"));
    app.relayed().await;
    assert_eq!(by_platform(&admin).await, [seen("bea", "STRIKES")]);
    let queue = admin.report_queue(json!({ "byPlatform": true })).await;
    let about = queue[0]["complaints"][0]["aboutId"].as_str().unwrap();
    assert!([&sixth, &seventh].iter().any(|order| *order == about), "{queue:?}");
    app.close().await;
}

#[tokio::test]
async fn at_three_strikes_of_a_seller_the_platform_reports_him_and_a_fourth_adds_nothing() {
    let app = TestApp::new().await;
    let (sam, bea, admin) = (app.verified("sam").await, app.verified("bea").await, app.admin("anna").await);
    bea.has("50.00").await;
    for _ in 0..2 {
        let order = bea.buys(&sam.sells("5.00").await).await;
        assert_eq!(code(&sam.cancels(&order).await), "ok");
    }
    app.relayed().await;
    assert_eq!(by_platform(&admin).await, []);
    let missed = bea.buys(&sam.sells("5.00").await).await;
    app.advance(DAY);
    assert_eq!(timers::run_out(app.env(), System::new()).await.unwrap(), 1);
    app.relayed().await;
    let (sam, bea, admin) = (app.sign_in("sam").await, app.sign_in("bea").await, app.sign_in("anna").await);
    assert_eq!(by_platform(&admin).await, [seen("sam", "STRIKES")]);
    let queue = admin.report_queue(json!({ "byPlatform": true })).await;
    assert_eq!(queue[0]["complaints"][0]["aboutId"], missed, "at the third");
    let order = bea.buys(&sam.sells("5.00").await).await;
    assert_eq!(code(&sam.cancels(&order).await), "ok");
    app.relayed().await;
    assert_eq!(by_platform(&admin).await, [seen("sam", "STRIKES")]);
    app.close().await;
}
