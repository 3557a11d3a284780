//! The market's two pages at full size: a page of twenty listings, and one listing. Beside `pgbench` with the same statements, and beside a Node
//! server (`bench/peer`) that answers the same queries from the same database.

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, Result, ensure};
use entity::value::{ListingId, Time};
use handover::{
    app,
    config::Config,
    graphql::id,
    kernel::{
        Env,
        page::{Ask, Keyset},
        policy::Actor,
        sql,
    },
    market::{self, Browse, Texts},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    growth, listings,
    postgres::Database,
    process::{Server, free_port},
    statements,
    table::{Aim, head, median, millis, row, say},
    wire::{self, Target, Took},
};

pub const MARKET: &str = include_str!("market.graphql");
const LISTING: &str = include_str!("listing.graphql");
/// How many different pages, and listings, are asked for in turn.
const PLACES: u32 = 48;
/// How often the servers take turns.
const ROUNDS: usize = 7;
/// How many requests a turn has.
const REQUESTS: usize = 1_000;
/// How many are under way at once: a few where cost is measured, many where waiting is.
const FEW: usize = 8;
const MANY: usize = 64;
/// How long `pgbench` takes in a turn.
const SECONDS: u64 = 3;

/// How much is measured.
#[derive(Clone, Copy)]
struct Size {
    rounds: usize,
    requests: usize,
    seconds: u64,
}

/// Fills a market and measures both pages.
pub async fn measure(binary: &Path, listings: u32, quick: bool) -> Result<()> {
    let size = if quick {
        Size {
            rounds: 2,
            requests: 100,
            seconds: 1,
        }
    } else {
        Size {
            rounds: ROUNDS,
            requests: REQUESTS,
            seconds: SECONDS,
        }
    };
    head(&format!("The market with {listings} listings (PostgreSQL)"))?;
    let (database, folder) = (Database::create("browse").await?, tempfile::tempdir()?);
    let env = open(&database, folder.path()).await?;
    fill(&env, listings).await?;
    let settings = [("HANDOVER_DATABASE__URL", database.url.as_str())];
    let (ours, _) = Server::start(binary, &folder.path().join("server"), free_port()?, &settings).await?;
    let peer = Server::peer(free_port()?, &database.url).await?;
    let places = places(&env).await?;
    for page in [
        Page::market(&env, &places, folder.path()).await?,
        Page::listing(&env, &places, folder.path()).await?,
    ] {
        page.measure(&database, &ours, &peer, size).await?;
    }
    peer.stop().await?;
    ours.stop().await
}

async fn open(database: &Database, folder: &Path) -> Result<Env> {
    let mut config = Config {
        data_dir: folder.to_owned(),
        ..Config::default()
    };
    config.database.url = Some(database.url.clone().into());
    Ok(app::open(config).await?.env)
}

async fn fill(env: &Env, count: u32) -> Result<()> {
    growth::cut_all(env).await?;
    let start = Instant::now();
    let url = env.config().database_url();
    let databases = handover::infra::db::connect(&url, 1).await?;
    listings::fill(&databases.write, count).await?;
    databases.close().await;
    row("listings were generated", f64::from(count), "", Aim::None)?;
    row("in", start.elapsed().as_secs_f64(), "s", Aim::None)
}

/// Listings all over the market.
pub async fn places(env: &Env) -> Result<Vec<Keyset>> {
    let on_sale = "FROM listings l JOIN standing s ON s.user_id = l.seller_id WHERE l.state = 'ON_SALE' AND NOT s.blacklisted";
    let some = format!(
        "SELECT id, published_at FROM (SELECT l.id, l.published_at, row_number() OVER (ORDER BY l.id) AS number, count(*) OVER () AS all_of_them \
         {on_sale}) numbered WHERE all_of_them < {PLACES} OR number % (all_of_them / {PLACES}) = 0"
    );
    let rows: Vec<Place> = sql::all(env.db(), &some, vec![])
        .await
        .map_err(|fault| anyhow::anyhow!("{fault}"))?;
    ensure!(!rows.is_empty(), "nothing is on sale");
    Ok(rows
        .into_iter()
        .map(|row| Keyset {
            at: row.published_at,
            id: row.id,
        })
        .collect())
}

#[derive(sea_orm::FromQueryResult)]
struct Place {
    id: Uuid,
    published_at: Time,
}

/// One kind of page: what is asked, and the statements behind it as scripts.
struct Page {
    name: &'static str,
    bodies: Vec<String>,
    scripts: Vec<PathBuf>,
}

impl Page {
    async fn market(env: &Env, places: &[Keyset], folder: &Path) -> Result<Self> {
        let (mut bodies, mut scripts) = (Vec::new(), Vec::new());
        let wanted = Browse {
            texts: Texts {
                description: false,
                checklist: false,
            },
            ..Browse::default()
        };
        for (number, place) in places.iter().enumerate() {
            bodies.push(wire::body(MARKET, &json!({ "first": 20, "after": place.encode() })));
            let ask = Ask {
                first: 20,
                after: Some(*place),
            };
            let (page, told) = statements::of(market::browse(env, &wanted, &ask)).await;
            page?;
            let values = [place.at.0.to_string(), format!("'{}'::uuid", place.id)];
            let known = told.iter().map(|statement| (statement.as_str(), values.to_vec())).collect();
            scripts.push(script(folder, &format!("market{number}.sql"), known).await?);
        }
        Ok(Self {
            name: "a page of 20",
            bodies,
            scripts,
        })
    }

