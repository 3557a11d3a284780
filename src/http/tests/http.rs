//! Status codes, headers and bodies over HTTP.

use std::{sync::atomic::Ordering, time::Duration};

use reqwest::{
    Client, Method, RequestBuilder, Response, Url,
    header::{ACCEPT, ALLOW, AUTHORIZATION, CONTENT_TYPE},
    multipart::{Form, Part},
};
use serde_json::{Value, json};

use super::Server;

const NEW: &str = "application/graphql-response+json";
const OLD: &str = "application/json";

impl Server {
    fn post(&self, body: &Value) -> RequestBuilder {
        Client::new().post(self.url()).header(ACCEPT, NEW).json(body)
    }

    async fn ask(&self, query: &str) -> (u16, Value) {
        told(self.post(&json!({ "query": query })).send().await.unwrap()).await
    }
}

/// The status and the body; the header's request id is that of every error.
async fn told(response: Response) -> (u16, Value) {
    let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
    let status = response.status().as_u16();
    let body: Value = response.json().await.unwrap();
    for error in body["errors"].as_array().into_iter().flatten() {
        assert_eq!(error["extensions"]["requestId"], json!(id), "{body}");
        assert!(error["extensions"]["code"].is_string(), "{body}");
    }
    (status, body)
}

fn code(body: &Value) -> &str {
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
    assert_eq!(server.ask("{hello}").await, (200, json!({"data": {"hello": "hi"}})));
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
        ("Bearer away", 503, "UNAVAILABLE"),
    ] {
        let (found, body) = told(ask(token).await.unwrap()).await;
        assert_eq!((found, code(&body)), (status, expected), "{token}");
    }
    assert_eq!(server.ask("{who}").await, (200, json!({"data": {"who": null}})));
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
    let server = Server::start().await;
    for query in ["{slow}", "mutation Named{slow}"] {
        let (status, body) = server.ask(query).await;
        assert_eq!((status, code(&body)), (503, "UNAVAILABLE"), "{query}");
    }
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    assert_eq!(server.facts.done.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_mutation_ends_though_its_caller_hung_up() {
    let server = Server::start().await;
    let request = server.post(&json!({"query": "mutation{slow}"})).timeout(Duration::from_millis(200));
    assert!(request.send().await.is_err());
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    assert_eq!(server.facts.done.load(Ordering::SeqCst), 1);
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
    let send = |form: Form, header: &'static str| Client::new().post(server.url()).header(header, "1").multipart(form).send();
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
async fn only_pages_of_allowed_origins_may_read() {
    let server = Server::start().await;
    for (origin, allowed) in [
        ("https://shop.example", true),
        ("http://localhost:5173", true),
        ("https://evil.example", false),
    ] {
        let ask = Client::new()
            .request(Method::OPTIONS, server.url())
            .header("origin", origin)
            .header("access-control-request-method", "POST");
        for response in [ask, server.post(&json!({"query": "{hello}"})).header("origin", origin)] {
            let response = response.send().await.unwrap();
            let told = response
                .headers()
                .get("access-control-allow-origin")
                .map(|value| value.to_str().unwrap());
            assert_eq!(told, allowed.then_some(origin));
        }
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
