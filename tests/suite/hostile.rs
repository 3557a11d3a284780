//! Two hundred documents that mean harm, over HTTP and over a socket: each is refused before anything of it runs, and the server does not grow.

use std::{collections::HashSet, fmt::Write, iter::repeat_n};

use serde_json::{Value, json};

use crate::support::{TestApp, memory, speaker::Speaker};

/// What a document is refused with that is not worth running.
const REFUSALS: [&str; 6] = [
    "BAD_REQUEST",
    "DOCUMENT_TOO_COMPLEX",
    "DOCUMENT_TOO_LARGE",
    "GRAPHQL_PARSE_FAILED",
    "PAYLOAD_TOO_LARGE",
    "PERSISTED_QUERY_NOT_FOUND",
];

fn query(text: impl Into<String>) -> Value {
    json!({ "query": text.into() })
}

fn times(text: &str, count: usize) -> String {
    repeat_n(text, count).collect()
}

/// `text` for each number, with the number in the place of `#`.
fn numbered(text: &str, count: usize) -> String {
    (0..count).fold(String::new(), |mut all, number| {
        let _ = write!(all, "{} ", text.replace('#', &number.to_string()));
        all
    })
}

/// Fragments of which each spreads the next twice.
fn doubling(levels: usize, end: &str) -> String {
    let chain = (0..levels).map(|level| format!("fragment F{level} on Query{{...F{0} ...F{0}}}", level + 1));
    format!("{{...F0}}{}fragment F{levels} on Query{{{end}}}", chain.collect::<String>())
}

fn chain(length: usize) -> String {
    let links = (0..length).map(|link| format!("fragment F{link} on Query{{...F{}}}", link + 1));
    format!("{{...F0}}{}fragment F{length} on Query{{now}}", links.collect::<String>())
}

fn cycle(length: usize) -> String {
    let links = (0..length).map(|link| format!("fragment F{link} on Query{{now ...F{}}}", (link + 1) % length));
    format!("{{now}}{}", links.collect::<String>())
}

/// Lists and objects and fields, deeper and deeper.
fn deep() -> Vec<Value> {
    let mut all = Vec::new();
    for depth in [65, 80, 100, 200, 500, 1_000, 1_500, 2_000, 4_000, 9_000] {
        all.push(query(format!("{{listing(id:{}{})}}", times("[", depth), times("]", depth))));
        all.push(query(format!("{{listing(id:{}1{})}}", times("{a:", depth), times("}", depth))));
        all.push(query(format!("{}a{}", times("{a", depth), times("}", depth))));
        all.push(query(times("{a", depth)));
    }
    for depth in [16, 20, 30, 40, 60] {
        all.push(query(format!("{}a{}", times("{a", depth), times("}", depth))));
        all.push(query(format!(
            "query($a:{}Int{}){{now}} {{",
            times("[", depth + 60),
            times("]", depth + 60)
        )));
    }
    for depth in [130, 1_000, 20_000] {
        let nested = format!(
            "{{\"query\":\"{{now}}\",\"variables\":{{\"x\":{}{}}}}}",
            times("[", depth),
            times("]", depth)
        );
        all.push(json!({ "raw": nested }));
    }
    all
}

fn fragments() -> Vec<Value> {
    let mut all = Vec::new();
    for levels in [10, 12, 14, 15, 16, 17, 20, 25, 30, 50, 90] {
        all.push(query(doubling(levels, "now")));
        all.push(query(doubling(levels.max(12), "...Nowhere")));
    }
    all.extend([17, 20, 40, 80, 150].map(|length| query(chain(length))));
    all.extend([1, 2, 3, 5, 8, 13, 21, 34, 55].map(|length| query(cycle(length))));
    for spreads in [11, 50, 200] {
        all.push(query(format!("{{{}}} fragment F on Query{{now}}", times("...F ", spreads))));
    }
    all
}

