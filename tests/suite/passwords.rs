//! Forgotten passwords and other addresses.

use std::time::Duration;

use entity::{standing, value::UserId};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use crate::support::{
    CAPTCHA, PASSWORD, TestApp,
    account::{Caller, code, payload, seconds_in},
};

const ME: &str = "query Me { me { email } }";
const CHANGE: &str = "mutation E($input: EmailChangeInput!) { emailChange(input: $input) { viewer { id } userErrors { code field } } }";
const DAY: i64 = 24 * 60 * 60 * 1_000;

/// For how many milliseconds a user's withdrawals still wait.
async fn hold(app: &TestApp, id: UserId) -> i64 {
    let row = standing::Entity::find_by_id(id).one(app.env().db()).await.unwrap().unwrap();
    row.withdraw_after.map_or(0, |until| until.since(app.env().now()))
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_mail_and_everything_else_ends() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    let id = ann.id().await;
    let mut socket = ann.connects().await;
    assert_eq!(
        app.asks_code(None, "passwordResetRequest", "Ann@Example.com").await["userErrors"],
        json!([])
    );
    let right = app.code_for("Ann@Example.com");
    assert_eq!(code(&app.resets("ann@example.com", &right, "password").await), "INVALID_INPUT");
    assert_eq!(
        app.resets("ann@example.com", &right, "another horse 8").await,
        json!({ "done": true, "userErrors": [] })
    );
    assert_eq!(
        code(&app.resets("ann@example.com", &right, "a third horse 9").await),
        "CODE_WRONG",
        "once"
    );
    assert_eq!(socket.closed().await.0, 4403);
    assert_eq!(ann.sends(ME, json!({})).await["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    let held = hold(&app, id).await;
    assert!((DAY - 600_000..=DAY).contains(&held), "{held}");
    let sign_in = async |password: &str| {
        app.signs_in(Caller::default(), json!({ "login": "ann", "password": password }))
            .await
    };
    assert_eq!(code(&sign_in(PASSWORD).await), "CREDENTIALS_WRONG");
    assert!(sign_in("another horse 8").await["tokens"].is_object());
    app.close().await;
}

#[tokio::test]
async fn a_code_is_good_for_its_own_purpose_address_and_user_only() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.person("ann").await, app.person("bob").await);
    app.asks_code(None, "emailCodeRequest", "new@example.com").await;
    let sign_up = app.code_for("new@example.com");
    assert_eq!(
        code(&app.resets("new@example.com", &sign_up, "another horse 8").await),
        "CODE_WRONG"
    );
    app.asks_code(Some(&ann.token), "emailChangeRequest", "next@example.com").await;
    let anns = app.code_for("next@example.com");
    for person in [&bob, &ann] {
        let answer = person
            .sends(CHANGE, json!({ "input": { "email": "next@example.com", "code": anns } }))
            .await;
        let done = payload(&answer, "emailChange");
        assert_eq!(done["userErrors"] == json!([]), person.name == "ann", "{}: {done}", person.name);
    }
    assert_eq!(ann.sends(ME, json!({})).await["data"]["me"]["email"], "next@example.com");
    app.close().await;
}

#[tokio::test]
async fn abuse_34_a_stolen_session_cannot_bind_another_address() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    let id = ann.id().await;
    app.advance(Duration::from_secs(5 * 60));
    let stolen = app.asks_code(Some(&ann.token), "emailChangeRequest", "thief@example.com").await;
    assert_eq!(code(&stolen), "FRESH_PROOF_REQUIRED");
    let change = async |email: &str, code: &str| {
        payload(
            &ann.sends(CHANGE, json!({ "input": { "email": email, "code": code } })).await,
            "emailChange",
        )
    };
    assert_eq!(code(&change("thief@example.com", "000000").await), "FRESH_PROOF_REQUIRED");
    assert!(app.mails("thief@example.com").is_empty());

    ann.proves(PASSWORD).await;
    assert_eq!(
        app.asks_code(Some(&ann.token), "emailChangeRequest", "next@example.com").await["userErrors"],
        json!([])
    );
    let right = app.code_for("next@example.com");
    assert_eq!(change("next@example.com", &right).await["userErrors"], json!([]));
    app.posted().await;
    let told = app
        .mails("ann@example.com")
        .iter()
        .filter(|mail| mail.contains("another address"))
        .count();
    assert_eq!(told, 1, "the old address is told");
    let held = hold(&app, id).await;
    assert!((DAY - 600_000..=DAY).contains(&held), "{held}");
    let sign_in = async |login: &str| {
        app.signs_in(Caller::default(), json!({ "login": login, "password": PASSWORD }))
            .await
    };
    assert_eq!(code(&sign_in("ann@example.com").await), "CREDENTIALS_WRONG");
    assert!(sign_in("next@example.com").await["tokens"].is_object());
    app.close().await;
}

