//! What the server does while what it stands on is away: Redis, and the database.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{PASSWORD, Person, Postgres, Redis, TestApp};

const ME: &str = "query Me { me { id verified } }";
const SIGN_IN: &str = "mutation S($input: UserSignInInput!) { userSignIn(input: $input) { tokens { accessToken } userErrors { code } } }";
const CAPTCHA: &str = "mutation C { captchaCreate { captcha { id } } }";
const REFRESH: &str = "mutation R($t: String) { sessionRefresh(input: { refreshToken: $t, returnRefreshToken: true }) { tokens { accessToken refreshToken } userErrors { code } } }";
/// No answer may take longer, however slow the machine: a caller is told, and not left waiting for what is away.
const TOLD_WITHIN: Duration = Duration::from_secs(10);

/// The code that an answer fails with, whether the whole request or a field of it; empty if it does not.
fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
}

async fn sign_in(app: &TestApp, name: &str) -> Value {
    let input = json!({ "input": { "login": name, "password": PASSWORD } });
    told(app, SIGN_IN, input).await
}

async fn told(app: &TestApp, query: &str, variables: Value) -> Value {
    tokio::time::timeout(TOLD_WITHIN, app.send(None, query, variables))
        .await
        .expect("an answer in time")
}

/// What needs the cache says so, and what does not goes on.
async fn only_doors_are_shut(app: &TestApp, ann: &mut Person<'_>) {
    for (query, variables) in [
        (SIGN_IN, json!({ "input": { "login": "ann", "password": PASSWORD } })),
        (CAPTCHA, json!({})),
        (
            "mutation E($input: EmailCodeRequestInput!) { emailCodeRequest(input: $input) { userErrors { code } } }",
            json!({ "input": { "email": "new@example.com", "captchaId": uuid::Uuid::new_v4(), "captchaAnswer": "abcde" } }),
        ),
    ] {
        let answer = told(app, query, variables).await;
        assert_eq!(code(&answer), "UNAVAILABLE", "{answer}");
    }
    let me = ann.sends(ME, json!({})).await;
    assert!(me["data"]["me"]["id"].is_string(), "{me}");
    let fresh = told(app, REFRESH, json!({ "t": ann.refresh })).await;
    let tokens = &fresh["data"]["sessionRefresh"]["tokens"];
    assert!(tokens["accessToken"].is_string(), "{fresh}");
    ann.token = tokens["accessToken"].as_str().unwrap().to_owned();
    ann.refresh = tokens["refreshToken"].as_str().unwrap().to_owned();
}