fn floods() -> Vec<Value> {
    let mut all = Vec::new();
    for count in [31, 40, 60, 100, 200, 400, 600] {
        all.push(query(format!("{{{}}}", numbered("a#:now", count))));
        all.push(query(format!("{{__schema{{{}}}}}", numbered("a#:__typename", count))));
        all.push(query(format!("{{{}}}", times("now ", count))));
        all.push(query(format!("{{now {}}}", times("@skip(if:false) ", count + 30))));
        all.push(query(format!("query Q {} {{now}}", times("@x ", count + 20))));
        all.push(query(format!("{}{{now}}", numbered("query Q#{now now now}", count + 300))));
    }
    for count in [1_001, 1_500, 1_900] {
        all.push(query(format!("{{__schema{{{}}}}}", times("__typename ", count))));
    }
    for tokens in [2_001, 3_000, 5_000, 9_000] {
        all.push(query(format!("{{{}}}", times("a ", tokens))));
        all.push(query(format!("{{now(x:[{}])}}", times("1,", tokens))));
    }
    // No space between them makes them one.
    for spreads in [1_000, 3_000] {
        all.push(query(format!("{{{}}} fragment F on Query{{now}}", times("...F", spreads))));
        all.push(query(format!("{{now(x:[{}])}}", times("-1", 2 * spreads))));
    }
    for bytes in [20_481, 30_000, 60_000, 100_000, 250_000, 300_000] {
        all.push(query(format!("{{now}}{}", times(" ", bytes))));
        all.push(query(format!("{{now}}#{}", times("x", bytes))));
        all.push(query(format!("{{now(x:\"{}\")}}", times("x", bytes))));
    }
    all
}

/// Pages of pages, circles of introspection, and many tries in one document.
fn dear() -> Vec<Value> {
    let mut all = Vec::new();
    let page = "listings(first:100){nodes{id title price{amount} game{id name} server{id name} images{url}} edges{node{id price{amount}}}}";
    all.extend([2, 3, 5, 9].map(|count| query(format!("{{{}}}", numbered(&format!("p#:{page}"), count)))));
    all.push(query(format!("{{{}}}", times(&format!("{page} "), 8))));
    for first in ["100", "2147483647", "99999999999999999999"] {
        let bomb = page.replace("100", first);
        all.push(query(format!("{{a:{bomb} b:{bomb} c:{bomb}}}")));
    }
    all.extend(dear_by_default());
    all.push(query("{__schema{types{fields{type{fields{type{fields{name}}}}}}}}"));
    all.push(query(
        "{__schema{types{possibleTypes{interfaces{possibleTypes{interfaces{name}}}}}}}",
    ));
    all.push(query(
        "{__type(name:\"Query\"){...A}} fragment A on __Type{fields{type{...B}}} fragment B on __Type{fields{type{fields{name}}}}",
    ));
    let sign = r#"userSignIn(input:{login:"a",password:"b"}){userErrors{code}}"#;
    all.extend([2, 5, 10].map(|count| query(format!("mutation{{{}}}", numbered(&format!("s#:{sign}"), count)))));
    all.push(query(format!("mutation{{{sign} sessionEnd{{ended}}}}")));
    all.push(query(format!(
        "mutation{{...F ...G}} fragment F on Mutation{{a:{sign}}} fragment G on Mutation{{b:{sign}}}"
    )));
    all.extend([2_001, 5_000, 20_000].map(|count| json!({"query": "{now}", "variables": {"x": vec![1; count]}})));
    all
}

/// What costs much by what its variables are when nothing is sent.
fn dear_by_default() -> Vec<Value> {
    let row = "id title price{amount} game{id name} server{id name} images{url}";
    let ids = times("\"a\" ", 100);
    let nodes = numbered("n#:nodes(ids:$ids){...L}", 3);
    let many = format!("query($ids:[ID!]!=[{ids}]){{{nodes}}} fragment L on Listing{{{row}}}");
    let mut all = vec![query(many)];
    let pages = numbered(&format!("p#:listings(first:$n){{nodes{{{row}}}}}"), 3);
    let fragment = format!("fragment F on Query{{{pages}}}");
    let (small, large) = ("query A($n:Int=1){...F}", "query B($n:Int=100){...F}");
    for text in [format!("{small} {large} {fragment}"), format!("{large} {small} {fragment}")] {
        all.push(json!({ "query": text, "operationName": "B" }));
    }
    all
}

/// What is no document at all.
fn garbage() -> Vec<Value> {
    let mut all: Vec<Value> = [
        "",
        "{",
        "}",
        "{now",
        "now",
        "\u{0}",
        "\u{feff}",
        "{now}}",
        "{now(}",
        "{\"now\"}",
        "{now(x:\"",
        "{now(x:\"\"\"",
        "query",
        "fragment",
    ]
    .into_iter()
    .map(query)
    .collect();
    all.extend(
        [
            "\u{202e}{now}",
            "{no\u{200b}w}",
            "{汉}",
            "{now(x:1e99999999}",
            "{now(x:0x10)}",
            "subscription",
            "{...}",
            "{now @}",
        ]
        .map(query),
    );
    let hash = json!({"persistedQuery": {"version": 1, "sha256Hash": "0".repeat(64)}});
    all.push(json!({"query": "{now}", "extensions": hash}));
    all.push(json!({ "extensions": hash }));
    all.push(json!({"query": "{now}", "extensions": {"persistedQuery": vec![1; 100]}}));
    all.push(json!({"query": vec!["{now}"; 10]}));
    all.push(json!(vec![query("{now}"); 100]));
    all
}

