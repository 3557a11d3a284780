//! What a reader waits for while the market grows: the same pages with 1,000 listings, with 100,000 and with 1,000,000, on PostgreSQL; to 100,000 on
//! SQLite. The words of the listings are written with them, so that nothing is indexed while it is measured.

use std::{path::Path, time::Instant};

use anyhow::{Context, Result, ensure};
use handover::{
    app,
    config::Config,
    infra::db,
    kernel::{Env, policy::System},
    market::search,
};
use rand::{RngExt, SeedableRng, rngs::SmallRng, seq::IndexedRandom};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    browse::{MARKET, places},
    listings::Market,
    postgres::Database,
    process::{Server, free_port},
    table::{Aim, head, millis, row, say},
    users, wire,
    wire::Target,
    words,
};

/// The sizes, up to the one that is asked for.
const SIZES: [u32; 3] = [1_000, 100_000, 1_000_000];
/// Beyond this SQLite is not meant to go.
const SQLITE: u32 = 100_000;
/// How many requests each figure is of, and how many are under way at once.
const REQUESTS: usize = 400;
const QUICK: usize = 60;
const AT_ONCE: usize = 4;
/// Who owns some of the listings.
const TRADER: &str = "trader";

const FACETS: &str = "query Facets($filter: ListingFilterInput) { listingFacets(filter: $filter) { games { count { count } game { id } } servers { count { count } } \
     prices { count { count } } attributes { choices { count { count } } } } }";
const CENTRE: &str = "query Centre { myListings(first: 20) { nodes { id title state price { amount } cover { thumbnailUrl } } } myListingCounts { state count } \
     soldOrders(first: 20) { nodes { id state price { amount } } } receivedOffers(first: 20) { nodes { id state price { amount } } } \
     offerCounts { receivedWaitingForYou } }";

/// One kind of page, and how much longer than at first it may take in the end.
struct Page {
    name: &'static str,
    aim: Aim,
    bodies: Vec<String>,
    token: Option<String>,
}

/// What the first size took: p50 and p99 of each page.
type First = Vec<(f64, f64)>;

/// Lets a market grow on both databases.
pub async fn measure(binary: &Path, listings: u32, quick: bool) -> Result<()> {
    let database = Database::create("growth").await?;
    grow(binary, "PostgreSQL", Some(&database.url), listings, quick).await?;
    grow(binary, "SQLite", None, listings.min(SQLITE), quick).await
}

/// The sizes up to this one.
fn sizes(most: u32) -> Vec<u32> {
    let mut sizes: Vec<u32> = SIZES.into_iter().filter(|size| *size < most).collect();
    sizes.push(most);
    sizes
}

async fn grow(binary: &Path, kind: &str, url: Option<&str>, most: u32, quick: bool) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let house = folder.path().join("server");
    std::fs::create_dir_all(&house)?;
    let url = url.map_or_else(|| format!("sqlite:{}", house.join("handover.db").display()), str::to_owned);
    let mut config = Config {
        data_dir: folder.path().to_owned(),
        ..Config::default()
    };
    config.database.url = Some(url.clone().into());
    let env = app::open(config).await?.env;
    // All there is has its words: from here on the worker has nothing to do.
    cut_all(&env).await?;
    let (server, _) = Server::start(binary, &house, free_port()?, &[("HANDOVER_DATABASE__URL", url.as_str())]).await?;
    users::sign_up(&server.address, &house, TRADER).await?;
    let writer = db::connect(&url, 1).await?;
    let mut market = Market::read(&writer.write, Some(id_of(&writer.write, TRADER).await?)).await?;
    let mut first = First::new();
    for size in sizes(most) {
        head(&format!("The market with {size} listings ({kind})"))?;
        let start = Instant::now();
        market.grow(&writer.write, size).await?;
        row("listings were generated in", start.elapsed().as_secs_f64(), "s", Aim::None)?;
        if first.is_empty() {
            same_words(&env, &writer.write).await?;
        }
        let token = users::sign_in(&server.address, TRADER).await?;
        let pages = pages(&env, &server, token, if quick { QUICK } else { REQUESTS }).await?;
        measure_at(&server, &pages, &mut first).await?;
    }
    writer.close().await;
    server.stop().await
}

