//! Sign-ins that fail: they wait longer and longer, and never the owner at home.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use async_trait::async_trait;
use futures::future::join_all;
use handover::kernel::port::{HashError, PasswordHasher};
use serde_json::{Value, json};

use crate::support::{
    CAPTCHA, PASSWORD, TestApp, Work,
    account::{Caller, code, seconds_in, until_shut},
};

async fn behind_a_proxy(work: &Work) -> TestApp {
    let trust = |config: &mut handover::config::Config| config.trusted_proxies = vec![[127, 0, 0, 1].into()];
    TestApp::with_parts(trust, |parts| work.watch(parts)).await
}

const HOME: Caller<'_> = Caller { client: None, from: None };
const STRANGER: Caller<'_> = Caller {
    client: None,
    from: Some("203.0.113.9"),
};
const AWAY: Caller<'_> = Caller {
    client: None,
    from: Some("198.51.100.7"),
};

/// A try with a fresh captcha answered rightly.
async fn tries(app: &TestApp, caller: Caller<'_>, password: &str) -> Value {
    let input = json!({ "login": "ann", "password": password, "captchaId": app.captcha().await, "captchaAnswer": CAPTCHA });
    app.signs_in(caller, input).await
}

#[tokio::test]
async fn after_three_failures_a_captcha_is_asked_for() {
    let app = TestApp::new().await;
    app.person("ann").await;
    let wrong = json!({ "login": "ann", "password": "wrong password" });
    for _ in 0..3 {
        assert_eq!(code(&app.signs_in(HOME, wrong.clone()).await), "CREDENTIALS_WRONG");
    }
    let right = json!({ "login": "ann", "password": PASSWORD });
    assert_eq!(
        code(&app.signs_in(HOME, right.clone()).await),
        "CAPTCHA_REQUIRED",
        "even for the right password"
    );
    let mut blind = right.clone();
    blind["captchaId"] = app.captcha().await;
    blind["captchaAnswer"] = json!("wrong");
    assert_eq!(code(&app.signs_in(HOME, blind).await), "CAPTCHA_WRONG");
    assert!(tries(&app, HOME, PASSWORD).await["tokens"]["accessToken"].is_string());
    assert!(
        app.signs_in(HOME, right).await["tokens"]["accessToken"].is_string(),
        "his failures are forgotten"
    );
    app.close().await;
}

#[tokio::test]
async fn a_stranger_waits_and_the_owner_at_home_does_not() {
    let work = Work::default();
    let app = behind_a_proxy(&work).await;
    app.person("ann").await;
    work.since();
    let storm = join_all((0..30).map(|_| tries(&app, STRANGER, "wrong password"))).await;
    let wrong = storm.iter().filter(|payload| code(payload) == "CREDENTIALS_WRONG").count();
    // A slow machine outlasts a pause or two.
    assert!((1..=8).contains(&wrong), "{storm:?}");
    assert_eq!(storm.iter().filter(|payload| code(payload) == "LIMIT_REACHED").count(), 30 - wrong);
    assert_eq!(
        work.since().iter().filter(|done| *done == "verify").count(),
        wrong,
        "the rest was not compared"
    );
    let seconds = until_shut(|| tries(&app, STRANGER, "wrong password")).await;
    assert!(seconds <= 60);
    assert_eq!(
        code(&tries(&app, STRANGER, PASSWORD).await),
        "LIMIT_REACHED",
        "even for the right password"
    );

    let home = app.signs_in(HOME, json!({ "login": "ann", "password": PASSWORD })).await;
    assert!(home["tokens"]["accessToken"].is_string(), "at home he notices nothing: {home}");
    let away = app.signs_in(AWAY, json!({ "login": "ann", "password": PASSWORD })).await;
    assert_eq!(code(&away), "CAPTCHA_REQUIRED", "elsewhere he shows that he is a person");
    app.close().await;
}

