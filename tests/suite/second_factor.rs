//! The second factor: set up, asked for, used once, lost.

use std::time::Duration;

use futures::future::join_all;
use handover::{
    app::Act,
    config::{Config, Mode},
};
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use crate::support::{
    PASSWORD, Person, TestApp,
    account::{Caller, code, payload, until_shut},
};

const BEGIN: &str = "mutation B { secondFactorBegin { secret { secret uri } userErrors { code } } }";
const CONFIRM: &str =
    "mutation C($input: SecondFactorConfirmInput!) { secondFactorConfirm(input: $input) { recoveryCodes userErrors { code } } }";
const DISABLE: &str = "mutation D($input: SecondFactorDisableInput!) { secondFactorDisable(input: $input) { viewer { secondFactor { active } } userErrors { code } } }";
const ME: &str = "query Me { me { admin adminNeedsSecondFactor secondFactor { active recoveryCodesLeft } } }";

/// What an authenticator shows now, in the server's time.
fn shown(app: &TestApp, secret: &str) -> String {
    let totp = Builder::new()
        .with_secret(Secret::try_from_base32(secret).unwrap())
        .build()
        .unwrap();
    totp.generate(u64::try_from(app.env().now().0 / 1_000).unwrap()).to_string()
}

/// The next code, different from all that were used.
fn next(app: &TestApp, secret: &str) -> String {
    app.advance(Duration::from_secs(30));
    shown(app, secret)
}

/// Sets a second factor up; its secret and the recovery codes.
async fn sets_up(person: &Person<'_>) -> (String, Vec<String>) {
    let begun = payload(&person.sends(BEGIN, json!({})).await, "secondFactorBegin");
    let secret = begun["secret"]["secret"].as_str().unwrap_or_else(|| panic!("{begun}")).to_owned();
    assert!(begun["secret"]["uri"].as_str().unwrap().starts_with("otpauth://totp/Handover:"));
    let wrong = person.sends(CONFIRM, json!({ "input": { "code": "abc" } })).await;
    assert_eq!(code(&payload(&wrong, "secondFactorConfirm")), "CODE_WRONG");
    let input = json!({ "input": { "code": shown(person.app, &secret) } });
    let done = payload(&person.sends(CONFIRM, input).await, "secondFactorConfirm");
    let codes: Vec<String> = serde_json::from_value(done["recoveryCodes"].clone()).unwrap_or_else(|_| panic!("{done}"));
    assert_eq!(codes.len(), 10);
    (secret, codes)
}

async fn signs_in(app: &TestApp, second: Option<&str>) -> Value {
    let input = json!({ "login": "ann", "password": PASSWORD, "secondFactor": second });
    app.signs_in(Caller::default(), input).await
}

#[tokio::test]
async fn a_second_factor_is_asked_for_once_the_password_is_right_and_each_code_works_once() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    let (secret, _) = sets_up(&ann).await;
    assert_eq!(code(&signs_in(&app, None).await), "SECOND_FACTOR_REQUIRED");
    let wrong = app
        .signs_in(Caller::default(), json!({ "login": "ann", "password": "wrong password" }))
        .await;
    assert_eq!(code(&wrong), "CREDENTIALS_WRONG", "a wrong password does not hear of it");
    app.forget_sign_ins("ann").await;
    assert_eq!(
        code(&signs_in(&app, Some(&shown(&app, &secret))).await),
        "CODE_WRONG",
        "it confirmed the factor already"
    );
    let fresh = next(&app, &secret);
    let at_once = join_all((0..4).map(|_| signs_in(&app, Some(&fresh)))).await;
    let opened = at_once.iter().filter(|payload| payload["tokens"].is_object()).count();
    assert_eq!(opened, 1, "{at_once:?}");
    app.close().await;
}

