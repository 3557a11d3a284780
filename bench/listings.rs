//! A market as large as one likes: listings with titles in both languages, attributes as their games ask for, images and sellers.
//!
//! Rows go in as long statements of literals, which both databases take alike; the same number makes the same market.

use std::{collections::HashMap, fmt::Write as _};

use anyhow::{Context, Result};
use entity::{game, game_attribute, game_server, kinds::AttributeKind};
use handover::{infra::db, market::attribute};
use rand::{RngExt, SeedableRng, rngs::SmallRng, seq::IndexedRandom};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait};
use uuid::Uuid;

use crate::{table::say, words};

/// How many listings one statement brings.
const AT_ONCE: u32 = 1_000;
/// How many listings a seller has on the average.
const A_SELLER: u32 = 50;
/// When the newest listing was published; the others before it, a minute apart.
const NEWEST: i64 = 1_790_000_000_000;
const APART: i64 = 60_000;

/// Fills the database at an address. The server must have made its tables and games.
pub async fn fill_at(url: &str, count: u32) -> Result<()> {
    let databases = db::connect(url, 1).await?;
    fill(&databases.write, count).await?;
    databases.close().await;
    say(&format!("{count} listings are there"))
}

/// Puts so many listings into a database that has none of ours, and tells its planner of them.
pub async fn fill(db: &DatabaseConnection, count: u32) -> Result<()> {
    let mut market = Market::read(db).await?;
    let sellers = market.sellers(count.div_ceil(A_SELLER).max(20));
    market.write(db).await?;
    let mut done = 0;
    while done < count {
        let until = (done + AT_ONCE).min(count);
        for number in done..until {
            market.listing(number, count, &sellers)?;
        }
        market.write(db).await?;
        done = until;
    }
    db.execute_unprepared("ANALYZE").await?;
    Ok(())
}

/// A game and all that a listing of it needs.
struct Goods {
    game: game::Model,
    servers: Vec<game_server::Model>,
    attributes: Vec<game_attribute::Model>,
    steps: Vec<String>,
}

