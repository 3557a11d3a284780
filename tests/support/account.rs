//! What people do with their accounts.

use std::sync::atomic::{AtomicU32, Ordering};

use entity::{audit, identity, value::UserId};
use handover::{
    app::{self, Act},
    kernel::policy::System,
    operator,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use super::{CAPTCHA, Person, TestApp, code_in};

/// An identity card's number for these 17 digits.
pub fn id_number(body: &str) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: usize = body
        .bytes()
        .zip(weights)
        .map(|(digit, weight)| usize::from(digit - b'0') * weight)
        .sum();
    format!("{body}{}", char::from(b"10X98765432"[sum % 11]))
}

/// The number of an adult that nobody had before.
pub fn fresh_id_number() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let next = NEXT.fetch_add(1, Ordering::Relaxed);
    id_number(&format!("110105{}0307{:03}", 1950 + next / 999 % 50, 1 + next % 999))
}

impl TestApp {
    /// The row of somebody's verification.
    pub async fn identity_of(&self, user: UserId) -> identity::Model {
        let row = identity::Entity::find_by_id(user).one(self.env().db()).await.unwrap();
        row.expect("a verification")
    }

    /// Does what the operator does by command line.
    pub async fn operates(&self, name: &str, act: Act) -> String {
        operator::operate(self.env(), System::new(), name, &act).await.unwrap()
    }

    /// Does it as the command itself does, in a house of its own beside the server.
    pub async fn commands(&self, name: &str, act: Act) -> String {
        app::operate(self.config.clone(), name, &act).await.unwrap()
    }

    /// Lets somebody try again to be verified.
    pub async fn forget_identity_tries(&self, user: UserId) {
        self.env().cache().delete(&format!("ration:identity:{user}")).await.unwrap();
    }
}

impl Person<'_> {
    /// Has his real name verified; the payload.
    pub async fn verifies(&self, name: &str, number: &str) -> Value {
        let query = "mutation V($input: IdentityVerifyInput!) { identityVerify(input: $input) { viewer { verified identity { state name number } } userErrors { code field message } } }";
        let answer = self.sends(query, json!({ "input": { "name": name, "number": number } })).await;
        payload(&answer, "identityVerify")
    }

    /// Proves by password that it is he; the payload.
    pub async fn proves(&self, password: &str) -> Value {
        let query = "mutation P($input: SessionProveInput!) { sessionProve(input: $input) { provenUntil userErrors { code message } } }";
        payload(
            &self.sends(query, json!({ "input": { "password": password } })).await,
            "sessionProve",
        )
    }
}

/// What a mutation answered; it did not fail.
pub fn payload(answer: &Value, field: &str) -> Value {
    assert!(answer.get("errors").is_none(), "{answer}");
    answer["data"][field].clone()
}

/// Somebody at a keyboard: what he sends along, and from where.
#[derive(Clone, Copy, Default)]
pub struct Caller<'a> {
    /// His client's name.
    pub client: Option<&'a str>,
    /// His address, told by a proxy.
    pub from: Option<&'a str>,
}

const SIGN_IN: &str = "mutation S($input: UserSignInInput!) { userSignIn(input: $input) { tokens { accessToken refreshToken } userErrors { code field message } } }";

impl TestApp {
    /// Signs in as `caller`; the payload.
    pub async fn signs_in(&self, caller: Caller<'_>, mut input: Value) -> Value {
        input["returnRefreshToken"] = json!(true);
        let mut request = self
            .http
            .post(self.url("/graphql"))
            .json(&json!({ "query": SIGN_IN, "variables": { "input": input } }));
        if let Some(client) = caller.client {
            request = request.header("user-agent", client);
        }
        if let Some(from) = caller.from {
            request = request.header("x-forwarded-for", from);
        }
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        payload(&answer, "userSignIn")
    }

    /// Asks for a captcha; its id.
    pub async fn captcha(&self) -> Value {
        let made = self.send(None, "mutation C { captchaCreate { captcha { id } } }", json!({})).await;
        made["data"]["captchaCreate"]["captcha"]["id"].clone()
    }

