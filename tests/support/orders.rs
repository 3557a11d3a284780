//! Offers and returns.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Offered, Person, TestApp, png};

/// What most stories ask of an offer.
pub const OFFER: &str = "id state mySide waitsFor price { amount } counterPrice { amount } note counterNote dueAt endedAt order { id state price { amount } } listing { id }";

/// The code of the first user error of a payload, or of the error of a field.
pub fn code(answer: &Value) -> &str {
    answer["userErrors"][0]["code"]
        .as_str()
        .or_else(|| answer["errors"][0]["extensions"]["code"].as_str())
        .unwrap_or("ok")
}

impl Person<'_> {
    /// Calls one of the mutations of offers; answers its payload.
    pub async fn deals(&self, mutation: &str, input: Value) -> Value {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let query = format!(
            "mutation M($input: {kind}!) {{ {mutation}(input: $input) {{ offer {{ {OFFER} }} userErrors {{ code field message }} }} }}"
        );
        let answer = self.sends(&query, json!({ "input": input })).await;
        if answer["data"][mutation].is_object() {
            answer["data"][mutation].clone()
        } else {
            answer
        }
    }

    /// Asks to make an offer under this key.
    pub async fn asks_to_offer(&self, offered: &Offered, price: &str, key: Uuid) -> Value {
        let input = json!({ "listingId": offered.id, "seenVersion": offered.version, "price": price, "idempotencyKey": key });
        self.deals("offerMake", input).await
    }

    /// Makes an offer; answers its id.
    pub async fn offers(&self, offered: &Offered, price: &str) -> Value {
        let made = self.asks_to_offer(offered, price, Uuid::new_v4()).await;
        assert_eq!(made["userErrors"], json!([]), "{made}");
        made["offer"]["id"].clone()
    }

    /// Accepts an offer or a counter-offer; answers the payload.
    pub async fn accepts(&self, offer: &Value) -> Value {
        self.deals("offerAccept", json!({ "id": offer })).await
    }

    /// Asks for another price; answers the payload.
    pub async fn counters(&self, offer: &Value, price: &str) -> Value {
        self.deals("offerCounter", json!({ "id": offer, "price": price, "note": "A little more" }))
            .await
    }

    /// Accepts an offer and answers the id of the order it opens.
    pub async fn agrees_to(&self, offer: &Value) -> String {
        let accepted = self.accepts(offer).await;
        assert_eq!(accepted["userErrors"], json!([]), "{accepted}");
        accepted["offer"]["order"]["id"].as_str().unwrap().to_owned()
    }

    /// Pays an order that an offer opened; answers the payload.
    pub async fn pays(&self, order: &str) -> Value {
        self.pays_with(order, Uuid::new_v4()).await
    }

    /// Pays under this key.
    pub async fn pays_with(&self, order: &str, key: Uuid) -> Value {
        self.orders("orderPay", json!({ "id": order, "idempotencyKey": key })).await
    }

    /// One offer as he sees it; answers the whole response.
    pub async fn looks_at_offer(&self, offer: &Value) -> Value {
        self.sends(
            &format!("query O($id: ID!) {{ offer(id: $id) {{ {OFFER} }} }}"),
            json!({ "id": offer }),
        )
        .await
    }

    /// Asks for a return.
    pub async fn asks_back(&self, order: &str) -> Value {
        self.orders("orderReturnRequest", json!({ "id": order, "reason": "Not as described" }))
            .await
    }

    /// Hands an account back with these credentials.
    pub async fn hands_back(&self, order: &str, password: &str) -> Value {
        let credentials = json!({ "login": "hero", "password": password });
        self.orders(
            "orderHandBack",
            json!({ "id": order, "kind": "CREDENTIALS", "credentials": credentials }),
        )
        .await
    }

    /// Agrees to a return.
    pub async fn agrees_to_return(&self, order: &str) -> Value {
        self.orders("orderReturnAgree", json!({ "id": order })).await
    }

    /// Takes a request for a return back.
    pub async fn keeps(&self, order: &str) -> Value {
        self.orders("orderReturnWithdraw", json!({ "id": order })).await
    }

    /// Refuses a return with a picture.
    pub async fn refuses(&self, order: &str) -> Value {
        let images = json!([self.evidence_image().await["id"]]);
        self.orders(
            "orderReturnRefuse",
            json!({ "id": order, "text": "The skins are gone.", "imageIds": images }),
        )
        .await
    }

    /// Uploads a picture to prove something.
    pub async fn evidence_image(&self) -> Value {
        let upload = "mutation U($input: ImageUploadInput!) { imageUpload(input: $input) { image { id url } userErrors { code } } }";
        let input = json!({ "input": { "purpose": "EVIDENCE", "file": null } });
        let answer = self.app.send_file(Some(&self.token), upload, input, png(40, 30)).await;
        answer["data"]["imageUpload"]["image"].clone()
    }

    /// Reads what was handed back; answers the whole response.
    pub async fn reads_hand_back(&self, order: &str) -> Value {
        let query = "mutation R($input: OrderHandBackRevealInput!) { orderHandBackReveal(input: $input) { credentials { login password } userErrors { code } } }";
        self.sends(query, json!({ "input": { "id": order } })).await
    }
}

/// A seller with a listing at 20.00 and a buyer with 50.00 who has bought it and got it.
pub async fn delivered(app: &TestApp) -> (Person<'_>, Person<'_>, String) {
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("50.00").await;
    let order = bea.buys(&sam.sells("20.00").await).await;
    sam.delivers(&order, "first").await;
    (sam, bea, order)
}