/// The cache's time is no test's to move: the end of each by our own clock lies beside it.
#[tokio::test]
async fn codes_end_after_ten_minutes_and_captchas_after_three() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    let minutes = |minutes: u64| app.advance(Duration::from_secs(60 * minutes));
    for email in ["soon@example.com", "late@example.com"] {
        app.asks_code(None, "emailCodeRequest", email).await;
    }
    app.asks_code(None, "passwordResetRequest", "ann@example.com").await;
    app.asks_code(Some(&ann.token), "emailChangeRequest", "next@example.com").await;
    let emails = ["soon@example.com", "late@example.com", "ann@example.com", "next@example.com"];
    let [soon, late, reset, next] = emails.map(|email| app.code_for(email));
    let asks = async |captcha: &Value, email: &str| {
        let query = "mutation C($input: EmailCodeRequestInput!) { emailCodeRequest(input: $input) { userErrors { code } } }";
        let input = json!({ "email": email, "captchaId": captcha, "captchaAnswer": CAPTCHA });
        payload(&app.send(None, query, json!({ "input": input })).await, "emailCodeRequest")
    };
    let signs_up = async |name: &str, code: &str| {
        let query = "mutation S($input: UserSignUpInput!) { userSignUp(input: $input) { tokens { accessToken } userErrors { code } } }";
        let input = json!({ "username": name, "password": PASSWORD, "email": format!("{name}@example.com"), "code": code });
        payload(&app.send(None, query, json!({ "input": input })).await, "userSignUp")
    };
    let captchas = [app.captcha().await, app.captcha().await];
    minutes(2);
    assert_eq!(asks(&captchas[0], "one@example.com").await["userErrors"], json!([]));
    minutes(1);
    assert_eq!(code(&asks(&captchas[1], "two@example.com").await), "CAPTCHA_WRONG");
    minutes(6);
    assert_eq!(signs_up("soon", &soon).await["userErrors"], json!([]));
    minutes(1);
    assert_eq!(code(&signs_up("late", &late).await), "CODE_WRONG");
    assert_eq!(code(&app.resets("ann@example.com", &reset, "another horse 8").await), "CODE_WRONG");
    let ann = app.sign_in("ann").await;
    let answer = ann
        .sends(CHANGE, json!({ "input": { "email": "next@example.com", "code": next } }))
        .await;
    assert_eq!(code(&payload(&answer, "emailChange")), "CODE_WRONG");
    app.close().await;
}

#[tokio::test]
async fn an_address_that_somebody_has_is_told_so_and_the_asker_is_not() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.person("ann").await, app.person("bob").await);
    let before = app.mails("bob@example.com").len();
    let asked = app.asks_code(Some(&ann.token), "emailChangeRequest", "bob@example.com").await;
    assert_eq!(asked, json!({ "email": "bob@example.com", "userErrors": [] }));
    let mails = app.mails("bob@example.com");
    assert_eq!(mails.len(), before + 1);
    assert!(mails.last().unwrap().contains("already"));
    assert_eq!(bob.sends(ME, json!({})).await["data"]["me"]["email"], "bob@example.com");
    app.close().await;
}

#[tokio::test]
async fn limits_of_codes_say_when_again() {
    let app = TestApp::new().await;
    let seconds = |payload: &Value| {
        assert_eq!(code(payload), "LIMIT_REACHED", "{payload}");
        seconds_in(payload)
    };
    app.asks_code(None, "emailCodeRequest", "new@example.com").await;
    let soon = app.asks_code(None, "emailCodeRequest", "new@example.com").await;
    assert!((1..=60).contains(&seconds(&soon)));
    for _ in 0..4 {
        // The pause is over; the hour is not.
        app.forget_code_pauses("new@example.com").await;
        assert_eq!(
            app.asks_code(None, "emailCodeRequest", "new@example.com").await["userErrors"],
            json!([])
        );
    }
    app.forget_code_pauses("new@example.com").await;
    let late = app.asks_code(None, "emailCodeRequest", "new@example.com").await;
    assert!((61..=3_600).contains(&seconds(&late)));
    assert_eq!(app.mails("new@example.com").len(), 5);
    app.close().await;
}