#[tokio::test]
async fn guesses_from_everywhere_wait_together() {
    let work = Work::default();
    let app = behind_a_proxy(&work).await;
    app.person("ann").await;
    work.since();
    let places: Vec<String> = (1..=40).map(|number| format!("203.0.113.{number}")).collect();
    let storm = join_all(places.iter().map(|place| {
        let caller = Caller {
            client: None,
            from: Some(place),
        };
        tries(&app, caller, "wrong password")
    }))
    .await;
    let wrong = storm.iter().filter(|payload| code(payload) == "CREDENTIALS_WRONG").count();
    // A slow machine outlasts a pause or two.
    assert!((1..=8).contains(&wrong), "{storm:?}");
    assert_eq!(work.since().iter().filter(|done| *done == "verify").count(), wrong);
    for refused in storm.iter().filter(|payload| code(payload) == "LIMIT_REACHED") {
        assert!(
            (1..=30).contains(&seconds_in(refused)),
            "nobody waits long because of others: {refused}"
        );
    }
    app.close().await;
}

#[tokio::test]
async fn a_new_client_is_told_by_mail_and_a_known_one_is_not() {
    let app = TestApp::new().await;
    app.person("ann").await;
    let mails = || {
        app.mails("ann@example.com")
            .iter()
            .filter(|mail| mail.contains("new client"))
            .count()
    };
    let input = json!({ "login": "ann", "password": PASSWORD });
    let with = |client| Caller {
        client: Some(client),
        from: None,
    };
    for (client, told) in [("Phone/1", 1), ("Phone/1", 1), ("Desk/2", 2), ("Phone/1", 2)] {
        assert!(app.signs_in(with(client), input.clone()).await["tokens"].is_object());
        app.posted().await;
        assert_eq!(mails(), told, "{client}");
    }
    app.close().await;
}

/// A house that is too busy so many times to compare a password.
struct Busy {
    times: AtomicUsize,
    house: Arc<dyn PasswordHasher>,
}

#[async_trait]
impl PasswordHasher for Busy {
    async fn hash(&self, password: &str) -> Result<String, HashError> {
        self.house.hash(password).await
    }
    async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool, HashError> {
        let left = self
            .times
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |times| times.checked_sub(1));
        match left {
            Ok(_) => Err(HashError::Busy),
            Err(_) => self.house.verify(password, hash).await,
        }
    }
}

#[tokio::test]
async fn a_try_that_a_busy_house_did_not_compare_is_none() {
    let busy = |mut parts: handover::kernel::env::Parts| {
        let (times, house) = (AtomicUsize::new(8), parts.passwords);
        parts.passwords = Arc::new(Busy { times, house });
        parts
    };
    let app = TestApp::with_parts(|_| {}, busy).await;
    let ann = app.person("ann").await;
    let input = json!({ "login": "ann", "password": PASSWORD });
    let query = "mutation S($input: UserSignInInput!) { userSignIn(input: $input) { tokens { accessToken } userErrors { code } } }";
    for _ in 0..4 {
        let refused = app.send(None, query, json!({ "input": input })).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "UNAVAILABLE", "{refused}");
    }
    let prove = "mutation P { sessionProve(input: { password: \"wrong password\" }) { userErrors { code } } }";
    for _ in 0..4 {
        let refused = ann.sends(prove, json!({})).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "UNAVAILABLE", "{refused}");
    }
    // Three that were compared are as many as are free of a captcha, and five as are free of a pause.
    for _ in 0..3 {
        let wrong = json!({ "login": "ann", "password": "wrong password" });
        assert_eq!(code(&app.signs_in(HOME, wrong).await), "CREDENTIALS_WRONG");
    }
    assert_eq!(code(&app.signs_in(HOME, input).await), "CAPTCHA_REQUIRED");
    for _ in 0..5 {
        assert_eq!(code(&ann.proves("wrong password").await), "CREDENTIALS_WRONG");
    }
    app.close().await;
}
