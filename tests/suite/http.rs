//! Status codes, headers and bodies over HTTP.

use std::time::Duration;

use reqwest::{
    Client, Method, RequestBuilder, Response, Url,
    header::{ACCEPT, ALLOW, AUTHORIZATION, CONTENT_TYPE},
    multipart::{Form, Part},
};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::support::wire::Server;

const NEW: &str = "application/graphql-response+json";
const OLD: &str = "application/json";

impl Server {
    pub fn post(&self, body: &Value) -> RequestBuilder {
        Client::new().post(self.url()).header(ACCEPT, NEW).json(body)
    }

    pub async fn ask(&self, query: &str) -> (u16, Value) {
        told(self.post(&json!({ "query": query })).send().await.unwrap()).await
    }
}

/// The status and the body; the header's request id is that of every error.
pub async fn told(response: Response) -> (u16, Value) {
    let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
    let status = response.status().as_u16();
    let body: Value = response.json().await.unwrap();
    for error in body["errors"].as_array().into_iter().flatten() {
        assert_eq!(error["extensions"]["requestId"], json!(id), "{body}");
        assert!(error["extensions"]["code"].is_string(), "{body}");
    }
    (status, body)
}

pub fn code(body: &Value) -> &str {
    body["errors"][0]["extensions"]["code"].as_str().unwrap_or("none")
}

#[tokio::test]
async fn a_request_error_is_400_in_the_new_form_and_200_in_the_old() {
    let server = Server::start().await;
    let deep = format!("{}a{}", "{a".repeat(70), "}".repeat(70));
    for (query, expected) in [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{nothing}", "GRAPHQL_VALIDATION_FAILED"),
        ("query A{hello} query B{hello}", "GRAPHQL_VALIDATION_FAILED"),
        (&deep, "DOCUMENT_TOO_COMPLEX"),
        (&" ".repeat(30_000), "DOCUMENT_TOO_LARGE"),
    ] {
        for (form, status) in [(NEW, 400), (OLD, 200)] {
            let response = server.post(&json!({ "query": query })).header(ACCEPT, form);
            let response = Client::new().execute({
                let mut request = response.build().unwrap();
                request.headers_mut().insert(ACCEPT, form.parse().unwrap());
                request
            });
            let response = response.await.unwrap();
            assert!(response.headers()[CONTENT_TYPE].to_str().unwrap().starts_with(form));
            let (found, body) = told(response).await;
            assert_eq!((found, code(&body)), (status, expected), "{query}");
            assert!(body.get("data").is_none(), "{body}");
        }
    }
}

#[tokio::test]
async fn execution_is_200_and_failing_fields_are_null() {
    let server = Server::start().await;
    let (status, body) = server.ask("{hello}").await;
    assert_eq!((status, &body["data"], body.get("errors")), (200, &json!({"hello": "hi"}), None));
    let (status, body) = server.ask("query Named{hello fails}").await;
    assert_eq!((status, &body["data"]), (200, &json!({"hello": "hi", "fails": null})));
    let (status, body) = server.ask("{fails}").await;
    assert_eq!((status, &body["data"]), (200, &json!({"fails": null})));
}

#[tokio::test]
async fn get_runs_queries_and_never_a_mutation() {
    let server = Server::start().await;
    let get = |query: &str| {
        let url = Url::parse_with_params(&server.url(), [("query", query)]).unwrap();
        Client::new().get(url).header(ACCEPT, NEW).send()
    };
    assert_eq!(told(get("{hello}").await.unwrap()).await.0, 200);
    for mutation in ["mutation{signIn}", "mutation Named{signIn}", "mutation($x:Int){signIn}"] {
        let response = get(mutation).await.unwrap();
        assert_eq!(response.headers()[ALLOW], "POST");
        assert!(!response.headers().contains_key("set-cookie"));
        assert_eq!(told(response).await.0, 405, "{mutation}");
    }
    let response = Client::new().request(Method::PUT, server.url()).send().await.unwrap();
    assert_eq!(told(response).await.0, 405);
    assert_eq!(told(get("subscription{never}").await.unwrap()).await.0, 400);
}

