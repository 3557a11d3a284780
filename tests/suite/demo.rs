//! The demonstration: made once, through the same doors as everything else.

use futures::{FutureExt, future::BoxFuture};
use handover::{
    demo,
    kernel::{Env, Fault, policy::System},
    worker,
};
use serde_json::json;

use crate::support::TestApp;

fn relay(env: &Env) -> BoxFuture<'_, Result<u64, Fault>> {
    worker::relay(env, System::new()).boxed()
}

#[tokio::test]
async fn an_empty_house_is_filled_once_and_its_books_are_in_order() {
    let app = TestApp::with(|config| config.clock.offset = -demo::DAYS * 24 * 3_600_000).await;
    assert!(demo::load(app.env(), relay).await.unwrap());
    assert!(!demo::load(app.env(), relay).await.unwrap(), "people live here now");
    assert!(app.env().clock().offset() <= 0, "nothing is of tomorrow");
    let query = "query L { listings(first: 50) { nodes { title price { amount } } } }";
    let listings = app.send(None, query, json!({})).await;
    assert_eq!(
        listings["data"]["listings"]["nodes"].as_array().map(Vec::len),
        Some(50),
        "{listings}"
    );
    app.close().await;
}
