//! What admins do with wallets, and what their owners see of it.

use entity::{
    bank_difference,
    kinds::{BankDifferenceKind, DebtCause},
    value::{BankDifferenceId, Money, OrderId},
};
use handover::{
    graphql::id,
    wallet::{
        debt::{self, NewDebt},
        ledger::{self, Transfer},
    },
};
use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Person, TestApp};

const WALLET: &str = "wallet { frozenSinceAt owner { id } freezes { cause explanation reason openedAt } }";
/// What stories ask of a decision about money.
pub const DECISION: &str =
    "decision { id kind state amount { amount } proposedByYou voidAt decidedAt refusal debt { id remaining { amount } } }";
/// What stories ask of a debt.
pub const DEBT: &str =
    "id cause amount { amount } remaining { amount } endedAt debtor { id } creditor { id } changes { kind amount { amount } }";

impl TestApp {
    /// Writes a debt down as a case will, and pays of it what the wallet can; answers its id.
    pub async fn owes(&self, debtor: &Person<'_>, creditor: Option<&Person<'_>>, amount: &str) -> String {
        let creditor = match creditor {
            Some(creditor) => Some(creditor.id().await),
            None => None,
        };
        let new = NewDebt {
            debtor: debtor.id().await,
            creditor,
            cause: DebtCause::Recovery,
            cause_id: Uuid::now_v7(),
            amount: Money(amount.replace('.', "").parse().unwrap()),
        };
        let tx = self.env().begin().await.unwrap();
        let debt = debt::open(&tx, &new).await.unwrap();
        tx.commit().await.unwrap();
        id::encode(debt).to_string()
    }

    /// Writes a difference with the bank down, about something that nobody knows; answers its id.
    pub async fn differs(&self) -> String {
        let id = BankDifferenceId::new();
        let row = bank_difference::Model {
            id,
            kind: BankDifferenceKind::UnknownToUs,
            subject_id: Uuid::now_v7(),
            webhook_id: String::new(),
            ours: None,
            our_amount: None,
            theirs: Some("open".to_owned()),
            their_amount: Some(Money(500)),
            found_at: self.env().now(),
            claimed_by: None,
            claimed_at: None,
            resolved_by: None,
            resolved_at: None,
            resolution: None,
        };
        let tx = self.env().begin().await.unwrap();
        bank_difference::Entity::insert(row.into_active_model())
            .exec_without_returning(tx.db())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        id::encode(id).to_string()
    }

    /// Lets the platform earn so much: the fee on an order of one fen more.
    pub async fn earns(&self, amount: &str) {
        let fee = Money(amount.replace('.', "").parse().unwrap());
        let (price, order) = (fee + Money(1), OrderId::new());
        let seller = self.verified(&format!("seller{}", &Uuid::new_v4().simple().to_string()[..8])).await;
        seller.has(&price.to_string()).await;
        let id = seller.id().await;
        let tx = self.env().begin().await.unwrap();
        let transfers = [
            Transfer::order_hold(order, id, price),
            Transfer::order_payout(order, id, price, fee),
        ];
        ledger::post(&tx, &transfers).await.unwrap();
        tx.commit().await.unwrap();
    }
}

impl Person<'_> {
    /// Calls a mutation; answers its payload, or the whole answer where the field failed.
    pub async fn calls(&self, mutation: &str, selection: &str, input: Value) -> Value {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let query =
            format!("mutation M($input: {kind}!) {{ {mutation}(input: $input) {{ {selection} userErrors {{ code field message }} }} }}");
        let answer = self.sends(&query, json!({ "input": input })).await;
        if answer["data"][mutation].is_object() {
            answer["data"][mutation].clone()
        } else {
            answer
        }
    }

    /// Freezes somebody's wallet; answers the payload.
    pub async fn freezes(&self, whom: &Person<'_>, reason: &str, key: Uuid) -> Value {
        let input = json!({ "userId": whom.public_id().await, "reason": reason, "idempotencyKey": key });
        self.calls("walletFreeze", WALLET, input).await
    }

    /// Thaws somebody's wallet; answers the payload.
    pub async fn thaws(&self, whom: &Person<'_>, reason: &str, key: Uuid) -> Value {
        let input = json!({ "userId": whom.public_id().await, "reason": reason, "idempotencyKey": key });
        self.calls("walletThaw", WALLET, input).await
    }

    /// Since when and why his own wallet is frozen.
    pub async fn frozen(&self) -> Value {
        let answer = self
            .sends(
                "query F { wallet { frozenSinceAt freezes { cause explanation reason openedAt } } }",
                json!({}),
            )
            .await;
        answer["data"]["wallet"].clone()
    }
}

