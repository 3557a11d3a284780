//! Nothing that a page or a timer asks reads a whole table, however many rows there are: what both databases plan for every statement of the house,
//! with a hundred thousand listings and all that belongs to them. The statements are those that the house runs, taken down with their values.

use std::time::Instant;

use async_graphql_parser::types::{FieldDefinition, TypeKind};
use futures::{FutureExt, future::BoxFuture};
use handover::{
    account, dispute,
    kernel::{Env, Fault, audit, policy::System},
    market, media, notification, order, staff,
    wallet::{debt, decision, deposit, freeze, ledger, reconcile, withdrawal},
    worker,
};
use serde_json::{Value, json};

use crate::{
    contract::need_of,
    support::{
        Person, TestApp, grown,
        plans::{Heard, Sizes, that_read_all},
    },
    world::{World, named},
};

/// How many rows the tables of the market have.
fn rows() -> i64 {
    let asked = std::env::var("HANDOVER_TEST_ROWS").ok();
    asked.and_then(|rows| rows.parse().ok()).unwrap_or(100_000)
}

/// What may read a whole table: a part of the statement, and why it may.
const MAY: [(&str, &str); 10] = [
    ("FROM \"images\" WHERE $1 = $2", "asks for none of no images: no row is read"),
    ("FROM \"images\" WHERE ? = ?", "the same"),
    (
        "for any values: listings is read whole\n  WITH hits AS MATERIALIZED",
        "planned for a word of 2,000 listings, which cost about as much to look up as 100,000 to read; for the words at hand they are looked up",
    ),
    (
        "for any values: listings_pkey is read whole\n  WITH hits AS MATERIALIZED",
        "the same",
    ),
    (
        "for any values: notices is read whole\n  DELETE FROM notices",
        "a thousand are deleted at once, every ten minutes at most",
    ),
    ("LEFT JOIN bank_book b", "compares both books, once a day"),
    (
        "/ 86400000 AS day",
        "an admin's figures of a time into which most of these rows fall",
    ),
    ("FROM orders WHERE placed_at >= $1 AND placed_at < $2 GROUP BY state", "the same"),
    ("FROM standing WHERE closed_at IS NULL", "an admin's figures of all users"),
    ("kind NOT IN ('FEES', 'BANK_CLEARING')", "an admin's look at all the money there is"),
];

const LISTINGS: &str = "query B($filter: ListingFilterInput, $sort: ListingSortInput, $after: String) { listings(first: 20, filter: $filter, sort: $sort, after: $after) { nodes { id images { id } attributes { key } favourite } pageInfo { endCursor } } }";
const FACETS: &str = "query F($filter: ListingFilterInput) { listingFacets(filter: $filter) { prices { count { count } } } }";

type Look = for<'a> fn(&'a Env) -> BoxFuture<'a, Result<u64, Fault>>;