#[tokio::test]
async fn bodies_are_bounded_and_of_known_types() {
    let server = Server::start().await;
    let raw = |kind: &'static str, body: String| Client::new().post(server.url()).header(CONTENT_TYPE, kind).body(body).send();
    let good = r#"{"query":"{hello}"}"#;
    let batch = format!("[{good},{good}]");
    for (kind, body, status) in [
        ("application/json", good.to_owned(), 200),
        ("application/json; charset=utf-8", good.to_owned(), 200),
        ("application/json; charset=latin1", good.to_owned(), 415),
        ("text/plain", good.to_owned(), 415),
        ("application/x-www-form-urlencoded", "query={hello}".into(), 415),
        ("application/json", "{".into(), 400),
        ("application/json", batch, 400),
        ("application/json", String::new(), 400),
        (
            "application/json",
            format!("{{\"query\":\"{{hello}}\",\"x\":\"{}\"}}", "x".repeat(300_000)),
            413,
        ),
    ] {
        assert_eq!(told(raw(kind, body.clone()).await.unwrap()).await.0, status, "{kind} {:.60}", body);
    }
    let response = server.post(&json!({"query": "{hello}"})).build().unwrap();
    let mut request = response;
    request.headers_mut().insert(ACCEPT, "text/html".parse().unwrap());
    assert_eq!(told(Client::new().execute(request).await.unwrap()).await.0, 406);
}

#[tokio::test]
async fn a_token_speaks_for_its_user_or_for_nobody() {
    let server = Server::start().await;
    let ask = |token: &str| server.post(&json!({"query": "{who}"})).header(AUTHORIZATION, token).send();
    let (status, body) = told(ask("Bearer good").await.unwrap()).await;
    assert_eq!((status, &body["data"]["who"]), (200, &json!(server.user.to_string())));
    for (token, status, expected) in [
        ("Bearer bad", 401, "UNAUTHENTICATED"),
        ("Basic good", 401, "UNAUTHENTICATED"),
        ("Bearer ended", 401, "UNAUTHENTICATED"),
        ("Bearer away", 503, "UNAVAILABLE"),
    ] {
        let (found, body) = told(ask(token).await.unwrap()).await;
        assert_eq!((found, code(&body)), (status, expected), "{token}");
    }
    assert_eq!(server.ask("{who}").await.1["data"], json!({"who": null}));
}

#[tokio::test]
async fn resolvers_see_the_request_and_set_cookies() {
    let server = Server::start().await;
    let response = server
        .post(&json!({"query": "{request}"}))
        .header("accept-language", "zh-CN")
        .header("cookie", "other=1; handover_refresh=token")
        .header("x-forwarded-for", "9.9.9.9");
    let response = response.send().await.unwrap();
    let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
    let (_, body) = told(response).await;
    assert_eq!(body["data"]["request"], json!([id, "ZhCn", "127.0.0.1", "token"]));
    let response = server.post(&json!({"query": "mutation{signIn}"})).send().await.unwrap();
    let cookies: Vec<_> = response.headers().get_all("set-cookie").iter().collect();
    assert_eq!(cookies, ["a=1", "b=2"]);
}

#[tokio::test]
async fn a_panic_fails_its_request_and_nothing_else() {
    let server = Server::start().await;
    let (status, body) = server.ask("{panic}").await;
    assert_eq!((status, code(&body)), (500, "INTERNAL_SERVER_ERROR"));
    assert!(!body.to_string().contains("planted"));
    assert_eq!(server.ask("{hello}").await.0, 200);
}

#[tokio::test]
async fn who_waits_too_long_is_told_and_only_a_mutation_goes_on() {
    let server = Server::with(|ways| ways.patience = Duration::from_millis(100)).await;
    for query in ["{hangs}", "mutation Named{slow}"] {
        let (status, body) = server.ask(query).await;
        assert_eq!((status, code(&body)), (503, "UNAVAILABLE"), "{query}");
    }
    server.facts.gate.add_permits(1);
    server.facts.done.notified().await;
}

