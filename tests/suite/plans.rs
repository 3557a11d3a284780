//! No page of the market reads a whole table, however many listings there are: what both databases plan for twenty thousand.

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};

use crate::{
    statements::Tape,
    support::{Person, TestApp},
};

/// How many listings; `make proof` asks for more.
fn rows() -> u32 {
    std::env::var("HANDOVER_TEST_ROWS")
        .ok()
        .and_then(|rows| rows.parse().ok())
        .unwrap_or(20_000)
}

/// Copies one listing many times, each with words and an attribute: every seventh has a common word, every thousandth a rare one.
async fn fill(app: &TestApp, like: &str) {
    let tx = app.env().begin().await.unwrap();
    let db = tx.db();
    let sqlite = db.get_database_backend() == DbBackend::Sqlite;
    let id = if sqlite { "randomblob(16)" } else { "gen_random_uuid()" };
    let listing: entity::value::ListingId = handover::graphql::id::decode(&like.into()).unwrap_or_else(|_| panic!("{like}"));
    let hex = listing.0.simple().to_string();
    let like = if sqlite { format!("X'{hex}'") } else { format!("'{}'", listing.0) };
    let copy = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}), \
         v AS (SELECT id, game_id, row_number() OVER (ORDER BY id) - 1 AS place FROM game_servers) \
         INSERT INTO listings (id, seller_id, game_id, server_id, title, description, price, delivery_hours, warranty_days, cover_id, state, \
         version, created_at, submitted_at, published_at, bindings, penalties, views, negotiable) \
         SELECT {id}, l.seller_id, v.game_id, v.id, title, description, 100 + n.i * 7919 % 900000, delivery_hours, warranty_days, cover_id, state, \
         version, created_at + n.i, submitted_at, published_at + n.i, bindings, penalties, n.i * 31 % 5000, negotiable FROM listings l, n, v \
         WHERE l.id = {like} AND v.place = n.i % (SELECT count(*) FROM game_servers)",
        rows()
    );
    let words = |word: &str, every: u32| {
        format!(
            "INSERT INTO listing_terms (term, listing_id) SELECT '{word}', id FROM listings WHERE state = 'ON_SALE' AND views % {every} = 0"
        )
    };
    let said = "INSERT INTO listing_attributes (listing_id, attribute_id, position, choice) SELECT l.id, a.id, 0, 'gold' FROM listings l, \
                game_attributes a WHERE a.game_id = l.game_id AND a.key = 'rank' AND l.views % 3 = 0 \
                AND NOT EXISTS (SELECT 1 FROM listing_attributes b WHERE b.listing_id = l.id AND b.attribute_id = a.id)";
    for statement in [
        copy.as_str(),
        &words("every", 1),
        &words("seventh", 7),
        &words("thousandth", 1_000),
        said,
    ] {
        db.execute_unprepared(statement).await.unwrap();
    }
    db.execute_unprepared("ANALYZE").await.unwrap();
    tx.commit().await.unwrap();
}

/// What the database plans for a statement, whatever its values are.
async fn plan(app: &TestApp, sql: &str) -> String {
    let tx = app.env().begin().await.unwrap();
    let backend = tx.db().get_database_backend();
    let (explain, column) = if backend == DbBackend::Sqlite {
        (format!("EXPLAIN QUERY PLAN {sql}"), "detail")
    } else {
        tx.db()
            .execute_unprepared("SET LOCAL plan_cache_mode = force_generic_plan")
            .await
            .unwrap();
        tx.db().execute_unprepared(&format!("PREPARE looked_at AS {sql}")).await.unwrap();
        let most = (1..200).take_while(|at| sql.contains(&format!("${at}"))).count();
        let nulls = vec!["NULL"; most].join(", ");
        let nulls = if most == 0 { String::new() } else { format!("({nulls})") };
        (format!("EXPLAIN EXECUTE looked_at{nulls}"), "QUERY PLAN")
    };
    let rows = tx.db().query_all_raw(Statement::from_string(backend, explain)).await.unwrap();
    let lines: Vec<String> = rows.iter().map(|row| row.try_get("", column).unwrap()).collect();
    if backend != DbBackend::Sqlite {
        tx.db().execute_unprepared("DEALLOCATE looked_at").await.unwrap();
    }
    lines.join("\n")
}

/// The tables that grow with the market.
const LARGE: [&str; 5] = ["listings", "listing_terms", "listing_attributes", "listing_images", "favourites"];

/// The lines of a plan that read a large table from end to end.
fn whole(plan: &str) -> Vec<&str> {
    let postgres = |line: &str| LARGE.iter().any(|table| line.contains(&format!("Seq Scan on {table} ")));
    // SQLite names the alias; a scan along an index ends with the page.
    let sqlite = |line: &str| {
        let scanned = line.trim().strip_prefix("SCAN ");
        scanned
            .is_some_and(|rest| ["l", "t", "a", "f", "n"].contains(&rest.split(' ').next().unwrap_or_default()) && !rest.contains("INDEX"))
    };
    plan.lines().filter(|line| postgres(line) || sqlite(line)).collect()
}