/// What the worker looks for at each tick, and what it forgets.
const LOOKS: [Look; 28] = [
    |env| order::timers::run_out(env, System::new()).boxed(),
    |env| order::offer::run_out(env, System::new()).boxed(),
    |env| order::remind(env, System::new()).boxed(),
    |env| order::keys::destroy_due(env, System::new()).boxed(),
    |env| order::timers::settle(env, System::new()).boxed(),
    |env| dispute::recovery::timers::run_out(env, System::new()).boxed(),
    |env| dispute::refusal::timers::run_out(env, System::new()).boxed(),
    |env| dispute::ruling::lapse(env, System::new()).boxed(),
    |env| withdrawal::send(env, System::new()).boxed(),
    |env| withdrawal::ask(env, System::new()).boxed(),
    |env| deposit::ask(env, System::new()).boxed(),
    |env| deposit::lapse(env, System::new()).boxed(),
    |env| reconcile::run(env, System::new()).boxed(),
    |env| account::review_identity::lapse(env, System::new()).boxed(),
    |env| audit::chain(env, System::new()).boxed(),
    |env| market::view::pour(env, System::new()).boxed(),
    |env| market::search::catch_up(env, System::new()).boxed(),
    |env| decision::lapse(env, System::new()).boxed(),
    |env| freeze::lapse(env, System::new()).boxed(),
    |env| ledger::roll_up(env, System::new()).boxed(),
    |env| staff::give_back_lapsed(env, System::new()).boxed(),
    |env| staff::tell_overdue(env, System::new()).boxed(),
    |env| debt::pass_on(env, System::new()).boxed(),
    |env| async { Ok(media::sweep(env, System::new()).await? as u64) }.boxed(),
    |env| worker::relay(env, System::new()).boxed(),
    |env| notification::send_mails(env, System::new()).boxed(),
    |env| account::send_letters(env, System::new()).boxed(),
    |env| worker::forget(env, System::new()).boxed(),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_reads_a_whole_table_of_a_hundred_thousand_rows() {
    let (heard, mut writer) = (Heard::default(), None);
    let app = TestApp::with_parts(
        |_| {},
        |mut parts| {
            heard.listen(&mut parts);
            writer = Some(parts.db_write.clone());
            parts
        },
    )
    .await;
    let (start, writer) = (Instant::now(), writer.unwrap());
    let world = World::new(&app).await;
    let known = known_game(&app, &world.sam, &json!(world.sam.sells("20.00").await.id)).await;
    world.bea.lists("favouriteAdd", json!({ "listingId": world.on_sale })).await;
    for look in LOOKS {
        look(app.env()).await.unwrap();
    }
    let mut told = heard.take();
    let made = start.elapsed();
    grown::grow(&writer, rows()).await;
    let grown = start.elapsed();
    heard.take();
    for field in world.roots("Query") {
        asks_all(&world, &field).await;
    }
    let mut wrong = Vec::new();
    for (person, query, variables) in narrow(&world).await {
        let answer = person.sends(&query, variables).await;
        wrong.extend(answer.get("errors").map(|errors| format!("{query}: {errors}")));
    }
    for (query, variables) in market_pages(&world, &known).await {
        // How long it takes is another's matter: counts may be refused on a busy machine, but their statements are heard.
        world.bea.sends(query, variables).await;
    }
    told.extend(heard.take());
    let asked = start.elapsed();
    let sizes = Sizes::read(&writer, rows()).await;
    for table in ["listings", "listing_terms", "orders", "offers", "favourites", "notices"] {
        assert!(sizes.of(table) > rows() * 8 / 10, "{table}: {}", sizes.of(table));
    }
    wrong.extend(that_read_all(&writer, &sizes, &told).await);
    wrong.retain(|plan| !MAY.iter().any(|(part, _)| plan.contains(part)));
    eprintln!(
        "{} statements of {:?}: a world {made:?}, grown {:?}, asked {:?}, planned {:?}",
        told.len(),
        sizes.of("listings"),
        grown - made,
        asked - grown,
        start.elapsed() - asked
    );
    assert!(wrong.is_empty(), "{}: {}", wrong.len(), wrong.join("\n"));
}

async fn asks(person: &Person<'_>, query: &str, variables: Value) -> Value {
    let answer = person.sends(query, variables.clone()).await;
    assert!(answer.get("errors").is_none(), "{query} {variables}: {answer}");
    answer
}

/// Asks a root field of the schema, and if it is a list, the same a little further down.
async fn asks_all(world: &World<'_>, field: &FieldDefinition) {
    let call = field.name.node.as_str();
    let (mut declared, mut passed, mut variables) = (Vec::new(), Vec::new(), json!({}));
    for argument in field.arguments.iter().map(|argument| &argument.node) {
        let (name, ty) = (argument.name.node.as_str(), &argument.ty.node);
        if !ty.nullable && argument.default_value.is_none() {
            declared.push(format!("${name}: {ty}"));
            passed.push(format!("{name}: ${name}"));
            variables[name] = world.value(call, name, ty).await;
        }
    }
    let answers = named(&field.ty.node);
    let list = answers.ends_with("Connection");
    if list {
        declared.push("$after: String".to_owned());
        passed.push("first: 1, after: $after".to_owned());
    }
    let selection = match world.types.get(answers).map(|known| &known.kind) {
        _ if list => "{ nodes { __typename } pageInfo { endCursor } }",
        Some(TypeKind::Object(_) | TypeKind::Interface(_) | TypeKind::Union(_)) => "{ __typename }",
        _ => "",
    };
    let brackets = |of: Vec<String>| {
        if of.is_empty() {
            String::new()
        } else {
            format!("({})", of.join(", "))
        }
    };
    let query = format!("query Q{} {{ {call}{} {selection} }}", brackets(declared), brackets(passed));
    let admins = need_of(field).as_deref() == Some("ADMIN");
    let person = if admins { &world.ada } else { world.caller(call) };
    let answer = person.sends(&query, variables.clone()).await;
    let cursor = answer["data"][call]["pageInfo"]["endCursor"].clone();
    if list && cursor.is_string() {
        variables["after"] = cursor;
        person.sends(&query, variables).await;
    }
}

/// Lists as they are narrowed down by a buyer, a seller and an admin.
const BUYER_S: [&str; 6] = [
    "{ me { id } favourites(filter: { onSale: true }) { nodes { id } } }",
    "{ boughtOrders(filter: { state: COMPLETED }) { nodes { id timeline { kind } } } }",
    "{ boughtOrders(filter: { states: [PAID, CANCELLED] }) { nodes { id cases { id order { id } } } } }",
    "{ orderCounts { bought { count } } favouriteCounts { onSale } offerCounts { made { count } } }",
    "{ madeOffers(filter: { state: LAPSED }) { nodes { id } } }",
    "{ madeOffers(filter: { open: true }) { nodes { id } } }",
];
const SELLER_S: [&str; 5] = [
    "{ myListings(filter: { states: [REJECTED] }) { nodes { id } } myListingCounts { count } }",
    "{ soldOrders(filter: { state: DELIVERED }) { nodes { id timeline { kind } } } }",
    "{ receivedOffers(filter: { open: true }) { nodes { id } } offerCounts { __typename } }",
    "{ walletStatement(filter: { part: SETTLING, direction: IN }) { nodes { __typename } } }",
    "{ walletStatement(filter: { from: \"2026-01-01T00:00:00Z\" }) { nodes { __typename } } }",
];
const ADMIN_S: [&str; 7] = [
    "{ auditLog(filter: { action: \"listing.approve\" }) { nodes { __typename } } }",
    "{ auditLog(filter: { bySystem: true }) { nodes { __typename } } }",
    "{ auditLog(filter: { from: \"2026-01-01T00:00:00Z\" }) { nodes { __typename } } }",
    "{ debts(filter: { open: true }) { nodes { id } } }",
    "{ caseQueue(filter: { kind: RECOVERY, state: IN_REVIEW }) { nodes { __typename } } }",
    "{ reportQueue(filter: { open: false }) { nodes { id } } }",
    "{ users(filter: { search: \"sam\" }) { nodes { __typename } } }",
];
/// The queues whose entries are claimed.
const QUEUES: [&str; 5] = [
    "reviewQueue",
    "withdrawalQueue",
    "identityQueue",
    "bankDifferences",
    "moneyDecisionQueue",
];

/// Who asks for lists as they are narrowed down, how, and with which values.
async fn narrow<'a>(world: &'a World<'a>) -> Vec<(&'a Person<'a>, String, Value)> {
    let (sam, bea, ada) = (&world.sam, &world.bea, &world.ada);
    let mut narrow = Vec::new();
    for (who, queries) in [(bea, &BUYER_S[..]), (sam, &SELLER_S[..]), (ada, &ADMIN_S[..])] {
        narrow.extend(queries.iter().map(|query| (who, (*query).to_owned(), json!({}))));
    }
    for (who, of, query) in [
        (
            bea,
            sam,
            "{ seller(id: $id) { listings { nodes { id } } } sellerRecord(userId: $id) { level } }",
        ),
        (ada, sam, "{ reportQueue(filter: { userId: $id }) { nodes { id } } }"),
        (ada, bea, "{ debts(filter: { debtorId: $id, open: true }) { nodes { id } } }"),
        (ada, ada, "{ auditLog(filter: { actorId: $id }) { nodes { __typename } } }"),
    ] {
        narrow.push((who, format!("query Q($id: ID!) {query}"), json!({ "id": of.public_id().await })));
    }
    for queue in QUEUES {
        for claim in ["MINE", "UNCLAIMED", "CLAIMED"] {
            let query = format!("{{ {queue}(filter: {{ claim: {claim} }}) {{ nodes {{ __typename }} }} }}");
            narrow.push((ada, query, json!({})));
        }
    }
    narrow
}

