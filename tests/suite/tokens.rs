//! Tokens: only ours, only whole, only for what they are for; and sessions that end.

use entity::kinds::Role;
use handover::{
    account::{
        self,
        session::{ACCESS_MINUTES, REFRESH_DAYS},
    },
    app::Act,
    kernel::policy::Actor,
};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

use crate::support::{PASSWORD, Person, Socket, TestApp, account::payload};

const ME: &str = "query Me { me { id } }";
const REFRESH: &str = "mutation R($t: String) { sessionRefresh(input: { refreshToken: $t, returnRefreshToken: true }) { tokens { accessToken refreshToken } userErrors { code } } }";

/// The claims of a token, as they stand in it.
fn claims(token: &str) -> Value {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    let middle = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(middle).unwrap()).unwrap()
}

fn part(value: &Value) -> String {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    BASE64_URL_SAFE_NO_PAD.encode(value.to_string())
}

/// Every token that is not quite one of ours, and what is wrong with it.
async fn forgeries(app: &TestApp, ann: &Person<'_>, bob: &Person<'_>) -> Vec<(&'static str, String)> {
    let ours = EncodingKey::from_secret(app.env().token_secret());
    let sign = |algorithm, claims: &Value, key: &EncodingKey| encode(&Header::new(algorithm), claims, key).unwrap();
    let good = claims(&ann.token);
    let with = |name: &str, value: Value| {
        let mut changed = good.clone();
        changed[name] = value;
        sign(Algorithm::HS256, &changed, &ours)
    };
    let without = |name: &str| {
        let mut changed = good.clone();
        changed.as_object_mut().unwrap().remove(name);
        sign(Algorithm::HS256, &changed, &ours)
    };
    let parts: Vec<&str> = ann.token.split('.').collect();
    let bobs: Vec<&str> = bob.token.split('.').collect();
    let none = part(&json!({ "alg": "none", "typ": "JWT" }));
    let rsa = part(&json!({ "alg": "RS256", "typ": "JWT" }));
    vec![
        ("nothing", String::new()),
        ("no token", "x".to_owned()),
        ("three words", "a.b.c".to_owned()),
        ("no signature asked", format!("{none}.{}.", parts[1])),
        ("no signature asked, the old one left", format!("{none}.{}.{}", parts[1], parts[2])),
        ("the capital none", format!("{}.{}.", part(&json!({ "alg": "NONE" })), parts[1])),
        ("another algorithm named", format!("{rsa}.{}.{}", parts[1], parts[2])),
        ("another algorithm used", sign(Algorithm::HS384, &good, &ours)),
        ("the widest algorithm", sign(Algorithm::HS512, &good, &ours)),
        ("another key", sign(Algorithm::HS256, &good, &EncodingKey::from_secret(&[7; 32]))),
        ("an empty key", sign(Algorithm::HS256, &good, &EncodingKey::from_secret(b""))),
        (
            "another's claims under one's signature",
            format!("{}.{}.{}", parts[0], bobs[1], parts[2]),
        ),
        ("a refresh token", ann.refresh.clone()),
        ("a foreign audience", with("aud", json!("another-api"))),
        ("a foreign issuer", with("iss", json!("another"))),
        ("another user in one's session", with("sub", claims(&bob.token)["sub"].clone())),
        ("no session of anybody", with("sid", json!(uuid::Uuid::new_v4()))),
        ("expired", with("exp", json!(app.env().now().0 / 1_000 - 1))),
        ("no end", without("exp")),
        ("no issuer", without("iss")),
        ("no audience", without("aud")),
        ("no user", without("sub")),
        ("no session", without("sid")),
        ("a text as its end", with("exp", json!("tomorrow"))),
    ]
}

/// The same, of what a token says of rights.
fn forged_rights(app: &TestApp, ann: &Person<'_>) -> Vec<(&'static str, String)> {
    let key = EncodingKey::from_secret(app.env().token_secret());
    let good = claims(&ann.token);
    let sign = |claims: &Value| encode(&Header::new(Algorithm::HS256), claims, &key).unwrap();
    let with = |name: &str, value: Value| {
        let mut changed = good.clone();
        changed[name] = value;
        changed
    };
    let without = |names: &[&str]| {
        let mut changed = good.clone();
        changed.as_object_mut().unwrap().retain(|name, _| !names.contains(&name.as_str()));
        sign(&changed)
    };
    let parts: Vec<&str> = ann.token.split('.').collect();
    vec![
        ("the format before rights were in it", without(&["verified", "blacklisted"])),
        ("no role", without(&["role"])),
        ("a role that nobody has", sign(&with("role", json!("OWNER")))),
        ("a list of roles", sign(&with("role", json!(["TRADER"])))),
        ("no word on the real name", without(&["verified"])),
        ("no word on the blacklist", without(&["blacklisted"])),
        ("a text as a right", sign(&with("verified", json!("yes")))),
        ("no version", without(&["ver"])),
        ("a version that is yet to come", sign(&with("ver", json!(99)))),
        (
            "a role under the signature of another",
            format!("{}.{}.{}", parts[0], part(&with("role", json!("ADMIN"))), parts[2]),
        ),
    ]
}

