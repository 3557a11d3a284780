//! What operators do with the real binary: look at settings, read logs and figures, stop, back up, restore.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};

use crate::support::{Binary, PASSWORD, TestApp};

const NOW: &str = "query Now { now }";

async fn text(url: String) -> String {
    reqwest::get(url).await.unwrap().text().await.unwrap()
}

#[test]
fn config_check_prints_what_is_in_force_and_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let settings = [
        ("HANDOVER_KEYS__TOKEN", "c2VjcmV0LXRva2VuLXNlY3JldC10b2tlbi1zZWNyZXQ"),
        ("HANDOVER_DATABASE__URL", "postgres://ann:pa55word@db.example/shop"),
        ("HANDOVER_LISTEN", "0.0.0.0:8080"),
    ];
    let ended = Binary::run(folder.path(), &settings, &["config", "check"], "");
    assert!(ended.status.success(), "{}", ended.err);
    for line in [
        "HANDOVER_DATABASE__URL=postgres://ann:***@db.example/shop",
        "HANDOVER_KEYS__TOKEN=***",
        "HANDOVER_ORDER__CONFIRM_HOURS=72",
        "# HANDOVER_REDIS__URL is not set",
        "# Look at HANDOVER_MODE: this is the demonstration: play money and known keys, and others can reach it",
    ] {
        assert!(ended.out.lines().any(|other| other == line), "{line}\nis not in\n{}", ended.out);
    }
    assert!(!ended.out.contains("pa55word") && !ended.out.contains("c2VjcmV0"), "{}", ended.out);
}

#[test]
fn a_server_that_refuses_its_settings_names_all_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let settings = [("HANDOVER_MODE", "production"), ("HANDOVER_WALLET__SETTLING_DAYS", "many")];
    let ended = Binary::run(folder.path(), &settings, &["serve"], "");
    assert_eq!(ended.status.code(), Some(1));
    for name in [
        "HANDOVER_WALLET__SETTLING_DAYS: ",
        "HANDOVER_ACCOUNT__CAPTCHA: ",
        "HANDOVER_BANK__URL: ",
        "HANDOVER_PUBLIC_URL: ",
    ] {
        assert!(ended.err.contains(name), "{name} is not in {}", ended.err);
    }
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none(), "nothing was made");
}

#[tokio::test]
async fn the_log_for_machines_names_each_request_by_its_id() {
    let folder = tempfile::tempdir().unwrap();
    let server = Binary::start(folder.path(), &[("HANDOVER_LOG__FORMAT", "json")]);
    let body = json!({ "query": NOW, "operationName": "Now" });
    let answer = reqwest::Client::new()
        .post(server.url("/graphql"))
        .json(&body)
        .send()
        .await
        .unwrap();
    let id = answer.headers()["x-request-id"].to_str().unwrap().to_owned();
    let log = std::fs::read_to_string(&server.log).unwrap();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told = lines
        .iter()
        .find(|line| line["message"] == "answered")
        .expect("a line for the request");
    assert_eq!((&told["span"]["id"], &told["span"]["operation"]), (&json!(id), &json!("Now")));
    assert_eq!(told["level"], "INFO");
}