    async fn listing(env: &Env, places: &[Keyset], folder: &Path) -> Result<Self> {
        let (mut bodies, mut scripts) = (Vec::new(), Vec::new());
        for (number, place) in places.iter().enumerate() {
            let listing = ListingId(place.id);
            bodies.push(wire::body(LISTING, &json!({ "id": id::encode(listing) })));
            let work = async {
                let card = market::find_visible(env, &Actor::Anonymous, listing).await?;
                market::images_of(env, &[listing]).await?;
                Ok::<_, handover::kernel::Fault>(card)
            };
            let (found, told) = statements::of(work).await;
            found.map_err(|fault| anyhow::anyhow!("{fault}"))?.context("a listing is missing")?;
            let one = |id: Uuid| format!("'{id}'::uuid");
            // Each statement asks for the one listing.
            let known = told.iter().map(|statement| (statement.as_str(), vec![one(place.id)])).collect();
            scripts.push(script(folder, &format!("listing{number}.sql"), known).await?);
        }
        Ok(Self {
            name: "a listing",
            bodies,
            scripts,
        })
    }

    async fn measure(&self, database: &Database, ours: &Server, peer: &Server, size: Size) -> Result<()> {
        let (us, them) = (
            Target::new(&ours.address, &self.bodies, None),
            Target::new(&peer.address, &self.bodies, None),
        );
        agree(&us.answers().await?, &them.answers().await?)?;
        let scripts: Vec<&Path> = self.scripts.iter().map(PathBuf::as_path).collect();
        let (mut costs, mut waits) = (Vec::new(), Vec::new());
        // The first round warms all of them and is not counted.
        for round in 0..=size.rounds {
            let pair = (
                ours.cost(&us, FEW, size.requests).await?,
                peer.cost(&them, FEW, size.requests).await?,
            );
            let beside = database.pgbench(&scripts, FEW, size.seconds, &[]).await?;
            let pair = (pair.0, pair.1, beside);
            let wait = (us.run(MANY, size.requests * 2).await?, them.run(MANY, size.requests).await?);
            if round > 0 {
                costs.push(pair);
                waits.push(wait);
            }
        }
        let name = self.name;
        let of = |figure: &dyn Fn(&(crate::process::Cost, crate::process::Cost, f64)) -> f64| median(costs.iter().map(figure).collect());
        row(
            &format!("{name}: requests a second, ours"),
            of(&|cost| cost.0.rate),
            "/s",
            Aim::None,
        )?;
        row(
            &format!("{name}: requests a second, Node"),
            of(&|cost| cost.1.rate),
            "/s",
            Aim::None,
        )?;
        row(&format!("{name}: the statements by pgbench"), of(&|cost| cost.2), "/s", Aim::None)?;
        row(
            &format!("{name}: ours beside pgbench"),
            of(&|cost| cost.0.rate / cost.2),
            "times",
            Aim::None,
        )?;
        row(
            &format!("{name}: server CPU for 1,000, ours"),
            of(&|cost| cost.0.cpu),
            "ms",
            Aim::None,
        )?;
        row(
            &format!("{name}: server CPU for 1,000, Node"),
            of(&|cost| cost.1.cpu),
            "ms",
            Aim::None,
        )?;
        let times = of(&|cost| cost.1.cpu / cost.0.cpu);
        row(
            &format!("{name}: requests a CPU second beside Node"),
            times,
            "times",
            Aim::Least(8.0),
        )?;
        let wait = |figure: &dyn Fn(&(Took, Took)) -> f64| median(waits.iter().map(figure).collect());
        for (whose, percent) in [("ours", 50), ("ours", 99), ("Node", 50), ("Node", 99)] {
            let took = |pair: &(Took, Took)| millis(if whose == "ours" { &pair.0 } else { &pair.1 }.percentile(percent));
            row(
                &format!("{name}: p{percent} at {MANY} connections, {whose}"),
                wait(&took),
                "ms",
                Aim::None,
            )?;
        }
        let beside = wait(&|(us, them)| millis(us.percentile(99)) / millis(them.percentile(50)));
        row(&format!("{name}: our p99 beside Node's p50"), beside, "times", Aim::Most(1.0))
    }
}

/// Both must say the same, or they are not worth comparing.
fn agree(ours: &[Value], theirs: &[Value]) -> Result<()> {
    for (us, them) in ours.iter().zip(theirs) {
        ensure!(
            us["data"] == them["data"],
            "the two servers disagree:\n{}\n{}",
            us["data"],
            them["data"]
        );
        ensure!(!us["data"].is_null(), "nothing was answered: {us}");
    }
    say(&format!("both servers say the same {} times", ours.len()))
}

/// Writes statements with their values as a script.
async fn script(folder: &Path, name: &str, statements: Vec<(&str, Vec<String>)>) -> Result<PathBuf> {
    let mut text = String::new();
    for (statement, values) in statements {
        let mut filled = statement.to_owned();
        for (number, value) in values.iter().enumerate().rev() {
            filled = filled.replace(&format!("${}", number + 1), value);
        }
        ensure!(!filled.contains('$'), "a statement has more values than are known: {statement}");
        text.push_str(&filled);
        text.push_str(";\n");
    }
    let path = folder.join(name);
    tokio::fs::write(&path, text).await?;
    Ok(path)
}
