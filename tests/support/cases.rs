//! Cases: claims, answers, rulings, and what their parties and admins see of them.

use std::time::Duration;

use entity::{audit, kinds::SubjectKind};
use handover::{dispute, kernel::policy::System, wallet::ledger::AccountKey};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Person, TestApp, wallet::bare};

/// What stories ask of a case.
pub const CASE: &str = "case { id kind state mySide title amount { amount } dueAt closedAt reason order { id state recoveredAt } timeline { kind by } \
     evidence { by text } recovery { answerDueAt answeredAt freezeStage freezeDueAt keptReason held { amount } recovered { amount } advanced { amount } } }";

/// What stories ask of a case that an admin looks at.
pub const REVIEW: &str = "review { case { id state closedAt reason recovery { freezeStage held { amount } recovered { amount } advanced { amount } } } \
     claimedBy { id nickname } order { state timeline { kind } listing { title } } rulings { id kind state advance { amount } reason ruledByYou voidAt refusal } }";

impl TestApp {
    /// Lets the timers of claims and rulings see the present time; answers how many they moved.
    pub async fn cases_wait_over(&self) -> u64 {
        let moved = dispute::recovery::timers::run_out(self.env(), System::new()).await.unwrap();
        moved + dispute::ruling::lapse(self.env(), System::new()).await.unwrap()
    }

    /// An order of this price that the seller delivered and the buyer confirmed; answers its id. The buyer has the money.
    pub async fn sold(&self, seller: &Person<'_>, buyer: &Person<'_>, price: &str) -> String {
        let order = buyer.buys(&seller.sells(price).await).await;
        seller.delivers(&order, "secret word 1").await;
        let confirmed = buyer.confirms(&order).await;
        assert_eq!(confirmed["order"]["state"], "COMPLETED", "{confirmed}");
        order
    }

    /// Moves the clock by so many hours.
    pub fn hours_later(&self, hours: u64) {
        self.advance(Duration::from_secs(hours * 60 * 60));
    }
}

impl Person<'_> {
    /// Says that the seller took the account back; answers the payload.
    pub async fn claims_by(&self, order: &str, key: Uuid) -> Value {
        let input = json!({ "orderId": order, "text": "The password does not work any more.", "idempotencyKey": key });
        self.calls("caseOpen", CASE, input).await
    }

    /// The same; answers the case's id.
    pub async fn claims(&self, order: &str) -> Value {
        let opened = self.claims_by(order, Uuid::new_v4()).await;
        assert_eq!(opened["userErrors"], json!([]), "{opened}");
        opened["case"]["id"].clone()
    }

    /// Answers a claim.
    pub async fn answers(&self, case: &Value) -> Value {
        let input = json!({ "id": case, "text": "I did no such thing.", "idempotencyKey": Uuid::new_v4() });
        self.calls("caseAnswer", CASE, input).await
    }

    /// Brings evidence in a case.
    pub async fn brings(&self, case: &Value, text: &str) -> Value {
        let input = json!({ "id": case, "text": text, "idempotencyKey": Uuid::new_v4() });
        self.calls("caseEvidenceAdd", CASE, input).await
    }

    /// Takes a claim back.
    pub async fn withdraws_claim(&self, case: &Value) -> Value {
        let input = json!({ "id": case, "idempotencyKey": Uuid::new_v4() });
        self.calls("caseWithdraw", CASE, input).await
    }

    /// Takes a case to look at it; answers the payload.
    pub async fn takes(&self, case: &Value) -> Value {
        self.calls("caseClaim", REVIEW, json!({ "id": case })).await
    }

    /// Keeps the whole wallet frozen.
    pub async fn keeps_frozen(&self, case: &Value) -> Value {
        let input = json!({ "id": case, "reason": "He sold five of them.", "idempotencyKey": Uuid::new_v4() });
        self.calls("caseFreezeKeep", REVIEW, input).await
    }

    /// Narrows the freeze.
    pub async fn narrows(&self, case: &Value) -> Value {
        let input = json!({ "id": case, "reason": "The claim is small.", "idempotencyKey": Uuid::new_v4() });
        self.calls("caseFreezeNarrow", REVIEW, input).await
    }

    /// Upholds a claim, with an advance of at most so much.
    pub async fn upholds_with(&self, case: &Value, advance: Option<&str>, key: Uuid) -> Value {
        let input = json!({ "id": case, "reason": "The log shows it.", "advance": advance, "idempotencyKey": key });
        self.calls("caseUphold", REVIEW, input).await
    }

    /// Upholds a claim without an advance.
    pub async fn upholds(&self, case: &Value) -> Value {
        self.upholds_with(case, None, Uuid::new_v4()).await
    }

    /// Rejects a claim.
    pub async fn turns_down(&self, case: &Value) -> Value {
        let input = json!({ "id": case, "reason": "Nothing proves it.", "idempotencyKey": Uuid::new_v4() });
        self.calls("caseReject", REVIEW, input).await
    }

    /// Approves, or with a reason refuses, another admin's ruling.
    pub async fn decides_ruling(&self, ruling: &Value, refusal: Option<&str>) -> Value {
        let input = json!({ "rulingId": ruling, "approve": refusal.is_none(), "refusal": refusal, "idempotencyKey": Uuid::new_v4() });
        self.calls("caseRulingDecide", REVIEW, input).await
    }

    /// A case as he sees it; the whole answer where there is none for him.
    pub async fn looks_at_case(&self, case: &Value) -> Value {
        let query = format!("query C($id: ID!) {{ {} }}", CASE.replacen("case {", "case(id: $id) {", 1));
        let answer = self.sends(&query, json!({ "id": case })).await;
        if answer["data"]["case"].is_object() {
            answer["data"]["case"].clone()
        } else {
            answer
        }
    }

    /// What upholding a claim would do.
    pub async fn previews(&self, case: &Value, advance: Option<&str>) -> Value {
        let query = "query P($id: ID!, $advance: Decimal) { casePreview(caseId: $id, advance: $advance) { wallet { amount } toBuyer { amount } \
             rest { amount } advance { amount } compensation { amount } cancelledOrders needsSecond } }";
        let answer = self.sends(query, json!({ "id": case, "advance": advance })).await;
        if answer["data"]["casePreview"].is_object() {
            answer["data"]["casePreview"].clone()
        } else {
            answer
        }
    }

    /// Available and settling, by the ledger.
    pub async fn purse(&self) -> (String, String) {
        (self.holds(AccountKey::available).await, self.holds(AccountKey::settling).await)
    }
}