/// A game that has ranks, and one of its servers.
struct Known {
    game: Value,
    server: Value,
}

/// What is looked for in the market, in each order, from the top and from further down.
async fn market_pages(world: &World<'_>, known: &Known) -> Vec<(&'static str, Value)> {
    let (game, server, seller) = (&known.game, &known.server, world.sam.public_id().await);
    let rank = json!([{ "key": "rank", "choices": ["gold"] }]);
    let heroes = json!([{ "key": "heroes", "from": 1, "to": 3 }]);
    let mut pages = Vec::new();
    for filter in [
        json!({}),
        json!({ "gameId": game }),
        json!({ "serverId": server }),
        json!({ "sellerId": seller }),
        json!({ "sellerId": world.eve.public_id().await }),
        json!({ "priceFrom": "1", "priceTo": "9000" }),
        json!({ "gameId": game, "priceFrom": "10", "priceTo": "900" }),
        json!({ "priceFrom": "10", "priceTo": "11" }),
        json!({ "negotiable": false, "gameId": game }),
        json!({ "words": "every" }),
        json!({ "words": "thousandth" }),
        json!({ "words": "every seventh", "gameId": game }),
        json!({ "words": "thousandth seventh" }),
        json!({ "words": "every", "sellerId": seller }),
        json!({ "words": "seventh", "priceFrom": "10", "priceTo": "900" }),
        json!({ "gameId": game, "attributes": rank }),
        json!({ "gameId": game, "attributes": heroes, "words": "seventh" }),
        json!({ "serverId": server, "attributes": rank, "priceFrom": "10", "priceTo": "900" }),
    ] {
        for sort in ["NEWEST", "CHEAPEST", "DEAREST", "POPULAR"] {
            let mut variables = json!({ "filter": filter, "sort": { "by": sort } });
            pages.push((LISTINGS, variables.clone()));
            let top = asks(&world.bea, LISTINGS, variables.clone()).await;
            variables["after"] = top["data"]["listings"]["pageInfo"]["endCursor"].clone();
            pages.push((LISTINGS, variables));
        }
        pages.push((FACETS, json!({ "filter": filter })));
    }
    pages.push((
        "query S($id: ID!) { listingSimilar(id: $id) { id } }",
        json!({ "id": world.on_sale }),
    ));
    pages
}

/// Moves the listing to a game that has ranks.
async fn known_game(app: &TestApp, seller: &Person<'_>, listing: &Value) -> Known {
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
    Known {
        game: kings["id"].clone(),
        server: kings["servers"][0]["id"].clone(),
    }
}
