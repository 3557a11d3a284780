//! Those who guess: they get few tries, learn nothing, and keep nobody else out.

use futures::future::join_all;
use serde_json::{Value, json};

use crate::support::{
    CAPTCHA, PASSWORD, TestApp, Work,
    account::{Caller, code},
};

const SIGN_UP: &str = "mutation S($input: UserSignUpInput!) { userSignUp(input: $input) { tokens { accessToken } userErrors { code } } }";
const RESET: &str = "mutation R($input: PasswordResetInput!) { passwordReset(input: $input) { done userErrors { code } } }";

fn sign_up(code: &str) -> Value {
    json!({ "username": "guesser", "password": PASSWORD, "email": "new@example.com", "code": code })
}

fn reset(code: &str) -> Value {
    json!({ "email": "ann@example.com", "code": code, "newPassword": "another horse 8" })
}

/// A wrong code, different from all others of one test but by bad luck from the right one.
fn wrong(right: &str, number: usize) -> String {
    let guess = format!("{number:06}");
    if guess == right { "999999".to_owned() } else { guess }
}

/// Sends an operation from an address of its own for each number, as a proxy tells it.
async fn sends_from(app: &TestApp, number: usize, query: &str, variables: Value) -> Value {
    let request = app
        .http
        .post(app.url("/graphql"))
        .header("x-forwarded-for", format!("203.0.113.{number}"))
        .json(&json!({ "query": query, "variables": variables }));
    request.send().await.unwrap().json().await.unwrap()
}

/// Two hundred guesses at once: over HTTP, half of these from many addresses, as aliases in one document, and over sockets.
async fn guess(app: &TestApp, right: &str, query: &str, field: &str, input: fn(&str) -> Value) {
    let by_http = join_all((0..100).map(|number| {
        let input = input(&wrong(right, number));
        async move {
            if number < 50 {
                sends_from(app, number, query, json!({ "input": input })).await
            } else {
                app.send(None, query, json!({ "input": input })).await
            }
        }
    }));
    let kind = query.split_once("$input: ").unwrap().1.split_once('!').unwrap().0;
    let by_alias = join_all((0..10).map(|document| {
        let names: Vec<String> = (0..5).map(|alias| format!("$i{alias}: {kind}!")).collect();
        let fields: Vec<String> = (0..5)
            .map(|alias| format!("a{alias}: {field}(input: $i{alias}) {{ userErrors {{ code }} }}"))
            .collect();
        let query = format!("mutation A({}) {{ {} }}", names.join(", "), fields.join(" "));
        let variables: Value = (0..5)
            .map(|alias| (format!("i{alias}"), input(&wrong(right, 100 + document * 5 + alias))))
            .collect();
        async move { app.send(None, &query, variables).await }
    }));
    let by_socket = join_all((0..5).map(|socket| async move {
        let mut open = app.connect(None).await;
        for number in 0..10 {
            let input = input(&wrong(right, 150 + socket * 10 + number));
            open.asks(query, json!({ "input": input })).await;
        }
    }));
    futures::join!(by_http, by_alias, by_socket);
}

#[tokio::test]
async fn abuse_32_of_two_hundred_wrong_codes_at_most_five_are_compared() {
    let work = Work::default();
    let behind_a_proxy = |config: &mut handover::config::Config| config.trusted_proxies = vec![[127, 0, 0, 1].into()];
    let app = TestApp::with_parts(behind_a_proxy, |parts| work.watch(parts)).await;
    app.person("ann").await;
    app.asks_code(None, "emailCodeRequest", "new@example.com").await;
    app.asks_code(None, "passwordResetRequest", "ann@example.com").await;
    for (email, query, field, input) in [
        ("new@example.com", SIGN_UP, "userSignUp", sign_up as fn(&str) -> Value),
        ("ann@example.com", RESET, "passwordReset", reset),
    ] {
        let right = app.code_for(email);
        work.since();
        guess(&app, &right, query, field, input).await;
        let compared = work.since().iter().filter(|done| *done == "get code").count();
        assert!((1..=5).contains(&compared), "{field}: {compared}");
        let late = app.send(None, query, json!({ "input": input(&right) })).await;
        assert_eq!(code(&late["data"][field]), "CODE_WRONG", "the right one is too late: {late}");
    }
    app.close().await;
}

#[tokio::test]
async fn abuse_31_whether_somebody_is_known_shows_neither_in_answers_nor_in_work() {
    let work = Work::default();
    let app = TestApp::with_parts(|_| {}, |parts| work.watch(parts)).await;
    app.person("ann").await;
    let sign_in = async |login: &str| {
        let answer = app
            .signs_in(Caller::default(), json!({ "login": login, "password": "wrong password" }))
            .await;
        (answer, work.since())
    };
    work.since();
    let (known, of_known) = sign_in("ann").await;
    let (by_mail, of_mail) = sign_in("ann@example.com").await;
    let (unknown, of_unknown) = sign_in("nobody").await;
    assert_eq!((&known, &of_known), (&unknown, &of_unknown));
    assert_eq!((&by_mail, &of_mail), (&unknown, &of_unknown));
    assert_eq!(of_known.iter().filter(|done| *done == "verify").count(), 1);

    for field in ["emailCodeRequest", "passwordResetRequest"] {
        let ask = async |email: &str| {
            let mut answer = app.asks_code(None, field, email).await;
            answer["email"] = json!("the address that was asked for");
            (answer, work.since())
        };
        // One code a minute for one purpose: she asked for one when she signed up.
        app.forget_code_pauses("ann@example.com").await;
        work.since();
        let known = ask("ann@example.com").await;
        let unknown = ask(&format!("nobody-{}@example.com", field.to_lowercase())).await;
        assert_eq!(known, unknown, "{field}");
        assert_eq!(known.0["userErrors"], json!([]), "{field}");
    }
    let known = (app.resets("ann@example.com", "000000", "another horse 8").await, work.since());
    let unknown = (app.resets("nobody@example.com", "000000", "another horse 8").await, work.since());
    assert_eq!(known, unknown);
    app.close().await;
}

