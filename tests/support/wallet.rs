//! Money in tests goes the whole road: asked for through the API, paid on the bank's page, told by its webhook.

use std::{future::Future, time::Duration};

use async_graphql::ID;
use handover::graphql::id;
use reqwest::{Response, redirect::Policy};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Person, TestApp};

pub const DEPOSIT_CREATE: &str = "mutation D($input: DepositCreateInput!) { depositCreate(input: $input) { deposit { id state amount { amount } checkoutUrl lapsesAt decidedAt } userErrors { code field message } } }";
const DEPOSIT: &str = "query D($id: ID!) { deposit(id: $id) { id state amount { amount } checkoutUrl decidedAt } }";
const WALLET: &str =
    "query W { wallet { available { amount } settling { amount } held { amount } withdrawalsWaitUntilAt openWithdrawals { id state } } }";
pub const PAYOUT_ADD: &str = "mutation P($input: PayoutAccountAddInput!) { payoutAccountAdd(input: $input) { payoutAccount { id lastFour removedAt } userErrors { code field message } } }";
pub const WITHDRAW: &str = "mutation W($input: WithdrawalRequestInput!) { withdrawalRequest(input: $input) { withdrawal { id state sendsAt amount { amount } payoutAccount { lastFour } } userErrors { code field message } } }";
const TAKE_BACK: &str = "mutation T($input: WithdrawalTakeBackInput!) { withdrawalTakeBack(input: $input) { withdrawal { id state } userErrors { code field message } } }";
const WITHDRAWAL: &str = "query W($id: ID!) { withdrawal(id: $id) { id state rejectReason sendsAt sentAt endedAt } }";