/// Rows that wait to be written, a list for each table.
struct Market {
    backend: DbBackend,
    dice: SmallRng,
    goods: Vec<Goods>,
    rows: [(&'static str, String); 6],
}

/// The tables in the order in which they are written, with the columns that are.
const TABLES: [&str; 6] = [
    "users (id, username, username_key, nickname, email, email_key, password_hash, locale, created_at, bio)",
    "standing (user_id, role, blacklisted, verified, version)",
    "images (id, owner_id, purpose, file_key, mime, width, height, bytes, created_at, attached_at)",
    "listings (id, seller_id, game_id, server_id, title, description, price, delivery_hours, warranty_days, cover_id, state, version, \
     created_at, submitted_at, published_at, bindings)",
    "listing_images (listing_id, position, image_id)",
    "listing_attributes (listing_id, attribute_id, position, choice, number, flag, words)",
];
const USERS: usize = 0;
const STANDING: usize = 1;
const IMAGES: usize = 2;
const LISTINGS: usize = 3;
const LISTING_IMAGES: usize = 4;
const ATTRIBUTES: usize = 5;

impl Market {
    async fn read(db: &DatabaseConnection) -> Result<Self> {
        let (mut servers, mut attributes) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
        for server in game_server::Entity::find().all(db).await? {
            servers.entry(server.game_id).or_default().push(server);
        }
        for attribute in game_attribute::Entity::find().all(db).await? {
            attributes.entry(attribute.game_id).or_default().push(attribute);
        }
        let mut goods = Vec::new();
        for game in game::Entity::find().all(db).await? {
            let steps: Vec<serde_json::Value> = serde_json::from_str(&game.checklist)?;
            goods.push(Goods {
                servers: servers.remove(&game.id).unwrap_or_default(),
                attributes: attributes.remove(&game.id).unwrap_or_default(),
                steps: steps.iter().filter_map(|step| step["key"].as_str().map(str::to_owned)).collect(),
                game,
            });
        }
        goods.retain(|goods| !goods.servers.is_empty());
        goods.sort_by_key(|goods| goods.game.position);
        Ok(Self {
            backend: db.get_database_backend(),
            dice: SmallRng::seed_from_u64(7),
            goods,
            rows: TABLES.map(|table| (table, String::new())),
        })
    }

    /// Writes what waits, in one transaction.
    async fn write(&mut self, db: &DatabaseConnection) -> Result<()> {
        let mut sql = String::from("BEGIN;");
        for (table, rows) in &mut self.rows {
            if !rows.is_empty() {
                write!(sql, "INSERT INTO {table} VALUES {};", rows.trim_end_matches(','))?;
                rows.clear();
            }
        }
        sql.push_str("COMMIT;");
        db.execute_unprepared(&sql).await?;
        Ok(())
    }

    fn row(&mut self, table: usize, values: &[String]) -> Result<()> {
        Ok(write!(self.rows[table].1, "({}),", values.join(","))?)
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words.choose(&mut self.dice).copied().unwrap_or_default()
    }

    fn sellers(&mut self, count: u32) -> Vec<Uuid> {
        (0..count).filter_map(|number| self.seller(number).ok()).collect()
    }

    fn seller(&mut self, number: u32) -> Result<Uuid> {
        let at = NEWEST - 400 * 24 * 3_600_000 + i64::from(number);
        let id = self.id(at)?;
        let name = format!("seller{number}");
        let nickname = format!("{}{}", self.pick(words::NICK), self.dice.random_range(10..10_000));
        let (zh, en) = (self.pick(words::ZH_TEXT), self.pick(words::EN_TEXT));
        let (locale, bio) = if number.is_multiple_of(3) { ("en", en) } else { ("zh-CN", zh) };
        let email = format!("{name}@example.com");
        let mut user = vec![self.uuid(id)];
        user.extend([name.as_str(), &name, &nickname, &email, &email, "none", locale].map(text));
        user.extend([at.to_string(), text(bio)]);
        self.row(USERS, &user)?;
        // A few are blacklisted: the market leaves out what they offer.
        let banned = number % 200 == 199;
        let standing = [self.uuid(id), text("TRADER"), banned.to_string(), "true".to_owned(), "1".to_owned()];
        self.row(STANDING, &standing)?;
        Ok(id)
    }

    fn listing(&mut self, number: u32, count: u32, sellers: &[Uuid]) -> Result<()> {
        let at = NEWEST - i64::from(count - number) * APART;
        let (id, cover) = (self.id(at)?, self.id(at)?);
        let seller = *sellers.choose(&mut self.dice).context("nobody sells")?;
        // Some games are traded far more than others.
        let most = self.goods.len();
        let which = self.dice.random_range(0..most).min(self.dice.random_range(0..most));
        let chinese = self.dice.random_bool(0.7);
        let (title, description, price) = (self.title(which, chinese), self.description(chinese), self.price());
        let server = self.goods[which].servers.choose(&mut self.dice).context("no server")?.id.0;
        let game = self.goods[which].game.id.0;
        let bindings = self.goods[which]
            .steps
            .iter()
            .filter(|_| self.dice.random_bool(0.5))
            .cloned()
            .collect::<Vec<_>>();
        let delivery = *[2, 6, 12, 24, 48].choose(&mut self.dice).unwrap_or(&24);
        let warranty = *[7, 14, 30, 90].choose(&mut self.dice).unwrap_or(&30);
        let state = match self.dice.random_range(0..100) {
            0..92 => "ON_SALE",
            92..95 => "SOLD",
            95..97 => "RESERVED",
            97..99 => "OFF_SHELF",
            _ => "IN_REVIEW",
        };
        let published = if state == "IN_REVIEW" { "NULL".to_owned() } else { at.to_string() };
        let (made, sent) = ((at - 7_200_000).to_string(), (at - 3_600_000).to_string());
        let mut row: Vec<String> = [id, seller, game, server].map(|id| self.uuid(id)).into();
        row.extend([
            text(&title),
            text(&description),
            price.to_string(),
            delivery.to_string(),
            warranty.to_string(),
        ]);
        row.extend([self.uuid(cover), text(state), "1".to_owned(), made, sent, published]);
        row.push(text(&serde_json::to_string(&bindings)?));
        self.row(LISTINGS, &row)?;
        self.images(id, seller, cover, at)?;
        self.attributes(id, which)
    }

    fn images(&mut self, listing: Uuid, owner: Uuid, cover: Uuid, at: i64) -> Result<()> {
        for position in 0..self.dice.random_range(1..=3) {
            let image = if position == 0 { cover } else { self.id(at)? };
            let key = format!("{:032x}", self.dice.random::<u128>());
            let (width, height, bytes) = (
                self.dice.random_range(600..2_048),
                self.dice.random_range(600..2_048),
                self.dice.random_range(40_000..900_000),
            );
            let mut row = vec![self.uuid(image), self.uuid(owner)];
            row.extend(["LISTING", key.as_str(), "image/webp"].map(text));
            row.extend([
                width.to_string(),
                height.to_string(),
                bytes.to_string(),
                at.to_string(),
                at.to_string(),
            ]);
            self.row(IMAGES, &row)?;
            let row = [self.uuid(listing), position.to_string(), self.uuid(image)];
            self.row(LISTING_IMAGES, &row)?;
        }
        Ok(())
    }

    /// What the game asks: all that must be said, and some of the rest.
    fn attributes(&mut self, listing: Uuid, which: usize) -> Result<()> {
        for at in 0..self.goods[which].attributes.len() {
            let asked = self.goods[which].attributes[at].clone();
            if !asked.required && !self.dice.random_bool(0.4) {
                continue;
            }
            let none = || "NULL".to_owned();
            let mut values = [none(), none(), none(), none()];
            match asked.kind {
                AttributeKind::Choice | AttributeKind::ManyChoice => {
                    let choices = attribute::choices(&asked).map_err(|fault| anyhow::anyhow!("{fault}"))?;
                    values[0] = text(&choices.choose(&mut self.dice).context("nothing to choose")?.key);
                }
                AttributeKind::Number => {
                    let range = asked.least.unwrap_or(0)..=asked.most.unwrap_or(100);
                    values[1] = self.dice.random_range(range).to_string();
                }
                AttributeKind::YesNo => values[2] = self.dice.random_bool(0.5).to_string(),
                AttributeKind::Text => values[3] = text(self.pick(words::ZH_TITLE)),
            }
            let mut row = vec![self.uuid(listing), self.uuid(asked.id.0), "0".to_owned()];
            row.extend(values);
            self.row(ATTRIBUTES, &row)?;
        }
        Ok(())
    }

    fn title(&mut self, which: usize, chinese: bool) -> String {
        let level = self.dice.random_range(10..400);
        let goods = &self.goods[which];
        let rank = goods.attributes.iter().find(|asked| asked.kind == AttributeKind::Choice);
        let ranks = rank.and_then(|asked| attribute::choices(asked).ok()).unwrap_or_default();
        let rank = ranks.choose(&mut self.dice);
        let (rank, pool, between) = if chinese {
            (rank.map(|rank| rank.zh.clone()), words::ZH_TITLE, " ")
        } else {
            (rank.map(|rank| rank.en.clone()), words::EN_TITLE, ", ")
        };
        let goods = &self.goods[which].game;
        let mut parts = vec![if chinese { goods.name_zh.clone() } else { goods.name_en.clone() }];
        parts.extend(rank);
        parts.push(if chinese { format!("{level}皮") } else { format!("{level} skins") });
        parts.extend(pool.sample(&mut self.dice, 2).map(|word| (*word).to_owned()));
        let title = parts.join(between);
        title.chars().take(80).collect()
    }

    fn description(&mut self, chinese: bool) -> String {
        let (pool, between) = if chinese { (words::ZH_TEXT, "") } else { (words::EN_TEXT, " ") };
        let count = self.dice.random_range(2..7);
        (0..count).map(|_| self.pick(pool)).collect::<Vec<_>>().join(between)
    }

    /// In fen: many cheap ones, few dear ones.
    fn price(&mut self) -> i64 {
        let whole = 2_f64.powf(self.dice.random_range(2.0..14.0));
        #[expect(clippy::cast_possible_truncation, reason = "at most some 16,000")]
        let whole = whole as i64;
        whole * 100 + *[0, 0, 50, 80, 99].choose(&mut self.dice).unwrap_or(&0)
    }

    /// An id of that moment.
    fn id(&mut self, at: i64) -> Result<Uuid> {
        let rest: [u8; 10] = self.dice.random();
        Ok(uuid::Builder::from_unix_timestamp_millis(u64::try_from(at)?, &rest).into_uuid())
    }

    fn uuid(&self, id: Uuid) -> String {
        if self.backend == DbBackend::Sqlite {
            format!("X'{}'", id.simple())
        } else {
            format!("'{id}'")
        }
    }
}

fn text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