impl Person<'_> {
    /// His debts on one side: `DEBTOR` or `CREDITOR`.
    pub async fn debts(&self, side: &str) -> Vec<Value> {
        let query = format!("query D($side: DebtSide!) {{ myDebts(side: $side) {{ nodes {{ {DEBT} }} }} }}");
        let answer = self.sends(&query, json!({ "side": side })).await;
        let nodes = answer["data"]["myDebts"]["nodes"].as_array();
        nodes.unwrap_or_else(|| panic!("{answer}")).clone()
    }

    /// What is left of each of his debts on one side, oldest first.
    pub async fn left(&self, side: &str) -> Vec<String> {
        let mut left: Vec<String> = self
            .debts(side)
            .await
            .iter()
            .map(|debt| debt["remaining"]["amount"].as_str().unwrap().to_owned())
            .collect();
        left.reverse();
        left
    }

    /// Proposes to put earnings aside; answers the decision's id.
    pub async fn proposes_to_fund(&self, amount: &str) -> Value {
        let made = self.funds(amount, Uuid::new_v4()).await;
        assert_eq!(made["userErrors"], json!([]), "{made}");
        made["decision"]["id"].clone()
    }

    /// Answers the payload of `compensationFund`.
    pub async fn funds(&self, amount: &str, key: Uuid) -> Value {
        let input = json!({ "amount": amount, "reason": "For what others owe.", "idempotencyKey": key });
        self.calls("compensationFund", DECISION, input).await
    }

    /// Answers the payload of `debtAdvance`.
    pub async fn advances(&self, debt: &str, amount: &str, key: Uuid) -> Value {
        let input = json!({ "debtId": debt, "amount": amount, "reason": "She waited long enough.", "idempotencyKey": key });
        self.calls("debtAdvance", DECISION, input).await
    }

    /// Answers the payload of `debtWriteOff`.
    pub async fn writes_off(&self, debt: &str, key: Uuid) -> Value {
        let input = json!({ "debtId": debt, "reason": "Nothing will come.", "idempotencyKey": key });
        self.calls("debtWriteOff", DECISION, input).await
    }

    /// Answers the payload of `debtWaive`.
    pub async fn waives(&self, debt: &str, key: Uuid) -> Value {
        let input = json!({ "debtId": debt, "idempotencyKey": key });
        self.calls("debtWaive", &format!("debt {{ {DEBT} }}"), input).await
    }

    /// Approves, or with a reason refuses, what another admin proposed; answers the payload.
    pub async fn seconds(&self, decision: &Value, refusal: Option<&str>, key: Uuid) -> Value {
        match refusal {
            None => {
                let input = json!({ "id": decision, "idempotencyKey": key });
                self.calls("moneyDecisionApprove", DECISION, input).await
            }
            Some(reason) => {
                let input = json!({ "id": decision, "reason": reason, "idempotencyKey": key });
                self.calls("moneyDecisionRefuse", DECISION, input).await
            }
        }
    }

    /// What the platform has: fees, compensation, at the bank.
    pub async fn platform(&self) -> (String, String, String) {
        let query = "query P { platformMoney { fees { amount } compensation { amount } atBank { amount } } }";
        let answer = self.sends(query, json!({})).await;
        let part = |name: &str| {
            answer["data"]["platformMoney"][name]["amount"]
                .as_str()
                .unwrap_or_else(|| panic!("{answer}"))
                .to_owned()
        };
        (part("fees"), part("compensation"), part("atBank"))
    }
}