#[tokio::test]
async fn abuse_33_a_captcha_is_good_for_one_look_right_or_wrong() {
    let app = TestApp::new().await;
    let ask = async |id: &Value, answer: &str| {
        let query = "mutation C($input: EmailCodeRequestInput!) { emailCodeRequest(input: $input) { userErrors { code } } }";
        let input = json!({ "email": "new@example.com", "captchaId": id, "captchaAnswer": answer });
        app.send(None, query, json!({ "input": input })).await["data"]["emailCodeRequest"].clone()
    };
    let missed = app.captcha().await;
    assert_eq!(code(&ask(&missed, "wrong").await), "CAPTCHA_WRONG");
    assert_eq!(code(&ask(&missed, CAPTCHA).await), "CAPTCHA_WRONG", "it was looked at");
    let used = app.captcha().await;
    let at_once = join_all((0..8).map(|_| ask(&used, CAPTCHA))).await;
    let passed = at_once.iter().filter(|answer| code(answer) != "CAPTCHA_WRONG").count();
    assert_eq!(passed, 1, "{at_once:?}");
    assert_eq!(app.mails("new@example.com").len(), 1);
    app.close().await;
}

#[tokio::test]
async fn a_painted_captcha_is_asked_for_in_earnest() {
    let app = TestApp::with(|config| config.account.captcha = handover::config::Captcha::Image).await;
    let made = app
        .send(None, "mutation C { captchaCreate { captcha { id image } } }", json!({}))
        .await;
    let captcha = &made["data"]["captchaCreate"]["captcha"];
    assert!(captcha["image"].as_str().unwrap().starts_with("data:image/png;base64,"));
    let key = format!("captcha:{}", captcha["id"].as_str().unwrap());
    let kept = String::from_utf8(app.env().cache().get(&key).await.unwrap().expect("an answer")).unwrap();
    let right = kept.split_once(':').unwrap().1.to_owned();
    assert_eq!(right.chars().count(), 5);
    let query = "mutation C($input: EmailCodeRequestInput!) { emailCodeRequest(input: $input) { userErrors { code } } }";
    let ask = async |id: &Value, answer: &str| {
        let input = json!({ "email": "new@example.com", "captchaId": id, "captchaAnswer": answer });
        app.send(None, query, json!({ "input": input })).await["data"]["emailCodeRequest"].clone()
    };
    let other = app.captcha().await;
    assert_eq!(code(&ask(&other, &right).await), "CAPTCHA_WRONG", "the answer of another one");
    assert_eq!(ask(&captcha["id"], &right.to_lowercase()).await["userErrors"], json!([]));
    assert_eq!(app.mails("new@example.com").len(), 1);
    app.close().await;
}

#[tokio::test]
async fn a_flood_of_sign_ins_is_refused_at_once_beyond_its_queue_and_stops_nobody_else() {
    let work = Work::default();
    let slow = |config: &mut handover::config::Config| {
        config.account.argon2_memory_kib = 19_456;
        config.account.argon2_passes = 6;
    };
    let app = TestApp::with_parts(slow, |parts| work.watch(parts)).await;
    let ann = app.person("ann").await;
    work.since();
    let flood = join_all((0..150).map(|number| {
        let app = &app;
        async move {
            let query = "mutation S($input: UserSignInInput!) { userSignIn(input: $input) { userErrors { code } } }";
            let input = json!({ "login": format!("name{number}"), "password": "wrong password" });
            app.send(None, query, json!({ "input": input })).await
        }
    }));
    let others = join_all((0..30).map(|_| ann.sends("query Me { me { id nickname } }", json!({}))));
    let (flood, others) = futures::join!(flood, others);
    assert!(others.iter().all(|answer| answer["data"]["me"]["nickname"] == "ann"), "{others:?}");
    let refused = flood
        .iter()
        .filter(|answer| answer["errors"][0]["extensions"]["code"] == "UNAVAILABLE")
        .count();
    let limited = flood
        .iter()
        .filter(|answer| answer["errors"][0]["extensions"]["code"] == "RATE_LIMITED")
        .count();
    let compared = flood
        .iter()
        .filter(|answer| code(&answer["data"]["userSignIn"]) == "CREDENTIALS_WRONG")
        .count();
    assert_eq!(refused + limited + compared, 150, "{flood:?}");
    let done = work.since();
    let count = |what: &str| done.iter().filter(|done| *done == what).count();
    // A cache that does not answer in time refuses as well. On a slow machine somebody in the queue may be told so when his request's time is over,
    // while his comparison goes on; whoever is refused at once is never compared.
    assert!(count("busy") <= refused);
    assert!((compared..=150 - limited - count("busy")).contains(&count("verify")), "{done:?}");
    assert!(refused + limited > 0, "nobody was refused");
    // Refused without waiting for those before: the first refusal came before the last comparison.
    if let Some(first) = done.iter().position(|done| done == "busy") {
        assert!(done[first..].iter().any(|done| done == "verify"));
    }
    app.close().await;
}