fn all() -> Vec<String> {
    let all = [deep(), fragments(), floods(), dear(), garbage()].concat();
    // What JSON cannot hold is sent as it is.
    all.into_iter()
        .map(|body| body["raw"].as_str().map_or_else(|| body.to_string(), str::to_owned))
        .collect()
}

async fn over_http(app: &TestApp, body: &str) {
    let request = app.http.post(app.url("/graphql")).header("content-type", "application/json");
    let response = request
        .header("accept", "application/graphql-response+json")
        .body(body.to_owned())
        .send()
        .await
        .unwrap();
    let status = response.status().as_u16();
    let answer: Value = response.json().await.unwrap();
    let code = answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("none");
    assert!(
        [400, 413].contains(&status) && REFUSALS.contains(&code),
        "{status} {code}: {body:.300}"
    );
    assert!(
        answer.get("data").is_none() && answer["extensions"]["cost"].is_null(),
        "nothing ran: {body:.300}"
    );
}

/// A socket answers with an error, or closes when the message is none of the protocol's.
async fn over_socket(app: &TestApp, speaker: Option<Speaker>, body: &str) -> Option<Speaker> {
    let mut speaker = match speaker {
        Some(speaker) => speaker,
        None => Speaker::ready(app.host(), json!({})).await,
    };
    speaker
        .say_text(format!(r#"{{"id":"1","type":"subscribe","payload":{body}}}"#))
        .await;
    match speaker.hear_or_close().await {
        Ok(said) => {
            assert_eq!(said["type"], "error", "{body:.300}");
            assert!(
                REFUSALS.contains(&said["payload"][0]["extensions"]["code"].as_str().unwrap()),
                "{said}"
            );
            Some(speaker)
        }
        Err(code) => {
            assert!([4400, 1009].contains(&code), "{code}: {body:.300}");
            None
        }
    }
}

#[test]
fn two_hundred_hostile_documents_are_refused_and_leave_nothing_behind() {
    const MOST: u64 = 16 * 1024 * 1024;
    memory::alone(
        "hostile::two_hundred_hostile_documents_are_refused_and_leave_nothing_behind",
        || {
            tokio::runtime::Runtime::new().unwrap().block_on(async {
                let app = TestApp::new().await;
                let documents = all();
                let different: HashSet<&String> = documents.iter().collect();
                assert!(different.len() >= 200, "{}", different.len());
                let mut speaker = None;
                // The first round warms up what stays: code, buffers, connections.
                for round in 0..3 {
                    let before = memory::now();
                    memory::forget_peak();
                    for body in &documents {
                        over_http(&app, body).await;
                        // What is larger than any frame is cut off without a word.
                        if body.len() < 200_000 {
                            speaker = over_socket(&app, speaker, body).await;
                        }
                    }
                    let grown = memory::peak().saturating_sub(before);
                    assert!(round == 0 || grown <= MOST, "{grown} bytes");
                }
                let alive = app.send(None, "{ now }", json!({})).await;
                assert!(alive["data"]["now"].is_string(), "{alive}");
                app.close().await;
            });
        },
    );
}

#[tokio::test]
async fn whoever_asks_for_too_many_files_is_told_when_to_come_again() {
    let app = TestApp::with(|config| config.limits.scale = 1).await;
    let mut answered = 0;
    let refused = loop {
        let answer = app.http.get(app.url("/graphql/statement/none")).send().await.unwrap();
        if answer.status().as_u16() != 404 {
            break answer;
        }
        answered += 1;
        assert!(answered < 2_000, "nobody counts");
    };
    assert_eq!(refused.status().as_u16(), 429);
    assert!(answered >= 40, "{answered}");
    let seconds: u64 = refused.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=2).contains(&seconds), "{seconds}");
    assert!(refused.headers().contains_key("x-request-id"));
    app.close().await;
}

#[tokio::test]
async fn fields_that_fail_are_each_told_and_the_server_goes_on() {
    let app = TestApp::new().await;
    let fields = numbered("l#:listing(id:\"AAAA\"){id}", 10);
    let answer = app.send(None, &format!("{{{fields}}}"), json!({})).await;
    assert_eq!(answer["errors"].as_array().unwrap().len(), 10);
    assert_eq!(answer["data"].as_object().unwrap().len(), 10, "each is null: {answer}");
    app.close().await;
}
