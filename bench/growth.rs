//! How the market's pages grow: the same pages at 1,000, 100,000 and 1,000,000 listings, by the use-cases alone, without HTTP.

use std::{
    collections::{BTreeSet, HashMap},
    fmt::Write as _,
    time::Instant,
};

use anyhow::{Context, Result, anyhow};
use entity::{
    kinds::Role,
    listing,
    value::{GameId, Money, SessionId},
};
use handover::{
    app,
    config::Config,
    kernel::{
        Env, Fault,
        page::Ask,
        policy::{self, Actor, Rights, Trader},
        sql,
    },
    market::{self, Browse, Filter, Sort, search::words_of_text},
};
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, QuerySelect};
use uuid::Uuid;

use crate::{
    listings,
    postgres::Database,
    table::{Aim, head, millis, row},
};

/// How many listings there are, from size to size.
const SIZES: [u32; 3] = [1_000, 100_000, 1_000_000];
/// The most that SQLite is asked for.
const SQLITE: u32 = 100_000;
/// How often each page is read; the first reads warm what is warm in a running server.
const TIMES: usize = 200;
const WARM: usize = 20;
/// How many listings' words one statement brings.
const AT_ONCE: u64 = 1_000;

/// One kind of page, and how much dearer it may be at the largest size than at the smallest.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Page {
    Browse,
    Facets,
    Word,
    Words,
    Deep,
    Seller,
}

const PAGES: [(Page, &str, f64); 6] = [
    (Page::Browse, "browse: game, price, choice", 2.0),
    (Page::Facets, "three facets", 5.0),
    (Page::Word, "a common word", 5.0),
    (Page::Words, "three words", 5.0),
    (Page::Deep, "a deep page", 2.0),
    (Page::Seller, "the seller centre", 2.0),
];

/// Measures every size on both databases, up to `most` listings.
pub async fn measure(most: u32) -> Result<()> {
    for sqlite in [false, true] {
        let name = if sqlite { "SQLite" } else { "PostgreSQL" };
        let mut smallest = HashMap::new();
        for size in SIZES.into_iter().filter(|size| *size <= most && (!sqlite || *size <= SQLITE)) {
            head(&format!("{size} listings ({name})"))?;
            let folder = tempfile::tempdir()?;
            let mut config = Config::default();
            config.data_dir = folder.path().to_owned();
            if !sqlite {
                config.database.url = Some(Database::create(&format!("growth{size}")).await?.url.into());
            }
            let env = app::open(config).await?.env;
            fill(&env, size).await?;
            let shop = Shop::read(&env).await?;
            for (page, title, aim) in PAGES {
                let times = shop.measure(&env, page).await?;
                let (half, tail) = (times[times.len() / 2], times[times.len() * 99 / 100]);
                row(&format!("{title}, p50"), half, "ms", Aim::None)?;
                row(&format!("{title}, p99"), tail, "ms", Aim::None)?;
                let first = *smallest.entry(page).or_insert(half);
                row(&format!("{title}, p50 beside the smallest"), half / first, "times", Aim::Most(aim))?;
            }
        }
    }
    Ok(())
}

fn said(fault: impl std::fmt::Display) -> anyhow::Error {
    anyhow!("{fault}")
}

async fn fill(env: &Env, count: u32) -> Result<()> {
    let start = Instant::now();
    let databases = handover::infra::db::connect(&env.config().database_url(), 1).await?;
    let db = &databases.write;
    listings::fill(db, count).await?;
    // Some are looked at far more than others.
    db.execute_unprepared("UPDATE listings SET views = price * 31 % 5003").await?;
    write_words(db).await?;
    db.execute_unprepared("ANALYZE").await?;
    databases.close().await;
    row("filled in", start.elapsed().as_secs_f64(), "s", Aim::None)
}

/// What a listing's words are made of.
#[derive(sea_orm::FromQueryResult)]
struct Named {
    id: Uuid,
    title: String,
    server: Uuid,
    names: String,
}

