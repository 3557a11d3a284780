//! What people do with their accounts.

use std::sync::atomic::{AtomicU32, Ordering};

use entity::{identity, value::UserId};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::{Person, TestApp};

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
