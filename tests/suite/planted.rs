//! Secrets are planted in every field that takes one, and looked for everywhere the server writes: database, Redis, log, mail, files.

use std::{
    fs,
    io::{self, Write},
    path::Path,
    sync::Mutex,
};

use sea_orm::{ConnectionTrait, Database, Statement};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Binary, PASSWORD, TestApp, account::fresh_id_number, code_in, create_database, server_of, wallet::PAYOUT_ADD};

const TOKENS: &str = "tokens { accessToken refreshToken } userErrors { code }";

/// What must be found nowhere, and what it is.
#[derive(Default)]
struct Planted(Vec<(String, String)>);

impl Planted {
    fn add(&mut self, what: impl Into<String>, secret: impl Into<String>) -> String {
        let secret = secret.into();
        assert!(secret.len() >= 6, "too short to be found for sure");
        self.0.push((what.into(), secret.clone()));
        secret
    }

    fn tokens(&mut self, of: &str, payload: &Value) -> (String, String) {
        let text = |name: &str| {
            payload["tokens"][name]
                .as_str()
                .unwrap_or_else(|| panic!("{of}: {payload}"))
                .to_owned()
        };
        let (access, refresh) = (text("accessToken"), text("refreshToken"));
        // The signature is what makes it a token; the rest is known to many.
        self.add(format!("{of}'s access token"), access.rsplit('.').next().unwrap());
        self.add(format!("{of}'s refresh token"), &*refresh);
        (access, refresh)
    }

    /// Each secret that these bytes hold, as it is or in hexadecimal.
    fn found_in(&self, place: &str, bytes: &[u8]) -> Vec<String> {
        let hit = self.0.iter().filter(|(_, secret)| {
            let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
            holds(bytes, secret.as_bytes()) || holds(bytes, hex.as_bytes())
        });
        hit.map(|(what, _)| format!("{what} in {place}")).collect()
    }
}

/// Whether the needle is there. Six digits must stand alone: within a time or an id they are nobody's code.
fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    let digits = needle.len() == 6 && needle.iter().all(u8::is_ascii_digit);
    let alone = |at: usize| {
        let before = at.checked_sub(1).map(|at| bytes[at]);
        let after = bytes.get(at + needle.len());
        !before.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'.') && !after.is_some_and(u8::is_ascii_alphanumeric)
    };
    let mut places = bytes.windows(needle.len()).enumerate().filter(|(_, window)| *window == needle);
    places.any(|(at, _)| !digits || alone(at))
}

/// Where the server keeps things, beside its folder.
struct Places {
    postgres: Option<String>,
    redis: Option<(String, String)>,
}

impl Places {
    async fn new() -> Self {
        let (Ok(postgres), Ok(redis)) = (std::env::var("HANDOVER_TEST_POSTGRES"), std::env::var("HANDOVER_TEST_REDIS")) else {
            return Self {
                postgres: None,
                redis: None,
            };
        };
        let name = format!("t{}", Uuid::new_v4().simple());
        create_database(&postgres, &name).await;
        Self {
            postgres: Some(format!("{}/{name}", server_of(&postgres))),
            redis: Some((redis, format!("{name}:"))),
        }
    }

    fn settings(&self) -> Vec<(&str, &str)> {
        let mut all = vec![("RUST_LOG", "trace")];
        all.extend(self.postgres.as_deref().map(|url| ("HANDOVER_DATABASE__URL", url)));
        if let Some((url, prefix)) = &self.redis {
            all.extend([("HANDOVER_REDIS__URL", url.as_str()), ("HANDOVER_REDIS__PREFIX", prefix.as_str())]);
        }
        all
    }
}

