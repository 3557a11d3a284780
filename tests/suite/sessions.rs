//! Sessions: seen and ended by their owner; proofs within them.

use std::time::Duration;

use entity::refresh_token;
use futures::future::join_all;
use handover::{account::session::REFRESH_DAYS, kernel::policy::System, worker};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use crate::support::{
    PASSWORD, TestApp,
    account::{code, payload, until_shut},
};

const LIST: &str = "query S { mySessions(first: 100) { nodes { id client current createdAt usedAt } } }";
const REVOKE: &str = "mutation R($id: ID!) { sessionRevoke(input: { sessionId: $id }) { sessionId userErrors { code } } }";
const OTHERS: &str = "mutation O { sessionRevokeOthers { ended userErrors { code } } }";
const PROVEN: &str = "query Me { me { provenUntil } }";

fn sessions(answer: &Value) -> Vec<Value> {
    answer["data"]["mySessions"]["nodes"].as_array().expect("a list").clone()
}

#[tokio::test]
async fn a_user_sees_his_sessions_and_ends_them() {
    let app = TestApp::new().await;
    let first = app.person("ann").await;
    app.advance(Duration::from_secs(1));
    let (second, third) = (app.sign_in("ann").await, app.sign_in("ann").await);
    let bob = app.person("bob").await;
    let seen = sessions(&second.sends(LIST, json!({})).await);
    assert_eq!(seen.len(), 3);
    assert_eq!(seen.iter().filter(|session| session["current"] == true).count(), 1);
    let oldest = seen[2]["id"].clone();
    let foreign = bob.sends(REVOKE, json!({ "id": oldest })).await;
    assert_eq!(foreign["errors"][0]["extensions"]["code"], "NOT_FOUND", "another's session");
    let ended = second.sends(REVOKE, json!({ "id": oldest })).await;
    assert_eq!(payload(&ended, "sessionRevoke")["sessionId"], oldest);
    let again = second.sends(REVOKE, json!({ "id": oldest })).await;
    assert_eq!(again["errors"][0]["extensions"]["code"], "NOT_FOUND", "it has ended");
    assert_eq!(
        first.sends(LIST, json!({})).await["errors"][0]["extensions"]["code"],
        "UNAUTHENTICATED"
    );
    assert_eq!(payload(&second.sends(OTHERS, json!({})).await, "sessionRevokeOthers")["ended"], 1);
    assert_eq!(
        third.sends(LIST, json!({})).await["errors"][0]["extensions"]["code"],
        "UNAUTHENTICATED"
    );
    assert_eq!(sessions(&second.sends(LIST, json!({})).await).len(), 1);
    app.close().await;
}

#[tokio::test]
async fn a_proof_is_fresh_for_five_minutes_and_made_anew_by_password() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    assert!(
        ann.sends(PROVEN, json!({})).await["data"]["me"]["provenUntil"].is_string(),
        "signing up proves"
    );
    app.advance(Duration::from_secs(5 * 60));
    assert_eq!(ann.sends(PROVEN, json!({})).await["data"]["me"]["provenUntil"], json!(null));
    assert_eq!(ann.proves("wrong password").await["userErrors"][0]["code"], "CREDENTIALS_WRONG");
    assert_eq!(ann.sends(PROVEN, json!({})).await["data"]["me"]["provenUntil"], json!(null));
    assert_eq!(ann.proves(PASSWORD).await["userErrors"], json!([]));
    assert!(ann.sends(PROVEN, json!({})).await["data"]["me"]["provenUntil"].is_string());
    app.close().await;
}

#[tokio::test]
async fn of_many_wrong_proofs_at_once_few_are_compared_and_the_rest_hear_when_again() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    let tries = join_all((0..40).map(|_| ann.proves("wrong password"))).await;
    let count = |code: &str| tries.iter().filter(|payload| payload["userErrors"][0]["code"] == code).count();
    // A slow machine outlasts a pause or two.
    assert!((1..=8).contains(&count("CREDENTIALS_WRONG")), "{tries:?}");
    assert_eq!(count("CREDENTIALS_WRONG") + count("LIMIT_REACHED"), 40);
    assert!(until_shut(|| ann.proves("wrong password")).await <= 60);
    assert_eq!(code(&ann.proves(PASSWORD).await), "LIMIT_REACHED", "even the right one waits");
    app.close().await;
}

#[tokio::test]
async fn spent_refresh_tokens_are_forgotten_once_they_would_have_expired() {
    const DAY: u64 = 24 * 60 * 60;
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    let trade = async |token: &str| {
        let query = "mutation R($t: String) { sessionRefresh(input: { refreshToken: $t, returnRefreshToken: true }) { tokens { refreshToken } userErrors { code } } }";
        payload(&app.send(None, query, json!({ "t": token })).await, "sessionRefresh")
    };
    let next = |traded: &Value| traded["tokens"]["refreshToken"].as_str().unwrap().to_owned();
    let kept = async || {
        worker::forget(app.env(), System::new()).await.unwrap();
        refresh_token::Entity::find().count(app.env().db()).await.unwrap()
    };
    let second = next(&trade(&ann.refresh).await);
    app.advance(Duration::from_secs(DAY * (u64::try_from(REFRESH_DAYS).unwrap() - 1)));
    let third = next(&trade(&second).await);
    assert_eq!(kept().await, 3);
    app.advance(Duration::from_secs(DAY * 2));
    assert_eq!(kept().await, 2, "the first would not be good any more");
    for token in [&second, &third] {
        let replay = trade(token).await;
        assert_eq!(code(&replay), "SESSION_ENDED", "the second still ends its family");
    }
    app.close().await;
}