/// Measures all pages at one size, beside what the first size took.
async fn measure_at(server: &Server, pages: &[Page], first: &mut First) -> Result<()> {
    let is_first = first.is_empty();
    for (at, page) in pages.iter().enumerate() {
        let target = Target::new(&server.address, &page.bodies, page.token.as_deref());
        // Half of them warm what is made once; facets are told again for a while, so the others are asked for the first time.
        let half = page.bodies.len() / 2;
        let (warm, measured) = page.bodies.split_at(half);
        Target::new(&server.address, warm, page.token.as_deref())
            .run(AT_ONCE, warm.len())
            .await?;
        let took = Target::new(&server.address, measured, page.token.as_deref())
            .run(AT_ONCE, measured.len())
            .await?;
        let (middle, most) = (millis(took.percentile(50)), millis(took.percentile(99)));
        let name = page.name;
        row(&format!("{name}: p50"), middle, "ms", Aim::None)?;
        row(&format!("{name}: p99"), most, "ms", Aim::None)?;
        if is_first {
            found_something(name, &target.answers().await?)?;
            first.push((middle, most));
        } else {
            row(
                &format!("{name}: p50 beside the first size"),
                middle / first[at].0,
                "times",
                page.aim,
            )?;
            row(&format!("{name}: p99 beside the first size"), most / first[at].1, "times", page.aim)?;
        }
    }
    Ok(())
}

/// Pages that are empty are no measure.
fn found_something(name: &str, answers: &[Value]) -> Result<()> {
    let full = |answer: &&Value| {
        answer["data"]
            .as_object()
            .is_some_and(|data| data.values().any(|list| list.to_string().contains("\"id\"")))
    };
    let found = answers.iter().filter(full).count();
    say(&format!("{name}: {found} of {} answers found something", answers.len()))?;
    ensure!(found > 0, "{name}: nothing was found");
    Ok(())
}

async fn pages(env: &Env, server: &Server, token: String, count: usize) -> Result<Vec<Page>> {
    let mut dice = SmallRng::seed_from_u64(11);
    let games = games(server).await?;
    let count = count * 2;
    let chosen: Vec<Value> = (0..count).map(|number| three(&games, number, &mut dice)).collect();
    let looked_for: Vec<String> = (0..count).map(|_| phrase(&mut dice)).collect();
    let deep = places(env).await?;
    let filtered = "query Found($filter: ListingFilterInput) { listings(first: 20, filter: $filter) { nodes { id title price { amount } game { name } \
                    server { name } cover { thumbnailUrl } seller { nickname } } pageInfo { hasNextPage endCursor } } }";
    let page = |name, aim, bodies| Page {
        name,
        aim,
        bodies,
        token: None,
    };
    let many = |body: String| vec![body; count];
    Ok(vec![
        page("the newest", Aim::Most(2.0), many(wire::body(MARKET, &json!({ "first": 20 })))),
        page(
            "browse with three facets",
            Aim::Most(2.0),
            chosen
                .iter()
                .map(|filter| wire::body(filtered, &json!({ "filter": filter })))
                .collect(),
        ),
        page(
            "a deep page",
            Aim::Most(2.0),
            deep.iter()
                .cycle()
                .take(count)
                .map(|place| wire::body(MARKET, &json!({ "first": 20, "after": place.encode() })))
                .collect(),
        ),
        page(
            "the counts of facets",
            Aim::Most(5.0),
            chosen
                .iter()
                .map(|filter| wire::body(FACETS, &json!({ "filter": filter })))
                .collect(),
        ),
        page(
            "word search",
            Aim::Most(5.0),
            looked_for
                .iter()
                .map(|words| wire::body(filtered, &json!({ "filter": { "words": words } })))
                .collect(),
        ),
        Page {
            token: Some(token),
            ..page("the seller centre", Aim::None, many(wire::body(CENTRE, &json!({}))))
        },
    ])
}