#[tokio::test]
async fn a_mutation_ends_though_its_caller_hung_up() {
    let server = Server::start().await;
    let mut calling = tokio::spawn(server.post(&json!({"query": "mutation{slow}"})).send());
    tokio::select! {
        () = server.facts.begun.notified() => {}
        answer = &mut calling => panic!("{answer:?}"),
    }
    calling.abort();
    assert!(calling.await.unwrap_err().is_cancelled(), "nobody waits any more");
    server.facts.gate.add_permits(1);
    server.facts.done.notified().await;
}

fn upload(size: usize) -> Form {
    let operations = json!({"query": "mutation($f:Upload!){upload(file:$f)}", "variables": {"f": null}});
    Form::new()
        .text("operations", operations.to_string())
        .text("map", r#"{"0":["variables.f"]}"#)
        .part("0", Part::bytes(vec![7; size]).file_name("a.png").mime_str("image/png").unwrap())
}

#[tokio::test]
async fn an_upload_is_one_file_of_at_most_10_mb_behind_a_preflight() {
    let server = Server::start().await;
    let send = |form: Form, header: &'static str| {
        let request = Client::new().post(server.url()).bearer_auth("good");
        request.header(header, "1").multipart(form).send()
    };
    for header in ["x-handover-preflight", "apollo-require-preflight"] {
        let (status, body) = told(send(upload(1_000), header).await.unwrap()).await;
        assert_eq!((status, &body["data"]["upload"]), (200, &json!("a.png image/png 1000")));
    }
    let most = 10 * 1024 * 1024;
    assert_eq!(told(send(upload(most), "x-handover-preflight").await.unwrap()).await.0, 200);
    assert_eq!(told(send(upload(most + 1), "x-handover-preflight").await.unwrap()).await.0, 413);
    assert_eq!(told(send(upload(10), "x-other").await.unwrap()).await.0, 400);
    let second = upload(10).part("1", Part::bytes(vec![1]).file_name("b.png"));
    assert_eq!(told(send(second, "x-handover-preflight").await.unwrap()).await.0, 400);
    let nowhere = Form::new()
        .text("operations", r#"{"query":"{hello}"}"#)
        .text("map", r#"{"0":["variables.f"]}"#)
        .part("0", Part::bytes(vec![1]).file_name("a"));
    assert_eq!(told(send(nowhere, "x-handover-preflight").await.unwrap()).await.0, 400);
}

#[tokio::test]
async fn a_stranger_s_file_is_not_even_read() {
    let server = Server::start().await;
    let mut stream = tokio::net::TcpStream::connect(server.address).await.unwrap();
    let head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: multipart/form-data; boundary=b\r\nx-handover-preflight: 1\r\ncontent-length: 9000000\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = vec![0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(answer, b"HTTP/1.1 401", "answered before a byte of the body was sent");
}

#[tokio::test]
async fn the_file_s_place_in_the_request_is_the_specification_s() {
    let server = Server::start().await;
    let part = || Part::bytes(vec![1]).file_name("a.png");
    let operations = r#"{"query":"mutation($f:Upload!){upload(file:$f)}","variables":{"f":null}}"#;
    let map = r#"{"0":["variables.f"]}"#;
    for (form, status) in [
        (Form::new().text("operations", operations).text("map", map).part("0", part()), 200),
        (Form::new().text("map", map).text("operations", operations).part("0", part()), 400),
        (Form::new().text("operations", operations).part("0", part()), 400),
        (Form::new().text("operations", operations).text("map", map), 400),
        (Form::new().text("operations", operations).text("map", map).part("1", part()), 400),
        (Form::new().text("operations", "{").text("map", map).part("0", part()), 400),
        (Form::new().text("operations", operations).text("map", "[]").part("0", part()), 400),
        (
            Form::new()
                .text("operations", "x".repeat(300_000))
                .text("map", map)
                .part("0", part()),
            413,
        ),
        (
            Form::new()
                .text("operations", operations)
                .text("map", format!("{map}{}", " ".repeat(9_000)))
                .part("0", part()),
            413,
        ),
    ] {
        let request = Client::new()
            .post(server.url())
            .bearer_auth("good")
            .header("x-handover-preflight", "1");
        assert_eq!(told(request.multipart(form).send().await.unwrap()).await.0, status);
    }
}

/// A form of another page, as a browser sends it without asking anybody.
#[tokio::test]
async fn a_foreign_page_s_form_runs_nothing() {
    let server = Server::start().await;
    let query = r#"{"query":"mutation{signIn}"}"#;
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"] {
        let request = Client::new().post(server.url()).header(CONTENT_TYPE, kind).bearer_auth("good");
        let answer = request.body(query).send().await.unwrap();
        assert!(!answer.headers().contains_key("set-cookie"), "{kind}");
        assert!([400, 415].contains(&answer.status().as_u16()), "{kind}");
    }
}

#[tokio::test]
async fn only_pages_of_allowed_origins_may_read() {
    let server = Server::start().await;
    for (origin, allowed) in [
        ("https://shop.example", true),
        ("http://localhost:5173", true),
        ("https://evil.example", false),
        ("https://shop.example.evil.example", false),
        ("null", false),
    ] {
        let ask = Client::new()
            .request(Method::OPTIONS, server.url())
            .header("origin", origin)
            .header("access-control-request-method", "POST");
        for (response, preflight) in [
            (ask, true),
            (server.post(&json!({"query": "{hello}"})).header("origin", origin), false),
        ] {
            let response = response.send().await.unwrap();
            let told = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
            assert_eq!(told("access-control-allow-origin"), allowed.then(|| origin.to_owned()));
            assert_eq!(told("access-control-allow-credentials"), allowed.then(|| "true".to_owned()));
            assert_eq!(
                told("access-control-expose-headers"),
                allowed.then(|| "x-request-id, retry-after".to_owned())
            );
            assert_eq!(told("access-control-allow-methods").is_some(), allowed && preflight);
            let vary: Vec<_> = response
                .headers()
                .get_all("vary")
                .iter()
                .filter_map(|vary| vary.to_str().ok())
                .collect();
            assert!(vary.join(",").contains("origin"), "caches must tell them apart: {vary:?}");
        }
    }
}

#[tokio::test]
async fn other_methods_are_told_what_there_is() {
    let server = Server::start().await;
    let url = Url::parse_with_params(&server.url(), [("query", "{hello}")]).unwrap();
    let ask = |method: Method| Client::new().request(method, url.clone()).send();
    let head = ask(Method::HEAD).await.unwrap();
    assert_eq!(head.status(), 200);
    assert!(head.headers().contains_key("x-request-id"));
    for (method, status) in [(Method::OPTIONS, 204), (Method::PUT, 405), (Method::DELETE, 405)] {
        let answer = ask(method.clone()).await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), &answer.headers()[ALLOW]),
            (status, &"GET, HEAD, POST, OPTIONS".parse().unwrap()),
            "{method}"
        );
    }
}

#[tokio::test]
async fn pages_answer() {
    let server = Server::start().await;
    let get = |path: &str| Client::new().get(format!("http://{}{path}", server.address)).send();
    for (path, status) in [("/", 200), ("/graphiql", 200), ("/nothing", 404), ("/assets/none.js", 404)] {
        let response = get(path).await.unwrap();
        assert_eq!(response.status().as_u16(), status, "{path}");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
        assert!(response.headers().contains_key("x-request-id"));
    }
    assert!(get("/graphiql").await.unwrap().headers().contains_key("content-security-policy"));
    let browse = |path: &str| {
        let request = Client::new().get(format!("http://{}{path}", server.address));
        request.header("accept", "text/html,application/xhtml+xml,*/*;q=0.8").send()
    };
    let page = browse("/listings/any").await.unwrap();
    assert_eq!(page.status().as_u16(), 200, "the web client knows its own addresses");
    assert!(page.headers().contains_key("content-security-policy"));
    assert_eq!(browse("/assets/none.js").await.unwrap().status().as_u16(), 404);
}