/// What is available, and what settles.
pub fn purse(available: &str, settling: &str) -> (String, String) {
    (available.to_owned(), settling.to_owned())
}

/// What is in a case's hold.
pub async fn in_hold(app: &TestApp, case: &Value) -> String {
    app.balance(AccountKey::case_hold(bare(case).into())).await
}

/// Where the case of a payload stands.
pub fn state(payload: &Value) -> &str {
    payload["case"]["state"]
        .as_str()
        .or_else(|| payload["review"]["case"]["state"].as_str())
        .unwrap_or("none")
}

/// How far its freeze has come.
pub fn freeze_stage(payload: &Value) -> &str {
    let recovery = if payload["review"].is_object() {
        &payload["review"]["case"]["recovery"]
    } else {
        &payload["case"]["recovery"]
    };
    recovery["freezeStage"].as_str().unwrap_or("none")
}

/// What the audit log says of a case, in its order.
pub async fn on_record(app: &TestApp, case: &Value) -> Vec<String> {
    let rows = audit::Entity::find()
        .filter(audit::Column::SubjectKind.eq(SubjectKind::Case))
        .filter(audit::Column::SubjectId.eq(bare(case)))
        .order_by_asc(audit::Column::At)
        .order_by_asc(audit::Column::Id);
    let rows = rows.all(app.env().db()).await.unwrap();
    rows.into_iter().map(|row| row.action).collect()
}

/// Whether somebody is blacklisted.
pub async fn is_blacklisted(app: &TestApp, person: &Person<'_>) -> bool {
    let standing = entity::standing::Entity::find_by_id(person.id().await);
    standing.one(app.env().db()).await.unwrap().unwrap().blacklisted
}

/// The timeline of a case, each step with who took it.
pub fn steps(case: &Value) -> Vec<String> {
    let steps = case["timeline"].as_array().unwrap_or_else(|| panic!("{case}"));
    steps
        .iter()
        .map(|step| format!("{} {}", step["kind"].as_str().unwrap(), step["by"].as_str().unwrap_or("-")))
        .collect()
}
