//! What an operation passes before it runs: its document is found, weighed and paid for; and in which language it is refused.

use handover::config::Introspection;
use reqwest::Client;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    http::{code, told},
    support::{speaker::Speaker, wire::Server},
};

fn hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn persisted(text: &str) -> Value {
    json!({"persistedQuery": {"version": 1, "sha256Hash": hash(text)}})
}

async fn send(server: &Server, body: Value) -> (u16, Value) {
    told(server.post(&body).send().await.unwrap()).await
}

#[tokio::test]
async fn every_answer_tells_its_cost_and_what_is_left() {
    let server = Server::start().await;
    let cost = |body: &Value| body["extensions"]["cost"].clone();
    let first = cost(&server.ask("{hello}").await.1);
    assert_eq!((&first["requested"], &first["restoreRate"]), (&json!(1), &json!(500)));
    assert_eq!(first["remaining"], 9_999);
    let paged = cost(&server.ask("{rows(first:50)}").await.1);
    assert_eq!(paged["requested"], 1);
    assert_eq!(cost(&server.ask("{fails}").await.1)["requested"], 1, "also with errors");
    let nobody = server.ask("{nothing}").await.1;
    assert!(
        nobody["extensions"]["cost"]["requested"].is_number(),
        "also when validation refuses: {nobody}"
    );
}

#[tokio::test]
async fn a_caller_who_spent_his_points_is_told_when_again_and_others_are_served() {
    let server = Server::start().await;
    let dear = "query Dear{__schema{types{fields{name args{name type{name ofType{name}}} type{name ofType{name}}} inputFields{name} enumValues{name}}}}";
    let spend = || server.post(&json!({"query": dear})).bearer_auth("good").send();
    let refused = loop {
        let response = spend().await.unwrap();
        if response.status() == 429 {
            break response;
        }
        let cost = &told(response).await.1["extensions"]["cost"];
        assert!(
            cost["requested"].as_u64().unwrap() >= 1 && cost["remaining"].as_u64().unwrap() < 10_000,
            "{cost}"
        );
        // Points come back while one spends them; the rest is taken at once, as many other requests would.
        drain(&server, &format!("points:user:{}", server.user)).await;
    };
    let after: u64 = refused.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    let (_, body) = told(refused).await;
    assert_eq!(code(&body), "RATE_LIMITED");
    assert_eq!(body["errors"][0]["extensions"]["retryAfter"], json!(after));
    assert!(
        body["errors"][0]["message"].as_str().unwrap().contains(&after.to_string()),
        "{body}"
    );
    assert_eq!(server.ask("{hello}").await.0, 200, "a stranger pays for himself");
}

/// Fills a bucket, as many requests would.
async fn drain(server: &Server, key: &str) {
    use handover::kernel::port::{Bucket, Cache};
    let day = std::time::Duration::from_secs(24 * 60 * 60);
    let days = Bucket { holds: 10, drop_in: day };
    let poured = server.facts.cache.pour(key, days, 1).await.unwrap();
    assert_eq!(poured.wait, None);
}

#[tokio::test]
async fn what_is_open_to_everybody_is_counted_by_address_over_both_roads() {
    let server = Server::start().await;
    let mut client = Speaker::ready(server.address, json!({"authorization": "Bearer good"})).await;
    for _ in 0..30 {
        assert_eq!(server.ask("mutation{signIn}").await.0, 200);
        assert_eq!(client.asks("mutation{signIn}").await["type"], "next");
    }
    drain(&server, "calls:signIn:address:127.0.0.1").await;
    let (status, body) = server.ask("mutation{signIn}").await;
    assert_eq!((status, code(&body)), (429, "RATE_LIMITED"));
    let said = client.asks("mutation{signIn}").await;
    assert_eq!(said["payload"][0]["extensions"]["code"], "RATE_LIMITED", "{said}");
    assert_eq!(client.asks("{hello}").await["type"], "next", "all else goes on");
}

