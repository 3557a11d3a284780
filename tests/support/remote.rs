//! People who speak to whichever server there is at the moment, and try again when nobody answers.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{PASSWORD, Person};

/// Far longer than any server is ever away.
const PATIENCE: Duration = Duration::from_secs(90);
/// A call that hangs is given up and made again.
const CALL: Duration = Duration::from_secs(30);
/// Before it is tried again, so that a server that starts is not held up by those who wait for it.
const PAUSE: Duration = Duration::from_millis(25);
const SIGN_IN: &str = "mutation S($input: UserSignInInput!) { userSignIn(input: $input) { tokens { accessToken } userErrors { code } } }";

/// Where the server is; whoever starts another one says so here. It counts what callers were told.
#[derive(Clone)]
pub struct Place(Arc<Mutex<Seen>>);

struct Seen {
    url: String,
    told: BTreeMap<String, u64>,
}

impl Place {
    pub fn new(url: impl Into<String>) -> Self {
        let (url, told) = (url.into(), BTreeMap::new());
        Self(Arc::new(Mutex::new(Seen { url, told })))
    }

    pub fn url(&self) -> String {
        self.0.lock().unwrap().url.clone()
    }

    pub fn is_now(&self, url: impl Into<String>) {
        self.0.lock().unwrap().url = url.into();
    }

    /// What callers were told, and how often: the codes of errors, `no answer`, and `ok`.
    pub fn told(&self) -> BTreeMap<String, u64> {
        self.0.lock().unwrap().told.clone()
    }

    fn note(&self, what: &str) {
        *self.0.lock().unwrap().told.entry(what.to_owned()).or_default() += 1;
    }
}

/// Somebody far away.
#[derive(Clone)]
pub struct Remote {
    pub name: String,
    place: Place,
    token: Arc<Mutex<String>>,
    http: reqwest::Client,
}

impl Remote {
    pub fn of(person: &Person<'_>, place: &Place) -> Self {
        Self {
            name: person.name.clone(),
            place: place.clone(),
            token: Arc::new(Mutex::new(person.token.clone())),
            http: reqwest::Client::builder().timeout(CALL).build().unwrap(),
        }
    }

    /// One call. `None`: nobody answered, or nothing was done for lack of what the server stands on.
    pub async fn tries(&self, query: &str, variables: &Value) -> Option<Value> {
        let request = self.http.post(format!("{}/graphql", self.place.url()));
        let token = self.token.lock().unwrap().clone();
        let request = request.bearer_auth(token).json(&json!({ "query": query, "variables": variables }));
        let answer: Option<Value> = match request.send().await {
            Ok(response) => response.json().await.ok(),
            Err(_) => None,
        };
        let Some(answer) = answer else {
            self.place.note("no answer");
            return None;
        };
        let code = answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("ok");
        self.place.note(code);
        (code != "UNAVAILABLE").then_some(answer)
    }

    /// The answer, however often it takes. The call must be one that may be made again.
    pub async fn asks(&self, query: &str, variables: Value) -> Value {
        let start = Instant::now();
        loop {
            match self.tries(query, &variables).await {
                Some(answer) if is_stale(&answer) => self.signs_in().await,
                Some(answer) => return answer,
                None => tokio::time::sleep(PAUSE).await,
            }
            assert!(start.elapsed() < PATIENCE, "nobody ever answers {query}");
        }
    }

    /// Calls a mutation until it is answered; its payload.
    pub async fn does(&self, mutation: &str, input: Value, selection: &str) -> Value {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let query = format!("mutation M($input: {kind}!) {{ {mutation}(input: $input) {{ {selection} userErrors {{ code message }} }} }}");
        let answer = self.asks(&query, json!({ "input": input })).await;
        if answer["data"][mutation].is_object() {
            answer["data"][mutation].clone()
        } else {
            answer
        }
    }

    /// Signs in anew, which is a fresh proof.
    pub async fn signs_in(&self) {
        let input = json!({ "input": { "login": self.name, "password": PASSWORD } });
        let Some(answer) = self.tries(SIGN_IN, &input).await else {
            tokio::time::sleep(PAUSE).await;
            return;
        };
        let token = answer["data"]["userSignIn"]["tokens"]["accessToken"].as_str();
        token
            .unwrap_or_else(|| panic!("{answer}"))
            .clone_into(&mut self.token.lock().unwrap());
    }
}

fn is_stale(answer: &Value) -> bool {
    answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
}