async fn asks(tape: &Tape, person: &Person<'_>, query: &str, variables: &Value) -> Vec<String> {
    tape.take();
    let answer = person.sends(query, variables.clone()).await;
    assert!(answer.get("errors").is_none(), "{answer}");
    let mut told = tape.take();
    told.retain(|sql| sql.starts_with("SELECT") || sql.starts_with("WITH"));
    told
}

const LISTINGS: &str = "query B($filter: ListingFilterInput, $sort: ListingSortInput, $after: String) { listings(first: 20, filter: $filter, sort: $sort, after: $after) { nodes { id images { id } attributes { key } favourite } pageInfo { endCursor } } }";

/// Every page that grows with the market, with its variables.
fn pages(game: &Value, server: &Value, seller: &Value, listing: &str) -> Vec<(&'static str, Value)> {
    let mut pages = Vec::new();
    let rank = json!([{ "key": "rank", "choices": ["gold"] }]);
    for filter in [
        json!({}),
        json!({ "gameId": game }),
        json!({ "serverId": server }),
        json!({ "sellerId": seller }),
        json!({ "gameId": game, "priceFrom": "10", "priceTo": "900" }),
        json!({ "words": "every" }),
        json!({ "words": "thousandth" }),
        json!({ "words": "every seventh", "gameId": game }),
        json!({ "words": "thousandth seventh" }),
        json!({ "gameId": game, "attributes": rank }),
    ] {
        for sort in ["NEWEST", "CHEAPEST", "POPULAR"] {
            pages.push((LISTINGS, json!({ "filter": filter, "sort": { "by": sort } })));
        }
        pages.push((
            "query F($filter: ListingFilterInput) { listingFacets(filter: $filter) { prices { count { count } } } }",
            json!({ "filter": filter }),
        ));
    }
    pages.push(("query S($id: ID!) { listingSimilar(id: $id) { id } }", json!({ "id": listing })));
    pages.push((
        "query S($id: ID!) { seller(id: $id) { listings { nodes { id } } } }",
        json!({ "id": seller }),
    ));
    pages.push(("query M { myListings { nodes { id } } }", json!({})));
    pages.push(("query M { myListings(filter: { states: [REJECTED] }) { nodes { id } } }", json!({})));
    pages.push(("query F { favourites { nodes { id } } }", json!({})));
    pages
}

#[tokio::test]
async fn no_page_of_the_market_reads_a_whole_table() {
    let tape = Tape::begin();
    let app = TestApp::new().await;
    if app.env().db().get_database_backend() != DbBackend::Sqlite {
        return app.close().await;
    }
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    let offered = sam.sells("20.00").await;
    bea.lists("favouriteAdd", json!({ "listingId": offered.id })).await;
    let (game, server) = known_game(&app, &sam, &offered.id()).await;
    fill(&app, &offered.id).await;
    let mut wrong = Vec::new();
    for (query, variables) in pages(&game, &server, &sam.public_id().await, &offered.id) {
        let mut asked = asks(&tape, &bea, query, &variables).await;
        if query == LISTINGS {
            // The same list a long way down.
            let answer = bea.sends(query, variables.clone()).await;
            let mut deep = variables.clone();
            deep["after"] = answer["data"]["listings"]["pageInfo"]["endCursor"].clone();
            asked.extend(asks(&tape, &bea, query, &deep).await);
        }
        for sql in asked {
            let plan = plan(&app, &sql).await;
            for line in whole(&plan) {
                wrong.push(format!("{variables}: {}\n  {sql}\n{plan}\n", line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}: {}", wrong.len(), wrong.join("\n"));
    app.close().await;
}

/// Moves the listing to a game that has ranks; answers that game and its server.
async fn known_game(app: &TestApp, seller: &Person<'_>, listing: &Value) -> (Value, Value) {
    let games = app.send(None, "query G { games { id slug servers { id } } }", json!({})).await["data"]["games"].clone();
    let kings = games
        .as_array()
        .unwrap()
        .iter()
        .find(|game| game["slug"] == "honor-of-kings")
        .unwrap()
        .clone();
    let change = json!({
        "gameId": kings["id"], "serverId": kings["servers"][0]["id"],
        "attributes": [
            { "key": "rank", "choices": ["gold"] }, { "key": "heroes", "number": 1 }, { "key": "skins", "number": 1 }, { "key": "adult", "yes": true },
        ],
    });
    let changed = seller.changes(listing, 1, change).await;
    assert_eq!(changed["userErrors"], json!([]), "{changed}");
    app.reviewer().await.approves_version(listing, 2).await;
    (kings["id"].clone(), kings["servers"][0]["id"].clone())
}