/// Writes the words of all listings on sale, as the server would, in long statements.
async fn write_words(db: &impl ConnectionTrait) -> Result<()> {
    let mut known = HashMap::<Uuid, BTreeSet<String>>::new();
    let mut after = Uuid::nil();
    loop {
        let select = format!(
            "SELECT l.id AS id, l.title AS title, v.id AS server, \
             g.name_en || ' ' || g.name_zh || ' ' || g.aliases || ' ' || v.name_en || ' ' || v.name_zh AS names FROM listings l \
             JOIN games g ON g.id = l.game_id JOIN game_servers v ON v.id = l.server_id \
             WHERE l.id > $1 AND l.state IN ('ON_SALE', 'RESERVED') ORDER BY l.id LIMIT {AT_ONCE}"
        );
        let some: Vec<Named> = sql::all(db, &select, vec![after.into()]).await.map_err(said)?;
        let Some(last) = some.last() else { return Ok(()) };
        after = last.id;
        let mut rows = String::new();
        for named in &some {
            let names = known.entry(named.server).or_insert_with(|| words_of_text(&named.names));
            for word in words_of_text(&named.title).union(names) {
                let id = match db.get_database_backend() {
                    DbBackend::Sqlite => format!("X'{}'", named.id.simple()),
                    _ => format!("'{}'", named.id),
                };
                write!(rows, "('{}',{id}),", word.replace('\'', "''"))?;
            }
        }
        let insert = format!("INSERT INTO listing_terms (term, listing_id) VALUES {}", rows.trim_end_matches(','));
        db.execute_unprepared(&insert).await?;
    }
}

/// What is asked about.
struct Shop {
    games: Vec<GameId>,
    seller: Trader,
    deep: Ask,
}

impl Shop {
    async fn read(env: &Env) -> Result<Self> {
        let games = market::games(env).await.map_err(said)?.into_iter().map(|game| game.id).collect();
        let some = listing::Entity::find().limit(1).one(env.db()).await?;
        let user = some.context("no listing")?.seller_id;
        let rights = Rights {
            user,
            session: SessionId::new(),
            role: Role::Trader,
            blacklisted: false,
            verified: true,
            version: 1,
            proven_at: None,
        };
        let seller = policy::trader(&Actor::User(rights)).map_err(said)?;
        // Half-way down.
        let middle = "SELECT l.id AS id, l.published_at AS at FROM listings l WHERE l.state = 'ON_SALE' ORDER BY l.published_at DESC, l.id DESC \
                      LIMIT 1 OFFSET (SELECT count(*) / 2 FROM listings WHERE state = 'ON_SALE')";
        let middle = sql::one(env.db(), middle, vec![])
            .await
            .map_err(said)?
            .context("nothing is on sale")?;
        let (id, at) = (middle.try_get("", "id")?, middle.try_get("", "at")?);
        let after = Some(handover::kernel::page::Keyset { at, id });
        Ok(Self {
            games,
            seller,
            deep: Ask { first: 20, after },
        })
    }

    /// Milliseconds of each reading, the shortest first.
    async fn measure(&self, env: &Env, page: Page) -> Result<Vec<f64>> {
        let mut times = Vec::new();
        for number in 0..TIMES + WARM {
            let start = Instant::now();
            self.read_page(env, page, number).await?;
            if number >= WARM {
                times.push(millis(start.elapsed()));
            }
        }
        times.sort_by(f64::total_cmp);
        Ok(times)
    }

    async fn read_page(&self, env: &Env, page: Page, number: usize) -> Result<()> {
        let first = Ask { first: 20, after: None };
        let game = self.games[number % self.games.len()];
        // No two filters are the same, so that nothing is told from the cache.
        let floor = Money(100 + i64::try_from(number)?);
        let filter = match page {
            Page::Browse | Page::Facets => Filter {
                game: Some(game),
                from: Some(floor),
                to: Some(Money::yuan(3_000)),
                ..Filter::default()
            },
            Page::Word => Filter {
                words: Some(["皮肤", "满级", "account", "skins"][number % 4].to_owned()),
                ..Filter::default()
            },
            Page::Words => Filter {
                words: Some(["王者荣耀 满级 低价", "英雄联盟 皮肤 自用号", "full access rare", "毕业号 秒发 安卓"][number % 4].to_owned()),
                ..Filter::default()
            },
            Page::Deep | Page::Seller => Filter::default(),
        };
        match page {
            Page::Facets => drop(market::facets(env, &filter).await.map_err(said)?),
            Page::Seller => {
                drop(market::mine(env, self.seller, &[], &first).await.map_err(said)?);
                let counts: Result<Vec<_>, Fault> = market::browse::counts(env, self.seller.id()).await;
                drop(counts.map_err(said)?);
            }
            Page::Browse | Page::Word | Page::Words | Page::Deep => {
                let ask = if page == Page::Deep { self.deep } else { first };
                let wanted = Browse {
                    filter,
                    sort: Sort::Newest,
                    ..Browse::default()
                };
                drop(market::browse(env, &wanted, &ask).await.map_err(said)?);
            }
        }
        Ok(())
    }
}
