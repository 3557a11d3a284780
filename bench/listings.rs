//! A market as large as one likes: listings with titles in both languages, attributes as their games ask for, images and sellers, the words by which
//! they are found, what was sold and what was offered for it.
//!
//! Rows go in as long statements of literals, which both databases take alike; the same number makes the same market.

use std::{collections::HashMap, fmt::Write as _};

use anyhow::{Context, Result};
use entity::{game, game_attribute, game_server, kinds::AttributeKind};
use handover::{infra::db, market::attribute};
use rand::{RngExt, SeedableRng, rngs::SmallRng, seq::IndexedRandom};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait};
use uuid::Uuid;

use crate::{table::say, terms::Cutter, words};

mod beside;

/// How many listings one statement brings.
const AT_ONCE: u32 = 1_000;
/// How many listings a seller has on the average.
const A_SELLER: u32 = 50;
/// When the first listing was published; the others after it, half a minute apart.
const OLDEST: i64 = 1_750_000_000_000;
const APART: i64 = 30_000;

/// Fills the database at an address. The server must have made its tables and games.
pub async fn fill_at(url: &str, count: u32) -> Result<()> {
    let databases = db::connect(url, 1).await?;
    fill(&databases.write, count).await?;
    databases.close().await;
    say(&format!("{count} listings are there"))
}

/// Puts so many listings into a database that has none of ours, and tells its planner of them.
pub async fn fill(db: &DatabaseConnection, count: u32) -> Result<()> {
    Market::read(db, None).await?.grow(db, count).await
}

/// A game and all that a listing of it needs.
struct Goods {
    game: game::Model,
    servers: Vec<game_server::Model>,
    attributes: Vec<game_attribute::Model>,
    steps: Vec<String>,
}

/// A market that grows, and rows that wait to be written, a list for each table.
pub struct Market {
    backend: DbBackend,
    dice: SmallRng,
    goods: Vec<Goods>,
    sellers: Vec<Uuid>,
    /// Whose every twentieth of the first thousand are.
    mine: Option<Uuid>,
    cutter: Cutter,
    done: u32,
    rows: [(&'static str, String); 9],
}

/// What is said of one listing in several tables.
struct Said {
    id: Uuid,
    seller: Uuid,
    game: Uuid,
    server: Uuid,
    cover: Uuid,
    title: String,
    price: i64,
    at: i64,
}

/// The tables in the order in which they are written, with the columns that are.
const TABLES: [&str; 9] = [
    "users (id, username, username_key, nickname, email, email_key, password_hash, locale, created_at, bio)",
    "standing (user_id, role, blacklisted, verified, version)",
    "images (id, owner_id, purpose, file_key, mime, width, height, bytes, created_at, attached_at)",
    "listings (id, seller_id, game_id, server_id, title, description, price, delivery_hours, warranty_days, cover_id, state, version, \
     created_at, submitted_at, published_at, bindings, views)",
    "listing_images (listing_id, position, image_id)",
    "listing_attributes (listing_id, attribute_id, position, choice, number, flag, words, price, published_at, server_id)",
    "listing_terms (term, listing_id)",
    "orders (id, listing_id, listing_version, buyer_id, seller_id, game_id, server_id, title, description, cover_id, delivery_hours, warranty_days, \
     price, fee, state, placed_at, delivered_at, ended_at)",
    "offers (id, listing_id, listing_version, title, buyer_id, seller_id, price, note, counter_note, state, created_at, ended_at)",
];
const USERS: usize = 0;
const STANDING: usize = 1;
const IMAGES: usize = 2;
const LISTINGS: usize = 3;
const LISTING_IMAGES: usize = 4;
const ATTRIBUTES: usize = 5;
const TERMS: usize = 6;
const ORDERS: usize = 7;
const OFFERS: usize = 8;

impl Market {
    /// A market without listings. Somebody may have a part of them.
    pub async fn read(db: &DatabaseConnection, mine: Option<Uuid>) -> Result<Self> {
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
            sellers: Vec::new(),
            mine,
            cutter: Cutter::default(),
            done: 0,
            rows: TABLES.map(|table| (table, String::new())),
        })
    }

    /// Lets it grow to so many listings, and tells the planner.
    pub async fn grow(&mut self, db: &DatabaseConnection, count: u32) -> Result<()> {
        let sellers = count.div_ceil(A_SELLER).max(20);
        for number in u32::try_from(self.sellers.len())?..sellers {
            let seller = self.seller(number)?;
            self.sellers.push(seller);
        }
        self.write(db).await?;
        while self.done < count {
            let until = (self.done + AT_ONCE).min(count);
            for number in self.done..until {
                self.listing(number)?;
            }
            self.write(db).await?;
            self.done = until;
        }
        if self.backend == DbBackend::Sqlite {
            db.execute_unprepared("ANALYZE").await?;
        } else {
            db.execute_unprepared("SET statement_timeout = 0").await?;
            db.execute_unprepared("VACUUM ANALYZE").await?;
        }
        Ok(())
    }

