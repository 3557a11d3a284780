//! Sellers, and what they sell.

use std::io::Cursor;

use handover::{
    kernel::policy::System,
    market::{self, GameSeed},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Person, TestApp};

const UPLOAD: &str = "mutation U($input: ImageUploadInput!) { imageUpload(input: $input) { image { id url thumbnailUrl width height } userErrors { code field message } } }";
const CREATE: &str = "mutation C($input: ListingCreateInput!) { listingCreate(input: $input) { listing { id version state } userErrors { code field message } } }";
const APPROVE: &str = "mutation A($input: ListingApproveInput!) { listingApprove(input: $input) { listing { id version state publishedAt } userErrors { code message } } }";

/// A listing on sale, as a buyer saw it.
#[derive(Debug, Clone)]
pub struct Offered {
    pub id: String,
    pub version: i64,
    pub price: String,
}

/// A game of two servers, with two steps in its checklist.
pub fn game_seed(slug: &str, en: &str, zh: &str, position: i32) -> GameSeed {
    serde_json::from_value(json!({
        "slug": slug, "en": en, "zh": zh, "position": position,
        "servers": [["East", "东区"], ["West", "西区"]],
        "checklist": [
            { "key": "email", "en": "Bind your own e-mail address", "zh": "换绑您的邮箱" },
            { "key": "phone", "en": "Bind your own phone number", "zh": "换绑您的手机号" },
        ],
    }))
    .unwrap()
}

/// A picture of one colour.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image::RgbImage::from_pixel(width, height, image::Rgb([200, 30, 60]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

impl TestApp {
    /// The game in which everybody sells, made when it is first asked for: its id and its servers' ids.
    pub async fn game(&self) -> (Value, Vec<Value>) {
        let seed = game_seed("sky", "Sky", "天空", -2);
        market::seed_game(self.env(), System::new(), &seed).await.unwrap();
        let games = self.send(None, "query G { games { id slug servers { id } } }", json!({})).await;
        let games = games["data"]["games"].as_array().unwrap();
        let sky = games.iter().find(|game| game["slug"] == "sky").unwrap();
        let servers = sky["servers"].as_array().unwrap().iter().map(|server| server["id"].clone());
        (sky["id"].clone(), servers.collect())
    }

    /// An admin who approves what others sell. Always the same.
    pub async fn reviewer(&self) -> Person<'_> {
        let name = "reviewer";
        match self.try_sign_in(name).await {
            Some(person) => person,
            None => self.admin(name).await,
        }
    }
}

impl Person<'_> {
    /// Uploads a file for a listing; answers the whole response.
    pub async fn uploads(&self, bytes: Vec<u8>) -> Value {
        self.uploads_for("LISTING", bytes).await
    }

    /// The same for something else.
    pub async fn uploads_for(&self, purpose: &str, bytes: Vec<u8>) -> Value {
        let input = json!({ "input": { "purpose": purpose, "file": null } });
        self.app.send_file(Some(&self.token), UPLOAD, input, bytes).await
    }

    /// Uploads a game's icon; answers the image.
    pub async fn icon(&self) -> Value {
        let answer = self.uploads_for("GAME_ICON", png(64, 64)).await;
        let image = answer["data"]["imageUpload"]["image"].clone();
        assert!(image.is_object(), "{answer}");
        image
    }

    /// Uploads a good picture; answers the image.
    pub async fn image(&self) -> Value {
        let answer = self.uploads(png(60, 30)).await;
        let image = answer["data"]["imageUpload"]["image"].clone();
        assert!(image.is_object(), "{answer}");
        image
    }

    /// A good listing, as `listingCreate` takes it.
    pub async fn draft(&self, price: &str) -> Value {
        let (game, servers) = self.app.game().await;
        json!({
            "gameId": game, "serverId": servers[1], "title": "Level 60, all heroes", "description": "Played since the first season.",
            "price": price, "imageIds": [self.image().await["id"]], "idempotencyKey": Uuid::new_v4(),
        })
    }

    /// Sends a listing to review; answers the payload.
    pub async fn creates(&self, input: &Value) -> Value {
        let answer = self.sends(CREATE, json!({ "input": input })).await;
        assert!(answer["data"]["listingCreate"].is_object(), "{answer}");
        answer["data"]["listingCreate"].clone()
    }

    /// Approves a listing in its first version; answers the payload.
    pub async fn approves(&self, id: &Value) -> Value {
        let answer = self.sends(APPROVE, json!({ "input": { "id": id, "version": 1 } })).await;
        answer["data"]["listingApprove"].clone()
    }

    /// Sells an account by the whole road: a picture, a listing, an admin's approval.
    pub async fn sells(&self, price: &str) -> Offered {
        let made = self.creates(&self.draft(price).await).await;
        assert_eq!(made["userErrors"], json!([]), "{made}");
        let approved = self.app.reviewer().await.approves(&made["listing"]["id"]).await;
        let listing = &approved["listing"];
        assert_eq!(listing["state"], "ON_SALE", "{approved}");
        Offered {
            id: listing["id"].as_str().unwrap().to_owned(),
            version: listing["version"].as_i64().unwrap(),
            price: price.to_owned(),
        }
    }
}
