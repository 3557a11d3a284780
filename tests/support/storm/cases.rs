//! Claims and refused returns in the storm: wallets freeze and are freed again, and an admin rules, while everybody else goes on.

use std::sync::atomic::Ordering;

use handover::{kernel::policy::System, worker};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Deal, Dice, Remote, Storm};

/// How claims end, each told apart by [`Storm::done`].
pub const ENDS: [&str; 4] = ["claim, take back", "claim, narrow, reject", "claim, keep, reject", "claim, reject"];
/// So often a party looks for the case of a refused return; each look relays.
const LOOKS: usize = 10_000;
const CASE: &str = "case { id }";
const REVIEW: &str = "review { case { id } }";

impl Storm<'_> {
    /// Says that a seller took the account back, whose whole wallet is frozen then; and has it rejected, some with the freeze narrowed or kept
    /// before, or takes it back: each of [`ENDS`] in turn.
    pub(super) async fn claims(&self, dice: &mut Dice) -> Option<()> {
        let deal = dice.pick(&self.board.lock().unwrap().completed)?;
        let (buyer, seller) = (&self.traders[deal.buyer].remote, &self.traders[deal.seller].remote);
        let case = self.opens(&deal, buyer).await?;
        let end = ENDS[self.claims.fetch_add(1, Ordering::SeqCst) % ENDS.len()];
        if end == "claim, take back" {
            return self.takes_claim_back(buyer, &case).await;
        }
        let answer = json!({ "id": case, "text": "I did no such thing.", "idempotencyKey": Uuid::new_v4() });
        self.step(seller, "caseAnswer", answer, CASE).await?;
        self.case_is(&case, "IN_REVIEW");
        let care = match end {
            "claim, narrow, reject" => Some("caseFreezeNarrow"),
            "claim, keep, reject" => Some("caseFreezeKeep"),
            _ => None,
        };
        for act in care.into_iter().chain(["caseReject"]) {
            if self.judges(act, &case).await.is_none() {
                // Nobody's wallet stays frozen for an admin who may not decide.
                return self.takes_claim_back(buyer, &case).await;
            }
        }
        self.case_is(&case, "REJECTED");
        self.did(end);
        Some(())
    }

    async fn takes_claim_back(&self, buyer: &Remote, case: &Value) -> Option<()> {
        let input = json!({ "id": case, "idempotencyKey": Uuid::new_v4() });
        self.step(buyer, "caseWithdraw", input, CASE).await?;
        self.case_is(case, "WITHDRAWN");
        self.did("claim, take back");
        Some(())
    }

    /// Buys from somebody who takes the account back, and has it upheld: he loses what he has, owes the rest and is blacklisted.
    pub(super) async fn recovers(&self, who: usize) -> Option<()> {
        let (rogue, offered) = self.board.lock().unwrap().rogues.pop()?;
        let buyer = &self.traders[who].remote;
        let input = json!({ "listingId": offered.id, "seenVersion": offered.version, "seenPrice": offered.price, "idempotencyKey": Uuid::new_v4() });
        let placed = buyer.does("orderPlace", input, "order { id }").await;
        if !self.went_well(&placed) {
            self.board.lock().unwrap().rogues.push((rogue, offered));
            return None;
        }
        let id = placed["order"]["id"].as_str().unwrap().to_owned();
        let deal = Deal {
            id: id.clone(),
            seller: who,
            buyer: who,
            offered,
        };
        self.moves(&deal, None, "PAID");
        let input = json!({ "id": id, "login": "hero", "password": "secret", "contacts": "", "notes": "" });
        self.step(&rogue, "orderDeliver", input, "order { id }").await?;
        self.moves(&deal, Some("PAID"), "DELIVERED");
        let input = json!({ "id": id, "acknowledgeOpenSteps": true });
        self.step(buyer, "orderConfirm", input, "order { id }").await?;
        self.moves(&deal, Some("DELIVERED"), "COMPLETED");
        let case = self.opens(&deal, buyer).await?;
        let answer = json!({ "id": case, "text": "It is mine again.", "idempotencyKey": Uuid::new_v4() });
        self.step(&rogue, "caseAnswer", answer, CASE).await?;
        self.case_is(&case, "IN_REVIEW");
        self.judges("caseUphold", &case).await?;
        self.case_is(&case, "UPHELD");
        Some(())
    }

    /// Refuses a return; an admin finds damage, both consent, and the escrow is divided. The relay makes the case, so only where it runs here.
    pub(super) async fn refuses(&self, dice: &mut Dice) -> Option<()> {
        if !self.calm_at_home {
            return None;
        }
        let deal = dice.pick(&self.board.lock().unwrap().delivered)?;
        let (buyer, seller) = (&self.traders[deal.buyer].remote, &self.traders[deal.seller].remote);
        for (person, step, input) in [
            (buyer, "orderReturnRequest", json!({ "id": deal.id, "reason": "Not as described" })),
            (buyer, "orderHandBack", json!({ "id": deal.id, "kind": "AS_DELIVERED" })),
            (seller, "orderReturnRefuse", json!({ "id": deal.id, "text": "The skins are gone." })),
        ] {
            self.step(person, step, input, "order { id }").await?;
        }
        if !self.moves(&deal, Some("DELIVERED"), "IN_DISPUTE") {
            return None;
        }
        let case = self.case_of(&deal, buyer).await;
        for party in [buyer, seller] {
            self.step(party, "caseEvidenceDone", json!({ "id": case }), CASE).await?;
        }
        self.judges("caseFind", &case).await?;
        for party in [buyer, seller] {
            let input = json!({ "id": case, "idempotencyKey": Uuid::new_v4() });
            self.step(party, "caseConsent", input, CASE).await?;
        }
        self.moves(&deal, Some("IN_DISPUTE"), "SPLIT");
        Some(())
    }

    /// Writes down that an order went on. `false`: somebody else has written that down.
    fn moves(&self, deal: &Deal, from: Option<&str>, to: &'static str) -> bool {
        let board = &mut *self.board.lock().unwrap();
        let moved = board.orders.get(&deal.id).copied() == from;
        if moved {
            board.delivered.retain(|other| other.id != deal.id);
            board.orders.insert(deal.id.clone(), to);
        }
        moved
    }

    /// Writes down where a case stands.
    fn case_is(&self, case: &Value, state: &'static str) {
        let id = case.as_str().unwrap().to_owned();
        self.board.lock().unwrap().cases.insert(id, state);
    }

    /// Opens a claim; the case's id.
    async fn opens(&self, deal: &Deal, buyer: &Remote) -> Option<Value> {
        let input = json!({ "orderId": deal.id, "text": "The password does not work any more.", "idempotencyKey": Uuid::new_v4() });
        let opened = self.step(buyer, "caseOpen", input, CASE).await?;
        let case = opened["case"]["id"].clone();
        self.case_is(&case, "AWAITING_ANSWER");
        Some(case)
    }

    /// One step of somebody; its payload, unless it was refused.
    async fn step(&self, person: &Remote, mutation: &str, input: Value, selection: &str) -> Option<Value> {
        let payload = person.does(mutation, input, selection).await;
        self.went_well(&payload).then_some(payload)
    }

    /// The admin takes a case and decides something in it. His proof may have grown old meanwhile: he gives another.
    async fn judges(&self, act: &str, case: &Value) -> Option<Value> {
        self.step(&self.judge, "caseClaim", json!({ "id": case }), REVIEW).await?;
        let mut input = json!({ "id": case, "reason": "As the log shows.", "idempotencyKey": Uuid::new_v4() });
        if act == "caseFind" {
            input["finding"] = json!("DAMAGED");
            input["sellerShare"] = json!(37);
        }
        if let Some(done) = self.step(&self.judge, act, input.clone(), REVIEW).await {
            return Some(done);
        }
        self.judge.signs_in().await;
        self.step(&self.judge, act, input, REVIEW).await
    }

    /// The case that a refused return became.
    async fn case_of(&self, deal: &Deal, buyer: &Remote) -> Value {
        let query = "query O($id: ID!) { order(id: $id) { cases { id } } }";
        for _ in 0..LOOKS {
            // One that lost a race comes again.
            let _ = worker::relay(self.app.env(), System::new()).await;
            let answer = buyer.asks(query, json!({ "id": deal.id })).await;
            if let Some(case) = answer["data"]["order"]["cases"].get(0) {
                return case["id"].clone();
            }
            tokio::task::yield_now().await;
        }
        panic!("no case was made of the refused return of {}", deal.id)
    }
}