#[tokio::test]
async fn abuse_37_what_is_not_quite_a_token_of_ours_admits_nobody() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.person("ann").await, app.person("bob").await);
    for (what, token) in forgeries(&app, &ann, &bob).await.into_iter().chain(forged_rights(&app, &ann)) {
        let answer = app.send(Some(&token), ME, json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{what}: {answer}");
        let socket = Socket::try_connect(&app.url("/graphql"), Some(&token)).await;
        assert_eq!(socket.err(), Some(4403), "{what}");
    }
    // A right in the token that the database does not give is worth nothing.
    let mut grand = claims(&ann.token);
    grand["role"] = json!("ADMIN");
    let grand = encode(
        &Header::new(Algorithm::HS256),
        &grand,
        &EncodingKey::from_secret(app.env().token_secret()),
    )
    .unwrap();
    let queue = app.send(Some(&grand), "query Q { reviewQueue { nodes { id } } }", json!({})).await;
    assert_eq!(queue["errors"][0]["extensions"]["code"], "FORBIDDEN");
    app.advance(std::time::Duration::from_secs(60 * u64::try_from(ACCESS_MINUTES).unwrap()));
    assert_eq!(ann.sends(ME, json!({})).await["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    app.close().await;
}

/// Requirement 16: the rights are in the token, and are looked at when it is decoded.
#[tokio::test]
async fn a_token_opens_what_both_it_and_the_database_say() {
    let app = TestApp::new().await;
    app.verified("ann").await;
    let ann = app.sign_in("ann").await;
    let good = claims(&ann.token);
    let rights = ["role", "verified", "blacklisted", "ver"].map(|name| good[name].clone());
    assert_eq!(rights, [json!("TRADER"), json!(true), json!(false), json!(2)]);
    let key = EncodingKey::from_secret(app.env().token_secret());
    for (changes, opens) in [
        (json!({}), Some((Role::Trader, true, false))),
        (json!({ "role": "ADMIN" }), Some((Role::Trader, true, false))),
        (json!({ "verified": false }), Some((Role::Trader, false, false))),
        (json!({ "blacklisted": true }), Some((Role::Trader, true, true))),
        // Of the time before she was verified, and as if she had been reinstated since.
        (json!({ "ver": 1, "verified": false }), Some((Role::Trader, true, false))),
        (json!({ "ver": 1, "blacklisted": true }), Some((Role::Trader, true, false))),
        (json!({ "ver": 1, "role": "ADMIN" }), None),
        (json!({ "ver": 3 }), None),
    ] {
        let mut said = good.clone();
        for (name, value) in changes.as_object().unwrap() {
            said[name] = value.clone();
        }
        let token = encode(&Header::new(Algorithm::HS256), &said, &key).unwrap();
        let opened = match account::admit(app.env(), &token).await {
            Ok(Actor::User(rights)) => Some((rights.role, rights.verified, rights.blacklisted)),
            Ok(Actor::Anonymous) | Err(_) => None,
        };
        assert_eq!(opened, opens, "{changes}");
    }
    app.close().await;
}

#[tokio::test]
async fn a_token_of_another_role_is_refreshed_once_and_the_blacklist_holds_at_once() {
    let app = TestApp::new().await;
    let mut ann = app.person("ann").await;
    let queue = "query Q { reviewQueue { nodes { id } } }";
    for (act, refused) in [(Act::Grant, None), (Act::Revoke, Some("FORBIDDEN"))] {
        app.operates("ann", act).await;
        let stale = ann.sends(queue, json!({})).await;
        assert_eq!(stale["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{stale}");
        let fresh = payload(&app.send(None, REFRESH, json!({ "t": ann.refresh })).await, "sessionRefresh");
        ann = Person::from_tokens(&app, "ann", &fresh, &fresh);
        let now = ann.sends(queue, json!({})).await;
        assert_eq!(now["errors"][0]["extensions"]["code"].as_str(), refused, "{now}");
    }
    app.operates("ann", Act::Blacklist("Fraud".into())).await;
    let me = ann.sends("query Me { me { blacklisted } }", json!({})).await;
    assert_eq!(me["data"]["me"]["blacklisted"], true, "{me}");
    app.close().await;
}

#[tokio::test]
async fn abuse_35_a_stolen_refresh_token_ends_with_its_family() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    let trade = async |token: &str| payload(&app.send(None, REFRESH, json!({ "t": token })).await, "sessionRefresh");
    let mut socket = ann.connects().await;
    let theirs = trade(&ann.refresh).await;
    let child = theirs["tokens"]["refreshToken"].as_str().unwrap().to_owned();
    assert_eq!(
        trade(&ann.refresh).await["userErrors"][0]["code"],
        "SESSION_ENDED",
        "a moment later it may be the thief's twin or hers: refused, and nothing ends"
    );
    app.advance(std::time::Duration::from_secs(11));
    let access = theirs["tokens"]["accessToken"].as_str();
    assert!(app.send(access, ME, json!({})).await["data"]["me"]["id"].is_string());
    assert_eq!(
        trade(&ann.refresh).await["userErrors"][0]["code"],
        "SESSION_ENDED",
        "the owner comes with the spent one"
    );
    assert_eq!(
        trade(&child).await["userErrors"][0]["code"],
        "SESSION_ENDED",
        "and the thief has nothing left"
    );
    assert_eq!(socket.closed().await.0, 4403);
    assert_eq!(
        app.send(access, ME, json!({})).await["errors"][0]["extensions"]["code"],
        "UNAUTHENTICATED"
    );
    app.close().await;
}

#[tokio::test]
async fn a_refresh_token_is_good_for_thirty_days() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    let days = |days: i64| std::time::Duration::from_secs(u64::try_from(days).unwrap() * 24 * 60 * 60);
    app.advance(days(REFRESH_DAYS - 1));
    let traded = payload(&app.send(None, REFRESH, json!({ "t": ann.refresh })).await, "sessionRefresh");
    let next = traded["tokens"]["refreshToken"].as_str().unwrap().to_owned();
    app.advance(days(REFRESH_DAYS));
    let late = payload(&app.send(None, REFRESH, json!({ "t": next })).await, "sessionRefresh");
    assert_eq!(late["userErrors"][0]["code"], "SESSION_ENDED");
    app.close().await;
}

#[tokio::test]
async fn abuse_36_a_new_password_ends_all_other_sessions_on_open_sockets_too() {
    let app = TestApp::new().await;
    let old = app.person("ann").await;
    let ann = app.sign_in("ann").await;
    let (mut olds, mut own) = (old.connects().await, ann.connects().await);
    let changes = async |old: &str, new: &str| payload(&ann.changes_password(old, new).await, "passwordChange");
    let wrong = changes("wrong password", "another horse 8").await;
    assert_eq!(wrong["userErrors"][0]["code"], "CREDENTIALS_WRONG");
    let common = changes(PASSWORD, "password").await;
    assert_eq!(common["userErrors"][0]["code"], "INVALID_INPUT");
    let done = changes(PASSWORD, "another horse 8").await;
    assert_eq!(done, json!({ "endedSessions": 1, "userErrors": [] }));
    assert_eq!(olds.closed().await.0, 4403);
    assert_eq!(old.sends(ME, json!({})).await["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    let refreshed = payload(&app.send(None, REFRESH, json!({ "t": old.refresh })).await, "sessionRefresh");
    assert_eq!(refreshed["userErrors"][0]["code"], "SESSION_ENDED");
    assert!(
        own.asks(ME, json!({})).await["data"]["me"]["id"].is_string(),
        "the one that changed it stays"
    );
    app.posted().await;
    let told = app
        .mails("ann@example.com")
        .iter()
        .filter(|mail| mail.contains("password was changed"))
        .count();
    assert_eq!(told, 1);
    app.close().await;
}

#[tokio::test]
async fn of_two_changes_of_a_password_at_once_one_is_made() {
    let app = TestApp::new().await;
    let first = app.person("ann").await;
    let second = app.sign_in("ann").await;
    let both = futures::join!(
        first.changes_password(PASSWORD, "first horse 8"),
        second.changes_password(PASSWORD, "second horse 8")
    );
    // The loser is told that his password is wrong, or finds his session ended.
    let both = [both.0, both.1];
    let won = both
        .iter()
        .filter(|answer| answer["data"]["passwordChange"]["userErrors"] == json!([]))
        .count();
    assert_eq!(won, 1, "{both:?}");
    app.close().await;
}