    /// Writes what waits, in one transaction.
    async fn write(&mut self, db: &DatabaseConnection) -> Result<()> {
        let mut sql = String::from("BEGIN;");
        if self.backend != DbBackend::Sqlite {
            // What is pointed at is there; to look for each of them again takes longer than all the rest. Nor do triggers run.
            sql.push_str("SET LOCAL session_replication_role = replica;");
        }
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

    fn seller(&mut self, number: u32) -> Result<Uuid> {
        let at = OLDEST - 400 * 24 * 3_600_000 + i64::from(number);
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

    fn listing(&mut self, number: u32) -> Result<()> {
        let at = OLDEST + i64::from(number) * APART;
        let (id, cover) = (self.id(at)?, self.id(at)?);
        let mine = self.mine.filter(|_| number < 1_000 && number.is_multiple_of(20));
        let seller = mine
            .or_else(|| self.sellers.choose(&mut self.dice).copied())
            .context("nobody sells")?;
        // Some games are traded far more than others.
        let most = self.goods.len();
        let which = self.dice.random_range(0..most).min(self.dice.random_range(0..most));
        let chinese = self.dice.random_bool(0.7);
        let (title, price) = (self.title(which, chinese), self.price());
        let server = self.goods[which].servers.choose(&mut self.dice).context("no server")?.clone();
        let state = match self.dice.random_range(0..100) {
            0..92 => "ON_SALE",
            92..95 => "SOLD",
            95..97 => "RESERVED",
            97..99 => "OFF_SHELF",
            _ => "IN_REVIEW",
        };
        let said = Said {
            id,
            seller,
            game: self.goods[which].game.id.0,
            server: server.id.0,
            cover,
            title,
            price,
            at,
        };
        self.listed(&said, which, chinese, state)?;
        self.images(id, seller, cover, at)?;
        let mut texts = self.attributes(&said, which, state == "ON_SALE")?;
        if ["ON_SALE", "RESERVED"].contains(&state) {
            texts.extend([server.name_en, server.name_zh]);
            self.terms(&said, which, &texts)?;
        }
        self.traded(&said, state == "SOLD")
    }

    fn listed(&mut self, said: &Said, which: usize, chinese: bool, state: &str) -> Result<()> {
        let description = self.description(chinese);
        let steps = self.goods[which].steps.iter();
        let bindings: Vec<String> = steps.filter(|_| self.dice.random_bool(0.5)).cloned().collect();
        let delivery = *[2, 6, 12, 24, 48].choose(&mut self.dice).unwrap_or(&24);
        let warranty = *[7, 14, 30, 90].choose(&mut self.dice).unwrap_or(&30);
        // A few are looked at far more than others.
        let views = 2_u32.pow(self.dice.random_range(0..12)) + self.dice.random_range(0..20);
        let at = said.at;
        let published = if state == "IN_REVIEW" { "NULL".to_owned() } else { at.to_string() };
        let mut row: Vec<String> = [said.id, said.seller, said.game, said.server].map(|id| self.uuid(id)).into();
        row.extend([text(&said.title), text(&description)]);
        row.extend([said.price, delivery, warranty].map(|number| number.to_string()));
        row.extend([self.uuid(said.cover), text(state), "1".to_owned()]);
        row.extend([(at - 7_200_000).to_string(), (at - 3_600_000).to_string(), published]);
        row.extend([text(&serde_json::to_string(&bindings)?), views.to_string()]);
        self.row(LISTINGS, &row)
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

    /// What the game asks: all that must be said, and some of the rest. Answers what of it is found by words. What triggers write beside it while the
    /// listing is on sale is written at once: PostgreSQL's do not run here.
    fn attributes(&mut self, said: &Said, which: usize, on_sale: bool) -> Result<Vec<String>> {
        let mut texts = Vec::new();
        let mut beside = [said.price.to_string(), said.at.to_string(), self.uuid(said.server)];
        if !on_sale {
            beside = beside.map(|_| "NULL".to_owned());
        }
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
                    let chosen = choices.choose(&mut self.dice).context("nothing to choose")?;
                    values[0] = text(&chosen.key);
                    texts.extend([chosen.en.clone(), chosen.zh.clone()]);
                }
                AttributeKind::Number => {
                    let range = asked.least.unwrap_or(0)..=asked.most.unwrap_or(100);
                    values[1] = self.dice.random_range(range).to_string();
                }
                AttributeKind::YesNo => values[2] = self.dice.random_bool(0.5).to_string(),
                AttributeKind::Text => {
                    let said = self.pick(words::ZH_TITLE);
                    values[3] = text(said);
                    texts.push(said.to_owned());
                }
            }
            let mut row = vec![self.uuid(said.id), self.uuid(asked.id.0), "0".to_owned()];
            row.extend(values);
            row.extend(beside.clone());
            self.row(ATTRIBUTES, &row)?;
        }
        Ok(texts)
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
