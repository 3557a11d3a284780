//! People in dispute, and the admins who decide.

use std::time::Duration;

use entity::{
    audit, case, hand_back,
    kinds::ListingState,
    order_key,
    value::{CaseId, OrderId},
};
use handover::{
    dispute::{refusal, ruling},
    graphql::id,
    kernel::policy::System,
    wallet::ledger::AccountKey,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Person, TestApp, orders::code};

/// What most stories ask of a case about a refused return.
pub const CASE: &str = "id kind state mySide amount { amount } dueAt closedAt reason timeline { kind by } evidence { by text digest images { url } } \
    refusal { finding findingReason byFinding { sellerShare toSeller { amount } } mediationBeganAt division { sellerShare toSeller { amount } toBuyer { amount } } \
    proposals { version by sellerShare toSeller { amount } toBuyer { amount } buyerAcceptedAt sellerAcceptedAt endedAt } messages(first: 10) { nodes { by text } } }";
/// What stories ask of it as an admin.
pub const REVIEW: &str = "review { claimedBy { nickname } case { id state } rulings { id kind finding sellerShare state ruledByYou voidAt refusal division { toSeller { amount } toBuyer { amount } atOnce bans needsSecond } } }";

pub const HOUR: Duration = Duration::from_secs(60 * 60);
pub const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A refused return: who sold, who bought, the order and the case.
pub struct Dispute<'a> {
    pub sam: Person<'a>,
    pub bea: Person<'a>,
    pub order: String,
    pub case: String,
}

impl TestApp {
    /// Bea has bought from Sam at this price, gave the account back, and Sam refused. She has nothing left.
    pub async fn disputed(&self, price: &str) -> Dispute<'_> {
        let (sam, bea) = (self.verified("sam").await, self.verified("bea").await);
        self.disputed_between(sam, bea, price).await
    }

    /// The same between these two.
    pub async fn disputed_between<'a>(&'a self, sam: Person<'a>, bea: Person<'a>, price: &str) -> Dispute<'a> {
        bea.has(price).await;
        let order = bea.buys(&sam.sells(price).await).await;
        sam.delivers(&order, "first").await;
        bea.asks_back(&order).await;
        bea.hands_back(&order, "second").await;
        let refused = sam.refuses(&order).await;
        assert_eq!(refused["order"]["state"], "IN_DISPUTE", "{refused}");
        self.relayed().await;
        let case = self.case_of(&order).await;
        let case = id::encode(case.id).to_string();
        Dispute { sam, bea, order, case }
    }

    /// The case about an order.
    pub async fn case_of(&self, order: &str) -> case::Model {
        let order: OrderId = id::decode(&order.into()).unwrap_or_else(|_| panic!("no order's id"));
        let cases = case::Entity::find().filter(case::Column::OrderId.eq(order));
        cases.one(self.env().db()).await.unwrap().expect("a case")
    }

    /// Lets three workers end what is over, and relays; answers how many waits ended.
    pub async fn cases_run_out(&self) -> u64 {
        let looks = futures::future::join_all((0..3).map(|_| refusal::timers::run_out(self.env(), System::new()))).await;
        let ended = looks.into_iter().map(Result::unwrap).sum();
        ruling::lapse(self.env(), System::new()).await.unwrap();
        self.relayed().await;
        ended
    }

    /// What is on record about a case: who did it and what, in order.
    pub async fn on_record(&self, case: &str) -> Vec<String> {
        let case: CaseId = id::decode(&case.into()).unwrap_or_else(|_| panic!("no case's id"));
        let rows = audit::Entity::find()
            .filter(audit::Column::SubjectId.eq(case.0))
            .order_by_asc(audit::Column::At)
            .order_by_asc(audit::Column::Id);
        rows.all(self.env().db()).await.unwrap().into_iter().map(|row| row.action).collect()
    }
}

