//! Offers and returns in the storm: each is several steps, between which everybody else comes in.

use serde_json::json;
use uuid::Uuid;

use super::{Deal, Dice, Storm};

impl Storm<'_> {
    /// Offers a price for something, has it accepted, and pays.
    pub(super) async fn agrees(&self, who: usize, dice: &mut Dice) -> Option<()> {
        let (seller, offered) = dice.pick(&self.board.lock().unwrap().on_sale)?;
        let buyer = &self.traders[who].remote;
        // Nothing is sold below 10.00.
        let input = json!({ "listingId": offered.id, "seenVersion": offered.version, "price": "9.00", "idempotencyKey": Uuid::new_v4() });
        let made = buyer.does("offerMake", input, "offer { id }").await;
        if !self.went_well(&made) {
            return None;
        }
        let input = json!({ "id": made["offer"]["id"] });
        let accepted = self.traders[seller]
            .remote
            .does("offerAccept", input, "offer { order { id } }")
            .await;
        if !self.went_well(&accepted) {
            return None;
        }
        let id = accepted["offer"]["order"]["id"].as_str().unwrap().to_owned();
        {
            let board = &mut *self.board.lock().unwrap();
            board.on_sale.retain(|(_, other)| other.id != offered.id);
            board.orders.insert(id.clone(), "AWAITING_PAYMENT");
        }
        let input = json!({ "id": id, "idempotencyKey": Uuid::new_v4() });
        let paid = buyer.does("orderPay", input, "order { id }").await;
        if !self.went_well(&paid) {
            return None;
        }
        let board = &mut *self.board.lock().unwrap();
        board.orders.insert(id.clone(), "PAID");
        board.paid.push(Deal {
            id,
            seller,
            buyer: who,
            offered,
        });
        Some(())
    }

    /// Asks for a return, hands the account back, and has it agreed to.
    pub(super) async fn gives_back(&self, dice: &mut Dice) -> Option<()> {
        let deal = dice.pick(&self.board.lock().unwrap().delivered)?;
        let (buyer, seller) = (&self.traders[deal.buyer].remote, &self.traders[deal.seller].remote);
        for (person, step, input) in [
            (buyer, "orderReturnRequest", json!({ "id": deal.id, "reason": "Not as described" })),
            (buyer, "orderHandBack", json!({ "id": deal.id, "kind": "AS_DELIVERED" })),
            (seller, "orderReturnAgree", json!({ "id": deal.id })),
        ] {
            // Somebody may have confirmed or given back meanwhile.
            if !self.went_well(&person.does(step, input, "order { id }").await) {
                return None;
            }
        }
        let board = &mut *self.board.lock().unwrap();
        board.orders.insert(deal.id.clone(), "REFUNDED");
        board.delivered.retain(|other| other.id != deal.id);
        Some(())
    }
}
