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

/// Numbers that are none, by hand.
const BY_HAND: [&str; 25] = [
    "",
    " ",
    "0",
    "X",
    "null",
    "一二三四五六",
    "一二三四五六七八九十一二三四五六七八",
    "１１０１０５１９４９１２３１００２Ｘ",
    "110105491231002",
    "1101051949123100X2",
    "11010519491231002Y",
    "11010519491231002x1",
    "-1010519491231002X",
    "+1010519491231002X",
    "1.0105194912310e1",
    "00000000000000000X",
    "000000000000000000",
    "999999999999999999",
    "11010519490229001X",
    "110105\u{202E}19491231002X",
    "11010519491231002\0",
    "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
    "é1010519491231002X",
    "11010519491231002\u{301}",
    "' OR 1=1 --       ",
];

/// Two hundred numbers that are none: by hand, and a right one changed by every rule.
fn bad_numbers() -> Vec<String> {
    let right = "11010519491231002X";
    let mut bad: Vec<String> = BY_HAND.map(str::to_owned).to_vec();
    // Every digit replaced by the next: the check digit finds each.
    for at in 0..17 {
        let mut changed = right.as_bytes().to_vec();
        changed[at] = b'0' + (changed[at] - b'0' + 1) % 10;
        bad.push(String::from_utf8(changed).unwrap());
    }
    // Every neighbouring pair of different characters swapped.
    for at in 0..17 {
        let mut swapped = right.as_bytes().to_vec();
        swapped.swap(at, at + 1);
        bad.push(String::from_utf8(swapped).unwrap());
    }
    // Cut and lengthened.
    bad.extend((0..18).map(|length| right[..length].to_owned()));
    bad.extend((1..=20).map(|more| format!("{right}{}", "0".repeat(more))));
    // Right check digits upon regions and days that do not exist.
    bad.extend(
        ["00", "10", "16", "29", "38", "49", "55", "69", "72", "80", "84", "91", "99"]
            .map(|region| id_number(&format!("{region}010119900307001"))),
    );
    let days = [
        "19900230", "19900431", "19900631", "19900931", "19901131", "19901301", "19900001", "19900100", "19900132", "19010229", "18991231",
        "00000101",
    ];
    bad.extend(days.map(|day| id_number(&format!("110105{day}001"))));
    // All twelve months with a day too many, over the years.
    for (year, month) in (1950..1960).flat_map(|year| (1..=12).map(move |month| (year, month))) {
        bad.push(id_number(&format!("110105{year}{month:02}32001")));
    }
    bad.retain(|number| number.trim().to_uppercase() != right);
    bad.sort();
    bad.dedup();
    bad
}

#[tokio::test]
async fn two_hundred_bad_numbers_are_refused_without_a_panic() {
    let bad = bad_numbers();
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
