//! What admins have before them, and what they announce.

use entity::{identity, kinds::IdentityState};
use handover::{kernel::policy::System, staff};
use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Person, TestApp};

/// One thing that waits, and the names by which its queue goes.
#[derive(Debug, Clone)]
pub struct Waits {
    /// The kind of queue.
    pub kind: &'static str,
    /// The query that lists it, and what names a thing in it.
    pub list: (&'static str, &'static str),
    /// The mutations that claim and release, and what they answer.
    pub claim: (&'static str, &'static str, &'static str),
    /// The name of the id in their inputs.
    pub id_name: &'static str,
    /// The thing.
    pub id: Value,
}

impl TestApp {
    /// One thing in each queue: nobody of these admins has a part in it.
    pub async fn something_waits(&self) -> Vec<Waits> {
        let (bea, account) = self.cashier("bea", "9000.00").await;
        let made = bea.creates(&bea.draft("20.00").await).await;
        let ivy = self.person("ivy").await;
        self.waits_for_a_name(&ivy).await;
        let proposer = self.admin("proposer").await;
        vec![
            Waits {
                kind: "LISTINGS",
                list: ("reviewQueue", "id"),
                claim: ("listingReviewClaim", "listingReviewRelease", "listing { id }"),
                id_name: "id",
                id: made["listing"]["id"].clone(),
            },
            Waits {
                kind: "VERIFICATIONS",
                list: ("identityQueue", "user { id }"),
                claim: ("identityReviewClaim", "identityReviewRelease", "review { state }"),
                id_name: "userId",
                id: ivy.public_id().await,
            },
            Waits {
                kind: "WITHDRAWALS",
                list: ("withdrawalQueue", "withdrawal { id }"),
                claim: ("withdrawalClaim", "withdrawalRelease", "review { claimedAt }"),
                id_name: "id",
                id: bea.withdraws("5500.00", &account).await,
            },
            Waits {
                kind: "BANK_DIFFERENCES",
                list: ("bankDifferences", "id"),
                claim: ("bankDifferenceClaim", "bankDifferenceRelease", "difference { id }"),
                id_name: "id",
                id: json!(self.differs().await),
            },
            Waits {
                kind: "MONEY_DECISIONS",
                list: ("moneyDecisionQueue", "id"),
                claim: ("moneyDecisionClaim", "moneyDecisionRelease", "decision { claimedAt }"),
                id_name: "id",
                id: proposer.proposes_to_fund("20.00").await,
            },
        ]
    }

    /// Writes a verification down that waits for an admin.
    async fn waits_for_a_name(&self, whose: &Person<'_>) {
        let row = identity::Model {
            user_id: whose.id().await,
            state: IdentityState::Pending,
            name_sealed: Vec::new(),
            number_sealed: Vec::new(),
            number_index: Vec::new(),
            reason: None,
            submitted_at: self.env().now(),
            decided_at: None,
            card_id: None,
            person_id: None,
            claimed_by: None,
            claimed_at: None,
            decided_by: None,
            lapses_at: None,
        };
        let tx = self.env().begin().await.unwrap();
        let insert = identity::Entity::insert(row.into_active_model());
        insert.exec_without_returning(tx.db()).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Lets the timers of the queues look: how many claims were given back, and of how many things was told.
    pub async fn looks_at_queues(&self) -> (u64, u64) {
        let given_back = staff::give_back_lapsed(self.env(), System::new()).await.unwrap();
        (given_back, staff::tell_overdue(self.env(), System::new()).await.unwrap())
    }
}

impl Person<'_> {
    /// Claims (or releases) a thing; the payload.
    pub async fn claims_from_queue(&self, thing: &Waits, release: bool) -> Value {
        let (claim, back, selection) = thing.claim;
        let mutation = if release { back } else { claim };
        self.calls(mutation, selection, json!({ thing.id_name: thing.id })).await
    }

    /// How many things of a queue fit a filter: `MINE` and the like.
    pub async fn lists_claimed(&self, thing: &Waits, claim: Option<&str>) -> usize {
        let (list, selection) = thing.list;
        let query = format!("query L($filter: QueueFilterInput) {{ {list}(filter: $filter) {{ nodes {{ {selection} }} }} }}");
        let filter = claim.map(|claim| json!({ "claim": claim }));
        let answer = self.sends(&query, json!({ "filter": filter })).await;
        let nodes = answer["data"][list]["nodes"].as_array();
        nodes.unwrap_or_else(|| panic!("{answer}")).len()
    }

    /// How a queue stands: waiting, claimed, his own.
    pub async fn queue(&self, kind: &str) -> (i64, i64, i64) {
        let answer = self
            .sends(
                "query Q { queues { kind waitingCount claimedCount mineCount oldestAt } }",
                json!({}),
            )
            .await;
        let queues = answer["data"]["queues"].as_array().unwrap_or_else(|| panic!("{answer}"));
        let queue = queues.iter().find(|queue| queue["kind"] == kind).unwrap();
        let count = |name: &str| queue[name].as_i64().unwrap();
        assert_eq!(queue["oldestAt"].is_null(), count("waitingCount") == 0);
        (count("waitingCount"), count("claimedCount"), count("mineCount"))
    }

    /// Announces something; the payload.
    pub async fn announces(&self, title: &str, key: Uuid) -> Value {
        let input = json!({
            "titleEn": title, "textEn": "We are away on Sunday.", "titleZh": "系统维护", "textZh": "周日系统维护。", "idempotencyKey": key,
        });
        self.calls(
            "announcementCreate",
            "announcement { id titleZh createdBy { nickname } retractedAt }",
            input,
        )
        .await
    }

    /// Takes an announcement back; the payload.
    pub async fn retracts(&self, id: &Value) -> Value {
        let selection = "announcement { retractedAt retractedBy { nickname } }";
        self.calls("announcementRetract", selection, json!({ "id": id })).await
    }

    /// His notices, newest first: kind, title, and whether he has read it; and how many are unread.
    pub async fn notice_board(&self) -> (Vec<(String, String, bool)>, i64) {
        let query = "query N { notices(first: 50) { nodes { id kind title readAt } } noticeUnreadCount }";
        let answer = self.sends(query, json!({})).await;
        let nodes = answer["data"]["notices"]["nodes"].as_array().unwrap_or_else(|| panic!("{answer}"));
        let text = |node: &Value, field: &str| node[field].as_str().unwrap().to_owned();
        let one = |node: &Value| (text(node, "kind"), text(node, "title"), !node["readAt"].is_null());
        (
            nodes.iter().map(one).collect(),
            answer["data"]["noticeUnreadCount"].as_i64().unwrap(),
        )
    }
}