/// How long something that happens by itself may take: far longer than it ever does.
const PATIENCE: Duration = Duration::from_secs(60);
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Looks until there is something to see.
pub async fn eventually<T, F: Future<Output = Option<T>>>(what: &str, look: impl Fn() -> F) -> T {
    let found = tokio::time::timeout(PATIENCE, async {
        loop {
            if let Some(found) = look().await {
                return found;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    });
    found.await.unwrap_or_else(|_| panic!("it never came to this: {what}"))
}

/// The bare id within a global one.
pub fn bare(global: &Value) -> Uuid {
    id::open(&ID::from(global.as_str().unwrap())).unwrap().1
}

/// The first user error's code of a payload.
pub fn refusal(payload: &Value) -> &str {
    payload["userErrors"][0]["code"].as_str().unwrap_or("none")
}

async fn decides(admin: &Person<'_>, field: &str, kind: &str, input: Value) -> Value {
    let query = format!(
        "mutation D($input: {kind}!) {{ {field}(input: $input) {{ review {{ needsTwo firstApprovedByYou withdrawal {{ id state rejectReason }} }} userErrors {{ code field message }} }} }}"
    );
    let answer = admin.sends(&query, json!({ "input": input })).await;
    assert!(answer["data"][field].is_object(), "{answer}");
    answer["data"][field].clone()
}

/// Answers the payload of `withdrawalApprove`.
pub async fn approves(admin: &Person<'_>, id: &Value, key: Uuid) -> Value {
    decides(
        admin,
        "withdrawalApprove",
        "WithdrawalApproveInput",
        json!({ "id": id, "idempotencyKey": key }),
    )
    .await
}

/// Answers the payload of `withdrawalReject`.
pub async fn rejects(admin: &Person<'_>, id: &Value, reason: &str, key: Uuid) -> Value {
    let input = json!({ "id": id, "reason": reason, "idempotencyKey": key });
    decides(admin, "withdrawalReject", "WithdrawalRejectInput", input).await
}

impl TestApp {
    /// Somebody verified with money and a payout account whose wait is over. Answers the account's id as well.
    pub async fn cashier(&self, name: &str, balance: &str) -> (Person<'_>, Value) {
        self.cashier_at(name, balance, "6222020200112345").await
    }

    /// The same with an account of this number.
    pub async fn cashier_at(&self, name: &str, balance: &str, number: &str) -> (Person<'_>, Value) {
        let person = self.verified(name).await.with_balance(balance).await;
        let account = person.adds_account(number).await;
        self.advance(Duration::from_secs(25 * 60 * 60));
        (self.sign_in(name).await, account)
    }
}

impl Person<'_> {
    /// The same person after he paid this in at the bank.
    pub async fn with_balance(self, amount: &str) -> Self {
        let deposit = self.asks_to_pay_in(amount).await;
        assert_eq!(self.presses(&deposit, "pay").await.status(), 303);
        self.deposit_becomes(&deposit["id"], "CREDITED").await;
        self
    }

    /// Answers the payload of `depositCreate`.
    pub async fn creates_deposit(&self, amount: &str, key: Uuid) -> Value {
        let input = json!({ "amount": amount, "idempotencyKey": key });
        let answer = self.sends(DEPOSIT_CREATE, json!({ "input": input })).await;
        assert!(answer["data"]["depositCreate"].is_object(), "{answer}");
        answer["data"]["depositCreate"].clone()
    }

    /// A deposit that waits for its payer.
    pub async fn asks_to_pay_in(&self, amount: &str) -> Value {
        let made = self.creates_deposit(amount, Uuid::new_v4()).await;
        assert_eq!(made["userErrors"], json!([]), "{made}");
        made["deposit"].clone()
    }

    /// Presses a button on the bank's page: `pay`, `fail` or `leave`. Answers what the bank answered.
    pub async fn presses(&self, deposit: &Value, decision: &str) -> Response {
        let browser = reqwest::Client::builder().redirect(Policy::none()).build().unwrap();
        let page = browser.post(deposit["checkoutUrl"].as_str().expect("a checkout page"));
        let form = page
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("decision={decision}"));
        form.send().await.unwrap()
    }

    pub async fn deposit(&self, id: &Value) -> Value {
        let answer = self.sends(DEPOSIT, json!({ "id": id })).await;
        assert!(answer["data"]["deposit"].is_object(), "{answer}");
        answer["data"]["deposit"].clone()
    }

    /// Waits until a deposit stands so.
    pub async fn deposit_becomes(&self, id: &Value, state: &str) -> Value {
        eventually(&format!("a deposit that is {state}"), || async {
            let deposit = self.deposit(id).await;
            (deposit["state"] == state).then_some(deposit)
        })
        .await
    }

    pub async fn wallet(&self) -> Value {
        let answer = self.sends(WALLET, json!({})).await;
        assert!(answer["data"]["wallet"].is_object(), "{answer}");
        answer["data"]["wallet"].clone()
    }

    /// What is available, and what is held.
    pub async fn money(&self) -> (String, String) {
        let wallet = self.wallet().await;
        let text = |part: &str| wallet[part]["amount"].as_str().unwrap().to_owned();
        (text("available"), text("held"))
    }

    /// Adds a payout account and answers its id.
    pub async fn adds_account(&self, number: &str) -> Value {
        let input = json!({ "number": number, "idempotencyKey": Uuid::new_v4() });
        let answer = self.sends(PAYOUT_ADD, json!({ "input": input })).await;
        let added = &answer["data"]["payoutAccountAdd"];
        assert_eq!(added["userErrors"], json!([]), "{answer}");
        added["payoutAccount"]["id"].clone()
    }

    /// Answers the payload of `withdrawalRequest`.
    pub async fn withdraws_by(&self, amount: &str, account: &Value, key: Uuid) -> Value {
        let input = json!({ "amount": amount, "payoutAccountId": account, "idempotencyKey": key });
        let answer = self.sends(WITHDRAW, json!({ "input": input })).await;
        assert!(answer["data"]["withdrawalRequest"].is_object(), "{answer}");
        answer["data"]["withdrawalRequest"].clone()
    }

    /// Asks for a withdrawal and answers its id.
    pub async fn withdraws(&self, amount: &str, account: &Value) -> Value {
        let made = self.withdraws_by(amount, account, Uuid::new_v4()).await;
        assert_eq!(made["userErrors"], json!([]), "{made}");
        made["withdrawal"]["id"].clone()
    }

    /// Answers the payload of `withdrawalTakeBack`.
    pub async fn takes_back(&self, withdrawal: &Value, key: Uuid) -> Value {
        let input = json!({ "id": withdrawal, "idempotencyKey": key });
        let answer = self.sends(TAKE_BACK, json!({ "input": input })).await;
        assert!(answer["data"]["withdrawalTakeBack"].is_object(), "{answer}");
        answer["data"]["withdrawalTakeBack"].clone()
    }

    pub async fn withdrawal(&self, id: &Value) -> Value {
        let answer = self.sends(WITHDRAWAL, json!({ "id": id })).await;
        assert!(answer["data"]["withdrawal"].is_object(), "{answer}");
        answer["data"]["withdrawal"].clone()
    }

    /// Waits until a withdrawal stands so.
    pub async fn withdrawal_becomes(&self, id: &Value, state: &str) -> Value {
        eventually(&format!("a withdrawal that is {state}"), || async {
            let withdrawal = self.withdrawal(id).await;
            (withdrawal["state"] == state).then_some(withdrawal)
        })
        .await
    }
}