#[tokio::test]
async fn what_proves_or_pays_is_alone_in_its_document() {
    let server = Server::start().await;
    for query in [
        "mutation{a:signIn b:signIn}",
        "mutation{signIn slow}",
        "mutation{...F} fragment F on Mutation{signIn b:signIn}",
    ] {
        let (status, body) = server.ask(query).await;
        assert_eq!((status, code(&body)), (400, "DOCUMENT_TOO_COMPLEX"), "{query}");
    }
    assert_eq!(server.ask("mutation{__typename signIn}").await.0, 200);
}

#[tokio::test]
async fn a_document_is_sent_once_and_then_named_by_its_hash() {
    let server = Server::start().await;
    let text = "query Named{hello}";
    let by_hash = json!({"extensions": persisted(text)});
    let (status, body) = send(&server, by_hash.clone()).await;
    assert_eq!((status, code(&body)), (400, "PERSISTED_QUERY_NOT_FOUND"));
    assert_eq!(body["errors"][0]["message"], "PersistedQueryNotFound");
    let whole = json!({"query": text, "extensions": persisted(text)});
    assert_eq!(send(&server, whole).await.1["data"]["hello"], "hi");
    assert_eq!(send(&server, by_hash).await.1["data"]["hello"], "hi");
    let url = reqwest::Url::parse_with_params(&server.url(), [("extensions", persisted(text).to_string())]).unwrap();
    let got = told(Client::new().get(url).send().await.unwrap()).await;
    assert_eq!((got.0, &got.1["data"]["hello"]), (200, &json!("hi")), "GET names it too");
    let mut client = Speaker::ready(server.address, json!({})).await;
    client
        .say(json!({"type": "subscribe", "id": "1", "payload": {"extensions": persisted(text)}}))
        .await;
    assert_eq!(client.hear().await["payload"]["data"]["hello"], "hi", "and a socket");
}

#[tokio::test]
async fn no_wrong_or_large_or_unknown_document_is_kept() {
    let server = Server::start().await;
    let text = "{hello}";
    for (body, expected) in [
        (json!({"query": "{who}", "extensions": persisted(text)}), "BAD_REQUEST"),
        (
            json!({"query": text, "extensions": {"persistedQuery": {"version": 1, "sha256Hash": "x"}}}),
            "BAD_REQUEST",
        ),
        (
            json!({"query": text, "extensions": {"persistedQuery": {"version": 2, "sha256Hash": hash(text)}}}),
            "BAD_REQUEST",
        ),
        (json!({"extensions": {"persistedQuery": 7}}), "BAD_REQUEST"),
    ] {
        assert_eq!(code(&send(&server, body.clone()).await.1), expected, "{body}");
    }
    assert_eq!(
        code(&send(&server, json!({"extensions": persisted(text)})).await.1),
        "PERSISTED_QUERY_NOT_FOUND"
    );
    let large = format!("{{hello}}{}", " ".repeat(30_000));
    assert_eq!(
        code(&send(&server, json!({"query": large, "extensions": persisted(&large)})).await.1),
        "DOCUMENT_TOO_LARGE"
    );
    assert_eq!(
        code(&send(&server, json!({"extensions": persisted(&large)})).await.1),
        "PERSISTED_QUERY_NOT_FOUND"
    );
    // A mutation named by its hash stays one that GET does not run.
    let mutation = "mutation{signIn}";
    assert_eq!(
        send(&server, json!({"query": mutation, "extensions": persisted(mutation)})).await.0,
        200
    );
    let url = reqwest::Url::parse_with_params(&server.url(), [("extensions", persisted(mutation).to_string())]).unwrap();
    assert_eq!(Client::new().get(url).send().await.unwrap().status(), 405);
    // Who filled his share, or all together theirs, is served and not remembered.
    drain(&server, "documents:all").await;
    let late = "query Late{hello}";
    assert_eq!(send(&server, json!({"query": late, "extensions": persisted(late)})).await.0, 200);
    assert_eq!(
        code(&send(&server, json!({"extensions": persisted(late)})).await.1),
        "PERSISTED_QUERY_NOT_FOUND"
    );
}