/// One person's whole way in: code, sign-up, wrong and right sign-ins, refresh, proof, real name.
async fn comes(server: &Binary, folder: &Path, name: &str, planted: &mut Planted) -> String {
    let email = format!("{name}@example.com");
    let captcha = server
        .send(None, "mutation C { captchaCreate { captcha { id } } }", json!({}))
        .await;
    let ask =
        json!({ "input": { "email": email, "captchaId": captcha["data"]["captchaCreate"]["captcha"]["id"], "captchaAnswer": "abcde" } });
    let query = "mutation E($input: EmailCodeRequestInput!) { emailCodeRequest(input: $input) { userErrors { code } } }";
    server.send(None, query, ask).await;
    let code = planted.add(format!("{name}'s code"), code_in(&mails_to(folder, &email).pop().expect("a mail")));
    let password = planted.add(format!("{name}'s password"), format!("Planted-{name}-{}", Uuid::new_v4().simple()));
    let wrong = planted.add(
        format!("{name}'s mistyped password"),
        format!("Mistyped-{name}-{}", Uuid::new_v4().simple()),
    );

    let input = json!({ "username": name, "password": password, "email": email, "code": code, "returnRefreshToken": true });
    let query = format!("mutation S($input: UserSignUpInput!) {{ userSignUp(input: $input) {{ {TOKENS} }} }}");
    let answer = server.send(None, &query, json!({ "input": input })).await;
    let (_, refresh) = planted.tokens(name, &answer["data"]["userSignUp"]);

    let query = format!("mutation S($input: UserSignInInput!) {{ userSignIn(input: $input) {{ {TOKENS} }} }}");
    server
        .send(None, &query, json!({ "input": { "login": name, "password": wrong } }))
        .await;
    let input = json!({ "input": { "login": name, "password": password, "returnRefreshToken": true } });
    planted.tokens(name, &server.send(None, &query, input).await["data"]["userSignIn"]);

    let query = format!("mutation R($input: SessionRefreshInput!) {{ sessionRefresh(input: $input) {{ {TOKENS} }} }}");
    let input = json!({ "input": { "refreshToken": refresh, "returnRefreshToken": true } });
    let (access, _) = planted.tokens(name, &server.send(None, &query, input).await["data"]["sessionRefresh"]);

    let query = "mutation P($input: SessionProveInput!) { sessionProve(input: $input) { userErrors { code } } }";
    let proved = server
        .send(Some(&access), query, json!({ "input": { "password": password } }))
        .await;
    assert_eq!(proved["data"]["sessionProve"]["userErrors"], json!([]), "{proved}");
    let number = planted.add(format!("{name}'s ID number"), fresh_id_number());
    let real = planted.add(
        format!("{name}'s real name"),
        format!(
            "欧阳{}",
            "甲乙丙丁戊己庚辛".chars().cycle().skip(name.len()).take(4).collect::<String>()
        ),
    );
    let query = "mutation I($input: IdentityVerifyInput!) { identityVerify(input: $input) { userErrors { code } } }";
    let verified = server
        .send(Some(&access), query, json!({ "input": { "name": real, "number": number } }))
        .await;
    assert_eq!(verified["data"]["identityVerify"]["userErrors"], json!([]), "{verified}");
    access
}

fn mails_to(folder: &Path, address: &str) -> Vec<String> {
    let mut paths: Vec<_> = fs::read_dir(folder.join("mail"))
        .unwrap()
        .map(|mail| mail.unwrap().path())
        .collect();
    paths.sort();
    let all = paths.iter().map(|path| fs::read_to_string(path).unwrap());
    all.filter(|mail| mail.contains(&format!("To: {address}"))).collect()
}

/// Everything in the database, as text.
async fn dump(url: &str) -> String {
    let db = Database::connect(url).await.unwrap();
    let rows = |sql: String| db.query_all_raw(Statement::from_string(db.get_database_backend(), sql));
    let tables = rows("SELECT table_name AS text FROM information_schema.tables WHERE table_schema = 'public'".to_owned())
        .await
        .unwrap();
    let mut all = String::new();
    for table in tables {
        let table: String = table.try_get("", "text").unwrap();
        for row in rows(format!("SELECT t::text AS text FROM \"{table}\" t")).await.unwrap() {
            all += &row.try_get::<String>("", "text").unwrap();
            all.push('\n');
        }
    }
    db.close().await.unwrap();
    all
}

/// Every value in Redis below the prefix.
fn values(url: &str, prefix: &str) -> Vec<u8> {
    let mut redis = redis::Client::open(url).unwrap().get_connection().unwrap();
    let keys: Vec<String> = redis::cmd("KEYS").arg(format!("{prefix}*")).query(&mut redis).unwrap();
    let mut all = keys.join("\n").into_bytes();
    for key in keys {
        all.extend(
            redis::cmd("DUMP")
                .arg(key)
                .query::<Option<Vec<u8>>>(&mut redis)
                .unwrap()
                .unwrap_or_default(),
        );
    }
    all
}

/// The files below a folder, with their names; the keys' own files are where keys belong.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let all = walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file());
    let others = all.filter(|entry| {
        !matches!(
            entry.path().extension().and_then(|end| end.to_str()),
            Some("secret" | "keys" | "eml")
        )
    });
    others
        .map(|entry| (entry.path().display().to_string(), fs::read(entry.path()).unwrap()))
        .collect()
}

