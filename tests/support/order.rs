//! Buyers, and what becomes of what they bought.

use entity::value::{DepositId, Money, OrderId};
use handover::{
    graphql::id,
    wallet::ledger::{self, AccountKey, Transfer},
};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Offered, Person};

/// What most stories ask of an order.
pub const ORDER: &str = "id state mySide waitsFor price { amount } fee { amount } proceeds { amount } cancelledBy placedAt dueAt deliveredAt revealedAt endedAt settlesAt timeline { kind by at } credentialsVersions { version } checklist { step { key } done }";

impl Person<'_> {
    /// Puts money into his wallet by the ledger alone, where the road that money takes does not matter.
    pub async fn has(&self, amount: &str) {
        let fen = amount.replace('.', "").parse().unwrap();
        let id = self.id().await;
        let tx = self.app.env().begin().await.unwrap();
        ledger::post(&tx, &[Transfer::deposit(DepositId::new(), id, Money(fen))])
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// Calls one of the mutations of orders; answers its payload.
    pub async fn orders(&self, mutation: &str, input: Value) -> Value {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let query = format!(
            "mutation M($input: {kind}!) {{ {mutation}(input: $input) {{ order {{ {ORDER} }} userErrors {{ code field message }} }} }}"
        );
        let answer = self.sends(&query, json!({ "input": input })).await;
        if answer["data"][mutation].is_object() {
            answer["data"][mutation].clone()
        } else {
            answer
        }
    }

    /// Asks to buy a listing as he saw it, under this key.
    pub async fn asks_for(&self, offered: &Offered, key: Uuid) -> Value {
        let input = json!({ "listingId": offered.id, "seenVersion": offered.version, "seenPrice": offered.price, "idempotencyKey": key });
        self.orders("orderPlace", input).await
    }

    /// Buys a listing; answers the order's id.
    pub async fn buys(&self, offered: &Offered) -> String {
        let placed = self.asks_for(offered, Uuid::new_v4()).await;
        assert_eq!(placed["userErrors"], json!([]), "{placed}");
        placed["order"]["id"].as_str().unwrap().to_owned()
    }

    /// Hands over these credentials.
    pub async fn delivers(&self, order: &str, password: &str) -> Value {
        let input = json!({ "id": order, "login": "hero", "password": password, "contacts": "hero@example.com", "notes": "" });
        self.orders("orderDeliver", input).await
    }

    /// Confirms, whatever is open.
    pub async fn confirms(&self, order: &str) -> Value {
        self.orders("orderConfirm", json!({ "id": order, "acknowledgeOpenSteps": true }))
            .await
    }

    /// Cancels.
    pub async fn cancels(&self, order: &str) -> Value {
        self.orders("orderCancel", json!({ "id": order })).await
    }

    /// Reads what was handed over; answers the whole response.
    pub async fn reveals(&self, order: &str, version: Option<i32>) -> Value {
        let query = "mutation R($input: OrderRevealInput!) { orderReveal(input: $input) { credentials { version login password contacts notes } userErrors { code field } } }";
        self.sends(query, json!({ "input": { "id": order, "version": version } })).await
    }

    /// Looks at an order; answers the whole response.
    pub async fn looks_at(&self, order: &str) -> Value {
        self.sends(
            &format!("query O($id: ID!) {{ order(id: $id) {{ {ORDER} }} }}"),
            json!({ "id": order }),
        )
        .await
    }

    /// What is in one of his accounts.
    pub async fn holds(&self, account: fn(entity::value::UserId) -> AccountKey) -> String {
        self.app.balance(account(self.id().await)).await
    }
}

impl super::TestApp {
    /// What is in an account.
    pub async fn balance(&self, account: AccountKey) -> String {
        let found = entity::ledger_account::Entity::find_by_id((account.owner, account.kind))
            .one(self.env().db())
            .await
            .unwrap();
        found.map_or(Money::ZERO, |account| account.balance).to_string()
    }

    /// What is in an order's escrow.
    pub async fn escrow(&self, order: &str) -> String {
        let id: OrderId = id::decode(&order.into()).unwrap_or_else(|_| panic!("no order's id: {order}"));
        self.balance(AccountKey::escrow(id)).await
    }
}