#[tokio::test]
async fn the_schema_is_shown_to_whom_the_setting_says() {
    for (setting, strangers, members) in [
        (Introspection::Everyone, true, true),
        (Introspection::Members, false, true),
        (Introspection::Nobody, false, false),
    ] {
        let server = Server::with(|ways| ways.introspection = setting).await;
        for (token, shown) in [(None, strangers), (Some("good"), members)] {
            for query in [
                "{__schema{types{name}}}",
                "{hello ...F} fragment F on Query{a:__type(name:\"Query\"){name}}",
            ] {
                let mut request = server.post(&json!({ "query": query }));
                if let Some(token) = token {
                    request = request.bearer_auth(token);
                }
                let (status, body) = told(request.send().await.unwrap()).await;
                let expected = if shown { (200, "none") } else { (400, "INTROSPECTION_DISABLED") };
                assert_eq!((status, code(&body)), expected, "{setting:?} {query}");
            }
        }
        assert_eq!(server.ask("{__typename}").await.0, 200);
    }
}

#[tokio::test]
async fn whatever_goes_wrong_is_said_in_the_reader_s_language_with_code_and_request_id() {
    let server = Server::start().await;
    let deep = format!("{}a{}", "{a".repeat(70), "}".repeat(70));
    let ask = |query: &str| server.post(&json!({ "query": query }));
    let raw = |kind: &'static str, body: &'static str| Client::new().post(server.url()).header("content-type", kind).body(body);
    for (what, request) in [
        ("parsing", ask("{")),
        ("validation", ask("{nothing}")),
        ("depth of brackets", ask(&deep)),
        ("length", ask(&" ".repeat(30_000))),
        (
            "aliases",
            ask(&format!("{{{}}}", (0..31).map(|n| format!("a{n}:hello ")).collect::<String>())),
        ),
        ("not alone", ask("mutation{signIn a:signIn}")),
        ("a value", ask("{large(bytes:-1)}")),
        ("which operation", ask("query A{hello} query B{hello}")),
        ("a panic", ask("{panic}")),
        ("the body", raw("application/json", "{")),
        ("its type", raw("text/plain", "{hello}")),
        ("its size", server.post(&json!({"query": "{hello}", "x": "x".repeat(300_000)}))),
        ("a batch", raw("application/json", "[]")),
        ("a token", ask("{hello}").bearer_auth("bad")),
        ("a file", raw("multipart/form-data; boundary=b", "")),
        (
            "the hash",
            server.post(&json!({"query": "{hello}", "extensions": persisted("{who}")})),
        ),
    ] {
        let english = told(request.try_clone().unwrap().send().await.unwrap()).await;
        let chinese = told(request.header("accept-language", "zh-CN,zh;q=0.9").send().await.unwrap()).await;
        let message = |body: &Value| body["errors"][0]["message"].as_str().unwrap().to_owned();
        let is_han = |text: &str| text.chars().any(handover::kernel::text::is_han);
        assert!(!is_han(&message(&english.1)), "{what}: {}", message(&english.1));
        assert!(is_han(&message(&chinese.1)), "{what}: {}", message(&chinese.1));
        assert_eq!((english.0, code(&english.1)), (chinese.0, code(&chinese.1)), "{what}");
        assert_ne!(code(&english.1), "none", "{what}");
    }
    // By the header of the upgrade, or, since a browser cannot set that, by the first message.
    let by_header = Speaker::chinese(server.address).await.init(json!({})).await;
    let by_message = Speaker::ready(server.address, json!({ "acceptLanguage": "zh-CN" })).await;
    for mut client in [by_header, by_message] {
        let said = client.asks("{nothing}").await;
        assert!(
            said["payload"][0]["message"].as_str().unwrap().starts_with("文档与接口不符"),
            "{said}"
        );
    }
}

#[tokio::test]
async fn a_document_with_a_thousand_errors_is_told_twenty() {
    let server = Server::start().await;
    let many = format!("{{{}}}", "x ".repeat(500));
    // Root fields are few; what lies deeper may be wrong more often.
    let (_, body) = server.ask(&many).await;
    assert_eq!(code(&body), "DOCUMENT_TOO_COMPLEX");
    let deeper = format!("{{__schema{{{}}}}}", (0..500).map(|n| format!("x{n} ")).collect::<String>());
    let (_, body) = server.ask(&deeper).await;
    assert_eq!(code(&body), "GRAPHQL_VALIDATION_FAILED");
    assert_eq!(body["errors"].as_array().unwrap().len(), 20);
}