    /// Asks by mutation `field` for a code to `email`; the payload.
    pub async fn asks_code(&self, token: Option<&str>, field: &str, email: &str) -> Value {
        let kind = format!("{}{}Input", field[..1].to_uppercase(), &field[1..]);
        let query = format!("mutation C($input: {kind}!) {{ {field}(input: $input) {{ email userErrors {{ code field message }} }} }}");
        let input = json!({ "email": email, "captchaId": self.captcha().await, "captchaAnswer": CAPTCHA });
        payload(&self.send(token, &query, json!({ "input": input })).await, field)
    }

    /// The code in the newest mail to `email`.
    pub fn code_for(&self, email: &str) -> String {
        code_in(self.mails(email).last().expect("a mail"))
    }

    /// Resets a password; the payload.
    pub async fn resets(&self, email: &str, code: &str, password: &str) -> Value {
        let query = "mutation R($input: PasswordResetInput!) { passwordReset(input: $input) { done userErrors { code field message } } }";
        let input = json!({ "email": email, "code": code, "newPassword": password });
        payload(&self.send(None, query, json!({ "input": input })).await, "passwordReset")
    }
}

impl Person<'_> {
    /// Changes his password; the whole answer.
    pub async fn changes_password(&self, old: &str, new: &str) -> Value {
        let query =
            "mutation P($input: PasswordChangeInput!) { passwordChange(input: $input) { endedSessions userErrors { code field } } }";
        self.sends(query, json!({ "input": { "oldPassword": old, "newPassword": new } }))
            .await
    }
}

impl TestApp {
    /// Lets an address be sent codes again without the pause; its hour runs on.
    pub async fn forget_code_pauses(&self, email: &str) {
        let print = self.env().seal().fingerprint("email", email.as_bytes());
        let mark = uuid::Uuid::from_slice(&print[..16]).unwrap();
        for purpose in ["sign-up", "reset"] {
            for kind in ["ration", "ration-ends"] {
                self.env().cache().delete(&format!("{kind}:code:{purpose}:{mark}")).await.unwrap();
            }
        }
    }

    /// Forgets the sign-ins of `name` that failed at home.
    pub async fn forget_sign_ins(&self, name: &str) {
        let print = self.env().seal().fingerprint("sign-in", format!("{name} 127.0.0.1").as_bytes());
        let hex: String = print.iter().map(|byte| format!("{byte:02x}")).collect();
        for kind in ["tries", "pause"] {
            self.env().cache().delete(&format!("{kind}:sign-in:{hex}")).await.unwrap();
        }
    }

    /// What is on record about a user, oldest first.
    pub async fn audits(&self, user: UserId) -> Vec<String> {
        let rows = audit::Entity::find()
            .filter(audit::Column::SubjectId.eq(user.0))
            .order_by_asc(audit::Column::Id);
        let rows = rows.all(self.env().db()).await.unwrap();
        rows.into_iter().map(|row| row.action).collect()
    }
}

/// In how many seconds it may be tried again, by a refusal's words.
pub fn seconds_in(payload: &Value) -> u64 {
    let message = payload["userErrors"][0]["message"].as_str().unwrap_or_else(|| panic!("{payload}"));
    let number = message.split(' ').find_map(|word| word.parse().ok());
    number.unwrap_or_else(|| panic!("{message} does not say when again"))
}

/// Tries until the door stays shut for a good while: the first pauses are of seconds, and a slow machine outlasts them.
pub async fn until_shut<F: Future<Output = Value>>(tries: impl Fn() -> F) -> u64 {
    loop {
        let payload = tries().await;
        if code(&payload) == "LIMIT_REACHED" && seconds_in(&payload) > 15 {
            return seconds_in(&payload);
        }
    }
}

/// The code of the first user error, or null.
pub fn code(payload: &Value) -> &Value {
    &payload["userErrors"][0]["code"]
}