/// The games that have something to choose.
async fn games(server: &Server) -> Result<Vec<Value>> {
    let query = "query G { games { id attributes { key kind choices { key } } } }";
    let answer = users::send(&server.address, query, json!({})).await?;
    let mut games = answer["data"]["games"].as_array().context("no games")?.clone();
    games.retain(|game| chooses(game).is_some());
    ensure!(!games.is_empty(), "no game has something to choose");
    Ok(games)
}

fn chooses(game: &Value) -> Option<&Value> {
    game["attributes"].as_array()?.iter().find(|asked| asked["kind"] == "CHOICE")
}

/// A game, one of its choices and a price: no two are quite the same.
fn three(games: &[Value], number: usize, dice: &mut SmallRng) -> Value {
    let game = games.choose(dice).unwrap_or(&Value::Null);
    let asked = chooses(game).unwrap_or(&Value::Null);
    let choice = asked["choices"]
        .as_array()
        .and_then(|choices| choices.choose(dice))
        .unwrap_or(&Value::Null);
    json!({
        "gameId": game["id"], "priceFrom": format!("{}.{:02}", 1 + number / 100, number % 100), "priceTo": "3000.00",
        "attributes": [{ "key": asked["key"], "choices": [choice["key"]] }],
    })
}

/// What somebody types: one or two things that titles say, in one of the languages.
fn phrase(dice: &mut SmallRng) -> String {
    let pool = if dice.random_bool(0.7) { words::ZH_TITLE } else { words::EN_TITLE };
    let first = pool.choose(dice).copied().unwrap_or_default();
    match dice.random_range(0..3) {
        0 => first.to_owned(),
        1 => format!("{first} {}", pool.choose(dice).copied().unwrap_or_default()),
        _ => format!("{first} {}", dice.random_range(10..400)),
    }
}

async fn id_of(db: &DatabaseConnection, name: &str) -> Result<Uuid> {
    let sql = format!("SELECT id FROM users WHERE username = '{name}'");
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    Ok(row.context("nobody signed up")?.try_get("", "id")?)
}

async fn number(db: &DatabaseConnection, sql: &str) -> Result<i64> {
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    Ok(row.context("no row")?.try_get_by_index(0)?)
}

/// Lets the worker's own work be done, here or in the server beside us: whatever comes later brings its words along.
pub async fn cut_all(env: &Env) -> Result<()> {
    while number(
        env.db(),
        "SELECT count(*) FROM meta WHERE name = 'search_words' AND value LIKE '% all'",
    )
    .await?
        == 0
    {
        search::catch_up(env, System::new())
            .await
            .map_err(|fault| anyhow::anyhow!("{fault}"))?;
    }
    Ok(())
}

/// The words that were generated are those that the worker writes: all are written anew and compared.
async fn same_words(env: &Env, db: &DatabaseConnection) -> Result<()> {
    db.execute_unprepared("CREATE TABLE generated AS SELECT term, listing_id FROM listing_terms")
        .await?;
    let tx = env.begin().await.map_err(|fault| anyhow::anyhow!("{fault}"))?;
    search::restart(&tx).await.map_err(|fault| anyhow::anyhow!("{fault}"))?;
    tx.commit().await.map_err(|fault| anyhow::anyhow!("{fault}"))?;
    cut_all(env).await?;
    for (one, other) in [("generated", "listing_terms"), ("listing_terms", "generated")] {
        let more = format!("SELECT count(*) FROM (SELECT term, listing_id FROM {one} EXCEPT SELECT term, listing_id FROM {other}) AS more");
        let more = number(db, &more).await?;
        ensure!(more == 0, "{more} words of {one} are not in {other}");
    }
    db.execute_unprepared("DROP TABLE generated").await?;
    let words = number(db, "SELECT count(*) FROM listing_terms").await?;
    say(&format!("{words} words, as the worker writes them"))
}
