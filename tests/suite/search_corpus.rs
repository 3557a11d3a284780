//! What people type and what they then want to see: the corpus in `tests/corpus/search.txt`, the same on every database.

use std::collections::BTreeMap;

use handover::market::search::{words_of_query, words_of_text};
use serde_json::{Value, json};

use crate::support::{Person, TestApp, memory};

const CORPUS: &str = include_str!("../corpus/search.txt");
const GAMES: &str = "query G { games { id slug servers { id } attributes { key kind required least choices { key } } } }";

/// The lines below a heading.
fn lines(heading: &str) -> impl Iterator<Item = &'static str> {
    let below = CORPUS.lines().skip_while(move |line| line.trim() != heading).skip(1);
    below
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.trim().is_empty())
}

/// Something for everything that the game requires, and what the corpus says.
fn attributes(game: &Value, said: &str) -> Value {
    let mut given = BTreeMap::new();
    for asked in game["attributes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|asked| asked["required"] == true)
    {
        let key = asked["key"].as_str().unwrap();
        let value = match asked["kind"].as_str().unwrap() {
            "CHOICE" | "MANY_CHOICE" => json!({ "key": key, "choices": [asked["choices"][0]["key"]] }),
            "NUMBER" => json!({ "key": key, "number": asked["least"] }),
            "YES_NO" => json!({ "key": key, "yes": true }),
            _ => json!({ "key": key, "text": "-" }),
        };
        given.insert(key.to_owned(), value);
    }
    for one in said.split(", ").filter(|one| !one.is_empty()) {
        if let Some((key, text)) = one.split_once(':') {
            given.insert(key.to_owned(), json!({ "key": key, "text": text }));
        } else if let Some((key, choice)) = one.split_once('=') {
            given.insert(key.to_owned(), json!({ "key": key, "choices": [choice] }));
        } else {
            // The rest of a text with a comma in it.
            let last = given.values_mut().find(|value| value["text"].is_string()).unwrap();
            last["text"] = json!(format!("{}, {one}", last["text"].as_str().unwrap()));
        }
    }
    given.into_values().collect()
}

/// Puts the corpus's listings on sale; answers their names by id.
async fn offer(seller: &Person<'_>) -> BTreeMap<String, &'static str> {
    let games = seller.app.send(None, GAMES, json!({})).await["data"]["games"].clone();
    let reviewer = seller.app.reviewer().await;
    let mut names = BTreeMap::new();
    for line in lines("[listings]") {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let [name, slug, said, title] = parts.as_slice() else {
            panic!("{line}")
        };
        let game = games.as_array().unwrap().iter().find(|game| game["slug"] == *slug).unwrap();
        let mut draft = seller.draft("20.00").await;
        draft["gameId"] = game["id"].clone();
        draft["serverId"] = game["servers"][0]["id"].clone();
        draft["title"] = json!(title);
        draft["attributes"] = attributes(game, said);
        let made = seller.creates(&draft).await;
        assert_eq!(made["userErrors"], json!([]), "{line}: {made}");
        let id = made["listing"]["id"].clone();
        reviewer.approves(&id).await;
        names.insert(id.as_str().unwrap().to_owned(), *name);
    }
    names
}

#[tokio::test]
async fn sixty_searches_find_what_people_want_and_nothing_else() {
    let app = TestApp::new().await;
    let sam = app.verified("sam").await;
    let names = offer(&sam).await;
    let (mut wrong, mut count) = (Vec::new(), 0);
    for line in lines("[queries]") {
        let (words, wanted) = line.split_once('=').unwrap();
        let found = app.finds(json!({ "words": words.trim() }), "NEWEST").await;
        let mut found: Vec<&str> = found.iter().map(|id| names[id]).collect();
        found.sort_unstable();
        if found.join(" ") != wanted.trim() {
            wrong.push(format!("{} = {} instead of {}", words.trim(), found.join(" "), wanted.trim()));
        }
        count += 1;
    }
    assert!(count >= 60, "{count}");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    app.close().await;
}

#[test]
fn the_dictionary_costs_some_tens_of_megabytes_and_only_once_it_is_asked() {
    memory::alone(
        "search_corpus::the_dictionary_costs_some_tens_of_megabytes_and_only_once_it_is_asked",
        || {
            let before = memory::now();
            let _ = words_of_query("Latin words need none");
            let latin = memory::now().saturating_sub(before);
            let _ = words_of_query("王者荣耀满皮肤");
            let first = memory::now().saturating_sub(before);
            let _ = words_of_text("地下城与勇士 毕业装备");
            let second = memory::now().saturating_sub(before);
            println!("{latin} bytes, then {first}, then {second}");
            assert!(
                latin < 16 << 20 && first < 100 << 20 && second < first + (4 << 20),
                "{latin} {first} {second}"
            );
        },
    );
}