#[tokio::test]
async fn what_is_refused_is_in_the_log_by_its_id_and_code() {
    let folder = tempfile::tempdir().unwrap();
    let server = Binary::start(folder.path(), &[("HANDOVER_LOG__FORMAT", "json")]);
    let deep = format!("{}a{}", "{a".repeat(20), "}".repeat(20));
    let unknown = json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": "0".repeat(64) } } });
    let (new, none) = ("application/graphql-response+json", "text/html");
    let mut expected = Vec::new();
    for (accept, body, code) in [
        (new, json!({ "query": "{" }), "GRAPHQL_PARSE_FAILED"),
        (new, json!({ "query": deep }), "DOCUMENT_TOO_COMPLEX"),
        (new, json!({ "query": " ".repeat(30_000) }), "DOCUMENT_TOO_LARGE"),
        (new, unknown, "PERSISTED_QUERY_NOT_FOUND"),
        (new, json!([]), "BAD_REQUEST"),
        (none, json!({ "query": NOW }), "NOT_ACCEPTABLE"),
    ] {
        let request = reqwest::Client::new().post(server.url("/graphql")).header("accept", accept);
        let answer = request.json(&body).send().await.unwrap();
        let id = answer.headers()["x-request-id"].to_str().unwrap().to_owned();
        expected.push((id, code));
    }
    let answer = reqwest::Client::new().post(server.url("/bank/webhook")).body("{}");
    let answer = answer.send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 401);
    let webhook = answer.headers()["x-request-id"].to_str().unwrap().to_owned();
    let log = std::fs::read_to_string(&server.log).unwrap();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (id, code) in expected {
        let told = lines.iter().find(|line| line["id"] == id.as_str());
        let told = told.unwrap_or_else(|| panic!("{code} is not in {log}"));
        assert_eq!((&told["message"], &told["code"]), (&json!("refused"), &json!(code)), "{told}");
    }
    let told = lines.iter().find(|line| line["message"] == "a webhook was refused");
    assert_eq!(told.expect("a line for the webhook")["span"]["id"], webhook.as_str());
}

#[tokio::test]
async fn a_server_that_is_told_to_stop_sends_its_sockets_elsewhere_and_ends_well() {
    let folder = tempfile::tempdir().unwrap();
    let server = Binary::start(folder.path(), &[]);
    let mut request = format!("ws://{}/graphql", server.address).into_client_request().unwrap();
    request
        .headers_mut()
        .insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
    socket.send(Message::text(r#"{"type":"connection_init"}"#)).await.unwrap();
    assert!(socket.next().await.unwrap().unwrap().to_text().unwrap().contains("connection_ack"));
    server.ask_to_stop();
    let code = loop {
        match socket.next().await {
            Some(Ok(Message::Close(Some(frame)))) => break u16::from(frame.code),
            Some(Ok(_)) => {}
            other => panic!("closed without a word: {other:?}"),
        }
    };
    assert_eq!(code, 1001);
    drop(socket);
    let log = server.log.clone();
    assert!(server.stopped().await.success());
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.contains("stopped") && !log.contains("work under way"), "{log}");
}

#[tokio::test]
async fn requests_under_way_are_answered_before_the_server_ends() {
    let app = TestApp::with(|config| {
        config.account.argon2_memory_kib = 19_456;
        config.account.argon2_passes = 2;
    })
    .await;
    let names = ["ann", "bea", "cat"];
    for name in names {
        app.person(name).await;
    }
    let query = "mutation S($input: UserSignInInput!) { userSignIn(input: $input) { tokens { accessToken } userErrors { code } } }";
    // Each twice: nobody is throttled for that.
    let requests: Vec<_> = names
        .iter()
        .chain(&names)
        .map(|name| json!({ "query": query, "variables": { "input": { "login": name, "password": PASSWORD } } }))
        .map(|sign_in| tokio::spawn(app.http.post(app.url("/graphql")).json(&sign_in).send()))
        .collect();
    let start = Instant::now();
    while app.env().meters().running.now() < 6 && requests.iter().any(|request| !request.is_finished()) {
        assert!(start.elapsed() < Duration::from_secs(30), "the requests do not arrive");
        tokio::task::yield_now().await;
    }
    app.close().await;
    for request in requests {
        let answer: Value = request.await.unwrap().unwrap().json().await.unwrap();
        assert!(answer["data"]["userSignIn"]["tokens"]["accessToken"].is_string(), "{answer}");
    }
}

#[tokio::test]
async fn figures_tell_what_happened_and_what_waits() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    ann.sends("query Me { me { id } }", json!({})).await;
    ann.sends("query Broken { nothing }", json!({})).await;
    let page = text(app.url("/metrics")).await;
    for line in [
        "handover_operation_duration_seconds_count{kind=\"query\",outcome=\"OK\"} 1",
        "handover_operation_duration_seconds_count{kind=\"mutation\",outcome=\"OK\"} 3",
        "handover_part_up{part=\"database\"} 1",
        "handover_part_up{part=\"cache\"} 1",
        "handover_sockets 0",
        "handover_operations_running 0",
        "handover_outbox_lag_seconds 0",
        "handover_timer_late_seconds{timer=\"orders\"} 0",
        "handover_timer_late_seconds{timer=\"settling\"} 0",
        "handover_timer_late_seconds{timer=\"deposits\"} 0",
        "handover_timer_late_seconds{timer=\"unpaid_deposits\"} 0",
        "handover_timer_late_seconds{timer=\"withdrawals\"} 0",
        "handover_timer_late_seconds{timer=\"offers\"} 0",
        "handover_timer_late_seconds{timer=\"cases\"} 0",
        "handover_timer_late_seconds{timer=\"rulings\"} 0",
        "handover_timer_late_seconds{timer=\"money_decisions\"} 0",
        "handover_timer_late_seconds{timer=\"identities\"} 0",
        "handover_mails_waiting 0",
        "handover_mails_lag_seconds 0",
    ] {
        assert!(page.lines().any(|other| other == line), "{line}\nis not in\n{page}");
    }
    for name in [
        "handover_errors_total{code=",
        "handover_answers_total{status=\"200\"}",
        "handover_database_connections{state=\"idle\"}",
        "handover_resident_memory_bytes",
    ] {
        assert!(page.contains(name), "{name} is not in\n{page}");
    }
    app.close().await;
}