#[tokio::test]
async fn planted_secrets_are_found_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let (places, mut planted) = (Places::new().await, Planted::default());
    let server = Binary::start(folder.path(), &places.settings());
    let people = ["ann", "beate", "cecilia", "dorothea"];
    for name in people {
        comes(&server, folder.path(), name, &mut planted).await;
    }
    for name in ["seal.keys", "token.secret", "bank-api-key.secret", "bank-webhook.secret"] {
        let text = fs::read_to_string(folder.path().join(name)).unwrap();
        planted.add(name, text.split_whitespace().last().unwrap());
    }
    assert!(planted.0.len() >= 40, "{} secrets are planted", planted.0.len());
    let log = fs::read_to_string(&server.log).unwrap();
    assert!(log.contains("TRACE"), "the log tells everything it can");

    let mut found = Vec::new();
    if let Some(url) = &places.postgres {
        found.extend(planted.found_in("the database", dump(url).await.as_bytes()));
    }
    if let Some((url, prefix)) = &places.redis {
        found.extend(planted.found_in("Redis", &values(url, prefix)));
    }
    // As a power cut would, so that nothing is tidied up.
    drop(server);
    for (path, bytes) in files(folder.path()) {
        found.extend(planted.found_in(&path, &bytes));
    }
    for name in people {
        // His own code is what his mail is for.
        let others = Planted(
            planted
                .0
                .iter()
                .filter(|(what, _)| *what != format!("{name}'s code"))
                .cloned()
                .collect(),
        );
        for mail in mails_to(folder.path(), &format!("{name}@example.com")) {
            found.extend(others.found_in(&format!("a mail to {name}"), mail.as_bytes()));
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

/// Where the log of this test goes.
static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct LogEnd;

impl Write for LogEnd {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// An order whose credentials are handed over twice and read, and what else its two people keep to themselves.
async fn trade(app: &TestApp, planted: &mut Planted) {
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    let listing = sam.sells("20.00").await;
    bea.has("50.00").await;
    let order = bea.buys(&listing).await;
    for version in 1..=2 {
        let mut word = |field: &str| planted.add(format!("{field} {version}"), format!("Planted-{field}-{}", Uuid::new_v4().simple()));
        let input = json!({ "id": order, "login": word("login"), "password": word("password"), "contacts": word("contacts"), "notes": word("notes") });
        let delivered = sam.orders("orderDeliver", input).await;
        assert_eq!(delivered["userErrors"], json!([]), "{delivered}");
        let seen = bea.reveals(&order, None).await;
        assert!(seen.to_string().contains("Planted-password"), "{seen}");
    }
    for person in [&sam, &bea] {
        let number = planted.add(
            format!("{}'s payout account", person.name),
            format!("62220202{:014}", rand::random_range(0..100_000_000_000_000_u64)),
        );
        let added = person
            .sends(
                PAYOUT_ADD,
                json!({ "input": { "number": number, "idempotencyKey": Uuid::new_v4() } }),
            )
            .await;
        assert!(added["data"]["payoutAccountAdd"]["payoutAccount"]["id"].is_string(), "{added}");
        let begun = person
            .sends(
                "mutation B { secondFactorBegin { secret { secret } userErrors { code } } }",
                json!({}),
            )
            .await;
        let secret = begun["data"]["secondFactorBegin"]["secret"]["secret"].as_str();
        planted.add(
            format!("{}'s second factor", person.name),
            secret.unwrap_or_else(|| panic!("{begun}")),
        );
        let fresh = planted.add(
            format!("{}'s next password", person.name),
            format!("Next-{}", Uuid::new_v4().simple()),
        );
        let query = "mutation P($input: PasswordChangeInput!) { passwordChange(input: $input) { userErrors { code } } }";
        let changed = person
            .sends(query, json!({ "input": { "oldPassword": PASSWORD, "newPassword": fresh } }))
            .await;
        assert_eq!(changed["data"]["passwordChange"]["userErrors"], json!([]), "{changed}");
    }
    planted.add("the password of everybody", PASSWORD);
}

#[tokio::test]
async fn planted_credentials_and_numbers_are_found_nowhere() {
    // Our own words at their loudest; what libraries say is looked at with the real binary. Where other tests share the process, one of them logs.
    let _ = tracing_subscriber::fmt()
        .with_env_filter("warn,handover=trace")
        .with_ansi(false)
        .with_writer(|| LogEnd)
        .try_init();
    let (mut url, mut redis) = (None, None);
    let app = TestApp::with(|config| {
        url = config.database.url.as_ref().map(|url| url.expose().to_owned());
        redis = config
            .redis
            .url
            .as_ref()
            .map(|url| (url.expose().to_owned(), config.redis.prefix.clone()));
    })
    .await;
    let mut planted = Planted::default();
    trade(&app, &mut planted).await;
    let log = LOG.lock().unwrap().clone();
    let mut found = planted.found_in("the log", &log);
    // Where they are kept they may be read, and in the log by nobody.
    let mut addresses = Planted::default();
    for name in ["sam", "bea"] {
        addresses.add(format!("{name}'s address"), format!("{name}@example.com"));
    }
    found.extend(addresses.found_in("the log", &log));
    if let Some(url) = &url {
        found.extend(planted.found_in("the database", dump(url).await.as_bytes()));
    }
    if let Some((url, prefix)) = &redis {
        found.extend(planted.found_in("Redis", &values(url, prefix)));
    }
    for (path, bytes) in files(app.folder.path()) {
        found.extend(planted.found_in(&path, &bytes));
    }
    for mail in fs::read_dir(app.folder.path().join("mail")).unwrap() {
        found.extend(planted.found_in("a mail", &fs::read(mail.unwrap().path()).unwrap()));
    }
    assert_eq!(found, Vec::<String>::new());
    app.close().await;
}