impl Person<'_> {
    /// A case as he sees it; null, if he does not.
    pub async fn case(&self, case: &str) -> Value {
        let answer = self
            .sends(
                &format!("query C($id: ID!) {{ case(id: $id) {{ {CASE} }} }}"),
                json!({ "id": case }),
            )
            .await;
        answer["data"]["case"].clone()
    }

    /// Calls one of the mutations of parties with a key of its own; answers its payload.
    pub async fn argues(&self, mutation: &str, case: &str, more: Value) -> Value {
        let mut input = json!({ "id": case });
        if mutation != "caseEvidenceDone" {
            input["idempotencyKey"] = json!(Uuid::new_v4());
        }
        for (name, value) in more.as_object().into_iter().flatten() {
            input[name] = value.clone();
        }
        self.calls(mutation, &format!("case {{ {CASE} }}"), input).await
    }

    /// Takes a case for himself.
    pub async fn takes_up(&self, case: &str) -> Value {
        self.calls("caseClaim", REVIEW, json!({ "id": case })).await
    }

    /// Takes a case and says what he found.
    pub async fn finds_in(&self, case: &str, finding: &str, share: Option<i32>) -> Value {
        let taken = self.takes_up(case).await;
        assert_eq!(taken["userErrors"], json!([]), "{taken}");
        self.says_found(case, finding, share).await
    }

    /// Says what he found.
    pub async fn says_found(&self, case: &str, finding: &str, share: Option<i32>) -> Value {
        let input =
            json!({ "id": case, "finding": finding, "sellerShare": share, "reason": "Looked at it.", "idempotencyKey": Uuid::new_v4() });
        self.calls("caseFind", REVIEW, input).await
    }

    /// Takes a case and rules for good.
    pub async fn rules_in(&self, case: &str, share: i32) -> Value {
        self.takes_up(case).await;
        let input = json!({ "id": case, "sellerShare": share, "reason": "Both have a point.", "idempotencyKey": Uuid::new_v4() });
        self.calls("caseRule", REVIEW, input).await
    }

    /// Approves another's ruling, or refuses it with a reason.
    pub async fn decides_on(&self, ruling: &Value, refusal: Option<&str>) -> Value {
        let input = json!({ "rulingId": ruling, "approve": refusal.is_none(), "refusal": refusal, "idempotencyKey": Uuid::new_v4() });
        self.calls("caseRulingDecide", REVIEW, input).await
    }

    /// Reads what was handed over and back, as an admin; answers the payload.
    pub async fn reads_in(&self, case: &str) -> Value {
        let input = json!({ "id": case, "reason": "To see whether it works." });
        let selection = "credentials { delivered { version login password } handedBack { password } }";
        self.calls("caseCredentialsReveal", selection, input).await
    }
}

/// What the seller and the buyer have, and what is in escrow.
pub async fn money(app: &TestApp, dispute: &Dispute<'_>) -> [String; 3] {
    [
        dispute.sam.holds(AccountKey::available).await,
        dispute.bea.holds(AccountKey::available).await,
        app.escrow(&dispute.order).await,
    ]
}

/// Both again, after their tokens have expired.
pub async fn later<'a>(app: &'a TestApp, dispute: Dispute<'a>) -> Dispute<'a> {
    Dispute {
        sam: app.sign_in("sam").await,
        bea: app.sign_in("bea").await,
        ..dispute
    }
}

pub fn state(payload: &Value) -> &str {
    payload["case"]["state"].as_str().unwrap_or_else(|| code(payload))
}

pub async fn case_state(person: &Person<'_>, case: &str) -> String {
    person.case(case).await["state"].as_str().unwrap_or("none").to_owned()
}

pub async fn order_state(app: &TestApp, order: &str) -> String {
    let order: OrderId = id::decode(&order.into()).unwrap_or_else(|_| panic!("no order's id"));
    let row = entity::order::Entity::find_by_id(order).one(app.env().db()).await.unwrap();
    row.unwrap().state.as_str().to_owned()
}

/// The key of what was delivered is gone, that of what was handed back is kept for the seller.
pub async fn keys_are_as_they_should(app: &TestApp, order: &str) {
    let order: OrderId = id::decode(&order.into()).unwrap_or_else(|_| panic!("no order's id"));
    let key = order_key::Entity::find_by_id(order).one(app.env().db()).await.unwrap().unwrap();
    assert!(
        key.wrapped.is_none() && key.destroyed_at.is_some(),
        "what was delivered is unreadable"
    );
    let back = hand_back::Entity::find_by_id(order).one(app.env().db()).await.unwrap().unwrap();
    assert!(
        back.wrapped.is_some() && back.destroy_at.is_some(),
        "what was handed back is kept for a while"
    );
}

pub async fn listing_state(app: &TestApp, order: &str) -> ListingState {
    let order: OrderId = id::decode(&order.into()).unwrap_or_else(|_| panic!("no order's id"));
    let row = entity::order::Entity::find_by_id(order).one(app.env().db()).await.unwrap().unwrap();
    let listing = entity::listing::Entity::find_by_id(row.listing_id)
        .one(app.env().db())
        .await
        .unwrap();
    listing.unwrap().state
}

pub async fn is_banned(app: &TestApp, person: &Person<'_>) -> bool {
    let standing = entity::standing::Entity::find_by_id(person.id().await)
        .one(app.env().db())
        .await
        .unwrap();
    standing.unwrap().blacklisted
}

/// The kinds of somebody's notices, even when he can only read those.
pub async fn told(person: &Person<'_>, kind: &str) -> bool {
    person.notice_kinds().await.contains(&kind.to_owned())
}
