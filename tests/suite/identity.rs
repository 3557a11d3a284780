//! Real names: one person, one account, adults only.

use std::time::Duration;

use futures::future::join_all;
use serde_json::{Value, json};

use crate::support::{
    Person, TestApp,
    account::{fresh_id_number, id_number},
};

const ME: &str = "query Me { me { verified identity { state name number } } }";

fn code(payload: &Value) -> &Value {
    &payload["userErrors"][0]["code"]
}

#[tokio::test]
async fn a_verified_name_is_shown_masked_and_lies_sealed() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    assert_eq!(ann.sends(ME, json!({})).await["data"]["me"]["identity"], json!(null));
    let version = ann.rights().await.version;
    let done = ann.verifies("王小明", "11010519491231002x").await;
    let masked = json!({ "state": "APPROVED", "name": "王**", "number": "11**************2X" });
    assert_eq!(done["viewer"], json!({ "verified": true, "identity": masked }), "{done}");
    assert!(ann.rights().await.version > version, "older tokens notice");
    let row = app.identity_of(ann.id().await).await;
    for sealed in [&row.name_sealed, &row.number_sealed, &row.number_index] {
        for plain in ["王小明", "11010519491231002X"] {
            assert!(!sealed.windows(plain.len()).any(|part| part == plain.as_bytes()));
        }
    }
    assert_eq!(code(&ann.verifies("王小明", &fresh_id_number()).await), "WRONG_STATE");
    app.close().await;
}

#[tokio::test]
async fn abuse_38_the_same_number_twice_an_invented_one_and_a_minor_are_refused() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.person("ann").await, app.person("bob").await);
    let number = fresh_id_number();
    assert_eq!(ann.verifies("王小明", &number).await["userErrors"], json!([]));
    let second = bob.verifies("李雷", &number).await;
    assert_eq!(code(&second), "IDENTITY_TAKEN");
    assert_eq!(second["userErrors"][0]["message"], "This person is verified under another account.");
    assert_eq!(code(&bob.verifies("李雷", "110105194912310021").await), "IDENTITY_REFUSED");
    assert_eq!(
        code(&bob.verifies("李雷", &id_number("11010520200307001")).await),
        "IDENTITY_REFUSED"
    );
    assert_eq!(code(&bob.verifies("x", &fresh_id_number()).await), "INVALID_INPUT");
    assert_eq!(
        bob.sends(ME, json!({})).await["data"]["me"],
        json!({ "verified": false, "identity": null })
    );
    app.close().await;
}

#[tokio::test]
async fn of_many_accounts_that_bring_one_number_at_once_one_is_verified() {
    let app = TestApp::new().await;
    let names = ["ada", "ben", "cid", "dan", "eve", "fay"];
    let people: Vec<Person> = join_all(names.map(|name| app.person(name))).await;
    let number = fresh_id_number();
    let tries = join_all(people.iter().map(|person| person.verifies("王小明", &number))).await;
    let done = tries.iter().filter(|payload| payload["userErrors"] == json!([])).count();
    let taken = tries.iter().filter(|payload| code(payload) == "IDENTITY_TAKEN").count();
    assert_eq!((done, taken), (1, people.len() - 1), "{tries:?}");
    app.close().await;
}

#[tokio::test]
async fn nobody_can_look_for_numbers_that_are_here() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    for _ in 0..10 {
        assert_eq!(code(&ann.verifies("王小明", "1").await), "IDENTITY_REFUSED");
    }
    let refused = ann.verifies("王小明", &fresh_id_number()).await;
    assert_eq!(code(&refused), "LIMIT_REACHED");
    let message = refused["userErrors"][0]["message"].as_str().unwrap();
    let seconds: u64 = message.split(' ').find_map(|word| word.parse().ok()).expect("when again");
    assert!(Duration::from_secs(seconds) <= Duration::from_secs(24 * 60 * 60), "{message}");
    app.close().await;
}

/// The corpus: a JSON text a line, and remarks.
const CORPUS: &str = include_str!("../corpus/id_numbers.txt");

#[tokio::test]
async fn two_hundred_bad_numbers_are_refused_without_a_panic() {
    let lines = CORPUS.lines().filter(|line| !line.starts_with('#'));
    let bad: Vec<String> = lines.map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(bad.len() >= 200, "{}", bad.len());
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    for number in &bad {
        // A try costs one of ten a day: forgotten here, so that each number is looked at.
        app.forget_identity_tries(ann.id().await).await;
        let refused = ann.verifies("王小明", number).await;
        assert_eq!(code(&refused), "IDENTITY_REFUSED", "{number:?}: {refused}");
    }
    assert_eq!(ann.verifies("王小明", &fresh_id_number()).await["userErrors"], json!([]));
    app.close().await;
}