#[tokio::test]
async fn figures_in_a_place_of_their_own_are_nowhere_else() {
    let folder = tempfile::tempdir().unwrap();
    let server = Binary::start(folder.path(), &[("HANDOVER_METRICS__LISTEN", "127.0.0.1:0")]);
    assert_eq!(reqwest::get(server.url("/metrics")).await.unwrap().status().as_u16(), 404);
}

#[tokio::test]
async fn the_clock_follows_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("offset");
    std::fs::write(&file, "86400000").unwrap();
    let server = Binary::start(folder.path(), &[("HANDOVER_CLOCK__OFFSET_FILE", file.to_str().unwrap())]);
    let first = server.send(None, NOW, json!({})).await["data"]["now"].as_str().unwrap().to_owned();
    let today = time::OffsetDateTime::now_utc().date().to_string();
    assert!(first[..10] > *today, "{first} is not after {today}");
    std::fs::write(&file, (10_000 * 86_400_000_i64).to_string()).unwrap();
    let start = Instant::now();
    loop {
        let now = server.send(None, NOW, json!({})).await["data"]["now"].as_str().unwrap().to_owned();
        if now[..4] > *"2050" {
            break;
        }
        assert!(start.elapsed() < Duration::from_secs(30), "{now}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn a_server_starts_on_a_database_that_a_newer_one_has_changed() {
    let folder = tempfile::tempdir().unwrap();
    Binary::start(folder.path(), &[]).ask_to_stop_and_wait().await;
    let url = format!("sqlite:{}", folder.path().join("handover.db").display());
    {
        use sea_orm::{ConnectionTrait, Database};
        let db = Database::connect(&url).await.unwrap();
        db.execute_unprepared("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_of_tomorrow', 1)")
            .await
            .unwrap();
        db.close().await.unwrap();
    }
    let server = Binary::start(folder.path(), &[]);
    assert!(server.send(None, NOW, json!({})).await["data"]["now"].is_string());
    assert!(std::fs::read_to_string(&server.log).unwrap().contains("ahead of this server"));
}

/// Signs up over HTTP, reading the code out of the mail folder.
async fn signs_up(server: &Binary, folder: &Path, name: &str) -> Value {
    let captcha = server
        .send(None, "mutation C { captchaCreate { captcha { id } } }", json!({}))
        .await;
    let email = format!("{name}@example.com");
    let ask =
        json!({ "input": { "email": email, "captchaId": captcha["data"]["captchaCreate"]["captcha"]["id"], "captchaAnswer": "abcde" } });
    server
        .send(
            None,
            "mutation E($input: EmailCodeRequestInput!) { emailCodeRequest(input: $input) { userErrors { code } } }",
            ask,
        )
        .await;
    let mails = std::fs::read_dir(folder.join("mail"))
        .unwrap()
        .map(|mail| std::fs::read_to_string(mail.unwrap().path()).unwrap());
    let mail = mails.filter(|mail| mail.contains(&email)).last().expect("a mail");
    let input = json!({ "username": name, "password": PASSWORD, "email": email, "code": crate::support::code_in(&mail) });
    let query = "mutation S($input: UserSignUpInput!) { userSignUp(input: $input) { tokens { accessToken } userErrors { code } } }";
    server.send(None, query, json!({ "input": input })).await["data"]["userSignUp"].clone()
}

#[tokio::test]
async fn a_backup_made_under_way_is_restored_by_the_handbook_s_drill() {
    let (old, kept, new) = (
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
    );
    let server = Binary::start(old.path(), &[]);
    let ann = signs_up(&server, old.path(), "ann").await;
    assert!(ann["tokens"]["accessToken"].is_string(), "{ann}");
    let backup = kept.path().join("monday");
    let to = backup.to_str().unwrap();
    let ended = Binary::run(old.path(), &[], &["backup", to], "");
    assert!(ended.status.success(), "{}", ended.err);
    assert!(
        ended.out.contains("handover.db: ") && ended.out.contains("seal keys 1 (mark "),
        "{}",
        ended.out
    );
    let again = Binary::run(old.path(), &[], &["backup", to], "");
    assert!(!again.status.success() && again.err.contains("not empty"), "{}", again.err);
    let secret = std::fs::read_to_string(old.path().join("seal.keys")).unwrap();
    let listed = std::fs::read_to_string(backup.join("KEYS.txt")).unwrap();
    assert!(
        !listed.contains(secret.split_whitespace().last().unwrap()),
        "keys are listed, not copied"
    );
    drop(server);

    std::fs::copy(backup.join("handover.db"), new.path().join("handover.db")).unwrap();
    for name in ["seal.keys", "token.secret", "bank-api-key.secret", "bank-webhook.secret"] {
        std::fs::copy(old.path().join(name), new.path().join(name)).unwrap();
    }
    let ended = Binary::run(new.path(), &[], &["epoch", "new"], "");
    assert!(
        ended.status.success() && ended.out.contains("epoch is "),
        "{}{}",
        ended.out,
        ended.err
    );
    let ended = Binary::run(new.path(), &[], &["ledger", "verify"], "");
    assert!(
        ended.status.success() && ended.out.contains("0 problems"),
        "{}{}",
        ended.out,
        ended.err
    );
    let server = Binary::start(new.path(), &[]);
    let me = server
        .send(ann["tokens"]["accessToken"].as_str(), "query Me { me { id } }", json!({}))
        .await;
    assert!(me["data"]["me"]["id"].is_string(), "{me}");
}

#[tokio::test]
async fn a_command_beside_a_server_leaves_the_bank_and_its_books_alone() {
    let folder = tempfile::tempdir().unwrap();
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .to_string();
    let settings = [("HANDOVER_BANK__LISTEN", free.as_str())];
    let server = Binary::start(folder.path(), &settings);
    let typed = format!("{PASSWORD}\n");
    for words in [
        ["admin", "create", "ada", "ada@example.com"].as_slice(),
        &["admin", "revoke", "ada"],
        &["keys", "rewrap"],
    ] {
        let ended = Binary::run(folder.path(), &settings, words, &typed);
        assert!(ended.status.success(), "{words:?}: {}", ended.err);
    }
    // With a free port for its bank it gets as far as the books, and no further.
    let second = Binary::run(folder.path(), &[], &["serve"], "");
    assert!(
        !second.status.success() && second.err.contains("journal.jsonl is in use"),
        "{}",
        second.err
    );
    assert!(!folder.path().join("bank/port").exists(), "the port is still the server's own");
    assert!(std::net::TcpStream::connect(&free).is_ok(), "its bank is where it was");
    drop(server);
}