/// A try that the house fails counts as well, and after three a captcha is asked for: so it waits for the house first.
async fn until_signed_in(app: &TestApp) {
    let start = Instant::now();
    while app.http.get(app.url("/readyz")).send().await.unwrap().status() != 200 {
        assert!(start.elapsed() < Duration::from_secs(30), "it does not come back");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    loop {
        let answer = sign_in(app, "ann").await;
        if answer["data"]["userSignIn"]["tokens"]["accessToken"].is_string() {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(30), "it does not come back: {answer}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn with_servers_while_redis_is_away_only_sign_in_sign_up_and_codes_are() {
    let Some(mut redis) = Redis::start() else { return };
    let app = TestApp::with(|config| config.redis.url = Some(redis.url().into())).await;
    let mut ann = app.person("ann").await;
    let ready = async || app.http.get(app.url("/readyz")).send().await.unwrap();

    redis.kill();
    only_doors_are_shut(&app, &mut ann).await;
    let answer = ready().await;
    assert_eq!(answer.status().as_u16(), 200, "the rest is served");
    assert!(answer.text().await.unwrap().contains("cache: away"));

    redis.start_again();
    until_signed_in(&app).await;

    redis.say(&["CLIENT", "PAUSE", "600000"]);
    only_doors_are_shut(&app, &mut ann).await;
    redis.kill();
    redis.start_again();
    until_signed_in(&app).await;
    assert!(ready().await.text().await.unwrap().contains("cache: up"));
    app.close().await;
}

#[tokio::test]
async fn with_servers_while_redis_is_away_people_trade_prove_and_withdraw() {
    let Some(mut redis) = Redis::start() else { return };
    let app = TestApp::with(|config| config.redis.url = Some(redis.url().into())).await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("60.00").await;
    let offered = sam.sells("20.00").await;
    let account = bea.adds_account("6222020200112345").await;
    redis.kill();
    // What signing up proved is old by now.
    app.advance(Duration::from_secs(5 * 60));
    let order = bea.buys(&offered).await;
    sam.delivers(&order, "word").await;
    assert_eq!(bea.confirms(&order).await["userErrors"], json!([]));
    assert_eq!(bea.proves("wrong password").await["userErrors"][0]["code"], "CREDENTIALS_WRONG");
    assert_eq!(bea.proves(PASSWORD).await["userErrors"], json!([]));
    bea.withdraws("10.00", &account).await;
    app.close().await;
}

#[tokio::test]
async fn with_servers_what_redis_forgot_opens_no_door() {
    let Some(redis) = Redis::start() else { return };
    let app = TestApp::with(|config| config.redis.url = Some(redis.url().into())).await;
    let ann = app.person("ann").await;
    let captcha = app.send(None, CAPTCHA, json!({})).await;
    redis.say(&["FLUSHALL"]);
    let input = json!({ "input": { "email": "bea@example.com", "captchaId": captcha["data"]["captchaCreate"]["captcha"]["id"], "captchaAnswer": "abcde" } });
    let query = "mutation E($input: EmailCodeRequestInput!) { emailCodeRequest(input: $input) { userErrors { code } } }";
    let answer = app.send(None, query, input).await;
    assert_eq!(
        answer["data"]["emailCodeRequest"]["userErrors"][0]["code"],
        json!("CAPTCHA_WRONG"),
        "{answer}"
    );

    app.request_code("bea@example.com").await;
    let code = app.code_for("bea@example.com");
    redis.say(&["FLUSHALL"]);
    let input = json!({ "input": { "username": "bea", "password": PASSWORD, "email": "bea@example.com", "code": code } });
    let query = "mutation S($input: UserSignUpInput!) { userSignUp(input: $input) { tokens { accessToken } userErrors { code } } }";
    let answer = app.send(None, query, input).await;
    assert_eq!(answer["data"]["userSignUp"]["tokens"], json!(null), "{answer}");
    assert!(ann.sends(ME, json!({})).await["data"]["me"]["id"].is_string());
    app.close().await;
}

#[tokio::test]
async fn with_servers_while_the_database_is_away_callers_are_told_and_then_all_works_again() {
    let Some(postgres) = Postgres::start() else { return };
    let app = TestApp::with(|config| config.database.url = Some(postgres.url().into())).await;
    let ann = app.person("ann").await;
    for _ in 0..2 {
        postgres.kill();
        for _ in 0..3 {
            let me = tokio::time::timeout(TOLD_WITHIN, ann.sends(ME, json!({})))
                .await
                .expect("an answer in time");
            assert_eq!(code(&me), "UNAVAILABLE", "{me}");
        }
        let answer = sign_in(&app, "ann").await;
        assert_eq!(code(&answer), "UNAVAILABLE", "{answer}");
        let ready = app.http.get(app.url("/readyz")).send().await.unwrap();
        assert_eq!(ready.status().as_u16(), 503);
        assert!(ready.text().await.unwrap().contains("database: away"));
        assert_eq!(app.http.get(app.url("/livez")).send().await.unwrap().status().as_u16(), 200);

        postgres.start_again();
        until_signed_in(&app).await;
        let me = ann.sends(ME, json!({})).await;
        assert!(me["data"]["me"]["id"].is_string(), "{me}");
    }
    app.close().await;
}