#[tokio::test]
async fn recovery_codes_sign_in_once_each_and_a_second_factor_can_prove() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    let (secret, codes) = sets_up(&ann).await;
    assert!(signs_in(&app, Some(&codes[0].to_uppercase())).await["tokens"].is_object());
    assert_eq!(code(&signs_in(&app, Some(&codes[0])).await), "CODE_WRONG");
    let status = ann.sends(ME, json!({})).await["data"]["me"]["secondFactor"].clone();
    assert_eq!(status, json!({ "active": true, "recoveryCodesLeft": 9 }));
    app.advance(Duration::from_secs(5 * 60));
    let prove = "mutation P($input: SessionProveInput!) { sessionProve(input: $input) { provenUntil userErrors { code } } }";
    let begin = payload(&ann.sends(BEGIN, json!({})).await, "secondFactorBegin");
    assert_eq!(code(&begin), "FRESH_PROOF_REQUIRED");
    let both = json!({ "input": { "secondFactor": "000000", "password": PASSWORD } });
    assert_eq!(code(&payload(&ann.sends(prove, both).await, "sessionProve")), "INVALID_INPUT");
    let by_code = json!({ "input": { "secondFactor": shown(&app, &secret) } });
    assert_eq!(
        payload(&ann.sends(prove, by_code.clone()).await, "sessionProve")["userErrors"],
        json!([])
    );
    assert_eq!(
        code(&payload(&ann.sends(prove, by_code).await, "sessionProve")),
        "CREDENTIALS_WRONG",
        "once"
    );
    let begin = payload(&ann.sends(BEGIN, json!({})).await, "secondFactorBegin");
    assert_eq!(code(&begin), "WRONG_STATE", "one is there already");
    let off = ann.sends(DISABLE, json!({ "input": { "code": codes[1] } })).await;
    assert_eq!(payload(&off, "secondFactorDisable")["viewer"]["secondFactor"]["active"], false);
    assert!(signs_in(&app, None).await["tokens"].is_object());
    app.close().await;
}

#[tokio::test]
async fn codes_cannot_be_guessed_by_whoever_has_the_password() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    let (secret, _) = sets_up(&ann).await;
    app.forget_sign_ins("ann").await;
    let prove = "mutation P($input: SessionProveInput!) { sessionProve(input: $input) { provenUntil userErrors { code message } } }";
    let guesses = join_all((0..40).map(|number| {
        let input = json!({ "input": { "secondFactor": format!("{number:04}x") } });
        ann.sends(prove, input)
    }))
    .await;
    let compared = guesses
        .iter()
        .filter(|answer| code(&answer["data"]["sessionProve"]) == "CREDENTIALS_WRONG")
        .count();
    // A slow machine outlasts a pause or two.
    assert!((1..=8).contains(&compared), "{compared}");
    until_shut(async || {
        let answer = ann.sends(prove, json!({ "input": { "secondFactor": "wrong" } })).await;
        payload(&answer, "sessionProve")
    })
    .await;
    let fresh = next(&app, &secret);
    assert_eq!(code(&signs_in(&app, Some(&fresh)).await), "LIMIT_REACHED", "by any road");
    app.close().await;
}

#[tokio::test]
async fn in_production_an_admin_without_a_second_factor_is_a_trader_until_he_has_one() {
    let app = TestApp::with(|config: &mut Config| config.mode = Mode::Production).await;
    let anna = app.admin("anna").await;
    let me = anna.sends(ME, json!({})).await["data"]["me"].clone();
    assert_eq!((&me["admin"], &me["adminNeedsSecondFactor"]), (&json!(false), &json!(true)));
    let queue = "query Q { reviewQueue { nodes { id } } }";
    assert_eq!(anna.sends(queue, json!({})).await["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let mut socket = anna.connects().await;
    let (_, codes) = sets_up(&anna).await;
    assert_eq!(socket.closed().await.0, 4403, "her rights are others now");
    assert!(anna.sends(queue, json!({})).await.get("errors").is_none());
    let off = anna.sends(DISABLE, json!({ "input": { "code": codes[0] } })).await;
    assert_eq!(code(&payload(&off, "secondFactorDisable")), "WRONG_STATE", "an admin keeps it");
    app.close().await;
}

#[tokio::test]
async fn the_operator_prints_a_code_in_a_demonstration_and_takes_a_lost_factor_away() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    let (secret, _) = sets_up(&ann).await;
    let fresh = next(&app, &secret);
    assert_eq!(app.operates("ann", Act::Totp).await, fresh);
    app.operates("ann", Act::ResetTotp).await;
    assert!(signs_in(&app, None).await["tokens"].is_object());
    assert_eq!(app.audits(ann.id().await).await, ["user.reset_totp"]);
    app.close().await;
}
